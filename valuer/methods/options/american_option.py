"""American option (美式期权), on a lattice.

A right that may be used at any time, or on dates spread evenly, is stepped back from
its last day: at each date it is worth the more of using it and of waiting. The lattice
with many branches is exact in each step and extrapolated to any time; the one with two
branches is that of the textbooks.

Source: Cox, Ross and Rubinstein 1979; Andricopoulos, Widdicks, Duck and Newton 2003;
Geske and Johnson 1984 (extrapolation).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic, centred
from valuer.core.options import lattice
from valuer.core.options.black_scholes import TELLS, european, stated
from valuer.core.options.early import waiting
from valuer.core.options.terms import (
    DATES,
    EXERCISE_PRICE,
    LIFE,
    SIDE_NAMES,
    STEPS,
    UNDERLYING,
    YIELD,
    Side,
    Terms,
    Uncertain,
    error,
    even_issues,
    price_issues,
    sigma_of,
    uncertain_issues,
)
from valuer.core.params import Money, Number, Rate, Years, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


class Lattice(StrEnum):
    """How many branches a node has."""

    MANY = "many_branches"
    TWO = "two_branches"


class Use(StrEnum):
    """When the right may be used."""

    ANY_TIME = "any_time"
    AT_DATES = "at_dates"
    AT_END = "at_end"


BINOMIAL_STEPS = 1000
"""Steps of the lattice with two branches, where none are stated."""


@dataclass(frozen=True, slots=True)
class Params(Uncertain):
    """Inputs of an American option."""

    side: Side = param(N_("Right"), choice_labels=SIDE_NAMES)
    underlying_value: Money = param(**UNDERLYING)
    exercise_price: Money = param(**EXERCISE_PRICE)
    life: Years = param(**LIFE)
    yield_rate: Rate = param(**YIELD)
    use: Use = param(
        N_("The right may be used"),
        Use.ANY_TIME,
        choice_labels=(
            (Use.ANY_TIME.value, N_("At any time")),
            (Use.AT_DATES.value, N_("Today and on dates spread evenly")),
            (Use.AT_END.value, N_("On the last day only")),
        ),
    )
    dates: Number | None = param(**DATES | {"default": None})
    lattice: Lattice = param(
        N_("Lattice"),
        Lattice.MANY,
        choice_labels=(
            (Lattice.MANY.value, N_("Many branches, extrapolated")),
            (Lattice.TWO.value, N_("Two branches (Cox, Ross and Rubinstein)")),
        ),
    )
    steps: Number | None = param(**STEPS)


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, in the currency of the underlying.

    Numbers are () or have leading axes and a last of one.
    """
    add, side = working.add, given["side"]
    terms = stated(
        working,
        given,
        underlying=N_("Value of the underlying"),
        price=N_("Exercise price"),
    )
    last = european(working, terms, side, certain=given["certain"], symbol="E")
    text, today = N_("Brought by using the right today"), "S − K"
    if side is Side.PUT:
        today = "K − S"
    now = side.sign * (terms.underlying - terms.price)
    add(text, "I", today, now, Unit.MONEY)
    if given["lattice"] is Lattice.TWO:
        return by_scenario(_two_branches(working, terms, now, given))
    return by_scenario(_many_branches(working, terms, now, last, given))


def _many_branches(
    working: Silent, terms: Terms, now: Floats, last: Floats, given: Mapping[str, Any]
) -> Floats:
    add, use, sign = working.add, given["use"], given["side"].sign
    label = N_("Value of the option")
    if use is Use.ANY_TIME:
        text = N_("Value of waiting")
        held, rule = waiting(working, terms, sign, "W", text, dates=given["dates"])
        any_time = add(text, "W", rule, held, Unit.MONEY)
        best = np.maximum(np.maximum(any_time, last), now)
        return add(label, "V", "max(W; E; I)", best, Unit.MONEY)
    text = N_("Value of waiting, by steps back over the dates of use")
    stepped = partial(lattice.held, dates=given["dates"])
    held = add(text, "W", "", lattice.each_right(stepped, sign, terms), Unit.MONEY)
    if use is Use.AT_END:
        return add(label, "V", "W", held, Unit.MONEY)
    return add(label, "V", "max(W; I)", np.maximum(held, now), Unit.MONEY)


def _two_branches(
    working: Silent, terms: Terms, now: Floats, given: Mapping[str, Any]
) -> Floats:
    add, steps, side = working.add, given["steps"], given["side"]
    length = terms.life / steps
    add(N_("Steps of the lattice"), "n", "", np.array(float(steps)), Unit.NUMBER)
    add(N_("Length of a step, years"), "h", "T / n", length, Unit.YEARS)
    up = np.exp(terms.sigma * np.sqrt(length))
    add(N_("Factor of a rise"), "u", "exp(σ × sqrt(h))", up, Unit.FACTOR)
    add(N_("Factor of a fall"), "d", "1 / u", 1 / up, Unit.FACTOR)
    chance = (np.exp((terms.rate - terms.leak) * length) - 1 / up) / (up - 1 / up)
    text = N_("Risk-neutral probability of a rise")
    add(text, "p", "(exp((r − q) × h) − d) / (u − d)", chance, Unit.RATE)
    between = {Use.ANY_TIME: 1, Use.AT_END: steps}.get(given["use"])
    if between is None:
        between = steps // given["dates"]
    stepped = partial(lattice.binomial, steps=steps, between=between)
    worth = lattice.each_right(stepped, side.sign, terms)
    text = N_("Value of waiting, by steps back through the lattice")
    add(text, "W", "", worth, Unit.MONEY)
    label = N_("Value of the option")
    if given["use"] is Use.AT_END:
        return add(label, "V", "W", worth, Unit.MONEY)
    # A missing number stays missing: no chance, no value.
    best = np.where(worth < now, now, worth)
    return add(label, "V", "max(W; I)", best, Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; nought dates are as many as the life asks for."""
    found: dict[str, Any] = number_arrays(params)
    steps, dates = int(found.pop("steps", 0)), int(found.pop("dates", 0))
    if params.lattice is Lattice.MANY:
        dates = {Use.ANY_TIME: steps, Use.AT_END: 1}.get(params.use, dates)
    return found | {
        "side": params.side,
        "use": params.use,
        "lattice": params.lattice,
        "steps": steps or BINOMIAL_STEPS,
        "dates": dates,
        "certain": sigma_of(params) == 0,
    }


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    is_extrapolated = params.lattice is Lattice.MANY and params.use is Use.ANY_TIME
    found = (
        *uncertain_issues(params),
        *price_issues(params, "exercise_price"),
        *(even_issues(params, "steps") if is_extrapolated else ()),
    )
    return found or tuple(_lattice_issues(centred(params)))


def _lattice_issues(params: Any) -> Iterator[Issue]:
    steps = int(params.steps or BINOMIAL_STEPS)
    if params.use is Use.AT_DATES and params.dates is None:
        yield error("dates", N_("State on how many dates the right may be used."))
        return
    if params.lattice is Lattice.MANY:
        return
    if params.use is Use.AT_DATES and steps % int(params.dates):
        text = N_(
            "The lattice has {steps} steps for {dates} dates of use; give a multiple of"
            " the dates."
        )
        yield error("steps", text, steps=steps, dates=int(params.dates))
    yield from _chance_issues(params, steps)


def _chance_issues(params: Any, steps: int) -> Iterator[Issue]:
    sigma, drift = sigma_of(params), params.risk_free_rate - params.yield_rate
    if sigma == 0:
        text = N_(
            "Without volatility a lattice of two branches does not branch; take many branches."
        )
        yield error("lattice", text)
        return
    right = lattice.Right(
        1, 1.0, 1.0, params.life, params.risk_free_rate, params.yield_rate, sigma
    )
    chance = lattice.binomial_moves(right, steps).chance
    if 0 < chance < 1:
        return
    least = params.life * min(abs(drift / sigma), _STEEPEST) ** 2
    if least >= STEPS["high"]:
        text = N_(
            "The probability of a rise would lie outside 0 to 1 with any number of"
            " steps allowed; take many branches."
        )
        yield error("lattice", text)
        return
    text = N_(
        "The probability of a rise would be {chance}, outside 0 to 1; take {least}"
        " steps at least, or many branches."
    )
    yield error("steps", text, chance=f"{chance:.6g}", least=int(least) + 1)


_STEEPEST = 1e9
"""Ratio of drift to volatility beyond which nothing changes any more."""


def work(params: Any) -> float:
    """Return the figures of the lattices of one scenario."""
    steps = int(params.steps or 0)
    if params.lattice is Lattice.TWO:
        return lattice.binomial_work(steps or BINOMIAL_STEPS)
    dates = steps or lattice.usual_dates(params.life)
    if params.use is not Use.ANY_TIME:
        dates = int(params.dates or 1)
    return lattice.held_work(dates, sigma_of(params) * params.life**0.5)


METHOD = Method(
    key="american_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("American option"),
    idea=N_(
        "A right that may be used early is worth, at each date, the more of using it"
        " and of waiting; a lattice steps back from the last day."
    ),
    source="Cox, Ross & Rubinstein 1979; Andricopoulos et al. 2003; Geske & Johnson 1984",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    work=work,
    tells=(
        *TELLS,
        ("european", "E"),
        ("u", "u"),
        ("d", "d"),
        ("p", "p"),
        ("steps", "n"),
        ("dates", "Wₙ"),
    ),
)
