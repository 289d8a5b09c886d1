"""The list that Google Patents exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from valuer.core.patents import PatentKind, Source
from valuer.imports import google_patents, read_bytes

CHINESE = [
    "编号",
    "标题",
    "受让人",
    "发明人/作者",
    "优先权日",
    "申请日/创建日",
    "公开日",
    "授权日",
    "结果链接",
]


def facts(read):
    return read.format, [replace(one, source=Source()) for one in read.patents]


def test_a_row_becomes_a_patent(google, text):
    read = read_bytes(text(google), "gp-search.csv")
    assert (read.format, read.read, read.refused) == (google_patents.KEY, 3, 0)
    assert not read.issues
    grant, plant, pending = read.patents
    assert grant.publications == ("US9999001B2",)
    assert (grant.number, grant.identity) == ("", "US9999001B2")
    assert (grant.country, grant.kind) == ("US", PatentKind.INVENTION)
    assert grant.title == "Invented probe for wells"
    assert grant.owners == ("Invented University", "Northwind, Inc.")
    assert grant.inventors == ("Ann Smith", "Bob Jones, Jr.", "Carl Wu")
    assert (grant.priority, grant.filed, grant.granted) == (
        date(2013, 2, 1),
        date(2014, 1, 30),
        date(2018, 6, 12),
    )
    assert plant.owners == ("Board Of Regents, The Invented System",)
    assert plant.publications == ("USPP99001P3",)
    assert pending.granted is None


def test_rows_count_from_the_top_of_the_file(google, text):
    read = read_bytes(text(google), "a.csv")
    assert [one.source.row for one in read.patents] == [3, 4, 5]


def test_shuffled_renamed_and_translated_the_rows_are_the_same(google, text, xlsx):
    expected = facts(read_bytes(text(google), "gp-search.csv"))
    search, *table = google
    order = [8, 3, 0, 6, 1, 7, 5, 2, 4]
    shuffled = [search, *([row[place] for place in order] for row in table)]
    translated = [search, CHINESE, *table[1:]]
    bare = [CHINESE, *table[1:]]
    for rows in (shuffled, translated, bare):
        assert facts(read_bytes(text(rows), "x.txt")) == expected
        assert facts(read_bytes(xlsx(rows), "x")) == expected


def test_the_newer_layout_writes_numbers_with_dashes(google, text):
    search, header, first, *_ = google
    rows = [
        search,
        [*header, "representative figure link"],
        ["CN-199999001-B", *first[1:], ""],
        ["US-2016199001-A1", *first[1:], ""],
    ]
    read = read_bytes(text(rows), "a.csv")
    assert [one.publications for one in read.patents] == [
        ("CN199999001B",),
        ("US20160199001A1",),
    ]


def test_a_row_without_number_is_refused(google, text):
    rows = [*google, ["", "no number", *[""] * 7]]
    read = read_bytes(text(rows), "a.csv")
    assert (read.read, len(read.patents), read.refused) == (4, 3, 1)
    assert (read.issues[0].row, read.issues[0].column) == (6, 1)


def test_a_row_cut_off_is_told(google, text):
    rows = [*google, google[2][:4]]
    read = read_bytes(text(rows), "a.csv")
    assert len(read.patents) == 4
    assert [one.row for one in read.issues] == [6]
