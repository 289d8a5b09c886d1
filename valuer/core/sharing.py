"""Methods that give the patent a share of revenue or of profit.

What they have in common: the share may decline, is taken of the covered share of the
revenue alone, and rests on evidence that is judged by the rules of the report.

Source: revenue × coverage × share rate; K_t = K_0 × what is left of it by decline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from valuer.core.dated import timed
from valuer.core.decline import Declining, decline_arrays, declining
from valuer.core.distributions import Floats
from valuer.core.earning import earning_arrays
from valuer.core.params import Rate, RateSeries, Text, param
from valuer.core.share_evidence import (
    DEMAND_EVIDENCE,
    JURISDICTION,
    OTHER_EVIDENCE,
    REVENUE_BASE,
    SHARE_BASIS,
    SHARE_SOURCE,
    Jurisdiction,
    RevenueBase,
    ShareBasis,
)
from valuer.core.slots import number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit

COVERED_SHARE: Any = {
    "label": N_("Covered share of revenue"),
    "default": None,
    "symbol": "q",
    "low": 0,
    "high": 1,
    "help": N_(
        "Share of the revenue that the patent's claims cover, as a table of claims,"
        " product features and evidence finds it. Left out, the revenue stated is taken"
        " whole."
    ),
}
PROFIT_MARGIN: Any = {
    "label": N_("Profit margin"),
    "default": None,
    "symbol": "μ",
    "low": 0.0001,
    "high": 1,
    "is_base": True,
    "help": N_("Profit before tax as a share of revenue, where it is known."),
}


@dataclass(frozen=True, slots=True)
class Sharing(Declining):
    """What a method needs that takes a share."""

    covered_share: Rate | None = param(**COVERED_SHARE)
    profit_margin: RateSeries | None = param(**PROFIT_MARGIN)
    share_basis: ShareBasis = param(**SHARE_BASIS)
    share_source: Text = param(**SHARE_SOURCE)
    other_evidence: Text = param(**OTHER_EVIDENCE)
    revenue_base: RevenueBase = param(**REVENUE_BASE)
    demand_evidence: Text = param(**DEMAND_EVIDENCE)
    jurisdiction: Jurisdiction = param(**JURISDICTION)


def share_of_profit(
    working: Silent, rate: Floats, symbol: str, given: Mapping[str, Any]
) -> None:
    """Show what a share of revenue is of the profit, ``α``, where that is known."""
    if "profit_margin" not in given:
        return
    margin = working.add(
        N_("Profit margin"), "μ", "", given["profit_margin"], Unit.RATE
    )
    text = N_("Share of profit that the rate comes to")
    working.add(text, "α", f"{symbol} / μ", rate / margin, Unit.RATE)


def share_taken(
    working: Silent, rate: Floats, symbol: str, given: Mapping[str, Any]
) -> tuple[Floats, str, Floats | None]:
    """Return the rate on the whole revenue, its symbol, and ``t`` where it declines.

    ``rate`` is called ``symbol``; with primes it is the rate after decline (one) and
    the rate on the whole revenue where the patent covers a part (two).
    """
    add, first, time = working.add, symbol, None
    if given["declines"]:
        time = timed(working, given)
        left = declining(working, time, given)
        text, symbol = given["declined_label"], f"{first}′"
        rate = add(text, symbol, f"{first} × g", rate * left, Unit.RATE)
    if "covered_share" in given:
        text = N_("Covered share of revenue")
        covered = add(text, "q", "", given["covered_share"], Unit.RATE)
        text, formula = given["whole_label"], f"{symbol} × q"
        symbol = f"{first}″"
        rate = add(text, symbol, formula, rate * covered, Unit.RATE)
    return rate, symbol, time


def sharing_arrays(
    params: Any, count: int, declined: str, whole: str, after_tax: str
) -> dict[str, Any]:
    """Return the formula's arguments: numbers, dates and what the steps are called."""
    labels = {"declined_label": declined, "whole_label": whole}
    return (
        number_arrays(params)
        | earning_arrays(params, count, after_tax)
        | decline_arrays(params)
        | labels
    )
