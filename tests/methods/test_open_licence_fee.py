"""Fee of an open licence: each route by hand, bounds, ceilings, the guideline."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("open_licence_fee")

ROUTES: dict[str, dict[str, Any]] = {
    "own_licence": {"past_fee": 100, "scope_factor": 0.5, "term_factor": 1.2},
    "own_working": {
        "own_income": [1100, 1210],
        "own_share": 0.05,
        "working_rate": 0.1,
        "licensees": 2,
    },
    "statistics": {
        "licensee_revenue": 900,
        "industry_rate": 0.04,
        "industry_source": "备案许可统计",
    },
    "assignment": {
        "assignment_price": 800,
        "patent_years": 10,
        "licensees": 2,
        "licence_years": 1.5,
    },
}
ALL: dict[str, Any] = {
    "chosen": "own_working",
    "valuation_date": "2026-09-30",
    **{name: figure for route in ROUTES.values() for name, figure in route.items()},
}

few = settings(max_examples=25)
money = st.floats(0, 1e7)

licences = st.fixed_dictionaries(
    {
        "past_fee": money,
        "scope_factor": st.floats(0, 3),
        "term_factor": st.floats(0, 3),
        "own_income": st.lists(money, min_size=1, max_size=6),
        "own_share": st.floats(0, 1),
        "working_rate": st.floats(0, 1),
        "licensees": st.floats(1, 50),
        "licensee_revenue": money,
        "industry_rate": st.floats(0, 1),
        "assignment_price": money,
        "patent_years": st.floats(1, 20),
        "licence_years": st.floats(0.5, 5),
        "chosen": st.sampled_from(sorted(ROUTES)),
    }
)


def run(given: dict[str, Any] = ALL, **more: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, given | more)
    return METHOD.run(params)


def only(route: str, **more: Any) -> dict[str, Any]:
    plain = {"chosen": route, "valuation_date": "2026-09-30"}
    return plain | ROUTES.get(route, {}) | more


def refused(given: dict[str, Any], **more: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(given, **more)
    return str(refusal.value)


def warned(given: dict[str, Any] = ALL, **more: Any) -> list[str]:
    issues = run(given, **more).issues
    return [one.where for one in issues if one.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("route", "fee"),
    [
        ("own_licence", 60),  # 100 × 0.5 × 1.2
        ("own_working", 50),  # (50 + 50) / 2
        ("statistics", 36),  # 900 × 4 %
        ("assignment", 60),  # 800 / (10 × 2) × 1.5
    ],
)
def test_each_route_by_hand_alone_and_among_all(route, fee):
    assert run(only(route)).value == pytest.approx(fee)
    found = run(chosen=route)
    assert found.value == pytest.approx(fee)
    assert found.outputs[route] == pytest.approx(fee)
    assert found.outputs["chosen"] == route


def test_lowest_and_highest_of_the_routes_stand_beside_the_choice():
    found = run()
    assert found.outputs["lowest"] == pytest.approx(36)
    assert found.outputs["highest"] == pytest.approx(60)


def test_a_fee_as_stated_is_held_against_the_routes():
    assert run(chosen="stated", stated_fee=55).value == 55
    assert "stated_fee" not in warned(chosen="stated", stated_fee=55)
    assert "stated_fee" in warned(chosen="stated", stated_fee=61)


def test_it_always_says_that_the_guideline_is_not_embedded():
    found = run()
    assert found.outputs["guideline_text_embedded"] is False
    assert any("not embedded" in one.say("en") for one in found.issues)


def test_ceilings_are_warned_of_with_their_source():
    assert warned() == []
    high = {"licensee_revenue": 1e9}
    assert warned(chosen="statistics", **high) == ["chosen"]
    (warning,) = [
        one
        for one in run(chosen="statistics", **high).issues
        if one.severity is Severity.WARNING
    ]
    assert "开放许可" in warning.say("en")
    assert warned(industry_rate=0.21) == ["industry_rate"]
    assert warned(industry_rate=0.21, share_of="profit") == []
    assert warned(industry_rate=0.41, share_of="profit") == ["industry_rate"]
    assert warned(own_share=[0.1, 0.3]) == ["own_share"]
    assert warned(chosen="statistics", currency="USD", **high) == []


def test_a_rate_without_source_and_a_single_route_are_warned_of():
    assert warned(industry_source=" ") == ["industry_source"]
    assert warned(only("own_licence")) == ["chosen"]


@few
@given(licences)
def test_every_formula_holds_and_routes_are_those_reckoned_anew(formulas_hold, params):
    given = params | {"valuation_date": "2026-09-30"}
    found = formulas_hold("open_licence_fee", given, rel=1e-9)
    of = params
    worth = [
        income * of["own_share"] / (1 + of["working_rate"]) ** (year + 1)
        for year, income in enumerate(of["own_income"])
    ]
    again = {
        "own_licence": of["past_fee"] * of["scope_factor"] * of["term_factor"],
        "own_working": math.fsum(worth) / of["licensees"],
        "statistics": of["licensee_revenue"] * of["industry_rate"],
        "assignment": of["assignment_price"]
        * of["licence_years"]
        / of["patent_years"]
        / of["licensees"],
    }
    for route, fee in again.items():
        assert found.outputs[route] == pytest.approx(fee, rel=1e-9)
    assert found.outputs["lowest"] <= found.value <= found.outputs["highest"]
    assert found.value == found.outputs[of["chosen"]]


@few
@given(licences, st.floats(1, 10))
def test_more_licensees_share_the_same_earnings(params, factor):
    given = params | {"valuation_date": "2026-09-30", "chosen": "own_working"}
    more = given | {"licensees": params["licensees"] * factor}
    assert run(more).value * factor == pytest.approx(run(given).value, rel=1e-9)


@few
@given(licences, st.integers(1, 4))
def test_many_at_once_are_each_the_single_one(params, count):
    given = params | {"valuation_date": "2026-09-30"}
    checked, _ = params_or_refuse(METHOD.params, given)
    arrays = {
        name: np.repeat(np.atleast_1d(one)[np.newaxis], count, axis=0)
        if isinstance(one, np.ndarray)
        else one
        for name, one in METHOD.arrays(checked).items()
    }
    single = METHOD.run(checked).value
    assert METHOD.values(arrays) == pytest.approx([single] * count, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (only("stated"), "stated_fee"),
        (only("stated", stated_fee=1), "chosen"),
        (only("own_working", licensees=None), "licensees"),
        (only("own_working", own_share=None), "own_share"),
        (only("own_working", own_share=[0.1]), "own_share"),
        (only("statistics", industry_rate=None), "industry_rate"),
        (only("assignment", patent_years=0), "patent_years"),
        (only("own_licence", chosen="assignment"), "assignment_price"),
        (only("own_licence", past_fee=-1), "past_fee"),
        (only("own_working", licensees=0.5), "licensees"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(given)
