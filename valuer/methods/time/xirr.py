"""Internal rate of return of flows on their days (XIRR).

The annual rate at which dated flows are worth nothing, days over 365 as years. All
rates up to 10,000 % are told; the value is that nearest to a guess.

Source: Σ C_k (1 + r)^(−(d_k − d_1)/365) = 0; Excel's documentation of XIRR.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.dated_irrs import dated_irrs, dated_irrs_work
from valuer.core.distributions import Floats
from valuer.core.flow_series import (
    CURRENCY,
    DATED_FLOWS,
    FLOWS,
    GUESS,
    DatedFlow,
    amounts_of,
    day_issues,
    day_outputs,
    rate_found,
    root_issues,
    roots_of,
    years_of,
)
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, Rate, param
from valuer.core.problems import Issue
from valuer.core.slots import number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the dated internal rate of return."""

    flows: tuple[DatedFlow, ...] = param(**DATED_FLOWS)
    guess: Rate = param(**GUESS)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Internal rate nearest to the guess; amounts and times (…, rows)."""
    add, flows, time = working.add, given["flows_amount"], given["time"]
    add(N_("Cash flow"), "C", "", flows, Unit.MONEY, FLOWS)
    add(N_("Years from the first day"), "t", "", time, Unit.YEARS, FLOWS)
    return rate_found(working, flows, time, dated_irrs, given["guess"], FLOWS)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; days become years."""
    return number_arrays(params) | {"time": years_of(params.flows)}


def _roots(params: Any) -> list[float]:
    return roots_of(dated_irrs, amounts_of(params), years_of(params.flows))


def check(params: Any) -> tuple[Issue, ...]:
    """Return what is wrong with the days, and how many rates there are."""
    errors = tuple(day_issues(params.flows))
    guess = centred(params).guess
    return errors or tuple(root_issues(_roots(params), guess, FLOWS))


def outputs(params: Any) -> dict[str, Any]:
    """Return every rate, sorted, and the days of the flows."""
    return {"rates": _roots(params)} | day_outputs(params.flows)


def work(params: Any) -> float:
    """Return the figures of the search for every root of one scenario."""
    return dated_irrs_work(len(params.flows))


METHOD = Method(
    key="xirr",
    version=1,
    approach=None,
    title=N_("Internal rate of return of dated flows"),
    idea=N_("At this annual rate dated flows are worth nothing; all such are told."),
    source="Excel's documentation of XIRR",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    work=work,
    finds=Finds.RATE,
    listed=Topic.TIME,
)
