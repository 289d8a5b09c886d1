"""Tables of rates of others: real ones, small ones, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.problems import UserError
from valuer.imports.rate_table import (
    Stated,
    rate_tables_from_bytes,
    read_rate_tables,
)

HERE = Stated("CN", "CNY", date(2026, 9, 30), "手算例", "行业")


def read(text: str, stated: Stated = HERE):
    (table,) = rate_tables_from_bytes(text.encode(), "rates.csv", stated)
    return table


def test_columns_are_found_below_a_preamble_in_either_language():
    text = "某机构,,\n更新日期,2026-06-30,\n行业,贝塔,权益资本成本\n机械,0.95,8.1%\n电子,1.2,NA\n,,\n注,1,1\n"
    table = read(text, Stated("CN", "CNY"))
    assert table.day == date(2026, 6, 30)
    assert [row.name for row in table.rows] == ["机械", "电子"]
    first, second = (row.figures for row in table.rows)
    assert first == {"beta": Decimal("0.95"), "cost_of_equity": Decimal("0.081")}
    assert second == {"beta": Decimal("1.2")}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no table of rates"),
        ("industry,firms\n", "no row"),
        ("industry,beta\nA,high\n", "row 2, column 2: “high”"),
        ("industry,wacc\nA,7.8\n", "row 2, column 2: “7.8”"),
        ("industry,wacc\nA,1e999\n", "row 2, column 2"),
        ("", "empty"),
    ],
)
def test_what_is_no_table_is_refused_by_row_and_column(text, says):
    with pytest.raises(UserError, match=says):
        read(text)


@pytest.mark.parametrize(
    "stated",
    [
        Stated("", "CNY", date(2026, 9, 30)),
        Stated("CN", "", date(2026, 9, 30)),
        Stated("CN", "CNY", None),
        Stated("China", "CNY", date(2026, 9, 30)),
    ],
)
def test_a_table_without_place_money_or_day_is_refused(stated):
    with pytest.raises(UserError):
        read("industry,beta\nA,1\n", stated)


@given(st.binary(max_size=200), st.sampled_from([b"", b"industry,beta\n"]))
def test_any_bytes_are_read_or_refused(data, head):
    try:
        (table,) = rate_tables_from_bytes(head + data, "rates.csv", HERE)
    except UserError:
        return
    assert table.rows


def test_a_file_of_our_own_form_states_all_itself(tmp_path):
    file = tmp_path / "表.json"
    file.write_text(
        '{"tables": [{"name": "甲", "country": "CN", "currency": "CNY", "day":'
        ' "2026-09-30", "source": "乙", "rows": [{"name": "丙", "figures":'
        ' {"beta": 1}}]}]}',
        encoding="utf-8",
    )
    assert read_rate_tables(file, Stated())[0].source == "乙"


def test_the_real_table_of_industries_obeys_its_identities(shared_data):
    file = shared_data / "rates" / "damodaran_wacc_us_2026-01-05.csv"
    stated = Stated("US", "USD", date(2026, 1, 5))
    (table,) = read_rate_tables(file, stated)
    assert len(table.rows) == 96
    for row in table.rows:
        one = {name: float(number) for name, number in row.figures.items()}
        equity = 0.0395 + one["beta"] * 0.0446
        assert one["cost_of_equity"] == pytest.approx(equity, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "day", "rows", "figure"),
    [
        ("wacc_2022-01.xls", date(2022, 1, 5), 96, "wacc"),
        ("ctryprem.xlsx", date(2024, 1, 1), 150, "country_premium"),
    ],
)
def test_real_workbooks_are_read_with_the_day_they_state(
    shared_data, name, day, rows, figure
):
    (table,) = read_rate_tables(shared_data / "rates" / name, Stated("US", "USD"))
    assert table.day == day
    assert len(table.rows) >= rows
    assert all(figure in row.figures for row in table.rows[:50])
