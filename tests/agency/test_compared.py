"""The difference of two shares has the published interval."""

from __future__ import annotations

import numpy as np
import pytest

from valuer.agency.cohorts import side_by_side
from valuer.agency.quality import Row
from valuer.agency.statistics import wilson

# Newcombe, Statist. Med. 17 (1998) 873, table II, method 10, examples (a) to (h).
PUBLISHED = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
    ((10, 10), (0, 10), 0.6075, 1.0),
]


def row(hits: int, n: int) -> Row:
    low, high = wilson(np.array([hits]), np.array([n]))
    return Row("Q01", None, n, float(hits), hits / n, float(low[0]), float(high[0]))


@pytest.mark.parametrize(("later", "earlier", "low", "high"), PUBLISHED)
def test_the_interval_is_newcombes(later, earlier, low, high):
    found = side_by_side(row(*earlier), row(*later))
    assert found.change == pytest.approx(later[0] / later[1] - earlier[0] / earlier[1])
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_a_change_is_sure_where_its_interval_leaves_nought_out():
    assert side_by_side(row(48, 80), row(56, 70)).is_sure
    assert not side_by_side(row(0, 29), row(5, 56)).is_sure
    empty = row(1, 2)._replace(value=None, low=None, high=None)
    assert not side_by_side(empty, row(1, 2)).is_sure
