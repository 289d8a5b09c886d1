"""Growth is told between whole years alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.case import ForecastPeriod
from valuer.core.growth import compound_growth, growth_rates


def years(*amounts: int, first: int = 2027) -> list[ForecastPeriod]:
    return [
        ForecastPeriod(date(first + n, 12, 31), Decimal(amount))
        for n, amount in enumerate(amounts)
    ]


def test_growth_from_year_to_year():
    assert growth_rates(years(100, 110, 99), None) == (
        None,
        pytest.approx(0.10),
        pytest.approx(-0.10),
    )


def test_compound_growth_over_two_years():
    # 100 × 1.1² = 121.
    assert compound_growth(years(100, 105, 121), None) == pytest.approx(0.10)


def test_a_year_cut_by_the_valuation_date_has_no_rate():
    valued = date(2026, 9, 30)
    periods = years(80, 30, 120, 132, first=2025)
    assert growth_rates(periods, valued) == (None, None, None, pytest.approx(0.10))
    assert compound_growth(periods[1:], valued) == pytest.approx(0.10)


def test_over_a_gap_there_is_no_rate():
    gap = [*years(100), *years(121, first=2029)]
    assert growth_rates(gap, None) == (None, None)
    assert compound_growth(gap, None) is None


def test_from_nought_nothing_grows():
    assert growth_rates(years(0, 5), None) == (None, None)
    assert compound_growth(years(0, 5), None) is None
    assert growth_rates((), None) == ()
    assert compound_growth(years(5), None) is None


@given(st.integers(1, 10**9), st.floats(-0.5, 1), st.integers(2, 12))
def test_an_even_growth_is_the_compound_one(first, rate, count):
    amounts = [Decimal(first * (1 + rate) ** n) for n in range(count)]
    periods = [
        ForecastPeriod(date(2027 + n, 12, 31), amount)
        for n, amount in enumerate(amounts)
    ]
    assert compound_growth(periods, None) == pytest.approx(rate, abs=1e-9)
