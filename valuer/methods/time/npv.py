"""Net present value (净现值, NPV) of flows one period apart.

Each flow is discounted to today. Programs differ in when the first one comes: Excel's
NPV takes it after one period, numpy-financial's now, practice often in the middle of
the first period; here it is stated.

Source: V = Σ C_k (1 + r)^(−t_k); Excel's documentation of NPV.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.flow_series import CASHFLOWS, CURRENCY, RATE, whole_factors
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import Currency, MoneySeries, Rate, param
from valuer.core.slots import number_arrays
from valuer.core.stock.sound import always_sound
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


class FirstFlow(StrEnum):
    """When the first flow comes."""

    NOW = "now"
    AFTER_ONE = "after_one"
    MID = "mid"


_FIRST_TIME = {FirstFlow.NOW: 0.0, FirstFlow.AFTER_ONE: 1.0, FirstFlow.MID: 0.5}


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the net present value."""

    rate: Rate = param(**RATE)
    cashflows: MoneySeries = param(**CASHFLOWS)
    first_flow: FirstFlow = param(
        N_("First flow"),
        choice_labels=(
            (FirstFlow.NOW.value, N_("Now")),
            (FirstFlow.AFTER_ONE.value, N_("After one period, as Excel's NPV")),
            (FirstFlow.MID.value, N_("In the middle of the first period")),
        ),
        help=N_("The later ones follow one period apart."),
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Net present value; flows (…, periods), rate () or (…, 1)."""
    add, flows = working.add, given["cashflows"]
    add(N_("Cash flow"), "C", "", flows, Unit.MONEY)
    rate = add(N_("Rate a period"), "r", "", given["rate"], Unit.RATE)
    time = given["first_time"] + np.arange(flows.shape[-1], dtype=np.float64)
    add(N_("Time of the flow, in periods"), "t", "", time, Unit.NUMBER)
    factor = whole_factors(rate, time)
    factor = add(N_("Discount factor"), "d", "(1 + r)^(−t)", factor, Unit.FACTOR)
    parts = add(N_("Present value"), "P", "C × d", flows * factor, Unit.MONEY)
    text = N_("Net present value")
    return add(text, "V", "Σ P", parts.sum(axis=-1), Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return number_arrays(params) | {"first_time": _FIRST_TIME[params.first_flow]}


METHOD = Method(
    key="npv",
    version=1,
    approach=None,
    title=N_("Net present value"),
    idea=N_("Flows one period apart are worth today what each is worth discounted."),
    source="V = Σ C(1 + r)^(−t); Excel's documentation of NPV",
    params=Params,
    arrays=arrays,
    formula=formula,
    finds=Finds.AMOUNT,
    listed=Topic.TIME,
    sound=always_sound,
)
