"""Entry fee and running royalty: each from the other, laws, and what is refused."""

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

DATES: dict[str, Any] = {
    "tax_rate": 0.25,
    "discount_rate": 0.25,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2026-12-31",
    "timing": "end",
    "tax_basis": "pre_tax",
    "share_source": "备案表 3",
}
TERMS = DATES | {"revenue": [1000, 2500], "running_rate": 0.05, "entry_fee": 80}
FEE_SOUGHT = DATES | {
    "sought": "entry_fee",
    "revenue": [1000, 2500],
    "running_rate": 0.05,
    "licence_value": 200,
}
RATE_SOUGHT = {k: v for k, v in DATES.items() if k != "share_source"} | {
    "revenue": [1000, 2500],
    "licence_value": 200,
    "entry_fee": 80,
}


def run(given: dict[str, Any], key: str = "licence_terms") -> Result:
    method = METHODS.find(key)
    params, _ = params_or_refuse(method.params, given)
    return method.run(params)


def refused(given: dict[str, Any], key: str = "licence_terms") -> str:
    with pytest.raises(UserError) as refusal:
        run(given, key)
    return str(refusal.value)


def warnings(given: dict[str, Any], key: str = "licence_terms") -> list[str]:
    issues = run(given, key).issues
    return [str(one.wording) for one in issues if one.severity is Severity.WARNING]


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 6))
    money = st.floats(1, 1e9)
    rate = st.floats(0, 0.9)
    found = DATES | {
        "revenue": draw(st.lists(money, min_size=count, max_size=count)),
        "running_rate": draw(st.floats(0.001, 0.2)),
        "entry_fee": draw(st.just(0.0) | money),
        "tax_rate": draw(rate | st.lists(rate, min_size=count, max_size=count)),
        "discount_rate": draw(rate),
        "expiry_date": f"{2024 + draw(st.integers(1, 7))}-12-31",
        "timing": draw(st.sampled_from(["mid", "end"])),
        "tax_basis": draw(st.sampled_from(["after_tax", "pre_tax"])),
    }
    if draw(st.booleans()):
        found |= {"decline": "constant", "decline_rate": draw(st.floats(0, 0.9))}
    if draw(st.booleans()):
        found |= {"covered_share": draw(st.floats(0.01, 1))}
    if draw(st.booleans()):
        found |= {"survival": [0.9**k for k in range(count)]}
    return found


# By hand


def test_what_the_payments_are_worth_by_hand():
    # 50 and 125 at 25 % are 40 and 80.
    found = run(TERMS)
    assert found.value == pytest.approx(80 + 120, rel=1e-14)
    assert found.outputs["running_worth"] == pytest.approx(120)
    assert found.outputs["revenue_worth"] == pytest.approx(2400)


def test_an_entry_fee_is_taxed_at_the_rate_of_the_first_period():
    # 80 keeps 60; 50 and 125 keep 37.5 and 62.5, worth 30 and 40.
    found = run(TERMS | {"tax_basis": "after_tax", "tax_rate": [0.25, 0.5]})
    assert found.value == pytest.approx(60 + 30 + 40, rel=1e-14)


def test_the_entry_fee_by_hand():
    assert run(FEE_SOUGHT).value == pytest.approx(80, rel=1e-13)
    # After tax the royalty is worth 90, and 110 is left of 146.67.
    taxed = run(FEE_SOUGHT | {"tax_basis": "after_tax"})
    assert taxed.value == pytest.approx(110 / 0.75, rel=1e-13)


def test_a_licence_that_ends_within_a_year_bears_royalty_to_that_day():
    # 73 of 365 days: a fifth of 1000, a fifth of a year.
    ends = {"expiry_date": "2025-03-14", "revenue": [1000]}
    found = run(TERMS | ends)
    assert found.value == pytest.approx(80 + 10 / 1.25**0.2, rel=1e-13)
    assert found.outputs["life_years"] == pytest.approx(0.2)


def test_the_running_rate_by_hand():
    found = run(RATE_SOUGHT, "running_royalty")
    assert found.value == pytest.approx(0.05, rel=1e-13)
    assert found.currency == ""
    alone = run(RATE_SOUGHT | {"entry_fee": 0}, "running_royalty")
    assert alone.value == pytest.approx(200 / 2400, rel=1e-13)


# Laws


@given(terms())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    value = formulas_hold("licence_terms", given).value
    wanted = {"sought": "entry_fee", "licence_value": value}
    formulas_hold("licence_terms", given | wanted, rel=1e-9)
    solved = without(given, "running_rate", "share_source") | {"licence_value": value}
    formulas_hold("running_royalty", solved, rel=1e-9)


@given(terms())
def test_fee_and_rate_come_back_from_the_value(given):
    value = run(given).value
    wanted = {"sought": "entry_fee", "licence_value": value * (1 + 1e-12)}
    fee = run(given | wanted).value
    assert fee == pytest.approx(given["entry_fee"], rel=1e-6, abs=1e-6 * value)
    solved = without(given, "running_rate", "share_source") | {"licence_value": value}
    solution = run(solved, "running_royalty")
    # What is left of the value beside a great fee has lost its last digits.
    lost = 1e-12 * value / solution.outputs["revenue_worth"]
    assert solution.value == pytest.approx(given["running_rate"], rel=1e-9, abs=lost)


@given(terms())
def test_without_a_fee_the_terms_are_a_royalty_saved(given):
    given = given | {"entry_fee": 0}
    royalty = without(given, "running_rate", "entry_fee")
    royalty |= {"royalty_rate": given["running_rate"]}
    same = run(royalty, "relief_from_royalty").value
    assert run(given).value == pytest.approx(same, rel=1e-12)


@given(terms(), st.floats(0.001, 1000))
def test_value_is_proportional_to_revenue_and_fee(given, factor):
    scaled = given | {
        "revenue": [factor * one for one in given["revenue"]],
        "entry_fee": factor * given["entry_fee"],
    }
    assert run(scaled).value == pytest.approx(factor * run(given).value, rel=1e-12)


@given(terms(), st.floats(1, 1e6))
def test_a_dearer_licence_needs_a_higher_rate(given, more):
    value = run(given).value
    solved = without(given, "running_rate", "share_source") | {"entry_fee": 0}
    worth = run(given).outputs["revenue_worth"]
    low, high = 0.3 * worth, min(0.3 * worth + more, worth)
    rates = [
        run(solved | {"licence_value": one}, "running_royalty").value
        for one in (low, high)
    ]
    assert value > 0
    assert rates[0] <= rates[1] * (1 + 1e-12)


def without(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}


@given(terms(), st.integers(1, 4))
def test_scenarios_of_fixed_inputs_all_give_the_single_figure(given, scenarios):
    value = run(given).value
    solved = without(given, "running_rate", "share_source") | {"licence_value": value}
    sought = given | {"sought": "entry_fee", "licence_value": value * (1 + 1e-12)}
    for key, one in (
        ("licence_terms", given),
        ("licence_terms", sought),
        ("running_royalty", solved),
    ):
        method = METHODS.find(key)
        params, _ = params_or_refuse(method.params, one)
        arrays = method.arrays(params)
        several = {
            name: np.repeat(np.atleast_1d(array)[np.newaxis, :], scenarios, axis=0)
            for name, array in arrays.items()
            if isinstance(array, np.ndarray)
        }
        values = method.values(arrays | several)
        assert values.shape == (scenarios,)
        size = 1e-12 * max(1.0, value)
        single = method.run(params).value
        assert values == pytest.approx(single, rel=1e-9, abs=size)


# What is refused and told


@pytest.mark.parametrize(
    ("given", "key", "named"),
    [
        (without(TERMS, "entry_fee"), "licence_terms", "entry_fee"),
        (without(FEE_SOUGHT, "licence_value"), "licence_terms", "licence_value"),
        (FEE_SOUGHT | {"licence_value": 119}, "licence_terms", "running_rate"),
        (TERMS | {"running_rate": [0.1, 0.1]}, "licence_terms", "running_rate"),
        (
            TERMS | {"tax_basis": "after_tax", "tax_rate": 1},
            "licence_terms",
            "tax_rate",
        ),
        (
            TERMS | {"tax_life": 10, "amortisation_tax_rate": 0.25},
            "licence_terms",
            "tax_life",
        ),
        (RATE_SOUGHT | {"entry_fee": 201}, "running_royalty", "entry_fee"),
        (RATE_SOUGHT | {"licence_value": 2500}, "running_royalty", "licence_value"),
        (RATE_SOUGHT | {"revenue": [0, 0]}, "running_royalty", "revenue"),
        (RATE_SOUGHT | {"revenue": [1.7e308] * 2}, "running_royalty", "revenue"),
        (RATE_SOUGHT | {"licence_value": -1}, "running_royalty", "licence_value"),
    ],
)
def test_terms_that_do_not_fit_are_refused_by_name(given, key, named):
    assert named in refused(given, key)


def test_rates_and_fees_above_the_ceilings_of_open_licences_are_warned_of():
    assert warnings(TERMS) == []
    assert "yuan" in warnings(TERMS | {"entry_fee": 20_000_001})[0]
    assert warnings(TERMS | {"entry_fee": 20_000_001, "currency": "EUR"}) == []
    dear = RATE_SOUGHT | {"licence_value": 800}
    assert "20 %" in warnings(dear, "running_royalty")[0]


def test_a_solved_rate_above_the_profit_margin_is_warned_of():
    told = warnings(RATE_SOUGHT | {"profit_margin": 0.04}, "running_royalty")
    assert any("profit margin of 4 %" in one for one in told)


def test_a_running_rate_by_rule_of_thumb_is_refused_in_court():
    court = {"share_basis": "rule_of_thumb", "jurisdiction": "litigation"}
    assert "Uniloc" in refused(TERMS | court)
