"""Net present value of flows on their days (XNPV).

Each flow is discounted from its own day to the first one's, days over 365 as years.

Source: V = Σ C_k (1 + r)^(−(d_k − d_1)/365); Excel's documentation of XNPV.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.discounting import discount_factors
from valuer.core.distributions import Floats
from valuer.core.flow_series import (
    CURRENCY,
    DATED_FLOWS,
    FLOWS,
    RATE,
    DatedFlow,
    day_issues,
    day_outputs,
    years_of,
)
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import Currency, Rate, param
from valuer.core.problems import Issue
from valuer.core.slots import number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the dated net present value."""

    rate: Rate = param(**RATE | {"label": N_("Annual rate")})
    flows: tuple[DatedFlow, ...] = param(**DATED_FLOWS)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Net present value on the first day; amounts (…, rows), rate () or (…, 1)."""
    add, flows, time = working.add, given["flows_amount"], given["time"]
    add(N_("Cash flow"), "C", "", flows, Unit.MONEY, FLOWS)
    add(N_("Years from the first day"), "t", "", time, Unit.YEARS, FLOWS)
    rate = add(N_("Annual rate"), "r", "", given["rate"], Unit.RATE)
    factor = discount_factors(rate, time)
    factor = add(N_("Discount factor"), "d", "(1 + r)^(−t)", factor, Unit.FACTOR, FLOWS)
    parts = add(N_("Present value"), "P", "C × d", flows * factor, Unit.MONEY, FLOWS)
    text = N_("Net present value")
    return add(text, "V", "Σ P", parts.sum(axis=-1), Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; days become years."""
    return number_arrays(params) | {"time": years_of(params.flows)}


def check(params: Any) -> tuple[Issue, ...]:
    """Return an error for each day before the first."""
    return tuple(day_issues(params.flows))


def outputs(params: Any) -> dict[str, Any]:
    """Return the days of the flows."""
    return day_outputs(params.flows)


METHOD = Method(
    key="xnpv",
    version=1,
    approach=None,
    title=N_("Net present value of dated flows"),
    idea=N_("Flows on their days are worth on the first day what each discounts to."),
    source="Excel's documentation of XNPV",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.AMOUNT,
    listed=Topic.TIME,
)
