"""Option by simulation: within its own error of the lattice, and repeatable."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("simulated_option")
AMERICAN = METHODS.find("american_option")

PUT: dict[str, Any] = {
    "side": "put",
    "underlying_value": 36,
    "exercise_price": 40,
    "life": 1,
    "risk_free_rate": 0.06,
    "volatility": 0.2,
    "dates": 50,
}

OPTIONS = st.fixed_dictionaries(
    {
        "side": st.sampled_from(["call", "put"]),
        "underlying_value": st.floats(50, 150),
        "exercise_price": st.floats(50, 150),
        "life": st.floats(0.2, 5),
        "risk_free_rate": st.floats(0, 0.12),
        "yield_rate": st.floats(0, 0.12),
        "volatility": st.floats(0.1, 0.7),
        "dates": st.integers(1, 6),
        "degree": st.integers(1, 4),
        "paths": st.just(1000),
        "seed": st.integers(0, 2**53),
    }
)
few = settings(max_examples=20)


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


def by_lattice(given: dict[str, Any]) -> float:
    known = {"paths", "degree", "seed"}
    asked = {name: one for name, one in given.items() if name not in known}
    asked |= {"use": "at_dates"}
    return AMERICAN.run(params_or_refuse(AMERICAN.params, asked)[0]).value


@few
@given(OPTIONS)
def test_every_formula_gives_the_numbers_shown(formulas_hold, option):
    formulas_hold("simulated_option", option, rel=1e-8)


@pytest.mark.parametrize(
    ("underlying", "volatility", "life"),
    [(36, 0.2, 1), (40, 0.4, 1), (44, 0.2, 2)],
)
def test_the_mean_of_several_seeds_lies_within_three_errors_of_the_lattice(
    underlying, volatility, life
):
    option = PUT | {"underlying_value": underlying, "volatility": volatility}
    option |= {"life": life, "dates": 50 * life, "paths": 20_000}
    found = [run(option, seed=seed) for seed in range(1, 5)]
    errors = [one.outputs["standard_error"] for one in found]
    error = math.sqrt(math.fsum(one**2 for one in errors)) / len(found)
    mean = math.fsum(one.value for one in found) / len(found)
    assert mean == pytest.approx(by_lattice(option), abs=3 * error + 0.01)


def test_the_same_seed_gives_the_same_figures_and_another_others():
    option = PUT | {"paths": 2000, "seed": 7}
    assert run(option).value == run(option).value
    assert run(option).value != run(option, seed=8).value


def test_the_draws_are_raw_integers_through_the_normal_quantile():
    # One date: the mean over pairs of the discounted payoffs, by the standard library.
    from statistics import NormalDist

    option = PUT | {"dates": 1, "paths": 1000, "seed": 5}
    bits = np.random.PCG64DXSM(np.random.SeedSequence(5))
    total = 0.0
    for raw in bits.random_raw(500).tolist():
        z = NormalDist().inv_cdf(((raw >> 11) + 0.5) / 2**53)
        for mirrored in (z, -z):
            worth = 36 * math.exp(0.04 + 0.2 * mirrored)
            total += max(40 - worth, 0)
    expected = total / 1000 * math.exp(-0.06)
    assert run(option).outputs["standard_error"] > 0
    assert [s.values for s in run(option).working if s.symbol == "W"] == [
        (pytest.approx(expected, rel=1e-9),)
    ]


def test_the_error_halves_with_four_times_the_paths():
    few_paths = run(PUT, paths=4000).outputs["standard_error"]
    many = run(PUT, paths=16_000).outputs["standard_error"]
    assert many == pytest.approx(few_paths / 2, rel=0.15)


@few
@given(OPTIONS, st.floats(0.01, 100))
def test_value_is_proportional_to_underlying_and_price_together(option, factor):
    scaled = option | {
        name: option[name] * factor for name in ("underlying_value", "exercise_price")
    }
    expected = factor * run(option).value
    assert run(scaled).value == pytest.approx(expected, rel=1e-6, abs=1e-9)


@few
@given(OPTIONS)
def test_it_is_worth_at_least_its_gain_today(option):
    sign = 1 if option["side"] == "call" else -1
    gain = sign * (option["underlying_value"] - option["exercise_price"])
    assert run(option).value >= max(gain, 0)


def test_without_volatility_it_is_used_when_that_brings_most():
    certain = PUT | {"volatility": 0, "paths": 1000}
    assert run(certain).value == pytest.approx(4, rel=1e-12)
