"""A run takes a rate from another run of its case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.case import Case, Conclusion, Forecast, ForecastPeriod, Run
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import Rate, param
from valuer.core.problems import Issue
from valuer.core.registry import registry
from valuer.core.run_results import Taken
from valuer.core.share_evidence import BLANK_SOURCE
from valuer.core.slots import number_arrays
from valuer.core.valuing import Valuation, value_case
from valuer.core.working import Unit
from valuer.methods import METHODS


@dataclass(frozen=True, slots=True)
class Sum:
    """Two rates."""

    base: Rate = param("Base", symbol="a", low=0)
    premium: Rate = param("Premium", symbol="b", low=0)


def _sum(working: Any, base: Any, premium: Any) -> Any:
    working.add("Base", "a", "", base, Unit.RATE)
    working.add("Premium", "b", "", premium, Unit.RATE)
    return working.add("Sum", "c", "a + b", base + premium, Unit.RATE)


RATE = Method(
    key="sum",
    version=1,
    approach=None,
    title="Sum",
    idea="Two rates added.",
    source="arithmetic",
    params=Sum,
    arrays=number_arrays,
    formula=_sum,
    check=lambda _: (),
    outputs=lambda _: {"all": [0.01, 0.02, 0.03], "word": "x"},
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(("base", "a"),),
)
KNOWN = registry(RATE, METHODS.find("relief_from_royalty"))

# Undiscounted and untaxed, the value is the royalty rate times 6,000.
RELIEF = {"tax_rate": 0, "discount_rate": 0, "timing": "end"}
CASE = Case(
    valuation_date=date(2026, 12, 31),
    forecast=Forecast(
        tuple(
            ForecastPeriod(date(year, 12, 31), Decimal(amount))
            for year, amount in ((2027, 1000), (2028, 2000), (2029, 3000))
        )
    ),
    conclusion=Conclusion("relief"),
)


def valued(*runs: Run) -> Valuation:
    return value_case(replace(CASE, runs=runs), KNOWN)


def relief(**given: Any) -> Run:
    given = RELIEF | {"expiry_date": "2040-01-01"} | given
    return Run("relief", "relief_from_royalty", params=given)


def rate(key: str = "rate", **given: Any) -> Run:
    return Run(key, "sum", params={"base": 0.03, "premium": 0.02} | given)


def test_a_result_stands_for_a_figure_whatever_the_order_of_the_runs():
    found = valued(relief(royalty_rate={"from": "rate"}), rate())
    assert [one.run.key for one in found.runs] == ["relief", "rate"]
    assert found.runs[0].result is not None
    assert found.runs[0].result.value == pytest.approx(300)
    assert found.runs[0].given["royalty_rate"] == 0.05
    assert found.runs[0].taken == (Taken("royalty_rate", "rate"),)
    assert found.runs[0].run.params["royalty_rate"] == {"from": "rate"}


def test_a_share_that_another_run_finds_has_its_source():
    def blank(found: Valuation) -> list[Issue]:
        return [one for one in found.issues if one.wording.text == BLANK_SOURCE]

    basis = {"share_basis": "score_sheet"}
    assert blank(valued(relief(royalty_rate=0.05, **basis)))
    assert not blank(valued(relief(royalty_rate={"from": "rate"}, **basis), rate()))


def test_only_values_are_concluded_upon():
    found = valued(relief(royalty_rate={"from": "rate"}), rate())
    assert [one.run.key for one in found.valuing] == ["relief"]
    assert found.differences is None
    assert found.conclusion is not None
    assert found.conclusion.value == 300
    adopted = replace(CASE, runs=(rate(),), conclusion=Conclusion("rate"))
    assert value_case(adopted, KNOWN).conclusion is None


def test_an_output_and_a_whole_series_can_be_taken():
    one = {"from": "rate", "output": "base"}
    all_of_them = {"from": "rate", "output": "all"}
    assert valued(rate(), relief(royalty_rate=one)).runs[
        1
    ].result.value == pytest.approx(180)
    series = valued(rate(), relief(royalty_rate=all_of_them)).runs[1].result
    assert series.value == pytest.approx(10 + 40 + 90)


def test_a_chain_of_references_is_followed():
    second = rate("second", base={"from": "first"}, premium=0)
    found = valued(relief(royalty_rate={"from": "second"}), second, rate("first"))
    assert found.runs[0].result.value == pytest.approx(300)


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ((relief(royalty_rate={"from": "nobody"}),), "nobody"),
        ((relief(royalty_rate={"from": "relief"}),), "circle"),
        (
            (rate("a", base={"from": "b"}), rate("b", base={"from": "a"})),
            "circle",
        ),
        ((rate(base=-1), relief(royalty_rate={"from": "rate"})), "no result"),
        (
            (rate(), relief(royalty_rate={"from": "rate", "output": "word"})),
            "“word”",
        ),
        ((rate(), relief(royalty_rate={"from": "rate", "output": "z"})), "“z”"),
        (
            (relief(royalty_rate=0.05), rate(base={"from": "relief"})),
            "something else",
        ),
    ],
)
def test_what_cannot_be_taken_is_an_error_where_it_stands(runs, told):
    found = valued(*runs)
    assert found.conclusion is None
    assert any(told in issue.say("en") for issue in found.errors)


def test_simulation_and_sensitivity_use_what_was_taken():
    drawn = {"dist": "uniform", "low": 0.1, "high": 0.2}
    run = relief(royalty_rate={"from": "rate"}, discount_rate=drawn)
    found = valued(rate(), replace(run, scenarios=100)).runs[1]
    assert found.simulation is not None
    assert {swing.name for swing in found.swings} >= {"royalty_rate", "discount_rate"}
