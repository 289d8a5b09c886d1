"""Flows at whole periods or on days: what the time-value methods share.

Parameters, factors of whole periods, the table of dated flows, and what is told of
internal rates of return: every one of them, and a warning where there are several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.dated import CURRENCY as _CURRENCY
from valuer.core.distributions import Floats
from valuer.core.irrs import GUESS as FIRST_GUESS
from valuer.core.irrs import nearest
from valuer.core.method import centred
from valuer.core.params import Money, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

FLOWS = "flows"
"""Along the rows of dated flows; the name of their table."""

# What the methods declare with param(**…).

RATE: Any = {
    "label": N_("Rate a period"),
    "symbol": "r",
    "low": -1,
    "above": True,
    "help": N_("A fraction for each period, a year where the periods are years."),
}
CASHFLOWS: Any = {
    "label": N_("Cash flows"),
    "symbol": "C",
    "help": N_("One for each period; what goes out is negative."),
}
CURRENCY: Any = _CURRENCY | {"help": N_("Currency of the flows.")}
GUESS: Any = {
    "label": N_("Guess"),
    "default": FIRST_GUESS,
    "low": -1,
    "above": True,
    "is_base": True,
    "quiet": True,
    "help": N_("Of several internal rates the one nearest to it is the value."),
}
DATED_FLOWS: Any = {
    "label": N_("Dated cash flows"),
    "help": N_("Time is counted from the first row's day, act/365; no row before it."),
}


@dataclass(frozen=True, slots=True)
class DatedFlow:
    """A flow on its day."""

    day: date = param(N_("Day of the flow"))
    amount: Money = param(
        N_("Amount"), symbol="C", help=N_("What goes out is negative.")
    )


def whole_factors(rate: Floats, times: Floats) -> Floats:
    """Return (1 + rate)^(−time) of times one apart; (times,) or (…, times).

    Of many rates by repeated multiplication, which needs no powers.
    """
    if np.ndim(rate) == 0:
        return np.asarray((1 + rate) ** -times)
    step = (1 / (1 + rate))[..., 0]
    found = np.empty((*step.shape, len(times)), order="F")
    found[..., 0] = step ** times[0]
    for place in range(1, len(times)):
        np.multiply(found[..., place - 1], step, out=found[..., place])
    return found


def years_of(flows: Sequence[DatedFlow]) -> Floats:
    """Return the years of each flow from the first one's day, act/365."""
    first = flows[0].day
    return np.array([(flow.day - first).days / 365 for flow in flows])


def day_issues(flows: Sequence[DatedFlow]) -> Iterator[Issue]:
    """Yield an error for each day before the first row's."""
    for place, flow in enumerate(flows):
        if flow.day < flows[0].day:
            text = N_(
                "The flow on {day} stands before the first row's day {first}; begin"
                " with the earliest."
            )
            wording = message(text, day=flow.day, first=flows[0].day)
            yield Issue(Severity.ERROR, wording, f"{FLOWS}[{place}].day")


def day_outputs(flows: Sequence[DatedFlow]) -> dict[str, Any]:
    """Return what the rows of dated flows are called."""
    return {"axes": {FLOWS: [flow.day.isoformat() for flow in flows]}}


Rates = Callable[[Floats, Floats], Floats]
"""Turns flows and their times (rows, n) into internal rates (rows, most), NaN last."""


def rate_found(
    working: Silent, flows: Floats, time: Floats, rates: Rates, guess: Floats, axis: str
) -> Floats:
    """Return the internal rate nearest to a guess, with the worth of what it balances.

    ``flows`` and ``time`` are (…, n) and stand in the working as ``C`` and ``t``.
    """
    add = working.add
    near = by_scenario(guess)
    lead = np.broadcast_shapes(flows.shape[:-1], time.shape[:-1], np.shape(near))
    whole, count = (*lead, flows.shape[-1]), flows.shape[-1]
    rows = np.broadcast_to(flows, whole).reshape(-1, count)
    times = np.broadcast_to(time, whole).reshape(-1, count)
    near = np.broadcast_to(near, lead).reshape(-1)
    rate = nearest(rates(rows, times), near).reshape(lead)
    alone = rate[..., np.newaxis] if lead else rate
    text = N_("Internal rate at which the flows are worth nothing")
    add(text, "r", "", rate, Unit.RATE)
    text, formula = N_("Discount factor"), "(1 + r)^(−t)"
    factor = add(text, "d", formula, (1 + alone) ** -time, Unit.FACTOR, axis)
    text = N_("Present value")
    parts = add(text, "P", "C × d", flows * factor, Unit.MONEY, axis)
    text = N_("Present value of what comes in")
    gains = np.maximum(parts, 0).sum(axis=-1)
    add(text, "I", "Σ max(P; 0)", gains, Unit.MONEY)
    text = N_("Present value of what goes out, equal to it")
    add(text, "O", "Σ max(−P; 0)", np.maximum(-parts, 0).sum(axis=-1), Unit.MONEY)
    return add(N_("Internal rate of return"), "V", "r", rate, Unit.RATE)


def root_issues(roots: Sequence[float], guess: Any, where: str) -> Iterator[Issue]:
    """Yield an error without a rate, a warning with several of them."""
    if not roots:
        text = N_(
            "These flows have no internal rate of return: at no rate above −100 % are"
            " they worth nothing. Give flows out and flows in, or use the net present"
            " value."
        )
        yield Issue(Severity.ERROR, message(text), where)
    if len(roots) > 1:
        text = N_(
            "These flows have {count} internal rates of return: {rates}. None of them"
            " alone tells their worth; the value shown is the one nearest to {guess}."
            " Use the net present value or the modified rate instead."
        )
        rates = ", ".join(f"{root * 100:.4g} %" for root in roots)
        wording = message(
            text, count=len(roots), rates=rates, guess=f"{guess * 100:.4g} %"
        )
        yield Issue(Severity.WARNING, wording, where)


def roots_of(rates: Rates, flows: Floats, time: Floats) -> list[float]:
    """Return the internal rates of one series, sorted."""
    (found,) = rates(np.atleast_2d(flows), np.atleast_2d(time))
    return [float(one) for one in found[~np.isnan(found)]]


def amounts_of(params: Any) -> Floats:
    """Return the amounts of dated flows, uncertain ones at their centres."""
    return np.array([flow.amount for flow in centred(params).flows])
