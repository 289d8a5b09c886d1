"""Write workbooks (xlsx): numbers as numbers, texts as texts, whatever they begin with.

A text such as ``=1+1`` or ``@SUM(A1)`` stays a text: it is stored as one and marked as
typed with an apostrophe, so no program that opens the file reckons it or follows a link.
Characters that no workbook may hold are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from valuer.core.progress import Progress, ignore

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
"""What one cell and one sheet may hold."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_NAMES = re.compile(r"[\\/*?:\[\]']")
_LONGEST_NAME = 31

_RISKY = tuple("=+-@#'\t\r\n")
"""What a text may begin with that some program takes for more than a text."""

TEXT = "@"
BARE = "0"
WHOLE = "#,##0"
DECIMAL = "#,##0.00"
PERCENT = "0.0%"
DAY = "yyyy-mm-dd"

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its head, the format of its numbers, its width in characters."""

    head: str
    form: str = TEXT
    width: float = 12


@dataclass(frozen=True, slots=True)
class Formed:
    """A number with a format of its own, where a column holds several kinds."""

    value: float | None
    form: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its heads; without heads it stands as it is."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Value | Formed]]
    has_heads: bool = True


def workbook(
    sheets: Sequence[Sheet],
    *,
    title: str,
    author: str,
    at: datetime,
    progress: Progress = ignore,
) -> bytes:
    """Return a workbook of these sheets.

    Args:
        sheets: in their order; rows are taken one by one.
        title: shown as a property of the file.
        author: the same.
        at: when it was made.
        progress: hears the sheets and may raise ``Cancelled``.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = plain(title), plain(author)
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    for number, sheet in enumerate(sheets):
        progress(number, len(sheets))
        _fill(book.create_sheet(sheet_name(sheet.name)), sheet, progress)
    out = io.BytesIO()
    book.save(out)
    progress(len(sheets), len(sheets))
    return out.getvalue()


def plain(text: str) -> str:
    """Return a text without what no workbook may hold, as long as a cell may be."""
    return _FORBIDDEN.sub("", text)[:LONGEST_TEXT]


def sheet_name(name: str) -> str:
    """Return a name that a sheet may have."""
    return _IN_NAMES.sub(" ", plain(name)).strip()[:_LONGEST_NAME] or "1"


def _fill(page: Any, sheet: Sheet, progress: Progress) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    if sheet.has_heads:
        page.freeze_panes = "A2"
        heads = [_head(page, column.head) for column in sheet.columns]
        page.append(heads)
    most = MOST_ROWS - sheet.has_heads
    for number, row in enumerate(sheet.rows):
        if number == most:
            break
        if number % 5000 == 0:
            progress(0, 0)
        page.append(
            [
                _cell(page, value, column.form)
                for value, column in zip(row, sheet.columns, strict=True)
            ]
        )


def _head(page: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    head = WriteOnlyCell(page, plain(text))
    head.data_type = "s"
    head.font = Font(bold=True)
    head.alignment = Alignment(wrap_text=True, vertical="top")
    return head


def _cell(page: Any, value: Value | Formed, form: str) -> Any:
    if isinstance(value, Formed):
        return _value_cell(page, value.value, value.form)
    return _value_cell(page, value, form)


def _value_cell(page: Any, value: Value, form: str) -> Any:
    """Return a cell, or the bare value where a cell would say no more: it is faster."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        text = plain(value)
        if text[:1] not in _RISKY:
            return text or None
        cell = WriteOnlyCell(page, text)
        # openpyxl takes what begins with "=" for a formula, "#N/A" for an error.
        cell.data_type = "s"
        cell.number_format = TEXT
        cell.quotePrefix = True
        return cell
    if value is None or form in (BARE, DAY):
        return value
    cell = WriteOnlyCell(page, value)
    cell.number_format = form
    return cell
