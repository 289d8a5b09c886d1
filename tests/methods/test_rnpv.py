"""Risk-adjusted net present value: an independent reckoning, laws, refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("rnpv")

LIFE = 10

BASE: dict[str, Any] = {
    "phases": [
        {"name": "I", "cost": 10, "duration": 1, "probability": 0.5},
        {"name": "II", "cost": 30, "duration": 1, "probability": 0.6},
    ],
    "flows": [400],
    "discount_rate": 0.1,
    "timing": "end",
    "day_count": "act/act",
    "valuation_date": "2024-12-31",
    "expiry_date": f"{2024 + LIFE}-12-31",
}

amounts = st.floats(0, 1e6)
chances = st.floats(0, 1)

PHASE = st.fixed_dictionaries(
    {
        "name": st.just("期"),
        "cost": amounts,
        "duration": st.floats(0, 5),
        "probability": chances,
        "payment": st.floats(-1e6, 1e6),
    }
)

PROJECT = st.fixed_dictionaries(
    {
        "phases": st.lists(PHASE, min_size=1, max_size=4),
        "flows": st.lists(amounts, min_size=1, max_size=6),
        "cost_at": st.sampled_from(["start", "middle", "end"]),
        "discount_rate": st.just(0.0) | st.floats(0.001, 1),
        "timing": st.sampled_from(["mid", "end"]),
        "tax_rate": chances,
        "tax_basis": st.sampled_from(["after_tax", "pre_tax"]),
    }
)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def reckoned(given: dict[str, Any]) -> float:
    """The project walked through phase by phase, in plain Python."""
    given = BASE | given
    rate, value, time, chance = given["discount_rate"], 0.0, 0.0, 1.0
    for phase in given["phases"]:
        part = {"start": 0, "middle": 0.5, "end": 1}[given["cost_at"]]
        at = time + part * phase["duration"]
        value -= chance * phase["cost"] / (1 + rate) ** at
        time += phase["duration"]
        chance *= phase["probability"]
        value += chance * phase.get("payment", 0) / (1 + rate) ** time
    for flow in given["flows"]:
        within = max(0.0, min(1.0, LIFE - time))
        at = time + within * (0.5 if given["timing"] == "mid" else 1)
        value += chance * flow * within / (1 + rate) ** at
        time += 1
    after_tax = given["tax_basis"] == "after_tax"
    return value * (1 - given["tax_rate"] if after_tax else 1)


@given(PROJECT)
def test_the_value_is_that_of_walking_through_the_phases(given):
    expected = reckoned(given)
    assert run(**given).value == pytest.approx(expected, rel=1e-9, abs=1e-4)


@given(PROJECT)
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("rnpv", BASE | given, rel=1e-9)


@given(PROJECT, st.data())
def test_value_never_falls_with_a_chance_of_what_only_earns(given, data):
    # Costs of later phases are out of the way: only income hangs on the chances.
    given = given | {"phases": [p | {"cost": 0, "payment": 0} for p in given["phases"]]}
    place = data.draw(st.integers(0, len(given["phases"]) - 1))
    likelier = [dict(phase) for phase in given["phases"]]
    likelier[place]["probability"] = data.draw(
        st.floats(likelier[place]["probability"], 1)
    )
    low = run(**given).value
    assert run(**given | {"phases": likelier}).value >= low * (1 - 1e-12)


@given(PROJECT, st.floats(0, 0.5))
def test_income_is_worth_less_at_a_higher_rate(given, more):
    given = given | {"phases": [p | {"cost": 0, "payment": 0} for p in given["phases"]]}
    rate = min(1.0, given["discount_rate"] + more)
    low = run(**given | {"discount_rate": rate}).value
    assert low <= run(**given).value * (1 + 1e-12)


@given(PROJECT, st.floats(0.01, 100))
def test_value_is_proportional_to_all_money(given, factor):
    scaled = given | {
        "flows": [factor * flow for flow in given["flows"]],
        "phases": [
            p | {"cost": factor * p["cost"], "payment": factor * p["payment"]}
            for p in given["phases"]
        ],
    }
    expected = factor * run(**given).value
    assert run(**scaled).value == pytest.approx(expected, rel=1e-9, abs=1e-4 * factor)


@given(PROJECT)
def test_nought_in_nought_out(given):
    noughts = [p | {"cost": 0, "payment": 0} for p in given["phases"]]
    noughts[0]["payment"] = 1e-300  # something is to be earned
    found = run(**given | {"phases": noughts, "flows": [0.0]})
    assert found.value == pytest.approx(0, abs=1e-299)


@given(PROJECT)
def test_certain_success_is_plain_discounting(given):
    certain = given | {"phases": [p | {"probability": 1} for p in given["phases"]]}
    found = run(**certain)
    assert found.outputs["probability"] == 1
    assert found.outputs["chance_of_reaching"] == [1.0] * len(given["phases"])


@given(PROJECT, st.integers(2, 3))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(given, scenarios):
    params, _ = params_or_refuse(METHOD.params, BASE | given)
    arrays = METHOD.arrays(params)
    for name, array in arrays.items():
        if isinstance(array, np.ndarray):
            flat = np.atleast_1d(array)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    single = METHOD.run(params).value
    assert values == pytest.approx(single, rel=1e-12, abs=1e-6)


def test_a_phase_that_may_last_longer_is_simulated():
    lasting = {"dist": "uniform", "low": 1, "high": 3}
    phases = [BASE["phases"][0] | {"duration": lasting}, BASE["phases"][1]]
    params, _ = params_or_refuse(METHOD.params, BASE | {"phases": phases})
    found = simulate(METHOD, params, 2000)
    # The longest and the shortest phase bound all scenarios.
    short, long = (
        run(phases=[BASE["phases"][0] | {"duration": years}, BASE["phases"][1]]).value
        for years in (1, 3)
    )
    assert long < found.p5 < found.mean < found.p95 < short


def test_weighting_every_flow_by_the_whole_chance_is_not_done():
    wrong = 0.3 * (-10 - 30 / 1.1 + 400 / 1.331)
    assert run().value == pytest.approx(-10 - 15 / 1.1 + 0.3 * 400 / 1.331)
    assert run().value != pytest.approx(wrong)


@given(st.floats(0.6, 1), st.floats(0, 0.2), st.integers(1, 5), amounts)
def test_a_chance_a_year_equals_a_premium_in_the_rate_never_both(
    chance, rate, years, prize
):
    # p / (1 + r) = 1 / (1 + r*), so the same risk would be taken twice.
    free = {"name": "x", "cost": 0, "duration": 1}
    risky = [free | {"probability": chance} for _ in range(years)]
    safe = [free | {"probability": 1} for _ in range(years)]
    risky[-1]["payment"] = safe[-1]["payment"] = prize
    premium = (1 + rate) / chance - 1
    by_chance = run(phases=risky, flows=[0], discount_rate=rate).value
    by_rate = run(phases=safe, flows=[0], discount_rate=premium).value
    assert by_chance == pytest.approx(by_rate, rel=1e-9)


def test_a_project_may_be_sold_instead_of_earning():
    phases = [BASE["phases"][0], BASE["phases"][1] | {"payment": 400}]
    found = run(phases=phases, flows=None)
    assert found.value == pytest.approx(-10 - 15 / 1.1 + 0.3 * 400 / 1.21)


def test_income_counts_to_the_expiry_day_alone():
    # Two years of phases and two of income; the third year lies after the right.
    short = {"expiry_date": "2028-12-31"}
    two = run(flows=[100, 100], **short).value
    assert run(flows=[100, 100, 100], **short).value == two


# What it refuses, and what it tells


@pytest.mark.parametrize(
    ("where", "given"),
    [
        ("rate_covers", {"rate_covers": "lapse"}),
        ("expiry_date", {"expiry_date": "2024-12-31"}),
        ("valuation_date", {"valuation_date": "1899-12-31"}),
        ("flows", {"flows": None}),
        ("phases", {"phases": []}),
        ("phases[0].probability", {"phases": [BASE["phases"][0] | {"probability": 2}]}),
        ("phases[0].duration", {"phases": [BASE["phases"][0] | {"duration": -1}]}),
    ],
)
def test_what_does_not_go_together_is_refused_by_name(where, given):
    assert where in refused(**given)


def test_a_failure_premium_besides_the_chances_is_told_as_counted_twice():
    assert "twice" in refused(rate_covers="lapse")


def test_phases_longer_than_the_right_are_warned_of():
    issues = run(expiry_date="2026-06-30").issues
    assert {one.severity for one in issues} == {Severity.WARNING}
    assert "ends" in str(issues[0].wording)


def test_a_value_below_nought_is_warned_of():
    found = run(flows=[1])
    assert found.value < 0
    assert [one.where for one in found.issues] == ["phases"]
    assert run().issues == ()
