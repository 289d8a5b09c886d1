"""Running royalty rate that a licence needs (提成率的反求).

A licence is to be worth a given amount, and part of it is paid as an entry fee; the
running rate is what is left of that amount over what the revenue is worth. With no
entry fee it is the break-even rate of the value: which royalty gives it.

Source: k = (V − L) / Σ R_t / (1 + r)^τ_t, the same terms as in ``licence_terms``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.dated import dated_outputs
from valuer.core.dated_checks import dated_issues
from valuer.core.decline import Declining, decline_arrays, decline_issues
from valuer.core.distributions import Floats
from valuer.core.earning import earning_arrays, earning_issues
from valuer.core.licensing import (
    ENTRY_FEE,
    LICENCE_VALUE,
    REVENUE,
    fee_after_tax,
    fee_issues,
    licence_issues,
    revenue_worth,
)
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Money, MoneySeries, Rate, RateSeries, param
from valuer.core.problems import Issue, Severity
from valuer.core.share_evidence import solved_rate_issues
from valuer.core.sharing import COVERED_SHARE, PROFIT_MARGIN
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit, Working


@dataclass(frozen=True, slots=True)
class Params(Declining):
    """Inputs of the running rate sought."""

    licence_value: Money = param(**LICENCE_VALUE)
    entry_fee: Money = param(**ENTRY_FEE | {"default": 0.0})
    revenue: MoneySeries = param(**REVENUE)
    covered_share: Rate | None = param(**COVERED_SHARE)
    profit_margin: RateSeries | None = param(**PROFIT_MARGIN)


def formula(working: Silent, **given: Any) -> Floats:
    """Running rate on the revenue before any decline; () or (…)."""
    add = working.add
    base = revenue_worth(working, given)
    fee = fee_after_tax(working, given)
    alone = by_scenario(given["licence_value"])
    whole = add(N_("Value of the licence"), "V", "", alone, Unit.MONEY)
    text = N_("Worth of the running royalty")
    running = add(text, "Q", "V − X", whole - fee, Unit.MONEY)
    return add(N_("Running royalty rate"), "ρ", "Q / A", running / base, Unit.RATE)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    label = N_("Revenue that bears the royalty, after tax")
    found = earning_arrays(params, len(params.revenue), label)
    return number_arrays(params) | found | decline_arrays(params)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: dates, terms, a rate out of reach."""
    found = (
        *dated_issues(params, "revenue", len(params.revenue)),
        *earning_issues(params),
        *decline_issues(params),
        *licence_issues(params),
    )
    if any(one.severity is Severity.ERROR for one in found):
        return found
    return (*found, *_rate_issues(params))


def _rate_issues(params: Any) -> Iterator[Issue]:
    """Yield what is told of the rate found."""
    centre = centred(params)
    working = Working()
    with np.errstate(all="ignore"):
        rate = float(METHOD.formula(working, **arrays(centre)))
    base = next(step.values[0] for step in working.steps if step.symbol == "A")
    if not np.isfinite(base):
        text = N_("The revenue is too great to reckon with; state it in a larger unit.")
        yield Issue(Severity.ERROR, message(text), "revenue")
    elif base <= 0:
        text = N_("No revenue within the term bears a royalty; state some.")
        yield Issue(Severity.ERROR, message(text), "revenue")
    elif rate < 0:
        text = N_(
            "The entry fee alone is worth more than the licence, so that no running"
            " royalty is due. Lower the entry fee, or state the value anew."
        )
        yield Issue(Severity.ERROR, message(text), "entry_fee")
    elif rate > 1:
        text = N_(
            "No running rate up to 100 % gives this value; the revenue within the term"
            " is worth {worth:,.2f}. Raise the entry fee, or state the value anew."
        )
        yield Issue(Severity.ERROR, message(text, worth=base), "licence_value")
    else:
        yield from solved_rate_issues(params, "licence_value", rate)
        yield from fee_issues(params, centre.entry_fee, "entry_fee")


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, len(params.revenue))


METHOD = Method(
    key="running_royalty",
    version=1,
    approach=None,
    title=N_("Running royalty for a value"),
    idea=N_(
        "The running royalty rate at which a licence, its entry fee included, is worth"
        " a given amount."
    ),
    source="入门费加提成：k = (V − L) / Σ R/(1+r)^τ",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.RATE,
    listed=Topic.SHARES,
    tells=(
        ("entry_fee", "L"),
        ("running_worth", "Q"),
        ("revenue_worth", "A"),
        ("licence_value", "V"),
    ),
)
