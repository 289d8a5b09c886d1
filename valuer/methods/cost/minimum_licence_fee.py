"""Minimum licence fee (最低收费额).

The least for which an owner should grant a licence: the licensee's share of the net
replacement cost, by the capacity that it will use, and what the owner loses by
granting it. It serves a licence; it is not the value of the patent itself.

Source: 最低收费额 = 重置成本净值 × 转让成本分摊率 + 转让的机会成本; 分摊率 = 购买方运用无形资产
的设计能力 ÷ 运用无形资产的总设计能力; 机会成本 = 净减收益现值 + 净增费用现值 (资产评估师
examination texts, intangible assets).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from valuer.core.case import Purpose
from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, centred
from valuer.core.newness import (
    CURRENCY,
    EXPIRY_DATE,
    FURTHER_DEPRECIATION,
    NEWNESS_BASIS,
    NEWNESS_RATE,
    REMAINING_LIFE,
    USED_LIFE,
    VALUATION_DATE,
    NewnessBasis,
    Obsolescing,
    left_of,
    newness_arrays,
    newness_issues,
)
from valuer.core.params import Currency, Money, Number, Rate, Text, Years, param
from valuer.core.price_indices import (
    AMOUNT,
    INCURRED,
    INDEX,
    NAME,
    PRICE_INDICES,
    PriceChange,
    at_present_prices,
    price_arrays,
    price_issues,
    price_names,
)
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost of making the technology."""

    name: Text = param(**NAME)
    amount: Money = param(**AMOUNT)
    incurred: date | None = param(**INCURRED)
    index: Text = param(**INDEX)


@dataclass(frozen=True, slots=True)
class Params(Obsolescing):
    """Inputs of the minimum licence fee."""

    items: tuple[CostItem, ...] = param(
        N_("Cost items"),
        by_row=True,
        help=N_("What the technology cost, profit and capital included."),
    )
    price_indices: tuple[PriceChange, ...] = param(**PRICE_INDICES)
    newness_basis: NewnessBasis = param(**NEWNESS_BASIS)
    used_life: Years | None = param(**USED_LIFE)
    remaining_life: Years | None = param(**REMAINING_LIFE)
    newness_rate: Rate | None = param(**NEWNESS_RATE)
    further_depreciation: Rate = param(**FURTHER_DEPRECIATION)
    licensee_capacity: Number = param(
        N_("Capacity of the licensee"),
        symbol="k",
        low=0,
        help=N_("Designed capacity with which the licensee will use the technology."),
    )
    total_capacity: Number = param(
        N_("Total capacity"),
        symbol="t",
        low=0,
        above=True,
        help=N_(
            "Designed capacity of all who use it, the owner and this licensee included."
        ),
    )
    lost_income: Money = param(
        N_("Income lost"),
        0.0,
        symbol="L",
        low=0,
        help=N_(
            "Present value of the net income that the owner loses by granting the"
            " licence."
        ),
    )
    added_cost: Money = param(
        N_("Costs added"),
        0.0,
        symbol="A",
        low=0,
        help=N_(
            "Present value of what the owner must spend more by granting the licence."
        ),
    )
    valuation_date: date = param(**VALUATION_DATE)
    expiry_date: date | None = param(**EXPIRY_DATE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Least fee for a licence, in the currency of the items.

    Amounts and changes of prices are (…, rows), all other numbers () or
    (scenarios, 1), under the names of the parameters and of ``arrays``.
    """
    add = working.add
    costs = at_present_prices(working, given)
    replacement = add(N_("Replacement cost"), "R", "Σ r", total(costs), Unit.MONEY)
    left, text = left_of(working, replacement, "R", given)
    net = add(N_("Net replacement cost"), "W", text, left, Unit.MONEY)
    text = N_("Capacity of the licensee")
    own = add(text, "k", "", given["licensee_capacity"], Unit.NUMBER)
    every = add(N_("Total capacity"), "t", "", given["total_capacity"], Unit.NUMBER)
    text = N_("Share of the licensee")
    share = add(text, "s", "k / t", own / every, Unit.RATE)
    borne = add(N_("Cost borne by the licensee"), "B", "W × s", net * share, Unit.MONEY)
    text = N_("Income lost, present value")
    lost = add(text, "L", "", given["lost_income"], Unit.MONEY)
    text = N_("Costs added, present value")
    added = add(text, "A", "", given["added_cost"], Unit.MONEY)
    chance = add(N_("Opportunity cost"), "O", "L + A", lost + added, Unit.MONEY)
    text = N_("Minimum licence fee")
    return by_scenario(add(text, "V", "B + O", borne + chance, Unit.MONEY))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers and layout of the indices."""
    return number_arrays(params) | price_arrays(params) | newness_arrays(params)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: days, indices, lives, capacities."""
    found = (*price_issues(params), *newness_issues(params), *_capacity_errors(params))
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    return errors or (*found, _purpose())


def _capacity_errors(params: Any) -> tuple[Issue, ...]:
    centre = centred(params)
    if centre.licensee_capacity <= centre.total_capacity:
        return ()
    text = N_(
        "The capacity of the licensee, {own:.10g}, is above the total, {every:.10g}; the"
        " total holds the licensee's."
    )
    values = {"own": centre.licensee_capacity, "every": centre.total_capacity}
    return (Issue(Severity.ERROR, message(text, **values), "total_capacity"),)


def _purpose() -> Issue:
    text = N_(
        "This is the least fee for one licence, for the purpose of a licence alone; it"
        " is not the value of the patent."
    )
    return Issue(Severity.NOTE, message(text), "items")


def outputs(params: Any) -> dict[str, Any]:
    """Return what items and changes of prices are called."""
    return {"axes": price_names(params)}


METHOD = Method(
    key="minimum_licence_fee",
    version=1,
    approach=Approach.COST,
    title=N_("Minimum licence fee method"),
    idea=N_(
        "For the purpose of a licence: the least that the owner should ask is the"
        " licensee's share of the net replacement cost and what the owner loses by"
        " granting it."
    ),
    source="最低收费额法，资产评估专业教材（无形资产评估）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    purposes=(Purpose.LICENCE,),
)
