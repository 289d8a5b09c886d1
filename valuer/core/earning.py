"""What an income method does with its flows: tax, survival, discounting, tax benefit.

A method's ``Params`` inherits ``Earning`` and its formula ends with ``worth``: flows
before tax, already times the share of each period, become the value. Survival weights
and a premium for the same risk in the rate are never taken together.

Source: IVS 210, income approach; 《专利资产评估指导意见》: 收益口径 and 折现率 consistent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.amortisation import (
    AMORTISATION_TAX_RATE,
    TAX_LIFE,
    TAX_SAVED_AT,
    TaxSavedAt,
    benefit_factor,
)
from valuer.core.dated import (
    AMOUNT_DIGITS,
    Dated,
    Prices,
    dated_arrays,
    discounted,
    timed,
)
from valuer.core.distributions import Floats
from valuer.core.params import Number, Rate, RateSeries, Years, param
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit


class TaxBasis(StrEnum):
    """Whether flows and rate are before or after income tax (税前口径, 税后口径)."""

    AFTER_TAX = "after_tax"
    PRE_TAX = "pre_tax"


class RateCovers(StrEnum):
    """Whether the discount rate holds a premium for the loss of the right."""

    ORDINARY = "ordinary"
    LAPSE = "lapse"


TAX_RATE: Any = {
    "label": N_("Income tax rate"),
    "symbol": "τ",
    "low": 0,
    "high": 1,
    "help": N_("Income tax on the flows; not applied on a pre-tax basis."),
}
TAX_BASIS: Any = {
    "label": N_("Tax basis"),
    "default": TaxBasis.AFTER_TAX,
    "choice_labels": (
        (TaxBasis.AFTER_TAX.value, N_("After tax")),
        (TaxBasis.PRE_TAX.value, N_("Pre-tax")),
    ),
    "help": N_("Flows and discount rate must be on the same basis."),
}
SURVIVAL: Any = {
    "label": N_("Survival rate"),
    "default": None,
    "symbol": "w",
    "low": 0,
    "high": 1,
    "help": N_(
        "Chance that the right is still in force when the flow of the period counts;"
        " one for each period, never rising. Not together with a premium for it in the"
        " discount rate."
    ),
}
RATE_COVERS: Any = {
    "label": N_("Discount rate covers"),
    "default": RateCovers.ORDINARY,
    "quiet": True,
    "choice_labels": (
        (RateCovers.ORDINARY.value, N_("Ordinary risk alone")),
        (RateCovers.LAPSE.value, N_("Also loss or failure of the right")),
    ),
    "help": N_("A risk is counted once: in the flows or in the rate."),
}


@dataclass(frozen=True, slots=True)
class Earning(Dated):
    """What an income method needs besides its own flows."""

    tax_rate: RateSeries = param(**TAX_RATE)
    tax_basis: TaxBasis = param(**TAX_BASIS)
    survival: RateSeries | None = param(**SURVIVAL)
    rate_covers: RateCovers = param(**RATE_COVERS)
    tax_life: Years | None = param(**TAX_LIFE)
    amortisation_tax_rate: Rate | None = param(**AMORTISATION_TAX_RATE)
    tax_saved_at: TaxSavedAt = param(**TAX_SAVED_AT)
    amount_digits: Number | None = param(**AMOUNT_DIGITS)


def worth(
    working: Silent,
    flow: Floats,
    symbol: str,
    given: Mapping[str, Any],
    time: Floats | None = None,
) -> Floats:
    """Return the value of flows before tax, ``V``; shape () or (…).

    ``flow`` has the shape (…, periods), is already times the share of each period, and
    is called ``symbol`` in formulas; ``τ``, ``N``, ``w``, ``W``, ``t``, ``r``, ``d``,
    ``P``, ``PV``, ``V`` and those of the tax benefit must be free. ``time`` is ``t``
    where the working has that step already.
    """
    flow, symbol = taxed(working, flow, symbol, given)
    return worth_after_tax(working, flow, symbol, given, time)


def taxed(
    working: Silent, flow: Floats, symbol: str, given: Mapping[str, Any]
) -> tuple[Floats, str]:
    """Return flows after income tax and their symbol; as they are before tax."""
    if not given["after_tax"]:
        return flow, symbol
    tax = working.add(N_("Income tax rate"), "τ", "", given["tax_rate"], Unit.RATE)
    text = given["after_tax_label"]
    formula = f"{symbol} × (1 − τ)"
    return working.add(text, "N", formula, flow * (1 - tax), Unit.MONEY), "N"


def worth_after_tax(
    working: Silent,
    flow: Floats,
    symbol: str,
    given: Mapping[str, Any],
    time: Floats | None = None,
) -> Floats:
    """Return the value of flows that are not taxed any more, ``V``; as ``worth``."""
    add, parts = working.add, presented(working, flow, symbol, given, time)
    if "tax_life" not in given:
        return add(N_("Value"), "V", "Σ P", parts.sum(axis=-1), Unit.MONEY)
    before = add(
        N_("Value without tax amortisation benefit"),
        "PV",
        "Σ P",
        parts.sum(axis=-1),
        Unit.MONEY,
    )
    benefit = benefit_factor(working, given["discount_rate"], "r", given)
    benefit = benefit[..., 0] if benefit.ndim else benefit
    return add(N_("Value"), "V", "PV × T", before * benefit, Unit.MONEY)


def presented(
    working: Silent,
    flow: Floats,
    symbol: str,
    given: Mapping[str, Any],
    time: Floats | None = None,
) -> Floats:
    """Return the present value of each flow, ``P``, weighed by survival; as ``worth``."""
    add = working.add
    if "survival" in given:
        weight = add(N_("Survival rate"), "w", "", given["survival"], Unit.RATE)
        text = N_("Flow times survival rate")
        flow = add(text, "W", f"{symbol} × w", flow * weight, Unit.MONEY)
        symbol = "W"
    time = timed(working, given) if time is None else time
    factor = discounted(working, time, given)
    # Nobody needs the factors of many scenarios again: their memory is still near.
    is_many = np.ndim(factor) > 1
    is_room = is_many and factor.shape == np.broadcast_shapes(flow.shape, factor.shape)
    parts = np.multiply(flow, factor, out=factor if is_room else None)
    return add(
        N_("Present value"),
        "P",
        f"{symbol} × d",
        parts,
        Unit.MONEY,
        rounded=Rounded.AMOUNT,
    )


def earning_arrays(
    params: Any,
    count: int,
    after_tax_label: str = N_("Flow after income tax"),
) -> dict[str, Any]:
    """Return what ``worth`` needs beside the numbers."""
    return dated_arrays(params, count) | {
        "after_tax": params.tax_basis is TaxBasis.AFTER_TAX,
        "after_tax_label": after_tax_label,
        "tax_saved_mid": params.tax_saved_at is TaxSavedAt.MID,
    }


def earning_issues(params: Any) -> Iterator[Issue]:
    """Yield what tax, survival and rate do not agree on."""
    if (params.tax_life is None) != (params.amortisation_tax_rate is None):
        text = N_(
            "Tax life and income tax rate of the buyer go together; state both for a"
            " tax amortisation benefit, or none."
        )
        where = "tax_life" if params.tax_life is None else "amortisation_tax_rate"
        yield _issue(Severity.ERROR, where, text)
    if params.tax_life is not None:
        yield from _benefit_issues(params)
    if params.survival is not None:
        yield from _survival_issues(params)


def _benefit_issues(params: Any) -> Iterator[Issue]:
    if isinstance(params.tax_life, float) and params.tax_life % 1:
        text = N_("The tax life must be whole years; it is {years}.")
        yield _issue(Severity.ERROR, "tax_life", text, years=params.tax_life)
    if params.tax_basis is TaxBasis.PRE_TAX:
        text = N_(
            "A tax amortisation benefit is counted on flows before tax; on that basis"
            " there is no tax to save."
        )
        yield _issue(Severity.ERROR, "tax_life", text)
    if Prices.REAL in (params.flow_prices, params.rate_prices):
        text = N_(
            "The tax amortisation benefit is reckoned with nominal flows and a nominal"
            " rate only; deductions do not rise with prices."
        )
        yield _issue(Severity.ERROR, "tax_life", text)


def _survival_issues(params: Any) -> Iterator[Issue]:
    if params.rate_covers is RateCovers.LAPSE:
        text = N_(
            "The loss of the right is counted twice: by survival rates and by a premium"
            " in the discount rate. Leave one of them out."
        )
        yield _issue(Severity.ERROR, "survival", text)
    rates = params.survival if isinstance(params.survival, tuple) else ()
    plain = [one for one in rates if isinstance(one, float)]
    if len(plain) == len(rates) and plain != sorted(plain, reverse=True):
        text = N_(
            "Survival rates never rise: a right that was lost does not come back."
        )
        yield _issue(Severity.ERROR, "survival", text)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
