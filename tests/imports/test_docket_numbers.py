"""Application numbers that spreadsheets spoilt: repaired where that is proven."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.patent_numbers import check_digit
from valuer.imports.docket_numbers import docket_number
from valuer.imports.dockets import docket_from_bytes

# Numbers of real patents, with their check digits as published.
SOUND = "CN2019106035651"


@pytest.mark.parametrize(
    "given",
    [
        "2019106035651",
        "2019106035651.0",
        "2019106035651.00",
        "2.019106035651E+12",
        "2.019106035651e12",
        "2.0191060356510E+12",
        "201910603565.1",
        "CN201910603565.1",
        "ZL 201910603565.1",
        "２０１９１０６０３５６５．１",
    ],
)
def test_a_number_whose_digits_are_all_there_is_what_it_was(given):
    assert docket_number(given, "", None).text == SOUND
    assert docket_number(given, "", None).is_sound


def test_a_number_of_before_2003_is_repaired_too():
    assert docket_number("871013576.0", "", None).text == "CN871013576"
    assert docket_number("8.71013576E+08", "", None).text == "CN871013576"


@pytest.mark.parametrize(
    "given", ["2.01811564288E+12", "2.01911E+12", "2E+12", "2.0191060356515E+12"]
)
def test_a_number_whose_digits_are_gone_is_never_guessed(given):
    found = docket_number(given, "", None)

    assert not found.is_sound
    assert "last digits are gone" in found.issues[0].say("en")


@pytest.mark.parametrize("given", ["2019106035652.0", "2.019106035652E+12"])
def test_a_figure_whose_check_digit_is_wrong_stays_wrong(given):
    assert not docket_number(given, "", None).is_sound


@given(st.integers(2004, 2026), st.sampled_from("1238"), st.integers(0, 9_999_999))
def test_every_number_survives_a_spreadsheet_or_is_not_one_it_changes(
    year, kind, serial
):
    base = f"{year}{kind}{serial:07d}"
    check = check_digit(base)
    whole = base + check
    if check != "X":
        assert docket_number(f"{float(whole)!r}", "", None).text == f"CN{whole}"
        wrong = base + str((int(check) + 1) % 10)
        assert not docket_number(f"{float(wrong)!r}", "", None).is_sound
    assert docket_number(whole, "", None).text == f"CN{whole}"


def test_a_repaired_number_is_told_and_a_lost_one_refused_with_its_place(xlsx):
    rows = (
        ("申请号", "名称"),
        (2019106035651.0, "阀门"),
        ("2019106035651.0", "泵"),
        ("2.01811564288E+12", "管"),
    )
    found = docket_from_bytes(xlsx(rows), "a.xlsx")

    assert [one.number for one in found.cases] == [SOUND, SOUND]
    assert [(one.severity.value, one.row, one.column) for one in found.issues] == [
        ("note", 3, 1),
        ("error", 4, 1),
    ]
    assert found.read == 3


def test_a_number_kept_as_a_text_by_a_formula_is_that_text(text):
    rows = (("申请号", "名称"), ('="2019106035651"', "阀门"))

    assert docket_from_bytes(text(rows), "a.csv").cases[0].number == SOUND
