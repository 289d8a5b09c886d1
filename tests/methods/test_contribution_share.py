"""Share for a contributed patent: by hand, anew in fractions, laws, the Company Law."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from valuer.core.case import Purpose
from valuer.core.entries import params_or_refuse
from valuer.core.method import Finds, Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("contribution_share")

PLAIN: dict[str, Any] = {
    "agreed_price": 600,
    "appraised_value": 600,
    "other_contributions": 1400,
}

few = settings(max_examples=25)
amounts = st.floats(1, 1e9)
parts = st.floats(0.01, 1)


@st.composite
def agreements(draw):
    found = {
        "agreed_price": draw(amounts),
        "appraised_value": draw(amounts),
        "ownership_share": draw(parts),
        "other_contributions": draw(amounts),
    }
    if draw(st.booleans()):
        found["other_registered"] = found["other_contributions"] * draw(parts)
    if draw(st.booleans()):
        found["to_registered"] = found["agreed_price"] * draw(parts)
    return found


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def told(**given: Any) -> list[tuple[Severity, str]]:
    return [(one.severity, one.where) for one in run(**given).issues]


def test_at_the_agreed_price_all_of_it_is_registered_capital():
    found = run()
    assert found.value == pytest.approx(0.3)
    assert found.outputs["to_registered"] == 600
    assert found.outputs["to_reserve"] == 0
    assert found.outputs["registered_capital"] == 2000
    assert not found.issues
    assert found.currency == ""


def test_into_a_company_that_stands_the_premium_is_reserve():
    # 480 of 1920 + 480 is a fifth; 480 × 800/1920 = 200 registered, 280 reserve.
    found = run(
        agreed_price=480,
        appraised_value=480,
        other_contributions=1920,
        other_registered=800,
    )
    assert found.value == pytest.approx(0.2)
    assert found.outputs["to_registered"] == pytest.approx(200)
    assert found.outputs["to_reserve"] == pytest.approx(280)


@few
@given(agreements())
def test_formulas_hold_and_the_share_is_the_one_reckoned_anew(formulas_hold, params):
    found = formulas_hold("contribution_share", params, rel=1e-9)
    exact = {name: Fraction(one) for name, one in params.items()}
    price, put_in = exact["agreed_price"], exact["other_contributions"]
    held = exact.get("other_registered", put_in)
    own = exact.get("to_registered", price * held / put_in)
    due = exact["appraised_value"] * exact["ownership_share"]
    assert found.value == pytest.approx(float(own / (own + held)), rel=1e-9)
    outputs = found.outputs
    whole = float(price)
    assert outputs["to_reserve"] == pytest.approx(float(price - own), abs=1e-9 * whole)
    assert outputs["departure"] == pytest.approx(float(price / due - 1), abs=1e-6)
    assert 0 < found.value <= 1


@few
@given(agreements(), st.floats(0.001, 1000))
def test_the_share_does_not_hang_on_the_unit_of_money(params, times):
    scaled = {
        name: one if name == "ownership_share" else one * times
        for name, one in params.items()
    }
    assert run(**scaled).value == pytest.approx(run(**params).value, rel=1e-9)


@few
@given(agreements(), st.floats(1, 10))
def test_a_higher_price_never_brings_less_and_more_of_others_never_more(params, more):
    plain = run(**params).value
    dearer = params | {"agreed_price": params["agreed_price"] * more}
    assert run(**dearer).value >= plain * (1 - 1e-12)
    others = params | {"other_contributions": params["other_contributions"] * more}
    assert run(**others).value <= plain * (1 + 1e-12)


@few
@given(agreements())
def test_without_a_figure_of_its_own_the_share_is_that_of_what_was_put_in(params):
    assume("to_registered" not in params)
    price, put_in = params["agreed_price"], params["other_contributions"]
    assert run(**params).value == pytest.approx(price / (price + put_in), rel=1e-9)


def test_a_price_that_departs_from_the_appraisal_is_warned_of_either_way():
    assert told(agreed_price=601) == [(Severity.WARNING, "agreed_price")]
    assert told(agreed_price=599) == [(Severity.WARNING, "agreed_price")]
    (over,), (under,) = run(agreed_price=601).issues, run(agreed_price=599).issues
    assert over.wording.text != under.wording.text
    assert run(agreed_price=660).outputs["departure"] == pytest.approx(0.1)


def test_the_price_of_a_part_is_held_against_that_part_of_the_value():
    half = told(ownership_share=0.5, agreed_price=301)
    assert (Severity.WARNING, "agreed_price") in half


def test_registered_capital_above_the_appraised_value_is_warned_of_besides():
    assert told(agreed_price=700, to_registered=650) == [
        (Severity.WARNING, "agreed_price"),
        (Severity.WARNING, "to_registered"),
    ]
    assert told(agreed_price=700, to_registered=600) == [
        (Severity.WARNING, "agreed_price")
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"right": "licence"},
        {"right": "exclusive_licence"},
        {"charged": "yes"},
        {"ownership_share": 0.5, "agreed_price": 300},
    ],
)
def test_what_is_not_a_whole_free_patent_is_warned_of(given):
    assert told(**given) == [(Severity.WARNING, next(iter(given)))]


def test_a_sole_shareholder_holds_all():
    assert run(other_contributions=0).value == 1


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"agreed_price": 0}, "agreed_price"),
        ({"agreed_price": float("nan")}, "agreed_price"),
        ({"appraised_value": 0}, "appraised_value"),
        ({"ownership_share": 0}, "ownership_share"),
        ({"ownership_share": 1.01}, "ownership_share"),
        ({"to_registered": 601}, "to_registered"),
        ({"other_registered": 1401}, "other_registered"),
        ({"other_registered": 0}, "to_registered"),
        ({"other_contributions": 0, "other_registered": 5}, "other_contributions"),
        ({"other_contributions": -1}, "other_contributions"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    with pytest.raises(UserError) as refusal:
        run(**given)
    assert where in str(refusal.value)


def test_below_par_of_others_the_price_may_still_be_split_as_agreed():
    # A company with losses: 1000 registered, agreed to be worth 500.
    found = run(other_contributions=500, other_registered=1000, to_registered=600)
    assert found.value == pytest.approx(600 / 1600)


def test_many_at_once_are_each_the_single_one():
    checked, _ = params_or_refuse(METHOD.params, PLAIN)
    moved = {
        name: np.asarray(one) * np.ones((2, 1))
        for name, one in METHOD.arrays(checked).items()
    }
    assert METHOD.values(moved) == pytest.approx([0.3, 0.3])


def test_it_serves_a_contribution_and_finds_a_share():
    assert METHOD.purposes == (Purpose.CONTRIBUTION,)
    assert METHOD.finds is Finds.SHARE
