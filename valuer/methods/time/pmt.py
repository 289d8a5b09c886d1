"""Level payment each period (PMT).

What must be paid each period so that an amount now and an amount at the end balance.

Source: PV × G + PMT × A + FV = 0; Excel's documentation of PMT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.annuities import (
    DUE,
    FV,
    NPER,
    PV,
    Due,
    annuity_arrays,
    growth,
    stated,
)
from valuer.core.distributions import Floats
from valuer.core.flow_series import CURRENCY, RATE
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import REQUIRED, Currency, Money, Number, Rate, param
from valuer.core.slots import by_scenario
from valuer.core.stock.sound import always_sound
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the level payment."""

    rate: Rate = param(**RATE)
    nper: Number = param(**NPER)
    pv: Money = param(**PV | {"default": REQUIRED})
    fv: Money = param(**FV)
    due: Due = param(**DUE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Payment each period; all numbers are () or (…, 1)."""
    grown, level = growth(working, given)
    now, final = stated(working, "pv", given), stated(working, "fv", given)
    value = -(final + now * grown) / level
    text = N_("Payment each period")
    return by_scenario(working.add(text, "V", "−(F + B × G) / A", value, Unit.MONEY))


METHOD = Method(
    key="pmt",
    version=1,
    approach=None,
    title=N_("Payment of an annuity"),
    idea=N_("Paid each period, this balances an amount now and an amount at the end."),
    source="Excel's documentation of PMT",
    params=Params,
    arrays=annuity_arrays,
    formula=formula,
    finds=Finds.AMOUNT,
    listed=Topic.TIME,
    sound=always_sound,
)
