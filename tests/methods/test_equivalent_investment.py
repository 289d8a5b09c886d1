"""The share by equivalent investment: published cases, laws, and refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("equivalent_investment")
Given = dict[str, Any]

# Published: 600 / (600 + 3300) = 15.38 %.
PLAIN: Given = {
    "technology_cost": 100,
    "technology_profit": 5,
    "buyer_assets": 3000,
    "buyer_profit": 0.1,
}
NAMES = tuple(PLAIN)
anything = st.fixed_dictionaries(
    {
        "technology_cost": st.floats(0.01, 1e9),
        "technology_profit": st.floats(0, 100),
        "buyer_assets": st.floats(0, 1e9),
        "buyer_profit": st.floats(0, 100),
    }
)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def test_published_share():
    assert run().value == pytest.approx(600 / 3900)
    assert run(share_digits=4).value == 0.1538


@given(anything)
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("equivalent_investment", given)


@given(anything)
def test_the_share_is_what_fractions_give(given):
    cost, gain, assets, other = (Fraction(given[name]) for name in NAMES)
    own, theirs = cost * (1 + gain), assets * (1 + other)
    assert run(**given).value == pytest.approx(float(own / (own + theirs)), rel=1e-12)


@given(anything)
def test_both_sides_together_have_the_whole(given):
    turned = {
        "technology_cost": given["buyer_assets"],
        "technology_profit": given["buyer_profit"],
        "buyer_assets": given["technology_cost"],
        "buyer_profit": given["technology_profit"],
    }
    assert run(**given).value + run(**turned).value == pytest.approx(1)


@given(anything, st.floats(0.01, 100))
def test_the_share_does_not_know_the_unit_of_the_costs(given, unit):
    scaled = given | {
        "technology_cost": given["technology_cost"] * unit,
        "buyer_assets": given["buyer_assets"] * unit,
    }
    assert run(**scaled).value == pytest.approx(run(**given).value, rel=1e-9)


@given(anything, st.floats(0, 1e6))
def test_the_share_rises_with_the_technology_and_falls_with_the_buyer(given, more):
    found = run(**given).value
    up = given | {"technology_cost": given["technology_cost"] + more}
    down = given | {"buyer_assets": given["buyer_assets"] + more}
    assert run(**down).value - 1e-12 <= found <= run(**up).value + 1e-12


def test_nothing_invested_is_nothing_shared():
    assert run(technology_cost=0).value == 0
    assert run(buyer_assets=0).value == 1


def test_an_uncertain_cost_is_simulated():
    given = {"technology_cost": {"dist": "uniform", "low": 90, "high": 110}}
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    found = simulate(METHOD, params, 2000, 3)
    # Between 540/3840 and 660/3960.
    assert 540 / 3840 < found.p5 < found.p95 < 660 / 3960


@pytest.mark.parametrize(
    "given",
    [
        {"technology_cost": -1},
        {"technology_profit": -0.1},
        {"buyer_assets": -1},
        {"buyer_profit": 101},
        {"technology_cost": 0, "buyer_assets": 0},
        {"technology_cost": float("nan")},
        {"share_digits": 0},
    ],
)
def test_what_is_out_of_range_is_refused(given):
    with pytest.raises(UserError):
        run(**given)
