"""Pasting listed companies: what is read, and how what is not is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.listed_companies import HEADS, companies_from_text
from valuer.core.params import parameters
from valuer.core.problems import UserError
from valuer.methods import METHODS

HEAD = "证券代码\t证券简称\t交易日期\t总市值（亿元）\t带息债务（万元）\tBeta系数\t所得税率(%)\t备注"
ROW = "600000.SH\t甲公司\t2026-09-30\t1,234.5\t6,789\t1.15\t25\t无"


def test_a_table_of_a_terminal_becomes_rows_in_units_of_one():
    rows, issues = companies_from_text(f"{HEAD}\n{ROW}\n\n")
    assert issues == ()
    assert rows == [
        {
            "code": "600000.SH",
            "name": "甲公司",
            "price_date": "2026-09-30",
            "market_cap": 123_450_000_000,
            "debt": 67_890_000,
            "beta": 1.15,
            "tax_rate": 0.25,
        }
    ]


@pytest.mark.parametrize(
    ("cell", "share"),
    [("25%", 0.25), ("15", 0.15), ("0.165", 0.165), ("０．２５", 0.25)],
)
def test_a_tax_rate_is_read_in_each_way_of_writing(cell, share):
    rows, _ = companies_from_text(f"{HEAD}\n{ROW}".replace("\t25\t", f"\t{cell}\t"))
    assert rows[0]["tax_rate"] == share


@pytest.mark.parametrize(
    "day", ["2026/9/30", "20260930", "2026年9月30日", "2026.09.30"]
)
def test_a_day_is_read_in_each_way_of_writing(day):
    rows, _ = companies_from_text(f"{HEAD}\n{ROW}".replace("2026-09-30", day))
    assert rows[0]["price_date"] == "2026-09-30"


def test_english_heads_are_read():
    text = "Company\tPrice date\tMarket cap\tDebt\tBeta\tTax rate\nA\t2026-09-30\t10\t0\t-0.1\t0"
    rows, issues = companies_from_text(text)
    assert not issues
    assert rows[0]["market_cap"] == 10


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("甲公司", "", 2),
        ("2026-09-30", "2026-02-30", 3),
        ("2026-09-30", "yesterday", 3),
        ("1,234.5", "--", 4),
        ("6,789", "1e5", 5),
        ("1.15", "NaN", 6),
        ("1.15", "115%", 6),
    ],
)
def test_what_cannot_be_read_is_told_by_row_and_column(old, new, column):
    rows, issues = companies_from_text(f"{HEAD}\n{ROW}\n{ROW.replace(old, new)}")
    assert len(rows) == 1
    (told,) = issues
    assert (told.row, told.column) == (3, column)
    assert f"Row 3, column {column}" in told.say("en")


def test_a_row_cut_short_is_told_by_its_missing_cells():
    _, issues = companies_from_text(f"{HEAD}\n600000.SH\t甲公司\t2026-09-30")
    assert [one.column for one in issues] == [4, 5, 6, 7]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        (ROW, "总市值"),
        (HEAD.replace("带息债务", "备注"), "付息债务"),
        (f"{HEAD}\t市值\n{ROW}", "columns 4 and 9"),
        (f"{HEAD}\n" + f"{ROW}\n" * 201, "201 companies"),
        ("x" * 1_000_001, "too long"),
    ],
)
def test_a_paste_that_is_no_table_is_refused(text, says):
    with pytest.raises(UserError, match=says):
        companies_from_text(text)


def test_a_header_alone_is_told():
    assert companies_from_text(HEAD)[1][0].row == 1


def test_what_is_pasted_is_what_the_method_takes():
    method = METHODS.find("listed_companies_rate")
    (table,) = (one for one in parameters(method.params) if one.name == "companies")
    assert {*HEADS} == {column.name for column in table.columns}


@given(st.text(alphabet=f"{HEAD}\n\r{ROW}\x00\x1c€", max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        rows, issues = companies_from_text(text)
    except UserError:
        return
    assert rows or issues
