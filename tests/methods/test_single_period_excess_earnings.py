"""Single-period excess earnings: by hand, laws, and what it warns of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("single_period_excess_earnings")

amounts = st.floats(0, 1e9)
rates = st.floats(0.001, 1)

ASSETS = st.lists(
    st.fixed_dictionaries(
        {"name": st.just("资产"), "amount": amounts, "normal_return": st.floats(0, 1)}
    ),
    min_size=1,
    max_size=4,
)

INPUTS = st.fixed_dictionaries(
    {
        "income": st.floats(-1e9, 1e9),
        "assets": ASSETS,
        "capitalisation_rate": rates,
    },
    optional={"life": st.floats(0.1, 100)},
)

ONE: dict[str, Any] = {
    "income": 320,
    "assets": [{"name": "各单项资产", "amount": 1200, "normal_return": 0.1}],
    "capitalisation_rate": 0.1,
}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params)


def at_most(given: dict[str, Any]) -> float:
    """A hair, by the amounts that go into the value."""
    size = abs(given["income"]) + sum(one["amount"] for one in given["assets"])
    return 1e-12 * (1 + size) / given["capitalisation_rate"]


@given(INPUTS)
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("single_period_excess_earnings", given, rel=1e-9)


@given(INPUTS)
def test_the_excess_is_income_above_the_normal_return(given):
    normal = sum(one["amount"] * one["normal_return"] for one in given["assets"])
    rate = given["capitalisation_rate"]
    years = given.get("life")
    factor = 1 / rate if years is None else (1 - (1 + rate) ** -years) / rate
    expected = (given["income"] - normal) * factor
    assert run(**given).value == pytest.approx(expected, rel=1e-9, abs=at_most(given))


@given(INPUTS)
def test_an_end_of_the_income_only_lowers_the_value(given):
    endless = {key: value for key, value in given.items() if key != "life"}
    limited = abs(run(**endless | {"life": given.get("life", 10)}).value)
    assert limited <= abs(run(**endless).value) + at_most(given)


@given(ASSETS, rates)
def test_income_that_is_just_normal_is_worth_nothing(assets, rate):
    normal = sum(one["amount"] * one["normal_return"] for one in assets)
    given = {"income": normal, "assets": assets, "capitalisation_rate": rate}
    assert run(**given).value == pytest.approx(0, abs=at_most(given))


def test_scenarios_give_the_values_of_each_alone():
    params, _ = params_or_refuse(METHOD.params, ONE | {"life": 5})
    arrays = METHOD.arrays(params)
    arrays["income"] = np.array([[320.0], [120.0]])
    arrays["assets_amount"] = np.array([[1200.0], [1200.0]])
    assert METHOD.values(arrays) == pytest.approx([run(**ONE, life=5).value, 0])


def test_income_without_end_is_warned_of():
    issues = run(**ONE).issues
    assert [(one.severity, one.where) for one in issues] == [(Severity.WARNING, "life")]
    assert run(**ONE, life=5).issues == ()


def test_income_below_the_normal_return_is_warned_of():
    found = run(**ONE | {"income": 100, "life": 5})
    assert found.value < 0
    assert [one.where for one in found.issues] == ["income"]


@pytest.mark.parametrize(
    ("name", "figure"), [("capitalisation_rate", 0), ("life", 0), ("assets", [])]
)
def test_what_has_no_meaning_is_refused(name, figure):
    with pytest.raises(UserError, match=name):
        run(**ONE | {name: figure})
