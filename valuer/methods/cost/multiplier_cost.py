"""Replacement cost by multipliers (倍加系数法).

For technology whose cost lies in creative work: living labour counts by a multiple of
its pay, the whole is raised by the share of research that fails and by a return on
the investment; less what age and further obsolescence have taken.

Source: C = (c + β1 × v) ÷ (1 − β2) × (1 + P), with c material and materialised labour,
v living labour, β1 the multiple of creative labour, β2 the average risk of research and
P the return on investment (资产评估师 examination texts, cost approach, 倍加系数法).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

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
    Obsolescing,
    left_of,
    newness_arrays,
    newness_issues,
)
from valuer.core.params import Currency, Money, Number, Rate, Text, Years, param
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit

MATERIALS = "materials"
"""Along material and equipment; the name of their table."""


@dataclass(frozen=True, slots=True)
class Material:
    """One cost of material or materialised labour (物化劳动)."""

    name: Text = param(N_("Cost item"), help=N_("What was paid for."))
    amount: Money = param(
        N_("Amount"),
        symbol="a",
        low=0,
        help=N_("At the prices of the valuation date."),
    )


@dataclass(frozen=True, slots=True)
class Params(Obsolescing):
    """Inputs of the multiplier method."""

    materials: tuple[Material, ...] = param(
        N_("Material and equipment"),
        by_row=True,
        help=N_("Material used up and equipment worn down, at present prices."),
    )
    living_labour: Money = param(
        N_("Living labour"),
        symbol="v",
        low=0,
        help=N_("Pay of the researchers for the work, at present prices."),
    )
    labour_multiple: Number = param(
        N_("Multiple of creative labour"),
        symbol="β1",
        low=0,
        high=100,
        help=N_("By how much creative work counts for more than its pay."),
    )
    research_risk: Rate = param(
        N_("Research risk"),
        symbol="β2",
        low=0,
        high=0.99,
        help=N_("Average share of research in the field that fails."),
    )
    return_rate: Rate = param(
        N_("Return on investment"),
        symbol="p",
        low=0,
        high=10,
        help=N_("For the whole development, as a share of the cost."),
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
    """Replacement cost by multipliers less depreciation, in the currency of the costs.

    Amounts of material are (…, rows), all other numbers () or (scenarios, 1), under
    the names of the parameters and of ``arrays``.
    """
    add = working.add
    amounts = given["materials_amount"]
    add(N_("Amount of the cost"), "a", "", amounts, Unit.MONEY, MATERIALS)
    text = N_("Material and equipment")
    materials = add(text, "c", "Σ a", total(amounts), Unit.MONEY)
    labour = add(N_("Living labour"), "v", "", given["living_labour"], Unit.MONEY)
    text = N_("Multiple of creative labour")
    multiple = add(text, "β1", "", given["labour_multiple"], Unit.NUMBER)
    risk = add(N_("Research risk"), "β2", "", given["research_risk"], Unit.RATE)
    gain = add(N_("Return on investment"), "p", "", given["return_rate"], Unit.RATE)
    replacement = add(
        N_("Replacement cost"),
        "R",
        "(c + β1 × v) / (1 − β2) × (1 + p)",
        (materials + multiple * labour) / (1 - risk) * (1 + gain),
        Unit.MONEY,
    )
    value, text = left_of(working, replacement, "R", given)
    return by_scenario(add(N_("Value"), "V", text, value, Unit.MONEY))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return number_arrays(params) | newness_arrays(params)


def outputs(params: Any) -> dict[str, Any]:
    """Return what the costs are called."""
    return {"axes": {MATERIALS: [one.name for one in params.materials]}}


METHOD = Method(
    key="multiplier_cost",
    version=1,
    approach=Approach.COST,
    title=N_("Replacement cost by multipliers"),
    idea=N_(
        "The patent is worth what its making would cost today, creative labour counted"
        " by a multiple and failed research with it, less what age and obsolescence"
        " have taken."
    ),
    source="倍加系数法，资产评估专业教材（无形资产评估）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=newness_issues,
    outputs=outputs,
)
