"""Break-even (盈亏平衡分析): at which position of one input a target value is reached.

The input's whole range is searched: the value is taken at many positions, every
change of sign is closed in on by Brent's method, and where the value only comes near
the target and turns, the turning point is looked at too. All positions found are told.

Source: Brent (1973), Algorithms for Minimization without Derivatives, ch. 4 and 5.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.levers import Lever, lever
from valuer.core.method import Method, centred
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_

MOST_VALUES = 450
"""The most values that one search computes; a target met once takes up to 330."""

_POINTS = 80
"""Positions looked at evenly over the range, and as many nearer to what stands there."""

_FAR = 1e6
"""How many times where it stands an open end is searched to."""

_REACH = 10
"""How many times the change beside it the value may go beyond a position near a turn."""

_CLOSE = 1e-9
"""How near to the target a position must come, as a share of the value as it stands."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where the target is reached.

    Attributes:
        target: value in the run's currency.
        positions: every position found, rising; none where the target is not reached.
        low, high: between which positions was searched.
        least, greatest: the values met there.
    """

    input: Lever
    target: float
    positions: tuple[float, ...]
    low: float
    high: float
    least: float
    greatest: float

    def plain(self) -> dict[str, Any]:
        """Return the finding as JSON."""
        return {
            "input": self.input.name,
            "is_factor": self.input.is_factor,
            "target": self.target,
            "positions": list(self.positions),
            "searched": [self.low, self.high],
            "values": [self.least, self.greatest],
        }


class _Values:
    """The value at a position; counts them, so that work is bounded."""

    def __init__(
        self, one: Lever, method: Method, params: Any, progress: Progress
    ) -> None:
        self._one, self._method, self._params = one, method, params
        self._progress, self._count = progress, 0

    def at(self, position: float) -> float:
        """Return the value at a position, NaN where there is none.

        Raises:
            UserError: that is one too many.
        """
        self._progress(self._count, 0)
        self._count += 1
        if self._count > MOST_VALUES:
            text = N_(
                "{label}: its range has more turns and gaps of the value than the search"
                " for the target can follow."
            )
            raise UserError(text, label=self._one.label)
        return self._one.reckoned(self._method, self._params, float(position))


def break_even(
    method: Method, params: Any, name: str, target: float, progress: Progress = ignore
) -> BreakEven:
    """Return every position of an input at which the value is ``target``.

    Raises:
        UserError: there is no such input, the target is no number, the method has no
            value anywhere in the input's range, or too many gaps and turns of it.
        Cancelled: as ``progress`` raises it.
    """
    if not math.isfinite(target):
        raise UserError(N_("The target value must be a finite number."))
    one = lever(params, name)
    method.checked(params)
    params = centred(params)
    looked = _Values(one, method, params, progress)
    points = positions(one)
    values = np.array([looked.at(at) for at in points.tolist()])
    known = np.isfinite(values)
    points, values = points[known], values[known]
    if not len(points):
        text = N_("{label}: the method has no value anywhere in its range.")
        raise UserError(text, label=one.label)

    def away(position: float) -> float:
        return looked.at(position) - target

    found = [
        position
        for position in _roots(away, points, values - target)
        if _is_reached(one, method, params, position, target)
    ]
    progress(1, 1)
    return BreakEven(
        one,
        target,
        _distinct(found),
        float(points[0]),
        float(points[-1]),
        float(values.min()),
        float(values.max()),
    )


def positions(one: Lever) -> Floats:
    """Return where to look: over the range evenly, and in growing steps from nought."""
    size = abs(one.centre) or 1.0
    low = -size * _FAR if one.low is None else one.low
    high = max(size, abs(low)) * _FAR if one.high is None else one.high
    if low == high:
        return np.array([low])
    steps = size * np.logspace(-6, 6, _POINTS)
    near = one.low if one.low is not None else 0.0
    spread = [near + steps, -steps, np.linspace(0, 3, _POINTS) * one.centre]
    with np.errstate(all="ignore"):  # an end may be beyond what a float holds
        spread.append(np.linspace(low, high, _POINTS))
    points = np.unique(np.concatenate([*spread, [one.centre]]))
    points = points[(points >= low) & (points <= high)]
    return points[1:] if one.above and points[0] == low else points


def _roots(away: Callable[[float], float], points: Floats, over: Floats) -> list[float]:
    """Return where a function is nought, by its values ``over`` the points."""
    from scipy.optimize import brentq, minimize_scalar

    found = points[over == 0].tolist()
    signs = np.sign(over)
    for at in np.flatnonzero(signs[:-1] * signs[1:] < 0).tolist():
        found.append(_closed_in(brentq, away, points[at], points[at + 1]))
    size = np.abs(over)
    turning = (size[1:-1] < size[:-2]) & (size[1:-1] < size[2:])
    same = (signs[:-2] == signs[1:-1]) & (signs[1:-1] == signs[2:])
    # Where rounding alone moves the value no turn of it comes as far as the target.
    steps = np.abs(np.diff(over))
    near = size[1:-1] <= _REACH * np.maximum(steps[:-1], steps[1:])
    for at in np.flatnonzero(turning & same & near).tolist():
        left, right, sign = points[at], points[at + 2], signs[at + 1]
        nearest = minimize_scalar(
            lambda x, sign=sign: sign * away(x),
            bounds=(left, right),
            method="bounded",
            options={"xatol": 1e-12 * max(abs(left), abs(right))},
        )
        if nearest.fun <= 0:
            found.append(_closed_in(brentq, away, left, nearest.x))
            found.append(_closed_in(brentq, away, nearest.x, right))
        else:
            found.append(float(nearest.x))  # kept only if it reaches the target
    return sorted(found)


def _closed_in(
    brentq: Any, away: Callable[[float], float], low: float, high: float
) -> float:
    try:
        return float(brentq(away, low, high, xtol=1e-300, rtol=1e-15, maxiter=500))
    except (ValueError, RuntimeError):  # no value in between, or no end of it
        return math.nan


def _is_reached(
    one: Lever, method: Method, params: Any, position: float, target: float
) -> bool:
    """Whether the method gives the target there: no pole, nothing refused."""
    if not one.admits(position):
        return False
    try:
        one.value(method, params, position)
    except UserError:
        return False
    size = max(abs(target), abs(one.reckoned(method, params, one.centre)))
    away = abs(one.reckoned(method, params, position) - target)
    return away <= _CLOSE * size if size else away == 0


def _distinct(found: list[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for one in found:
        if not kept or abs(one - kept[-1]) > 1e-9 * max(abs(one), abs(kept[-1])):
            kept.append(one)
    return tuple(kept)
