"""What the formats of patent lists share: the header, the rows, evidence of a format.

A list is recognised by what its cells hold, not by its headers' language: the header
is found in either language, and where the column of numbers has no name we know it
is found by its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from valuer.core.patent_numbers import (
    looks_like_chinese_application,
    publication_number,
)
from valuer.core.patents import Source
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.imports.columns import Header, find_header
from valuer.imports.result import Report
from valuer.imports.rows import Manner, RowReader
from valuer.imports.table import Table

_SAMPLE = 40
_MOST = 0.6
_TIDY = re.compile(r"(?:CN|ZL)?[\d.\sXx]+|[A-Z]{2}.*")


def list_header(table: Table) -> Header:
    """Return a list's header, its columns of numbers settled by what they hold."""
    header = find_header(table.rows)
    columns = dict(header.columns)
    either = columns.pop("either", None)
    candidates = [] if either is None else [either]
    if len(header.columns) >= 2 and "number" not in columns:
        if "publication" not in columns:
            width = max(map(len, table.rows), default=0)
            taken = set(columns.values())
            candidates += [one for one in range(width) if one not in taken]
        for column in candidates:
            if share(table, header, column, looks_like_chinese_application) > _MOST:
                columns["number"] = column
                break
    if "number" not in columns and "publication" not in columns:
        for column in candidates:
            if share(table, header, column, looks_like_publication) > _MOST:
                columns["publication"] = column
                break
    return replace(header, columns=columns)


def looks_like_publication(text: str) -> bool:
    """Tell whether a text has the shape of a publication number with its country."""
    return bool(_TIDY.fullmatch(text)) and publication_number(text).is_sound


def share(
    table: Table, header: Header, column: int | None, holds: Callable[[str], bool]
) -> float:
    """Return the share of the filled cells at a column's top that hold something."""
    cells = list(sample(table, header, column))
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def sample(table: Table, header: Header, column: int | None) -> Iterator[str]:
    """Yield the first filled cells of a column below the header."""
    if column is None:
        return
    count = 0
    for cells in table.rows[header.row + 1 :]:
        text = cells[column].strip() if column < len(cells) else ""
        if text:
            yield text
            count += 1
        if count >= _SAMPLE:
            return


def read_list(
    table: Table, manner: Manner, source: Source, progress: Progress
) -> Report:
    """Return the patents of a list, in a format's manner."""
    header = list_header(table)
    report = RowReader(table, header, manner, source).read(progress)
    for read, left_out in header.doubled:
        text = N_(
            "Columns {read} and {left_out} bear names of the same thing; the first was"
            " read."
        )
        places = {"read": read + 1, "left_out": left_out + 1}
        report.doubt(message(text, **places), header.row + 1, left_out + 1)
    return report
