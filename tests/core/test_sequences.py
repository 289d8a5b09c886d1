"""Sobol points: scipy's own unscrambled, even when scrambled, honest in their error."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from valuer.core import sequences
from valuer.core.entries import params_or_refuse
from valuer.core.problems import UserError
from valuer.core.sampling import Sampling, Sequence
from valuer.core.sequences import REPLICATES, Sobol, sobol_streams
from valuer.core.simulation import Simulation, simulate
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")
PLAIN: dict[str, Any] = {
    "revenue": [
        {"dist": "lognormal", "mean": 1000 + 50 * k, "cv": 0.2} for k in range(5)
    ],
    "royalty_rate": {"dist": "uniform", "low": 0.01, "high": 0.05},
    "tax_rate": 0.25,
    "discount_rate": 0.12,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2034-12-31",
    "timing": "end",
}
SOBOL = Sampling(Sequence.SOBOL)


def params(**given: Any) -> Any:
    return params_or_refuse(METHOD.params, PLAIN | given)[0]


def simulated(n: int, seed: int = 0, **given: Any) -> Simulation:
    return simulate(METHOD, params(**given), n, seed, sampling=SOBOL)


def test_without_scrambling_the_points_are_scipy_s():
    theirs = qmc.Sobol(9, scramble=False).random_base2(10)
    for place, directions in enumerate(sequences._directions(9, 10)):
        ours = sequences._points(directions, 0, 1024) / 2.0**52
        assert (ours == theirs[:, place]).all()
        assert (
            sequences._points(directions, 300, 100) / 2.0**52 == ours[300:400]
        ).all()


@given(st.integers(0, 2**63 - 1), st.integers(1, 9))
@settings(max_examples=20)
def test_each_replicate_has_one_point_in_each_cell(seed, bits):
    # What scrambling keeps: of 2ᵏ points one falls into each of 2ᵏ equal cells.
    points = 2**bits
    for stream in sobol_streams(3, points * REPLICATES, seed):
        drawn = stream.next(points * REPLICATES)
        assert drawn.min() > 0
        assert drawn.max() < 1
        for replicate in range(REPLICATES):
            cells = np.floor(drawn[replicate::REPLICATES] * points)
            assert sorted(cells) == list(range(points))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
@settings(max_examples=20)
def test_the_size_of_the_blocks_changes_nothing(counts):
    whole, parts = (sobol_streams(2, sum(counts), 5)[1] for _ in range(2))
    together = np.concatenate([parts.next(count) for count in counts])
    assert (whole.next(sum(counts)) == together).all()


def test_replicates_and_inputs_are_scrambled_by_themselves():
    directions = sequences._directions(1, 6)[0]
    one, other = Sobol(directions, 1, 0).next(64), Sobol(directions, 1, 1).next(64)
    assert not (one == other).any()
    assert len(set(one[:REPLICATES].tolist())) == REPLICATES


def test_the_same_seed_gives_the_same_figures():
    assert simulated(1024, 7) == simulated(1024, 7)
    assert simulated(1024, 7) != simulated(1024, 8)


def test_the_first_numbers_of_seed_0_are_these():
    # The generator's first words, reckoned by its own steps, shifted to 52 bits: the
    # first point is nought, so that what is drawn is the shift alone.
    drawn = sobol_streams(1, 32, 0)[0].next(2)
    for replicate, u in enumerate(drawn.tolist()):
        sequence = np.random.SeedSequence(0, spawn_key=(0x50B01, replicate, 0))
        word = int(np.random.PCG64DXSM(sequence).random_raw())
        assert u == ((word >> 12) + 0.5) / 2**52


def exact() -> float:
    revenue = [1000 + 50 * k for k in range(5)]
    return METHOD.run(params(revenue=revenue, royalty_rate=0.03)).value


@pytest.mark.parametrize("seed", range(5))
def test_the_standard_error_of_replicates_is_honest(seed):
    # Revenue and rate are independent: the mean is that of the means.
    found = simulated(4096, seed)
    # Student's t of 15 degrees of freedom leaves 5 in one case of 6,000.
    assert abs(found.mean - exact()) < 5 * found.se
    assert found.sequence is Sequence.SOBOL
    assert found.plain()["sequence"] == "sobol"


def test_sobol_is_ten_times_as_sure_as_chance():
    plain = simulate(METHOD, params(), 4096, 1)
    errors = [simulated(4096, seed).se for seed in range(4)]
    assert math.sqrt(sum(one * one for one in errors) / 4) < plain.se / 10


def test_the_path_ends_at_the_mean_and_its_error():
    for n in (1000, 1024, 32):
        found = simulated(n, 3)
        counts = [count for count, *_ in found.path]
        assert counts == sorted(set(counts))
        assert found.path[-1] == (n, found.mean, found.se)


@pytest.mark.parametrize("n", [2, 31])
def test_replicates_need_two_points_each(n):
    with pytest.raises(UserError, match="between 32 and"):
        simulated(n)
