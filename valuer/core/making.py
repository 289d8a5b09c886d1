"""What making a technology costs (重置成本): the parts that both ways of it share.

Replacement cost takes a technology of the same use, reproduction cost the path that was
gone; both add direct and indirect cost at present prices, the cost of the capital bound
during the development, profit, the entrepreneur's incentive, official fees and taxes.

Source: 重置成本 = 直接成本 + 间接成本 + 资金成本 + 合理利润 + 官费 + 税费; capital cost of
even spending C × ((1 + i)^(N/2) − 1); entrepreneurial incentive as the opportunity return
on the costs until the end of the development, Σ c × ((1 + k)^age − 1) (IVS 103
(2025), cost approach).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
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
)
from valuer.core.params import Currency, Money, Rate, Text, Years, param
from valuer.core.periods import DayCount, years_between
from valuer.core.price_indices import (
    AMOUNT,
    INCURRED,
    INDEX,
    ITEMS,
    NAME,
    PRICE_INDICES,
    PriceChange,
    price_arrays,
    price_names,
)
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_
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


GROUP: Any = {
    "label": N_("Kind of cost"),
    "default": Group.DIRECT,
    "choice_labels": (
        (Group.DIRECT.value, N_("Direct cost")),
        (Group.INDIRECT.value, N_("Indirect cost")),
    ),
    "help": N_(
        "Direct: material, wages, equipment, outside services; indirect: a share of"
        " management, rent, training."
    ),
}


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost of making the technology anew."""

    name: Text = param(**NAME)
    group: Group = param(**GROUP)
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
class Making(Obsolescing):
    """What making a technology costs, and what age has taken of it.

    Its order is that of the first release, which names the draws.
    """

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
    incentive_rate: Rate | None = param(
        N_("Rate of the entrepreneurial incentive"),
        None,
        symbol="k",
        low=0,
        high=1,
        help=N_(
            "Annual, compounded: what the capital would have earned elsewhere until the"
            " development ended. Left out, no incentive is added."
        ),
    )
    finished: date | None = param(
        N_("Development finished on"),
        None,
        help=N_(
            "For the incentive: each cost is bound from the day it was incurred to this"
            " day; one without a day, as the spending says."
        ),
    )


def value_of(
    working: Silent, costs: Floats, label: str, given: dict[str, Any]
) -> Floats:
    """Return the value: what the costs and all that goes with them leave after age.

    Args:
        working: takes the steps, from direct and indirect cost to the value.
        costs: each at present prices, the step ``r``; shape (…, rows).
        label: what the whole cost, ``R``, is called.
        given: the formula's arguments; amounts are (…, rows), all other numbers () or
            (scenarios, 1).
    """
    add = working.add
    cost = _direct_and_indirect(working, costs, given)
    capital = _capital(working, cost, given)
    profit = _profit(working, cost, capital, given)
    fees = _fees(working, given)
    taxes = add(N_("Taxes"), "T", "", given["taxes"], Unit.MONEY)
    whole, formula = cost + capital + profit + fees + taxes, "C + K + G + F + T"
    if "incentive_rate" in given:
        whole, formula = whole + _incentive(working, costs, given), f"{formula} + I"
    made = add(label, "R", formula, whole, Unit.MONEY)
    value, text = left_of(working, made, "R", given)
    return by_scenario(add(N_("Value"), "V", text, value, Unit.MONEY))


def _direct_and_indirect(
    working: Silent, costs: Floats, given: dict[str, Any]
) -> Floats:
    add = working.add
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


def _incentive(working: Silent, costs: Floats, given: dict[str, Any]) -> Floats:
    """Return the return forgone on each cost until the development ended, in sum."""
    add = working.add
    text = N_("Rate of the entrepreneurial incentive")
    rate = add(text, "k", "", given["incentive_rate"], Unit.RATE)
    text = N_("Whether the day of the cost is known, 1 or 0")
    dated = add(text, "h", "", given["is_dated"], Unit.NUMBER, ITEMS)
    text = N_("Years from that day to the end of the development")
    age = add(text, "v", "", given["age"], Unit.YEARS, ITEMS)
    part, formula = (2, "N / 2") if given["is_even"] else (1, "N")
    bound = add(
        N_("Years for which the cost is bound"),
        "y",
        f"h × v + (1 − h) × {formula}",
        dated * age + (1 - dated) * given["development_years"] / part,
        Unit.YEARS,
        ITEMS,
    )
    return add(
        N_("Entrepreneurial incentive"),
        "I",
        "Σ r × ((1 + k)^y − 1)",
        total(costs * ((1 + rate) ** bound - 1)),
        Unit.MONEY,
    )


def making_arrays(params: Any) -> dict[str, Any]:
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
        | _ages(params)
    )


def _ages(params: Any) -> dict[str, Any]:
    """Return how long each cost is bound that has its day; only for the incentive."""
    end: date | None = params.finished
    if params.incentive_rate is None:
        return {}
    ages = [_age(one.incurred, end) for one in params.items]
    return {
        "is_dated": np.array([age is not None for age in ages], dtype=np.float64),
        "age": np.array([age or 0.0 for age in ages]),
    }


def _age(incurred: date | None, end: date | None) -> float | None:
    """Return the years from a cost to the end; nought for what was spent after it."""
    if incurred is None or end is None:
        return None
    return years_between(min(incurred, end), end, DayCount.ACT_ACT)


def making_outputs(params: Any) -> dict[str, Any]:
    """Return what items, changes of prices and fees are called."""
    fees = {FEES: [one.name for one in params.official_fees]}
    return {"axes": price_names(params) | fees}
