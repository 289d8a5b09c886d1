"""Monte Carlo: the same draws everywhere, honest errors, Cancel heard."""

from __future__ import annotations

import math
import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core import simulation
from valuer.core.entries import params_or_refuse
from valuer.core.problems import Cancelled, UserError
from valuer.core.simulation import MOST, Simulation, simulate
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")
WORD = (1 << 64) - 1
MULTIPLIER = 0xDA942042E4DD58B5

# One year at its end, untaxed and undiscounted: the value is revenue × rate.
PLAIN: dict[str, Any] = {
    "revenue": [100],
    "royalty_rate": 1,
    "tax_rate": 0,
    "discount_rate": 0,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2030-12-31",
    "timing": "end",
}


def params(**given: Any) -> Any:
    return params_or_refuse(METHOD.params, PLAIN | given)[0]


def simulated(n: int, seed: int = 0, **given: Any) -> Simulation:
    return simulate(METHOD, params(**given), n, seed)


def uniform(low: float, high: float) -> dict[str, Any]:
    return {"dist": "uniform", "low": low, "high": high}


# The draws


def draws(n: int, seed: int, place: int, index: int) -> list[float]:
    """Reckon the uniforms anew, the generator's steps in Python's own integers.

    Source: O'Neill, PCG, "DXSM" output of a 128-bit congruential generator.
    """
    sequence = np.random.SeedSequence(seed, spawn_key=(place, index))
    begin = np.random.PCG64DXSM(sequence).state["state"]
    state, increment = begin["state"], begin["inc"]
    found = []
    for _ in range(n):
        high, low = state >> 64, state & WORD | 1
        high ^= high >> 32
        high = high * MULTIPLIER & WORD
        high ^= high >> 48
        found.append(((high * low & WORD) >> 11) + 0.5)
        state = (state * MULTIPLIER + increment) & (1 << 128) - 1
    return [share / 2**53 for share in found]


def test_the_first_draws_of_seed_0_are_these():
    # Revenue is the first parameter, its first period the first stream:
    # 0x1832aa61e9d7b41d, 0x97028aac3e277ca0 and 0x4ef116d550657d17, shifted by 11.
    first = [0.09452309503998785, 0.5898825331225037, 0.3083662291322948]
    assert draws(3, 0, 0, 0) == first
    two = simulated(2, revenue=[uniform(0, 1)])
    assert two.mean == pytest.approx(sum(first[:2]) / 2, rel=1e-15)
    assert (two.edges[0], two.edges[-1]) == (first[0], first[1])


@given(st.integers(0, 2**63 - 1), st.integers(2, 50))
@settings(max_examples=25)
def test_the_mean_is_that_of_draws_reckoned_anew(seed, n):
    found = simulated(n, seed, royalty_rate=uniform(0, 1))
    again = draws(n, seed, 1, 0)
    assert found.mean == pytest.approx(100 * math.fsum(again) / n, rel=1e-12)


UNCERTAIN = {
    "revenue": [{"dist": "lognormal", "mean": 100, "cv": 0.5}, 110, uniform(90, 130)],
    "royalty_rate": {"dist": "pert", "low": 0.01, "mode": 0.03, "high": 0.06},
    "tax_rate": [0.25, {"dist": "triangular", "low": 0.1, "mode": 0.2, "high": 0.3}, 0],
    "discount_rate": {"dist": "normal", "mean": 0.15, "sd": 0.02},
}


def test_the_same_seed_gives_the_same_figures():
    assert simulated(5000, 7, **UNCERTAIN) == simulated(5000, 7, **UNCERTAIN)
    assert simulated(5000, 7, **UNCERTAIN) != simulated(5000, 8, **UNCERTAIN)


@pytest.mark.parametrize("block", [1, 7, 999, 100_000])
def test_the_size_of_the_blocks_changes_nothing(block, monkeypatch):
    expected = simulated(1000, 3, **UNCERTAIN)
    monkeypatch.setattr(simulation, "BLOCK", block)
    found = simulated(1000, 3, **UNCERTAIN)
    assert (found.p5, found.p50, found.p95) == (expected.p5, expected.p50, expected.p95)
    assert found.mean == expected.mean


def test_an_input_s_draws_do_not_depend_on_the_other_inputs():
    # The rate of one scenario is what revenue 1 gives; a second uncertain input that
    # the value does not see (tax, before tax) must not move it.
    rate = uniform(0.01, 0.05)
    before_tax = {"tax_basis": "pre_tax", "royalty_rate": rate}
    alone = simulated(100, 5, **before_tax)
    beside = simulated(100, 5, tax_rate=uniform(0.1, 0.3), **before_tax)
    first = simulated(
        100, 5, revenue=[100, uniform(1, 2)], expiry_date="2025-12-31", **before_tax
    )
    assert alone == beside == first


def test_two_inputs_do_not_share_their_draws():
    both = simulated(20_000, 0, revenue=[uniform(0, 1)], royalty_rate=uniform(0, 1))
    # The mean of a product of independent uniforms is ¼; of one squared it is ⅓.
    assert both.mean == pytest.approx(0.25, abs=4 * both.se)


def test_two_periods_do_not_share_their_draws():
    two = simulated(20_000, 0, revenue=[uniform(0, 1)] * 2)
    # Variances add to 2/12; twice the same draw would have 4/12.
    assert two.sd**2 == pytest.approx(2 / 12, rel=0.05)


# What comes out


@pytest.mark.parametrize("seed", range(5))
def test_the_standard_error_is_honest(seed):
    # Linear in revenue, so the mean is exactly that of the mean revenue.
    given = {"royalty_rate": 0.05, "discount_rate": 0.2, "tax_rate": 0.25}
    found = simulated(20_000, seed, revenue=[uniform(50, 250)], **given)
    exact = METHOD.run(params(revenue=[150], **given)).value
    assert abs(found.mean - exact) < 4 * found.se
    # A uniform's standard deviation is width/√12.
    spread = exact / 150 * 200 / math.sqrt(12)
    assert found.se == pytest.approx(spread / math.sqrt(20_000), rel=0.05)


@pytest.mark.parametrize(
    ("dist", "mean", "p5", "p95"),
    [
        # DIST-02, and by hand: u = 0.05 and 0.95 of a uniform.
        ({"dist": "lognormal", "mean": 100, "cv": 0.5}, 100, 41.124, 194.53),
        (uniform(100, 200), 150, 105, 195),
        # √(0.05 · 9 · 3) and √(0.05 · 9 · 6) from the ends of the triangle of DIST-01.
        ({"dist": "triangular", "low": 2, "mode": 5, "high": 11}, 6, 3.1619, 9.3568),
        ({"dist": "normal", "mean": 1000, "sd": 10}, 1000, 983.551, 1016.449),
    ],
)
def test_quantiles_are_those_of_the_distribution(dist, mean, p5, p95):
    found = simulated(100_000, 1, revenue=[dist])
    assert found.mean == pytest.approx(mean, abs=4 * found.se)
    assert found.p5 == pytest.approx(p5, rel=0.01)
    assert found.p95 == pytest.approx(p95, rel=0.01)


def test_percentiles_are_linear_between_draws():
    # Of two draws a < b, P5 is a + 0.05 (b − a).
    found = simulated(2, revenue=[uniform(0, 1)])
    low, high = sorted(draws(2, 0, 0, 0))
    assert found.p5 == pytest.approx(low + 0.05 * (high - low))
    assert found.p50 == pytest.approx((low + high) / 2)
    assert found.sd == pytest.approx((high - low) / math.sqrt(2))
    assert found.se == pytest.approx((high - low) / 2)


@given(st.integers(2, 3000), st.integers(0, 100))
@settings(max_examples=30)
def test_the_histogram_holds_every_scenario(n, seed):
    found = simulated(n, seed, **UNCERTAIN)
    assert sum(found.counts) == n
    assert len(found.edges) == len(found.counts) + 1
    assert list(found.edges) == sorted(found.edges)


def test_the_path_ends_at_the_mean():
    found = simulated(1000, **UNCERTAIN)
    counts = [count for count, *_ in found.path]
    assert counts == sorted(set(counts))
    end = (1000, pytest.approx(found.mean), pytest.approx(found.se))
    assert found.path[-1] == end


@given(st.integers(2, 400), st.integers(0, 100))
@settings(max_examples=25)
def test_the_path_tells_the_mean_and_its_error_of_the_scenarios_so_far(n, seed):
    # The value is the draw itself, far from nought, where squares lose digits.
    found = simulated(n, seed, revenue=[uniform(1e6, 1e6 + 1)])
    again = [1e6 + share for share in draws(n, seed, 0, 0)]
    for count, mean, se in found.path:
        assert mean == pytest.approx(statistics.fmean(again[:count]), rel=1e-14)
        exact = statistics.stdev(again[:count]) / math.sqrt(count)
        assert se == pytest.approx(exact, rel=1e-7)


@given(st.integers(2, 400), st.integers(0, 100))
@settings(max_examples=25)
def test_the_percentiles_rise_and_hold_the_three_that_were_always_told(n, seed):
    found = simulated(n, seed, revenue=[uniform(0, 1)])
    told = dict(found.percentiles)
    assert list(told) == [1, 5, 10, 25, 50, 75, 90, 95, 99]
    assert list(told.values()) == sorted(told.values())
    assert (told[5], told[50], told[95]) == (found.p5, found.p50, found.p95)
    again = sorted(draws(n, seed, 0, 0))
    assert told[25] == pytest.approx(
        statistics.quantiles(again, n=4, method="inclusive")[0], rel=1e-12
    )


def test_the_figures_of_the_first_release_stay():
    # As version 0.1.0 told them, mean, error, deviation, P5, P50 and P95; to the last
    # bit on the machine that ran it, elsewhere but for the exp and pow of the machine.
    found = simulated(10_000, 20261122, **UNCERTAIN, expiry_date="2028-06-30")
    told = (found.mean, found.se, found.sd, found.p5, found.p50, found.p95)
    assert told == pytest.approx(
        (
            6.441388359167877,
            0.02223400485815525,
            2.223400485815525,
            3.254795909646656,
            6.218674250933342,
            10.337185369942176,
        ),
        rel=1e-14,
    )


def test_scenarios_that_all_agree_are_no_fault():
    # Before tax an uncertain tax rate moves nothing.
    found = simulated(100, tax_rate=uniform(0.1, 0.3), tax_basis="pre_tax")
    assert (found.mean, found.sd, found.p5) == (100, 0, 100)
    assert found.counts == (100,)


def test_draws_outside_the_range_are_cut_off():
    # A normal of mean 0.5 and sd 10, cut to 0 to 1, is all but uniform.
    found = simulated(20_000, royalty_rate={"dist": "normal", "mean": 0.5, "sd": 10})
    assert found.edges[0] >= 0
    assert found.edges[-1] <= 100
    assert found.mean == pytest.approx(50, abs=4 * found.se)
    assert found.sd == pytest.approx(100 / math.sqrt(12), rel=0.02)


def test_the_summary_as_json_has_what_the_command_line_promises():
    found = simulated(10, 3, revenue=[uniform(0, 1)]).plain()
    told = {"n", "seed", "mean", "se", "sd", "p5", "p50", "p95", "percentiles"}
    assert set(found) == told
    percents = ["1", "5", "10", "25", "50", "75", "90", "95", "99"]
    assert list(found["percentiles"]) == percents
    assert found["percentiles"]["95"] == found["p95"]
    assert (found["n"], found["seed"]) == (10, 3)


# What it refuses


def test_without_a_distribution_nothing_is_simulated():
    with pytest.raises(UserError, match="uncertain"):
        simulated(100)


@pytest.mark.parametrize("n", [-1, 0, 1, MOST + 1, 10**30])
def test_too_few_or_too_many_scenarios_are_refused(n):
    with pytest.raises(UserError, match="scenarios"):
        simulated(n, revenue=[uniform(0, 1)])


@pytest.mark.parametrize("seed", [-1, 2**63, 10**30])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(UserError, match="seed"):
        simulated(10, seed, revenue=[uniform(0, 1)])


@pytest.mark.parametrize(
    "dist",
    [
        uniform(0, 1.7e308),
        {"dist": "pert", "low": 0, "mode": 1e308, "high": 1.7e308},
        {"dist": "triangular", "low": 0, "mode": 1e308, "high": 1.7e308},
        {"dist": "normal", "mean": 1e300, "sd": 1e308},
        {"dist": "lognormal", "mean": 1e300, "cv": 1e6},
    ],
)
def test_values_beyond_all_measure_are_refused(dist):
    with pytest.raises(UserError, match="finite"):
        simulated(1000, revenue=[dist, 1e308], expiry_date="2029-12-31")


def test_contradictions_are_refused_before_any_draw():
    with pytest.raises(UserError, match="expiry"):
        simulated(10, revenue=[uniform(0, 1)], expiry_date="2020-01-01")


def test_cancel_is_heard_between_blocks():
    heard: list[int] = []

    def cancel(done: int, total: int) -> None:
        heard.append(done)
        if len(heard) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        simulate(METHOD, params(revenue=[uniform(0, 1)]), MOST, 0, cancel)
    assert heard == [simulation.BLOCK * k for k in (1, 2, 3)]


def test_progress_ends_with_all_of_them():
    heard: list[tuple[int, int]] = []
    told = params(revenue=[uniform(0, 1)])
    simulate(METHOD, told, 10_001, 0, lambda done, total: heard.append((done, total)))
    assert heard[-1] == (10_001, 10_001)
