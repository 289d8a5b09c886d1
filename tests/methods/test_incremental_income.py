"""Incremental income: an independent reckoning, laws, and what it refuses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("incremental_income")

BASE: dict[str, Any] = {
    "price_with": 20,
    "price_without": 17.5,
    "cost_with": 3.5,
    "cost_without": 4,
    "quantity_with": 10,
    "quantity_without": 10,
    "tax_rate": 0.25,
    "discount_rate": 0.1,
    "valuation_date": "2020-12-31",
    "first_period_end": "2021-12-31",
    "expiry_date": "2025-12-31",
    "timing": "end",
    "day_count": "act/act",
}

FIGURES = (
    "price_with",
    "price_without",
    "cost_with",
    "cost_without",
    "quantity_with",
    "quantity_without",
)

amounts = st.floats(0, 1e6)
rates = st.just(0.0) | st.floats(0.001, 0.9)


@st.composite
def forecasts(draw: st.DrawFn) -> dict[str, Any]:
    """Any figures over one to five whole years, single or a series."""
    count = draw(st.integers(1, 5))
    found: dict[str, Any] = {"expiry_date": f"{2020 + count}-12-31"}
    for name in FIGURES:
        series = st.lists(amounts, min_size=count, max_size=count)
        found[name] = draw(amounts | series)
    rate = {name: draw(rates) for name in ("tax_rate", "discount_rate")}
    return found | rate | {"timing": draw(st.sampled_from(["mid", "end"]))}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def reckoned(given: dict[str, Any]) -> float:
    """Earned with the patent less earned without it, in the textbook's short form."""
    given = BASE | given
    count = int(given["expiry_date"][:4]) - 2020
    column = {
        name: given[name] if isinstance(given[name], list) else [given[name]] * count
        for name in FIGURES
    }
    value = 0.0
    for year in range(count):
        of = {name: Fraction(figures[year]) for name, figures in column.items()}
        better = (of["price_with"] - of["cost_with"]) * of["quantity_with"]
        base = (of["price_without"] - of["cost_without"]) * of["quantity_without"]
        time = year + (0.5 if given["timing"] == "mid" else 1)
        net = float(better - base) * (1 - given["tax_rate"])
        value += net / (1 + given["discount_rate"]) ** time
    return value


def scale(given: dict[str, Any]) -> float:
    """Greatest amount that goes into the value, to judge differences by."""
    given = BASE | given
    most = [np.max(given[name]) for name in FIGURES]
    return 1e-9 + 5 * (most[0] + most[1] + most[2] + most[3]) * (most[4] + most[5])


@given(forecasts())
def test_the_value_is_that_of_the_difference_of_two_forecasts(given):
    assert abs(run(**given).value - reckoned(given)) <= 1e-12 * scale(given)


@given(forecasts(), st.booleans())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given, is_more):
    if is_more:
        given = given | {"added_costs": 5.5, "patent_share": 0.7}
        given |= {"decline": "constant", "decline_rate": 0.2}
        given |= {"tax_life": 10, "amortisation_tax_rate": 0.25}
    formulas_hold("incremental_income", BASE | given, rel=1e-9)


@given(rates, st.integers(1, 20), st.floats(0, 0.9))
def test_one_annuity_factor_equals_year_by_year(rate, years, tax):
    given = {
        "discount_rate": rate,
        "tax_rate": tax,
        "expiry_date": f"{2020 + years}-12-31",
    }
    by_year = run(**given).value
    assert run(**given, by_annuity="yes").value == pytest.approx(by_year, rel=1e-11)


@given(rates)
def test_formulas_of_one_annuity_factor_hold(formulas_hold, rate):
    benefit = {"tax_life": 5, "amortisation_tax_rate": 0.2}
    given = {"discount_rate": rate, "by_annuity": "yes"}
    formulas_hold("incremental_income", BASE | given, rel=1e-9)
    formulas_hold("incremental_income", BASE | given | benefit, rel=1e-9)


@given(forecasts())
def test_the_same_with_and_without_is_nothing(given):
    for better, base in zip(FIGURES[::2], FIGURES[1::2], strict=True):
        given[base] = given[better]
    assert run(**given).value == 0


@given(forecasts(), st.floats(0, 1e4))
def test_value_rises_with_the_price_and_falls_with_the_cost(given, more):
    def moved(name: str) -> dict[str, Any]:
        figures = np.add((BASE | given)[name], more).tolist()
        return given | {name: figures}

    value, hair = run(**given).value, 1e-11 * scale(given) * (1 + more)
    assert run(**moved("price_with")).value >= value - hair
    assert run(**moved("cost_with")).value <= value + hair


@given(forecasts(), st.floats(0.01, 100))
def test_value_is_proportional_to_quantities(given, factor):
    names = ("quantity_with", "quantity_without")
    scaled = {name: np.multiply(given[name], factor).tolist() for name in names}
    value = run(**given).value
    found = run(**given | scaled).value
    assert abs(found - factor * value) <= 1e-11 * factor * scale(given)


@given(st.floats(0, 1))
def test_the_patents_share_is_taken_of_the_increment(share):
    assert run(patent_share=share).value == pytest.approx(share * run().value)


def test_further_costs_are_taken_off_before_tax():
    # 30 less 10 a year is two thirds.
    assert run(added_costs=10).value == pytest.approx(run().value * 2 / 3)


def test_single_figures_reach_to_the_expiry_day():
    # Half of the sixth year counts half: 181 of 365 days.
    found = run(expiry_date="2026-06-30")
    last = 22.5 * (181 / 365) / 1.1 ** (5 + 181 / 365)
    assert found.value == pytest.approx(run().value + last, rel=1e-12)


@given(forecasts(), st.integers(2, 4))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(given, scenarios):
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    arrays = METHOD.arrays(params)
    for name in (*FIGURES, "tax_rate", "discount_rate"):
        flat = np.atleast_1d(arrays[name])
        arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(params).value, rel=1e-12, abs=1e-6)


def test_scenarios_by_one_annuity_factor_give_the_single_value():
    params, _ = params_or_refuse(METHOD.params, BASE | {"by_annuity": "yes"})
    arrays = METHOD.arrays(params)
    arrays["price_with"] = np.array([[20.0], [21.0]])
    assert METHOD.values(arrays) == pytest.approx([run().value, run().value * 40 / 30])


@pytest.mark.parametrize(
    "given",
    [
        {"timing": "mid"},
        {"price_with": [20, 20, 20, 20, 20]},
        {"expiry_date": "2025-06-30"},
        {"first_period_end": "2021-06-30"},
        {"survival": 0.9},
        {"decline": "constant", "decline_rate": 0.1},
        {"rate_prices": "real", "inflation_rate": 0.02},
    ],
)
def test_one_annuity_factor_is_refused_where_income_is_not_level(given):
    assert "by_annuity" in refused(by_annuity="yes", **given)


def test_a_series_of_another_length_is_refused():
    assert "cost_with" in refused(price_with=[1, 2, 3], cost_with=[1, 2])


def test_less_with_the_patent_than_without_it_is_warned_of():
    found = run(price_with=10)
    assert found.value < 0
    assert [one.severity for one in found.issues] == [Severity.WARNING]
    assert run().issues == ()
