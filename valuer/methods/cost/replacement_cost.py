"""Replacement cost (更新重置成本).

The patent is worth what it would cost today to make a technology of the same use:
direct and indirect costs at present prices, the cost of the capital bound during the
development, a reasonable profit, official fees and taxes; less what age and further
obsolescence have taken.

Source: 《专利资产评估指导意见》 and 《资产评估执业准则——资产评估方法》, cost approach: 重置成本
= 直接成本 + 间接成本 + 资金成本 + 合理利润 + 官费 + 税费, 评估值 = 重置成本 × 成新率; capital
cost of even spending C × ((1 + i)^(N/2) − 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method
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
    left_of,
    newness_arrays,
    newness_issues,
)
from valuer.core.params import Currency, Money, Rate, Text, Years, param
from valuer.core.price_indices import (
    AMOUNT,
    INCURRED,
    INDEX,
    ITEMS,
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

FEES = "official_fees"
"""Along the official fees; the name of their table."""


class Group(StrEnum):
    """To which costs an item belongs (直接成本、间接成本)."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class Spending(StrEnum):
    """When in the development the cost is spent."""

    EVEN = "even"
    START = "start"


class ProfitBase(StrEnum):
    """On what the profit rate is reckoned."""

    COST = "cost"
    COST_AND_CAPITAL = "cost_and_capital"


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost of making the technology anew."""

    name: Text = param(**NAME)
    group: Group = param(
        N_("Kind of cost"),
        Group.DIRECT,
        choice_labels=(
            (Group.DIRECT.value, N_("Direct cost")),
            (Group.INDIRECT.value, N_("Indirect cost")),
        ),
        help=N_(
            "Direct: material, wages, equipment, outside services; indirect: a share of"
            " management, rent, training."
        ),
    )
    amount: Money = param(**AMOUNT)
    incurred: date | None = param(**INCURRED)
    index: Text = param(**INDEX)


@dataclass(frozen=True, slots=True)
class OfficialFee:
    """One fee of the patent office."""

    name: Text = param(N_("Fee"), help=N_("Which fee, of which patent and year."))
    due: date | None = param(N_("Due on"), None, help=N_("Day by which it is due."))
    amount: Money = param(
        N_("Amount"),
        symbol="f",
        low=0,
        help=N_("By the table of fees in force on the valuation date."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the replacement-cost method."""

    items: tuple[CostItem, ...] = param(
        N_("Cost items"),
        by_row=True,
        help=N_("What making a technology of the same use takes, item by item."),
    )
    price_indices: tuple[PriceChange, ...] = param(**PRICE_INDICES)
    development_years: Years = param(
        N_("Development time"),
        0.0,
        symbol="N",
        low=0,
        high=50,
        help=N_("Years from the first outlay to the finished technology."),
    )
    capital_rate: Rate = param(
        N_("Cost of capital rate"),
        0.0,
        symbol="i",
        low=0,
        high=1,
        help=N_("Annual, compounded, on the costs bound during the development."),
    )
    spending: Spending = param(
        N_("Spending"),
        Spending.EVEN,
        choice_labels=(
            (Spending.EVEN.value, N_("Evenly over the development")),
            (Spending.START.value, N_("All at the start")),
        ),
        help=N_(
            "Spent evenly, costs are bound for half of the development on average."
        ),
    )
    profit_rate: Rate = param(
        N_("Profit rate"),
        0.0,
        symbol="p",
        low=0,
        high=10,
        help=N_("Reasonable profit of who develops, as a share of the base chosen."),
    )
    profit_base: ProfitBase = param(
        N_("Profit reckoned on"),
        choice_labels=(
            (ProfitBase.COST.value, N_("Direct and indirect cost")),
            (ProfitBase.COST_AND_CAPITAL.value, N_("These and the cost of capital")),
        ),
        help=N_("Always stated: practice knows both, and the results differ."),
    )
    official_fees: tuple[OfficialFee, ...] = param(
        N_("Official fees"),
        (),
        fact="official_fees",
        help=N_(
            "From the case: the fees of its Chinese patents due by the valuation date,"
            " in full, by the table in force on that day."
        ),
    )
    taxes: Money = param(
        N_("Taxes"),
        0.0,
        symbol="T",
        low=0,
        help=N_("Taxes and charges that making it anew would bear for good."),
    )
    newness_basis: NewnessBasis = param(**NEWNESS_BASIS)
    used_life: Years | None = param(**USED_LIFE)
    remaining_life: Years | None = param(**REMAINING_LIFE)
    newness_rate: Rate | None = param(**NEWNESS_RATE)
    further_depreciation: Rate = param(**FURTHER_DEPRECIATION)
    valuation_date: date = param(**VALUATION_DATE)
    expiry_date: date | None = param(**EXPIRY_DATE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Replacement cost less depreciation, in the currency of the items.

    Amounts of items and fees and changes of prices are (…, rows), all other numbers
    () or (scenarios, 1), under the names of the parameters and of ``arrays``.
    """
    add = working.add
    cost = _direct_and_indirect(working, given)
    capital = _capital(working, cost, given)
    profit = _profit(working, cost, capital, given)
    fees = _fees(working, given)
    taxes = add(N_("Taxes"), "T", "", given["taxes"], Unit.MONEY)
    replacement = add(
        N_("Replacement cost"),
        "R",
        "C + K + G + F + T",
        cost + capital + profit + fees + taxes,
        Unit.MONEY,
    )
    value, text = left_of(working, replacement, "R", given)
    return by_scenario(add(N_("Value"), "V", text, value, Unit.MONEY))


def _direct_and_indirect(working: Silent, given: dict[str, Any]) -> Floats:
    add = working.add
    costs = at_present_prices(working, given)
    is_direct = given["is_direct"]
    text = N_("Whether the cost is direct, 1 or 0")
    add(text, "δ", "", is_direct, Unit.NUMBER, ITEMS)
    text = N_("Direct cost")
    direct = add(text, "D", "Σ r × δ", total(costs * is_direct), Unit.MONEY)
    indirect = add(
        N_("Indirect cost"),
        "E",
        "Σ r × (1 − δ)",
        total(costs * (1 - is_direct)),
        Unit.MONEY,
    )
    text = N_("Direct and indirect cost")
    return add(text, "C", "D + E", direct + indirect, Unit.MONEY)


def _capital(working: Silent, cost: Floats, given: dict[str, Any]) -> Floats:
    add = working.add
    years, rate = given["development_years"], given["capital_rate"]
    add(N_("Development time, years"), "N", "", years, Unit.YEARS)
    add(N_("Cost of capital rate"), "i", "", rate, Unit.RATE)
    if given["is_even"]:
        bound, text = years / 2, "C × ((1 + i)^(N / 2) − 1)"
        label = N_("Cost of capital, spent evenly")
    else:
        bound, text = years, "C × ((1 + i)^N − 1)"
        label = N_("Cost of capital, spent at the start")
    return add(label, "K", text, cost * ((1 + rate) ** bound - 1), Unit.MONEY)


def _profit(
    working: Silent, cost: Floats, capital: Floats, given: dict[str, Any]
) -> Floats:
    add = working.add
    rate = add(N_("Profit rate"), "p", "", given["profit_rate"], Unit.RATE)
    if given["is_on_capital"]:
        label = N_("Profit on cost and cost of capital")
        return add(label, "G", "(C + K) × p", (cost + capital) * rate, Unit.MONEY)
    return add(N_("Profit on cost"), "G", "C × p", cost * rate, Unit.MONEY)


def _fees(working: Silent, given: dict[str, Any]) -> Floats:
    amounts = given["official_fees_amount"]
    if not amounts.shape[-1]:
        return working.add(N_("Official fees"), "F", "", np.zeros(()), Unit.MONEY)
    working.add(N_("Official fee"), "f", "", amounts, Unit.MONEY, FEES)
    text = N_("Official fees")
    return working.add(text, "F", "Σ f", total(amounts), Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers, layout of the indices, choices."""
    direct = [one.group is Group.DIRECT for one in params.items]
    return (
        number_arrays(params)
        | price_arrays(params)
        | newness_arrays(params)
        | {
            "is_direct": np.array(direct, dtype=np.float64),
            "is_even": params.spending is Spending.EVEN,
            "is_on_capital": params.profit_base is ProfitBase.COST_AND_CAPITAL,
        }
    )


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: days, indices, lives, and the base."""
    found = (*price_issues(params), *newness_issues(params))
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    return errors or (*found, *_fees_too_late(params))


def _fees_too_late(params: Any) -> tuple[Issue, ...]:
    text = N_(
        "The fee “{name}” falls due on {day}, after the valuation date {valued}; it is"
        " a cost yet to come."
    )
    return tuple(
        Issue(
            Severity.WARNING,
            message(
                text, name=one.name[:40], day=one.due, valued=params.valuation_date
            ),
            f"{FEES}[{place}].due",
        )
        for place, one in enumerate(params.official_fees)
        if one.due is not None and one.due > params.valuation_date
    )


def outputs(params: Any) -> dict[str, Any]:
    """Return what items, changes of prices and fees are called."""
    fees = {FEES: [one.name for one in params.official_fees]}
    return {"axes": price_names(params) | fees}


METHOD = Method(
    key="replacement_cost",
    version=1,
    approach=Approach.COST,
    title=N_("Replacement cost method"),
    idea=N_(
        "The patent is worth what a technology of the same use would cost to make"
        " today, less what age and obsolescence have taken."
    ),
    source="《专利资产评估指导意见》《资产评估执业准则——资产评估方法》（成本法）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
)
