"""Future value of level payments and of an amount had now (FV).

What payments each period and an amount now grow to; the sign is that of what comes
back for them.

Source: PV × G + PMT × A + FV = 0; Excel's documentation of FV.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.annuities import (
    DUE,
    NPER,
    PMT,
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
    """Inputs of the future value."""

    rate: Rate = param(**RATE)
    nper: Number = param(**NPER)
    pmt: Money = param(**PMT | {"default": REQUIRED})
    pv: Money = param(**PV)
    due: Due = param(**DUE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Future value; all numbers are () or (…, 1)."""
    grown, level = growth(working, given)
    paid, now = stated(working, "pmt", given), stated(working, "pv", given)
    value = -(now * grown + paid * level)
    text = N_("Future value")
    return by_scenario(working.add(text, "V", "−(B × G + p × A)", value, Unit.MONEY))


METHOD = Method(
    key="fv",
    version=1,
    approach=None,
    title=N_("Future value of an annuity"),
    idea=N_("Level payments and an amount now grow to this by the end."),
    source="Excel's documentation of FV",
    params=Params,
    arrays=annuity_arrays,
    formula=formula,
    finds=Finds.AMOUNT,
    listed=Topic.TIME,
    sound=always_sound,
)
