"""Differences of two cases: every one told, in the field's words, and no other."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.asked import Asked
from valuer.core.case import (
    Appraiser,
    Case,
    Conclusion,
    Forecast,
    ForecastPeriod,
    House,
    OneMethodGround,
    Run,
)
from valuer.core.case_names import (
    CONCLUSION_NAMES,
    FACT_NAMES,
    FORECAST_NAMES,
    HOUSE_FIELD_NAMES,
    PATENT_NAMES,
    REPORT_NAMES,
    RUN_NAMES,
    Part,
)
from valuer.core.differences import differences
from valuer.core.engagement import (
    Contract,
    Declared,
    Factors,
    Receipt,
)
from valuer.core.engagement_names import (
    ASKED_NAMES,
    CONTRACT_NAMES,
    DECLARED_NAMES,
    FACTOR_NAMES,
    FILE_NAMES,
    RECEIPT_NAMES,
)
from valuer.core.patents import LegalEvent, LegalStatus, Patent, PatentKind, Source
from valuer.core.sampling import RankCorrelation, Sequence
from valuer.core.texts import say
from valuer.core.value_words import changed_words
from valuer.methods import METHODS

RFR = "relief_from_royalty"


def told(before: Case | None, after: Case, language: str = "en") -> list[str]:
    return [say(one.wording, language) for one in differences(before, after, METHODS)]


def with_params(**params: object) -> Case:
    return Case(runs=(Run("rfr", RFR, 1, params),))


def test_equal_cases_do_not_differ(full: Case):
    assert differences(full, replace(full), METHODS) == ()


def test_a_rate_is_told_as_a_percentage_with_its_method():
    before, after = with_params(discount_rate=0.12), with_params(discount_rate=0.15)
    assert told(before, after) == ["Discount rate: 12% → 15% (Relief from royalty)"]


def test_a_choice_is_told_by_its_label():
    before, after = with_params(timing="mid"), with_params(timing="end")
    (line,) = told(before, after)
    assert line == "Timing of flows: Mid-period → End of period (Relief from royalty)"


def test_a_number_that_became_uncertain_is_told_with_its_figures():
    spread = {"dist": "triangular", "low": 0.02, "mode": 0.025, "high": 0.03}
    (line,) = told(with_params(royalty_rate=0.025), with_params(royalty_rate=spread))
    assert line == (
        "Royalty rate: 2.5% → triangular: low 2%, mode 2.5%, high 3%"
        " (Relief from royalty)"
    )


def test_a_series_is_told_period_by_period():
    before = with_params(royalty_rate=[0.02, 0.03, 0.03])
    after = with_params(royalty_rate=[0.02, 0.04])
    assert told(before, after) == [
        "Royalty rate, period 2: 3% → 4% (Relief from royalty)",
        "Royalty rate, period 3: removed: 3% (Relief from royalty)",
    ]


def test_an_input_no_longer_stated_is_told():
    (line,) = told(with_params(tax_rate=0.25), with_params())
    assert line == "Income tax rate: removed: 25% (Relief from royalty)"


def test_runs_are_told_by_their_method():
    run = Run("rfr", RFR, 1, {})
    assert told(Case(), Case(runs=(run,))) == ["Method: added: Relief from royalty"]
    assert told(Case(runs=(run,)), Case()) == ["Method: removed: Relief from royalty"]


def test_two_runs_of_one_method_are_told_apart():
    runs = (Run("a", RFR, 1, {}), Run("b", RFR, 1, {}))
    weighed = (runs[0], replace(runs[1], weight=Decimal("0.4")))
    (line,) = told(Case(runs=runs), Case(runs=weighed))
    assert line == "Weight: added: 0.4 (Relief from royalty (b))"


def test_what_no_method_of_this_program_knows_is_told_as_it_stands():
    before = Case(runs=(Run("x", "of_tomorrow", 3, {"pace": [1, {"a": 1}]}),))
    after = Case(runs=(Run("x", "of_tomorrow", 3, {"pace": {"odd": [1]}}),))
    (line,) = told(before, after)
    assert line.startswith("pace: 2 figures →")
    assert line.endswith("(of_tomorrow)")


def test_patents_are_told_by_number():
    one = Patent("CN1", title="One", status=LegalStatus.IN_FORCE)
    two = Patent("CN2", title="Two")
    three = Patent("CN3", title="Three")
    changed = replace(one, status=LegalStatus.LAPSED, owners=("Owner",))
    assert told(Case(patents=(one, two)), Case(patents=(changed, three))) == [
        "Quoted patent: removed: Two (CN2)",
        "Owners: added: Owner (CN1)",
        "Legal status: In force → Ended before its term (CN1)",
        "Quoted patent: added: Three (CN3)",
    ]


def test_a_patent_moved_is_a_change_of_order_alone():
    numbers = [Patent(f"CN{n}") for n in range(4)]
    before = Case(patents=tuple(numbers))
    after = Case(patents=(numbers[0], numbers[2], numbers[1], numbers[3]))
    assert told(before, after) == [
        "Order of the patents: CN1, CN2, CN3 → CN2, CN1, CN3"
    ]


def test_periods_of_the_forecast_are_told_by_their_last_day():
    ends = [date(2027 + year, 12, 31) for year in range(3)]
    before = Forecast(tuple(ForecastPeriod(end, Decimal(1000)) for end in ends[:2]))
    after = Forecast(tuple(ForecastPeriod(end, Decimal(2500)) for end in ends[1:]))
    assert told(Case(forecast=before), Case(forecast=after)) == [
        "Revenue, period to 2027-12-31: removed: 1,000 CNY",
        "Revenue, period to 2028-12-31: 1,000 CNY → 2,500 CNY",
        "Revenue, period to 2029-12-31: added: 2,500 CNY",
    ]


def test_the_conclusion_is_told_in_its_own_words():
    runs = (Run("rfr", RFR, 1, {}),)
    before = Case(runs=runs, conclusion=Conclusion("rfr", Decimal(10_000)))
    conclusion = Conclusion(
        "", Decimal(1), ground_kind=OneMethodGround.LAW, low=Decimal("1200.5")
    )
    after = Case(runs=runs, conclusion=conclusion, range_agreed=True)
    assert told(before, after) == [
        "The contract asks for a range: No → Yes",
        "Result adopted: Relief from royalty → all results, weighted",
        "Rounded to: 10,000 → 1",
        "Lower end of a range: added: 1,200.5",
        "Ground for one method only: added: Laws or regulations provide for one method",
    ]


def test_lines_of_a_text_are_told_one_by_one():
    before = Case(assumptions=("a", "b", "c"))
    after = Case(assumptions=("a", "c", "d"))
    assert told(before, after) == ["Assumptions: removed: b", "Assumptions: added: d"]


def test_of_a_long_text_only_what_changed_is_shown():
    head, tail = "前" * 500, "后" * 500
    old, new = changed_words(f"{head}许可费率{tail}", f"{head}折现率{tail}")
    assert old == "…" + "前" * 8 + "许可费率" + "后" * 7 + "…"
    assert new == "…" + "前" * 8 + "折现率" + "后" * 7 + "…"


def test_between_two_changes_of_a_long_text_the_rest_is_left_out():
    middle = "中" * 200
    old, new = changed_words(f"甲{middle}乙", f"丙{middle}丁")
    assert old == "甲" + "中" * 8 + "…" + "中" * 8 + "乙"
    assert new == "丙" + "中" * 8 + "…" + "中" * 8 + "丁"


def test_a_new_source_is_told_even_where_only_the_digest_differs():
    one = Patent("CN1", source=Source("a.xls", "0" * 64, "s", 2, date(2026, 1, 1)))
    two = replace(one, source=replace(one.source, sha256="1" * 64))
    (line,) = told(Case(patents=(one,)), Case(patents=(two,)))
    assert line.startswith("Source: ")
    assert "0" * 64 in line
    assert "1" * 64 in line


def test_without_a_case_before_all_that_is_stated_is_told(full: Case):
    parts = {one.part for one in differences(None, full, METHODS)}
    assert parts == set(Part)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Patent, PATENT_NAMES),
        (Forecast, FORECAST_NAMES),
        (Conclusion, CONCLUSION_NAMES),
        (House, HOUSE_FIELD_NAMES),
        (Run, {"key": "", "asked": "", **RUN_NAMES}),
        (Asked, ASKED_NAMES),
        (Contract, CONTRACT_NAMES),
        (Declared, DECLARED_NAMES),
        (Factors, FACTOR_NAMES),
        (Receipt, RECEIPT_NAMES),
        (
            Case,
            {
                **FACT_NAMES,
                **REPORT_NAMES,
                **FILE_NAMES,
                **dict.fromkeys(
                    (
                        "format",
                        "house",
                        "appraisers",
                        "patents",
                        "forecast",
                        "runs",
                        "range_agreed",
                        "conclusion",
                        "contract",
                        "factors",
                        "declared",
                        "receipt",
                        "disclosure",
                    )
                ),
            },
        ),
    ],
)
def test_every_field_has_a_name(kind, names):
    assert {field.name for field in fields(kind)} == set(names)


texts = st.text("ab 甲乙。\n{}%", max_size=80)
amounts = st.decimals(0, 10**9, places=2)
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
plain = st.one_of(st.none(), st.booleans(), st.floats(0, 1), texts, amounts.map(str))
jsons = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner)
)


built = st.builds
periods = st.lists(built(ForecastPeriod, end=days, revenue=amounts), max_size=3).map(
    tuple
)
lines = st.lists(texts, max_size=3).map(tuple)
events = st.lists(
    built(LegalEvent, status=st.sampled_from(LegalStatus), wording=texts), max_size=2
).map(tuple)
patents = built(
    Patent,
    number=st.sampled_from(["", "CN1", "CN2", "CN3"]),
    publications=lines,
    title=texts,
    kind=st.none() | st.sampled_from(PatentKind),
    owners=lines,
    filed=st.none() | days,
    status=st.sampled_from(LegalStatus),
    history=events,
    source=built(Source, file=texts, sheet=texts, row=st.none() | st.integers(1, 9)),
)
runs = built(
    Run,
    key=st.sampled_from("ab"),
    method=st.sampled_from([RFR, "of_tomorrow"]),
    params=st.none()
    | st.dictionaries(st.sampled_from(["royalty_rate", "timing", "odd"]), jsons),
    weight=st.none() | amounts,
    reason=texts,
)
cases = built(
    Case,
    name=texts,
    client=texts,
    users=lines,
    valuation_date=st.none() | days,
    statutory=st.booleans(),
    appraisers=st.lists(
        built(Appraiser, name=texts, certified=st.booleans()), max_size=2
    ).map(tuple),
    patents=st.lists(patents, max_size=3).map(tuple),
    forecast=st.none() | built(Forecast, periods=periods, history=periods, note=texts),
    runs=st.lists(runs, max_size=2).map(tuple),
    range_agreed=st.booleans(),
    conclusion=st.none()
    | built(
        Conclusion,
        run=st.sampled_from(["", "a", "b"]),
        low=st.none() | amounts,
        analysis=texts,
        ground_kind=st.none() | st.sampled_from(OneMethodGround),
    ),
    assumptions=lines,
)


@settings(max_examples=60)
@given(cases, cases)
def test_cases_differ_where_and_only_where_a_difference_is_told(one, other):
    found = differences(one, other, METHODS)
    assert bool(found) == (one != other)
    assert {part.part for part in found} == parts_that_differ(one, other)
    for language in ("en", "zh_CN"):
        for difference in found:
            assert say(difference.wording, language)
            shown = [
                d and say(d, language) for d in (difference.before, difference.after)
            ]
            assert shown[0] != shown[1]


@settings(max_examples=20)
@given(cases)
def test_a_case_does_not_differ_from_itself(case):
    assert differences(case, replace(case), METHODS) == ()


@settings(max_examples=25)
@given(cases, cases, st.sampled_from([f.name for f in fields(Case)]))
def test_a_field_taken_over_is_told(one, other, name):
    after = replace(one, **{name: getattr(other, name)})
    assert bool(differences(one, after, METHODS)) == (one != after)


def parts_that_differ(one: Case, other: Case) -> set[Part]:
    names = {
        Part.FACTS: (*FACT_NAMES, "house", "appraisers"),
        Part.PATENTS: ("patents",),
        Part.FORECAST: ("forecast",),
        Part.METHODS: ("runs",),
        Part.CONCLUSION: ("conclusion", "range_agreed"),
        Part.ENGAGEMENT: (
            *FILE_NAMES,
            "contract",
            "factors",
            "declared",
            "receipt",
            "disclosure",
        ),
        Part.REPORT: tuple(REPORT_NAMES),
    }
    return {
        part
        for part, those in names.items()
        if any(getattr(one, name) != getattr(other, name) for name in those)
    }


@pytest.fixture
def full() -> Case:
    return Case(
        name="n",
        patents=(Patent("CN1", title="t"),),
        forecast=Forecast((ForecastPeriod(date(2027, 12, 31), Decimal(5)),)),
        runs=(Run("rfr", RFR, 1, {"discount_rate": 0.1}),),
        conclusion=Conclusion("rfr"),
        assumptions=("a",),
        contract=Contract("C-1"),
    )


def test_how_a_simulation_draws_is_told():
    before = Case(runs=(Run("rfr", RFR, 1, {}),))
    wish = RankCorrelation("royalty_rate", "discount_rate", 0.5)
    drawn = Run("rfr", RFR, 1, {}, sequence=Sequence.SOBOL, correlations=(wish,))
    told = [
        str(one.wording) for one in differences(before, Case(runs=(drawn,)), METHODS)
    ]
    assert any("Sequence of draws: Pseudo-random → Sobol" in one for one in told)
    pair = "Rank correlations: added: royalty_rate, discount_rate: 0.5"
    assert any(pair in one for one in told)
