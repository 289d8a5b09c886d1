"""Incremental income (增量收益法): what the patent adds to what is earned without it.

A better price, a lower unit cost and a greater volume each add to the yearly income;
what the base without the patent earns is taken off, so nothing is counted that would
be earned anyway. The increment is taxed and discounted over the remaining life.

Source: 增量收益 = [(P₂ − P₁) + (C₁ − C₂)] × Q × (1 − T) and (Q₂ − Q₁) × (P − C) ×
(1 − T) (资产评估师 examination texts, intangible assets); IVS 210, premium profit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.amortisation import benefit_factor, level_factor
from valuer.core.dated import (
    FirstAmount,
    counted,
    dated_outputs,
    periods_of,
    prices_wanted,
    timed,
)
from valuer.core.dated_checks import dated_issues
from valuer.core.decline import (
    Decline,
    Declining,
    decline_arrays,
    decline_issues,
    declining,
)
from valuer.core.distributions import Floats
from valuer.core.earning import earning_arrays, earning_issues, taxed, worth
from valuer.core.method import Approach, Method, centred
from valuer.core.params import (
    YES_NO_NAMES,
    MoneyOrSeries,
    NumberOrSeries,
    RateSeries,
    YesNo,
    param,
)
from valuer.core.periods import Timing, add_months
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit

SERIES = (
    "price_with",
    "price_without",
    "cost_with",
    "cost_without",
    "quantity_with",
    "quantity_without",
    "added_costs",
    "patent_share",
)
"""What may be one figure for all periods or one for each."""


@dataclass(frozen=True, slots=True)
class Params(Declining):
    """Inputs of the incremental-income method."""

    price_with: MoneyOrSeries = param(
        N_("Unit price with the patent"), symbol="p₁", low=0
    )
    price_without: MoneyOrSeries = param(
        N_("Unit price without it"),
        symbol="p₀",
        low=0,
        help=N_("The same as with it where the patent lowers costs alone."),
    )
    cost_with: MoneyOrSeries = param(
        N_("Unit cost with the patent"), symbol="c₁", low=0
    )
    cost_without: MoneyOrSeries = param(N_("Unit cost without it"), symbol="c₀", low=0)
    quantity_with: NumberOrSeries = param(
        N_("Quantity with the patent"),
        symbol="q₁",
        low=0,
        help=N_("Units sold in a whole period."),
    )
    quantity_without: NumberOrSeries = param(
        N_("Quantity without it"), symbol="q₀", low=0
    )
    added_costs: MoneyOrSeries | None = param(
        N_("Further costs of using the patent"),
        None,
        symbol="M",
        low=0,
        help=N_("In each period, before tax and not within the unit cost."),
    )
    patent_share: RateSeries | None = param(
        N_("Share of the increment due to the patent"),
        None,
        symbol="α",
        low=0,
        high=1,
        help=N_(
            "Where other things, as a brand or new equipment, bring part of the"
            " increment; left out, all of it is the patent's."
        ),
    )
    by_annuity: YesNo = param(
        N_("By one annuity factor"),
        YesNo.NO,
        quiet=True,
        choice_labels=YES_NO_NAMES,
        help=N_(
            "Level income times the annuity factor of its whole years, as printed keys"
            " reckon; rounding then falls on that one factor."
        ),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Present value of the income added, in the currency of the prices.

    Prices, costs and quantities are (…, periods) or broadcast to it.
    """
    income, symbol = _increment(working, given)
    if "annuity_years" in given:
        return _by_annuity(working, income, symbol, given)
    share = counted(working, given)
    time, by = None, "f"
    if given["declines"]:
        time, by = timed(working, given), "f × g"
        share = share * declining(working, time, given)
    text = N_("Income added within the life")
    added = working.add(text, "S", f"{symbol} × {by}", income * share, Unit.MONEY)
    return worth(working, added, "S", given, time)


def _increment(working: Silent, given: Mapping[str, Any]) -> tuple[Floats, str]:
    """Return the income added in a whole period, before tax, and its symbol."""
    add = working.add
    income, terms = _effects(working, given), "A + B + E"
    if "added_costs" in given:
        text = N_("Further costs of using the patent")
        income = income - add(text, "M", "", given["added_costs"], Unit.MONEY)
        terms += " − M"
    income = add(N_("Income added"), "I", terms, income, Unit.MONEY)
    if "patent_share" not in given:
        return income, "I"
    text = N_("Share of the increment due to the patent")
    share = add(text, "α", "", given["patent_share"], Unit.RATE)
    text = N_("Income added by the patent")
    return add(text, "I′", "I × α", income * share, Unit.MONEY), "I′"


def _effects(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return what price, unit cost and volume add in a whole period."""
    price, base_price, cost, base_cost, quantity, base = (
        working.add(text, symbol, "", given[name], unit)
        for name, symbol, unit, text in (
            ("price_with", "p₁", Unit.MONEY, N_("Unit price with the patent")),
            ("price_without", "p₀", Unit.MONEY, N_("Unit price without it")),
            ("cost_with", "c₁", Unit.MONEY, N_("Unit cost with the patent")),
            ("cost_without", "c₀", Unit.MONEY, N_("Unit cost without it")),
            ("quantity_with", "q₁", Unit.NUMBER, N_("Quantity with the patent")),
            ("quantity_without", "q₀", Unit.NUMBER, N_("Quantity without it")),
        )
    )
    effects = (
        (N_("Added by the price"), "A", "(p₁ − p₀) × q₁", price - base_price, quantity),
        (
            N_("Added by the cost saved"),
            "B",
            "(c₀ − c₁) × q₁",
            base_cost - cost,
            quantity,
        ),
        (
            N_("Added by the volume"),
            "E",
            "(q₁ − q₀) × (p₀ − c₀)",
            base_price - base_cost,
            quantity - base,
        ),
    )
    by_price, by_cost, by_volume = (
        working.add(text, symbol, formula, each * units, Unit.MONEY)
        for text, symbol, formula, each, units in effects
    )
    return by_price + by_cost + by_volume


def _by_annuity(
    working: Silent, income: Floats, symbol: str, given: Mapping[str, Any]
) -> Floats:
    """Return the value of level income over whole years, each at its end."""
    add = working.add
    income, symbol = taxed(working, income, symbol, given)
    rate = add(N_("Discount rate"), "r", "", given["discount_rate"], Unit.RATE)
    years = add(N_("Years of income"), "Y", "", given["annuity_years"], Unit.YEARS)
    factor = level_factor(rate, years)
    formula = "(1 − (1 + r)^(−Y)) / r" if np.all(rate != 0) else "Y"
    text = N_("Annuity factor")
    factor = add(text, "a", formula, factor, Unit.FACTOR, rounded=Rounded.FACTOR)
    value, how = income * factor, f"{symbol} × a"
    if "tax_life" not in given:
        return by_scenario(add(N_("Value"), "V", how, value, Unit.MONEY))
    text = N_("Value without tax amortisation benefit")
    value = add(text, "PV", how, value, Unit.MONEY)
    benefit = benefit_factor(working, given["discount_rate"], "r", given)
    return by_scenario(add(N_("Value"), "V", "PV × T", value * benefit, Unit.MONEY))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    count = periods_of(params, SERIES)
    label = N_("Income added, after tax")
    found = number_arrays(params) | earning_arrays(params, count, label)
    if params.by_annuity is YesNo.YES:
        found["annuity_years"] = np.asarray(float(count))
    return found | decline_arrays(params)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: dates, lengths, an increment below 0."""
    lead = next((n for n in SERIES if isinstance(getattr(params, n), tuple)), "")
    count = periods_of(params, SERIES)
    found = [*dated_issues(params, lead, count), *earning_issues(params)]
    found += decline_issues(params)
    if params.by_annuity is YesNo.YES and not _is_level(params, count):
        text = N_(
            "One annuity factor serves level income alone: single figures, whole years"
            " from the valuation date to the expiry day, flows at the end of each,"
            " without survival rates, decline or other prices of the rate."
        )
        found.append(Issue(Severity.ERROR, message(text), "by_annuity"))
    if any(one.severity is Severity.ERROR for one in found):
        return tuple(found)
    return (*found, *_doubts(params))


def _is_level(params: Any, count: int) -> bool:
    first, valued = params.first_period_end, params.valuation_date
    series = [getattr(params, name) for name in (*SERIES, "tax_rate")]
    return (
        not any(isinstance(one, tuple) for one in series)
        and params.survival is None
        and not params.flow_dates
        and params.timing is Timing.END
        and params.first_amount is FirstAmount.PERIOD
        and params.decline is Decline.NONE
        and prices_wanted(params) is None
        and valued.year < date.max.year
        and first == add_months(valued, 12)
        and params.expiry_date == add_months(first, 12 * (count - 1))
    )


def _doubts(params: Any) -> Iterator[Issue]:
    found = number_arrays(centred(params))
    with np.errstate(all="ignore"):
        income, _ = _increment(Silent(), found)
    if np.any(income < 0):
        text = N_(
            "In some periods less is earned with the patent than without it; see which"
            " figures stand for which."
        )
        yield Issue(Severity.WARNING, message(text), "price_with")


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, periods_of(params, SERIES))


METHOD = Method(
    key="incremental_income",
    version=1,
    approach=Approach.INCOME,
    title=N_("Incremental income"),
    idea=N_(
        "The patent is worth the income that it adds, by price, cost and volume, to"
        " what would be earned without it."
    ),
    source="增量收益法，资产评估专业教材（无形资产评估）；IVS 210 Intangible Assets, premium profit or with-and-without",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(("income_added", "I"), ("annuity_factor", "a")),
)
