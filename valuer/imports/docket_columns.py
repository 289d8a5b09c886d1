"""Find the header of a docket list and what its columns hold, by names or a profile.

The header is the row, below any title rows, in which most cells are names we know, or
most headings of the profile. A field may have several columns: the one most believed
comes first, and parts of what a case has several of stand as the list has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from valuer.agency.docket_fields import Holds, field_of
from valuer.agency.docket_profiles import Profile
from valuer.imports.columns import header_key
from valuer.imports.docket_names import PATTERNS, known_names
from valuer.imports.table import Table

TITLE_ROWS = 60
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a list's header stands and what its columns hold.

    Attributes:
        row: row of the header, from 0; -1 where there is none.
        of: columns (from 0) of each field, the most believed first.
        doubled: pairs of (column read, column left out) that bear one name.
        names: every heading, in the form in which names are compared.
        absent: headings of the profile that the list has not.
    """

    row: int = -1
    of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    doubled: tuple[tuple[int, int], ...] = ()
    names: frozenset[str] = frozenset()
    absent: tuple[str, ...] = ()

    @property
    def names_cases(self) -> bool:
        """Whether a column tells which case a row is."""
        return "number" in self.of or "reference" in self.of


def columns_of(table: Table) -> Columns:
    """Return what the columns of a list hold by their names."""
    best = Columns()
    for row, cells in enumerate(table.rows[:TITLE_ROWS]):
        found = _named(row, cells)
        if len(found.of) > len(best.of):
            best = found
    return best


def columns_by(table: Table, profile: Profile) -> Columns:
    """Return what the columns of a list hold by a profile."""
    wanted: dict[str, list[str]] = {}
    for heading, key in profile.columns:
        wanted.setdefault(header_key(heading), []).append(key)
    best = Columns()
    most = 0
    for row, cells in enumerate(table.rows[:TITLE_ROWS]):
        keys = [header_key(text) for text in cells]
        known = len(wanted.keys() & set(keys))
        if known > most:
            most, best = known, _wanted(row, keys, wanted)
    absent = (each for each, _ in profile.columns if header_key(each) not in best.names)
    return replace(best, absent=tuple(dict.fromkeys(absent)))


def headings_of(table: Table) -> tuple[int, tuple[str, ...]]:
    """Return the row of a list's header (from 0) and its headings as they stand.

    Where no name is known it is the first row in which most cells are filled.
    """
    row = columns_of(table).row
    if row < 0:
        width = max(map(len, table.rows[:TITLE_ROWS]), default=0)
        filled = [sum(map(bool, cells)) for cells in table.rows[:TITLE_ROWS]]
        enough = (place for place, count in enumerate(filled) if count * 2 > width)
        row = next(enough, 0)
    cells = table.rows[row] if row < len(table.rows) else []
    return row, tuple(" ".join(text.split()) for text in cells)


def key_of(heading: str) -> str:
    """Return what a column of this name holds, or ""."""
    plain = header_key(heading)
    if plain in known_names():
        return known_names()[plain][0]
    for pattern, key in PATTERNS:
        if pattern.search(plain):
            return key
    return ""


def _named(row: int, cells: Sequence[str]) -> Columns:
    ranked: dict[str, list[tuple[int, int]]] = {}
    first: dict[str, int] = {}
    doubled = []
    for column, plain in _names(cells):
        key = key_of(plain)
        # The same name twice is one column too many; a pattern may come several times.
        if plain in first and key and "." not in key:
            doubled.append((first[plain], column))
        elif key:
            rank = known_names().get(plain, (key, 0))[1]
            ranked.setdefault(key, []).append((rank, column))
        first.setdefault(plain, column)
    of = {key: _in_order(key, found) for key, found in ranked.items()}
    return Columns(row, of, tuple(doubled), frozenset(first))


def _in_order(key: str, found: list[tuple[int, int]]) -> tuple[int, ...]:
    """Return columns the most believed first; people and parts as the list has them."""
    if "." in key or key == "agents":
        return tuple(column for _, column in found)
    return tuple(column for _, column in sorted(found))


def _wanted(row: int, keys: Sequence[str], wanted: Mapping[str, list[str]]) -> Columns:
    found: dict[str, list[int]] = {}
    doubled = []
    first: dict[str, int] = {}
    for column, plain in enumerate(keys):
        for key in wanted.get(plain, ()):
            held = field_of(key)
            if plain in first and held and held.holds is not Holds.PEOPLE:
                doubled.append((first[plain], column))
            else:
                found.setdefault(key, []).append(column)
        first.setdefault(plain, column)
    of = {key: tuple(columns) for key, columns in found.items()}
    return Columns(row, of, tuple(doubled), frozenset(keys))


def _names(cells: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the cells of a row that may be names, in the form in which they compare."""
    for column, text in enumerate(cells):
        plain = header_key(text) if len(text) <= _LONGEST_NAME else ""
        if plain:
            yield column, plain
