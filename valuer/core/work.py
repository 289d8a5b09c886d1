"""How much a valuation computes, told before it is done (计算量).

Whoever opens a report may have it computed anew, so what a case asks for must be known
before it is begun. Work is counted in figures of a formula, some ten nanoseconds each;
it depends on nothing but the inputs, so all machines refuse the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from valuer.core.asked import MOST, Asked, Target, TwoInputs
from valuer.core.break_even import MOST_VALUES, positions
from valuer.core.distributions import Beta, BetaMoments, HistoricalLevel, Pert
from valuer.core.levers import Lever, grid, lever
from valuer.core.method import Method, centred, uncertain
from valuer.core.problems import UserError
from valuer.core.scenario_sets import MOST as MOST_SCENARIOS
from valuer.core.scenario_sets import changed_params
from valuer.core.sensitivity import inputs_of
from valuer.core.slots import slots
from valuer.core.two_way import LARGEST

_LEAST, _PER_NUMBER = 50, 5
"""What any formula computes in a scenario, and for each number given to it."""

_ALONE, _ALONE_PER_NUMBER = 200_000, 2_500
"""What it takes to begin a value that is computed by itself, not in a block."""

_NOTHING = Asked()

_PER_DRAW = 10
_SLOW_DRAWS: Mapping[str, int] = {
    Pert.name: 250,
    Beta.name: 250,
    BetaMoments.name: 250,
    HistoricalLevel.name: 250,
}
"""What a draw costs; the beta and Student's distribution are slow to invert."""


def of_scenario(method: Method, params: Any) -> float:
    """Return the figures that one scenario of a method computes, draws among them."""
    draws = (_SLOW_DRAWS.get(of.name, _PER_DRAW) for _, of in uncertain(params))
    numbers = sum(1 for _ in slots(params))
    usual = _LEAST + _PER_NUMBER * numbers
    own = method.work(centred(params)) if method.work is not None else 0.0
    return usual + own + sum(draws)


def of_run(
    method: Method, params: Any, scenarios: int, asked: Asked = _NOTHING
) -> float:
    """Return the figures of a run: value, sensitivity, simulation, and what is asked."""
    each = of_scenario(method, params)
    alone = _of_one(method, params)
    drawn = scenarios if uncertain(params) else 0
    beside = _of_asked(method, params, asked)
    return alone * (1 + 2 * len(inputs_of(params))) + drawn * each + beside


def _of_one(method: Method, params: Any) -> float:
    """Return the figures of one value that is computed by itself."""
    numbers = sum(1 for _ in slots(params))
    usual = _ALONE + _ALONE_PER_NUMBER * numbers
    return of_scenario(method, params) + usual + method.alone


def _of_asked(method: Method, params: Any, asked: Asked) -> float:
    """Return the figures of the analyses; what cannot be made computes nothing."""
    found = []
    for table in asked.two_way[:MOST]:
        with suppress(UserError):
            found.append(_of_table(method, params, table))
    for target in asked.break_even[:MOST]:
        with suppress(UserError):
            found.append(_of_search(method, params, target))
    for scenario in asked.scenarios[:MOST_SCENARIOS]:
        with suppress(UserError):
            changed = changed_params(method, params, scenario)
            found.append(_of_one(method, changed))
    return sum(found)


def _of_table(method: Method, params: Any, asked: TwoInputs) -> float:
    one, other = lever(params, asked.columns), lever(params, asked.rows)
    across = grid(params, one, asked.across or None)[:LARGEST]
    down = grid(params, other, asked.down or None)[:LARGEST]
    own = len(down) * sum(_own(method, params, one, across))
    own += len(across) * sum(_own(method, params, other, down))
    return own + len(across) * len(down) * _of_one(method, params)


def _of_search(method: Method, params: Any, asked: Target) -> float:
    one = lever(params, asked.input)
    points = positions(one).tolist()
    own = _own(method, params, one, points)
    closing_in = (MOST_VALUES - len(points)) * max(own, default=0.0)
    return sum(own) + closing_in + MOST_VALUES * _of_one(method, params)


def _own(
    method: Method, params: Any, one: Lever, steps: Sequence[float]
) -> list[float]:
    """Return what a method computes of its own at each position of an input."""
    if method.work is None:
        return []
    centre = centred(params)
    found = []
    for step in steps:
        # What is out of the formula's reach there is not computed.
        with suppress(UserError, ArithmeticError, ValueError, LookupError):
            found.append(method.work(one.moved(centre, step)))
    return found
