"""Replacement cost by multipliers: cases by hand, laws, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("multiplier_cost")

# CN-W19: (15 + 20 + 1.2 × 30) ÷ 0.6 × 1.2 = 142, of which five eighths are left.
PLAIN: dict[str, Any] = {
    "materials": [{"name": "材料", "amount": 15}, {"name": "设备", "amount": 20}],
    "living_labour": 30,
    "labour_multiple": 1.2,
    "research_risk": 0.4,
    "return_rate": 0.2,
    "used_life": 3,
    "remaining_life": 5,
    "valuation_date": "2024-12-31",
}

money = st.floats(0.01, 1e9)

wholes = st.fixed_dictionaries(
    {
        "materials": st.lists(
            st.fixed_dictionaries({"name": st.just("材料"), "amount": money}),
            min_size=1,
            max_size=4,
        ),
        "living_labour": money,
        "labour_multiple": st.floats(0, 20),
        "research_risk": st.floats(0, 0.9),
        "return_rate": st.floats(0, 2),
        "used_life": st.floats(0, 50),
        "remaining_life": st.floats(0.1, 50),
        "further_depreciation": st.floats(0, 1),
        "valuation_date": st.just("2024-12-31"),
    }
)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def costs_times(params: dict[str, Any], factor: float) -> dict[str, Any]:
    rows = [row | {"amount": row["amount"] * factor} for row in params["materials"]]
    labour = params["living_labour"] * factor
    return params | {"materials": rows, "living_labour": labour}


def test_the_examination_question_by_hand():
    found = {step.symbol: step.values for step in run().working}
    assert found["c"] == (35,)
    assert found["R"] == (pytest.approx(142),)
    assert found["V"] == (pytest.approx(88.75),)


def test_without_labour_risk_and_return_it_is_the_material():
    bare = {"living_labour": 0, "research_risk": 0, "return_rate": 0, "used_life": 0}
    assert run(**bare).value == pytest.approx(35)


def test_a_risk_of_one_half_doubles_the_cost():
    none, half = run(research_risk=0).value, run(research_risk=0.5).value
    assert half == pytest.approx(2 * none)


def test_the_materials_have_their_names():
    assert run().heads("materials") == ("材料", "设备")


@given(wholes, st.floats(0, 10))
def test_value_falls_with_age(params, more):
    older = params | {"used_life": params["used_life"] + more}
    assert run(**older).value <= run(**params).value * (1 + 1e-12)


@given(wholes, st.floats(0.001, 1000))
def test_value_is_proportional_to_all_costs(params, factor):
    scaled = run(**costs_times(params, factor)).value
    assert scaled == pytest.approx(factor * run(**params).value, rel=1e-12)


@given(wholes)
def test_nought_in_nought_out(params):
    assert run(**costs_times(params, 0)).value == 0
    assert run(**params | {"remaining_life": 0, "used_life": 1}).value == 0


@given(
    wholes,
    st.sampled_from(["labour_multiple", "research_risk", "return_rate"]),
    st.floats(0, 0.09),
)
def test_value_rises_with_each_multiplier(params, name, more):
    higher = params | {name: params[name] + more}
    assert run(**params).value <= run(**higher).value * (1 + 1e-12)


@given(wholes, st.integers(1, 5))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(params, scenarios):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = METHOD.arrays(checked)
    for name, numbers in arrays.items():
        if isinstance(numbers, np.ndarray):
            flat = np.atleast_1d(numbers)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(checked).value, rel=1e-14)


def test_the_mean_of_uncertain_costs_is_that_of_their_means():
    given = {
        "materials": [
            {"name": "材料", "amount": {"dist": "uniform", "low": 10, "high": 20}},
            {"name": "设备", "amount": {"dist": "normal", "mean": 20, "sd": 2}},
        ],
        "living_labour": {"dist": "triangular", "low": 20, "mode": 30, "high": 40},
    }
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    found = simulate(METHOD, params, 20_000, 7)
    assert found.mean == pytest.approx(88.75, abs=5 * found.se)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"materials": []}, "materials"),
        ({"materials": [{"name": "甲", "amount": -1}]}, "materials[0].amount"),
        ({"living_labour": -1}, "living_labour"),
        ({"labour_multiple": -0.1}, "labour_multiple"),
        ({"research_risk": 1}, "research_risk"),
        ({"return_rate": -0.1}, "return_rate"),
        ({"remaining_life": None}, "remaining_life"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
