"""Minimum licence fee: cases by hand, laws, and what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.case import Case, Purpose, Run
from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.simulation import simulate
from valuer.core.valuing import value_case
from valuer.methods import METHODS

METHOD = METHODS.find("minimum_licence_fee")

# CN-W1: 1000 × 1.05 × 1.06 × 8/10 × 100/250 + 70 + 30 = 456.16.
PLAIN: dict[str, Any] = {
    "items": [
        {"name": "成本", "amount": 1000, "incurred": "2022-12-31", "index": "物价"}
    ],
    "price_indices": [
        {"index": "物价", "until": "2023-12-31", "change": 0.05},
        {"index": "物价", "until": "2024-12-31", "change": 0.06},
    ],
    "used_life": 2,
    "remaining_life": 8,
    "licensee_capacity": 100,
    "total_capacity": 250,
    "lost_income": 70,
    "added_cost": 30,
    "valuation_date": "2024-12-31",
}

money = st.floats(0.01, 1e9)

wholes = st.builds(
    lambda amounts, given, share: (
        given
        | {"items": [{"name": "成本", "amount": amount} for amount in amounts]}
        | {"licensee_capacity": share * given["total_capacity"]}
    ),
    st.lists(money, min_size=1, max_size=4),
    st.fixed_dictionaries(
        {
            "price_indices": st.just([]),
            "used_life": st.floats(0, 50),
            "remaining_life": st.floats(0.1, 50),
            "total_capacity": st.floats(1, 1e6),
            "lost_income": money,
            "added_cost": money,
        }
    ),
    st.floats(0, 1),
)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def test_the_examination_question_by_hand():
    found = {step.symbol: step.values for step in run().working}
    assert found["R"] == (pytest.approx(1113),)
    assert found["W"] == (pytest.approx(890.4),)
    assert found["s"] == (pytest.approx(0.4),)
    assert found["O"] == (100,)
    assert found["V"] == (pytest.approx(456.16),)


def test_who_uses_nothing_bears_the_opportunity_cost_alone():
    assert run(licensee_capacity=0).value == 100


def test_who_uses_all_bears_all():
    assert run(licensee_capacity=250).value == pytest.approx(990.4)


def test_it_says_that_it_serves_a_licence():
    (note,) = run().issues
    assert note.severity is Severity.NOTE
    assert "licence" in note.say("en")
    assert "licence" in METHOD.idea


@given(wholes, st.floats(0, 10))
def test_the_fee_falls_with_age(params, more):
    older = params | {"used_life": params["used_life"] + more}
    assert run(**older).value <= run(**params).value * (1 + 1e-12)


@given(wholes, st.floats(0.001, 1000))
def test_the_fee_is_proportional_to_all_amounts(params, factor):
    scaled = params | {
        "items": [r | {"amount": r["amount"] * factor} for r in params["items"]],
        "lost_income": params["lost_income"] * factor,
        "added_cost": params["added_cost"] * factor,
    }
    found = run(**params).value
    assert run(**scaled).value == pytest.approx(factor * found, rel=1e-12)


@given(wholes, st.floats(0.001, 1000))
def test_the_unit_of_capacity_does_not_matter(params, factor):
    names = ("licensee_capacity", "total_capacity")
    scaled = params | {name: params[name] * factor for name in names}
    scaled["licensee_capacity"] = min(
        scaled["licensee_capacity"], scaled["total_capacity"]
    )
    assert run(**scaled).value == pytest.approx(run(**params).value, rel=1e-12)


@given(wholes)
def test_nought_in_nought_out(params):
    free = params | {"lost_income": 0, "added_cost": 0}
    items = [{"name": "成本", "amount": 0}]
    assert run(**free | {"items": items}).value == 0
    assert run(**free | {"licensee_capacity": 0}).value == 0


@given(wholes, money)
def test_the_fee_is_never_below_the_opportunity_cost(params, more):
    found = run(**params).value
    assert found >= params["lost_income"] + params["added_cost"]
    dearer = run(**params | {"lost_income": params["lost_income"] + more}).value
    assert dearer == pytest.approx(found + more, rel=1e-9)


@given(wholes, st.integers(1, 5))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(params, scenarios):
    checked, _ = params_or_refuse(METHOD.params, PLAIN | params)
    arrays = METHOD.arrays(checked)
    for name, numbers in arrays.items():
        if isinstance(numbers, np.ndarray):
            flat = np.atleast_1d(numbers)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(checked).value, rel=1e-14)


def test_the_mean_of_an_uncertain_change_is_that_of_its_mean():
    rows = PLAIN["price_indices"]
    uncertain = {"dist": "uniform", "low": 0.02, "high": 0.08}
    given = PLAIN | {"price_indices": [rows[0] | {"change": uncertain}, rows[1]]}
    params, _ = params_or_refuse(METHOD.params, given)
    found = simulate(METHOD, params, 20_000, 7)
    assert found.mean == pytest.approx(456.16, abs=5 * found.se)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"items": []}, "items"),
        ({"total_capacity": 0}, "total_capacity"),
        ({"total_capacity": 99}, "total_capacity"),
        ({"licensee_capacity": -1}, "licensee_capacity"),
        ({"lost_income": -1}, "lost_income"),
        ({"added_cost": -1}, "added_cost"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert refused(**given).startswith(where)


@pytest.mark.parametrize(
    ("purpose", "expected"), [(Purpose.LICENCE, []), (Purpose.ASSIGNMENT, ["fee"])]
)
def test_for_another_purpose_than_a_licence_a_case_is_warned(purpose, expected):
    run = Run("fee", "minimum_licence_fee", params=PLAIN)
    valued = date.fromisoformat(PLAIN["valuation_date"])
    case = Case(valuation_date=valued, runs=(run,), purpose=purpose)
    issues = value_case(case, METHODS).issues
    warned = [one.where for one in issues if one.severity is Severity.WARNING]
    assert warned == expected
