"""Perpetual option: twice the cost, its equation, and long lives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("perpetual_option")
AMERICAN = METHODS.find("american_option")

OPTIONS = st.fixed_dictionaries(
    {
        "underlying_value": st.floats(10, 1000),
        "exercise_price": st.floats(10, 1000),
        "risk_free_rate": st.floats(0, 0.15),
        "yield_rate": st.floats(0.01, 0.2),
        "volatility": st.floats(0.1, 1),
    }
)
few = settings(max_examples=20)


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


@given(OPTIONS)
def test_every_formula_gives_the_numbers_shown(formulas_hold, option):
    formulas_hold("perpetual_option", option, rel=1e-9)


def test_equal_rates_and_a_fifth_of_volatility_ask_for_twice_the_cost():
    option = {"underlying_value": 1, "exercise_price": 1, "volatility": 0.2}
    found = run(option, risk_free_rate=0.04, yield_rate=0.04).outputs
    assert found["beta"] == pytest.approx(2, rel=1e-12)
    assert found["trigger"] == pytest.approx(2, rel=1e-12)
    assert found["A"] == pytest.approx(0.25, rel=1e-12)


@given(OPTIONS)
def test_the_power_solves_the_equation_of_the_value(option):
    # ½ σ² β (β − 1) + (r − q) β − r = 0, Dixit and Pindyck 1994, ch. 5, eq. 12.
    power = run(option).outputs["beta"]
    rate, leak = option["risk_free_rate"], option["yield_rate"]
    square = option["volatility"] ** 2
    left = square * power * (power - 1) / 2 + (rate - leak) * power - rate
    assert left == pytest.approx(0, abs=1e-9 * (1 + power) ** 2)


@given(OPTIONS)
def test_from_the_trigger_on_it_is_worth_investing_now(option):
    trigger = run(option).outputs["trigger"]
    beyond = run(option, underlying_value=trigger * 1.5).value
    assert beyond == pytest.approx(trigger * 1.5 - option["exercise_price"], rel=1e-9)


@given(OPTIONS)
def test_waiting_is_worth_at_least_investing_now(option):
    gain = max(option["underlying_value"] - option["exercise_price"], 0)
    assert run(option).value >= gain - 1e-9


@few
@given(OPTIONS)
def test_it_is_the_limit_of_long_lives(option):
    long = option | {"side": "call", "life": 100}
    found = AMERICAN.run(params_or_refuse(AMERICAN.params, long)[0]).value
    assert found <= run(option).value * (1 + 0.01) + 1e-9
    if option["yield_rate"] > 0.05 and option["volatility"] < 0.4:
        assert found == pytest.approx(run(option).value, rel=0.02, abs=0.05)
