"""Profit split (利润分成法).

The patent is worth its share of the profit of those who work it: profit times the
share rate α (利润分成率), discounted over the life. The profit is stated for each
period, or is revenue times the profit margin; then α times the margin is the share of
revenue K that the same patent would have by the income-share method.

Source: V = Σ P_t · α_t / (1 + r)^τ_t, and K = α × 销售利润率 (Chinese appraisal
practice); on shares that are no evidence, see ``core.share_evidence``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.dated import counted, dated_outputs
from valuer.core.dated_checks import dated_issues
from valuer.core.decline import decline_issues
from valuer.core.distributions import Floats
from valuer.core.earning import earning_issues, worth
from valuer.core.method import Approach, Method
from valuer.core.params import MoneySeries, RateSeries, param
from valuer.core.problems import Issue, Severity
from valuer.core.share_evidence import profit_share_issues
from valuer.core.sharing import PROFIT_MARGIN, Sharing, share_taken, sharing_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class ProfitFrom(StrEnum):
    """Where the profit comes from that is split."""

    PROFIT = "profit"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Params(Sharing):
    """Inputs of the profit-split method."""

    profit_from: ProfitFrom = param(
        N_("Profit is"),
        ProfitFrom.PROFIT,
        choice_labels=(
            (ProfitFrom.PROFIT.value, N_("Stated for each period")),
            (ProfitFrom.MARGIN.value, N_("Revenue times the profit margin")),
        ),
    )
    profit: MoneySeries | None = param(
        N_("Profit"),
        None,
        symbol="E",
        low=0,
        help=N_(
            "Profit of the product in each period, on the basis of tax chosen; a period"
            " of loss has no profit to split."
        ),
    )
    revenue: MoneySeries | None = param(
        N_("Revenue"),
        None,
        symbol="R",
        low=0,
        fact="revenue",
        help=N_("Needed where the profit is revenue times margin; else not used."),
    )
    profit_margin: RateSeries | None = param(
        **PROFIT_MARGIN
        | {
            "is_base": False,
            "help": N_(
                "Profit as a share of revenue; needed where the profit is revenue times"
                " margin, else only held against the share."
            ),
        }
    )
    share_rate: RateSeries = param(
        N_("Share rate of profit"),
        symbol="α",
        low=0,
        high=1,
        help=N_("What the technology contributes to profit, before any decline."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Present value of the share of profit, in the currency of the profit.

    Every array is (…, periods) or broadcasts to it.
    """
    add = working.add
    if given["by_margin"]:
        revenue = add(N_("Revenue"), "R", "", given["revenue"], Unit.MONEY)
        text = N_("Profit margin")
        margin = add(text, "μ", "", given["profit_margin"], Unit.RATE)
        profit = add(N_("Profit"), "E", "R × μ", revenue * margin, Unit.MONEY)
    else:
        profit = add(N_("Profit"), "E", "", given["profit"], Unit.MONEY)
    within = counted(working, given)
    rate = add(N_("Share rate of profit"), "α", "", given["share_rate"], Unit.RATE)
    if given["by_margin"]:
        text = N_("Share of revenue that the rate comes to")
        add(text, "K", "α × μ", rate * margin, Unit.RATE)
    rate, symbol, time = share_taken(working, rate, "α", given)
    text, share = N_("Share of profit, before tax"), profit * within * rate
    share = add(text, "S", f"E × f × {symbol}", share, Unit.MONEY)
    return worth(working, share, "S", given, time)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    found = sharing_arrays(
        params,
        _count(params),
        N_("Share rate after decline"),
        N_("Share rate on the whole profit"),
        N_("Share of profit after tax"),
    )
    return found | {"by_margin": params.profit_from is ProfitFrom.MARGIN}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: profit, dates, evidence of the share."""
    if missing := tuple(_missing(params)):
        return missing
    dated = dated_issues(params, _lead(params), _count(params))
    own = profit_share_issues(params, "share_rate")
    return (*dated, *earning_issues(params), *decline_issues(params), *own)


def _missing(params: Any) -> Iterator[Issue]:
    by_margin = params.profit_from is ProfitFrom.MARGIN
    for name in ("revenue", "profit_margin") if by_margin else ("profit",):
        if getattr(params, name) is None:
            text = N_("The profit chosen is reckoned from this; state it.")
            yield Issue(Severity.ERROR, message(text), name)


def _lead(params: Any) -> str:
    """Return the series that the periods go by."""
    return "revenue" if params.profit_from is ProfitFrom.MARGIN else "profit"


def _count(params: Any) -> int:
    return len(getattr(params, _lead(params)))


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, _count(params))


METHOD = Method(
    key="profit_split",
    version=1,
    approach=Approach.INCOME,
    title=N_("Profit split"),
    idea=N_(
        "The patent is worth its contribution to the profit of those who work it, over"
        " the remaining economic life."
    ),
    source="利润分成法：V = Σ P·α/(1+r)^τ，K = α × 销售利润率；《专利资产评估指导意见》（收益法）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(
        ("share_rates", "α′"),
        ("share_of_revenue", "K"),
        ("rate_on_whole_profit", "α″"),
    ),
)
