"""What a run is asked for beside its value is made with it, or told to be impossible."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.asked import MOST, Asked, Scenario, Target, TwoInputs
from valuer.core.break_even import break_even
from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.case import Case, Forecast, ForecastPeriod, Run
from valuer.core.entries import params_or_refuse
from valuer.core.examples import example_files, read_example
from valuer.core.patents import Patent, PatentKind
from valuer.core.problems import Cancelled
from valuer.core.run_results import RunResult
from valuer.core.valuing import Valuation, value_case
from valuer.core.work import of_run
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")

# One year at its end, at 10 %: the value is 100 × rate × (1 − 25 %) / 1.1.
PARAMS: dict[str, Any] = {
    "royalty_rate": 0.044,
    "tax_rate": 0.25,
    "discount_rate": 0.1,
    "expiry_date": "2030-12-31",
    "timing": "end",
}
FORECAST = Forecast((ForecastPeriod(date(2025, 12, 31), Decimal(100)),))
CASE = Case(valuation_date=date(2024, 12, 31), forecast=FORECAST)

HALVES = (
    Scenario("low", 0.5, {"royalty_rate": 0.022}),
    Scenario("high", 0.5, {"royalty_rate": 0.066}),
)


def valued(asked: Asked, **params: Any) -> tuple[RunResult, Valuation]:
    run = Run("rfr", METHOD.key, params=PARAMS | params, asked=asked)
    found = value_case(replace(CASE, runs=(run,)), METHODS)
    return found.runs[-1], found


def alone() -> Any:
    """The parameters with the facts of the case in place."""
    facts = {"revenue": [100], "valuation_date": "2024-12-31"}
    facts["first_period_end"] = "2025-12-31"
    return params_or_refuse(METHOD.params, PARAMS | facts)[0]


def test_a_run_brings_what_it_is_asked_for():
    table = TwoInputs("royalty_rate", "tax_rate", (0.022, 0.044), (0.0, 0.25))
    asked = Asked((table,), (Target("royalty_rate", 6.0),), HALVES)
    one, found = valued(asked)
    assert not found.errors
    (made,), (even,) = one.analyses.tables, one.analyses.targets
    # 100 × 2.2 % / 1.1 = 2, × 0.75 = 1.5; 4.4 % gives twice as much.
    assert made.values == (
        (pytest.approx(2), pytest.approx(4)),
        (pytest.approx(1.5), pytest.approx(3)),
    )
    assert even.positions == (pytest.approx(0.088),)
    assert one.analyses.scenarios is not None
    assert one.analyses.scenarios.mean == pytest.approx(3)
    assert one.analyses.scenarios.sd == pytest.approx(1.5)
    assert {*one.analyses.plain()} == {"two_way", "break_even", "scenarios"}


def test_a_run_asked_for_nothing_brings_nothing():
    one, _ = valued(Asked())
    assert one.analyses.plain() == {}


@pytest.mark.parametrize(
    ("asked", "where", "said"),
    [
        (
            Asked(
                (TwoInputs("tax_rate", "royalty_rate"), TwoInputs("pace", "tax_rate"))
            ),
            "rfr.asked.two_way[1]",
            "two-way table 2 .*“pace” is no number",
        ),
        (
            Asked(break_even=(Target("items.amount", 1.0),)),
            "rfr.asked.break_even[0]",
            "break-even 1 .*no number",
        ),
        (
            Asked(scenarios=HALVES[:1]),
            "rfr.asked.scenarios",
            "sum to one; they sum to 0.5",
        ),
        (
            Asked(scenarios=(Scenario("later", 1, {"valuation_date": "2025-06-30"}),)),
            "rfr.asked.scenarios",
            "the same in all scenarios",
        ),
        (
            Asked(scenarios=(Scenario("free", 1, {"revenue": ["1e400"]}),)),
            "rfr.asked.scenarios",
            "“free”",
        ),
        (
            Asked(break_even=(Target("tax_rate", 1.0),) * (MOST + 1)),
            "rfr.asked",
            "at most 20",
        ),
    ],
)
def test_what_cannot_be_made_is_an_error_of_the_run(asked, where, said):
    one, found = valued(asked)
    assert one.result is not None
    (error,) = found.errors
    assert error.where == where
    assert re.search(said, error.say("en"), re.DOTALL)


def test_what_can_be_made_is_made_beside_what_cannot():
    tables = (TwoInputs("pace", "tax_rate"), TwoInputs("royalty_rate", "tax_rate"))
    one, _ = valued(Asked(tables))
    assert one.analyses.two_way[0] is None
    assert one.analyses.two_way[1] is one.analyses.tables[0]


def test_a_scenario_may_not_contradict_the_case():
    patent = Patent(kind=PatentKind.INVENTION, filed=date(2010, 6, 1))
    later = Asked(scenarios=(Scenario("later", 1, {"expiry_date": "2035-12-31"}),))
    run = Run("rfr", METHOD.key, params=PARAMS | {"expiry_date": "2030-06-01"})
    case = replace(CASE, patents=(patent,), runs=(replace(run, asked=later),))
    found = value_case(case, METHODS)
    assert found.runs[0].analyses.scenarios is None
    (error,) = (one for one in found.errors if one.where == "rfr.asked.scenarios")
    assert "“later”" in error.say("en")
    assert "after the term of the patents ends" in error.say("en")


def test_analyses_go_by_the_figures_taken_from_other_runs():
    flows = {"cashflows": [5.0], "rate": 0.1, "first_flow": "now"}
    source = Run("found", "npv", params=flows)
    run = Run(
        "rfr",
        METHOD.key,
        params=PARAMS | {"revenue": [{"from": "found"}]},
        asked=Asked(break_even=(Target("royalty_rate", 0.15),)),
    )
    found = value_case(replace(CASE, runs=(source, run)), METHODS)
    (even,) = found.runs[-1].analyses.targets
    # Five now: 5 × rate × (1 − 25 %) / 1.1 = 0.15.
    assert even.positions == (pytest.approx(0.15 * 1.1 / 0.75 / 5),)


def test_what_is_asked_is_work():
    params = alone()

    def work(**asked: Any) -> float:
        return of_run(METHOD, params, 0, Asked(**asked)) - of_run(METHOD, params, 0)

    one = work(scenarios=HALVES[:1])
    assert one > 0
    assert work(scenarios=HALVES) == pytest.approx(2 * one)
    table = TwoInputs("tax_rate", "royalty_rate")
    assert work(two_way=(table,)) == pytest.approx(25 * one, rel=1e-6)
    assert work(break_even=(Target("tax_rate", 1.0),)) > 300 * one
    assert work(two_way=(TwoInputs("pace", "tax_rate"),)) == 0
    few = (table,) * 1000
    assert work(two_way=few) == pytest.approx(MOST * 25 * one)


def test_steps_that_a_scenario_adds_are_counted():
    method = METHODS.find("binomial_option")
    runs = (read_example(path).run for path in example_files())
    given = next(run["params"] for run in runs if run.get("method") == method.key)
    params, _ = params_or_refuse(method.params, given)
    few = Asked(scenarios=(Scenario("few", 1, {"steps": 2.0}),))
    many = Asked(scenarios=(Scenario("many", 1, {"steps": 500.0}),))
    assert of_run(method, params, 0, many) > of_run(method, params, 0, few) + 100_000


def test_a_search_hears_cancel():
    params = alone()

    def stop(done: int, total: int) -> None:
        del total
        if done == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        break_even(METHOD, params, "royalty_rate", 1.0, stop)


def test_scenarios_too_great_to_be_squared_have_a_deviation():
    great = (Scenario("a", 0.5, {"revenue": [1e200]}), Scenario("b", 0.5, {}))
    one, found = valued(Asked(scenarios=great))
    assert not found.errors
    assert one.analyses.scenarios is not None
    # Two halves lie as far from their mean as it is great.
    assert one.analyses.scenarios.sd == pytest.approx(one.analyses.scenarios.mean)


def test_what_is_asked_is_read_back_from_the_case_as_it_was_written():
    asked = Asked(
        (TwoInputs("tax_rate", "royalty_rate", (0.1, 0.25), ()),),
        (Target("royalty_rate", 1_000_000.0),),
        HALVES,
    )
    run = Run("rfr", METHOD.key, params=PARAMS, asked=asked)
    again = from_plain(parse_json(canonical(run), "run"), Run)
    assert again.asked == asked
