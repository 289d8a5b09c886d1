"""Cost of keeping a patent (维持费用): the present value of its annual fees.

Each year's fee, by the office's table or as given, is discounted from the day it is due:
the first one on the valuation date or some time after it, then one a year. What it costs
to keep a right is a deduction from its flows and the first thing asked before pruning.

Source: Patent Law art. 43; annual fees by the table of the CNIPA.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import Years, param
from valuer.core.renewal import (
    Renewing,
    renewal_arrays,
    renewal_issues,
    renewal_outputs,
    shown_fees,
)
from valuer.core.slots import by_scenario, total
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(Renewing):
    """Inputs of the cost of keeping a patent."""

    until_first: Years = param(
        N_("Years to the first fee"),
        0.0,
        symbol="u",
        low=0,
        high=100,
        help=N_("Nought where it is due on the valuation date; 1 at a year's end."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Present value of the fees, in their currency.

    Fees are (…, years), all other numbers () or with a last axis of one.
    """
    add = working.add
    fees = shown_fees(working, given)
    add(N_("Total of the fees"), "Z", "Σ c", total(fees), Unit.MONEY)
    wait = add(N_("Years to the first fee"), "u", "", given["until_first"], Unit.YEARS)
    count = np.arange(fees.shape[-1], dtype=np.float64)
    add(N_("Years after the first fee"), "j", "", count, Unit.YEARS)
    time = add(N_("Time of the fee"), "t", "u + j", wait + count, Unit.YEARS)
    rate = add(N_("Discount rate"), "r", "", given["discount_rate"], Unit.RATE)
    text = N_("Discount factor")
    factor = add(text, "d", "(1 + r)^(−t)", (1 + rate) ** -time, Unit.FACTOR)
    parts = add(N_("Present value"), "P", "c × d", fees * factor, Unit.MONEY)
    text = N_("Present value of the fees")
    return by_scenario(add(text, "V", "Σ P", total(parts), Unit.MONEY))


METHOD = Method(
    key="renewal_cost",
    version=1,
    approach=None,
    title=N_("Cost of keeping a patent"),
    idea=N_(
        "Keeping the patent to its last year costs the present value of its annual"
        " fees, by the table in force or as given."
    ),
    source="《专利法》第四十三条；《专利收费标准》，国家知识产权局",
    params=Params,
    arrays=renewal_arrays,
    formula=formula,
    check=renewal_issues,
    outputs=renewal_outputs,
    finds=Finds.AMOUNT,
    listed=Topic.SPECIAL,
    tells=(("total", "Z"), ("fees", "c")),
)
