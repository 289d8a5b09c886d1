"""Reproduction cost (复原重置成本).

The patent is worth what it would cost today to make this very technology again, on the
path that was gone: the same materials, design and attempts, those that failed included.
Direct and indirect costs at present prices, capital, profit, incentive, fees and taxes
are taken as for a replacement; so is what age and obsolescence have taken, among it what
the old path has more than its use asks for.

Source: 《资产评估执业准则——资产评估方法》, cost approach: 复原重置成本 is the cost of the same
asset by its original materials and technology; IVS 103 (2025), cost approach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.making import (
    GROUP,
    CostItem,
    Group,
    Making,
    making_arrays,
    making_outputs,
    value_of,
)
from valuer.core.making_checks import making_issues
from valuer.core.method import Approach, Method
from valuer.core.params import Money, Text, param
from valuer.core.price_indices import (
    AMOUNT,
    INCURRED,
    INDEX,
    ITEMS,
    NAME,
    at_present_prices,
)
from valuer.core.problems import Issue, Severity
from valuer.core.slots import total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class Attempt(StrEnum):
    """What came of the work that a cost was paid for."""

    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ActualCost(CostItem):
    """One cost of the path that was gone; its columns in the order shown."""

    name: Text = param(**NAME)
    group: Group = param(**GROUP)
    amount: Money = param(**AMOUNT)
    incurred: date | None = param(**INCURRED)
    index: Text = param(**INDEX)
    attempt: Attempt = param(
        N_("Spent on"),
        Attempt.KEPT,
        choice_labels=(
            (Attempt.KEPT.value, N_("What became the technology")),
            (Attempt.FAILED.value, N_("An attempt that failed")),
        ),
        help=N_("Failed attempts belong to the path that was gone."),
    )


@dataclass(frozen=True, slots=True)
class Params(Making):
    """Inputs of the reproduction-cost method."""

    items: tuple[ActualCost, ...] = param(
        N_("Cost items"),
        by_row=True,
        help=N_("What the technology did take, item by item, failed attempts too."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Reproduction cost less depreciation, in the currency of the items.

    Amounts of items and fees and changes of prices are (…, rows), all other numbers
    () or (scenarios, 1), under the names of the parameters and of ``arrays``.
    """
    add = working.add
    costs = at_present_prices(working, given)
    failed = given["is_failed"]
    text = N_("Whether spent on a failed attempt, 1 or 0")
    add(text, "z", "", failed, Unit.NUMBER, ITEMS)
    text = N_("Cost of failed attempts, held in the costs below")
    add(text, "X", "Σ r × z", total(costs * failed), Unit.MONEY)
    return value_of(working, costs, N_("Reproduction cost"), given)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    failed = [one.attempt is Attempt.FAILED for one in params.items]
    return making_arrays(params) | {"is_failed": np.array(failed, dtype=np.float64)}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows; a note where no attempt has failed."""
    found = making_issues(params)
    refused = any(one.severity is Severity.ERROR for one in found)
    if refused or any(one.attempt is Attempt.FAILED for one in params.items):
        return found
    text = N_(
        "No cost is marked as spent on a failed attempt; the path that was gone seldom"
        " has none."
    )
    return (*found, Issue(Severity.NOTE, message(text), ITEMS))


METHOD = Method(
    key="reproduction_cost",
    version=1,
    approach=Approach.COST,
    title=N_("Reproduction cost method"),
    idea=N_(
        "The patent is worth what making this very technology again on the path that"
        " was gone, failed attempts included, would cost today, less what age and"
        " obsolescence have taken."
    ),
    source="《资产评估执业准则——资产评估方法》（成本法，复原重置成本）；IVS 103 (2025), cost approach",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=making_outputs,
    tells=(("reproduction_cost", "R"), ("failed_attempts", "X")),
)
