"""Columns: what is given of many patents, a parameter each.

A column has an entry for each patent: a list of what the parameter's JSON would be, an
array of numbers or days, an array (patents, periods) whose rows may end in NaN where a
series is shorter, or a distribution whose figures are columns themselves. What stands
alone (a number, a word, a day, a distribution of plain figures) is that of all; a
series or table that all have goes in ``Same``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.problems import UserError
from valuer.core.texts import N_

Column = Any
"""An entry for each patent, or one of all; see the head of this module."""

Columns = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Same:
    """One entry that all patents have, where its own length would mislead."""

    value: Any


def count_of(columns: Columns) -> int:
    """Return how many patents there are.

    Raises:
        UserError: columns differ in length, or none says how many.
    """
    counts = {
        name: length
        for name, column in columns.items()
        for length in _lengths(column)
        if length is not None
    }
    if not counts:
        raise UserError(N_("No column says how many patents there are."))
    least, most = (
        min(counts, key=counts.__getitem__),
        max(counts, key=counts.__getitem__),
    )
    if counts[least] != counts[most]:
        raise UserError(
            N_(
                "Column “{least}” has {few} rows and column “{most}” {many}; give one of"
                " each patent."
            ),
            least=least,
            few=counts[least],
            most=most,
            many=counts[most],
        )
    return counts[most]


def is_column(column: Column) -> bool:
    """Whether something has an entry for each patent."""
    return isinstance(column, np.ndarray | Sequence) and not isinstance(column, str)


def _lengths(column: Column) -> list[int | None]:
    if isinstance(column, Mapping):
        return [len(one) for one in column.values() if is_column(one)]
    return [len(column) if is_column(column) else None]


def part(columns: Columns, start: int, end: int) -> dict[str, Column]:
    """Return the columns of the patents from ``start`` to before ``end``."""
    return {name: _part(column, start, end) for name, column in columns.items()}


def _part(column: Column, start: int, end: int) -> Column:
    if isinstance(column, Mapping):
        return part(column, start, end)
    return column[start:end] if is_column(column) else column


def row_of(columns: Columns, place: int) -> dict[str, Any]:
    """Return the parameters of one patent as JSON would have them."""
    row = {name: _entry(column, place) for name, column in columns.items()}
    return {name: entry for name, entry in row.items() if entry is not None}


def _entry(column: Column, place: int) -> Any:
    if isinstance(column, Same):
        return column.value
    if isinstance(column, Mapping):
        return row_of(column, place)
    if not is_column(column):
        return column
    entry = column[place]
    if isinstance(entry, np.datetime64):
        return entry.astype("datetime64[D]").astype(object)
    if isinstance(entry, np.ndarray) and entry.dtype.kind == "f":
        return entry[: filled(entry[np.newaxis])[0]].tolist()
    return entry.tolist() if isinstance(entry, np.ndarray | np.generic) else entry


def filled(series: np.ndarray[Any, np.dtype[Any]]) -> np.ndarray[Any, np.dtype[Any]]:
    """Return how many figures each row has before the NaN that end it."""
    is_figure = ~np.isnan(series)
    last = series.shape[1] - np.argmax(is_figure[:, ::-1], axis=1)
    return np.where(is_figure.any(axis=1), last, 0)


def days_of(column: Column) -> np.ndarray[Any, np.dtype[Any]] | None:
    """Return the days of a column of dates, or None where one is no day."""
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        return column.astype("datetime64[D]")
    if not all(type(one) is date or _is_day(one) for one in column):
        return None
    try:
        return np.array(column, dtype="datetime64[D]")
    except ValueError:
        return None  # told of its row where rows are read one by one


def _is_day(given: Any) -> bool:
    return (
        isinstance(given, str)
        and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given) is not None
    )
