"""The numbers of a method's parameters, one by one, wherever they stand.

A number stands alone, in a series, in a column of a table, or in a series within a
row. Whatever treats numbers alike (centres, draws, sensitivity) walks the slots and
need not know the difference. Each has its array in the formula: a column is one array
over the rows, a series within rows one over rows and places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.texts import N_, Message, message


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one number stands.

    Attributes:
        array: the formula's argument that holds it, as in ``items_amount``.
        path: what JSON calls that argument, as in ``items.amount``.
        label: what people call it.
        parameter: what kind of number it is; in a table, its column.
        index: its place in the array; () where it stands alone.
        key: numbers that tell it from every other slot, for its stream of draws.
        table: the table that it stands in, or None.
        row: what its row is called: the first words there, else its number.
    """

    array: str
    path: str
    label: Message
    parameter: Parameter
    index: tuple[int, ...]
    key: tuple[int, ...]
    table: Parameter | None = None
    row: str = ""


Change = Callable[[Slot, Any], Any]
"""Turns the number or distribution of a slot into another."""


def slots(params: Any) -> list[tuple[Slot, Any]]:
    """Return every number or distribution of the parameters with its slot."""
    found: list[tuple[Slot, Any]] = []

    def note(slot: Slot, value: Any) -> Any:
        found.append((slot, value))
        return value

    mapped(params, note)
    return found


def mapped(params: Any, change: Change) -> Any:
    """Return the parameters with every number or distribution changed."""
    changed = {}
    for one in parameters(type(params)):
        value, place = getattr(params, one.name), one.place
        if one.measure.kind is Kind.TABLE:
            changed[one.name] = tuple(
                _mapped_row(one, (place, number), row, change)
                for number, row in enumerate(value)
            )
        elif one.is_number and value is not None:
            slot = Slot(one.name, one.name, message(one.label), one, (), (place,))
            changed[one.name] = _mapped_value(slot, value, change)
    return replace(params, **changed)


def number_arrays(params: Any) -> dict[str, Floats]:
    """Return the numbers by the formula's argument; distributions must be gone.

    Shapes: () alone, (periods,) a series, (rows,) a column, (rows, places) a series
    within rows. A number left out of a row is NaN; one left out altogether is absent.
    """
    found: dict[str, Floats] = {}
    for one in parameters(type(params)):
        value = getattr(params, one.name)
        if one.measure.kind is Kind.TABLE:
            found |= _columns(one, value)
        elif one.is_number and value is not None:
            found[one.name] = _array(value)
    return found


def total(column: Floats) -> Floats:
    """Return the sum over rows: () of (rows,), and (scenarios, 1) of (scenarios, rows).

    The shape is that of a number which stands alone, so that both go together.
    """
    return np.asarray(column.sum(axis=-1, keepdims=column.ndim > 1))


def by_scenario(alone: Floats) -> Floats:
    """Return a number that stands alone as a value: (), or (scenarios,)."""
    return alone[..., 0] if np.ndim(alone) else alone


def array_name(table: Parameter, column: Parameter) -> str:
    """Return the formula's argument for a column."""
    return f"{table.name}_{column.name}"


def _columns(table: Parameter, rows: tuple[Any, ...]) -> dict[str, Floats]:
    """Return the array of each column of numbers."""
    return {
        array_name(table, column): _array([getattr(row, column.name) for row in rows])
        for column in table.columns
        if column.is_number
    }


def _array(given: Any) -> Floats:
    return np.asarray(given, dtype=np.float64)


def _mapped_row(table: Parameter, at: tuple[int, int], row: Any, change: Change) -> Any:
    place, number = at
    name = _row_name(table, row) or str(number + 1)
    changed = {}
    for order, column in enumerate(table.columns):
        value = getattr(row, column.name)
        if not column.is_number or value is None:
            continue
        text = N_("{table}: {column}")
        slot = Slot(
            array_name(table, column),
            f"{table.name}.{column.name}",
            message(text, table=message(table.label), column=message(column.label)),
            column,
            (number,),
            (place, order, number),
            table,
            name,
        )
        changed[column.name] = _mapped_value(slot, value, change)
    return replace(row, **changed)


def _row_name(table: Parameter, row: Any) -> str:
    """Return the first words of a row, or ""."""
    words = (c.name for c in table.columns if c.measure.kind is Kind.TEXT)
    return next((str(getattr(row, name)).strip() for name in words), "")


def _mapped_value(slot: Slot, value: Any, change: Change) -> Any:
    if not isinstance(value, tuple):
        # A single number of old had the place 0, and keeps its draws.
        alone = slot if slot.index else replace(slot, key=(*slot.key, 0))
        return change(alone, value)
    return tuple(change(_within(slot, index), item) for index, item in enumerate(value))


def _within(slot: Slot, index: int) -> Slot:
    # Told one by one: ``replace`` takes ten times as long, and series are long.
    return Slot(
        slot.array,
        slot.path,
        slot.label,
        slot.parameter,
        (*slot.index, index),
        (*slot.key, index),
        slot.table,
        slot.row,
    )
