"""Internal rates of many series against one at a time, pyxirr and their own roots."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from valuer.core.irrs import all_irrs, nearest, one_irr
from valuer.core.problems import UserError
from valuer.core.timevalue import irr

amounts = st.one_of(st.just(0.0), st.floats(-1e6, -1e-3), st.floats(1e-3, 1e6))
series = st.lists(amounts, min_size=2, max_size=21)


def one_at_a_time(flows: list[float]) -> tuple[float, ...]:
    try:
        return irr(flows)
    except UserError:
        return ()


def found(row: np.ndarray) -> list[float]:
    return row[~np.isnan(row)].tolist()


def test_all_rates_of_random_flows_are_those_found_one_at_a_time():
    rows = np.random.default_rng(20261122).normal(size=(300, 21))
    for flows, row in zip(rows, all_irrs(rows), strict=True):
        assert found(row) == pytest.approx(one_at_a_time(flows.tolist()), rel=1e-8)


@given(st.lists(st.floats(-0.5, 3), min_size=1, max_size=5, unique=True))
def test_every_rate_of_flows_made_from_their_roots_is_found(wanted):
    wanted = sorted(wanted)
    assume(all(b - a > 0.05 for a, b in pairwise(wanted)))
    flows = np.poly([1 + rate for rate in wanted])
    assert found(all_irrs(flows[np.newaxis])[0]) == pytest.approx(wanted, abs=1e-5)


def test_rates_on_the_borders_of_halved_intervals_are_found():
    # x = 1/(1 + r) at ½, ¼, ¾ and 1: where intervals are parted.
    wanted = [0, 1 / 3, 1, 3]
    flows = np.poly([1 + rate for rate in wanted])
    assert found(all_irrs(flows[np.newaxis])[0]) == pytest.approx(wanted, abs=1e-9)


@given(series)
def test_each_rate_found_makes_the_flows_worth_nothing(flows):
    for rate in found(all_irrs(np.array([flows]))[0]):
        assume(rate > -0.99)  # a float near −1 tells little of 1 + r
        worths = [flow / (1 + rate) ** k for k, flow in enumerate(flows)]
        assert abs(sum(worths)) <= 1e-8 * sum(map(abs, worths))


@given(st.lists(series, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_row_does_not_depend_on_its_neighbours(rows, random):
    width = max(map(len, rows))
    flows = np.array([row + [0.0] * (width - len(row)) for row in rows])
    alone = [found(all_irrs(row[np.newaxis])[0]) for row in flows]
    order = random.sample(range(len(rows)), len(rows))
    together = all_irrs(flows[order])
    for place, row in zip(order, together, strict=True):
        assert found(row) == pytest.approx(alone[place], rel=1e-12, abs=1e-12)


def test_one_rate_of_investments_is_pyxirr_s():
    rng = np.random.default_rng(4)
    flows = rng.uniform(10, 300, (200, 21))
    flows[:, 0] = -rng.uniform(500, 3000, 200)
    theirs = [pyxirr.irr(row) for row in flows]
    assert one_irr(flows) == pytest.approx(theirs, abs=1e-9)
    assert all_irrs(flows)[:, 0] == pytest.approx(theirs, abs=1e-9)


@given(st.lists(amounts, min_size=5, max_size=5))
def test_one_rate_is_among_all_of_them(flows):
    row = np.array([flows])
    every, one = found(all_irrs(row)[0]), one_irr(row)[0]
    if np.isnan(one):
        assert not every
    else:
        assert min(abs(one - rate) / (1 + rate) for rate in every) < 1e-4


@pytest.mark.parametrize("flows", [[0, 0], [5, 0], [1, 1], [-1, -2], [1, -1, 1]])
def test_flows_without_a_rate_have_none(flows):
    row = np.array([flows], dtype=float)
    assert np.isnan(all_irrs(row)).all()
    assert np.isnan(one_irr(row)).all()


def test_the_nearest_rate_is_the_one_nearest_to_the_guess():
    rates = np.array([[-0.87, 0.0886, 0.71], [0.5, np.nan, np.nan], [np.nan] * 3])
    assert nearest(rates, 0.6)[0] == 0.71
    assert nearest(rates, np.array([0.0, 0.1, 0.1])) == pytest.approx(
        [0.0886, 0.5, np.nan], nan_ok=True
    )
