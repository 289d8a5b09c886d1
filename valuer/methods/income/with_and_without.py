"""With and without (有无对比法): two forecasts of the business, their difference.

The business is forecast with the patent and without it: without, a substitute must be
found or the patent designed around, which costs money and time, and sales come back
only step by step. What the business earns less without the patent is its worth.

Source: IVS 210 Intangible Assets, premium profit or with-and-without method:
V = Σ (CF with − CF without) × (1 − τ) × d, with tax amortisation benefit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.dated import counted, dated_outputs
from valuer.core.dated_checks import dated_issues
from valuer.core.distributions import Floats
from valuer.core.earning import (
    Earning,
    earning_arrays,
    earning_issues,
    taxed,
    worth_after_tax,
)
from valuer.core.method import Approach, Method, centred
from valuer.core.params import MoneyOrSeries, MoneySeries, RateSeries, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

CASH = (
    ("depreciation_with", "Z₁", 1, N_("Depreciation with the patent")),
    ("capex_with", "K₁", -1, N_("Capital expenditure with the patent")),
    (
        "working_capital_with",
        "L₁",
        -1,
        N_("Increase of working capital with the patent"),
    ),
    ("depreciation_without", "Z₀", -1, N_("Depreciation without the patent")),
    ("capex_without", "K₀", 1, N_("Capital expenditure without the patent")),
    (
        "working_capital_without",
        "L₀",
        1,
        N_("Increase of working capital without the patent"),
    ),
)
"""What moves money without moving the profit, or the other way round; its sign."""


@dataclass(frozen=True, slots=True)
class Params(Earning):
    """Inputs of the with-and-without method."""

    revenue_with: MoneySeries = param(
        N_("Revenue with the patent"), symbol="R₁", low=0, fact="revenue"
    )
    cost_ratio_with: RateSeries = param(
        N_("Variable costs with the patent"),
        symbol="v₁",
        low=0,
        high=5,
        help=N_("As a share of revenue, without depreciation."),
    )
    fixed_costs_with: MoneyOrSeries = param(
        N_("Fixed costs with the patent"), 0.0, symbol="F₁", low=0
    )
    revenue_without: MoneySeries = param(
        N_("Revenue without the patent"),
        symbol="R₀",
        low=0,
        help=N_("What is sold once the substitute is fully on the market."),
    )
    ramp_up: RateSeries = param(
        N_("Ramp-up without the patent"),
        1.0,
        symbol="h",
        low=0,
        high=1,
        help=N_(
            "Share of that revenue reached in each period while the patent is designed"
            " around and sales come back."
        ),
    )
    cost_ratio_without: RateSeries = param(
        N_("Variable costs without the patent"),
        symbol="v₀",
        low=0,
        high=5,
        help=N_("As a share of revenue, without depreciation."),
    )
    fixed_costs_without: MoneyOrSeries = param(
        N_("Fixed costs without the patent"), 0.0, symbol="F₀", low=0
    )
    design_around_cost: MoneyOrSeries = param(
        N_("Cost of designing around"),
        0.0,
        symbol="G",
        low=0,
        help=N_("Expensed in each period of the forecast without the patent."),
    )
    depreciation_with: MoneyOrSeries | None = param(
        N_("Depreciation with the patent"), None, symbol="Z₁", low=0
    )
    depreciation_without: MoneyOrSeries | None = param(
        N_("Depreciation without the patent"), None, symbol="Z₀", low=0
    )
    capex_with: MoneyOrSeries | None = param(
        N_("Capital expenditure with the patent"), None, symbol="K₁", low=0
    )
    capex_without: MoneyOrSeries | None = param(
        N_("Capital expenditure without the patent"), None, symbol="K₀", low=0
    )
    working_capital_with: MoneyOrSeries | None = param(
        N_("Increase of working capital with the patent"),
        None,
        symbol="L₁",
        help=N_("Below nought where working capital is set free."),
    )
    working_capital_without: MoneyOrSeries | None = param(
        N_("Increase of working capital without the patent"),
        None,
        symbol="L₀",
        help=N_("Below nought where working capital is set free."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Present value of what is lost without the patent, in the currency of revenue.

    Every series is (…, periods) or broadcasts to it.
    """
    add = working.add
    share = counted(working, given)
    better = _with(working, given)
    worse = _without(working, given)
    text = N_("Profit owed to the patent, before tax")
    profit = add(text, "X", "(E₁ − E₀) × f", (better - worse) * share, Unit.MONEY)
    flow, symbol = taxed(working, profit, "X", given)
    stated = [one for one in CASH if one[0] in given]
    if stated:
        flow, terms = _with_cash(working, flow, share, stated, given)
        text = N_("Cash flow owed to the patent")
        flow = add(text, "Y", f"{symbol} + ({terms}) × f", flow, Unit.MONEY)
        symbol = "Y"
    return worth_after_tax(working, flow, symbol, given)


def _with(working: Silent, given: Mapping[str, Any]) -> Floats:
    add = working.add
    text = N_("Revenue with the patent")
    revenue = add(text, "R₁", "", given["revenue_with"], Unit.MONEY)
    text = N_("Variable costs with the patent")
    ratio = add(text, "v₁", "", given["cost_ratio_with"], Unit.RATE)
    text = N_("Fixed costs with the patent")
    fixed = add(text, "F₁", "", given["fixed_costs_with"], Unit.MONEY)
    profit, terms = revenue * (1 - ratio) - fixed, "R₁ × (1 − v₁) − F₁"
    if "depreciation_with" in given:
        text = N_("Depreciation with the patent")
        profit = profit - add(text, "Z₁", "", given["depreciation_with"], Unit.MONEY)
        terms += " − Z₁"
    text = N_("Operating profit with the patent")
    return add(text, "E₁", terms, profit, Unit.MONEY)


def _without(working: Silent, given: Mapping[str, Any]) -> Floats:
    add = working.add
    text = N_("Revenue without the patent")
    revenue = add(text, "R₀", "", given["revenue_without"], Unit.MONEY)
    text = N_("Ramp-up without the patent")
    reached = add(text, "h", "", given["ramp_up"], Unit.RATE)
    text = N_("Variable costs without the patent")
    ratio = add(text, "v₀", "", given["cost_ratio_without"], Unit.RATE)
    text = N_("Fixed costs without the patent")
    fixed = add(text, "F₀", "", given["fixed_costs_without"], Unit.MONEY)
    text = N_("Cost of designing around")
    around = add(text, "G", "", given["design_around_cost"], Unit.MONEY)
    profit = revenue * reached * (1 - ratio) - fixed - around
    terms = "R₀ × h × (1 − v₀) − F₀ − G"
    if "depreciation_without" in given:
        text = N_("Depreciation without the patent")
        fallen = add(text, "Z₀", "", given["depreciation_without"], Unit.MONEY)
        profit, terms = profit - fallen, f"{terms} − Z₀"
    text = N_("Operating profit without the patent")
    return add(text, "E₀", terms, profit, Unit.MONEY)


def _with_cash(
    working: Silent,
    flow: Floats,
    share: Floats,
    stated: list[tuple[str, str, int, str]],
    given: Mapping[str, Any],
) -> tuple[Floats, str]:
    """Return a flow with what else the patent moves, and the terms of that."""
    terms = ""
    for name, symbol, sign, text in stated:
        amount = given[name]
        if not name.startswith("depreciation"):  # those stand in the profit already
            working.add(text, symbol, "", amount, Unit.MONEY)
        flow = flow + sign * (amount * share)
        mark = "+" if sign > 0 else "−"
        terms = (
            f"{terms} {mark} {symbol}"
            if terms
            else symbol
            if sign > 0
            else mark + symbol
        )
    return flow, terms


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    label = N_("Profit owed to the patent, after tax")
    found = earning_arrays(params, len(params.revenue_with), label)
    return number_arrays(params) | found


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: dates, lengths, a patent that costs."""
    dated = dated_issues(params, "revenue_with", len(params.revenue_with))
    found = (*dated, *earning_issues(params))
    if any(one.severity is Severity.ERROR for one in found):
        return found
    return (*found, *_doubts(params))


def _doubts(params: Any) -> Iterator[Issue]:
    with np.errstate(all="ignore"):
        value = float(formula(Silent(), **arrays(centred(params))))
    if value < 0:
        text = N_(
            "The business is worth more without the patent than with it; see which"
            " forecast stands for which."
        )
        yield Issue(Severity.WARNING, message(text), "revenue_without")


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, len(params.revenue_with))


METHOD = Method(
    key="with_and_without",
    version=1,
    approach=Approach.INCOME,
    title=N_("With and without"),
    idea=N_(
        "The patent is worth what the business would lose without it: income, time and"
        " the cost of designing around it."
    ),
    source="IVS 210 Intangible Assets, premium profit or with-and-without method",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(("profit_with", "E₁"), ("profit_without", "E₀")),
)
