"""Newness: what each basis needs, and the economic life against the legal one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Method, Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

COSTS: dict[str, dict[str, Any]] = {
    "replacement_cost": {
        "items": [{"name": "成本", "amount": 100}],
        "profit_base": "cost",
    },
    "multiplier_cost": {
        "materials": [{"name": "材料", "amount": 100}],
        "living_labour": 0,
        "labour_multiple": 1,
        "research_risk": 0,
        "return_rate": 0,
    },
    "minimum_licence_fee": {
        "items": [{"name": "成本", "amount": 100}],
        "licensee_capacity": 1,
        "total_capacity": 1,
    },
}
"""For each method of the cost approach, a replacement cost of 100."""

pytestmark = pytest.mark.parametrize("key", COSTS)

years = st.floats(0, 100)


def run(key: str, **given: Any) -> Result:
    method: Method = METHODS.find(key)
    whole = {"valuation_date": "2024-12-31"} | COSTS[key] | given
    return method.run(params_or_refuse(method.params, whole)[0])


def refused(key: str, **given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(key, **given)
    return str(refusal.value)


def warned(key: str, **given: Any) -> list[str]:
    issues = run(key, **given).issues
    return [one.where for one in issues if one.severity is Severity.WARNING]


def test_newness_is_the_life_left_over_the_whole_of_it(key):
    # Of legal life 10 only 3 are left economically: 3/8, not 5/10 (CN-W18).
    assert run(key, used_life=5, remaining_life=3).value == pytest.approx(37.5)


def test_newness_as_judged_is_taken_as_it_is(key):
    given = {"newness_basis": "rate", "newness_rate": 0.8}
    assert run(key, **given).value == pytest.approx(80)
    assert run(key, **given, used_life=1, remaining_life=9).value == pytest.approx(80)


def test_further_depreciation_takes_its_share_of_what_is_left(key):
    found = run(key, used_life=5, remaining_life=5, further_depreciation=0.2)
    assert found.value == pytest.approx(40)


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ({}, ["used_life", "remaining_life"]),
        ({"used_life": 1}, ["remaining_life"]),
        ({"remaining_life": 1, "newness_rate": 0.5}, ["used_life"]),
        (
            {"newness_basis": "rate", "used_life": 1, "remaining_life": 1},
            ["newness_rate"],
        ),
        ({"newness_basis": "rate", "newness_rate": None}, ["newness_rate"]),
    ],
)
def test_what_the_basis_needs_is_named_where_it_lacks(key, given, lacking):
    told = refused(key, **given).splitlines()
    assert [line.partition(":")[0] for line in told] == lacking


def test_a_life_of_nought_years_is_refused(key):
    assert refused(key, used_life=0, remaining_life=0).startswith("remaining_life")
    assert run(key, used_life=0, remaining_life=1).value == 100
    assert run(key, used_life=1, remaining_life=0).value == 0


@pytest.mark.parametrize(
    "given",
    [
        {"used_life": -1, "remaining_life": 1},
        {"used_life": 1, "remaining_life": 101},
        {"newness_basis": "rate", "newness_rate": 1.1},
        {"newness_basis": "rate", "newness_rate": -0.1},
    ],
)
def test_lives_and_rates_have_their_range(key, given):
    assert refused(key, **given)


def test_an_economic_life_beyond_the_legal_one_is_warned_of(key):
    # To 2029-12-31 five years and two leap days are left.
    given = {"used_life": 5, "expiry_date": "2029-12-31"}
    assert warned(key, **given, remaining_life=5) == []
    assert warned(key, **given, remaining_life=5.01) == ["remaining_life"]
    issue = run(key, **given, remaining_life=8).issues[0]
    assert "8 years" in issue.say("en")
    assert "5.00" in issue.say("en")


def test_a_term_that_has_ended_leaves_no_legal_life(key):
    given = {"used_life": 5, "expiry_date": "2024-12-31"}
    assert warned(key, **given, remaining_life=1) == ["remaining_life"]
    assert warned(key, **given, remaining_life=0) == []
    far = {"used_life": 5, "remaining_life": 1, "expiry_date": "9999-12-31"}
    assert warned(key, **far) == []


def test_without_an_expiry_day_or_by_rate_nothing_is_held_against_the_term(key):
    assert warned(key, used_life=5, remaining_life=99) == []
    rate = {"newness_basis": "rate", "newness_rate": 0.5, "remaining_life": 99}
    assert warned(key, **rate, expiry_date="2025-01-01") == []


def test_uncertain_lives_are_judged_at_their_centre(key):
    life = {"dist": "triangular", "low": 0, "mode": 4, "high": 20}
    given = {"used_life": 1, "remaining_life": life}
    assert run(key, **given).value == pytest.approx(80)
    assert warned(key, **given, expiry_date="2028-12-31") == []
    assert warned(key, **given, expiry_date="2027-12-31") == ["remaining_life"]


@given(used=years, remaining=st.floats(0.001, 100), further=st.floats(0, 1))
def test_what_is_left_lies_between_nought_and_the_cost(key, used, remaining, further):
    found = run(
        key, used_life=used, remaining_life=remaining, further_depreciation=further
    )
    assert 0 <= found.value <= 100


@given(used=st.floats(0, 50), remaining=st.floats(0.001, 50))
def test_lives_in_half_years_give_the_same_as_in_years(key, used, remaining):
    one = run(key, used_life=used, remaining_life=remaining).value
    two = run(key, used_life=2 * used, remaining_life=2 * remaining).value
    assert two == pytest.approx(one, rel=1e-12)
