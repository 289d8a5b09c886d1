from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from valuer.agency.statistics import (
    curves,
    incidence_at,
    quantiles,
    survival_at,
    wilson,
)

# Months and outcomes of ten invented cases: 1 granted, 2 lost, 0 pending.
MONTHS = np.array([10, 12, 12, 14, 15, 16, 18, 20, 22, 24])
FATES = np.array([1, 1, 0, 2, 1, 0, 1, 2, 0, 0])

cases = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 2)), min_size=1, max_size=60
)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (9, 12, 46.77, 91.11),
        (0, 8, 0, 32.44),
        (5, 5, 56.55, 100),
        (55, 100, 45.24, 64.39),
        (110, 200, 48.08, 61.74),
        (1, 40, 0.44, 12.88),
        (3, 3, 43.85, 100),
    ],
)
def test_wilson_interval_of_the_reference(hits, n, low, high):
    found = wilson(np.array([hits]), np.array([n]))
    assert [round(float(part[0]) * 100, 2) for part in found] == [low, high]


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_is_that_of_scipy(case):
    hits, n = case
    expected = stats.binomtest(hits, n).proportion_ci(method="wilson")
    low, high = wilson(np.array([hits]), np.array([n]))
    assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_no_case_has_no_interval():
    assert np.isnan(wilson(np.array([0]), np.array([0]))).all()


def test_incidence_of_grant_and_loss_of_the_reference():
    grants = curves(MONTHS, FATES)
    losses = curves(MONTHS, np.where(FATES > 0, 3 - FATES, 0))

    def at(curve, months):
        return round(float(incidence_at(curve, months).value[0]), 4)

    assert [at(grants, month) for month in (10, 12, 15, 18, 24)] == [
        0.1000,
        0.2000,
        0.3143,
        0.4571,
        0.4571,
    ]
    assert [at(losses, month) for month in (14, 20)] == [0.1143, 0.2571]
    assert round(float(survival_at(grants, 24).value[0]), 4) == 0.2857


def test_naive_one_minus_kaplan_meier_overstates_the_chance_of_a_grant():
    # The losses taken for pending cases: 0.5000, where the chance is 0.4571.
    naive = curves(MONTHS, np.where(FATES == 1, 1, 0))
    assert round(1 - float(survival_at(naive, 24).value[0]), 4) == 0.5
    right = incidence_at(curves(MONTHS, FATES), 24)
    assert 1 - survival_at(naive, 24).value[0] > right.value[0] + 0.04


@given(cases)
def test_survival_is_kaplan_and_meiers_of_scipy(rows):
    times, fates = (np.array(part) for part in zip(*rows, strict=True))
    expected = stats.ecdf(
        stats.CensoredData.right_censored(times, fates == 0)
    ).sf.evaluate(np.arange(41))
    curve = curves(times, fates)
    known = np.arange(times.max() + 1)
    found = [float(survival_at(curve, int(time)).value[0]) for time in known]
    assert found == pytest.approx(expected[known], abs=1e-12)


@given(cases)
def test_granted_lost_and_open_are_everything(rows):
    times, fates = (np.array(part) for part in zip(*rows, strict=True))
    grants = curves(times, fates)
    losses = curves(times, np.where(fates > 0, 3 - fates, 0))
    whole = grants.incidence + losses.incidence + grants.survival
    assert whole == pytest.approx(np.ones(len(whole)), abs=1e-12)


@given(cases)
def test_the_naive_chance_is_never_below_the_right_one(rows):
    times, fates = (np.array(part) for part in zip(*rows, strict=True))
    naive = curves(times, np.where(fates == 1, 1, 0))
    right = curves(times, fates)
    assert (1 - naive.survival >= right.incidence - 1e-12).all()


@given(st.lists(cases, min_size=2, max_size=4), st.integers(0, 40))
def test_groups_together_are_the_groups_alone(groups, time):
    rows = [(*row, place) for place, group in enumerate(groups) for row in group]
    times, fates, owner = (np.array(part) for part in zip(*rows, strict=True))
    together = curves(times, fates, owner, len(groups))
    for place, group in enumerate(groups):
        alone = curves(*(np.array(part) for part in zip(*group, strict=True)))
        for figure in (lambda c: incidence_at(c, time), quantiles):
            whole, one = figure(together), figure(alone)
            for name in ("value", "low", "high"):
                found, expected = getattr(whole, name)[place], getattr(one, name)[0]
                assert found == pytest.approx(expected, nan_ok=True, abs=1e-9)


def test_many_sparse_groups_are_sorted_not_counted():
    # Few cases over a wide range of times: the same figures the other way round.
    times, owner = np.array([5000, 9000, 7000]), np.array([0, 0, 1])
    curve = curves(times, np.array([1, 1, 1]), owner, 2)
    assert quantiles(curve).value.tolist() == [5000, 7000]


def test_median_stands_where_half_have_ended_and_is_unknown_before():
    assert quantiles(curves(MONTHS, FATES)).value.tolist() == [18]
    assert np.isnan(quantiles(curves(MONTHS, FATES * 0)).value).all()
    # Two of four by 3: exactly one half.
    times = np.array([1, 3, 5, 7])
    assert quantiles(curves(times, np.ones(4, dtype=int))).value.tolist() == [3]


def test_beyond_the_last_case_followed_nothing_is_known():
    found = incidence_at(curves(MONTHS, FATES), 25)
    assert np.isnan([found.value, found.low, found.high]).all()


def test_interval_of_the_incidence_is_the_binomial_one_without_pending_cases():
    # 400 cases, 220 granted, 180 lost, turn by turn, nobody pending: 0.55 of 400,
    # standard error √(0.55 × 0.45 / 400) = 0.0248747, on the log-minus-log scale.
    times = np.repeat([10, 12, 15, 20], [120, 80, 100, 100])
    fates = np.repeat([1, 2, 1, 2], [120, 80, 100, 100])
    found = incidence_at(curves(times, fates), 20)
    width = 1.959964 * 0.0248747 / (0.55 * 0.5978370)
    assert found.value[0] == pytest.approx(0.55)
    assert found.low[0] == pytest.approx(0.55 ** np.exp(width), abs=1e-5)
    assert found.high[0] == pytest.approx(0.55 ** np.exp(-width), abs=1e-5)


def test_a_group_without_a_hit_has_the_interval_of_none_beside_other_groups():
    # The running sums of other groups leave some 1e-16 behind.
    rng = np.random.default_rng(3)
    group = np.repeat(np.arange(40), 50)
    times = rng.integers(1, 1500, len(group))
    fates = np.where(group % 2 == 0, rng.integers(0, 3, len(group)), 0)
    times[group % 2 == 1] = 1600
    found = incidence_at(curves(times, fates, group, 40), 1600)
    assert (found.value[1::2] == 0).all()
    assert found.high[1::2] == pytest.approx(wilson(np.zeros(20), np.full(20, 50.0))[1])


def test_nobody_lost_yet_is_no_certainty():
    """21 of 21: Wilson's lower bound is n / (n + z²), 21 / 24.8415."""
    followed = np.array([70] * 21 + [10] * 5)
    curve = curves(followed, np.zeros(26, dtype=np.int64))
    found = survival_at(curve, 60)
    assert found.value[0] == 1.0
    assert found.low[0] == pytest.approx(21 / (21 + 1.959963984540054**2))
    assert found.high[0] == 1.0
    gone = survival_at(curves(np.array([5] * 8), np.ones(8, dtype=np.int64)), 60)
    assert gone.value[0] == gone.low[0] == 0.0
    assert gone.high[0] == pytest.approx(0.3244, abs=5e-5)  # 0/8 of the reference
