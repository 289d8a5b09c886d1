"""A guess at what the columns of an agency's own list hold, for its mapping.

The guess goes by the headings first; a column whose heading says nothing is known by
what its cells hold, if that leaves no doubt: application numbers, status words, kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from valuer.core.patent_numbers import looks_like_chinese_application
from valuer.imports.docket_columns import columns_of, headings_of, key_of
from valuer.imports.docket_rows import tells_outcome
from valuer.imports.docket_values import kind_of, texts_of
from valuer.imports.table import Table

_SAMPLE = 40
_MOST = 0.8
_LONGEST_KIND = 8


def suggested_keys(table: Table) -> Mapping[int, str]:
    """Return by column (from 0) the field it seems to hold, each field once.

    Parts of what a case has several of, and signing agents, may have several columns.
    """
    row, headings = headings_of(table)
    found: dict[int, str] = {}
    for key, columns in columns_of(table).of.items():
        several = "." in key or key == "agents"
        found |= dict.fromkeys(columns if several else columns[:1], key)
    for column, heading in enumerate(headings):
        if heading and column not in found and not key_of(heading):
            key = _held(table, row, column)
            if key and key not in found.values():
                found[column] = key
    return found


def _held(table: Table, row: int, column: int) -> str:
    """Return what nearly all filled cells of a column hold, or ""."""
    texts: list[str] = []
    for cells in table.rows[row + 1 :]:
        texts += filter(None, texts_of(cells[column : column + 1], 0))
        if len(texts) >= _SAMPLE:
            break
    for key, holds in _HOLDS:
        if texts and sum(map(holds, texts)) > _MOST * len(texts):
            return key
    return ""


def _is_kind(text: str) -> bool:
    return len(text) <= _LONGEST_KIND and kind_of(text) is not None


_HOLDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("number", looks_like_chinese_application),
    ("status", tells_outcome),
    ("kind", _is_kind),
)
