"""Halves go up, away from nought, on the decimals people see (四舍五入)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.rounding import half_up


# What a table of mathematics says; Python's own round() gives another for each.
@pytest.mark.parametrize(
    ("number", "digits", "rounded"),
    [
        (0.285, 2, 0.29),
        (1.005, 2, 1.01),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (0.00005, 4, 0.0001),
        (3.79075, 4, 3.7908),
        (125.0, -1, 130.0),
    ],
)
def test_a_half_goes_up(number: float, digits: int, rounded: float):
    assert half_up(np.array([number]), digits).tolist() == [rounded]


def test_what_is_no_number_stays_and_so_does_the_shape():
    given = np.array([[np.nan, np.inf], [1.26, -1.24]])
    found = half_up(given, 1)
    assert np.isnan(found[0, 0])
    assert np.isinf(found[0, 1])
    assert found[1].tolist() == [1.3, -1.2]


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_what_is_round_already_stays(whole: int, digits: int):
    number = whole / 10**digits
    assert half_up(np.array([number]), digits)[0] == number
