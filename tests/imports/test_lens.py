"""The list that The Lens exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from valuer.core.patents import LegalStatus, PatentKind, Source
from valuer.imports import lens as lens_list
from valuer.imports import read_bytes

CHINESE = [
    "序号", "司法管辖区", "种类", "公开号", "Lens ID", "公开日", "公开年", "申请号", "申请日",
    "优先权号", "最早优先权日", "标题", "申请人", "发明人", "所有人(美国)", "网址", "类型", "IPCR分类",
]  # fmt: skip


def facts(read):
    return read.format, [replace(one, source=Source()) for one in read.patents]


def test_a_row_becomes_a_patent(lens, text):
    read = read_bytes(text(lens), "export.csv")
    assert (read.format, read.read, read.refused) == (lens_list.KEY, 3, 0)
    assert not read.issues
    american, chinese, international = read.patents
    assert american.number == "US65799910"
    assert american.publications == ("US20110999001A1",)
    assert american.owners == ("SMITH ANN", "NORTHWIND; INC.")
    assert american.ipc == ("F02C7/055", "B64D27/02")
    assert (american.filed, american.granted) == (date(2010, 1, 29), None)
    assert chinese.number == "CN2015299900173"
    assert chinese.kind is PatentKind.UTILITY_MODEL
    assert chinese.inventors == ("DING SI", "WU LIU")
    assert chinese.granted == date(2015, 9, 30)  # CN U is published when granted
    assert international.number == "PCTUS1999099001"
    assert international.country == "WO"


def test_shuffled_renamed_and_translated_the_rows_are_the_same(lens, text, xlsx):
    expected = facts(read_bytes(text(lens), "export.csv"))
    order = [3, 17, 0, 7, 2, 11, 5, 1, 13, 4, 16, 6, 9, 8, 15, 10, 14, 12]
    shuffled = [[row[place] for place in order] for row in lens]
    translated = [CHINESE, *lens[1:]]
    for rows in (shuffled, translated):
        assert facts(read_bytes(text(rows, encoding="utf-8-sig"), "专利")) == expected
        assert facts(read_bytes(xlsx(rows), "x.csv")) == expected


def test_the_newer_layout_has_a_key_and_a_status(lens, text):
    header = [
        "Display Key" if name == "Publication Number" else name for name in lens[0]
    ]
    rows = [
        [*header, "Legal Status"],
        [*lens[1], "DISCONTINUED"],
        [*lens[2], "ACTIVE"],
        [*lens[3], "PENDING"],
    ]
    read = read_bytes(text(rows), "a.csv")
    assert [one.status for one in read.patents] == [
        LegalStatus.WITHDRAWN,
        LegalStatus.IN_FORCE,
        LegalStatus.PENDING,
    ]


def test_offices_own_numbers_are_the_same_applications(lens, text):
    rows = [list(row) for row in lens]
    rows[2][7] = "201529990017"  # without country, letter and check digit
    rows[3][7] = "PCT/US1999/099001"
    read = read_bytes(text(rows), "a.csv")
    assert [one.number for one in read.patents][1:] == [
        "CN2015299900173",
        "PCTUS1999099001",
    ]


def test_a_broken_application_number_leaves_the_publication(lens, text):
    rows = [list(row) for row in lens]
    rows[1][7] = "?"
    read = read_bytes(text(rows), "a.csv")
    assert read.patents[0].identity == "US20110999001A1"
    assert [(one.row, one.column) for one in read.issues] == [(2, 8)]


def test_a_day_of_grant_in_its_own_column_goes_first(lens, text):
    rows = [
        [*row, "Grant Date" if not place else "2016-01-06"]
        for place, row in enumerate(lens)
    ]
    read = read_bytes(text(rows), "a.csv")
    assert {one.granted for one in read.patents} == {date(2016, 1, 6)}
