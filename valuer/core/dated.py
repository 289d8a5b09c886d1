"""Dated flows: the conventions that every method of present values shares.

Valuation date, periods, expiry day, point in each period, count of days, prices, and
the rounding of published tables are declared and checked here once. A method's
``Params`` inherits ``Dated``; its formula takes the shares of the periods within the
life from ``counted`` and present values from ``present``.

Source: XNPV's act/365; Fisher, (1 + nominal) = (1 + real)(1 + inflation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.discounting import running_factors
from valuer.core.distributions import Floats
from valuer.core.params import Currency, Number, Rate, param
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
from valuer.core.quantities import LONGEST
from valuer.core.texts import N_
from valuer.core.working import Rounded, Silent, Unit


class FirstAmount(StrEnum):
    """What the first amount of a series covers."""

    PERIOD = "period"
    YEAR = "year"


class Prices(StrEnum):
    """Whether inflation is within (nominal, 名义) or taken out (real, 实际)."""

    NOMINAL = "nominal"
    REAL = "real"


PRICES_NAMES = (
    (Prices.NOMINAL.value, N_("Nominal")),
    (Prices.REAL.value, N_("Real")),
)

# What the methods declare with param(**…).

DISCOUNT_RATE: Any = {
    "label": N_("Discount rate"),
    "symbol": "r",
    "low": 0,
    "high": 1,
    "help": N_("Annual, on the same basis before or after tax as the flows."),
}
VALUATION_DATE: Any = {
    "label": N_("Valuation date"),
    "fact": "valuation_date",
    "help": N_("The day for which the result holds; flows are discounted to it."),
}
FIRST_PERIOD_END: Any = {
    "label": N_("End of the first period"),
    "fact": "first_period_end",
    "help": N_("At most one year after the valuation date; later periods are years."),
}
EXPIRY_DATE: Any = {
    "label": N_("Expiry day"),
    "fact": "expiry_date",
    "help": N_("Day the term ends; nothing counts from this day on."),
}
TIMING: Any = {
    "label": N_("Timing of flows"),
    "choice_labels": TIMING_NAMES,
    "help": N_("Middle or end of each period; a period cut short has its own middle."),
}
FIRST_AMOUNT: Any = {
    "label": N_("First amount covers"),
    "default": FirstAmount.PERIOD,
    "choice_labels": (
        (FirstAmount.PERIOD.value, N_("The first period alone")),
        (FirstAmount.YEAR.value, N_("The whole year, taken pro rata")),
    ),
    "help": N_("Matters where the first period is shorter than a year."),
}
DAY_COUNT: Any = {
    "label": N_("Day count"),
    "default": DayCount.ACT_365,
    "choice_labels": DAY_COUNT_NAMES,
    "help": N_("How days become years."),
}
CURRENCY: Any = {
    "label": N_("Currency"),
    "default": "CNY",
    "fact": "currency",
    "help": N_("Currency of every amount, given and found."),
}
FACTOR_DIGITS: Any = {
    "label": N_("Decimals of discount factors"),
    "default": None,
    "low": 2,
    "high": 10,
    "is_base": True,
    "whole": True,
    "help": N_(
        "Four where the factors of a printed table are to be met; left out, factors"
        " are not rounded. Never rounded in a simulation."
    ),
}
SHARE_DIGITS: Any = {
    "label": N_("Decimals of the share rate"),
    "default": None,
    "low": 1,
    "high": 10,
    "is_base": True,
    "whole": True,
    "help": N_("Four for 15.38 %; left out, the share is not rounded."),
}
AMOUNT_DIGITS: Any = {
    "label": N_("Decimals of amounts on the way"),
    "default": None,
    "low": -6,
    "high": 10,
    "is_base": True,
    "whole": True,
    "help": N_("Two for 0.01 of the unit; left out, amounts are not rounded."),
}


@dataclass(frozen=True, slots=True)
class FlowDate:
    """The day on which the flow of one period counts."""

    day: date = param(N_("Day of the flow"))


@dataclass(frozen=True, slots=True)
class Dated:
    """What dated present values need, whatever flows."""

    discount_rate: Rate = param(**DISCOUNT_RATE)
    valuation_date: date = param(**VALUATION_DATE)
    first_period_end: date = param(**FIRST_PERIOD_END)
    expiry_date: date = param(**EXPIRY_DATE)
    timing: Timing = param(**TIMING)
    flow_dates: tuple[FlowDate, ...] = param(
        N_("Days of the flows"),
        (),
        quiet=True,
        help=N_(
            "One for each period, instead of its middle or end; each within its period."
        ),
    )
    first_amount: FirstAmount = param(**FIRST_AMOUNT)
    day_count: DayCount = param(**DAY_COUNT)
    flow_prices: Prices = param(
        N_("Prices of the flows"),
        Prices.NOMINAL,
        quiet=True,
        choice_labels=PRICES_NAMES,
        help=N_("Nominal flows hold the inflation to come; real ones do not."),
    )
    rate_prices: Prices = param(
        N_("Prices of the discount rate"),
        Prices.NOMINAL,
        quiet=True,
        choice_labels=PRICES_NAMES,
        help=N_(
            "A nominal rate holds inflation. Where it is not as the flows are, it is turned by the inflation rate."
        ),
    )
    inflation_rate: Rate | None = param(
        N_("Inflation rate"),
        None,
        symbol="π",
        low=-0.5,
        high=1,
        help=N_("Annual; needed where prices of flows and rate differ."),
    )
    factor_digits: Number | None = param(**FACTOR_DIGITS)
    currency: Currency = param(**CURRENCY)


# What a formula takes


def counted(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return the share of each period that lies within the life, ``f``.

    Shape (…, periods); every flow of a period is taken times this share.
    """
    add = working.add
    start, end, length = given["start"], given["end"], given["length"]
    text = N_("Start of the period, years from the valuation date")
    add(text, "s", "", start, Unit.YEARS)
    text = N_("End of the period, years from the valuation date")
    add(text, "e", "", end, Unit.YEARS)
    add(N_("Length that the amount covers, years"), "l", "", length, Unit.YEARS)
    text, share = N_("Share of the period within the life"), end - start
    np.divide(share, length, out=share)
    return add(text, "f", "(e − s) / l", share, Unit.FACTOR)


def timed(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return when the flow of each period counts, ``t``, in years."""
    add = working.add
    if "flow_time" in given:
        text = N_("Time of the flow, on the day stated")
        return add(text, "t", "", given["flow_time"], Unit.YEARS)
    if given["mid"]:
        time = given["start"] + given["end"]
        time /= 2
        text = N_("Time of the flow, mid-period")
        return add(text, "t", "(s + e) / 2", time, Unit.YEARS)
    text = N_("Time of the flow, end of period")
    return add(text, "t", "e", given["end"], Unit.YEARS)


def discounted(working: Silent, time: Floats, given: Mapping[str, Any]) -> Floats:
    """Return the discount factor of each time ``t``, ``d``; same shape."""
    add = working.add
    rate, symbol = given["discount_rate"], "r"
    add(N_("Discount rate"), "r", "", rate, Unit.RATE)
    turn = given["turn"]
    if turn:
        inflation = add(
            N_("Inflation rate"), "π", "", given["inflation_rate"], Unit.RATE
        )
        symbol = "r′"
        if turn is Prices.REAL:
            text, formula = N_("Real discount rate"), "(1 + r) / (1 + π) − 1"
            rate = add(
                text, symbol, formula, (1 + rate) / (1 + inflation) - 1, Unit.RATE
            )
        else:
            text, formula = N_("Nominal discount rate"), "(1 + r) × (1 + π) − 1"
            rate = add(
                text, symbol, formula, (1 + rate) * (1 + inflation) - 1, Unit.RATE
            )
    return add(
        N_("Discount factor"),
        "d",
        f"(1 + {symbol})^(−t)",
        running_factors(rate, time),
        Unit.FACTOR,
        rounded=Rounded.FACTOR,
    )


def present(
    working: Silent, flow: Floats, symbol: str, given: Mapping[str, Any]
) -> Floats:
    """Return the present value of each flow, ``P``; shape (…, periods).

    ``flow`` has the shape (…, periods), is already times the share of each period, and
    is called ``symbol`` in formulas.
    """
    factor = discounted(working, timed(working, given), given)
    text = N_("Present value")
    return working.add(text, "P", f"{symbol} × d", flow * factor, Unit.MONEY)


# What a method's arrays, check and outputs take


def laid_out(params: Any, count: int) -> Periods:
    """Return ``count`` periods as the parameters lay them out."""
    return periods(
        count,
        valuation_date=params.valuation_date,
        first_period_end=params.first_period_end,
        expiry_date=params.expiry_date,
        day_count=params.day_count,
    )


def periods_of(params: Any, names: tuple[str, ...]) -> int:
    """Return how many periods there are.

    As many as the longest of the series named has figures; where all of them are
    single figures, as many as reach the expiry day.
    """
    given = [getattr(params, name) for name in names]
    series = [len(one) for one in given if isinstance(one, tuple)]
    if series:
        return max(series)
    first: date = params.first_period_end
    expiry: date = params.expiry_date
    years = max(0, expiry.year - first.year)
    while years < LONGEST and first.year + years < date.max.year:
        if add_months(first, 12 * years) >= expiry:
            break
        years += 1
    return years + 1


def dated_arrays(params: Any, count: int) -> dict[str, Any]:
    """Return what ``counted``, ``timed`` and ``discounted`` need beside the numbers."""
    laid = laid_out(params, count)
    length = laid.length.copy()
    if params.first_amount is FirstAmount.YEAR:
        first = params.first_period_end
        year = years_between(add_months(first, -12), first, params.day_count)
        length[0] = max(length[0], year)
    found = {
        "start": laid.start,
        "end": laid.end,
        "length": length,
        "mid": params.timing is Timing.MID,
        "turn": prices_wanted(params),
    }
    days = [one.day for one in getattr(params, "flow_dates", ())]
    if days:
        valued, how = params.valuation_date, params.day_count
        times = [years_between(valued, day, how) for day in days]
        found["flow_time"] = np.array(times)
    return found


def dated_outputs(params: Any, count: int) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    laid = laid_out(params, count)
    return {
        "periods": [
            {"start": start.isoformat(), "end": end.isoformat()}
            for start, end in zip(laid.starts, laid.ends, strict=True)
        ],
        "life_years": float(laid.end[-1]),
    }


def prices_wanted(params: Any) -> Prices | None:
    """Return to what prices the rate has to be turned, or None."""
    flows = getattr(params, "flow_prices", Prices.NOMINAL)
    return None if flows is getattr(params, "rate_prices", flows) else flows
