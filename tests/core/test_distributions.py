"""Distributions against closed forms and against scipy's own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from valuer.core.distributions import (
    DISTRIBUTIONS,
    Distribution,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
    is_distribution,
    within,
)

points = st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1), st.floats(1e-3, 1e6))
"""Lowest value, place of the mode within the width, width."""

shares = st.floats(1e-9, 1 - 1e-9)
means = st.floats(1e-3, 1e6)


def triangular(point: tuple[float, float, float]) -> tuple[Triangular, Any]:
    low, place, width = point
    high = low + width
    mode = min(max(low + place * width, low), high)
    theirs = stats.triang((mode - low) / (high - low), low, high - low)
    return Triangular(low, mode, high), theirs


def pert(point: tuple[float, float, float]) -> tuple[Pert, Any]:
    low, place, width = point
    high = low + width
    mode = min(max(low + place * width, low), high)
    place = (mode - low) / (high - low)
    theirs = stats.beta(1 + 4 * place, 1 + 4 * (1 - place), low, high - low)
    return Pert(low, mode, high), theirs


def lognormal(mean: float, cv: float) -> tuple[Lognormal, Any]:
    sigma = math.sqrt(math.log(1 + cv * cv))
    return Lognormal(mean, cv), stats.lognorm(
        sigma, scale=mean / math.sqrt(1 + cv * cv)
    )


def agree(ours: Distribution, theirs: Any, share: float) -> None:
    scale = float(theirs.std())
    assert ours.mean == pytest.approx(theirs.mean(), rel=1e-9, abs=1e-9 * scale)
    assert ours.variance == pytest.approx(theirs.var(), rel=1e-6)
    x = float(theirs.ppf(share))
    close = 1e-7 * scale + 1e-12 * abs(x)
    assert float(ours.quantile(np.asarray(share))) == pytest.approx(x, abs=close)
    assert ours.cumulative(x) == pytest.approx(theirs.cdf(x), abs=1e-8)


@given(points, shares)
def test_triangular_is_scipy_s(point, share):
    agree(*triangular(point), share)


@given(points, shares)
def test_pert_is_scipy_s_beta(point, share):
    agree(*pert(point), share)


@given(points, shares)
def test_uniform_is_scipy_s(point, share):
    low, _, width = point
    high = low + width
    agree(Uniform(low, high), stats.uniform(low, high - low), share)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), shares)
def test_normal_is_scipy_s(mean, sd, share):
    agree(Normal(mean, sd), stats.norm(mean, sd), share)


@given(means, st.floats(0.01, 5), shares)
def test_lognormal_is_scipy_s(mean, cv, share):
    agree(*lognormal(mean, cv), share)


def test_the_variance_of_pert_is_not_the_textbook_s_approximation():
    # DIST-01: exactly 2.75, where (b − a)²/36 would say 2.25.
    assert Pert(2, 5, 11).variance == pytest.approx(2.75, rel=1e-15)


def test_the_centre_is_mode_or_mean():
    assert Triangular(2, 5, 11).centre == 5
    assert Pert(2, 5, 11).centre == 5
    assert Uniform(2, 11).centre == 6.5
    assert Normal(2, 5).centre == 2
    assert Lognormal(2, 5).centre == 2


@pytest.mark.parametrize("of", [Triangular(0, 0, 1), Triangular(0, 1, 1)])
def test_a_mode_may_stand_at_an_end(of):
    middle = float(of.quantile(np.asarray(0.5)))
    assert of.cumulative(middle) == pytest.approx(0.5, rel=1e-12)
    assert (of.cumulative(-1), of.cumulative(2)) == (0, 1)


def test_outside_its_range_nothing_lies():
    for of in (Triangular(1, 2, 3), Pert(1, 2, 3), Uniform(1, 3), Lognormal(1, 1)):
        assert of.cumulative(-1) == 0
    for of in (Triangular(1, 2, 3), Pert(1, 2, 3), Uniform(1, 3)):
        assert of.cumulative(4) == 1


@pytest.mark.parametrize(
    ("of", "fault"),
    [
        (Triangular(1, 2, 3), ""),
        (Triangular(3, 2, 1), "high"),
        (Triangular(1, 4, 3), "mode"),
        (Pert(1, 1, 1), "high"),
        (Pert(1, 0, 2), "mode"),
        (Uniform(1, 1), "high"),
        (Uniform(1, 2), ""),
        (Normal(0, 0), "sd"),
        (Normal(0, 1), ""),
        (Lognormal(-1, 1), "mean"),
        (Lognormal(1, -1), "cv"),
        (Lognormal(1, 1e7), "cv"),
        (Lognormal(1, 1e-7), "cv"),
        (Lognormal(1, 1e6), ""),
    ],
)
def test_figures_that_do_not_fit_are_named(of, fault):
    assert of.fault() == fault


def test_each_is_known_by_its_name():
    assert set(DISTRIBUTIONS) == {
        "triangular",
        "pert",
        "uniform",
        "normal",
        "lognormal",
        "truncated_normal",
        "beta",
        "beta_moments",
        "discrete",
        "empirical",
        "resampled",
        "historical_level",
        "historical_growth",
    }
    assert is_distribution(Uniform(0, 1))
    assert not is_distribution(0.5)


# Cut to a range


def test_a_distribution_within_its_range_is_not_cut():
    cut = within(Uniform(0.2, 0.4), 0, 1)
    assert cut.outside == 0
    assert float(cut.quantile(np.asarray(0.5))) == pytest.approx(0.3)
    assert within(Normal(0, 1), None, None).outside == 0


@given(st.floats(0.01, 0.99), st.floats(0.01, 3), shares)
def test_a_cut_normal_is_scipy_s_truncated_one(mean, sd, share):
    cut = within(Normal(mean, sd), 0, 1)
    theirs = stats.truncnorm((0 - mean) / sd, (1 - mean) / sd, mean, sd)
    assert float(cut.quantile(np.asarray(share))) == pytest.approx(
        theirs.ppf(share), abs=1e-6
    )


@given(st.floats(0, 1), st.floats(1e-6, 1e9), st.floats(0, 1))
def test_a_cut_distribution_stays_in_its_range(mean, sd, share):
    cut = within(Normal(mean, sd), 0, 1)
    inside = 2**-54 + share * (1 - 2**-53)
    assert 0 <= float(cut.quantile(np.asarray(inside))) <= 1


def test_half_open_ranges_are_cut_at_their_one_end():
    below = within(Normal(0, 1), 0, None)
    assert below.outside == pytest.approx(0.5)
    assert float(below.quantile(np.asarray(1e-12))) == pytest.approx(0, abs=1e-9)
    above = within(Normal(0, 1), None, 0)
    assert float(above.quantile(np.asarray(1 - 1e-12))) == pytest.approx(0, abs=1e-9)
