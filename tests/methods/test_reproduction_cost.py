"""Reproduction cost: the path that was gone, incentive, obsolescence."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("reproduction_cost")

# 800 that became the technology, 200 on an attempt that failed; half of the life left.
PLAIN: dict[str, Any] = {
    "items": [
        {"name": "工资", "amount": 800, "incurred": "2021-12-31"},
        {"name": "中试", "amount": 200, "incurred": "2022-12-31", "attempt": "failed"},
    ],
    "profit_base": "cost",
    "used_life": 5,
    "remaining_life": 5,
    "valuation_date": "2024-12-31",
}
DONE = {"finished": "2023-12-31", "incentive_rate": 0.1}
LOSSES = {
    "functional_obsolescence": 0.1,
    "technological_obsolescence": 0.05,
    "economic_obsolescence": 0.2,
}

few = settings(max_examples=25)
rates = st.floats(0, 1)


def run(key: str = "reproduction_cost", **given: Any) -> Result:
    method = METHODS.find(key)
    params, _ = params_or_refuse(method.params, PLAIN | given)
    return method.run(params)


def steps(**given: Any) -> dict[str, tuple[float, ...]]:
    return {step.symbol: step.values for step in run(**given).working}


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def warned(**given: Any) -> list[str]:
    issues = run(**given).issues
    return [one.where for one in issues if one.severity is Severity.WARNING]


def as_replacement(**given: Any) -> dict[str, Any]:
    """The same inputs without what came of each cost."""
    params = PLAIN | given
    keys = ("name", "amount", "incurred", "group", "index")
    return params | {
        "items": [
            {key: row[key] for key in keys if key in row} for row in params["items"]
        ]
    }


parameters = st.fixed_dictionaries(
    {
        "items": st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.just("项"),
                    "amount": st.floats(0.01, 1e9),
                    "incurred": st.none()
                    | st.sampled_from(["2019-12-31", "2021-12-31", "2024-12-31"]),
                    "attempt": st.sampled_from(["kept", "failed"]),
                    "group": st.sampled_from(["direct", "indirect"]),
                }
            ),
            min_size=1,
            max_size=4,
        ),
        "development_years": st.floats(0, 10),
        "capital_rate": rates,
        "spending": st.sampled_from(["even", "start"]),
        "profit_rate": rates,
        "profit_base": st.sampled_from(["cost", "cost_and_capital"]),
        "incentive_rate": st.none() | rates,
        "finished": st.none() | st.sampled_from(["2022-12-31", "2023-12-31"]),
        "functional_obsolescence": st.none() | rates,
        "technological_obsolescence": rates,
        "economic_obsolescence": st.none() | rates,
        "obsolescence_rule": st.just("multiplied"),
    }
)


# By hand


def test_failed_attempts_are_part_of_the_cost_and_told_apart():
    found = run()
    assert found.outputs["failed_attempts"] == 200
    assert found.outputs["reproduction_cost"] == 1000
    assert found.value == 500


def test_the_incentive_is_the_return_forgone_until_the_end_of_development():
    # Two years on 800, one on 200: 800 × 0.21 + 200 × 0.1.
    assert steps(**DONE)["I"] == (pytest.approx(188),)
    assert run(**DONE).value == pytest.approx(594)


@pytest.mark.parametrize(("spending", "years"), [("even", 1.5), ("start", 3)])
def test_costs_without_a_day_are_bound_as_the_spending_says(spending, years):
    given = {"incentive_rate": 0.1, "development_years": 3, "spending": spending}
    assert steps(**given)["y"] == (years, years)
    assert steps(**given)["I"] == (pytest.approx(1000 * (1.1**years - 1)),)


def test_what_was_spent_after_the_end_earns_no_incentive():
    assert steps(finished="2022-06-30", incentive_rate=0.1)["v"][1] == 0


def test_obsolescence_multiplied_takes_a_share_of_what_the_others_leave():
    found = run(**LOSSES, obsolescence_rule="multiplied")
    assert found.value == pytest.approx(1000 * 0.5 * 0.9 * 0.95 * 0.8)


def test_obsolescence_added_takes_shares_of_the_whole_cost():
    found = run(**LOSSES, obsolescence_rule="added", further_depreciation=0.1)
    assert found.value == pytest.approx(1000 * (0.5 * 0.9 - 0.35))


@pytest.mark.parametrize("key", ["replacement_cost", "reproduction_cost"])
def test_both_ways_of_making_take_incentive_and_obsolescence_alike(key):
    given = as_replacement(**DONE, **LOSSES, obsolescence_rule="multiplied")
    found = run(key, **given).value
    assert found == pytest.approx(1188 * 0.5 * 0.9 * 0.95 * 0.8)


# Laws


@few
@given(parameters)
def test_every_formula_holds_on_the_numbers_shown(formulas_hold, params):
    formulas_hold("reproduction_cost", PLAIN | params)


@few
@given(parameters)
def test_the_value_is_the_one_reckoned_anew(params):
    params = PLAIN | params
    cost = math.fsum(row["amount"] for row in params["items"])
    bound = params["development_years"] / (2 if params["spending"] == "even" else 1)
    capital = cost * ((1 + params["capital_rate"]) ** bound - 1)
    base = cost + (capital if params["profit_base"] == "cost_and_capital" else 0)
    incentive = 0.0
    for row in params["items"]:
        age, day, end = bound, row["incurred"], params["finished"]
        if day and end:
            age = max(0, int(end[:4]) - int(day[:4]))
        forgone = (1 + (params["incentive_rate"] or 0)) ** age - 1
        incentive += row["amount"] * forgone
    whole = cost + capital + base * params["profit_rate"] + incentive
    for name in LOSSES:
        whole *= 1 - (params[name] or 0)
    assert run(**params).value == pytest.approx(whole / 2, rel=1e-11, abs=1e-9)


@few
@given(parameters, st.floats(0.001, 1000))
def test_value_is_proportional_to_all_costs(params, factor):
    rows = [row | {"amount": row["amount"] * factor} for row in params["items"]]
    scaled = run(**params | {"items": rows}).value
    assert scaled == pytest.approx(factor * run(**params).value, rel=1e-12)


@few
@given(parameters, rates, st.sampled_from(sorted(LOSSES)))
def test_value_falls_with_every_rate_of_obsolescence(params, more, name):
    less = (params[name] or 0) / 2
    higher = max(less, more)
    lower = run(**params | {name: less}).value
    assert run(**params | {name: higher}).value <= lower * (1 + 1e-12)


@few
@given(parameters, rates)
def test_value_rises_with_the_incentive(params, rate):
    without = run(**params | {"incentive_rate": None}).value
    assert without <= run(**params | {"incentive_rate": rate}).value * (1 + 1e-12)


@few
@given(st.lists(st.floats(0, 0.16), min_size=3, max_size=3))
def test_multiplied_leaves_no_less_of_a_new_thing_than_added(rates):
    given = dict(zip(LOSSES, rates, strict=True)) | {"used_life": 0}
    added = run(**given, obsolescence_rule="added").value
    multiplied = run(**given, obsolescence_rule="multiplied").value
    assert added <= multiplied * (1 + 1e-12)


# What is refused, and what is told


def test_the_rule_of_obsolescence_is_never_assumed():
    assert refused(economic_obsolescence=0.1).startswith("obsolescence_rule")


def test_added_obsolescence_beyond_what_is_left_is_refused():
    told = refused(economic_obsolescence=0.6, obsolescence_rule="added")
    assert "0.6" in told
    assert "0.5" in told
    rate = {"newness_basis": "rate", "newness_rate": 0.3}
    assert refused(economic_obsolescence=0.4, obsolescence_rule="added", **rate)


@pytest.mark.parametrize("name", [*LOSSES, "incentive_rate"])
@pytest.mark.parametrize("rate", [-0.1, 1.1, float("nan")])
def test_rates_have_their_range(name, rate):
    assert name in refused(**{name: rate}, obsolescence_rule="multiplied")


def test_a_development_that_is_not_finished_is_refused():
    assert refused(finished="2025-01-01").startswith("finished")


def test_a_second_reward_of_the_same_capital_is_warned_of():
    assert warned(**DONE) == []
    assert warned(**DONE, profit_rate=0.1) == ["incentive_rate"]
    bound = {"capital_rate": 0.05, "development_years": 2}
    assert warned(**DONE, **bound) == ["incentive_rate"]


def test_a_path_without_failures_is_noted():
    rows = [row | {"attempt": "kept"} for row in PLAIN["items"]]
    assert len(run(items=rows).issues) == len(run().issues) + 1
    note = run(items=rows).issues[-1]
    assert (note.severity, note.where) == (Severity.NOTE, "items")
    assert "failed attempt" in note.say("en")
