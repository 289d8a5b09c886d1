"""Tax amortisation benefit: the fixed point, published factors, and the tax lives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("tax_amortisation_benefit")

BASE: dict[str, Any] = {
    "value_before": 1000,
    "discount_rate": 0.12,
    "amortisation_tax_rate": 0.25,
    "tax_life": 15,
}

RATES = {
    "value_before": st.floats(0, 1e9),
    "discount_rate": st.just(0.0) | st.floats(0.001, 1),
    "amortisation_tax_rate": st.floats(0, 0.9),
    "tax_saved_at": st.sampled_from(["mid", "end"]),
}


def parts(weights: list[float]) -> list[float]:
    return [weight / sum(weights) for weight in weights]


WRITE_OFFS = st.one_of(
    st.fixed_dictionaries({**RATES, "tax_life": st.integers(1, 30)}),
    st.fixed_dictionaries(
        {
            **RATES,
            "write_off": st.just("declining_balance"),
            "tax_life": st.integers(1, 30),
            "declining_rate": st.floats(0, 1),
        }
    ),
    st.fixed_dictionaries(
        {
            **RATES,
            "write_off": st.just("table"),
            "yearly_shares": st.lists(st.floats(0.01, 1), min_size=1, max_size=30).map(
                parts
            ),
        }
    ),
)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def shares_of(given: dict[str, Any]) -> list[float]:
    """Shares deducted year by year, by bookkeeping of what is left."""
    match given.get("write_off"):
        case "table":
            return given["yearly_shares"]
        case None:
            return [1 / given["tax_life"]] * given["tax_life"]
    left, found = 1.0, []
    for still in range(given["tax_life"], 0, -1):
        found.append(left * max(given["declining_rate"], 1 / still))
        left -= found[-1]
    return found


@given(WRITE_OFFS)
def test_the_tax_saved_on_the_value_with_the_benefit_is_the_benefit(given):
    found = run(**given)
    value = found.outputs["value_with_benefit"]
    early = 0.5 if given["tax_saved_at"] == "mid" else 0
    saved = [
        given["amortisation_tax_rate"]
        * share
        * value
        / (1 + given["discount_rate"]) ** (year - early)
        for year, share in enumerate(shares_of(given), 1)
    ]
    assert sum(saved) == pytest.approx(found.value, rel=1e-9, abs=1e-9 * value)
    assert value - given["value_before"] == pytest.approx(found.value, rel=1e-9)


@given(WRITE_OFFS)
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("tax_amortisation_benefit", given, rel=1e-9)


@pytest.mark.parametrize(
    ("life", "end", "mid"),
    [
        # 25 % and 12 %, as published tables of the formula print them.
        (5, 1.2199, 1.2357),
        (8, 1.1838, 1.1966),
        (10, 1.1645, 1.1758),
        (15, 1.1280, 1.1365),
        (20, 1.1030, 1.1096),
    ],
)
def test_published_factors_come_out(life, end, mid):
    assert run(tax_life=life).outputs["factor"] == pytest.approx(end, abs=5.1e-5)
    found = run(tax_life=life, tax_saved_at="mid").outputs["factor"]
    assert found == pytest.approx(mid, abs=5.1e-5)


@given(st.integers(1, 30), st.floats(0, 1), st.floats(0, 0.9), st.booleans())
def test_an_income_method_counts_the_same_benefit(life, rate, tax, at_mid):
    assume(rate == 0 or rate > 1e-6)
    saved_at = "mid" if at_mid else "end"
    benefit = {
        "tax_life": life,
        "amortisation_tax_rate": tax,
        "tax_saved_at": saved_at,
    }
    relief = METHODS.find("relief_from_royalty")
    given = {
        "revenue": [100, 200],
        "royalty_rate": 0.05,
        "tax_rate": 0.25,
        "discount_rate": rate,
        "valuation_date": "2024-12-31",
        "first_period_end": "2025-12-31",
        "expiry_date": "2026-12-31",
        "timing": "end",
    }
    plain, _ = params_or_refuse(relief.params, given)
    whole, _ = params_or_refuse(relief.params, given | benefit)
    before = relief.run(plain).value
    found = run(value_before=before, discount_rate=rate, **benefit)
    told = found.outputs["value_with_benefit"]
    assert relief.run(whole).value == pytest.approx(told, rel=1e-11)


@given(WRITE_OFFS, st.floats(0, 0.05))
def test_a_higher_rate_never_raises_the_factor(given, more):
    rate = min(1.0, given["discount_rate"] + more)
    high = run(**given).outputs["factor"]
    assert run(**given | {"discount_rate": rate}).outputs["factor"] <= high * (
        1 + 1e-12
    )


@given(st.integers(2, 30), st.floats(0, 1))
def test_a_declining_balance_is_never_worth_less_than_a_straight_line(life, rate):
    given = {"write_off": "declining_balance", "declining_rate": rate}
    straight = run(tax_life=life).value
    assert run(tax_life=life, **given).value >= straight * (1 - 1e-12)


@given(WRITE_OFFS)
def test_nought_in_nought_out(given):
    assert run(**given | {"value_before": 0}).value == 0
    assert run(**given | {"amortisation_tax_rate": 0}).value == 0


@given(WRITE_OFFS, st.integers(2, 3))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(given, scenarios):
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    arrays = METHOD.arrays(params)
    for name, array in arrays.items():
        if isinstance(array, np.ndarray) and name != "tax_years":
            flat = np.atleast_1d(array)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    single = METHOD.run(params).value
    assert values == pytest.approx(single, rel=1e-12, abs=1e-6)


# What it refuses, and what it tells


@pytest.mark.parametrize(
    ("where", "given"),
    [
        ("tax_life", {"tax_life": 7.5}),
        ("tax_life", {"tax_life": None}),
        ("tax_life", {"tax_life": {"dist": "uniform", "low": 5, "high": 10}}),
        ("declining_rate", {"write_off": "declining_balance"}),
        ("yearly_shares", {"write_off": "table"}),
        ("yearly_shares", {"write_off": "table", "yearly_shares": 0.5}),
        ("yearly_shares", {"write_off": "table", "yearly_shares": [0.6, 0.5]}),
        ("value_before", {"value_before": -1}),
    ],
)
def test_what_does_not_go_together_is_refused_by_name(where, given):
    assert where in refused(**given)


def test_a_benefit_without_bound_is_refused():
    assert "finite" in refused(amortisation_tax_rate=1, discount_rate=0)


def test_a_table_that_leaves_part_of_the_price_is_warned_of():
    (issue,) = run(write_off="table", yearly_shares=[0.5, 0.4]).issues
    assert (issue.severity, issue.where) == (Severity.WARNING, "yearly_shares")


def test_a_printed_table_that_sums_to_one_but_for_rounding_is_taken():
    assert run(write_off="table", yearly_shares=[0.3333, 0.3333, 0.3333]).issues == ()


@pytest.mark.parametrize(
    ("country", "life", "severity"),
    [
        ("US", 15, Severity.NOTE),
        ("cn ", 10, Severity.NOTE),
        ("CN", 12, Severity.NOTE),
        ("CN", 8, Severity.WARNING),
        ("JP", 15, Severity.WARNING),
        ("XX", 15, Severity.NOTE),
    ],
)
def test_a_life_is_held_against_the_table_of_the_buyers_country(
    country, life, severity
):
    (issue,) = run(tax_life=life, buyer_country=country).issues
    assert (issue.severity, issue.where) == (severity, "buyer_country")
    assert country.strip().upper() in str(issue.wording)


def test_the_country_changes_no_figure():
    assert run(buyer_country="JP").value == run().value
