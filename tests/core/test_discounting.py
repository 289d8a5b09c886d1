"""Discount factors: those of tables, however many are found at once."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.discounting import discount_factors, running_factors

rates = st.lists(st.floats(-0.5, 3), min_size=1, max_size=5)
# Days between flows: whole years, leap years, stubs, and none after the expiry day.
gaps = st.lists(
    st.one_of(st.sampled_from([0, 365, 366]), st.integers(0, 500)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60)
@given(rates, gaps)
def test_factors_one_after_another_are_powers(rate, days):
    time = np.array([day / 365 for day in accumulate(days)])
    wanted = [[math.pow(1 + one, -t) for t in time] for one in rate]
    drawn = np.array(rate)[:, np.newaxis]
    assert running_factors(drawn, time) == pytest.approx(np.array(wanted), rel=1e-12)
    stock = running_factors(drawn[np.newaxis], time[np.newaxis, np.newaxis])
    assert np.array_equal(stock[0], running_factors(drawn, time))
    assert discount_factors(drawn, time) == pytest.approx(np.array(wanted), rel=1e-12)


def test_one_rate_is_raised_to_its_power():
    time = np.array([0.5, 1.5])
    for find in (running_factors, discount_factors):
        assert find(np.float64(0.1), time).tolist() == [1.1**-0.5, 1.1**-1.5]


def test_patents_of_other_times_change_no_factor():
    rate = np.array([[[0.1], [0.2]], [[0.3], [0.05]]])
    time = np.array([[[0.25, 1.25, 2.25]], [[0.25, 1.0, 1.0]]])
    both = running_factors(rate, time)
    for row in range(2):
        alone = running_factors(rate[row : row + 1], time[row : row + 1])
        assert np.array_equal(both[row], alone[0])


def test_times_in_any_order_are_taken():
    found = discount_factors(np.array([[1.0]]), np.array([2.0, 0.0, 1.0]))
    assert found == pytest.approx(np.array([[0.25, 1, 0.5]]))
