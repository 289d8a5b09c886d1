"""Each section says what the case holds, and claims nothing that it does not."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.case import Case, HouseKind, Purpose, ValueType
from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    HistogramFigure,
    TornadoFigure,
    WaterfallFigure,
)
from valuer.core.patents import LegalStatus
from valuer.reports.sections import SECTIONS, blocks, sections_of
from valuer.reports.sections.ground import UNVERIFIED, references
from valuer.reports.sections.kinds import (
    ANALYSIS,
    APPRAISAL,
    KINDS,
    SUMMARIES,
    VALUATION,
    kind_of,
)
from valuer.reports.sections.working import readable


def texts(value: Any):
    """Every text in a block."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


def section(draft, key: str) -> list[blocks.Block]:
    found = next(one for one in SECTIONS if one.key == key)
    return list(found.blocks(draft))


def said(draft, key: str) -> str:
    return "\n".join(text for block in section(draft, key) for text in texts(block))


def tables(draft, key: str) -> list[blocks.Table]:
    return [one for one in section(draft, key) if isinstance(one, blocks.Table)]


@pytest.mark.parametrize("key", [one.key for one in SECTIONS])
def test_every_section_says_something_without_open_placeholders(
    draft, small: Case, agency_case: Case, with_file, key: str
):
    full = with_file(small)
    kinds = (APPRAISAL, VALUATION, SUMMARIES[0])
    wanted = [(full, kind) for kind in kinds]
    wanted += [(with_file(agency_case), kind) for kind in (ANALYSIS, SUMMARIES[1])]
    if key == "self_test":  # the same in every kind, and slow
        wanted = wanted[:1]
    stood = []
    for case, kind in wanted:
        for language in ("zh_CN", "en"):
            made = draft(case, language, kind)
            if any(one.key == key for one in sections_of(made.kind, made.case)):
                stood.append(kind)
                assert section(made, key)
                assert "{" not in said(made, key)
    assert stood


def test_the_body_has_the_fourteen_items_in_both_kinds():
    for kind in (APPRAISAL, ANALYSIS):
        body = [one.key for one in sections_of(kind, Case()) if one.part == "body"]
        assert len(body) == 14
        assert body[0] == "client"
        assert body[9] == "conclusion"
        assert body[13] == "signatures"


def test_only_the_appraisal_has_a_statement():
    keys = {kind.key: {one.key for one in sections_of(kind, Case())} for kind in KINDS}
    assert "statement" in keys[APPRAISAL.key] - keys[ANALYSIS.key]
    assert "nature" in keys[ANALYSIS.key] - keys[APPRAISAL.key]


def test_every_house_has_a_kind_of_its_own():
    assert kind_of(HouseKind.APPRAISAL_INSTITUTION) is APPRAISAL
    assert kind_of(HouseKind.PATENT_AGENCY) is ANALYSIS
    assert kind_of(HouseKind.UNIVERSITY) is ANALYSIS


def test_only_an_appraisal_institution_issues_a_valuation_report():
    named = {
        house: {kind.key for kind in KINDS if house in kind.houses}
        for house in HouseKind
    }
    assert named[HouseKind.APPRAISAL_INSTITUTION] == {
        "appraisal_report",
        "valuation_report",
        "summary",
    }
    assert named[HouseKind.PATENT_AGENCY] == {"value_analysis", "summary"}
    assert named[HouseKind.UNIVERSITY] == {"value_analysis", "summary"}


def test_the_summary_says_to_read_the_body(draft):
    assert "read the body" in said(draft(), "summary")
    assert "5,500,000.00" in said(draft(), "summary")


def test_the_legal_status_of_each_patent_is_listed(draft):
    identity, status = tables(draft(), "scope")
    assert [row[1] for row in identity.rows] == [
        "ZL201910524317.8",
        "ZL202011037462.2",
        "ZL202222214085.6",
    ]
    # Filed 2019-06-18: twenty years end on 2039-06-18, 12.72 years from 2026-09-30.
    assert status.rows[0][1:5] == ("2019-06-18", "2021-08-20", "2039-06-18", "12.72")


def test_a_pending_application_is_the_right_to_apply(draft, small: Case):
    pending = replace(
        small.patents[1], granted=None, status=LegalStatus.PENDING, status_on=None
    )
    case = replace(small, patents=(small.patents[0], pending))
    _, status = tables(draft(case), "scope")
    assert "专利申请权" in status.rows[1][5]
    assert "专利申请权" in said(draft(case), "scope")


def test_compensation_days_are_told(draft, small: Case):
    first = replace(small.patents[0], pta_days=121)
    case = replace(small, patents=(first, *small.patents[1:]))
    assert "121 days" in said(draft(case), "scope")


@pytest.mark.parametrize("kind", list(ValueType))
def test_each_type_of_value_is_defined(draft, small: Case, kind: ValueType):
    text = said(draft(replace(small, value_type=kind)), "value_type")
    assert " is the estimated amount " in text


def cited(draft, case: Case) -> str:
    return said(draft(case, "zh_CN"), "basis")


def test_standards_follow_the_date_of_the_report(draft, small: Case):
    early = replace(small, report_date=date(2022, 5, 1))
    assert "中评协〔2017〕49号" in cited(draft, early)
    assert "中评协〔2017〕49号" not in cited(draft, small)
    assert "中评协〔2023〕14号" in cited(draft, small)


def test_what_is_not_verified_bears_a_dagger(draft, small: Case):
    lines = cited(draft, small).splitlines()
    for one in references():
        for line in lines:
            if one.number and one.number in line:
                assert line.endswith("†") == (one.mark in UNVERIFIED)


def test_an_analysis_cites_no_appraisal_standard(draft, agency_case: Case):
    assert "中评协" not in cited(draft, agency_case)
    assert "资产评估法" not in cited(draft, agency_case)


def test_laws_follow_the_purpose(draft, small: Case):
    assert "公司法" in cited(draft, small)
    pledged = replace(small, purpose=Purpose.PLEDGE)
    assert "公司法" not in cited(draft, pledged)
    assert "民法典" in cited(draft, pledged)


def test_every_reference_has_a_mark_and_a_source():
    for one in references():
        assert one.mark in {"V1", "V2", "V3", "C", "M-hi", "M-med", "M-lo"}
        assert one.source
        assert set(one.kinds) <= {kind.key for kind in KINDS}


def test_every_input_is_listed_with_its_origin(draft):
    made = draft()
    inputs = next(one for one in tables(made, "method") if one.title == "Inputs")
    by_name = {row[0]: row[1:] for row in inputs.rows}
    assert by_name["Revenue R"] == ("see the forecast above", "quoted")
    assert by_name["Discount rate r"] == ("16.5%", "entered")
    assert by_name["Currency"] == ("CNY", "quoted")
    assert by_name["Day count"][1] == "default"
    assert by_name["Expiry day"] == ("31 December 2035", "entered")


def test_an_expiry_day_left_out_is_computed(draft, small: Case):
    params = {k: v for k, v in small.runs[0].params.items() if k != "expiry_date"}
    case = replace(small, runs=(replace(small.runs[0], params=params),))
    inputs = next(one for one in tables(draft(case), "method") if one.title == "Inputs")
    assert ("Expiry day", "22 August 2032", "computed") in inputs.rows


def test_the_working_prints_every_step_with_years_down_the_rows(draft):
    made = draft()
    workings = [t for t in tables(made, "method") if t.title.startswith("Working")]
    heads = [column.head.splitlines()[-1] for t in workings for column in t.columns]
    assert [head for head in heads if len(head) == 1] == list("RselfSNtdP")
    assert all(len(t.rows) in (10, 11) for t in workings)
    # Present values to the cent add to the value to within their rounding.
    *rows, total = workings[-1].rows
    amounts = [Decimal(row[-1].replace(",", "")) for row in rows]
    value = Decimal(total[-1].replace(",", ""))
    assert abs(sum(amounts) - value) <= Decimal("0.05")


def test_charts_show_present_values_swings_and_the_simulation(draft):
    charts = [
        b.figure for b in section(draft(), "method") if isinstance(b, blocks.Chart)
    ]
    assert [type(one) for one in charts] == [
        BarFigure,
        WaterfallFigure,
        TornadoFigure,
        HistogramFigure,
        ConvergenceFigure,
    ]
    assert len(charts[0].values) == 10


def test_the_simulation_tells_how_to_repeat_it(draft):
    text = said(draft(), "method")
    assert "20260930" in text
    assert "500" in text
    assert "Standard error" in text


def test_a_formula_raises_its_exponent():
    assert readable("d = (1 + r)^(−t)") == ("d = (1 + r)", "−t", "")
    assert readable("S = R × f × ρ") == ("S = R × f × ρ",)


def test_procedures_claim_only_what_is_recorded(draft):
    text = said(draft(), "procedures")
    assert "only work recorded" in text
    for claim in ("site", "interview", "inspected", "verified"):
        assert claim not in text


def test_a_case_without_assumptions_says_so(draft, small: Case):
    bare = replace(small, assumptions=(), special_assumptions=())
    assert "no other assumption" in said(draft(bare), "assumptions")


def test_the_conclusion_stands_in_figures_and_capitals(draft):
    text = said(draft(), "conclusion")
    assert "CNY 5,500,000.00 (in Chinese capitals: 人民币伍佰伍拾万元整)" in text
    assert "Why one method alone" in text


def test_weights_are_shown_where_runs_are_weighed(draft, small: Case):
    half = replace(small.runs[0], weight=Decimal("0.25"))
    rest = replace(half, key="other", weight=Decimal("0.75"))
    conclusion = replace(small.conclusion, run="")
    case = replace(small, runs=(half, rest), conclusion=conclusion)
    results, _ = tables(draft(case), "conclusion")
    assert [row[2] for row in results.rows] == ["25%", "75%"]


def test_a_range_is_told_where_there_is_one(draft, small: Case):
    ranged = replace(small.conclusion, low=Decimal(5_000_000), high=Decimal(6_000_000))
    text = said(
        draft(replace(small, range_agreed=True, conclusion=ranged)), "conclusion"
    )
    assert "CNY 5,000,000.00" in text
    assert "CNY 6,000,000.00" in text


@pytest.mark.parametrize(
    ("valued", "last"),
    [
        (date(2026, 9, 30), "29 September 2027"),
        (date(2027, 2, 28), "27 February 2028"),
        (date(2028, 2, 29), "28 February 2029"),
    ],
)
def test_use_ends_one_year_less_a_day_after_the_valuation_date(
    draft, small: Case, valued: date, last: str
):
    made = replace(draft(), valuation_date=valued)
    text = said(made, "limits")
    assert last in text
    assert "By custom" in text


def test_the_check_code_holds_no_address(draft):
    (code,) = (
        b for b in section(draft(), "check_code") if isinstance(b, blocks.CheckCode)
    )
    assert code.content.splitlines()[1] == "Case C1, revision 3"
    assert "http" not in code.content
    assert "not a registration code" in code.caption
