"""What came before each place, summed and multiplied."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.running import product_before, sum_before

series = st.lists(st.floats(0, 10), min_size=1, max_size=8)


@given(series)
def test_each_place_has_what_came_before_it(figures):
    array = np.array([figures, figures])
    for place in range(len(figures)):
        before = figures[:place]
        expected = pytest.approx(math.fsum(before), rel=1e-12)
        assert sum_before(array)[0, place] == expected
        expected = pytest.approx(math.prod(before), rel=1e-12)
        assert product_before(array)[1, place] == expected


def test_before_the_first_place_there_is_nothing():
    assert sum_before(np.array([3.0])).tolist() == [0.0]
    assert product_before(np.array([3.0])).tolist() == [1.0]
