"""Dates become years by three day counts, and periods stop at the expiry day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.periods import DayCount, add_months, periods, years_between

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
counts = st.sampled_from(list(DayCount))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-05-18", 12, "2025-05-18"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 1, "2024-03-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-02-28", 12, "2026-02-28"),
        ("2023-02-28", 12, "2024-02-29"),
        ("2024-02-28", 12, "2025-02-28"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2023-01-30", 1, "2023-02-28"),
        ("2024-12-31", -12, "2023-12-31"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-06-15", 0, "2024-06-15"),
    ],
)
def test_months_later_the_last_of_the_month_stays_the_last(day, months, later):
    assert add_months(date.fromisoformat(day), months).isoformat() == later


@pytest.mark.parametrize(("day", "months"), [(date.max, 1), (date.min, -1)])
def test_the_calendar_ends(day, months):
    with pytest.raises(OverflowError):
        add_months(day, months)


def test_the_last_day_of_all_is_a_month_s_last():
    assert add_months(date.max, -12) == date(9998, 12, 31)


@pytest.mark.parametrize(
    ("first", "last", "day_count", "years"),
    [
        ("2023-12-31", "2024-12-31", "act/365", 366 / 365),
        ("2023-12-31", "2024-12-31", "act/act", 1),
        ("2023-12-31", "2024-12-31", "months", 1),
        ("2024-06-30", "2024-12-31", "act/act", 184 / 365),
        ("2023-06-30", "2023-12-31", "act/act", 184 / 366),
        ("2008-05-31", "2008-12-31", "months", 7 / 12),
        ("2008-05-31", "2008-06-15", "months", 0.5 / 12),
        ("2023-02-28", "2023-03-31", "months", 1 / 12),
        ("2023-02-28", "2023-03-15", "months", 0.5 / 12),
        ("2023-01-31", "2023-02-28", "months", 1 / 12),
        ("2023-01-28", "2023-02-28", "months", 1 / 12),
        ("2023-01-15", "2023-01-31", "months", 0.5 / 12),
        ("2024-02-29", "2025-02-28", "months", 1),
        ("2024-02-29", "2025-02-28", "act/act", 1),
    ],
)
def test_days_become_years(first, last, day_count, years):
    found = years_between(
        date.fromisoformat(first), date.fromisoformat(last), DayCount(day_count)
    )
    assert found == pytest.approx(years, rel=1e-14)


@given(days, st.integers(0, 15_000), counts)
def test_years_never_fall_as_the_day_moves_on(first, ahead, day_count):
    day = first + timedelta(ahead)
    here, next_day = (
        years_between(first, one, day_count) for one in (day, day + timedelta(1))
    )
    assert 0 <= here <= next_day
    assert years_between(first, first, day_count) == 0


@given(days, st.integers(0, 40))
def test_whole_years_count_one_each(first, years):
    last = add_months(first, 12 * years)
    assert years_between(first, last, DayCount.ACT_ACT) == years


@given(days, st.integers(0, 15_000), counts)
def test_the_day_counts_agree_within_a_few_days(first, ahead, day_count):
    last = first + timedelta(ahead)
    found = years_between(first, last, day_count)
    assert found == pytest.approx(ahead / 365.25, abs=0.01 + ahead / 365.25 / 1000)


@given(days, st.integers(1, 365), st.integers(1, 20), st.integers(1, 8000), counts)
def test_periods_follow_each_other_to_the_expiry_day(
    valued, first, count, life, day_count
):
    expiry = valued + timedelta(life)
    laid = periods(
        count,
        valuation_date=valued,
        first_period_end=valued + timedelta(first),
        expiry_date=expiry,
        day_count=day_count,
    )
    assert laid.starts[0] == valued
    assert laid.starts[1:] == laid.ends[:-1]
    assert laid.start.shape == laid.end.shape == laid.length.shape == (count,)
    assert (laid.start[1:] == laid.end[:-1]).all()
    assert (laid.end - laid.start <= laid.length).all()
    assert (laid.length > 0).all() or day_count is DayCount.MONTHS
    assert laid.end[-1] == years_between(valued, min(expiry, laid.ends[-1]), day_count)


def test_years_are_counted_to_the_end_of_the_calendar():
    years = years_between(date(2026, 6, 30), date.max, DayCount.ACT_ACT)
    assert years == pytest.approx(7973.5, abs=0.01)
