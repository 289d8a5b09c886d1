"""Comparable transactions (交易案例比较法).

The patent is worth what others paid for patents like it: each price is multiplied by
one adjustment factor (修正系数) for each point of difference, the index of the subject
over the index of the case, and the adjusted prices are weighed against one another.

Source: 《专利资产评估指导意见》（中评协〔2017〕49号）, market approach; 《资产评估执业准则——
资产评估方法》, adjustment of the differences of comparables; IVS 103 (2025), market
approach, comparable transactions method.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from valuer.core.deals import deal_doubt
from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, centred
from valuer.core.slots import number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit
from valuer.methods.market.comparable_transactions.cases import (
    AXIS,
    Params,
    adjustments,
)
from valuer.methods.market.comparable_transactions.checks import check


def formula(
    working: Silent,
    *,
    comparables_price: Floats,
    comparables_weight: Floats,
    factors_indices: Floats,
    factors_subject: Floats,
    factor_names: tuple[str, ...],
    counts: Floats,
    is_weighted: bool,
) -> Floats:
    """Mean or weighted mean of the adjusted prices, in their currency.

    Prices are (…, cases), the subject's indices (…, factors), those of the cases
    (…, factors, cases); ``counts`` and weights are (cases,).
    """
    add = working.add
    add(N_("Price of the comparable"), "P", "", comparables_price, Unit.MONEY, AXIS)
    product: Floats = np.ones(1)
    for place, name in enumerate(factor_names):
        product = product * _factor(
            working,
            place + 1,
            name,
            factors_subject[..., place, np.newaxis],
            factors_indices[..., place, :],
        )
    symbols = " × ".join(f"k{place}" for place in range(1, len(factor_names) + 1))
    text = N_("Product of the adjustment factors")
    add(text, "K", symbols, product, Unit.FACTOR, AXIS)
    adjusted = comparables_price * product
    add(N_("Adjusted price"), "A", "P × K", adjusted, Unit.MONEY, AXIS)
    if is_weighted:
        add(
            N_("Weight of the comparable"), "w", "", comparables_weight, Unit.RATE, AXIS
        )
        value = (adjusted * comparables_weight).sum(axis=-1)
        return add(N_("Value"), "V", "Σ A × w", value, Unit.MONEY)
    add(N_("Whether the comparable counts, 1 or 0"), "m", "", counts, Unit.NUMBER, AXIS)
    number = add(
        N_("Number of comparables that count"),
        "n",
        "Σ m",
        counts.sum(axis=-1),
        Unit.NUMBER,
    )
    # Divided last, so that a mean of round prices is as round as it is by hand.
    value = (adjusted * counts).sum(axis=-1) / number
    return add(N_("Value"), "V", "(Σ A × m) / n", value, Unit.MONEY)


def _factor(
    working: Silent, number: int, name: str, subject: Floats, cases: Floats
) -> Floats:
    """Add the steps of one factor; return its adjustment factors, (…, cases)."""
    add = working.add
    add(
        message(N_("{factor}: index of the subject"), factor=name),
        f"s{number}",
        "",
        subject[..., 0],
        Unit.NUMBER,
    )
    add(
        message(N_("{factor}: index of the comparable"), factor=name),
        f"c{number}",
        "",
        cases,
        Unit.NUMBER,
        AXIS,
    )
    return add(
        message(N_("{factor}: adjustment factor"), factor=name),
        f"k{number}",
        f"s{number} / c{number}",
        subject / cases,
        Unit.FACTOR,
        AXIS,
    )


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; a case that does not count has no weight."""
    cases = params.comparables
    counts = np.array([float(deal_doubt(params, one) is None) for one in cases])
    weights = np.array([one.weight or 0.0 for one in cases]) * counts
    is_weighted = bool(weights.any())
    if is_weighted:
        # Rounded, so that scaling all weights alike changes nothing at all.
        weights = np.round(weights / math.fsum(weights), 15)
    return number_arrays(params) | {
        "comparables_weight": weights,
        "counts": counts,
        "is_weighted": is_weighted,
        "factor_names": tuple(one.name for one in params.factors),
    }


def outputs(params: Any) -> dict[str, Any]:
    """Return the cases' names, what was adjusted, and the spread of adjusted prices."""
    factors = adjustments(params)
    products = factors.prod(axis=0)
    prices = np.array([one.price for one in centred(params).comparables])
    counted = [deal_doubt(params, one) is None for one in params.comparables]
    adjusted = (prices * products)[counted]
    names = [one.name for one in params.comparables]
    return {
        "axes": {AXIS: names},
        "cases": [
            {"name": name, "counts": counts, "net": float(net), "gross": float(gross)}
            for name, counts, net, gross in zip(
                names,
                counted,
                products - 1,
                np.abs(factors - 1).sum(axis=0),
                strict=True,
            )
        ],
        "adjusted": {
            "low": float(adjusted.min()),
            "median": float(np.median(adjusted)),
            "high": float(adjusted.max()),
        },
    }


METHOD = Method(
    key="comparable_transactions",
    version=1,
    approach=Approach.MARKET,
    title=N_("Comparable transactions"),
    idea=N_(
        "The patent is worth what was paid for patents like it, each price adjusted for"
        " what sets that patent apart from the subject on the valuation date."
    ),
    source="《专利资产评估指导意见》（市场法）; IVS 103 (2025), comparable transactions method",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
)
