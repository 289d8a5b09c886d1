"""Multi-period excess earnings (多期超额收益法).

Profit of the existing technology, which fades as its revenue is lost to attrition and
obsolescence, after tax and after charges for every other asset that helps to earn it,
belongs to the patent. A charge is a return on the asset and, where wear is not in the
costs already, a return of it; capital expenditure stands for the latter, never both.

Source: IVS 210 Intangible Assets, excess earnings method; The Appraisal Foundation
2010, The Identification of Contributory Assets and Calculation of Economic Rents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.contributory import (
    ASSETS,
    ContributoryAsset,
    charge_issues,
    charged,
)
from valuer.core.dated import counted, dated_outputs, timed
from valuer.core.dated_checks import dated_issues
from valuer.core.decline import Declining, decline_arrays, decline_issues, declining
from valuer.core.distributions import Floats
from valuer.core.earning import (
    earning_arrays,
    earning_issues,
    taxed,
    worth_after_tax,
)
from valuer.core.method import Approach, Method, centred
from valuer.core.params import MoneyOrSeries, MoneySeries, RateSeries, param
from valuer.core.problems import Issue, Severity
from valuer.core.running import product_before
from valuer.core.slots import number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class AttritionAt(StrEnum):
    """What is left in a period of attrition: the average of the year, or a bound."""

    MIDDLE = "middle"
    MEAN = "mean"
    END = "end"
    START = "start"


@dataclass(frozen=True, slots=True)
class Params(Declining):
    """Inputs of the multi-period excess-earnings method."""

    revenue: MoneySeries = param(
        N_("Revenue"),
        symbol="R",
        low=0,
        fact="revenue",
        help=N_(
            "Revenue that the existing technology would have in each period without"
            " attrition."
        ),
    )
    profit_margin: RateSeries = param(
        N_("EBIT margin"),
        symbol="μ",
        low=-5,
        high=1,
        help=N_(
            "After the research that keeps this technology up, before that for new"
            " ones."
        ),
    )
    attrition: RateSeries = param(
        N_("Attrition rate"),
        0.0,
        symbol="a",
        low=0,
        high=1,
        help=N_(
            "Share of the revenue lost in a year to newer technology; one for all"
            " periods or one for each."
        ),
    )
    attrition_at: AttritionAt = param(
        N_("Attrition is counted"),
        AttritionAt.MIDDLE,
        choice_labels=(
            (AttritionAt.MIDDLE.value, N_("At the middle of each period")),
            (AttritionAt.MEAN.value, N_("As the mean of start and end")),
            (AttritionAt.END.value, N_("At the end of each period")),
            (AttritionAt.START.value, N_("At the start of each period")),
        ),
        help=N_("The average of a year goes with flows at its middle."),
    )
    assets: tuple[ContributoryAsset, ...] = param(**ASSETS)
    other_charges: MoneyOrSeries | None = param(
        N_("Further contributory charges"),
        None,
        symbol="O",
        low=0,
        help=N_("After tax, in each period; from a schedule of their own."),
    )
    depreciation: MoneyOrSeries | None = param(
        N_("Depreciation added back"),
        None,
        symbol="Z",
        low=0,
        help=N_("Where the margin is after it and capital expenditure is taken off."),
    )
    capital_expenditure: MoneyOrSeries | None = param(
        N_("Capital expenditure"),
        None,
        symbol="K",
        low=0,
        help=N_("Not together with a return of the assets."),
    )
    working_capital_increase: MoneyOrSeries | None = param(
        N_("Increase of working capital"),
        None,
        symbol="L",
        help=N_("Below nought where working capital is set free."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Present value of the excess earnings, in the currency of ``revenue``.

    Series are (…, periods) or broadcast to it, columns of ``assets`` are (…, rows).
    """
    add = working.add
    add(N_("Revenue"), "R", "", given["revenue"], Unit.MONEY)
    share = counted(working, given)
    years = np.minimum(given["length"], 1.0) * share
    years = add(N_("Years charged"), "y", "f × min(l; 1)", years, Unit.YEARS)
    left, symbol, time = _left(working, years, given)
    text = N_("Revenue of the existing technology")
    revenue = (given["revenue"] * share) * left
    revenue = add(text, "R′", f"R × f × {symbol}", revenue, Unit.MONEY)
    margin = add(N_("EBIT margin"), "μ", "", given["profit_margin"], Unit.RATE)
    text = N_("EBIT of the existing technology")
    profit = add(text, "E", "R′ × μ", revenue * margin, Unit.MONEY)
    flow, symbol = taxed(working, profit, "E", given)
    terms = [symbol]
    if given["has_assets"]:
        flow = flow - charged(working, revenue, "R′", years, "y", given)
        terms.append("− C")
    flow = _other_flows(working, flow, share, terms, given)
    text = N_("Excess earnings")
    flow = add(text, "X", " ".join(terms), flow, Unit.MONEY)
    return worth_after_tax(working, flow, "X", given, time)


def _left(
    working: Silent, years: Floats, given: Mapping[str, Any]
) -> tuple[Floats, str, Floats | None]:
    """Return what attrition or decline leaves, its symbol, and the time if known."""
    if given["declines"]:
        time = timed(working, given)
        return declining(working, time, given), "g", time
    add = working.add
    rate = add(N_("Attrition rate"), "a", "", given["attrition"], Unit.RATE)
    text = N_("Share kept over the period")
    kept = add(text, "q", "(1 − a)^y", (1 - rate) ** years, Unit.FACTOR)
    before = product_before(kept)
    left, formula = {
        AttritionAt.MIDDLE: (before * np.sqrt(kept), "(Πₜ₋₁ q) × sqrt(q)"),
        AttritionAt.MEAN: (before * (1 + kept) / 2, "(Πₜ₋₁ q) × (1 + q) / 2"),
        AttritionAt.END: (before * kept, "Πₜ q"),
        AttritionAt.START: (before, "Πₜ₋₁ q"),
    }[given["attrition_at"]]
    return (
        add(N_("Share left by attrition"), "x", formula, left, Unit.FACTOR),
        "x",
        None,
    )


def _other_flows(
    working: Silent,
    flow: Floats,
    share: Floats,
    terms: list[str],
    given: Mapping[str, Any],
) -> Floats:
    """Add what is stated period by period, and its terms."""
    for name, symbol, sign, text in (
        ("other_charges", "O", -1, N_("Further contributory charges")),
        ("depreciation", "Z", 1, N_("Depreciation added back")),
        ("capital_expenditure", "K", -1, N_("Capital expenditure")),
        ("working_capital_increase", "L", -1, N_("Increase of working capital")),
    ):
        if name in given:
            amount = working.add(text, symbol, "", given[name], Unit.MONEY)
            flow = flow + sign * (amount * share)
            terms.append(f"{'+' if sign > 0 else '−'} {symbol} × f")
    return flow


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    label = N_("EBIT of the existing technology, after tax")
    found = earning_arrays(params, len(params.revenue), label)
    settings = {"attrition_at": params.attrition_at, "has_assets": bool(params.assets)}
    return number_arrays(params) | found | settings | decline_arrays(params)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: dates, double counts, no excess."""
    found = [
        *dated_issues(params, "revenue", len(params.revenue)),
        *earning_issues(params),
        *decline_issues(params),
        *charge_issues(params),
    ]
    if decline_arrays(params)["declines"] and params.attrition != 0.0:
        text = N_(
            "Attrition and decline tell the same loss of revenue twice; state one of"
            " them."
        )
        found.append(Issue(Severity.ERROR, message(text), "attrition"))
    if any(one.severity is Severity.ERROR for one in found):
        return tuple(found)
    with np.errstate(all="ignore"):
        value = float(formula(Silent(), **arrays(centred(params))))
    if value < 0:
        text = N_(
            "The charges of the other assets are above what is earned; nothing is left"
            " for the patent."
        )
        found.append(Issue(Severity.WARNING, message(text), "assets"))
    return tuple(found)


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out, the life in years and the assets' names."""
    names = [asset.name for asset in params.assets]
    return dated_outputs(params, len(params.revenue)) | {"axes": {"assets": names}}


METHOD = Method(
    key="excess_earnings",
    version=1,
    approach=Approach.INCOME,
    title=N_("Multi-period excess earnings"),
    idea=N_(
        "What the existing technology earns after tax and after a charge for every"
        " other asset that helps to earn it belongs to the patent."
    ),
    source="IVS 210 Intangible Assets, excess earnings method; TAF 2010, Contributory Assets and Economic Rents",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(
        ("excess_earnings", "X"),
        ("charge_share", "H"),
        ("tax_benefit_factor", "T"),
    ),
)
