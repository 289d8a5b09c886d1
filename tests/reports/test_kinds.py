"""Each kind of report is made, read page by page, and computed anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from valuer.core.case import Case, HouseKind
from valuer.core.problems import UserError
from valuer.methods import METHODS
from valuer.reports.appraisal import BuiltReport
from valuer.reports.carried import package_of
from valuer.reports.pdfium import Pages
from valuer.reports.recompute import recompute
from valuer.reports.sections import self_test
from valuer.reports.sections.kinds import ANALYSIS, SUMMARIES, kind_named

BLOCKED = ("评估结论", "评估值", "资产评估师", "评报字", "声明")


def text_of(pdf: bytes) -> str:
    with Pages(pdf) as pages:
        lines = (line for index in range(len(pages)) for line in pages.lines(index))
        return "".join("".join(line.split()) for line in lines)


@pytest.fixture(scope="module")
def full(small: Case, with_file) -> Case:
    return with_file(small)


@pytest.fixture(scope="module")
def summary(full: Case, build) -> BuiltReport:
    return build(full, kind="summary")


@pytest.fixture(scope="module")
def valuation(full: Case, build) -> BuiltReport:
    case = replace(full, self_test=False)  # it takes seconds, and has its own test
    return build(case, "en", kind="valuation_report")


def test_a_summary_is_one_page_that_is_computed_anew(summary: BuiltReport, full: Case):
    assert summary.pages == 1
    text = text_of(summary.pdf)
    assert "5,500,000.00" in text
    assert full.report_number in text
    assert [box.name for box in summary.boxes] == [
        "Appraiser1",
        "Appraiser2",
        "Institution",
    ]
    assert package_of(summary.pdf).kind == "summary"
    assert recompute(summary.pdf, METHODS).matches


def test_a_summary_carries_no_text_of_the_body(summary: BuiltReport, full: Case):
    carried = repr(package_of(summary.pdf))
    for text in (full.purpose_text, *full.assumptions, "普通许可", "a" * 64):
        assert text not in carried


def test_the_summary_of_an_agency_has_the_banner_and_no_reserved_word(
    agency_case: Case, with_file, build
):
    built = build(with_file(agency_case), kind="summary")
    text = text_of(built.pdf)
    assert built.pages == 1
    assert "不是资产评估报告" in text
    assert not [word for word in BLOCKED if word in text]
    assert [box.name for box in built.boxes] == ["Appraiser1", "Appraiser2"]


def test_the_analysis_of_an_agency_with_a_file_has_no_reserved_word(
    agency_case: Case, with_file, build
):
    case = replace(with_file(agency_case), self_test=False)
    text = text_of(build(case).pdf)
    assert "导热系数高于行业常见水平" in text
    assert not [word for word in BLOCKED if word in text]


def test_reserved_words_in_the_file_are_refused_by_their_place(
    agency_case: Case, with_file, build
):
    case = with_file(agency_case)
    first = replace(case.work[0], note="形成评估结论")
    factors = replace(case.factors, legal="评估值")
    with pytest.raises(UserError) as refusal:
        build(replace(case, work=(first, *case.work[1:]), factors=factors))
    assert "work[0].note" in refusal.value.say("en")
    assert "factors.legal" in refusal.value.say("en")


def test_a_valuation_report_is_computed_anew(valuation: BuiltReport):
    text = text_of(valuation.pdf)
    assert "Patentvaluationreport" in text
    assert "InternationalValuationStandards" in text
    assert "appraisalreport," not in text
    assert recompute(valuation.pdf, METHODS).matches


def test_appendices_are_numbered_one_after_the_other(
    full: Case, build, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(self_test, "run_examples", lambda _: ())  # takes seconds
    built = build(full, "en")
    with Pages(built.pdf) as pages:
        heads = [head for head in pages.headings() if head.startswith("Appendix")]
    assert [head.split(":")[0] for head in heads] == [
        f"Appendix {number}" for number in range(1, 6)
    ]
    assert heads[-1].endswith("Self-test of the program")
    package = package_of(built.pdf)
    assert not any(one.note for one in package.case.evidence)
    assert [one.digest for one in package.case.evidence] == [c * 64 for c in "abcd"]


def test_long_names_are_set_smaller_or_refused(small: Case, build):
    long = replace(small, client="某某新能源科技集团股份有限公司及其控股子公司" * 6)
    assert build(long, kind="summary").pages == 1
    with pytest.raises(UserError, match="does not fit on one page"):
        build(replace(small, client="某某集团" * 600), kind="summary")


def test_a_house_issues_only_its_kinds():
    agency = HouseKind.PATENT_AGENCY
    assert kind_named("", agency) is ANALYSIS
    assert kind_named("summary", agency) is SUMMARIES[1]
    for key in ("appraisal_report", "valuation_report"):
        with pytest.raises(UserError, match="may not issue"):
            kind_named(key, agency)
    with pytest.raises(UserError, match="There is no kind"):
        kind_named("certificate", agency)


def test_another_kind_written_into_the_package_does_not_match(
    agency_case: Case, build, monkeypatch: pytest.MonkeyPatch
):
    from valuer.reports import recompute as recomputing

    built = build(agency_case, kind="summary")
    forged = replace(package_of(built.pdf), kind="appraisal_report")
    monkeypatch.setattr(recomputing, "package_of", lambda _: forged)
    found = recompute(built.pdf, METHODS, "en")
    assert not found.matches
    assert "may not issue" in found.differences[0].printed
