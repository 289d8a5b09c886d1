"""Numbers of patents: every writing gives one form, and a wrong one is an issue."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.patent_numbers import (
    application_number,
    check_digit,
    publication_number,
    publication_rank,
)
from valuer.core.patents import PatentKind
from valuer.core.problems import Severity

# Real published numbers with their weighed sums: 2 0 1 7 1 0 3 1 1 0 5 7 by
# 2 3 4 5 6 7 8 9 2 3 4 5 is 4+0+4+35+6+0+24+9+2+0+20+35 = 139 = 12 × 11 + 7.
BY_HAND = {
    "201710311057": (139, "7"),
    "201811564288": (241, "X"),
    "200310105305": (77, "0"),
    "87101357": (171, "6"),
    "93110338": (153, "X"),
}

late = st.builds(
    "{}{}{:07d}".format,
    st.integers(2003, 2099),
    st.sampled_from("12389"),
    st.integers(0, 9_999_999),
)
early = st.builds(
    "{:02d}{}{:05d}".format,
    st.one_of(st.integers(85, 99), st.integers(0, 3)),
    st.sampled_from("12389"),
    st.integers(0, 99_999),
)
digits = st.one_of(late, early)


@pytest.mark.parametrize(("number", "expected"), BY_HAND.items())
def test_the_check_digit_is_the_weighed_sum_by_eleven(number, expected):
    total, check = expected
    assert "0123456789X"[total % 11] == check
    assert check_digit(number) == check


@given(digits)
def test_the_check_digit_is_that_of_the_standard_reckoned_another_way(number):
    weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
    total = 0
    for place in range(len(number)):
        total += weights[place] * (ord(number[place]) - ord("0"))
    while total >= 11:
        total -= 11
    assert check_digit(number) == ("X" if total == 10 else str(total))


@pytest.mark.parametrize(
    "written",
    [
        "CN201811564288X",
        "CN201811564288.X",
        "CN201811564288.x",
        "ZL201811564288.X",
        "ZL 2018 1 1564288.X",
        "zl201811564288x",
        "201811564288X",
        "201811564288.X",
        " CN 201811564288.X ",
        "ＣＮ２０１８１１５６４２８８．Ｘ",  # full width
        "２０１８１１５６４２８８．ｘ",
        "CN-201811564288-X",
        "ZL\u3000201811564288。X",
        "CN ZL201811564288.X",
    ],
)
def test_every_writing_of_a_number_is_the_same_number(written):
    number = application_number(written)
    assert (number.text, number.issues) == ("CN201811564288X", ())
    assert (number.country, number.kind, number.year) == (
        "CN",
        PatentKind.INVENTION,
        2018,
    )


@given(digits)
def test_punctuation_prefix_and_width_change_nothing(number):
    plain = f"CN{number}{check_digit(number)}"
    wide = "".join(chr(ord(c) + 0xFEE0) for c in plain)
    dotted = f"ZL {number[:4]} {number[4:]}.{check_digit(number)}".lower()
    assert {application_number(one).text for one in (plain, wide, dotted)} == {plain}


@given(digits, st.sampled_from("0123456789X"))
def test_only_one_check_digit_is_right(number, check):
    read = application_number(f"CN{number}.{check}")
    assert read.is_sound == (check == check_digit(number))


def test_a_wrong_check_digit_names_the_right_one():
    # The sum of 2023 1 0123456 is 127, and 127 = 11 × 11 + 6.
    number = application_number("ZL202310123456.7")
    assert not number.is_sound
    assert [one.severity for one in number.issues] == [Severity.ERROR]
    assert "6 expected" in number.issues[0].say("en")


def test_a_missing_check_digit_is_added_and_told():
    number = application_number("201811564288")
    assert number.text == "CN201811564288X"
    assert number.is_sound
    assert [one.severity for one in number.issues] == [Severity.NOTE]


def test_lens_and_cnipa_write_the_same_application():
    assert application_number("CN 93110338 A").text == "CN93110338X"
    assert application_number("200810209517", "CN").text == "CN2008102095176"


@pytest.mark.parametrize(
    ("number", "kind", "year"),
    [
        ("CN87101357.6", PatentKind.INVENTION, 1987),
        ("CN200320012345", PatentKind.UTILITY_MODEL, 2003),
        ("CN201630086600", PatentKind.DESIGN, 2016),
        ("CN200680012345", PatentKind.INVENTION, 2006),
        ("CN201090000123", PatentKind.UTILITY_MODEL, 2010),
        ("CN02212345", PatentKind.UTILITY_MODEL, 2002),
    ],
)
def test_the_number_tells_kind_and_year(number, kind, year):
    read = application_number(number)
    assert (read.kind, read.year) == (kind, year)


@pytest.mark.parametrize(
    ("written", "country", "expected"),
    [
        ("US 65784810 A", "US", "US65784810"),
        ("US 201113222421 A", "US", "US201113222421"),
        ("US 3690102D A", "US", "US3690102D"),
        ("KR20130006425U", "", "KR20130006425U"),
        ("KR 20130006425 A", "KR", "KR20130006425"),
        ("AU 1997/012345 A", "AU", "AU1997012345"),
        ("GE AP1999003424 A", "GE", "GEAP1999003424"),
        ("IN 1624DE2013 A", "IN", "IN1624DE2013"),
        ("JP 2019026290 A", "JP", "JP2019026290"),
        ("PCT/US1999/008460", "WO", "PCTUS1999008460"),
        ("US 9908460 W", "WO", "PCTUS1999008460"),
        ("US 1999/008460 W", "WO", "PCTUS1999008460"),
        ("WO1999US08460", "", "PCTUS1999008460"),
        ("CN 2015070645 W", "WO", "PCTCN2015070645"),
    ],
)
def test_a_foreign_application_has_one_form(written, country, expected):
    number = application_number(written, country)
    assert (number.text, number.issues) == (expected, ())


def test_a_european_number_has_its_check_digit():
    # Luhn on 06847423: 0, 12→3, 8, 8, 7, 8, 2, 6 make 42; 8 is missing to 50.
    assert application_number("06847423.8", "EP").text == "EP068474238"
    assert application_number("EP 06847423 A", "EP").text == "EP068474238"
    assert not application_number("EP06847423.7").is_sound


def test_an_american_serial_number_follows_its_year():
    # 12/159,336 of 2008 is what the EPO writes as US 15933608.
    assert application_number("12/159,336", "US", date(2008, 6, 27)).text == (
        application_number("US 15933608 A", "US").text
    )
    assert application_number("13/222,421", "US", date(2011, 8, 31)).text == (
        application_number("US 201113222421 A", "US").text
    )


@pytest.mark.parametrize(
    ("written", "expected", "kind"),
    [
        ("CN106450012B", "CN106450012B", PatentKind.INVENTION),
        ("CN-101413931-B", "CN101413931B", PatentKind.INVENTION),
        ("CN 203717160 U", "CN203717160U", PatentKind.UTILITY_MODEL),
        ("CN3012345D", "CN3012345D", PatentKind.DESIGN),
        ("US6699658B1", "US6699658B1", PatentKind.INVENTION),
        ("US 2011/0185700 A1", "US20110185700A1", PatentKind.INVENTION),
        ("US-2016168990-A1", "US20160168990A1", PatentKind.INVENTION),
        ("USD512345S1", "USD512345S1", PatentKind.DESIGN),
        ("USPP14567P3", "USPP14567P3", None),
        ("USRE38431E1", "USRE38431E1", PatentKind.INVENTION),
        ("EP 1988254 A2", "EP1988254A2", PatentKind.INVENTION),
        ("EP 1357170 B9 20061018", "EP1357170B920061018", PatentKind.INVENTION),
        ("JP H1182170 A", "JPH1182170A", PatentKind.INVENTION),
        ("JP WO2010123456 A1", "JPWO2010123456A1", PatentKind.INVENTION),
        ("WO 1995/027654 A1", "WO1995027654A1", PatentKind.INVENTION),
        ("KR20150000637 (U)", "KR20150000637U", PatentKind.UTILITY_MODEL),
        ("BR PI0612345 A2", "BRPI0612345A2", PatentKind.INVENTION),
        ("US8407913", "US8407913", None),
        ("ＣＮ１０６４５００１２Ｂ", "CN106450012B", PatentKind.INVENTION),
    ],
)
def test_a_publication_has_one_form(written, expected, kind):
    number = publication_number(written)
    assert (number.text, number.kind, number.issues) == (expected, kind, ())


def test_a_grant_comes_after_the_application_it_grew_from():
    numbers = ["CN106450012B", "CN106450012A"]
    assert sorted(numbers, key=publication_rank) == ["CN106450012A", "CN106450012B"]


@given(st.text(max_size=40), st.sampled_from(["", "CN", "US", "EP", "WO"]))
def test_no_text_breaks_the_reading(text, country):
    for number in (application_number(text, country), publication_number(text)):
        assert number.text or not number.is_sound
        assert all(character.isalnum() for character in number.text)


@given(
    st.text(alphabet="CNZLUSEPWOKRABX0123456789./- ", max_size=24),
    st.sampled_from(["", "CN", "US", "EP", "WO"]),
)
def test_a_form_once_reached_stays(text, country):
    number = application_number(text, country)
    if number.is_sound:
        assert application_number(number.text, number.country).text == number.text


@pytest.mark.parametrize(
    "text", ["申请号", "20181156428", "CN20181156428X", "X", "合计"]
)
def test_what_is_no_number_says_so(text):
    number = application_number(text)
    assert not number.is_sound
    assert [one.severity for one in number.issues] == [Severity.ERROR]


def test_an_empty_cell_is_no_number_and_no_issue():
    assert application_number("  ").issues == ()
    assert publication_number("").issues == ()


def test_an_american_serial_number_without_a_day_keeps_its_series():
    assert application_number("US 12/159,336").text == "US12159336"


def test_a_european_number_of_another_length_is_none():
    assert not application_number("EP 1234 A").is_sound
