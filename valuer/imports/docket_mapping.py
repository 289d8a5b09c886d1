"""What a dialog needs to map a list's columns: its sheets, a guess, a preview.

The guess goes by the headings first; a column whose heading says nothing is known by
what its cells hold, if that leaves no doubt: application numbers, status words, kinds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from valuer.agency.docket import Case
from valuer.agency.docket_profiles import Profile
from valuer.core.patent_numbers import looks_like_chinese_application
from valuer.core.patents import Source
from valuer.core.problems import Issue
from valuer.core.progress import Progress, ignore
from valuer.imports.columns import header_key
from valuer.imports.docket_columns import columns_of, headings_of, key_of
from valuer.imports.docket_rows import tells_outcome
from valuer.imports.docket_tables import known_by, read_known, unknown_statuses
from valuer.imports.docket_values import kind_of
from valuer.imports.reading import file_bytes
from valuer.imports.table import Table
from valuer.imports.tables import read_tables

SHOWN = 20
"""Rows of a preview."""

_SAMPLE = 40
_MOST = 0.8
_LONGEST_KIND = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a list as a dialog shows it.

    Attributes:
        row: row of the headings, from 1.
        headings: as they stand; "" where a column has none.
        samples: the first rows below, as many cells as there are headings.
        table: what ``preview`` reads.
    """

    name: str
    row: int
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a list as cases, with what is doubtful or was refused."""

    cases: tuple[Case, ...]
    refused: int
    issues: tuple[Issue, ...]


def sheets_of(path: Path, progress: Progress = ignore) -> tuple[Sheet, ...]:
    """Return the sheets of a list that hold anything.

    Raises:
        UserError: it cannot be read as a table.
    """
    tables = read_tables(file_bytes(path), path.name, progress)
    return tuple(_sheet(table) for table in tables if any(map(any, table.rows)))


def suggested_profile(table: Table, name: str = "") -> Profile:
    """Return a guess at what the columns hold; columns that say nothing are left out."""
    row, headings = headings_of(table)
    named = columns_of(table)
    first: dict[int, str] = {}
    for key, columns in named.of.items():
        several = "." in key or key == "agents"
        first |= dict.fromkeys(columns if several else columns[:1], key)
    taken = set(first.values())
    for column, heading in enumerate(headings):
        if column in first or not heading or key_of(heading):
            continue
        key = _held(table, row, column)
        if key and key not in taken:
            first[column] = key
            taken.add(key)
    seen: set[str] = set()
    pairs = []
    for column in sorted(first):
        plain = header_key(headings[column])
        if plain and plain not in seen:
            pairs.append((headings[column], first[column]))
            seen.add(plain)
    return Profile(name, tuple(pairs))


def preview(table: Table, profile: Profile, most: int = SHOWN) -> Preview:
    """Return the first rows of a table as a profile reads them."""
    known = known_by(table, profile)
    if known is None:
        return Preview((), 0, ())
    reader = read_known(known, Source(), ignore, most)
    issues = sorted(reader.report.issues, key=lambda one: one.row or 0)
    return Preview(
        tuple(reader.cases),
        reader.report.refused,
        (*issues, *unknown_statuses(reader)),
    )


def _sheet(table: Table) -> Sheet:
    row, headings = headings_of(table)
    width = len(headings)
    below = (cells for cells in table.rows[row + 1 :] if any(cells))
    shown = islice(below, SHOWN)
    samples = tuple(tuple((*cells, *[""] * width)[:width]) for cells in shown)
    return Sheet(table.sheet, row + 1, headings, samples, table)


def _held(table: Table, row: int, column: int) -> str:
    """Return what nearly all filled cells of a column hold, or ""."""
    below = (
        cells[column].strip() for cells in table.rows[row + 1 :] if len(cells) > column
    )
    filled = [text for text in below if text][:_SAMPLE]
    for key, holds in _HOLDS:
        if filled and sum(map(holds, filled)) > _MOST * len(filled):
            return key
    return ""


def _is_kind(text: str) -> bool:
    return len(text) <= _LONGEST_KIND and kind_of(text) is not None


_HOLDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("number", looks_like_chinese_application),
    ("status", tells_outcome),
    ("kind", _is_kind),
)
