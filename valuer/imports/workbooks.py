"""Lay workbooks out as tables, through calamine.

The reader's own thread lets progress and Cancel come round while it works; what it
makes of hostile bytes, a panic of its own included, becomes a refusal.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import date, datetime, time
from typing import Any, TypeVar

import python_calamine as calamine

from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.texts import N_
from valuer.imports.extents import Extent, damaged, protected, refuse_vast
from valuer.imports.table import Table

T = TypeVar("T")

LIMIT_SHEETS = 500

_BEAT = 0.05  # seconds between two calls of progress while the reader works
_STEP = 500
_EXACT = 10**15  # a spreadsheet keeps 15 digits; a longer number has been rounded
_MOST_FILLED = 100_000


def read(
    data: bytes, name: str, extents: list[Extent], progress: Progress
) -> list[Table]:
    """Return the sheets of a workbook; ``extents`` is what a first look found.

    Raises:
        UserError: damaged, protected or too large.
    """
    refuse_vast(extents, name)
    opened = _guarded(lambda: calamine.load_workbook(io.BytesIO(data)), name, progress)
    if len(opened.sheet_names) > LIMIT_SHEETS:
        text = N_(
            "{file} has more than {most} sheets; copy the list into a new workbook."
        )
        raise UserError(text, file=name, most=LIMIT_SHEETS)
    tables = []
    seen: list[Extent] = []
    for place, sheet_name in enumerate(opened.sheet_names):
        sheet = _sheet(opened, place, name, progress)
        if sheet is None:
            continue
        seen.append(Extent(sheet.total_height + 1, sheet.total_width + 1))
        refuse_vast(seen, name)
        errors = extents[place].errors if place < len(extents) else {}
        tables.append(_table(sheet, sheet_name, errors, name, progress))
    return tables


def _sheet(
    opened: calamine.CalamineWorkbook, place: int, name: str, progress: Progress
) -> calamine.CalamineSheet | None:
    """Return a sheet, or None for a chart or a macro sheet without cells."""
    if opened.sheets_metadata[place].typ is not calamine.SheetTypeEnum.WorkSheet:
        return None
    return _guarded(lambda: opened.get_sheet_by_index(place), name, progress)


def _guarded(work: Callable[[], T], name: str, progress: Progress) -> T:
    """Return what ``work`` finds; progress comes round while it works."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="workbook")
    future = pool.submit(_refusing, work, name)
    try:
        while True:
            progress(0, 0)
            try:
                return future.result(_BEAT)
            except NotYet:
                continue
    finally:
        pool.shutdown(wait=False)


def _refusing(work: Callable[[], T], name: str) -> T:
    try:
        return work()
    except calamine.PasswordError:
        raise protected(name) from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise damaged(name) from None
    except BaseException as error:
        # The reader is compiled; a bug in it arrives as an exception that is not
        # even an Exception and cannot be imported, so it is known by its name.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from None


def _table(
    sheet: calamine.CalamineSheet,
    sheet_name: str,
    errors: dict[tuple[int, int], str],
    name: str,
    progress: Progress,
) -> Table:
    rows: list[list[str]] = []
    rounded: list[tuple[int, int]] = []
    if sheet.start is None:
        return Table(sheet_name, rows)
    for number, cells in enumerate(_rows(sheet, sheet.start[1], name), 1):
        if number % _STEP == 0:
            progress(0, 0)
        if set(map(type, cells)) == {str}:
            rows.append(cells)
            continue
        rows.append([one if type(one) is str else _text(one) for one in cells])
        for column, one in enumerate(cells, 1):
            if type(one) is float and (one >= _EXACT or one <= -_EXACT):
                rounded.append((number, column))
    _fill_errors(rows, errors)
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return Table(sheet_name, rows, frozenset(rounded))


def _rows(
    sheet: calamine.CalamineSheet, first_column: int, name: str
) -> Iterator[list[Any]]:
    """Yield rows from row 1 and column 1 on; a cell is of any type."""
    # The reader gives the blank rows above the first cell, not the columns before it.
    before = [""] * first_column
    for cells in _refusing(sheet.iter_rows, name):
        yield before + cells if before else cells


def _text(value: Any) -> str:
    """Return a cell as a spreadsheet shows it without any format."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            if value.is_integer() and abs(value) < 1e21:
                return str(int(value))
            return format(value, ".15g")
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _fill_errors(rows: list[list[str]], errors: dict[tuple[int, int], str]) -> None:
    """Put the texts of errors where the reader leaves blanks."""
    for (row, column), text in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = rows[row][column] or text


def _fill_merged(
    rows: list[list[str]],
    ranges: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    """Repeat a cell merged downwards in each of its rows: it is meant for all."""
    left = _MOST_FILLED
    for (top, column), (bottom, last_column) in ranges:
        if column != last_column or column >= len(rows[0]):
            continue
        for row in range(top + 1, min(bottom + 1, len(rows), top + left)):
            rows[row][column] = rows[row][column] or rows[top][column]
            left -= 1
