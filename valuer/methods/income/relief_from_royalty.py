"""Relief from royalty (许可费节省法).

The patent is worth the royalties its owner need not pay: forecast revenue times an
arm's-length royalty rate (许可费率), after tax where that basis is chosen, discounted
from the point in each period that is chosen, to the expiry day and no further.

Source: IVS 210 Intangible Assets, relief-from-royalty method; 专利资产评估指导意见,
income approach (收益口径 and 折现率 consistent, term to the earlier of its bounds).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.dated import (
    CURRENCY,
    DAY_COUNT,
    DISCOUNT_RATE,
    EXPIRY_DATE,
    FIRST_AMOUNT,
    FIRST_PERIOD_END,
    TIMING,
    VALUATION_DATE,
    FirstAmount,
    counted,
    dated_outputs,
)
from valuer.core.dated_checks import dated_issues
from valuer.core.decline import decline_issues
from valuer.core.distributions import Floats
from valuer.core.earning import (
    TAX_BASIS,
    TAX_RATE,
    TaxBasis,
    earning_issues,
    worth,
)
from valuer.core.method import Approach, Method
from valuer.core.params import (
    Currency,
    MoneyOrSeries,
    MoneySeries,
    Rate,
    RateSeries,
    param,
)
from valuer.core.periods import DayCount, Timing
from valuer.core.problems import Issue
from valuer.core.share_evidence import revenue_share_issues
from valuer.core.sharing import (
    Sharing,
    share_of_profit,
    share_taken,
    sharing_arrays,
)
from valuer.core.stock.sound import (
    Alike,
    Bools,
    dated_sound,
    earning_sound,
    sharing_sound,
)
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(Sharing):
    """Inputs of the relief-from-royalty method.

    What the first release had stands here anew, in its order: it names the draws.
    """

    revenue: MoneySeries = param(
        N_("Revenue"),
        symbol="R",
        low=0,
        fact="revenue",
        help=N_(
            "Revenue of the patented product in each period, whole periods even where"
            " the patent expires within one."
        ),
    )
    royalty_rate: RateSeries = param(
        N_("Royalty rate"),
        symbol="ρ",
        low=0,
        high=1,
        help=N_("Share of revenue, one for all periods or one for each."),
    )
    tax_rate: RateSeries = param(
        **TAX_RATE
        | {
            "help": N_(
                "Income tax on the royalties saved; not applied on a pre-tax basis."
            )
        }
    )
    discount_rate: Rate = param(**DISCOUNT_RATE)
    valuation_date: date = param(**VALUATION_DATE)
    first_period_end: date = param(**FIRST_PERIOD_END)
    expiry_date: date = param(**EXPIRY_DATE)
    timing: Timing = param(**TIMING)
    tax_basis: TaxBasis = param(**TAX_BASIS)
    first_amount: FirstAmount = param(**FIRST_AMOUNT)
    day_count: DayCount = param(**DAY_COUNT)
    currency: Currency = param(**CURRENCY)
    licensor_costs: MoneyOrSeries | None = param(
        N_("Costs of the licensor"),
        None,
        symbol="M",
        low=0,
        help=N_(
            "What the owner bears to keep and enforce the right in each period, before"
            " tax; taken from the royalties saved."
        ),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Present value of the royalties saved, in the currency of ``revenue``.

    Every array is (…, periods) or broadcasts to it; ``start``, ``end`` and
    ``length`` are years from the valuation date, cut at the expiry day.
    """
    add, revenue = working.add, given["revenue"]
    add(N_("Revenue"), "R", "", revenue, Unit.MONEY)
    share = counted(working, given)
    rate = add(N_("Royalty rate"), "ρ", "", given["royalty_rate"], Unit.RATE)
    share_of_profit(working, rate, "ρ", given)
    rate, symbol, time = share_taken(working, rate, "ρ", given)
    text = N_("Royalty saved")
    # In memory as sums over time are taken, where there are many rates.
    saved = np.multiply(revenue * share, rate, order="F")
    add(text, "S", f"R × f × {symbol}", saved, Unit.MONEY)
    if "licensor_costs" not in given:
        return worth(working, saved, "S", given, time)
    costs = add(
        N_("Costs of the licensor"), "M", "", given["licensor_costs"], Unit.MONEY
    )
    text = N_("Royalty saved, net of the licensor's costs")
    net = add(text, "S′", "S − M × f", saved - costs * share, Unit.MONEY)
    return worth(working, net, "S′", given, time)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    return sharing_arrays(
        params,
        len(params.revenue),
        N_("Royalty rate after decline"),
        N_("Royalty rate on the whole revenue"),
        N_("After-tax royalty saved"),
    )


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: order of dates, lengths of series."""
    dated = dated_issues(params, "revenue", len(params.revenue))
    # Reports of the first release say nothing of the share and must come out again.
    own = revenue_share_issues(params, "royalty_rate", asks=False)
    return (*dated, *earning_issues(params), *decline_issues(params), *own)


def sound(alike: Alike) -> Bools:
    """Return which rows of a stock ``check`` finds no error of, in the plain case."""
    return dated_sound(alike, "revenue") & earning_sound(alike) & sharing_sound(alike)


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, len(params.revenue))


METHOD = Method(
    key="relief_from_royalty",
    version=1,
    approach=Approach.INCOME,
    title=N_("Relief from royalty"),
    idea=N_(
        "The patent is worth the royalties that its owner need not pay to a third"
        " party for its use over the remaining economic life."
    ),
    source="IVS 210 Intangible Assets, relief-from-royalty method; 《专利资产评估指导意见》（收益法）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(("share_of_profit", "α"), ("rate_on_whole_revenue", "ρ″")),
    sound=sound,
)
