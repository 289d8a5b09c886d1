"""Patent as an option: three values beside the static one, and a tree by hand."""

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

METHOD = METHODS.find("patent_option")

PATENTS = st.fixed_dictionaries(
    {
        "underlying_value": st.floats(100, 10000),
        "exercise_price": st.floats(100, 10000),
        "life": st.floats(2, 20),
        "risk_free_rate": st.floats(0, 0.12),
        "volatility": st.floats(0.1, 0.8),
    }
)
few = settings(max_examples=20)

AVONEX: dict[str, Any] = {
    "underlying_value": 3422,
    "exercise_price": 2875,
    "life": 17,
    "variance": 0.224,
    "risk_free_rate": 0.067,
}


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


def eroding_tree(patent: dict[str, Any], steps: int) -> float:
    """A tree on the value before erosion; (T − t)/T of it can be launched at t."""
    step = patent["life"] / steps
    up = math.exp(patent["volatility"] * math.sqrt(step))
    grown = math.exp(patent["risk_free_rate"] * step)
    chance = (grown - 1 / up) / (up - 1 / up)
    values = [0.0] * (steps + 1)
    for level in range(steps - 1, -1, -1):
        left = 1 - level / steps
        for rises in range(level + 1):
            worth = patent["underlying_value"] * up ** (2 * rises - level) * left
            waiting = (
                chance * values[rises + 1] + (1 - chance) * values[rises]
            ) / grown
            values[rises] = max(waiting, worth - patent["exercise_price"])
    return values[0]


@few
@given(
    PATENTS,
    st.sampled_from(["european", "american", "erosion"]),
    st.none() | st.floats(0, 0.3),
)
def test_every_formula_gives_the_numbers_shown(formulas_hold, patent, basis, cost):
    given = patent | {"basis": basis, "yield_rate": cost}
    formulas_hold("patent_option", given, rel=1e-9)


@few
@given(PATENTS)
def test_launching_at_any_time_is_worth_at_least_launching_now_or_at_the_end(patent):
    found = run(patent).outputs
    assert found["american"] >= max(found["european"], found["npv"], 0)
    assert found["erosion"] >= max(found["npv"], 0)


@few
@given(PATENTS)
def test_the_value_adopted_is_the_one_stated_and_the_static_one_is_not_added(patent):
    for basis in ("european", "american", "erosion"):
        found = run(patent, basis=basis)
        assert found.value == found.outputs[basis]
        static = patent["underlying_value"] - patent["exercise_price"]
        assert found.outputs["npv"] == pytest.approx(static, rel=1e-12, abs=1e-9)
        premium = found.value - found.outputs["npv"]
        assert found.outputs["premium"] == pytest.approx(premium, rel=1e-9, abs=1e-6)


@few
@given(PATENTS)
def test_erosion_as_it_is_follows_a_tree_node_by_node(patent):
    if (
        patent["risk_free_rate"] * math.sqrt(patent["life"] / 200)
        >= 0.5 * patent["volatility"]
    ):
        return
    found = run(patent, basis="erosion").value
    scale = patent["underlying_value"]
    assert found == pytest.approx(
        eroding_tree(patent, 200), rel=0.02, abs=0.004 * scale
    )


def test_the_cost_of_delay_is_one_over_the_life_unless_stated():
    assert run(AVONEX).outputs["cost_of_delay"] == pytest.approx(1 / 17, rel=1e-12)
    stated = run(AVONEX, yield_rate=0.0589)
    # With the printed 5.89 % the published 907 becomes 905.44.
    assert stated.value == pytest.approx(905.44, abs=0.005)
    assert "break_even_life" not in stated.outputs


def test_at_the_life_of_break_even_waiting_is_worth_launching():
    life = run(AVONEX).outputs["break_even_life"]
    assert life == pytest.approx(8.2, abs=0.05)
    assert run(AVONEX, life=life).outputs["premium"] == pytest.approx(0, abs=1e-6)


def test_there_is_no_break_even_where_launching_now_brings_nothing():
    assert "break_even_life" not in run(AVONEX, exercise_price=4000).outputs


def test_without_volatility_waiting_to_the_end_brings_what_is_certain():
    certain = {**AVONEX, "variance": 0}
    expected = 3422 / math.e - 2875 * math.exp(-0.067 * 17)
    assert run(certain).value == pytest.approx(expected, rel=1e-12)


def test_scenarios_give_the_value_adopted_only_and_the_same():
    params, _ = params_or_refuse(METHOD.params, AVONEX | {"basis": "american"})
    arrays = {
        name: one.reshape(1, 1).repeat(2, axis=0)
        if isinstance(one, np.ndarray)
        else one
        for name, one in METHOD.arrays(params).items()
    }
    assert METHOD.values(arrays) == pytest.approx(METHOD.run(params).value, rel=1e-12)
