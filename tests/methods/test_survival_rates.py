"""Survival: stages by hand, laws of chances, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Finds, Result
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("survival_rates")

# American patents issued at the end of 1996.
PLAIN: dict[str, Any] = {
    "stages": [
        {"years": 4, "share": 0.84},
        {"years": 8, "share": 0.63},
        {"years": 12, "share": 0.49},
    ],
    "horizon": 12,
}

few = settings(max_examples=25)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 6))
    gaps = draw(st.lists(st.floats(0.5, 8), min_size=count, max_size=count))
    kept = draw(st.lists(st.floats(0.2, 1), min_size=count, max_size=count))
    ends = np.cumsum(gaps)
    age = draw(st.floats(0, 0.8)) * ends[-1]
    return {
        "stages": [
            {"years": float(end), "share": float(share)}
            for end, share in zip(ends, np.cumprod(kept), strict=True)
        ],
        "age": float(age),
        "horizon": float((ends[-1] - age) * draw(st.floats(0.1, 0.99))),
    }


def test_the_stages_of_american_patents():
    found = run()
    assert found.outputs["conditional"] == pytest.approx([0.84, 0.75, 7 / 9])
    hazards = [-math.log(share) / 4 for share in (0.84, 0.75, 7 / 9)]
    assert found.outputs["annual_hazard"] == pytest.approx(hazards)
    assert found.value == pytest.approx(0.49)
    assert found.heads("stages") == ("4", "8", "12")


def test_discrete_rates_multiply_back_to_the_shares_and_continuous_ones_do_not():
    rates = run().outputs["discrete_hazard"]
    assert rates == pytest.approx([0.0427, 0.0694, 0.0609], abs=6e-5)
    kept = math.prod((1 - rate) ** 4 for rate in rates)
    assert kept == pytest.approx(0.49)


def test_the_age_of_the_right_is_behind_it():
    # Half of the second stage and half of the third.
    found = run(age=6, horizon=4)
    assert found.value == pytest.approx(math.sqrt(0.75 * 7 / 9))
    assert run(age=4, horizon=4).value == pytest.approx(0.75)


def test_the_yearly_chances_are_told_for_use_as_weights():
    found = run(age=4, horizon=8)
    chances = found.outputs["survival"]
    assert len(chances) == 8
    assert chances[3] == pytest.approx(0.75)
    assert chances[-1] == found.value
    assert found.outputs["expected_whole_years"] == pytest.approx(math.fsum(chances))


@few
@given(tables())
def test_every_formula_holds_on_the_numbers_shown(formulas_hold, params):
    found = formulas_hold("survival_rates", params, rel=1e-9)
    # As many small steps, each at the rate of its stage.
    steps, chance, begin = 2000, 0.0, params["age"]
    rates = found.outputs["annual_hazard"]
    ends = [row["years"] for row in params["stages"]]
    for step in range(steps):
        when = begin + (step + 0.5) * params["horizon"] / steps
        stage = next(place for place, end in enumerate(ends) if when <= end)
        chance += rates[stage] * params["horizon"] / steps
    assert found.value == pytest.approx(math.exp(-chance), rel=0.01)


@few
@given(tables(), st.floats(0.1, 0.9))
def test_a_longer_way_is_the_product_of_its_parts(params, part):
    near = params["horizon"] * part
    first = run(**params | {"horizon": near}).value
    then = {"age": params["age"] + near, "horizon": params["horizon"] - near}
    second = run(**params | then).value
    assert run(**params).value == pytest.approx(first * second, rel=1e-9)


@few
@given(tables())
def test_chances_never_rise_and_lie_between_nought_and_one(params):
    found = run(**params)
    chances = [1.0, *found.outputs["survival"]]
    assert chances == sorted(chances, reverse=True)
    assert 0 < found.value <= 1


@few
@given(tables(), st.integers(1, 4))
def test_many_at_once_are_each_the_single_one(params, count):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = {
        name: np.repeat(np.atleast_1d(one)[np.newaxis], count, axis=0)
        for name, one in METHOD.arrays(checked).items()
    }
    single = METHOD.run(checked).value
    assert METHOD.values(arrays) == pytest.approx([single] * count, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"stages": []}, "stages"),
        ({"stages": [{"years": 0, "share": 0.5}]}, "stages[0].years"),
        ({"stages": [{"years": 20, "share": 0}]}, "stages[0].share"),
        ({"stages": [{"years": 20, "share": 1.1}]}, "stages[0].share"),
        (
            {"stages": [{"years": 20, "share": 0.5}, {"years": 20, "share": 0.4}]},
            "stages[1].years",
        ),
        (
            {"stages": [{"years": 9, "share": 0.5}, {"years": 20, "share": 0.6}]},
            "stages[1].share",
        ),
        ({"horizon": 13}, "horizon"),
        ({"horizon": 12, "age": 1}, "horizon"),
        ({"horizon": 0}, "horizon"),
        ({"age": -1}, "age"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)


def test_it_finds_a_factor():
    assert METHOD.finds is Finds.FACTOR
    assert run().currency == ""
