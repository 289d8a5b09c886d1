"""Option on given paths: the regression once more by NumPy's polyfit, and by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("path_option")

# Two dates and four paths: nothing is in the money on the first.
PLAIN: dict[str, Any] = {
    "side": "put",
    "underlying_value": 1,
    "exercise_price": 1,
    "risk_free_rate": 0.05,
    "dates": [{"time": 1}, {"time": 2}],
    "paths": [
        {"values": [1.2, 0.8]},
        {"values": [1.1, 0.9]},
        {"values": [1.3, 1.4]},
        {"values": [1.05, 1.0]},
    ],
}


@st.composite
def rights(draw: st.DrawFn) -> dict[str, Any]:
    count, dates = draw(st.integers(8, 20)), draw(st.integers(1, 4))
    values = st.lists(st.floats(0.5, 1.5), min_size=dates, max_size=dates, unique=True)
    return {
        "side": draw(st.sampled_from(["call", "put"])),
        "underlying_value": draw(st.floats(0.5, 1.5)),
        "exercise_price": draw(st.floats(0.7, 1.3)),
        "risk_free_rate": draw(st.floats(0, 0.2)),
        "dates": [{"time": 0.5 * (place + 1)} for place in range(dates)],
        "paths": [{"values": draw(values)} for _ in range(count)],
        "degree": draw(st.integers(1, 3)),
    }


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


@given(rights())
def test_every_formula_gives_the_numbers_shown(formulas_hold, right):
    formulas_hold("path_option", right, rel=1e-9)


def test_where_nothing_pays_early_the_last_date_counts():
    found = run(PLAIN)
    expected = (0.2 + 0.1) / 4 * math.exp(-0.1)
    assert found.value == pytest.approx(expected, rel=1e-12)
    assert found.outputs["european"] == pytest.approx(expected, rel=1e-12)
    assert found.outputs["coefficients"] == [[]]
    assert found.outputs["exercise_times"] == [2, 2, 2, 2]


def test_the_regression_is_that_of_polyfit():
    draws = np.random.default_rng(11).standard_normal((60, 2))
    first = np.exp(-0.01 + 0.3 * draws[:, 0])
    second = first * np.exp(-0.01 + 0.3 * draws[:, 1])
    paths = [{"values": list(pair)} for pair in zip(first, second, strict=True)]
    right = PLAIN | {"paths": paths, "degree": 2}
    found = run(right)
    cash = np.maximum(1 - second, 0) * math.exp(-0.05)
    pays = first < 1
    fit = np.polyfit(first[pays], cash[pays], 2)
    coefficients = found.outputs["coefficients"][0]
    assert coefficients == pytest.approx(list(fit[::-1]), rel=1e-8)
    used = pays & (1 - first > np.polyval(fit, first))
    worth = np.where(used, 1 - first, cash) * math.exp(-0.05)
    assert found.value == pytest.approx(max(worth.mean(), 0), rel=1e-9)


@given(rights())
def test_it_is_worth_at_least_its_gain_today(right):
    sign = 1 if right["side"] == "call" else -1
    gain = sign * (right["underlying_value"] - right["exercise_price"])
    assert run(right).value >= max(gain, 0)


@given(rights(), st.integers(2, 3))
@settings(max_examples=20)
def test_scenarios_of_fixed_inputs_all_give_the_single_value(right, scenarios):
    params, _ = params_or_refuse(METHOD.params, right)
    arrays = METHOD.arrays(params)
    for name, numbers in arrays.items():
        if isinstance(numbers, np.ndarray):
            numbers = np.atleast_1d(numbers)
            arrays[name] = np.repeat(numbers[np.newaxis], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(params).value, rel=1e-12)


@pytest.mark.parametrize("name", ["exercise_price", "risk_free_rate"])
def test_one_uncertain_number_meets_paths_that_are_certain(name):
    drawn = {"dist": "uniform", "low": 0.999 * PLAIN[name], "high": 1.001 * PLAIN[name]}
    params, _ = params_or_refuse(METHOD.params, PLAIN | {name: drawn})
    found = simulate(METHOD, params, 50, 1)
    assert found.mean == pytest.approx(run(PLAIN).value, rel=0.02)


def test_uncertain_dates_and_values_are_drawn_too():
    date = {"time": {"dist": "uniform", "low": 1.9, "high": 2.1}}
    value = {"dist": "uniform", "low": 0.79, "high": 0.81}
    given = PLAIN | {"dates": [{"time": 1}, date]}
    given["paths"] = [{"values": [1.2, value]}, *PLAIN["paths"][1:]]
    params, _ = params_or_refuse(METHOD.params, given)
    found = simulate(METHOD, params, 500, 1)
    assert found.mean == pytest.approx(run(PLAIN).value, rel=0.02)
