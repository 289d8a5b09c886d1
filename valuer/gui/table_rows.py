"""The rows of a table parameter, as they are typed: no Qt, no notation.

Cells hold JSON, nothing, or what cannot be read. A column that lies across another
table stands as one column for each row of that table, and moves with those rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from valuer.core.params import Kind, Parameter

Row = dict[str, Any]

Order = list[int | None]
"""For each row of a table its place before, None where it is new."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What was typed into a cell and cannot be read."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column shown: its parameter, and its place where it lies across a table."""

    one: Parameter
    place: int | None = None
    name: str = ""


class TableRows:
    """Rows under columns. See the module's text."""

    def __init__(self, table: Parameter) -> None:
        self._table = table
        self._rows: list[Row] = []
        self._places: dict[str, list[str]] = {}
        self.columns = self._columns()

    def __len__(self) -> int:
        """Return how many rows there are, those still empty among them."""
        return len(self._rows)

    @property
    def value(self) -> list[Row]:
        """The rows as JSON; cells empty or not readable are left out.

        Empty rows at the end are none.
        """
        found = [self._plain(row) for row in self._rows]
        while found and not found[-1]:
            found.pop()
        return found

    @property
    def unread(self) -> int:
        """How many cells cannot be read."""
        cells = [cell for row in self._rows for cell in row.values()]
        parts = [part for cell in cells if _is_list(cell) for part in cell]
        return sum(isinstance(cell, Unread) for cell in (*cells, *parts))

    @property
    def names(self) -> list[str]:
        """What each row is called: its first words, else its number."""
        columns = self._table.columns
        words = [one.name for one in columns if one.measure.kind is Kind.TEXT]
        found = [str(row.get(words[0], "")) if words else "" for row in self.value]
        return [name or str(number) for number, name in enumerate(found, 1)]

    def put(self, rows: Sequence[Row]) -> None:
        """Hold rows given as JSON."""
        self._rows = [dict(row) for row in rows]

    def put_places(self, across: str, names: Sequence[str]) -> bool:
        """Name the rows of the table that a column lies across; False if as before."""
        if self._places.get(across) == list(names):
            return False
        self._places[across] = list(names)
        self.columns = self._columns()
        return True

    def follow(self, across: str, order: Order) -> None:
        """Let figures across a table move with the rows of that table."""
        names = [c.name for c in self._table.columns if c.measure.across == across]
        for row in self._rows:
            for name in (name for name in names if row.get(name) is not None):
                row[name] = [_at(row[name], former) for former in order]

    def cell(self, row: int, column: int) -> Any:
        """Return the value of a cell, None where it is empty."""
        if not 0 <= row < len(self._rows):
            return None
        shown = self.columns[column]
        value = self._rows[row].get(shown.one.name)
        return value if shown.place is None else _at(value, shown.place)

    def set(self, row: int, column: int, value: Any) -> None:
        """Put a value into a cell."""
        shown, cells = self.columns[column], self._rows[row]
        if shown.place is None:
            cells[shown.one.name] = value
            return
        known = cells.get(shown.one.name)
        count = len(self._places[shown.one.measure.across])
        parts = [_at(known, place) for place in range(count)]
        parts[shown.place] = value
        cells[shown.one.name] = parts

    def arrange(self, order: Order, new: Sequence[Row] = ()) -> None:
        """Bring the rows into another order; ``new`` stand where it says None."""
        rows = iter(new)
        self._rows = [
            dict(next(rows)) if former is None else self._rows[former]
            for former in order
        ]

    def _columns(self) -> tuple[Column, ...]:
        found: list[Column] = []
        for one in self._table.columns:
            if one.measure.across:
                names = self._places.get(one.measure.across, [])
                found += [Column(one, *pair) for pair in enumerate(names)]
            else:
                found.append(Column(one))
        return tuple(found)

    def _plain(self, row: Row) -> Row:
        counts = {
            one.name: len(self._places.get(one.measure.across, ()))
            for one in self._table.columns
            if one.measure.across
        }
        found: Row = {}
        for name, cell in row.items():
            if name in counts and _is_list(cell):
                parts = [_given(_at(cell, place)) for place in range(counts[name])]
                if any(part is not None for part in parts):
                    found[name] = parts
            elif _given(cell) is not None:
                found[name] = cell
        return found


def _at(value: Any, place: int | None) -> Any:
    """Return one figure of a series within a row, None where there is none."""
    if not _is_list(value):
        return None
    return value[place] if place is not None and place < len(value) else None


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _given(value: Any) -> Any:
    return None if isinstance(value, Unread) or value == "" else value
