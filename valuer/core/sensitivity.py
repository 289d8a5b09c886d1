"""One-way sensitivity (敏感性分析): one input moves, the others stay.

A fixed input moves by a share of itself either way, an uncertain one from its 5 % to
its 95 % quantile; a series or a column moves in all its places together. Values are
recomputed by the method's own formula, never estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import is_distribution, within
from valuer.core.method import Method, centred
from valuer.core.params import Kind, Parameter
from valuer.core.slots import Slot, mapped, slots
from valuer.core.texts import Message

SHARE = 0.1
"""How far a fixed input moves either way, as a share of itself."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input does to the value.

    Attributes:
        name: the input as JSON calls it, ``items.amount`` for a column.
        label: what people call it.
        kind: what kind of number it is.
        low_input, high_input: ends of its range; None for a series or a column.
        low, high: the values that result, in the run's currency.
        is_drawn: whether any of it moves by its quantiles.
        is_moved: whether any of it moves by a share of itself.
    """

    name: str
    label: Message
    kind: Kind
    low_input: float | None
    high_input: float | None
    low: float
    high: float
    is_drawn: bool
    is_moved: bool

    @property
    def width(self) -> float:
        """How far the value moves."""
        return abs(self.high - self.low)


def one_way(method: Method, params: Any, share: float = SHARE) -> tuple[Swing, ...]:
    """Return the swing of every number in ``params``, the widest first."""
    centre = centred(params)
    arrays: dict[str, list[tuple[Slot, Any]]] = {}
    for slot, value in slots(params):
        arrays.setdefault(slot.array, []).append((slot, value))
    found = (_swing(method, centre, given, share) for given in arrays.values())
    return tuple(sorted(filter(None, found), key=lambda swing: -swing.width))


def _swing(
    method: Method, centre: Any, given: list[tuple[Slot, Any]], share: float
) -> Swing | None:
    """Return the swing of one array; None where nothing moves."""
    slot = given[0][0]
    ends = [
        {one.index: _moved(one.parameter, value, sign, share) for one, value in given}
        for sign in (-1, 1)
    ]
    if ends[0] == ends[1]:
        return None
    low, high = (_value(method, _put(centre, slot.array, end)) for end in ends)
    if low == high:
        return None
    drawn = [is_distribution(value) for _, value in given]
    return Swing(
        slot.path,
        slot.label,
        slot.parameter.measure.kind,
        None if slot.index else ends[0][()],
        None if slot.index else ends[1][()],
        low,
        high,
        is_drawn=any(drawn),
        is_moved=not all(drawn),
    )


def _put(params: Any, array: str, numbers: dict[tuple[int, ...], float]) -> Any:
    """Return the parameters with the numbers of one array replaced."""

    def change(slot: Slot, value: Any) -> Any:
        return numbers[slot.index] if slot.array == array else value

    return mapped(params, change)


def _value(method: Method, params: Any) -> float:
    arrays = method.arrays(params)
    return float(np.asarray(method.values(arrays)))


def _moved(one: Parameter, given: Any, sign: int, share: float) -> float:
    if is_distribution(given):
        cut = within(given, one.low, one.high)
        return float(cut.quantile(np.asarray(0.5 + 0.45 * sign)))
    moved = given * (1 + sign * share)
    low = -np.inf if one.low is None else one.low
    high = np.inf if one.high is None else one.high
    return float(min(max(moved, low), high))
