"""Estimates of compensation: days by hand, caps, laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.compensation import (
    approval_delay_days,
    grant_delay_days,
    most_approval_days,
)

FILED = date(2015, 3, 10)

days = st.dates(date(2000, 3, 1), date(2060, 12, 31))
waits = st.integers(0, 8000)


def test_a_grant_is_late_after_four_years_from_filing_and_three_from_the_request():
    # Four years from filing: 2019-03-10; three from the request: 2019-06-01.
    asked = date(2016, 6, 1)
    assert grant_delay_days(FILED, asked, date(2019, 6, 1)) == 0
    assert grant_delay_days(FILED, asked, date(2019, 6, 11)) == 10
    assert grant_delay_days(FILED, FILED, date(2019, 3, 20)) == 10


def test_what_is_reasonable_or_the_applicants_own_does_not_count():
    late = date(2020, 3, 10)  # 366 days
    assert grant_delay_days(FILED, FILED, late, 100, 50) == 216
    assert grant_delay_days(FILED, FILED, late, 300, 100) == 0


@pytest.mark.parametrize(
    ("approved", "granted"),
    [
        (date(2020, 3, 10), 0),  # five years to the day
        (date(2020, 6, 18), 0),  # fourteen years end before the term does
        (date(2021, 6, 18), 100),  # they end on 2035-06-18
        (date(2022, 3, 10), 366),  # two years late; the 14 end on 2036-03-10
    ],
)
def test_a_drugs_delay_counts_beyond_five_years(approved, granted):
    end = date(2035, 3, 10)
    assert approval_delay_days(FILED, approved, end) == granted


def test_no_more_than_five_years_are_given():
    # Filed for thirteen years: eight of delay, five at the most.
    end = date(2035, 3, 10)
    assert approval_delay_days(FILED, date(2028, 3, 10), end) == 1827


@given(days, waits, waits)
def test_the_caps_hold_whatever_the_days(filed, wait, term):
    approved, end = filed + timedelta(wait), filed + timedelta(term)
    found = approval_delay_days(filed, approved, end)
    assert 0 <= found <= 1827
    if found:
        assert end + timedelta(found) <= approved.replace(
            year=approved.year + 14, day=min(approved.day, 28)
        ) + timedelta(3)
    assert found <= most_approval_days(approved, end)


@given(days, waits, waits, st.integers(0, 3000))
def test_a_later_grant_never_has_fewer_days(filed, asked, granted, more):
    asked_on, on = filed + timedelta(asked), filed + timedelta(granted)
    found = grant_delay_days(filed, asked_on, on)
    assert 0 <= found <= grant_delay_days(filed, asked_on, on + timedelta(more))
