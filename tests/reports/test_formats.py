"""Figures are printed as a reader expects them, and inputs in full."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.making import Making as ReplacementCost
from valuer.core.params import Kind, parameters
from valuer.core.working import Unit
from valuer.methods.income.relief_from_royalty import Params
from valuer.reports import formats

BY_NAME = {one.name: one for one in parameters(Params)}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234.5, "1,234.50"),
        (1234.505, "1,234.51"),  # half up on the decimal, not on the binary number
        (Decimal("0.005"), "0.01"),
        (-1234.5, "−1,234.50"),
        (-0.001, "0.00"),
        (1e300, f"{10**300:,}.00"),
    ],
)
def test_amounts_are_rounded_half_up_to_cents(value, shown: str):
    assert formats.amount(value) == shown


@given(st.decimals(-(10**15), 10**15, places=4))
def test_an_exact_amount_reads_back(value: Decimal):
    shown = formats.exact_amount(value).replace(",", "").replace("−", "-")
    assert Decimal(shown) == value


@given(st.floats(0, 10, allow_nan=False))
def test_an_exact_percentage_reads_back(value: float):
    shown = formats.percent(value).removesuffix("%").replace(",", "")
    assert float(Decimal(shown).scaleb(-2)) == value


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(0.035, None, "3.5%"), (0.0219, None, "2.19%"), (0.12345, 2, "12.35%")],
)
def test_rates_are_percentages(value: float, places: int | None, shown: str):
    assert formats.percent(value, places) == shown


def test_dates_and_money_follow_the_language():
    on = date(2026, 9, 30)
    assert formats.day(on, "zh_CN") == "2026年9月30日"
    assert formats.day(on, "en") == "30 September 2026"
    assert formats.money(5, "CNY", "zh_CN") == "人民币5.00元"
    assert formats.money(5, "CNY", "en") == "CNY 5.00"
    assert formats.money(5, "USD", "zh_CN") == "USD 5.00"
    assert formats.short_day(None) == "—"


@pytest.mark.parametrize(
    ("number", "is_application", "shown"),
    [
        ("CN201610895413X", False, "ZL201610895413.X"),
        ("CN201610895413X", True, "CN201610895413.X"),
        ("CN851000015", False, "ZL85100001.5"),
        ("US16123456", False, "US16123456"),
    ],
)
def test_patent_numbers_stand_as_offices_print_them(
    number: str, is_application: bool, shown: str
):
    assert formats.patent_number(number, is_application=is_application) == shown


def test_the_figures_of_a_step_have_equal_places():
    assert formats.step_figures((0.15, 0.025), Unit.RATE) == ("15.00%", "2.50%")
    assert formats.step_figures((0.15, 0.02125), Unit.RATE) == ("15.000%", "2.125%")
    assert formats.step_figures((0.9534626, 1.0), Unit.FACTOR) == (
        "0.953463",
        "1.000000",
    )


def test_a_distribution_is_told_in_words():
    given = {"dist": "triangular", "low": 0.02, "mode": 0.03, "high": 0.05}
    shown = formats.given_figure(BY_NAME["royalty_rate"], given, "en")
    assert shown == "triangular: low 2%, mode 3%, high 5%"
    given = {"dist": "lognormal", "mean": 0.03, "cv": 0.2}
    shown = formats.given_figure(BY_NAME["royalty_rate"], given, "en")
    assert shown == "lognormal: mean 3%, coefficient of variation 0.2"


def test_other_inputs_are_told_by_their_kind():
    def shown(name: str, value: object, language: str = "en") -> str:
        return formats.given_figure(BY_NAME[name], value, language)

    assert shown("timing", "mid") == "Mid-period"
    assert shown("expiry_date", "2035-12-31") == "31 December 2035"
    assert shown("currency", "CNY") == "CNY"
    assert shown("currency", "CNY", "zh_CN") == "人民币"
    assert shown("revenue", "1234567.891") == "1,234,567.891"


@pytest.mark.parametrize(
    ("largest", "language", "scale", "unit"),
    [
        (5_000_000.0, "zh_CN", 10_000.0, "人民币万元"),
        (50_000.0, "zh_CN", 1.0, "人民币元"),
        (50_000.0, "en", 1.0, "CNY"),
        (5_000_000.0, "en", 1_000.0, "CNY thousand"),
        (50_000_000.0, "en", 1_000_000.0, "CNY million"),
    ],
)
def test_charts_take_a_unit_that_keeps_figures_short(
    largest: float, language: str, scale: float, unit: str
):
    assert formats.chart_unit([1.0, largest], "CNY", language) == (scale, unit)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((100.0, 98.0), ("100", "98")),
        ((100.0, 98.5), ("100.0", "98.5")),
        ((1 / 3,), ("0.3333",)),
        ((1234567.0,), ("1,234,567",)),
    ],
)
def test_plain_figures_of_a_step_have_as_many_places_as_one_of_them_needs(
    values: tuple[float, ...], shown: tuple[str, ...]
):
    assert formats.step_figures(values, Unit.NUMBER) == shown


def test_the_end_of_an_inputs_range_reads_as_its_kind():
    assert formats.moved_input(Kind.RATE, 0.18154) == "18.15%"
    assert formats.moved_input(Kind.MONEY, 1234.5) == "1,234.50"
    assert formats.moved_input(Kind.YEARS, 7.2) == "7.2"
    assert formats.moved_input(Kind.NUMBER, 100 / 3) == "33.3333"


def test_a_change_has_its_sign():
    assert formats.change(1.213) == "+21.3%"
    assert formats.change(0.9) == "−10.0%"
    assert formats.change(1.0) == "0.0%"


def test_a_length_of_time_is_told_with_its_unit():
    years = {one.name: one for one in parameters(ReplacementCost)}["used_life"]
    assert formats.given_figure(years, 6.5, "en") == "6.5 years"
    assert formats.given_figure(years, 6.5, "zh_CN") == "6.5年"
