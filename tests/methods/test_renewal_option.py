"""Renewal option: closed forms, integrals, simulation and laws."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

from valuer.core.entries import params_or_refuse
from valuer.core.method import Approach, Result
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("renewal_option")

PLAIN: dict[str, Any] = {
    "fees": [10, 20, 30],
    "first_return": 25,
    "decay_rate": 0.1,
    "volatility": 0.4,
    "discount_rate": 0.08,
    "valuation_date": "2026-09-30",
}

few = settings(max_examples=30, deadline=None)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def value(**given: Any) -> float:
    return run(**given).value


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


rights = st.fixed_dictionaries(
    {
        "fees": st.lists(st.floats(0, 100), min_size=1, max_size=8),
        "first_return": st.floats(0, 500),
        "decay_rate": st.floats(0, 0.6),
        "volatility": st.floats(0, 1.2),
        "discount_rate": st.floats(0, 0.5),
        "vanish_rate": st.floats(0, 0.5),
    }
)


# Against other ways of reckoning


def above(back: float, fee: float, of: dict[str, Any]) -> float:
    """Worth now of max(r′ − fee, 0) a year on: Black's formula."""
    sigma = of["volatility"]
    mean = back * (1 - of["decay_rate"])
    upper = math.log(mean / fee) / sigma + sigma / 2
    worth = mean * norm.cdf(upper) - fee * norm.cdf(upper - sigma)
    return float(worth * (1 - of.get("vanish_rate", 0)) / (1 + of["discount_rate"]))


@pytest.mark.parametrize("sigma", [0.05, 0.4, 1.0, 2.0])
@pytest.mark.parametrize("first", [8, 25, 60])
@pytest.mark.parametrize("vanish", [0, 0.3])
def test_two_years_are_an_option_by_black(sigma, first, vanish):
    of = PLAIN | {"volatility": sigma, "vanish_rate": vanish}
    expected = max(first - 10 + above(first, 20, of), 0)
    found = value(**of | {"fees": [10, 20], "first_return": first})
    assert found == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("sigma", [0.2, 0.6])
def test_three_years_are_an_integral_of_such_options(sigma):
    of = PLAIN | {"volatility": sigma}

    def second(back: float) -> float:
        return max(back - 20 + above(back, 30, of), 0)

    def turned(shock: float) -> float:
        return 25 * 0.9 * math.exp(sigma * shock - sigma**2 / 2)

    least = brentq(
        lambda shock: turned(shock) - 20 + above(turned(shock), 30, of), -9, 9
    )
    later, _ = quad(lambda z: second(turned(z)) * norm.pdf(z), least, 9)
    assert value(**of) == pytest.approx(25 - 10 + later / 1.08, rel=2e-5)


def test_a_simulated_owner_who_knows_when_to_stop_earns_the_value():
    # The least return to keep it at each year, from two-year and one-year options.
    of = PLAIN | {"volatility": 0.5}
    stop = [brentq(lambda r: r - 20 + above(r, 30, of), 1, 100), 30.0]
    shocks = np.random.default_rng(7).standard_normal((400_000, 2))
    back = 25 * np.exp(np.cumsum(math.log(0.9) + 0.5 * shocks - 0.125, axis=1))
    second = back[:, 0] >= stop[0]
    third = second & (back[:, 1] >= stop[1])
    earned = 15 + second * (back[:, 0] - 20) / 1.08
    earned += third * (back[:, 1] - 30) / 1.08**2
    error = earned.std() / math.sqrt(len(earned))
    assert abs(value(volatility=0.5) - earned.mean()) < 4 * error


def fixed_returns(of: dict[str, Any]) -> float:
    """Stepped back without any uncertainty."""
    worth = 0.0
    for year, fee in reversed(list(enumerate(of["fees"]))):
        back = of["first_return"] * (1 - of["decay_rate"]) ** year
        worth = max(0.0, back - fee + worth / (1 + of["discount_rate"]))
    return worth


@few
@given(rights)
def test_without_uncertainty_it_is_the_best_of_all_plans(params):
    params = params | {"volatility": 0, "vanish_rate": 0}
    found = run(**params)
    assert found.value == pytest.approx(fixed_returns(params), rel=1e-9, abs=1e-9)
    assert found.outputs["option"] == pytest.approx(0, abs=1e-6)


# Laws


@few
@given(rights)
def test_every_formula_holds_on_the_numbers_shown(formulas_hold, params):
    formulas_hold("renewal_option", PLAIN | params, rel=1e-9)


@few
@given(rights, st.floats(0, 1.2))
def test_the_value_rises_with_the_variance(params, other):
    low, high = sorted([params["volatility"], other])
    calm = value(**params | {"volatility": low})
    # The grid is exact to about one part in ten thousand.
    wild = value(**params | {"volatility": high})
    assert calm <= wild + 2e-4 * (params["first_return"] + 1)


@few
@given(rights, st.floats(0, 100))
def test_the_value_rises_with_the_first_return(params, more):
    higher = params | {"first_return": params["first_return"] + more}
    assert value(**params) <= value(**higher) * (1 + 1e-9) + 1e-9


@few
@given(rights, st.sampled_from(["decay_rate", "discount_rate", "vanish_rate"]))
def test_the_value_falls_with_decay_rate_and_chance_of_loss(params, name):
    less = value(**params | {name: params[name] / 2})
    assert value(**params) <= less + 2e-4 * (params["first_return"] + 1)


@few
@given(rights)
def test_the_value_lies_between_the_fixed_plan_and_all_returns_without_fees(params):
    found = run(**params)
    whole = value(**params | {"fees": [0] * len(params["fees"])})
    assert 0 <= found.outputs["fixed_plan"] <= found.value
    assert found.value <= whole * (1 + 1e-4) + 1e-9


@few
@given(rights, st.floats(0.01, 100))
def test_the_value_is_proportional_to_returns_and_fees(params, factor):
    scaled = params | {
        "fees": [fee * factor for fee in params["fees"]],
        "first_return": params["first_return"] * factor,
    }
    expected = factor * value(**params)
    assert value(**scaled) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@few
@given(rights, st.integers(1, 3))
def test_many_at_once_are_each_the_single_one(params, count):
    checked, _ = params_or_refuse(METHOD.params, PLAIN | params)
    arrays = {
        name: np.repeat(np.atleast_1d(numbers)[np.newaxis], count, axis=0)
        if name not in ("first_year",)
        else numbers
        for name, numbers in METHOD.arrays(checked).items()
    }
    single = METHOD.run(checked).value
    assert METHOD.values(arrays) == pytest.approx([single] * count, rel=1e-9, abs=1e-9)


def test_nothing_earned_is_worth_nothing():
    assert value(first_return=0) == 0
    assert value(first_return=0, fees=[0, 0]) == 0


def test_it_values_by_the_income_approach():
    assert METHOD.approach is Approach.INCOME
    assert METHOD.is_valuing


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"first_return": -1}, "first_return"),
        ({"volatility": -0.1}, "volatility"),
        ({"volatility": 2.1}, "volatility"),
        ({"vanish_rate": 1.1}, "vanish_rate"),
        ({"decay_rate": 1}, "decay_rate"),
        ({"discount_rate": float("nan")}, "discount_rate"),
        ({"fees": None}, "fees"),
        ({"fees": []}, "fees"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
