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
from enum import StrEnum
from typing import Any

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method
from valuer.core.params import (
    Currency,
    MoneySeries,
    Rate,
    RateSeries,
    param,
    parameters,
)
from valuer.core.periods import (
    DAY_COUNT_NAMES,
    TIMING_NAMES,
    DayCount,
    Periods,
    Timing,
    add_months,
    periods,
    years_between,
)
from valuer.core.problems import Issue, Severity
from valuer.core.slots import number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

EARLIEST = date(1900, 1, 1)
"""No valuation date is earlier; one that is has been mistyped."""


class TaxBasis(StrEnum):
    """Whether flows and rate are before or after income tax (税前口径, 税后口径)."""

    AFTER_TAX = "after_tax"
    PRE_TAX = "pre_tax"


class FirstAmount(StrEnum):
    """What the first amount of revenue covers."""

    PERIOD = "period"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the relief-from-royalty method."""

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
        N_("Income tax rate"),
        symbol="τ",
        low=0,
        high=1,
        help=N_("Income tax on the royalties saved; not applied on a pre-tax basis."),
    )
    discount_rate: Rate = param(
        N_("Discount rate"),
        symbol="r",
        low=0,
        high=1,
        help=N_("Annual, on the same basis before or after tax as the flows."),
    )
    valuation_date: date = param(
        N_("Valuation date"),
        fact="valuation_date",
        help=N_("Flows are discounted to this day."),
    )
    first_period_end: date = param(
        N_("End of the first period"),
        fact="first_period_end",
        help=N_("At most one year after the valuation date; later periods are years."),
    )
    expiry_date: date = param(
        N_("Expiry day"),
        fact="expiry_date",
        help=N_("Day the term ends; nothing counts from this day on."),
    )
    timing: Timing = param(
        N_("Timing of flows"),
        choice_labels=TIMING_NAMES,
        help=N_("Middle or end of each period; a period cut short has its own middle."),
    )
    tax_basis: TaxBasis = param(
        N_("Tax basis"),
        TaxBasis.AFTER_TAX,
        choice_labels=(
            (TaxBasis.AFTER_TAX.value, N_("After tax")),
            (TaxBasis.PRE_TAX.value, N_("Pre-tax")),
        ),
        help=N_("Flows and discount rate must be on the same basis."),
    )
    first_amount: FirstAmount = param(
        N_("First amount covers"),
        FirstAmount.PERIOD,
        choice_labels=(
            (FirstAmount.PERIOD.value, N_("The first period alone")),
            (FirstAmount.YEAR.value, N_("The whole year, taken pro rata")),
        ),
        help=N_("Matters where the first period is shorter than a year."),
    )
    day_count: DayCount = param(
        N_("Day count"),
        DayCount.ACT_365,
        choice_labels=DAY_COUNT_NAMES,
        help=N_("How days become years."),
    )
    currency: Currency = param(
        N_("Currency"),
        "CNY",
        fact="currency",
        help=N_("Currency of revenue and value."),
    )


def formula(
    working: Silent,
    *,
    revenue: Floats,
    royalty_rate: Floats,
    tax_rate: Floats,
    discount_rate: Floats,
    start: Floats,
    end: Floats,
    length: Floats,
    mid: bool,
    after_tax: bool,
) -> Floats:
    """Present value of the royalties saved, in the currency of ``revenue``.

    Every array is (…, periods) or broadcasts to it; ``start``, ``end`` and
    ``length`` are years from the valuation date, cut at the expiry day.
    """
    add = working.add
    add(N_("Revenue"), "R", "", revenue, Unit.MONEY)
    add(
        N_("Start of the period, years from the valuation date"),
        "s",
        "",
        start,
        Unit.YEARS,
    )
    add(
        N_("End of the period, years from the valuation date"), "e", "", end, Unit.YEARS
    )
    add(N_("Length that the amount covers, years"), "l", "", length, Unit.YEARS)
    share = add(
        N_("Share of the period within the life"),
        "f",
        "(e − s) / l",
        (end - start) / length,
        Unit.FACTOR,
    )
    add(N_("Royalty rate"), "ρ", "", royalty_rate, Unit.RATE)
    saved = add(
        N_("Royalty saved"),
        "S",
        "R × f × ρ",
        (revenue * share) * royalty_rate,
        Unit.MONEY,
    )
    if after_tax:
        add(N_("Income tax rate"), "τ", "", tax_rate, Unit.RATE)
        saved = add(
            N_("After-tax royalty saved"),
            "N",
            "S × (1 − τ)",
            saved * (1 - tax_rate),
            Unit.MONEY,
        )
    if mid:
        time = add(
            N_("Time of the flow, mid-period"),
            "t",
            "(s + e) / 2",
            (start + end) / 2,
            Unit.YEARS,
        )
    else:
        time = add(N_("Time of the flow, end of period"), "t", "e", end, Unit.YEARS)
    add(N_("Discount rate"), "r", "", discount_rate, Unit.RATE)
    factor = add(
        N_("Discount factor"),
        "d",
        "(1 + r)^(−t)",
        (1 + discount_rate) ** -time,
        Unit.FACTOR,
    )
    present = add(
        N_("Present value"),
        "P",
        "N × d" if after_tax else "S × d",
        saved * factor,
        Unit.MONEY,
    )
    return add(N_("Value"), "V", "Σ P", present.sum(axis=-1), Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    laid = _periods(params)
    length = laid.length.copy()
    if params.first_amount is FirstAmount.YEAR:
        first = params.first_period_end
        year = years_between(add_months(first, -12), first, params.day_count)
        length[0] = max(length[0], year)
    return number_arrays(params) | {
        "start": laid.start,
        "end": laid.end,
        "length": length,
        "mid": params.timing is Timing.MID,
        "after_tax": params.tax_basis is TaxBasis.AFTER_TAX,
    }


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: order of dates, lengths of series."""
    errors = (*_series_errors(params), *_date_errors(params))
    return errors or _notes(params)


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    laid = _periods(params)
    return {
        "periods": [
            {"start": start.isoformat(), "end": end.isoformat()}
            for start, end in zip(laid.starts, laid.ends, strict=True)
        ],
        "life_years": float(laid.end[-1]),
    }


def _periods(params: Any) -> Periods:
    return periods(
        len(params.revenue),
        valuation_date=params.valuation_date,
        first_period_end=params.first_period_end,
        expiry_date=params.expiry_date,
        day_count=params.day_count,
    )


def _series_errors(params: Any) -> tuple[Issue, ...]:
    count = len(params.revenue)
    text = N_(
        "{label} has {found} figures and revenue {count}; give one for each period."
    )
    labels = {one.name: message(one.label) for one in parameters(Params)}
    return tuple(
        _issue(
            Severity.ERROR,
            name,
            text,
            label=labels[name],
            found=len(series),
            count=count,
        )
        for name in ("royalty_rate", "tax_rate")
        if isinstance(series := getattr(params, name), tuple) and len(series) != count
    )


def _date_errors(params: Any) -> tuple[Issue, ...]:
    valued, first = params.valuation_date, params.first_period_end
    found = []
    if valued < EARLIEST:
        text = N_("The valuation date must not be before {earliest}; it is {found}.")
        found.append(
            _issue(
                Severity.ERROR, "valuation_date", text, earliest=EARLIEST, found=valued
            )
        )
    if first.year + len(params.revenue) > 9999:
        text = N_("The end of the first period is too late for {count} periods.")
        found.append(
            _issue(Severity.ERROR, "first_period_end", text, count=len(params.revenue))
        )
    elif not valued < first <= add_months(valued, 12):
        text = N_(
            "The first period must end after the valuation date {date} and at most one"
            " year later; it ends on {found}."
        )
        found.append(
            _issue(Severity.ERROR, "first_period_end", text, date=valued, found=first)
        )
    if params.expiry_date <= valued:
        text = N_(
            "The expiry day must be after the valuation date {date}; it is {found}."
        )
        found.append(
            _issue(
                Severity.ERROR,
                "expiry_date",
                text,
                date=valued,
                found=params.expiry_date,
            )
        )
    return tuple(found)


def _notes(params: Any) -> tuple[Issue, ...]:
    laid, found = _periods(params), []
    if laid.ends[-1] < params.expiry_date:
        text = N_(
            "The forecast ends on {end}, before the expiry day {expiry}; nothing is counted after it."
        )
        found.append(
            _issue(
                Severity.NOTE,
                "revenue",
                text,
                end=laid.ends[-1],
                expiry=params.expiry_date,
            )
        )
    idle = sum(start >= params.expiry_date for start in laid.starts)
    if idle:
        text = N_("{count} periods lie after the expiry day and count nothing.")
        found.append(_issue(Severity.NOTE, "revenue", text, count=idle))
    if laid.ends[0] < add_months(params.valuation_date, 12):
        covers = (
            N_("The first amount is taken as the revenue of {start} to {end} alone.")
            if params.first_amount is FirstAmount.PERIOD
            else N_(
                "The first amount is taken as a whole year's, pro rata for {start} to {end}."
            )
        )
        found.append(
            _issue(
                Severity.NOTE,
                "first_amount",
                covers,
                start=laid.starts[0],
                end=laid.ends[0],
            )
        )
    return tuple(found)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)


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
)
