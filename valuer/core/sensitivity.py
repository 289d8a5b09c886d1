"""One-way sensitivity (敏感性分析): one input moves, the others stay.

A fixed input moves by a share of itself either way, an uncertain one from its 5 % to
its 95 % quantile; a series moves in all its places together, and so does a column of
a table, unless each row of the table is an input of its own. Values are recomputed by
the method's own formula, never estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import is_distribution, within
from valuer.core.method import Method, centred
from valuer.core.params import Kind, Parameter
from valuer.core.slots import Slot, mapped, slots
from valuer.core.texts import N_, Message, message

SHARE = 0.1
"""How far a fixed input moves either way, as a share of itself."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input does to the value.

    Attributes:
        name: the input as JSON calls it, ``items.amount`` for a column,
            ``items[0].amount`` for a row of it.
        label: what people call it.
        kind: what kind of number it is.
        low_input, high_input: ends of its range; None where several move together.
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
    inputs = inputs_of(params)
    found = (_swing(method, centre, given, share) for given in inputs.values())
    return tuple(sorted(filter(None, found), key=lambda swing: -swing.width))


def inputs_of(params: Any) -> dict[str, list[tuple[Slot, Any]]]:
    """Return the inputs that move, by name, each with the numbers that move as one."""
    inputs: dict[str, list[tuple[Slot, Any]]] = {}
    for slot, value in slots(params):
        if slot.parameter.is_base and not is_distribution(value):
            continue
        inputs.setdefault(_name(slot), []).append((slot, value))
    return inputs


def _swing(
    method: Method, centre: Any, given: list[tuple[Slot, Any]], share: float
) -> Swing | None:
    """Return the swing of one input; None where nothing moves."""
    slot, is_alone = given[0][0], len(given) == 1
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
        _name(slot),
        _label(slot),
        slot.parameter.measure.kind,
        ends[0][slot.index] if is_alone else None,
        ends[1][slot.index] if is_alone else None,
        low,
        high,
        is_drawn=any(drawn),
        is_moved=not all(drawn),
    )


def _name(slot: Slot) -> str:
    """Return what a slot moves with."""
    if slot.table is None or not slot.table.by_row:
        return slot.path
    return f"{slot.table.name}[{slot.index[0]}].{slot.parameter.name}"


def _label(slot: Slot) -> Message:
    if slot.table is None or not slot.table.by_row:
        return slot.label
    text = N_("{row}: {column}")
    return message(text, row=slot.row, column=message(slot.parameter.label))


def _put(params: Any, array: str, numbers: dict[tuple[int, ...], float]) -> Any:
    """Return the parameters with some numbers of one array replaced."""

    def change(slot: Slot, value: Any) -> Any:
        return numbers.get(slot.index, value) if slot.array == array else value

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
