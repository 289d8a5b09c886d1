"""Option to exchange: one volatility, no volatility, and the other side."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("exchange_option")
EUROPEAN = METHODS.find("european_option")

PAIRS = st.fixed_dictionaries(
    {
        "received_value": st.floats(10, 1000),
        "given_value": st.floats(10, 1000),
        "life": st.floats(0.1, 10),
        "received_yield": st.floats(-0.1, 0.2),
        "given_yield": st.floats(-0.1, 0.2),
        "received_volatility": st.floats(0.05, 1),
        "given_volatility": st.floats(0.05, 1),
        "correlation": st.floats(-1, 0.9),
    }
)


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


@given(PAIRS)
def test_every_formula_gives_the_numbers_shown(formulas_hold, pair):
    formulas_hold("exchange_option", pair, rel=1e-8)


@given(PAIRS)
def test_with_a_certain_cost_it_is_the_european_option(pair):
    certain = pair | {"given_volatility": 0}
    option = {
        "side": "call",
        "underlying_value": pair["received_value"],
        "exercise_price": pair["given_value"],
        "life": pair["life"],
        "yield_rate": pair["received_yield"],
        # What the cost loses is what money earns.
        "risk_free_rate": max(pair["given_yield"], -0.1),
        "volatility": pair["received_volatility"],
    }
    expected = EUROPEAN.run(params_or_refuse(EUROPEAN.params, option)[0]).value
    assert run(certain).value == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(PAIRS)
def test_the_right_to_exchange_less_that_to_exchange_back_is_the_difference(pair):
    back = {
        "received_value": pair["given_value"],
        "given_value": pair["received_value"],
        "received_yield": pair["given_yield"],
        "given_yield": pair["received_yield"],
        "received_volatility": pair["given_volatility"],
        "given_volatility": pair["received_volatility"],
    }
    got = pair["received_value"] * math.exp(-pair["received_yield"] * pair["life"])
    paid = pair["given_value"] * math.exp(-pair["given_yield"] * pair["life"])
    apart = run(pair).value - run(pair | back).value
    assert apart == pytest.approx(got - paid, rel=1e-9, abs=1e-8)


@given(PAIRS)
def test_values_that_move_as_one_leave_what_is_certain(pair):
    as_one = pair | {"correlation": 1, "given_volatility": pair["received_volatility"]}
    got = pair["received_value"] * math.exp(-pair["received_yield"] * pair["life"])
    paid = pair["given_value"] * math.exp(-pair["given_yield"] * pair["life"])
    assert run(as_one).value == pytest.approx(max(got - paid, 0), abs=1e-5)


@given(PAIRS, st.floats(0, 0.1))
def test_value_falls_as_both_move_more_together(pair, more):
    closer = pair | {"correlation": pair["correlation"] + more}
    assert run(closer).value <= run(pair).value + 1e-9


@given(PAIRS, st.floats(0.01, 100))
def test_value_is_proportional_to_both_values(pair, factor):
    scaled = pair | {
        name: pair[name] * factor for name in ("received_value", "given_value")
    }
    expected = factor * run(pair).value
    assert run(scaled).value == pytest.approx(expected, rel=1e-9, abs=1e-9 * factor)


def test_draws_of_the_two_values_give_the_same():
    # Correlated normals by hand, as many as bring the error to a tenth of a percent.
    pair = {"received_value": 22, "given_value": 20, "life": 0.5, "correlation": -0.5}
    pair |= {"received_yield": 0.06, "given_yield": 0.04}
    pair |= {"received_volatility": 0.2, "given_volatility": 0.15}
    draws = np.random.default_rng(3).standard_normal((2, 400_000))
    other = -0.5 * draws[0] + math.sqrt(0.75) * draws[1]
    root = math.sqrt(0.5)
    got = 22 * np.exp((-0.06 - 0.02) * 0.5 + 0.2 * root * draws[0])
    paid = 20 * np.exp((-0.04 - 0.01125) * 0.5 + 0.15 * root * other)
    gains = np.maximum(got - paid, 0)
    error = gains.std() / math.sqrt(len(gains))
    assert run(pair).value == pytest.approx(gains.mean(), abs=4 * error)
