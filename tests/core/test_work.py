"""What a valuation computes is known before, and what takes too long is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from valuer.core.case import Case, Run
from valuer.core.entries import params_or_refuse
from valuer.core.examples import example_files, read_example
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.core.valuing import value_case
from valuer.core.work import of_run, of_scenario
from valuer.methods import METHODS

# Figures of one second or so; no single value may take ten.
SECOND = 100_000_000

DRAWN = {"dist": "uniform", "low": 30, "high": 40}


def worked(key: str) -> dict[str, Any]:
    """The parameters of a worked case of a method."""
    runs = (read_example(path).run for path in example_files())
    return next(run["params"] for run in runs if run.get("method") == key)


def params_of(key: str, **changed: Any) -> Any:
    method = METHODS.find(key)
    given = {k: v for k, v in (worked(key) | changed).items() if v is not None}
    return params_or_refuse(method.params, given)[0]


@pytest.mark.parametrize("method", [*METHODS], ids=lambda one: one.key)
def test_every_worked_case_may_stand_in_a_report_twenty_times(method):
    params = params_of(method.key)
    assert of_run(method, params, 0) < 50 * SECOND / 20


@pytest.mark.parametrize(
    ("key", "most"),
    [
        ("american_option", {"life": 100, "steps": 5000, "lattice": "many_branches"}),
        ("american_option", {"life": 1, "steps": 5000, "lattice": "two_branches"}),
        ("patent_option", {"life": 100}),
        ("binomial_option", {"steps": 500, "up": 1.1, "down": 0.95}),
        ("simulated_option", {"paths": 250_000, "dates": 100, "degree": 8}),
    ],
)
def test_one_value_takes_seconds_at_most(key, most):
    assert of_scenario(METHODS.find(key), params_of(key, **most)) < 10 * SECOND


def test_more_steps_paths_and_flows_are_more_work():
    def work(key: str, **changed: Any) -> float:
        return of_scenario(METHODS.find(key), params_of(key, **changed))

    few = work("simulated_option", paths=10_000)
    assert work("simulated_option", paths=20_000) == pytest.approx(2 * few, rel=0.1)
    assert work("american_option", lattice="two_branches", steps=2000) > work(
        "american_option", lattice="two_branches", steps=1000
    )
    assert work("irr", cashflows=[-1, *[1] * 100]) > work("irr", cashflows=[-1, 2])


def test_a_root_searched_for_one_value_alone_is_counted_where_it_stands_alone():
    method = METHODS.find("irr")
    params = params_of("irr")
    alone = of_run(method, params, 0)
    drawn = params_of("irr", guess=DRAWN | {"low": 0.05, "high": 0.1})
    many = of_run(method, drawn, 1000) - of_run(method, drawn, 0)
    assert alone > 10 * many  # a thousand at once are searched together


def test_a_beta_is_more_work_than_a_uniform():
    pert = {"dist": "pert", "low": 30, "mode": 35, "high": 40}
    method = METHODS.find("european_option")
    fast = of_scenario(method, params_of(method.key, exercise_price=DRAWN))
    assert of_scenario(method, params_of(method.key, exercise_price=pert)) > fast


def test_a_simulation_names_how_many_scenarios_are_possible():
    params = params_of("simulated_option", underlying_value=DRAWN)
    with pytest.raises(UserError, match=r"at most [0-9,]+ of them") as refused:
        simulate(METHODS.find("simulated_option"), params, 1_000_000)
    most = dict(refused.value.wording.values)["most"]
    assert int(most.replace(",", "")) > 1_000


def test_a_case_that_takes_too_long_is_not_valued_beyond_its_bound():
    params = worked("simulated_option") | {"underlying_value": DRAWN}
    run = Run("lsm", "simulated_option", params=params, scenarios=20)
    case = replace(Case(), runs=(run, replace(run, key="again")))
    work = value_case(replace(case, runs=(run,)), METHODS).runs[0].work
    valuation = value_case(case, METHODS, most_work=1.5 * work)
    first, second = valuation.runs
    assert first.result is not None
    assert second.result is None
    assert any(
        "too long" in issue.say("en") and issue.where == "again"
        for issue in valuation.issues
    )
