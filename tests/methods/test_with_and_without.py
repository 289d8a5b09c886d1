"""With and without: two forecasts apart, laws, and what it tells."""

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

METHOD = METHODS.find("with_and_without")

YEARS = 3

DATES: dict[str, Any] = {
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": f"{2024 + YEARS}-12-31",
    "day_count": "act/act",
}

BASE: dict[str, Any] = {
    "revenue_with": [1000, 1000, 1000],
    "cost_ratio_with": 0.6,
    "revenue_without": [900, 900, 900],
    "cost_ratio_without": 0.7,
    "tax_rate": 0.25,
    "discount_rate": 0.1,
    "timing": "end",
    **DATES,
}

amounts = st.floats(0, 1e6)
series = st.lists(amounts, min_size=YEARS, max_size=YEARS)
either = amounts | series
shares = st.floats(0, 1)

FORECAST = st.fixed_dictionaries(
    {
        "revenue_with": series,
        "cost_ratio_with": shares,
        "fixed_costs_with": either,
        "revenue_without": series,
        "ramp_up": shares | st.lists(shares, min_size=YEARS, max_size=YEARS),
        "cost_ratio_without": shares,
        "fixed_costs_without": either,
        "design_around_cost": either,
        "tax_rate": shares,
        "discount_rate": st.just(0.0) | st.floats(0.001, 1),
        "timing": st.sampled_from(["mid", "end"]),
    },
    optional={
        "depreciation_with": either,
        "depreciation_without": either,
        "capex_with": either,
        "capex_without": either,
        "working_capital_with": either,
        "working_capital_without": either,
    },
)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    return METHOD.run(params)


def worth_of(given: dict[str, Any], side: str) -> float:
    """Value of one forecast by itself, in plain Python."""

    def at(name: str, year: int, usual: float = 0.0) -> float:
        figure = given.get(name, usual)
        return figure[year] if isinstance(figure, list) else figure

    value = 0.0
    for year in range(YEARS):
        revenue = at(f"revenue_{side}", year)
        costs = at(f"fixed_costs_{side}", year) + at(f"depreciation_{side}", year)
        if side == "without":
            revenue *= at("ramp_up", year, 1.0)
            costs += at("design_around_cost", year)
        costs += revenue * at(f"cost_ratio_{side}", year)
        cash = (revenue - costs) * (1 - at("tax_rate", year))
        cash += at(f"depreciation_{side}", year) - at(f"capex_{side}", year)
        cash -= at(f"working_capital_{side}", year)
        time = year + (0.5 if given["timing"] == "mid" else 1)
        value += cash / (1 + given["discount_rate"]) ** time
    return value


@given(FORECAST)
def test_the_value_is_that_of_one_forecast_less_that_of_the_other(given):
    given = BASE | given
    expected = worth_of(given, "with") - worth_of(given, "without")
    assert run(**given).value == pytest.approx(expected, rel=1e-9, abs=1e-4)


@given(FORECAST)
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("with_and_without", BASE | given, rel=1e-9)


@given(FORECAST, shares)
def test_the_slower_sales_come_back_the_more_the_patent_is_worth(given, less):
    given = given | {"ramp_up": 1.0}
    slower = given | {"ramp_up": less}
    assert run(**slower).value >= run(**given).value - 1e-6


@given(FORECAST, amounts)
def test_the_dearer_the_design_around_the_more_the_patent_is_worth(given, more):
    dearer = given | {"design_around_cost": more}
    free = given | {"design_around_cost": 0}
    assert run(**dearer).value >= run(**free).value - 1e-6


@given(FORECAST)
def test_the_same_with_and_without_is_nothing(given):
    for name in [name for name in given if name.endswith("_with")]:
        given[name + "out"] = given[name]
    for name in ("depreciation", "capex", "working_capital"):
        if f"{name}_with" not in given:
            given.pop(f"{name}_without", None)
    found = run(**given | {"ramp_up": 1, "design_around_cost": 0})
    assert found.value == pytest.approx(0, abs=1e-6)


@given(FORECAST, st.integers(2, 3))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(given, scenarios):
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    arrays = METHOD.arrays(params)
    single = METHOD.run(params).value
    for name in given:
        if isinstance(arrays.get(name), np.ndarray):
            flat = np.atleast_1d(arrays[name])
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(single, rel=1e-12, abs=1e-6)


def test_depreciation_matters_by_the_tax_it_saves():
    # 100 a year more saves 25 of tax a year.
    more = run(depreciation_with=100).value - run().value
    assert more == pytest.approx(25 * (1 / 1.1 + 1 / 1.21 + 1 / 1.331))


def test_a_tax_benefit_goes_on_top():
    # Tax life of one year at a rate of 10 %: 1 / (1 − 0.25 / 1.1).
    found = run(tax_life=1, amortisation_tax_rate=0.25)
    assert found.value == pytest.approx(run().value / (1 - 0.25 / 1.1))


def test_a_forecast_of_another_length_is_refused():
    with pytest.raises(UserError, match="revenue_without"):
        run(revenue_without=[1, 2])


def test_more_without_the_patent_than_with_it_is_warned_of():
    found = run(revenue_without=[2000, 2000, 2000])
    assert [one.severity for one in found.issues] == [Severity.WARNING]
    assert run().issues == ()
