"""``valuer rates``: what is at hand, and newer tables taken in."""

from __future__ import annotations

import pytest


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "利率.csv"
    file.write_text("期限,无风险收益率\n10 年,1.85%\n", encoding="utf-8")
    return file


PLACE = ("--country", "CN", "--currency", "CNY", "--date", "2026-09-30")


def test_the_shipped_tables_are_listed_with_their_sources(valuer):
    found = valuer("rates", "--json")
    assert found.code == 0
    tables = found.json["tables"]
    assert all(one["source"] and one["day"] and one["mark"] for one in tables)
    assert "Damodaran" in valuer("rates").out.decode()


def test_an_imported_table_is_kept_in_the_library(valuer, table, tmp_path):
    library = tmp_path / "甲.valuer"
    imported = valuer(
        "rates",
        "--import",
        table,
        "--library",
        library,
        *PLACE,
        "--name",
        "国债",
        "--json",
    )
    assert imported.code == 0
    (one,) = imported.json["tables"]
    assert one["rows"][0]["figures"] == {"risk_free_rate": "0.0185"}
    listed = valuer("rates", "--library", library, "--json").json["tables"]
    assert one in listed
    again = valuer(
        "rates", "--import", table, "--library", library, *PLACE, "--name", "国债"
    )
    assert again.code == 0
    assert len(valuer("rates", "--library", library, "--json").json["tables"]) == len(
        listed
    )


def test_without_a_library_the_table_is_shown_and_not_kept(valuer, table):
    found = valuer("rates", "--import", table, *PLACE, "--json")
    assert found.json["tables"][0]["country"] == "CN"
    assert "Nothing was kept" in found.err


@pytest.mark.parametrize(
    "place", [(), (*PLACE[:4], "--date", "soon"), ("--country", "CN")]
)
def test_a_table_of_no_place_or_day_is_refused(valuer, table, place):
    found = valuer("rates", "--import", table, *place)
    assert found.code == 2
    assert found.out == b""
