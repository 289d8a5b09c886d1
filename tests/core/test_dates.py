"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.dates import excel_day, month_end, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-30",
        "2026-9-30",
        "2026.09.30",
        "2026/9/30",
        "2026年9月30日",
        "2026年09月30号",
        "2026 年 9 月 30 日",
        "20260930",
        "２０２６．０９．３０",
        "2026-09-30 00:00:00",
        "2026-09-30T12:30:00Z",
        "9/30/2026",
        "30.9.2026",
        "30/09/2026",
        "30-Sep-2026",
        "30 September 2026",
        "Sep 30, 2026",
        "September 30, 2026",
        " 2026-09-30 ",
    ],
)
def test_every_form_of_a_day_is_the_same_day(text):
    assert parse_date(text) == date(2026, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无数据",
        "2026",
        "2026-13-01",
        "2026-02-30",
        "20260931",
        "03/04/2026",  # the third of April or March the fourth
        "2026-9/30",
        "26-09-30",
        "Ju 3, 2026",  # June or July
        "2026年9月",
    ],
)
def test_what_names_no_day_for_certain_is_none(text):
    assert parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_written_is_the_day_read(day):
    for form in ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"):
        assert parse_date(day.strftime(form)) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text):
    assert parse_date(text) is None or isinstance(parse_date(text), date)


def test_excel_counts_days_from_1900():
    # Excel shows 46295 as 2026-09-30 and 61 as 1900-03-01.
    assert excel_day(46295) == date(2026, 9, 30)
    assert excel_day(46295.75) == date(2026, 9, 30)
    assert excel_day(61) == date(1900, 3, 1)
    assert excel_day(60) is None
    assert excel_day(1e9) is None


@pytest.mark.parametrize(
    ("month", "last"),
    [((2024, 2), 29), ((2026, 2), 28), ((2026, 12), 31), ((2026, 9), 30)],
)
def test_a_month_ends_on_its_last_day(month, last):
    assert month_end(*month) == date(*month, last)
