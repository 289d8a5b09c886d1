from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from valuer.agency.control_charts import (
    between_losses,
    funnel,
    g_chart,
    p_chart,
    p_limits,
)


@pytest.mark.parametrize(
    ("n", "limits", "warnings"),
    [
        (12, (11.92, 98.08), (26.28, 83.72)),
        (30, (27.75, 82.25), (36.83, 73.17)),
        (100, (40.08, 69.92), (45.05, 64.95)),
    ],
)
def test_limits_of_the_reference(n, limits, warnings):
    def at(sigmas):
        found = p_limits(0.55, np.array([n]), sigmas)
        return tuple(round(float(part[0]) * 100, 2) for part in found)

    assert at(3) == limits
    assert at(2) == warnings


def test_few_expected_hits_have_exact_limits():
    # 20 cases at 2 %: 3 hits lie within the limits, the normal curve would say 2.28.
    low, high = p_limits(0.02, np.array([20]))
    assert low[0] == 0
    assert high[0] * 20 == 3
    assert stats.binom.sf(3, 20, 0.02) < 0.00135 < stats.binom.sf(2, 20, 0.02)


def test_no_case_has_no_limits():
    assert np.isnan(p_limits(0.5, np.array([0]))).all()


def test_a_point_outside_is_told_from_one_that_warns():
    chart = p_chart(np.array([55, 66, 75]), np.array([100, 100, 100]), centre=0.55)
    assert chart.out.tolist() == [False, False, True]
    assert chart.warned.tolist() == [False, True, False]


def test_the_centre_is_the_common_rate():
    assert p_chart(np.array([10, 30]), np.array([40, 40])).centre == 0.5


def test_the_funnel_narrows_with_the_count():
    chart = funnel(np.array([5, 50, 500]), np.array([10, 100, 1000]))
    assert (np.diff(chart.high - chart.low) < 0).all()
    # 99.8 % of 1,000 at one half: 0.5 ± 3.0902 × 0.015811.
    assert chart.high[2] == pytest.approx(0.54886, abs=1e-5)


def test_losses_that_become_rarer_stand_above_the_g_chart():
    lost = np.zeros(400, dtype=bool)
    lost[[9, 19, 29, 39, 49, 59, 69, 79, 89, 399]] = True
    chart = g_chart(between_losses(lost))
    assert chart.between.tolist() == [9.0] * 9 + [309.0]
    # Mean 39, √(39 × 40) = 39.497.
    assert chart.centre == 39
    assert chart.high == pytest.approx(39 + 3 * 39.497, abs=1e-2)
    assert chart.low == 0
    assert (chart.between > chart.high).tolist() == [False] * 9 + [True]


def test_without_a_loss_there_is_no_g_chart():
    assert np.isnan(g_chart(between_losses(np.zeros(5, dtype=bool))).centre)


@pytest.mark.parametrize("rate", [0.0, 0.0004, 0.02, 0.4, 0.97, 1.0])
def test_exact_limits_are_the_quantiles_of_the_binomial_law(rate):
    counts = np.arange(1.0, 200.0)
    few = np.minimum(counts * rate, counts * (1 - rate)) < 5
    low, high = p_limits(rate, counts, 3.0)
    tail = stats.norm.cdf(-3.0)
    for limit, chance in ((low, tail), (high, 1 - tail)):
        expected = np.maximum(stats.binom.ppf(chance, counts, rate), 0) / counts
        assert limit[few].tolist() == expected[few].tolist()
