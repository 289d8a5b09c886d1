"""Option to abandon: parity, and the value of going on with it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("abandonment_option")

PROJECTS = st.fixed_dictionaries(
    {
        "underlying_value": st.floats(10, 1000),
        "exercise_price": st.floats(10, 1000),
        "life": st.floats(0.1, 10),
        "risk_free_rate": st.floats(0, 0.15),
        "yield_rate": st.floats(0, 0.2),
        "volatility": st.floats(0.1, 1),
    }
)
few = settings(max_examples=25)


def run(given: dict[str, Any], **more: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given | more)[0])


@few
@given(
    PROJECTS,
    st.sampled_from(["european", "american"]),
    st.sampled_from(["option", "whole"]),
)
def test_every_formula_gives_the_numbers_shown(formulas_hold, project, when, subject):
    given = project | {"exercise": when, "subject": subject}
    formulas_hold("abandonment_option", given, rel=1e-8)


@few
@given(PROJECTS)
def test_call_less_put_is_what_goes_on_less_the_proceeds(project):
    found = run(project).outputs
    life = project["life"]
    going_on = project["underlying_value"] * math.exp(-project["yield_rate"] * life)
    proceeds = project["exercise_price"] * math.exp(-project["risk_free_rate"] * life)
    apart = found["call"] - found["put"]
    assert apart == pytest.approx(going_on - proceeds, rel=1e-9, abs=1e-9)


@few
@given(PROJECTS)
def test_abandoning_at_any_time_is_worth_at_least_abandoning_at_the_end(project):
    at_end = run(project).value
    at_any_time = run(project, exercise="american").value
    gain = project["exercise_price"] - project["underlying_value"]
    assert at_any_time >= max(at_end, gain)


@few
@given(PROJECTS, st.sampled_from(["european", "american"]))
def test_the_option_adds_to_the_value_of_going_on(project, when):
    alone = run(project, exercise=when).value
    whole = run(project, exercise=when, subject="whole").value
    assert whole == pytest.approx(project["underlying_value"] + alone, rel=1e-12)


@few
@given(PROJECTS, st.floats(1, 3))
def test_value_rises_with_the_proceeds(project, factor):
    more = project | {"exercise_price": project["exercise_price"] * factor}
    assert run(more).value >= run(project).value - 1e-9
