"""Tables of rates: what is shipped, what a figure is quoted with, what is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.entries import params_or_refuse
from valuer.core.problems import UserError
from valuer.core.rate_tables import (
    merged,
    quoted,
    shipped_tables,
    tables_from_json,
)
from valuer.methods import METHODS

TABLE: dict[str, Any] = {
    "name": "国债收益率",
    "country": "CN",
    "currency": "CNY",
    "day": "2026-09-30",
    "source": "手算例",
    "rows": [{"name": "10 年", "figures": {"risk_free_rate": "0.02"}}],
}


def read(**changed: Any) -> Any:
    return tables_from_json(
        json.dumps({"tables": [TABLE | changed]}).encode(), "a.json"
    )


def industries() -> Any:
    return next(one for one in shipped_tables() if len(one.rows) > 1)


def test_every_shipped_table_has_its_day_place_and_source():
    assert shipped_tables()
    for table in shipped_tables():
        assert table.mark == "V"
        assert "2026-01-05" in table.source
        assert "attribution" in table.note
        assert (table.day, table.country) == (date(2026, 1, 5), "US")


def test_shipped_industries_obey_capm_and_wacc_as_printed():
    (market,) = (one for one in shipped_tables() if len(one.rows) == 1)
    inputs = market.rows[0].figures
    for row in industries().rows:
        one = row.figures
        equity = inputs["risk_free_rate"] + one["beta"] * inputs["equity_premium"]
        assert abs(equity - one["cost_of_equity"]) < Decimal("0.0003"), row.name
        after = one["cost_of_debt"] * (1 - inputs["tax_rate"])
        assert abs(after - one["cost_of_debt_after_tax"]) < Decimal("0.0001"), row.name
        share = one["equity_share"]
        cost = share * one["cost_of_equity"] + (1 - share) * after
        assert abs(cost - one["wacc"]) < Decimal("0.0002"), row.name


def test_a_figure_is_quoted_with_the_source_that_a_rate_takes():
    number, source = quoted(industries(), "Semiconductor", "wacc")
    assert number == 0.1055
    given = {
        "country": "US",
        "currency": "USD",
        "valuation_date": "2026-01-05",
        "wacc": number,
        "assets": [{"name": "A", "value": 1}],
        "sources": [source, source | {"component": "asset_rates"}],
    }
    method = METHODS.find("wara")
    result = method.run(params_or_refuse(method.params, given)[0])
    assert result.value == pytest.approx(0.1055)
    assert not result.issues


def test_a_newer_reading_of_a_table_takes_its_place():
    old, new = read(), read(source="新来源")
    other = read(day="2026-12-31")
    assert merged(old, (*new, *other)) == (*new, *other)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"country": "China"}, "two capital letters"),
        ({"currency": "元"}, "three capital letters"),
        ({"source": " "}, "source"),
        ({"day": "2026-02-30"}, "day"),
        ({"rows": []}, "no row"),
        ({"rows": [{"name": "甲", "figures": {"rate": 1}}]}, "no known figure"),
        ({"rows": [{"name": "甲", "figures": {"wacc": 7.9}}]}, "annual fraction"),
        ({"surplus": 1}, "surplus"),
    ],
)
def test_a_table_that_cannot_be_quoted_is_refused(changed, says):
    with pytest.raises(UserError, match=says):
        read(**changed)


@pytest.mark.parametrize("data", [b"{}", b'{"tables": []}', b"[]", b"{", b"\xff"])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(UserError):
        tables_from_json(data, "a.json")


@pytest.mark.parametrize(("row", "figure"), [("无", "wacc"), ("Machinery", "crp")])
def test_a_figure_that_is_not_there_is_not_quoted(row, figure):
    with pytest.raises(UserError, match=row if row == "无" else figure):
        quoted(industries(), row, figure)
