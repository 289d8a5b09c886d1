"""Options that may be used early, on a lattice stepped back from the last day.

Two lattices. The binomial one of Cox, Ross and Rubinstein, as textbooks print it. And
one with many branches: the value lies on a grid of the driftless normal variable, its
branches carry the normal density itself, so a step is exact and its length is free.
Values with a right to use the option at n and at n/2 dates extrapolate to any time.

Sources: Cox, Ross and Rubinstein 1979; Andricopoulos, Widdicks, Duck and Newton,
Universal option valuation using quadrature methods, 2003; Richardson extrapolation over
exercise dates, Geske and Johnson 1984.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.options import black_scholes
from valuer.core.options.terms import Terms

DATES = 128
"""Dates of use at least, where a right that may be used at any time is asked for."""

DATES_A_YEAR = 16
"""Dates of use at least in each year of a long life."""

FINEST = 4
"""Nodes to a standard deviation of one step."""

WIDE = 6.0
"""Standard deviations to either side that the grid reaches over the life."""

REACH = 6.0
"""Standard deviations of a step to either side that its branches reach."""

FEWEST = 64
"""Steps at least, so that the grid is fine where dates of exercise are few."""


@dataclass(frozen=True, slots=True)
class Right:
    """A right in plain numbers.

    Attributes:
        sign: one for a call, minus one for a put.
        leak: yield lost by waiting, ``q``; unused where the value erodes.
        erodes: whether the underlying loses (T − t)/T of itself with time, instead.
    """

    sign: int
    underlying: float
    price: float
    life: float
    rate: float
    leak: float
    sigma: float
    _: KW_ONLY
    erodes: bool = False


def each_right(
    value: Callable[[Right], float], sign: int, terms: Terms, *, erodes: bool = False
) -> Floats:
    """Return the value of the right in each place of the terms; same shape as they."""
    numbers = (
        terms.underlying,
        terms.price,
        terms.life,
        terms.rate,
        terms.leak,
        terms.sigma,
    )
    places = np.broadcast_arrays(*numbers)
    rows = zip(*(one.ravel().tolist() for one in places), strict=True)
    found = [value(Right(sign, *row, erodes=erodes)) for row in rows]
    return np.array(found).reshape(places[0].shape)


def usual_dates(life: float) -> int:
    """Return on how many dates of use a value for any time is to rest; even."""
    return max(DATES, 2 * math.ceil(DATES_A_YEAR * life / 2))


def held(right: Right, dates: int) -> float:
    """Return the value, not used today, of a right usable at ``dates`` equal dates.

    The last of them is the end of the life.
    """
    between = max(1, math.ceil(FEWEST / dates))
    steps = dates * between
    reaches = _reaches(right, steps)
    grid = np.arange(-reaches[-1], reaches[-1] + 1) * _width(steps)
    shapes = right.underlying * np.exp(right.sigma * math.sqrt(right.life) * grid)
    values = _last(right, shapes, steps)
    weights = _branches(right, steps)
    growths = [right.sign * _growth(right, number, steps) for number in range(steps)]
    price = right.sign * right.price
    for number in range(steps - 1, 0, -1):
        if number % between == 0:
            gains = shapes * growths[number]
            gains -= price
            np.maximum(values, gains, out=values)
        values = np.correlate(values, weights, "same")
        values = _middle(values, reaches[number - 1])
        shapes = _middle(shapes, reaches[number - 1])
    return float(values[len(values) // 2])


def held_work(dates: int, spread: float) -> float:
    """Return the figures that values at ``dates`` and at half of them compute.

    ``spread`` is the standard deviation of the logarithm over the whole life.
    """
    steps = max(float(dates), 2.0 * FEWEST)
    return 300 * steps * math.sqrt(steps) * (1 + spread / WIDE)


def binomial_work(steps: int) -> float:
    """Return the figures that a binomial lattice computes, one step at a time."""
    return steps * (1000 + steps / 2)


def _middle(values: Floats, reach: int) -> Floats:
    """Return the values at most ``reach`` nodes from the middle one."""
    middle = len(values) // 2
    return values[middle - reach : middle + reach + 1]


def _width(steps: int) -> float:
    """Return the distance of two nodes, in standard deviations of the whole life."""
    return 1 / math.sqrt(steps) / FINEST


def _reaches(right: Right, steps: int) -> list[int]:
    """Return how many nodes to either side count after each number of steps but all.

    Those that are out of reach from today add nothing. What a call brings grows with
    the value, so nodes count further up.
    """
    spread = right.sigma * math.sqrt(right.life) if right.sign > 0 else 0.0
    shares = [number / steps for number in range(steps)]
    width = _width(steps)
    return [
        math.ceil((WIDE * math.sqrt(share) + spread * share) / width)
        for share in shares
    ]


def _branches(right: Right, steps: int) -> Floats:
    """Return the probabilities of a step's branches, discounted."""
    step = right.life / steps
    spread = right.sigma * math.sqrt(step) if right.sign > 0 else 0.0
    reach = math.ceil((REACH + spread) * FINEST)
    weights: Floats = np.exp(-((np.arange(-reach, reach + 1) / FINEST) ** 2) / 2)
    weights *= math.exp(-right.rate * step) / float(weights.sum())
    return weights


def _growth(right: Right, number: int, steps: int) -> float:
    """Return by what the grid's values have grown after a number of steps."""
    time = right.life * number / steps
    leak = 0.0 if right.erodes else right.leak
    grown = math.exp((right.rate - leak - right.sigma**2 / 2) * time)
    return grown * (1 - number / steps) if right.erodes else grown


def _last(right: Right, shapes: Floats, steps: int) -> Floats:
    """Return the values one step before the end, exactly."""
    step = right.life / steps
    if right.erodes:  # nothing is left to acquire at the end
        left = max(-right.sign * right.price, 0.0) * math.exp(-right.rate * step)
        return np.full(shapes.shape, left)
    now = shapes * _growth(right, steps - 1, steps)
    return black_scholes.value(
        right.sign,
        now,
        right.price,
        step,
        right.rate,
        right.leak,
        right.sigma,
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """One step of a binomial lattice: factors up and down, chance of up, discount."""

    up: float
    down: float
    chance: float
    discount: float


def binomial_moves(right: Right, steps: int) -> Moves:
    """Return the moves of Cox, Ross and Rubinstein; the chance may be none."""
    step = right.life / steps
    up = math.exp(right.sigma * math.sqrt(step))
    down = 1 / up
    chance = math.nan
    if up > down:
        grown = math.exp((right.rate - right.leak) * step)
        chance = (grown - down) / (up - down)
    return Moves(up, down, chance, math.exp(-right.rate * step))


def binomial(right: Right, steps: int, between: int = 1) -> float:
    """Return the value, not used today, on the lattice of Cox, Ross and Rubinstein.

    The right may be used at every ``between``-th step, or at the end only where that
    is the number of steps; NaN where the chance of a rise lies outside 0 to 1.
    """
    moves = binomial_moves(right, steps)
    if not 0 < moves.chance < 1:
        return math.nan
    powers = right.sigma * math.sqrt(right.life / steps) * np.arange(-steps, steps + 1)
    gains = right.sign * (right.underlying * np.exp(powers) - right.price)
    # Nodes of even and of odd steps, each lying together.
    rows = (np.ascontiguousarray(gains[0::2]), np.ascontiguousarray(gains[1::2]))
    rise, fall = moves.discount * moves.chance, moves.discount * (1 - moves.chance)
    values = np.maximum(rows[0], 0)
    for number in range(steps - 1, -1, -1):
        values = fall * values[:-1] + rise * values[1:]
        if number and number % between == 0:
            first, odd = divmod(steps - number, 2)
            np.maximum(values, rows[odd][first : first + number + 1], out=values)
    return float(values[0])
