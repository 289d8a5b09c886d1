"""American option: against another library, a tree in plain Python, and laws."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("american_option")
EUROPEAN = METHODS.find("european_option")

OPTIONS = st.fixed_dictionaries(
    {
        "underlying_value": st.floats(50, 150),
        "exercise_price": st.floats(50, 150),
        "life": st.integers(30, 1000).map(lambda days: days / 365),
        "risk_free_rate": st.floats(0.005, 0.15),
        "yield_rate": st.floats(0, 0.15),
        "volatility": st.floats(0.1, 0.8),
        "side": st.sampled_from(["call", "put"]),
    }
)
few = settings(max_examples=25)


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


def european(given: dict[str, Any]) -> float:
    return EUROPEAN.run(params_or_refuse(EUROPEAN.params, given)[0]).value


def by_quantlib(option: dict[str, Any]) -> float:
    """The value by Andersen, Lake and Offengenden, in QuantLib."""
    with warnings.catch_warnings():
        # Its types have no __module__, which Python 3.12 warns of.
        warnings.simplefilter("ignore", DeprecationWarning)
        import QuantLib as ql  # noqa: N813 - as its own documentation calls it

    today = ql.Date(1, 1, 2025)
    ql.Settings.instance().evaluationDate = today
    count = ql.Actual365Fixed()

    def flat(rate: float) -> Any:
        return ql.YieldTermStructureHandle(ql.FlatForward(today, rate, count))

    sigma = ql.BlackConstantVol(today, ql.NullCalendar(), option["volatility"], count)
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(option["underlying_value"])),
        flat(option["yield_rate"]),
        flat(option["risk_free_rate"]),
        ql.BlackVolTermStructureHandle(sigma),
    )
    side = ql.Option.Call if option["side"] == "call" else ql.Option.Put
    last = today + round(option["life"] * 365)
    right = ql.VanillaOption(
        ql.PlainVanillaPayoff(side, option["exercise_price"]),
        ql.AmericanExercise(today, last),
    )
    scheme = ql.QdFpAmericanEngine.highPrecisionScheme()
    right.setPricingEngine(ql.QdFpAmericanEngine(process, scheme))
    return right.NPV()


def tree(option: dict[str, Any], steps: int, *, early: bool) -> float:
    """Cox, Ross and Rubinstein, node by node."""
    step = option["life"] / steps
    up = math.exp(option["volatility"] * math.sqrt(step))
    drift = option["risk_free_rate"] - option["yield_rate"]
    chance = (math.exp(drift * step) - 1 / up) / (up - 1 / up)
    discount = math.exp(-option["risk_free_rate"] * step)
    sign = 1 if option["side"] == "call" else -1

    def gain(level: int, rises: int) -> float:
        worth = option["underlying_value"] * up ** (2 * rises - level)
        return sign * (worth - option["exercise_price"])

    values = [max(gain(steps, rises), 0.0) for rises in range(steps + 1)]
    for level in range(steps - 1, -1, -1):
        for rises in range(level + 1):
            waiting = chance * values[rises + 1] + (1 - chance) * values[rises]
            waiting *= discount
            values[rises] = max(waiting, gain(level, rises)) if early else waiting
    return values[0]


@few
@given(
    OPTIONS,
    st.sampled_from(["any_time", "at_dates", "at_end"]),
    st.sampled_from(["many_branches", "two_branches"]),
)
def test_every_formula_gives_the_numbers_shown(formulas_hold, option, use, lattice):
    asked = {"use": use, "dates": 10, "lattice": lattice, "steps": 200}
    formulas_hold("american_option", option | asked, rel=1e-9)


@few
@given(OPTIONS)
def test_any_time_agrees_with_an_independent_library(option):
    expected = by_quantlib(option)
    assert run(option).value == pytest.approx(expected, rel=5e-4, abs=5e-3)


@few
@given(OPTIONS, st.integers(1, 60), st.booleans())
def test_two_branches_are_the_tree_of_the_textbooks(option, steps, early):
    drift = option["risk_free_rate"] - option["yield_rate"]
    if abs(drift) * math.sqrt(option["life"] / steps) >= option["volatility"]:
        return
    use = "any_time" if early else "at_end"
    found = run(option, lattice="two_branches", steps=steps, use=use).value
    assert found == pytest.approx(tree(option, steps, early=early), rel=1e-9)


@few
@given(OPTIONS)
def test_american_is_worth_at_least_european_and_its_gain_today(option):
    found = run(option)
    sign = 1 if option["side"] == "call" else -1
    gain = sign * (option["underlying_value"] - option["exercise_price"])
    assert found.value >= max(european(option), gain)
    assert found.outputs["european"] == pytest.approx(european(option), rel=1e-12)


@few
@given(OPTIONS)
def test_at_the_end_only_it_is_the_european_option(option):
    found = run(option, use="at_end").value
    assert found == pytest.approx(european(option), rel=1e-6, abs=1e-5)


@few
@given(OPTIONS)
def test_more_dates_of_use_are_worth_no_less(option):
    values = [run(option, use="at_dates", dates=dates).value for dates in (1, 4, 16)]
    slack = 1e-4
    assert values[0] <= values[1] + slack
    assert values[1] <= values[2] + slack
    assert values[2] <= run(option).value + 10 * slack


@few
@given(OPTIONS)
def test_a_call_without_yield_is_not_used_early(option):
    plain = option | {"side": "call", "yield_rate": 0}
    assert run(plain).value == pytest.approx(european(plain), rel=1e-6, abs=1e-5)


@few
@given(OPTIONS, st.floats(0.01, 100))
def test_value_is_proportional_to_underlying_and_price_together(option, factor):
    scaled = option | {
        name: option[name] * factor for name in ("underlying_value", "exercise_price")
    }
    assert run(scaled).value == pytest.approx(factor * run(option).value, rel=1e-9)


def test_without_volatility_a_put_in_the_money_is_used_today():
    option = {"side": "put", "underlying_value": 80, "exercise_price": 100, "life": 1}
    certain = option | {"risk_free_rate": 0.05, "volatility": 0}
    assert run(certain).value == pytest.approx(20, rel=1e-12)


def test_the_error_falls_with_the_steps():
    option = {"side": "put", "underlying_value": 50, "exercise_price": 50}
    option |= {"life": 152 / 365, "risk_free_rate": 0.1, "volatility": 0.4}
    option |= {"yield_rate": 0.0}
    exact = by_quantlib(option)
    assert abs(run(option, steps=512).value - exact) < 2e-5
    assert abs(run(option, steps=128).value - exact) < 1e-4


def test_a_lattice_of_two_branches_tells_its_moves():
    option = {"side": "put", "underlying_value": 50, "exercise_price": 50, "life": 0.25}
    option |= {"risk_free_rate": 0.1, "volatility": 0.4}
    found = run(option, lattice="two_branches", steps=100).outputs
    assert found["u"] == pytest.approx(math.exp(0.4 * 0.05), rel=1e-12)
    assert found["d"] == pytest.approx(1 / found["u"], rel=1e-12)
    assert found["steps"] == 100
