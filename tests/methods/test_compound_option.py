"""Option on an option: the second integrated over the day of the first, and parity."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("compound_option")

STAGES = st.fixed_dictionaries(
    {
        "underlying_value": st.floats(200, 800),
        "first_price": st.floats(5, 60),
        "second_price": st.floats(200, 800),
        "first_life": st.floats(0.1, 2),
        "second_life": st.floats(2.1, 5),
        "risk_free_rate": st.floats(0, 0.12),
        "yield_rate": st.floats(0, 0.1),
        "volatility": st.floats(0.15, 0.8),
        "first_side": st.sampled_from(["call", "put"]),
        "second_side": st.sampled_from(["call", "put"]),
    }
)
few = settings(max_examples=25)


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


def normal(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2


def second(stages: dict[str, Any], worth: float, life: float) -> float:
    """Black, Scholes and Merton once more, in plain Python."""
    price, sigma = stages["second_price"], stages["volatility"]
    rate, leak = stages["risk_free_rate"], stages["yield_rate"]
    spread = sigma * math.sqrt(life)
    first = (math.log(worth / price) + (rate - leak) * life) / spread + spread / 2
    sign = 1 if stages["second_side"] == "call" else -1
    got = worth * math.exp(-leak * life) * normal(sign * first)
    paid = price * math.exp(-rate * life) * normal(sign * (first - spread))
    return sign * (got - paid)


def integrated(stages: dict[str, Any]) -> float:
    """The gain of the first day over its lognormal, by the trapezoid rule."""
    near, sigma = stages["first_life"], stages["volatility"]
    left = stages["second_life"] - near
    drift = stages["risk_free_rate"] - stages["yield_rate"] - sigma**2 / 2
    sign = 1 if stages["first_side"] == "call" else -1
    total, count, reach = 0.0, 4000, 9.0
    for place in range(count + 1):
        z = -reach + 2 * reach * place / count
        worth = stages["underlying_value"] * math.exp(
            drift * near + sigma * math.sqrt(near) * z
        )
        gain = sign * (second(stages, worth, left) - stages["first_price"])
        total += max(gain, 0) * math.exp(-z * z / 2)
    total *= 2 * reach / count / math.sqrt(2 * math.pi)
    return total * math.exp(-stages["risk_free_rate"] * near)


@few
@given(STAGES)
def test_every_formula_gives_the_numbers_shown(formulas_hold, stages):
    formulas_hold("compound_option", stages, rel=1e-6)


@few
@given(STAGES)
def test_it_is_the_gain_of_the_first_day_integrated(stages):
    expected = integrated(stages)
    assert run(stages).value == pytest.approx(expected, rel=2e-4, abs=2e-3)


@given(STAGES)
def test_call_less_put_on_the_second_is_the_second_less_the_first_price(stages):
    call, put = run(stages, first_side="call"), run(stages, first_side="put")
    discount = math.exp(-stages["risk_free_rate"] * stages["first_life"])
    alone = second(stages, stages["underlying_value"], stages["second_life"])
    expected = alone - stages["first_price"] * discount
    assert call.value - put.value == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(STAGES)
def test_a_call_on_it_is_worth_no_more_than_the_second_option(stages):
    found = run(stages, first_side="call")
    assert found.value <= found.outputs["second_option"] + 1e-9


@given(STAGES)
def test_at_the_trigger_the_second_is_worth_the_first_price(stages):
    found = run(stages).outputs["trigger"]
    left = stages["second_life"] - stages["first_life"]
    assert second(stages, found, left) == pytest.approx(
        stages["first_price"], rel=1e-6, abs=1e-6
    )


@given(STAGES, st.floats(0.01, 100))
def test_value_is_proportional_to_all_amounts(stages, factor):
    names = ("underlying_value", "first_price", "second_price")
    scaled = stages | {name: stages[name] * factor for name in names}
    expected = factor * run(stages).value
    assert run(scaled).value == pytest.approx(expected, rel=1e-8, abs=1e-8 * factor)


def test_a_right_never_worth_its_price_is_worth_nothing_not_less():
    given = {
        "underlying_value": 100,
        "first_price": 100_000,
        "second_price": 50,
        "first_life": 1,
        "second_life": 2,
        "risk_free_rate": 0.05,
        "volatility": 0.3,
    }
    assert str(run(given).amount) == "0.0"
