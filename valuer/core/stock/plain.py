"""Plain rows: the formula's arguments straight from columns, no loop over patents.

Where a method says which rows are plainly sound (``Method.sound``), their numbers are
judged as columns and their days become years as columns. Any row that is not plainly
sound is left to be read by itself, as a single run is, and told of. One row is laid out
both ways; were these to differ, all rows would be left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from valuer.core.distributions import DISTRIBUTIONS, Distribution, Floats
from valuer.core.entries import read_params
from valuer.core.method import Method, centred, rounding_of
from valuer.core.params import Kind, Parameter, Shape, parameters
from valuer.core.problems import Severity
from valuer.core.quantities import LONGEST
from valuer.core.slots import number_arrays, slots
from valuer.core.stock.batches import Batch, Drawn, Places
from valuer.core.stock.columns import Columns, days_of, filled, is_column, row_of
from valuer.core.stock.dates import DATES, Days, periods_of_rows
from valuer.core.stock.sound import Alike, Bools

_LAID = ("start", "end", "length")


@dataclass(frozen=True, slots=True)
class _Read:
    """Columns read as such.

    Attributes:
        numbers: (rows, 1), or (rows, periods) of a series.
        dists: the distributions of each row.
        is_sound: which rows have all their figures in range.
        code: rows with the same number have the same settings and lengths.
    """

    numbers: dict[str, Floats]
    days: dict[str, Days]
    dists: dict[str, list[Distribution]]
    is_sound: Bools
    code: Places


def plain_batches(
    method: Method, columns: Columns, count: int
) -> tuple[list[Batch], Places]:
    """Return batches of plainly sound rows, and the places of the others."""
    everything = np.arange(count)
    read = _read(method, columns, count) if method.sound else None
    if read is None:
        return [], everything
    found = [
        batch
        for rows in _groups(read, everything)
        if (batch := _batch(method, columns, read, rows)) is not None
    ]
    is_left = np.ones(count, dtype=np.bool_)
    for batch in found:
        is_left[batch.rows] = False
    return found, everything[is_left]


def _groups(read: _Read, everything: Places) -> Iterator[Places]:
    rows = everything if read.is_sound.all() else everything[read.is_sound]
    if not read.code.any():
        yield from [rows] if len(rows) else []
        return
    for code in np.unique(read.code[rows]):
        is_same = read.code[rows] == code
        yield rows if is_same.all() else rows[is_same]


def _read(method: Method, columns: Columns, count: int) -> _Read | None:
    """Return the columns read, or None where one of them is of no plain kind."""
    read = _Read({}, {}, {}, np.ones(count, np.bool_), np.zeros(count, np.int64))
    known = {one.name: one for one in parameters(method.params)}
    for name, column in columns.items():
        one = known.get(name)
        if one is None or not _read_column(one, column, read):
            return None
    return read


def _read_column(one: Parameter, column: Any, read: _Read) -> bool:
    """Note a column; return whether it is of a plain kind."""
    if isinstance(column, Mapping):
        return _read_distributions(one, column, read)
    if not is_column(column):
        return True  # the same for all: read with the first row
    if one.measure.kind is Kind.DATE:
        days = days_of(column)
        if days is not None:
            read.days[one.name] = days
        return days is not None
    if one.is_number:
        return _read_numbers(one, column, read)
    if not all(isinstance(entry, str) for entry in column):
        return False
    _, codes = np.unique(np.asarray(column), return_inverse=True)
    _distinguish(read, codes)
    return True


def _read_numbers(one: Parameter, column: Any, read: _Read) -> bool:
    if not isinstance(column, np.ndarray):
        if not {type(entry) for entry in column} <= {int, float}:
            return False
        column = np.array(column, dtype=np.float64)
    if column.dtype.kind not in "fiu" or column.ndim not in (1, 2):
        return False
    is_series = column.ndim == 2
    if one.measure.shape is (Shape.SINGLE if is_series else Shape.SERIES):
        return False
    figures = np.asarray(column, dtype=np.float64)
    if not is_series:
        figures = figures[:, np.newaxis]
    if not 1 <= figures.shape[1] <= LONGEST:
        return False
    judged = figures
    if is_series and np.isnan(figures[:, -1]).any():
        lengths = filled(figures)
        _distinguish(read, lengths)
        is_tail = np.arange(figures.shape[1]) >= lengths[:, np.newaxis]
        judged = np.where(is_tail, figures[:, :1], figures)
    _judge(one, judged, read)
    read.numbers[one.name] = figures
    return True


def _distinguish(read: _Read, codes: Places) -> None:
    """Part the rows by a further code."""
    read.code[:] = read.code * (int(codes.max()) + 1) + codes


def _judge(one: Parameter, figures: Floats, read: _Read) -> None:
    """Mark the rows whose figures are not all finite and in range."""
    ends = float(figures.min()), float(figures.max())
    if all(np.isfinite(end) and one.admits(end) for end in ends):
        return
    is_in = np.isfinite(figures)
    if one.low is not None:
        is_in &= figures > one.low if one.above else figures >= one.low
    if one.high is not None:
        is_in &= figures <= one.high
    read.is_sound[:] &= is_in.all(axis=1)


def _read_distributions(one: Parameter, column: Mapping[str, Any], read: _Read) -> bool:
    kind = DISTRIBUTIONS.get(str(column.get("dist")))
    figures = {name: given for name, given in column.items() if name != "dist"}
    is_plain = kind is not None and one.is_number
    if kind is None or not is_plain or one.measure.shape is Shape.SERIES:
        return False
    if set(figures) != {field.name for field in fields(kind)}:
        return False
    columns = {}
    for name, given in figures.items():
        is_figure = isinstance(given, int | float | np.ndarray)
        if (
            not is_figure
            or np.ndim(given) > 1
            or np.asarray(given).dtype.kind not in "fiu"
        ):
            return False
        whole = np.broadcast_to(given, read.is_sound.shape).astype(np.float64)
        columns[name] = whole
        if name in ("low", "mode", "high", "mean"):
            _judge(one, whole[:, np.newaxis], read)
        read.is_sound[:] &= np.isfinite(whole)
    rows = zip(*(whole.tolist() for whole in columns.values()), strict=True)
    dists: list[Distribution] = [
        kind(**dict(zip(columns, row, strict=True))) for row in rows
    ]
    for row in np.flatnonzero(read.is_sound):
        read.is_sound[row] = not dists[row].fault()
    read.dists[one.name] = dists
    return True


def _batch(method: Method, columns: Columns, read: _Read, rows: Places) -> Batch | None:
    """Return the sound ones of rows alike as a batch, or None where there is none."""
    one = _params(method, columns, int(rows[0]))
    if one is None or method.sound is None or rounding_of(one):
        return None
    days = _days(read, one, rows)
    is_sound = method.sound(Alike(one, days))
    if not is_sound.all():
        rows = rows[np.broadcast_to(is_sound, rows.shape)]
        if not len(rows):
            return None
        one, days = _params(method, columns, int(rows[0])), _days(read, one, rows)
    if any(issue.severity is Severity.ERROR for issue in method.check(one)):
        return None
    centre = centred(one)
    arrays, given = method.arrays(centre), number_arrays(centre)
    own = {name: _own(read, name, alone, rows) for name, alone in given.items()}
    drawn = _drawn(one, read, rows)
    for each in drawn:
        own[each.slot.array] = np.array([[of.centre] for of in each.of])
    laid = None
    if set(_LAID) <= set(arrays):
        laid = periods_of_rows(one, days, len(arrays["start"]))
    first = own | (laid.of(slice(0, 1)) if laid else {})
    stand = {name for name, value in arrays.items() if isinstance(value, np.ndarray)}
    if stand != set(first) or not all(_is_first(first[n], arrays[n]) for n in stand):
        return None
    shared = {name: value for name, value in arrays.items() if name not in stand}
    return Batch(rows, own, own, shared, drawn, laid)


def _params(method: Method, columns: Columns, row: int) -> Any:
    return read_params(method.params, row_of(columns, row))[0]


def _days(read: _Read, one: Any, rows: Places) -> dict[str, Days]:
    """Return the days that periods come from; (rows,), or (1,) where all share one."""
    found = {}
    for name in DATES:
        if name in read.days:
            found[name] = _at(read.days[name], rows)
        elif hasattr(one, name):
            found[name] = np.array([getattr(one, name)], dtype="datetime64[D]")
    return found


def _own(read: _Read, name: str, alone: Floats, rows: Places) -> Floats:
    """Return a number of each row, (rows, …) or (1, …) where all share one."""
    if name not in read.numbers:
        return np.atleast_1d(alone)[np.newaxis]
    figures = read.numbers[name][:, : alone.size]
    return np.asarray(_at(figures, rows))


def _at(column: Any, rows: Places) -> Any:
    """Return the entries of some rows, without a copy where they are all of them."""
    return column if len(rows) == len(column) else column[rows]


def _drawn(one: Any, read: _Read, rows: Places) -> tuple[Drawn, ...]:
    """Return the uncertain places of the rows."""
    places = {slot.array: slot for slot, _ in slots(one) if slot.array in read.dists}
    return tuple(
        Drawn(slot, tuple(read.dists[name][row] for row in rows))
        for name, slot in places.items()
    )


def _is_first(column: Floats, alone: Floats) -> bool:
    """Whether the first row is laid out as a single run lays it out."""
    return np.array_equal(column[0], np.atleast_1d(alone))
