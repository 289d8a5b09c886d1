"""European option: parity, limits, proportion, and the payoff integrated."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("european_option")

OPTIONS = st.fixed_dictionaries(
    {
        "underlying_value": st.floats(10, 1000),
        "exercise_price": st.floats(10, 1000),
        "life": st.floats(0.1, 20),
        "risk_free_rate": st.floats(-0.05, 0.2),
        "yield_rate": st.floats(-0.1, 0.3),
        "volatility": st.floats(0.05, 1.5),
    }
)
few = settings(max_examples=30)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given)[0])


def value(side: str, **given: Any) -> float:
    return run(side=side, **given).value


def slack(option: dict[str, Any]) -> float:
    return 1e-9 * (option["underlying_value"] + option["exercise_price"]) * 10


def leaked(option: dict[str, Any]) -> float:
    leak = math.exp(-option["yield_rate"] * option["life"])
    return option["underlying_value"] * leak


def owed(option: dict[str, Any]) -> float:
    discount = math.exp(-option["risk_free_rate"] * option["life"])
    return option["exercise_price"] * discount


@given(OPTIONS, st.sampled_from(["call", "put"]))
def test_every_formula_gives_the_numbers_shown(formulas_hold, option, side):
    option["underlying_value"] = max(option["underlying_value"], 100)
    formulas_hold("european_option", option | {"side": side}, rel=1e-9)


@given(OPTIONS)
def test_call_less_put_is_what_is_got_less_what_is_owed(option):
    apart = value("call", **option) - value("put", **option)
    assert apart == pytest.approx(leaked(option) - owed(option), abs=slack(option))


@given(OPTIONS)
def test_without_volatility_what_is_certain_is_left(option):
    certain = option | {"volatility": 0}
    nearly = option | {"volatility": 1e-9}
    gain = max(leaked(option) - owed(option), 0)
    assert value("call", **certain) == pytest.approx(gain, abs=slack(option))
    assert value("call", **nearly) == pytest.approx(gain, abs=1e-5 * leaked(option))


@given(OPTIONS, st.floats(0.01, 100), st.sampled_from(["call", "put"]))
def test_value_is_proportional_to_underlying_and_price_together(option, factor, side):
    scaled = option | {
        name: option[name] * factor for name in ("underlying_value", "exercise_price")
    }
    expected = factor * value(side, **option)
    assert value(side, **scaled) == pytest.approx(
        expected, rel=1e-9, abs=slack(option) * factor
    )


@given(OPTIONS, st.floats(0, 1), st.sampled_from(["call", "put"]))
def test_value_rises_with_volatility(option, more, side):
    higher = option | {"volatility": option["volatility"] + more}
    assert value(side, **higher) >= value(side, **option) - slack(option)


@few
@given(OPTIONS)
def test_the_payoff_integrated_over_the_lognormal_gives_the_call(option):
    # Simpson's rule on the normal variable, in plain Python.
    spread = option["volatility"] * math.sqrt(option["life"])
    forward = leaked(option) / math.exp(-option["risk_free_rate"] * option["life"])
    price = option["exercise_price"]
    kink = (math.log(price / forward) + spread**2 / 2) / spread
    low, count = min(max(kink, -12.0), 12.0), 2000
    step = (spread + 14.0 - low) / count
    total = 0.0
    for place in range(count + 1):
        z = low + place * step
        worth = forward * math.exp(spread * z - spread**2 / 2) - price
        density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        weight = 1 if place in (0, count) else 4 if place % 2 else 2
        total += weight * max(worth, 0) * density
    expected = total * step / 3 * owed(option) / price
    assert value("call", **option) == pytest.approx(
        expected, rel=1e-6, abs=1e-6 * leaked(option)
    )


def test_the_variance_serves_instead_of_the_volatility():
    option = {"underlying_value": 42, "exercise_price": 40, "life": 0.5}
    stated = option | {"risk_free_rate": 0.1, "volatility": 0.2}
    squared = option | {"risk_free_rate": 0.1, "variance": 0.04}
    assert value("call", **stated) == pytest.approx(value("call", **squared), rel=1e-12)


def test_delta_is_how_the_value_changes():
    option = {"exercise_price": 40, "life": 0.5, "risk_free_rate": 0.1}
    option |= {"volatility": 0.2, "yield_rate": 0.03}
    for side in ("call", "put"):
        found = run(side=side, underlying_value=42, **option)
        above = value(side, underlying_value=42.001, **option)
        below = value(side, underlying_value=41.999, **option)
        slope = (above - below) / 0.002
        assert found.outputs["delta"] == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("volatility", [0, 1e-9, 0.3])
def test_a_put_far_out_of_the_money_is_worth_nought_without_a_sign(volatility):
    result = run(
        side="put",
        underlying_value=1e9,
        exercise_price=1,
        life=1,
        risk_free_rate=0.05,
        volatility=volatility,
    )
    assert str(result.amount) == "0.0"
    assert not any(
        math.copysign(1, number) < 0
        for step in result.working
        for number in step.values
        if number == 0
    )
