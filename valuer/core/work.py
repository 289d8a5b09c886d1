"""How much a valuation computes, told before it is done (计算量).

Whoever opens a report may have it computed anew, so what a case asks for must be known
before it is begun. Work is counted in figures of a formula, some ten nanoseconds each;
it depends on nothing but the inputs, so all machines refuse the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from valuer.core.distributions import Beta, BetaMoments, HistoricalLevel, Pert
from valuer.core.method import Method, centred, uncertain
from valuer.core.sensitivity import inputs_of
from valuer.core.slots import slots

_LEAST, _PER_NUMBER = 50, 5
"""What any formula computes in a scenario, and for each number given to it."""

_ALONE, _ALONE_PER_NUMBER = 200_000, 2_500
"""What it takes to begin a value that is computed by itself, not in a block."""

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


def of_run(method: Method, params: Any, scenarios: int) -> float:
    """Return the figures of a run: its value, its sensitivity and its simulation."""
    each = of_scenario(method, params)
    numbers = sum(1 for _ in slots(params))
    alone = each + _ALONE + _ALONE_PER_NUMBER * numbers
    drawn = scenarios if uncertain(params) else 0
    return alone * (1 + 2 * len(inputs_of(params))) + drawn * each
