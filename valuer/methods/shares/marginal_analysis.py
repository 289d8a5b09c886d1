"""Profit share by marginal analysis (边际分析法).

What the technology adds to profit, year by year, over the profit there is with it, both
as present values of the life of the technology.

Source: α = Σ present value of added profit / Σ present value of total profit, Chinese
appraisal examination texts, 边际分析法.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.dated import (
    AMOUNT_DIGITS,
    SHARE_DIGITS,
    Dated,
    counted,
    dated_arrays,
    dated_outputs,
    discounted,
    timed,
)
from valuer.core.dated_checks import dated_issues
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import MoneySeries, Number, RateSeries, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(Dated):
    """Inputs of the share by marginal analysis."""

    added_profit: MoneySeries = param(
        N_("Added profit"),
        symbol="G",
        low=0,
        help=N_("What the technology adds to the profit of each period."),
    )
    total_profit: MoneySeries | None = param(
        N_("Total profit"),
        None,
        symbol="E",
        low=0,
        help=N_("Profit of each period with the technology; or state the added share."),
    )
    added_share: RateSeries | None = param(
        N_("Added profit as a share of the total"),
        None,
        symbol="a",
        low=0,
        above=True,
        high=1,
        help=N_("In place of the total profit, which is then added profit over share."),
    )
    amount_digits: Number | None = param(**AMOUNT_DIGITS)
    share_digits: Number | None = param(**SHARE_DIGITS)


def formula(working: Silent, **given: Any) -> Floats:
    """Share of profit; every array is (…, periods) or broadcasts to it."""
    add = working.add
    more = add(N_("Added profit"), "G", "", given["added_profit"], Unit.MONEY)
    if "total_profit" in given:
        total = add(N_("Total profit"), "E", "", given["total_profit"], Unit.MONEY)
    else:
        text = N_("Added profit as a share of the total")
        share = add(text, "a", "", given["added_share"], Unit.RATE)
        total = add(N_("Total profit"), "E", "G / a", more / share, Unit.MONEY)
    within = counted(working, given)
    factor = discounted(working, timed(working, given), given)
    text = N_("Present value of the added profit")
    parts = more * within * factor
    parts = add(text, "M", "G × f × d", parts, Unit.MONEY, rounded=Rounded.AMOUNT)
    text, own = N_("Present value of the added profit, sum"), parts.sum(axis=-1)
    own = add(text, "PG", "Σ M", own, Unit.MONEY)
    text = N_("Present value of the total profit")
    parts = total * within * factor
    parts = add(text, "Q", "E × f × d", parts, Unit.MONEY, rounded=Rounded.AMOUNT)
    text, whole = N_("Present value of the total profit, sum"), parts.sum(axis=-1)
    whole = add(text, "PE", "Σ Q", whole, Unit.MONEY)
    text = N_("Share of profit")
    return add(text, "α", "PG / PE", own / whole, Unit.RATE, rounded=Rounded.SHARE)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    return number_arrays(params) | dated_arrays(params, len(params.added_profit))


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: totals, dates, lengths of series."""
    if wrong := tuple(_total_errors(params)):
        return wrong
    dated = dated_issues(params, "added_profit", len(params.added_profit))
    if any(one.severity is Severity.ERROR for one in dated):
        return dated
    return (*dated, *_profit_errors(params))


def _total_errors(params: Any) -> Iterator[Issue]:
    if (params.total_profit is None) == (params.added_share is None):
        text = N_(
            "State either the total profit of each period, or what share of it the"
            " added profit is; not both."
        )
        yield Issue(Severity.ERROR, message(text), "total_profit")


def _profit_errors(params: Any) -> Iterator[Issue]:
    centre = centred(params)
    whole = centre.added_profit if centre.total_profit is None else centre.total_profit
    if not any(whole):
        text = N_("No period has a profit; there is no share of it.")
        yield Issue(Severity.ERROR, message(text), "added_profit")
    if centre.total_profit is None:
        return
    for place, (more, total) in enumerate(
        zip(centre.added_profit, centre.total_profit, strict=True)
    ):
        if more > total:
            text = N_(
                "The added profit of period {period} is above the total profit; what is"
                " added is a part of the total."
            )
            where = f"added_profit[{place}]"
            yield Issue(Severity.ERROR, message(text, period=place + 1), where)


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, len(params.added_profit))


METHOD = Method(
    key="marginal_analysis",
    version=1,
    approach=None,
    title=N_("Profit share by marginal analysis"),
    idea=N_(
        "The share of profit is the present value of what the technology adds, over"
        " that of the whole profit with it."
    ),
    source="边际分析法：α = Σ追加利润现值/Σ利润总额现值，资产评估专业教材",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(("share", "α"), ("pv_added", "PG"), ("pv_profit", "PE")),
)
