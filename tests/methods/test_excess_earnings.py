"""Excess earnings: an independent reckoning, laws, and what counts twice."""

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

METHOD = METHODS.find("excess_earnings")

YEARS = 4

BASE: dict[str, Any] = {
    "revenue": [100, 100, 100, 100],
    "profit_margin": 0.2,
    "tax_rate": 0.25,
    "discount_rate": 0.1,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": f"{2024 + YEARS}-12-31",
    "timing": "mid",
    "day_count": "act/act",
}

amounts = st.floats(0, 1e6)
shares = st.floats(0, 1)

ASSET = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["营运资金", "固定资产", "人力"]),
        "revenue_share": st.floats(0, 2),
        "amount": st.floats(0.01, 1e5),
        "return_on": st.floats(0, 0.5),
        "return_of": st.floats(0, 0.3),
    }
)

FORECAST = st.fixed_dictionaries(
    {
        "revenue": st.lists(amounts, min_size=YEARS, max_size=YEARS),
        "profit_margin": shares,
        "attrition": shares | st.lists(shares, min_size=YEARS, max_size=YEARS),
        "attrition_at": st.sampled_from(["middle", "mean", "end", "start"]),
        "tax_rate": shares,
        "discount_rate": st.just(0.0) | st.floats(0.001, 1),
        "timing": st.sampled_from(["mid", "end"]),
        "assets": st.lists(ASSET, max_size=3),
        "depreciation": amounts,
        "working_capital_increase": amounts,
        "other_charges": amounts,
    }
)

AT = {
    "middle": lambda before, kept: before * kept**0.5,
    "mean": lambda before, kept: (before + before * kept) / 2,
    "end": lambda before, kept: before * kept,
    "start": lambda before, _kept: before,
}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def reckoned(given: dict[str, Any]) -> float:
    """The value year by year, in plain Python."""
    value, left = 0.0, 1.0
    for year, revenue in enumerate(given["revenue"]):
        lost = given["attrition"]
        kept = 1 - (lost[year] if isinstance(lost, list) else lost)
        kept_on_average = AT[given["attrition_at"]](left, kept)
        left *= kept
        own = revenue * kept_on_average
        cash = own * given["profit_margin"] * (1 - given["tax_rate"])
        for asset in given["assets"]:
            base = own * asset["revenue_share"] + asset["amount"]
            cash -= base * (asset["return_on"] + asset["return_of"])
        cash += given["depreciation"]
        cash -= given["working_capital_increase"] + given["other_charges"]
        time = year + (0.5 if given["timing"] == "mid" else 1)
        value += cash / (1 + given["discount_rate"]) ** time
    return value


@given(FORECAST)
def test_the_value_is_that_reckoned_year_by_year(given):
    expected = reckoned(BASE | given)
    assert run(**given).value == pytest.approx(expected, rel=1e-9, abs=1e-4)


@given(FORECAST, st.booleans())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given, has_benefit):
    if has_benefit:
        given = given | {"tax_life": 10, "amortisation_tax_rate": 0.25}
        given |= {"survival": [1, 0.9, 0.8, 0.7]}
    formulas_hold("excess_earnings", BASE | given, rel=1e-9)


@given(st.floats(0.01, 2), st.floats(0.1, 10), st.floats(0.1, 100))
def test_formulas_hold_where_usefulness_follows_a_curve(
    formulas_hold, speed, middle, share
):
    curve = {"decline": "logistic", "decline_speed": speed, "decline_midpoint": middle}
    found = formulas_hold("excess_earnings", BASE | curve, rel=1e-9)
    assert 0 <= found.value <= run().value


@given(
    st.lists(amounts, min_size=YEARS, max_size=YEARS),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 0.9),
)
def test_without_charges_or_attrition_it_is_plain_discounting(
    revenue, margin, tax, rate
):
    given = {"profit_margin": margin, "tax_rate": tax, "discount_rate": rate}
    found = run(revenue=revenue, **given).value
    relief = METHODS.find("relief_from_royalty")
    same = {k: v for k, v in (BASE | given).items() if k != "profit_margin"}
    same |= {"revenue": revenue, "royalty_rate": margin}
    params, _ = params_or_refuse(relief.params, same)
    assert found == pytest.approx(relief.run(params).value, rel=1e-12)


@given(FORECAST, shares)
def test_value_without_charges_falls_with_attrition(given, lost):
    given = {key: given[key] for key in ("revenue", "profit_margin", "attrition_at")}
    less, more = sorted((lost, lost / 2))
    high = run(**given, attrition=less).value
    assert run(**given, attrition=more).value <= high * (1 + 1e-12)


@given(FORECAST, ASSET)
def test_another_asset_never_raises_the_value(given, asset):
    more = given | {"assets": [*given["assets"], asset]}
    value = run(**given).value
    assert run(**more).value <= value + 1e-9 * abs(value) + 1e-6


@given(FORECAST, st.integers(2, 3))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(given, scenarios):
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    arrays = METHOD.arrays(params)
    for name, array in arrays.items():
        if isinstance(array, np.ndarray) and name not in ("start", "end", "length"):
            flat = np.atleast_1d(array)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    single = METHOD.run(params).value
    assert values == pytest.approx(single, rel=1e-12, abs=1e-6)


def test_middle_and_mean_of_a_year_lie_between_its_start_and_end():
    found = {
        at: run(attrition=0.3, attrition_at=at).value
        for at in ("start", "mean", "middle", "end")
    }
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_attrition_counts_for_the_years_of_a_period_alone():
    # 73 of 365 days at 50 %: 0.5 to the power 0.2 at the end, and a fifth of the 100.
    stub = {
        "revenue": [20],
        "valuation_date": "2025-10-19",
        "expiry_date": "2025-12-31",
        "day_count": "act/365",
        "discount_rate": 0,
        "tax_rate": 0,
        "attrition": 0.5,
        "attrition_at": "end",
    }
    assert run(**stub).value == pytest.approx(20 * 0.2 * 0.5**0.2)
    # A charge on an amount is a yearly one: a fifth of 10 % of 50.
    asset = {"name": "固定资产", "amount": 50, "return_on": 0.1}
    charged = run(**stub, assets=[asset]).value
    assert charged == pytest.approx(20 * 0.2 * 0.5**0.2 - 1)


# The rule: capital expenditure or a return of the assets, never both

FIXED = {"name": "固定资产", "amount": 100, "return_on": 0.1}
ONE_YEAR: dict[str, Any] = {
    "revenue": [500],
    "profit_margin": 0.25,
    "tax_rate": 0.2,
    "discount_rate": 0,
    "expiry_date": "2025-12-31",
}


def test_the_two_ways_of_replacing_assets_agree():
    # After tax 100, depreciation 20: either capital expenditure or wear of 20.
    capex = run(**ONE_YEAR, assets=[FIXED], depreciation=20, capital_expenditure=20)
    worn = run(**ONE_YEAR, assets=[FIXED | {"return_of": 0.2}], depreciation=20)
    assert capex.value == pytest.approx(90)
    assert worn.value == pytest.approx(90)
    assert capex.issues == worn.issues == ()


def test_both_together_are_refused_by_name():
    worn = FIXED | {"return_of": 0.2}
    told = refused(**ONE_YEAR, assets=[worn], depreciation=20, capital_expenditure=20)
    assert "assets[0].return_of" in told
    assert "固定资产" in told


def warned(**given: Any) -> list[str]:
    issues = run(**ONE_YEAR | given).issues
    assert all(one.severity is Severity.WARNING for one in issues)
    return [one.where for one in issues]


def test_half_a_way_is_warned_of():
    worn = FIXED | {"return_of": 0.2}
    assert warned(assets=[worn]) == ["depreciation"]
    assert warned(assets=[FIXED], depreciation=20) == ["depreciation"]
    assert warned(assets=[FIXED], capital_expenditure=20) == ["capital_expenditure"]
    assert warned(assets=[FIXED]) == []


def test_an_asset_without_a_base_is_warned_of():
    assert warned(assets=[FIXED | {"amount": 0}]) == ["assets[0].amount"]


def test_goodwill_among_the_assets_is_warned_of():
    assert warned(assets=[FIXED | {"name": "Goodwill"}]) == ["assets[0].name"]
    assert warned(assets=[FIXED | {"name": "商誉"}]) == ["assets[0].name"]


def test_charges_above_the_earnings_are_warned_of():
    assert warned(assets=[FIXED | {"amount": 10_000}]) == ["assets"]


def test_attrition_and_decline_together_are_refused():
    told = refused(attrition=0.1, decline="constant", decline_rate=0.1)
    assert "attrition" in told


def test_a_series_of_another_length_is_refused():
    assert "attrition" in refused(attrition=[0.1, 0.2])
