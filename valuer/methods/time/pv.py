"""Present value of level payments and of an amount at the end (PV).

What payments each period and a final amount are worth now; the sign is that of what
would be paid for them.

Source: PV × G + PMT × A + FV = 0; Excel's documentation of PV.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.annuities import (
    DUE,
    FV,
    NPER,
    PMT,
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
    """Inputs of the present value."""

    rate: Rate = param(**RATE)
    nper: Number = param(**NPER)
    pmt: Money = param(**PMT | {"default": REQUIRED})
    fv: Money = param(**FV)
    due: Due = param(**DUE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Present value; all numbers are () or (…, 1)."""
    grown, level = growth(working, given)
    paid, final = stated(working, "pmt", given), stated(working, "fv", given)
    value = -(final + paid * level) / grown
    text = N_("Present value")
    return by_scenario(working.add(text, "V", "−(F + p × A) / G", value, Unit.MONEY))


METHOD = Method(
    key="pv",
    version=1,
    approach=None,
    title=N_("Present value of an annuity"),
    idea=N_("Level payments and a final amount are worth now what would grow to them."),
    source="Excel's documentation of PV",
    params=Params,
    arrays=annuity_arrays,
    formula=formula,
    finds=Finds.AMOUNT,
    listed=Topic.TIME,
    sound=always_sound,
)
