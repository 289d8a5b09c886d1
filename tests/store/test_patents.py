from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest

from valuer.core.patents import (
    FeePaid,
    LegalEvent,
    LegalStatus,
    Patent,
    PatentKind,
    Source,
)
from valuer.core.problems import UserError
from valuer.store.patents import ORDERS, count_patents, find_patent, list_patents

CELL = Patent(
    number="CN201610895413X",
    publications=("CN106000000A", "CN106000000B"),
    title="一种锂离子电池正极材料",
    owners=("南京大学", "某公司；某部"),
    inventors=("张三",),
    ipc=("H01M4/36",),
    filed=date(2016, 10, 13),
)
SCREW = Patent(
    publications=("US6699658B1",),
    title='Screw 100% "new" a_b',
    owners=("Illinois Tool Works",),
    filed=date(2004, 3, 2),
)
PUMP = Patent(number="CN2020100000012", title="水泵", status=LegalStatus.IN_FORCE)

FULL = Patent(
    number="CN2018100000015",
    publications=("CN1A", "CN1B"),
    country="CN",
    kind=PatentKind.DESIGN,
    title="杯\n子",
    owners=('a"b', "c\\d", ""),
    inventors=("甲",),
    filed=date(2018, 1, 2),
    priority=date(2017, 1, 2),
    granted=date(2019, 1, 2),
    ipc=("A47G19/22",),
    status=LegalStatus.LAPSED,
    status_wording="专利权的终止",
    status_on=date(2022, 1, 2),
    history=(
        LegalEvent(LegalStatus.IN_FORCE, "授权", date(2019, 1, 2)),
        LegalEvent(LegalStatus.LAPSED, "终止"),
    ),
    fees=(FeePaid(3, date(2021, 1, 2), Decimal("90071992547409.93"), "USD"),),
    pta_days=31,
    pte_days=7,
    source=Source("清单.xls", "ab" * 32, "表1", 57, date(2026, 11, 22)),
)


@pytest.fixture
def shelf(library, put):
    put(library, CELL, SCREW, PUMP)
    return library


def titles(library, *what, **how):
    with library.read() as connection:
        return [patent.title for patent in list_patents(connection, *what, **how)]


@pytest.mark.parametrize("patent", [FULL, CELL, SCREW, Patent(number="N")])
def test_every_fact_of_a_patent_is_kept(library, put, patent):
    put(library, patent)
    with library.read() as connection:
        assert list_patents(connection) == (patent,)


def test_patents_are_listed_in_the_order_of_coming_in(shelf):
    assert titles(shelf) == [CELL.title, SCREW.title, PUMP.title]
    assert titles(shelf, descending=True) == [PUMP.title, SCREW.title, CELL.title]


def test_a_list_comes_in_pages(shelf):
    assert titles(shelf, "", 2) == [CELL.title, SCREW.title]
    assert titles(shelf, "", 2, 2) == [PUMP.title]
    assert titles(shelf, offset=1) == [SCREW.title, PUMP.title]


def test_a_list_can_be_ordered(shelf):
    assert titles(shelf, order="filed", descending=True)[:2] == [
        CELL.title,
        SCREW.title,
    ]
    assert titles(shelf, order="number") == [CELL.title, PUMP.title, SCREW.title]
    for order in ORDERS:
        assert len(titles(shelf, order=order)) == 3


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("电池", [CELL]),
        ("南京", [CELL]),
        ("某部", [CELL]),
        ("张三", [CELL]),
        ("H01M", [CELL]),
        ("正极 大学", [CELL]),
        ("正极 Illinois", []),
        ("illinois", [SCREW]),
        ("100%", [SCREW]),
        ("a_b", [SCREW]),
        ('"new"', [SCREW]),
        ('"', [SCREW]),
        ("_", [SCREW]),
        ("%", [SCREW]),
        ("CN", [CELL, PUMP]),
        ("201610895413.X", [CELL]),
        ("ZL201610895413.X", [CELL]),
        ("ZL 201610895413", [CELL]),
        ("ＺＬ２０１６１０８９５４１３", [CELL]),
        ("cn106000000b", [CELL]),
        ("CN106000000A", [CELL]),
        ("US6,699,658", [SCREW]),
        ("  ", [CELL, SCREW, PUMP]),
        ("'; DROP TABLE patents; --", []),
    ],
)
def test_a_search_finds_what_holds_every_word(shelf, search, found):
    assert titles(shelf, search) == [patent.title for patent in found]
    with shelf.read() as connection:
        assert count_patents(connection, search) == len(found)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("CN201610895413X", CELL),
        ("CN106000000A", CELL),
        ("CN106000000B", CELL),
        ("US6699658B1", SCREW),
        ("CN106000000", None),
        ("", None),
    ],
)
def test_a_patent_is_found_by_each_of_its_numbers(shelf, number, found):
    with shelf.read() as connection:
        assert find_patent(connection, number) == found


def test_an_application_number_goes_before_a_publication_of_the_same_wording(
    library, put
):
    put(library, Patent(number="US1", publications=("US7",)))
    put(library, Patent(number="US7", title="mine"))
    with library.read() as connection:
        assert find_patent(connection, "US7").title == "mine"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("publications", "["),
        ("owners", '{"a":1}'),
        ("kind", "circus"),
        ("status", "?"),
        ("filed", "2016-13-01"),
        ("history", "[1]"),
        ("fees", "x"),
    ],
)
def test_a_damaged_patent_is_named(shelf, column, value):
    with closing(sqlite3.connect(shelf.path, isolation_level=None)) as raw:
        change = f"UPDATE patents SET {column} = ? WHERE id = 2"  # noqa: S608 - ours
        raw.execute(change, (value,))
    with pytest.raises(UserError, match="Patent 2 of the library is damaged"):
        titles(shelf)
