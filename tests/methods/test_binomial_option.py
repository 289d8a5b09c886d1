"""Option on a stated tree: every path reckoned in fractions, and laws."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("binomial_option")

TREES = st.fixed_dictionaries(
    {
        "side": st.sampled_from(["call", "put"]),
        "underlying_value": st.integers(10, 200),
        "exercise_price": st.integers(10, 200),
        "up": st.integers(110, 200).map(lambda percent: percent / 100),
        "down": st.integers(40, 99).map(lambda percent: percent / 100),
        "rate": st.integers(0, 9).map(lambda percent: percent / 100),
        "price_growth": st.integers(-10, 10).map(lambda percent: percent / 100),
        "steps": st.integers(1, 8),
        "exercise": st.sampled_from(["european", "american"]),
    }
)


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


def by_fractions(tree: dict[str, Any]) -> Fraction:
    """The same tree, node by node, without rounding."""
    names = ("underlying_value", "exercise_price", "up", "down", "rate", "price_growth")
    worth, price, up, down, rate, growth = (Fraction(str(tree[name])) for name in names)
    chance = (1 + rate - down) / (up - down)
    sign = 1 if tree["side"] == "call" else -1

    def value(step: int, rises: int) -> Fraction:
        node = worth * up**rises * down ** (step - rises)
        gain = sign * (node - price * (1 + growth) ** step)
        if step == tree["steps"]:
            return max(gain, Fraction(0))
        waiting = chance * value(step + 1, rises + 1)
        waiting = (waiting + (1 - chance) * value(step + 1, rises)) / (1 + rate)
        return max(waiting, gain) if tree["exercise"] == "american" else waiting

    return value(0, 0)


@given(TREES, st.sampled_from(["annual", "continuous"]))
def test_every_formula_gives_the_numbers_shown(formulas_hold, tree, compounding):
    formulas_hold("binomial_option", tree | {"compounding": compounding}, rel=1e-9)


@given(TREES)
def test_it_is_the_tree_reckoned_in_fractions(tree):
    found = run(tree).value
    assert found == pytest.approx(float(by_fractions(tree)), rel=1e-9, abs=1e-9)


@given(TREES)
def test_early_use_is_worth_no_less(tree):
    early = run(tree, exercise="american").value
    assert early >= run(tree, exercise="european").value - 1e-9


@given(TREES)
def test_call_less_put_is_what_is_got_less_what_is_owed(tree):
    european = tree | {"exercise": "european"}
    apart = run(european, side="call").value - run(european, side="put").value
    grown = ((1 + tree["price_growth"]) / (1 + tree["rate"])) ** tree["steps"]
    expected = tree["underlying_value"] - tree["exercise_price"] * grown
    assert apart == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(TREES)
def test_the_probability_makes_the_expected_growth_that_of_the_rate(tree):
    chance = run(tree).outputs["p"]
    expected = chance * tree["up"] + (1 - chance) * tree["down"]
    assert expected == pytest.approx(1 + tree["rate"], rel=1e-12)


@given(TREES, st.integers(2, 3))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(tree, scenarios):
    params, _ = params_or_refuse(METHOD.params, tree)
    arrays = {
        name: np.repeat(np.atleast_1d(one)[np.newaxis], scenarios, axis=0)
        if isinstance(one, np.ndarray)
        else one
        for name, one in METHOD.arrays(params).items()
    }
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(params).value, rel=1e-12)
