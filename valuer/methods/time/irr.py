"""Internal rate of return (内部收益率, IRR) of flows one period apart.

The rate at which flows are worth nothing. Flows that change sign more than once may
have several: all of them are told, with a warning; the value is that nearest to a guess.

Source: Σ C_k (1 + r)^(−k) = 0; Descartes' rule of signs (core/irrs.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.flow_series import (
    CASHFLOWS,
    CURRENCY,
    GUESS,
    rate_found,
    root_issues,
    roots_of,
)
from valuer.core.irrs import all_irrs
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, MoneySeries, Rate, param
from valuer.core.problems import Issue
from valuer.core.slots import number_arrays
from valuer.core.texts import N_
from valuer.core.working import PERIODS, Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the internal rate of return."""

    cashflows: MoneySeries = param(**CASHFLOWS)
    guess: Rate = param(**GUESS)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Internal rate nearest to the guess; flows (…, periods)."""
    add, flows = working.add, given["cashflows"]
    add(N_("Cash flow"), "C", "", flows, Unit.MONEY)
    time = np.arange(flows.shape[-1], dtype=np.float64)
    add(N_("Time of the flow, in periods"), "t", "", time, Unit.NUMBER)
    return rate_found(working, flows, time, _rates, given["guess"], PERIODS)


def _rates(flows: Floats, time: Floats) -> Floats:
    del time  # whole periods
    return all_irrs(flows)


def _roots(params: Any) -> list[float]:
    flows = np.array(centred(params).cashflows)
    return roots_of(_rates, flows, np.arange(len(flows), dtype=np.float64))


def check(params: Any) -> tuple[Issue, ...]:
    """Return an error where there is no rate, a warning where there are several."""
    guess = centred(params).guess
    return tuple(root_issues(_roots(params), guess, "cashflows"))


def outputs(params: Any) -> dict[str, Any]:
    """Return every rate, sorted."""
    return {"rates": _roots(params)}


def work(params: Any) -> float:
    """Return the figures of the search for every root of one scenario."""
    return 5 * len(params.cashflows) ** 2


METHOD = Method(
    key="irr",
    version=1,
    approach=None,
    title=N_("Internal rate of return"),
    idea=N_("At this rate the flows are worth nothing; all such rates are told."),
    source="Σ C(1 + r)^(−k) = 0; Excel's documentation of IRR",
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    work=work,
    alone=2_000_000,
    finds=Finds.RATE,
    listed=Topic.TIME,
)
