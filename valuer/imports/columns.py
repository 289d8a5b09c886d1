"""Find the header of a list and what its columns hold, in Chinese or English.

The header is the row, below any title rows, in which most cells are names we know;
the columns may stand in any order. Where two columns bear names of the same thing
the first is read and the user is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from valuer.imports.column_names import NAMES, PATTERNS

_TITLE_ROWS = 60
_LONGEST_NAME = 80
_SPACE = re.compile(r"[\s_.:：*#\"'“”]+")
_CHINESE = re.compile(r"[一-鿿][一-鿿/()]*")
# 分类号 alone is the IPC; behind another scheme's name it is that scheme's.
_OTHER_SCHEME = re.compile(r"(CPC|USPC?|FI|F-?TERM|ECLA|LOC(ARNO)?|DWPI)\W*分类", re.I)
_LATIN = re.compile(r"[A-Za-z][A-Za-z/() ]*")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a list's header stands and what its columns hold.

    Attributes:
        row: row of the header, from 0; -1 where there is none.
        columns: column of each thing, from 0.
        doubled: pairs of (column read, column left out) with names of one thing.
    """

    row: int
    columns: Mapping[str, int]
    doubled: tuple[tuple[int, int], ...] = ()


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Return the header of a list; without columns if there is none."""
    best = Header(-1, {})
    for place, cells in enumerate(rows[:_TITLE_ROWS]):
        found = _read(place, cells)
        if len(found.columns) > len(best.columns):
            best = found
    return best


def header_key(text: str) -> str:
    """Return a name in the form in which names are compared."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("(s)", "")
    plain = _SPACE.sub("", plain)
    return plain.removesuffix("s") if plain.isascii() else plain


def _read(place: int, cells: Sequence[str]) -> Header:
    columns: dict[str, int] = {}
    doubled = []
    unnamed = []
    for column, text in enumerate(cells):
        if not text or len(text) > _LONGEST_NAME:
            continue
        field = _named(text)
        if not field:
            unnamed.append(column)
        elif field in columns:
            doubled.append((columns[field], column))
        else:
            columns[field] = column
    for column in unnamed:
        field = _guessed(header_key(cells[column]))
        if field:
            columns.setdefault(field, column)
    return Header(place, columns, tuple(doubled))


def _named(text: str) -> str:
    known = _known()
    field = known.get(header_key(text), "")
    if field or text.isascii():
        return field
    # A bilingual name: 申请号 Application No.
    plain = unicodedata.normalize("NFKC", text)
    if _OTHER_SCHEME.search(plain):
        return ""
    parts = (_CHINESE.search(plain), _LATIN.search(plain))
    if not all(parts):
        return ""
    found = (known.get(header_key(part[0]), "") for part in parts if part)
    return next(filter(None, found), "")


def _guessed(key: str) -> str:
    for pattern, field in PATTERNS:
        if pattern.search(key):
            return field
    return ""


@cache
def _known() -> dict[str, str]:
    return {header_key(name): field for field, names in NAMES.items() for name in names}
