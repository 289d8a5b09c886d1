"""A case is valued whole: its facts fill the runs, its issues stop the conclusion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.case import (
    Case,
    Conclusion,
    Forecast,
    ForecastPeriod,
    OneMethodGround,
    Run,
)
from valuer.core.facts import case_expiry, facts
from valuer.core.params import parameters
from valuer.core.patents import LegalStatus, Patent, PatentKind
from valuer.core.problems import Cancelled, Severity
from valuer.core.valuing import Valuation, rounded, value_case, with_versions
from valuer.methods import METHODS

PATENT = Patent(
    number="CN2020100000011",
    country="CN",
    kind=PatentKind.INVENTION,
    filed=date(2020, 5, 18),
    granted=date(2022, 4, 1),
    status=LegalStatus.IN_FORCE,
    status_on=date(2026, 8, 1),
)

RATES = {"royalty_rate": 0.05, "tax_rate": 0, "discount_rate": 0, "timing": "end"}


def periods(*amounts: int, first: int = 2026) -> tuple[ForecastPeriod, ...]:
    return tuple(
        ForecastPeriod(date(first + year, 12, 31), Decimal(amount))
        for year, amount in enumerate(amounts)
    )


ADOPTED = Conclusion(
    "rfr",
    ground_kind=OneMethodGround.ONLY_ONE_FITS,
    ground="无可比交易，成本与价值无关。",
)

# Undiscounted and untaxed, the value is 5 % of the revenue: 5 % of 6,000 is 300.
CASE = Case(
    name="甲公司专利评估",
    valuation_date=date(2026, 9, 30),
    patents=(PATENT,),
    forecast=Forecast(periods(1000, 2000, 3000)),
    runs=(Run("rfr", "relief_from_royalty", params=RATES),),
    conclusion=ADOPTED,
)


def valued(**given: Any) -> Valuation:
    return value_case(replace(CASE, **given), METHODS)


def run(**given: Any) -> Run:
    params = RATES | given.pop("params", {})
    return replace(CASE.runs[0], params=params, **given)


def errors(**given: Any) -> list[str]:
    """Where the errors stand; with one there is no conclusion."""
    found = valued(**given)
    assert found.conclusion is None
    assert all(issue.say("en") for issue in found.issues)
    return [issue.where for issue in found.errors]


def test_a_whole_case_by_hand():
    found = valued()
    assert found.errors == ()
    (only,) = found.runs
    assert only.result is not None
    assert only.result.value == pytest.approx(300)
    assert only.simulation is None
    assert found.conclusion is not None
    assert found.conclusion.value == 300
    assert found.conclusion.capitals == "人民币叁佰元整"
    assert [one.status for one in found.standings] == [LegalStatus.IN_FORCE]


def test_what_the_case_knows_need_not_be_repeated():
    known = facts(CASE)
    assert len(known.pop("official_fees")) == 9  # see test_facts
    assert known == {
        "currency": "CNY",
        "valuation_date": "2026-09-30",
        "revenue": ["1000", "2000", "3000"],
        "first_period_end": "2026-12-31",
        "expiry_date": "2040-05-18",
    }
    assert facts(Case()) == {"currency": "CNY"}


def test_every_parameter_is_told_also_those_by_default():
    given = valued().runs[0].given
    assert given["revenue"] == ["1000", "2000", "3000"]
    assert given["day_count"] == "act/365"
    params = METHODS.find("relief_from_royalty").params
    told = [one for one in parameters(params) if not one.quiet]
    assert set(given) == {one.name for one in told if one.default is not None}


def test_periods_before_the_valuation_date_are_left_out():
    forecast = Forecast(periods(500, 1000, 2000, first=2025))
    assert facts(replace(CASE, forecast=forecast))["revenue"] == ["1000", "2000"]
    past = Forecast(periods(1, 2, first=2010))
    assert "revenue" not in facts(replace(CASE, forecast=past))


def test_the_earliest_expiry_of_several_patents_is_taken_and_told():
    older = replace(PATENT, number="CN2", filed=date(2010, 1, 4))
    case = replace(CASE, patents=(PATENT, older))
    assert case_expiry(case) == date(2030, 1, 4)
    found = value_case(case, METHODS)
    assert [issue.severity for issue in found.issues if issue.where == "rfr"] == [
        Severity.WARNING
    ]
    stated = run(params={"expiry_date": "2035-01-01"})
    assert value_case(replace(case, runs=(stated,)), METHODS).errors == ()


# Contradictions


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("valuation_date", "2026-06-30"),
        ("currency", "USD"),
        ("expiry_date", "2040-05-19"),
    ],
)
def test_a_run_may_not_contradict_the_case(name, value):
    assert errors(runs=(run(params={name: value}),)) == [f"rfr.{name}"]


def test_an_earlier_end_than_the_term_is_no_contradiction():
    assert valued(runs=(run(params={"expiry_date": "2030-01-01"}),)).errors == ()


def test_the_forecast_must_be_in_the_case_s_currency():
    assert errors(forecast=replace(CASE.forecast, currency="USD")) == ["forecast"]


@pytest.mark.parametrize(
    "ends",
    [
        ["2026-12-31", "2028-12-31"],
        ["2026-12-31", "2027-06-30"],
        ["2026-12-31", "2026-12-31"],
        ["2027-06-30", "2026-12-31"],
    ],
)
def test_a_forecast_with_gaps_is_refused_not_guessed(ends):
    gapped = tuple(ForecastPeriod(date.fromisoformat(end), Decimal(1)) for end in ends)
    assert "forecast.periods" in errors(forecast=Forecast(gapped))


def test_a_gap_does_not_matter_to_a_run_with_revenue_of_its_own():
    gapped = Forecast(periods(1) + periods(1, first=2030))
    own = run(params={"revenue": [6000], "first_period_end": "2027-09-30"})
    assert valued(forecast=gapped, runs=(own,)).errors == ()


def test_a_forecast_at_the_end_of_the_calendar_breaks_nothing():
    last = tuple(ForecastPeriod(date.max, Decimal(1)) for _ in range(2))
    assert errors(forecast=Forecast(last)) == ["rfr.first_period_end"]


# What stops a conclusion


def test_a_case_needs_a_valuation_date():
    found = errors(valuation_date=None)
    assert "valuation_date" in found
    assert "rfr.valuation_date" in found


def test_a_patent_that_cannot_be_valued_stops_it():
    dead = replace(PATENT, status=LegalStatus.LAPSED)
    assert errors(patents=(dead,)) == [PATENT.number]


def test_a_method_that_is_not_known_stops_it():
    assert errors(runs=(run(method="guess"),)) == ["rfr"]
    assert errors(runs=(run(version=99),)) == ["rfr"]


def test_a_parameter_that_is_wrong_stops_it():
    assert errors(runs=(run(params={"royalty_rate": 5}),)) == ["rfr.royalty_rate"]
    two = run(params={"royalty_rate": [0.1, 0.2]})
    assert errors(runs=(two,)) == ["rfr.royalty_rate"]


def test_a_run_without_a_finite_value_stops_it():
    huge = run(params={"revenue": [1.7e308] * 3, "royalty_rate": 1})
    assert errors(runs=(huge,)) == ["rfr"]


def test_two_runs_of_one_key_stop_it():
    assert errors(runs=(run(), run())) == ["runs"]


def test_without_a_conclusion_there_is_none():
    found = valued(conclusion=None)
    assert (found.errors, found.conclusion) == ((), None)


# The conclusion


def test_the_only_run_is_adopted_without_being_named():
    assert valued(conclusion=Conclusion()).conclusion.value == 300


def test_a_run_that_is_not_there_cannot_be_adopted():
    assert errors(conclusion=Conclusion("other")) == ["conclusion.run"]


def test_without_runs_there_is_nothing_to_conclude():
    assert errors(runs=(), conclusion=Conclusion()) == ["conclusion.run"]


def two_runs(
    one: str | None, other: str | None, reason: str = "因为"
) -> tuple[Run, ...]:
    def weight(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    dearer = run(
        key="dear", params={"royalty_rate": 0.1}, weight=weight(other), reason=reason
    )
    return (run(weight=weight(one), reason="因为"), dearer)


def test_several_runs_are_weighted_with_reasons():
    runs = two_runs("0.75", "0.25")
    assert valued(runs=runs, conclusion=Conclusion()).conclusion.value == 375
    assert valued(runs=runs, conclusion=Conclusion("dear")).conclusion.value == 600


@pytest.mark.parametrize(
    ("runs", "where"),
    [
        (two_runs(None, None), "conclusion.run"),
        (two_runs("0.75", None), "dear.weight"),
        (two_runs("0.75", "0.3"), "runs"),
        (two_runs("1.5", "-0.5"), "runs"),
        (two_runs("0.5", "0.5", reason=""), "dear.reason"),
    ],
)
def test_weights_must_be_whole_and_reasoned(runs, where):
    assert errors(runs=runs, conclusion=Conclusion()) == [where]


@pytest.mark.parametrize(
    ("low", "high", "is_good"),
    [
        ("299", "301", True),
        ("300", "300", True),
        ("301", "302", False),
        ("298", "299", False),
    ],
)
def test_a_range_holds_the_value(low, high, is_good):
    ends = [Decimal(end) for end in (low, high)]
    ranged = Conclusion("rfr", low=ends[0], high=ends[1])
    found = valued(range_agreed=True, conclusion=ranged)
    assert (found.conclusion is not None) == is_good
    if found.conclusion is not None:
        assert [found.conclusion.low, found.conclusion.high] == ends


@pytest.mark.parametrize("unit", ["0", "-1"])
def test_the_unit_is_above_nought(unit):
    conclusion = Conclusion("rfr", unit=Decimal(unit))
    assert errors(conclusion=conclusion) == ["conclusion.unit"]


@pytest.mark.parametrize(
    ("amount", "unit", "found"),
    [
        ("2769.6475", "1", "2770"),
        ("2769.6475", "100", "2800"),
        ("2.5", "1", "3"),
        ("3.5", "1", "4"),
        ("2.675", "0.01", "2.68"),
        ("-2.5", "1", "-3"),
        ("49.99", "100", "0"),
        ("50", "100", "100"),
        ("7", "3", "6"),
    ],
)
def test_halves_are_rounded_up(amount, unit, found):
    assert rounded(Decimal(amount), Decimal(unit)) == Decimal(found)


@given(
    st.floats(0, allow_nan=False, allow_infinity=False),
    st.decimals("1e-6", 10**9, allow_nan=False, allow_infinity=False, places=6),
)
def test_any_value_can_be_rounded(value, unit):
    amount = Decimal(repr(value))
    found = rounded(amount, unit)
    if amount < 10**12:
        assert abs(found - amount) <= unit / 2
    else:
        assert found >= 0


def test_the_conclusion_of_a_great_value_is_told_without_capitals():
    great = run(params={"revenue": [1e300]})
    great = replace(great, params=great.params | {"first_period_end": "2026-12-31"})
    found = valued(runs=(great,)).conclusion
    assert found is not None
    assert found.capitals == ""
    assert found.value == pytest.approx(Decimal("5e298"), rel=Decimal("1e-9"))


# Simulation and history


UNCERTAIN = run(
    params={"royalty_rate": {"dist": "uniform", "low": 0.04, "high": 0.06}},
    scenarios=500,
    seed=7,
)


def test_a_run_is_simulated_as_it_says():
    (only,) = valued(runs=(UNCERTAIN,)).runs
    assert only.simulation is not None
    assert (only.simulation.n, only.simulation.seed) == (500, 7)
    assert only.simulation.mean == pytest.approx(300, abs=4 * only.simulation.se)
    assert only.swings[0].name in ("royalty_rate", "revenue")


def test_scenarios_without_uncertainty_are_none():
    assert valued(runs=(run(scenarios=500),)).runs[0].simulation is None


def test_too_many_scenarios_stop_it():
    many = replace(UNCERTAIN, scenarios=10**9)
    assert errors(runs=(many,)) == ["rfr"]


def test_a_warning_of_a_distribution_is_told_with_its_run():
    wide = {"dist": "normal", "mean": 0.05, "sd": 0.05}
    found = valued(runs=(run(params={"royalty_rate": wide}),))
    assert [(one.severity, one.where) for one in found.issues] == [
        (Severity.WARNING, "rfr.royalty_rate"),
        (Severity.NOTE, "rfr.revenue"),
        (Severity.NOTE, "rfr.first_amount"),
    ]


def test_cancel_goes_through():
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        value_case(replace(CASE, runs=(UNCERTAIN,)), METHODS, cancel)


def test_the_same_case_gives_the_same_valuation():
    assert valued(runs=(UNCERTAIN,)) == valued(runs=(UNCERTAIN,))


def test_the_newest_version_is_written_down():
    stored = with_versions(CASE, METHODS)
    assert stored.runs[0].version == METHODS.find("relief_from_royalty").version
    assert with_versions(stored, METHODS) is stored
