"""A bare list of numbers."""

from __future__ import annotations

import pytest

from valuer.core.problems import Severity, UserError
from valuer.imports import number_list, read_bytes


def read(*lines: str):
    return read_bytes("\n".join(lines).encode(), "numbers.txt")


def test_applications_and_publications_are_told_apart():
    found = read("CN201819990003.X", "ZL201529990017.3", "CN106450012B", "EP1988254A2")
    assert (found.format, found.read, found.refused) == (number_list.KEY, 4, 0)
    assert [(one.number, one.publications) for one in found.patents] == [
        ("CN201819990003X", ()),
        ("CN2015299900173", ()),
        ("", ("CN106450012B",)),
        ("", ("EP1988254A2",)),
    ]
    assert [one.source.row for one in found.patents] == [1, 2, 3, 4]


def test_a_header_is_no_number():
    found = read("申请号", "CN201819990003.X", "CN201529990017.3")
    assert (found.read, found.refused) == (2, 0)
    assert [one.source.row for one in found.patents] == [2, 3]


def test_chinese_numbers_need_no_country():
    found = read("201819990003X", "93110338X", "201529990017", "871013576")
    assert [one.number for one in found.patents] == [
        "CN201819990003X",
        "CN93110338X",
        "CN2015299900173",
        "CN871013576",
    ]


def test_american_numbers_without_country_are_read_and_told():
    found = read("8999001", "20150999001", "US8999002")
    assert [one.publications for one in found.patents] == [
        ("US8999001",),
        ("US20150999001",),
        ("US8999002",),
    ]
    assert [(one.severity, one.row) for one in found.issues] == [
        (Severity.WARNING, 1),
        (Severity.WARNING, 2),
    ]


def test_a_wrong_check_digit_is_refused():
    found = read("CN201819990003.X", "CN201529990017.4", "CN106450012B", "CN3012345D")
    assert (found.read, found.refused) == (4, 1)
    assert [(one.severity, one.row) for one in found.issues] == [(Severity.ERROR, 2)]


def test_words_are_no_list_of_numbers():
    with pytest.raises(UserError, match="not recognised"):
        read("some", "words", "only", "here")


def test_a_row_with_two_numbers_is_refused():
    found = read(
        "a,b", *[f"CN10645001{n}B," for n in range(8)], "CN106450012B,CN106450013B"
    )
    assert found.refused >= 1
    assert found.read == len(found.patents) + found.refused


def test_applications_of_other_offices_are_read():
    found = read("PCT/US1999/099001", "EP06847423.8", "CN106450012B")
    assert [one.identity for one in found.patents] == [
        "PCTUS1999099001",
        "EP068474238",
        "CN106450012B",
    ]


def test_many_numbers_come_with_progress():
    heard = []
    lines = "\n".join(f"CN1064{n:05d}B" for n in range(1200))
    read_bytes(lines.encode(), "a.txt", lambda done, total: heard.append((done, total)))
    assert (1000, 1200) in heard
