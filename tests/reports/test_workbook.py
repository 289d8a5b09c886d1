"""Workbooks that are written: numbers are numbers, and a text is never more than one."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.reports.workbook import (
    LONGEST_TEXT,
    PERCENT,
    TEXT,
    WHOLE,
    Formed,
    Sheet,
    SheetColumn,
    workbook,
)

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def written(*rows, heads=("一", "二")) -> bytes:
    columns = tuple(SheetColumn(head) for head in heads)
    sheets = [Sheet("表", columns, rows)]
    return workbook(sheets, title="题", author="作者", at=AT)


def read(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.org","x")',
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "#N/A",
        "'=1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_what_looks_like_a_formula_stays_a_text(text):
    data = written((text, "b"))
    cell = read(data)["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<f " not in sheet


def test_heads_are_texts_too():
    page = read(written(("a", "b"), heads=("=1+1", "@x")))
    assert [cell.data_type for cell in page[1]] == ["s", "s"]


@given(st.text(max_size=40))
def test_any_text_is_written_and_read_without_a_formula(text):
    cell = read(written((text, "b")))["A2"]
    assert cell.data_type != "f"
    assert cell.value is None or isinstance(cell.value, str)


def test_what_no_workbook_may_hold_is_left_out():
    page = read(written(("a\x00b\x07c\ud800", "长" * (LONGEST_TEXT + 5))))
    assert page["A2"].value == "abc"
    assert len(page["B2"].value) == LONGEST_TEXT


def test_numbers_days_and_formats_are_kept():
    columns = (
        SheetColumn("n", WHOLE),
        SheetColumn("值", TEXT),
        SheetColumn("日", "yyyy-mm-dd"),
    )
    rows = [(1234, Formed(0.553, PERCENT), date(2026, 9, 30)), (None, None, None)]
    data = workbook([Sheet("a/b:[c]*?", columns, rows)], title="", author="", at=AT)
    page = read(data)
    assert page.title == "a b  c"
    assert (page["A2"].value, page["A2"].number_format) == (1234, WHOLE)
    assert (page["B2"].value, page["B2"].number_format) == (0.553, PERCENT)
    assert page["C2"].value == datetime(2026, 9, 30)  # noqa: DTZ001 - as it is read
    assert page.freeze_panes == "A2"
    assert [cell.value for cell in page[3]] == [None, None, None]
