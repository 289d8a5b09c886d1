"""Income share (收入分成法).

The patent is worth its share of the revenue that the patented product earns: revenue
times the share rate K (收入分成率), which falls as newer technology comes. Nothing is
saved and nobody's royalty is met: K says what the technology contributes, found by
score sheet, equivalent investment, marginal analysis or comparable listed companies.
Relief from royalty (许可费节省法) asks instead what a licence in the market costs.

Source: V = Σ R_t · K_t / (1 + r)^τ_t, times (1 − T) on an after-tax basis;
K_t = K_0 · Π (1 − d_s) (Chinese appraisal practice; 《专利资产评估指导意见》, income
approach).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.dated import counted, dated_outputs
from valuer.core.dated_checks import dated_issues
from valuer.core.decline import decline_issues
from valuer.core.distributions import Floats
from valuer.core.earning import earning_issues, worth
from valuer.core.method import Approach, Method
from valuer.core.params import MoneySeries, RateSeries, param
from valuer.core.problems import Issue
from valuer.core.share_evidence import revenue_share_issues
from valuer.core.sharing import (
    Sharing,
    share_of_profit,
    share_taken,
    sharing_arrays,
)
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(Sharing):
    """Inputs of the income-share method."""

    revenue: MoneySeries = param(
        N_("Revenue"),
        symbol="R",
        low=0,
        fact="revenue",
        help=N_("Revenue of the product in each period, net of sales taxes."),
    )
    share_rate: RateSeries = param(
        N_("Share rate of revenue"),
        symbol="K",
        low=0,
        high=1,
        help=N_("What the technology contributes to revenue, before any decline."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Present value of the share of revenue, in the currency of ``revenue``.

    Every array is (…, periods) or broadcasts to it.
    """
    add = working.add
    revenue = add(N_("Revenue"), "R", "", given["revenue"], Unit.MONEY)
    within = counted(working, given)
    text = N_("Share rate of revenue")
    rate = add(text, "K", "", given["share_rate"], Unit.RATE)
    share_of_profit(working, rate, "K", given)
    rate, symbol, time = share_taken(working, rate, "K", given)
    text, share = N_("Share of revenue, before tax"), revenue * within * rate
    share = add(text, "S", f"R × f × {symbol}", share, Unit.MONEY)
    return worth(working, share, "S", given, time)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    return sharing_arrays(
        params,
        len(params.revenue),
        N_("Share rate after decline"),
        N_("Share rate on the whole revenue"),
        N_("Share of revenue after tax"),
    )


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: dates, series, evidence of the share."""
    dated = dated_issues(params, "revenue", len(params.revenue))
    own = revenue_share_issues(params, "share_rate")
    return (*dated, *earning_issues(params), *decline_issues(params), *own)


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, len(params.revenue))


METHOD = Method(
    key="income_share",
    version=1,
    approach=Approach.INCOME,
    title=N_("Income share"),
    idea=N_(
        "The patent is worth its contribution to the revenue of the product, a share"
        " that falls as newer technology comes, over the remaining economic life."
    ),
    source="收入分成法：V = Σ R·K/(1+r)^τ；《专利资产评估指导意见》（收益法）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(
        ("share_rates", "K′"),
        ("share_of_profit", "α"),
        ("rate_on_whole_revenue", "K″"),
    ),
)
