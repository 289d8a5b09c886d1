"""Rank correlations: the marginals stay, the wishes are met, contradictions mended."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from valuer.core import coupling as coupling_module
from valuer.core.correlation import mended, triangular_root
from valuer.core.coupling import Copula, reorder
from valuer.core.entries import params_or_refuse
from valuer.core.problems import Cancelled, UserError
from valuer.core.sampling import (
    Coupling,
    RankCorrelation,
    Sampling,
    Sequence,
    kendall_of_pearson,
    pearson_of_spearman,
    spearman_of_pearson,
)
from valuer.core.sequences import PseudoRandom
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")
PLAIN: dict[str, Any] = {
    "revenue": [{"dist": "uniform", "low": 50, "high": 150}, 100],
    "royalty_rate": {"dist": "pert", "low": 0.01, "mode": 0.03, "high": 0.06},
    "tax_rate": 0,
    "discount_rate": {"dist": "uniform", "low": 0, "high": 0.2},
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2030-12-31",
    "timing": "end",
}


def params(**given: Any) -> Any:
    return params_or_refuse(METHOD.params, PLAIN | given)[0]


def pair(a: str, b: str, spearman: float) -> RankCorrelation:
    return RankCorrelation(a, b, spearman)


def sampling(
    *pairs: RankCorrelation,
    how: Coupling = Coupling.IMAN_CONOVER,
    sequence: Sequence = Sequence.PSEUDO_RANDOM,
) -> Sampling:
    return Sampling(sequence, pairs, how)


def matrix(count: int, wished: list[float]) -> Any:
    found = np.eye(count)
    found[np.triu_indices(count, 1)] = wished
    return found + np.triu(found, 1).T


coefficients = st.lists(st.floats(-1, 1), min_size=6, max_size=6)


# Matrices


@given(coefficients)
@settings(max_examples=25)
def test_what_is_mended_is_a_correlation_matrix_and_stays_so(wished):
    found = mended(matrix(4, wished))
    assert np.linalg.eigvalsh(found).min() > -1e-9
    assert np.abs(np.diag(found) - 1).max() == 0
    assert np.abs(found).max() <= 1
    assert mended(found) is found


@given(coefficients)
@settings(max_examples=25)
def test_no_smaller_change_mends_it(wished):
    # The shrunken matrix is possible too, so the nearest is no farther away.
    asked = matrix(4, wished)
    least = np.linalg.eigvalsh(asked).min()
    shrunk = asked if least >= 0 else (asked - least * np.eye(4)) / (1 - least)
    change = np.linalg.norm(mended(asked) - asked)
    assert change <= np.linalg.norm(shrunk - asked) + 1e-6


def test_higham_s_own_example_is_mended_as_printed():
    # Higham (2002), the matrix of section 4: distance 0.5278, entries 0.7607, 0.1573.
    asked = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1.0]])
    found = mended(asked)
    assert np.linalg.norm(found - asked) == pytest.approx(0.5278, abs=5e-5)
    assert found[0, 1] == pytest.approx(0.7607, abs=5e-5)
    assert found[0, 2] == pytest.approx(0.1573, abs=5e-5)


@given(coefficients)
@settings(max_examples=25)
def test_the_root_squared_is_the_matrix(wished):
    found = mended(matrix(4, wished))
    root = triangular_root(found)
    assert np.abs(root @ root.T - found).max() < 1e-4
    assert np.abs((root * root).sum(axis=1) - 1).max() < 1e-12


def test_coefficients_of_normals_turn_into_one_another():
    # COP-5, and back.
    assert spearman_of_pearson(0.5) == pytest.approx(0.4825837395309974, rel=1e-14)
    assert kendall_of_pearson(0.5) == pytest.approx(1 / 3, rel=1e-14)
    assert pearson_of_spearman(spearman_of_pearson(0.3)) == pytest.approx(0.3)


# Draws


def uniforms(count: int, inputs: int = 3) -> Any:
    return np.stack([PseudoRandom(1, (i,)).next(count) for i in range(inputs)])


@given(st.integers(50, 2000), st.lists(st.floats(-0.9, 0.9), min_size=3, max_size=3))
@settings(max_examples=25)
def test_reordered_draws_are_the_same_draws(count, wished):
    before = uniforms(count)
    after = before.copy()
    reorder(after, triangular_root(mended(matrix(3, wished))))
    assert (np.sort(after) == np.sort(before)).all()
    assert (after[0] == before[0]).all()


@pytest.mark.parametrize("spearman", [-0.95, -0.5, 0.0, 0.3, 0.8, 1.0])
def test_reordered_draws_have_the_coefficient_almost_exactly(spearman):
    drawn = uniforms(5000, 2)
    reorder(drawn, triangular_root(matrix(2, [pearson_of_spearman(spearman)])))
    found = stats.spearmanr(drawn[0], drawn[1]).statistic
    assert found == pytest.approx(spearman, abs=0.005)


@pytest.mark.parametrize("spearman", [-1.0, -0.5, 0.0, 0.3, 0.8, 1.0])
def test_a_copula_has_the_coefficient_within_its_error(spearman):
    streams = [PseudoRandom(3, (i,)) for i in range(2)]
    root = triangular_root(matrix(2, [pearson_of_spearman(spearman)]))
    drawn = Copula(streams, root).next(20_000)
    found = stats.spearmanr(drawn[0], drawn[1]).statistic
    assert found == pytest.approx(spearman, abs=4 / math.sqrt(20_000))
    assert stats.kstest(drawn[1], "uniform").pvalue > 1e-4


# Simulations

HOW = list(Coupling)


@pytest.mark.parametrize("how", HOW)
def test_what_was_achieved_is_told(how):
    wished = sampling(pair("royalty_rate", "revenue[0]", -0.6), how=how)
    found = simulate(METHOD, params(), 20_000, 2, sampling=wished)
    (one,) = found.correlations
    assert (one.a, one.b, one.asked) == ("revenue[0]", "royalty_rate", -0.6)
    assert one.used == -0.6
    assert not one.is_changed
    assert one.achieved == pytest.approx(-0.6, abs=0.02)
    assert found.coupling is how
    told = found.plain()["correlations"]
    assert told[0]["achieved"] == one.achieved


@pytest.mark.parametrize("how", HOW)
def test_an_input_s_own_draws_stay_as_they_were(how):
    # The value is the sum of one input alone: the other only moves beside it.
    given = {"revenue": [PLAIN["revenue"][0]], "royalty_rate": 1, "discount_rate": 0}
    given["tax_rate"] = {"dist": "uniform", "low": 0, "high": 0.5}
    given["tax_basis"] = "pre_tax"
    alone = simulate(METHOD, params(**given), 4000, 9)
    wished = sampling(pair("revenue[0]", "tax_rate", 0.7), how=how)
    beside = simulate(METHOD, params(**given), 4000, 9, sampling=wished)
    assert beside.percentiles == alone.percentiles
    assert beside.mean == alone.mean


def test_inputs_without_a_wish_keep_their_draws():
    # Only the discount rate is seen by a value one year on; the others go together.
    wished = sampling(pair("revenue[0]", "royalty_rate", 0.7))
    given = {"revenue": [PLAIN["revenue"][0], 100], "expiry_date": "2026-12-31"}
    base = simulate(METHOD, params(**given), 2000, 4, sampling=wished)
    again = simulate(METHOD, params(**given), 2000, 4, sampling=wished)
    assert base == again


def test_contradicting_wishes_are_mended_and_told():
    wished = sampling(
        pair("revenue[0]", "royalty_rate", 0.9),
        pair("royalty_rate", "discount_rate", 0.9),
        pair("revenue[0]", "discount_rate", -0.5),
    )
    found = simulate(METHOD, params(), 8000, 0, sampling=wished)
    assert [one.asked for one in found.correlations] == [0.9, -0.5, 0.9]
    assert all(one.is_changed for one in found.correlations)
    for one in found.correlations:
        assert one.achieved == pytest.approx(one.used, abs=0.01)


def test_a_pair_between_two_wishes_may_have_to_move_too():
    wished = sampling(
        pair("revenue[0]", "royalty_rate", 0.9),
        pair("royalty_rate", "discount_rate", 0.9),
    )
    found = simulate(METHOD, params(), 2000, 0, sampling=wished)
    between = found.correlations[1]
    assert (between.a, between.b, between.asked) == (
        "revenue[0]",
        "discount_rate",
        None,
    )
    assert between.used > 0.05
    assert between.is_changed


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("seed", range(3))
def test_the_mean_of_a_product_is_the_closed_form(how, seed):
    # INV-11: m₁ m₂ exp(ρ s₁ s₂) with the correlation ρ = ½ of the logarithms.
    one = {"dist": "lognormal", "mean": 1e6, "cv": math.sqrt(math.expm1(0.09))}
    other = {"dist": "lognormal", "mean": 0.05, "cv": math.sqrt(math.expm1(0.16))}
    given = {"revenue": [one], "royalty_rate": other, "discount_rate": 0}
    wished = sampling(
        pair("revenue[0]", "royalty_rate", 6 / math.pi * math.asin(0.25)), how=how
    )
    found = simulate(METHOD, params(**given), 50_000, seed, sampling=wished)
    assert abs(found.mean - 5e4 * math.exp(0.06)) < 3 * found.se


def test_blocks_change_nothing(monkeypatch):
    for how in HOW:
        wished = sampling(pair("revenue[0]", "royalty_rate", 0.5), how=how)
        whole = simulate(METHOD, params(), 3000, 1, sampling=wished)
        with monkeypatch.context() as small:
            small.setattr("valuer.core.simulation.BLOCK", 700)
            small.setattr("valuer.core.coupling._BLOCK", 900)
            parts = simulate(METHOD, params(), 3000, 1, sampling=wished)
        assert parts.mean == whole.mean
        assert parts.percentiles == whole.percentiles


def test_sobol_points_may_be_correlated_too():
    for how in HOW:
        wished = sampling(
            pair("revenue[0]", "royalty_rate", 0.5), how=how, sequence=Sequence.SOBOL
        )
        found = simulate(METHOD, params(), 8192, 1, sampling=wished)
        plain = simulate(
            METHOD,
            params(),
            100_000,
            1,
            sampling=sampling(*wished.correlations, how=how),
        )
        assert found.correlations[0].achieved == pytest.approx(0.5, abs=0.005)
        assert abs(found.mean - plain.mean) < 4 * math.hypot(found.se, plain.se)
        assert found.se < plain.se


# What is refused


@pytest.mark.parametrize("spearman", [-1.01, 1.01, math.nan, math.inf])
def test_a_coefficient_out_of_range_is_refused(spearman):
    wished = sampling(pair("revenue[0]", "royalty_rate", spearman))
    with pytest.raises(UserError, match="between −1 and 1"):
        simulate(METHOD, params(), 100, sampling=wished)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([pair("revenue[1]", "royalty_rate", 0.5)], "no distribution stands there"),
        ([pair("pace", "royalty_rate", 0.5)], "“pace” cannot be correlated"),
        ([pair("royalty_rate", "royalty_rate", 1)], "with itself"),
        (
            [
                pair("revenue[0]", "royalty_rate", 0.5),
                pair("royalty_rate", "revenue[0]", 0.5),
            ],
            "stated twice",
        ),
    ],
)
def test_a_pair_that_is_none_is_refused(pairs, said):
    with pytest.raises(UserError, match=said):
        simulate(METHOD, params(), 100, sampling=sampling(*pairs))


def test_too_few_scenarios_cannot_be_reordered():
    wished = sampling(pair("revenue[0]", "royalty_rate", 0.5))
    with pytest.raises(UserError, match="too few scenarios"):
        simulate(METHOD, params(), 2, sampling=wished)


def test_more_than_is_held_is_refused(monkeypatch):
    monkeypatch.setattr(coupling_module, "MOST_HELD", 1999)
    wished = sampling(pair("revenue[0]", "royalty_rate", 0.5))
    with pytest.raises(UserError, match="at most 999 scenarios"):
        simulate(METHOD, params(), 1000, sampling=wished)


def test_cancel_is_heard_while_reordering():
    def cancel(done: int, total: int) -> None:
        assert done == 0, "Cancel was not heard before the first block"
        raise Cancelled

    wished = sampling(pair("revenue[0]", "royalty_rate", 0.5))
    with pytest.raises(Cancelled):
        simulate(METHOD, params(), 200_000, 0, cancel, wished)
