"""Each fact of the engagement's file stands in its section, and nothing without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.reports.sections.test_sections import said, section, tables
from valuer.core.case import Case
from valuer.core.engagement import Declared, Evidence, EvidenceKind, Procedure, WorkDone
from valuer.reports.sections import blocks, sections_of
from valuer.reports.sections.ivs import ITEMS, missing_items
from valuer.reports.sections.kinds import APPRAISAL, SUMMARIES, VALUATION
from valuer.reports.sections.known import counted


@pytest.fixture(scope="module")
def full(small: Case, with_file) -> Case:
    return with_file(small)


@pytest.fixture(scope="module")
def made(draft, full: Case):
    return draft(full)


@pytest.fixture(scope="module")
def valued(draft, full: Case):
    return draft(full, "en", VALUATION)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("cover", "3232020099202600118"),
        ("statement", "no present or expected interest"),
        ("statement", "The fee does not depend"),
        ("statement", "2024年为同一专利出具过质押价值咨询意见"),
        ("client", "2 September 2026, No. 示评合字（2026）第077号"),
        ("value_type", "Premise of value: current use, that is the subject goes on"),
        ("scope", "独立权利要求覆盖材料配比"),
        ("scope", "导热系数高于行业常见水平"),
        ("scope", "目标市场容量持续增长"),
        ("scope", "委托人自行实施"),
        ("scope", "相变材料可回收"),
        ("base_date", "10 November 2026"),
        ("basis", "示评合字（2026）第077号"),
        (
            "basis",
            "转让决议.pdf; 校长办公会, obtained on 3 September 2026 (evidence No. 1)",
        ),
        ("basis", "专利登记簿副本.pdf"),
        ("basis", "许可合同三份.pdf (evidence No. 3)"),
        ("basis", "现场调查以影像方式补充"),
        ("procedures", "到研发中心和生产车间查看"),
        ("special_matters", "20 October 2026: 受让方公告取得一项同类专利的普通许可"),
        ("special_matters", "know of no licence, pledge"),
        ("special_matters", "热管理专家对技术成熟度出具了书面意见"),
        ("special_matters", "下游补贴政策尚在征求意见"),
        ("evidence", "a" * 64),
        ("receipt", "d" * 64),
        ("receipt", "备案回执.pdf"),
        ("receipt", "neither makes nor checks"),
    ],
)
def test_a_fact_stands_in_its_section(made, key: str, words: str):
    assert words in said(made, key)


def test_the_basis_is_grouped_as_the_field_does(made):
    heads = [
        one.text for one in section(made, "basis") if isinstance(one, blocks.Heading)
    ]
    assert heads == [
        "Economic act",
        "Laws and regulations",
        "Standards",
        "Rights",
        "Figures and other sources",
    ]


def test_procedures_stand_in_their_order_with_their_days(made):
    (table,) = tables(made, "procedures")
    assert [row[:2] for row in table.rows] == [
        ("Clarifying the engagement", "2026-08-28 – 2026-09-01"),
        ("Concluding the engagement contract", "2026-09-02"),
        ("On-site investigation", "2026-10-08 – 2026-10-12"),
        ("Filing the working papers", "from 2026-11-18"),
    ]


def test_procedures_of_an_analysis_do_not_speak_of_an_appraisal(
    draft, agency_case: Case, with_file
):
    made = draft(with_file(agency_case), "en")
    (table,) = tables(made, "procedures")
    assert [row[0] for row in table.rows] == [
        "Clarifying the engagement",
        "Concluding the engagement contract",
        "Investigation on site",
        "Filing the papers of this analysis",
    ]


def test_the_generic_list_stands_only_where_no_work_is_recorded(draft, made):
    assert "A forecast of revenue" not in said(made, "procedures")
    assert "A forecast of revenue" in said(draft(), "procedures")


def test_a_document_that_supports_two_places_is_listed_once(draft, small: Case):
    one = Evidence("e" * 64, "合同.pdf", about="forecast", kind=EvidenceKind.PRICE)
    other = replace(one, about="patents", kind=EvidenceKind.TITLE)
    made = draft(replace(small, evidence=(one, other)))
    (table,) = tables(made, "evidence")
    ((_, told),) = table.rows
    name, ground, digest = told.splitlines()
    assert name == "合同.pdf"
    assert ground == (
        "Figures and prices; Title and status of the right; Supports: Forecast; Patents"
    )
    assert digest == "e" * 64
    assert said(made, "basis").count("合同.pdf (evidence No. 1)") == 2


def test_what_is_declared_not_to_be_is_said_too(draft, small: Case):
    declared = Declared(
        independent=False,
        no_contingent_fee=False,
        no_prior_services=True,
        no_experts=True,
        no_later_events=True,
        no_encumbrances=False,
    )
    made = draft(replace(small, declared=declared))
    statement, matters = said(made, "statement"), said(made, "special_matters")
    assert "have an interest in the subject" in statement
    assert "The fee depends on" in statement
    assert "rendered no service" in statement
    assert "at least one of these: a licence" in matters
    assert "does not rely on the work" in matters
    assert "know of no event after" in matters


def test_a_case_without_a_file_prints_none_of_it(draft, small: Case):
    made = draft(small)
    keys = {one.key for one in sections_of(APPRAISAL, small)}
    assert not keys & {"evidence", "receipt", "papers", "uncertainty"}
    assert "contract No." not in said(made, "client")
    assert "Analysis of" not in said(made, "scope")
    assert "was considered" not in said(made, "base_date")
    assert "Economic act" not in said(made, "basis")
    assert not any(
        isinstance(one, blocks.Heading) for one in section(made, "special_matters")
    )
    assert len(section(made, "statement")[0].texts) == 7


def test_the_summary_counts_what_is_known_beside_the_special_matters(draft, made):
    (row,) = [
        row
        for block in section(made, "summary")
        if isinstance(block, blocks.Facts)
        for row in block.rows
        if row[0] == "Special matters"
    ]
    plain = len(made.case.special_matters)
    assert counted(made) == 3  # the event, the expert, the uncertainty
    assert row[1].startswith(f"{plain + 3}, stated in the body")


def test_a_summary_names_the_body_and_withholds_its_texts(draft, full: Case):
    made = draft(full, "en", SUMMARIES[0])
    text = said(made, "one_page")
    assert "read the body" in text
    assert "5,500,000.00" in text
    assert "certificate" not in text.lower()
    whole = draft(full)
    count = len(whole.case.special_matters) + counted(whole)
    assert f"{count}, stated in the body" in text
    carried = repr(made.case)
    for withheld in (
        "普通许可",
        "独立权利要求",
        "aaaa",
        "到研发中心",
        full.purpose_text,
    ):
        assert withheld not in carried


def test_a_valuation_report_has_each_item_whose_facts_are_there(valued, full: Case):
    assert missing_items(full) == ()
    for key, words in (
        ("client", "示评合字（2026）第077号"),
        ("purpose", "Intended use of this valuation report"),
        ("scope", "独立权利要求覆盖材料配比"),
        ("value_type", "The basis of value is market value"),
        ("base_date", "18 November 2026"),
        ("valuers", "no present or expected interest"),
        ("basis", "IVS 106 Documentation and Reporting"),
        ("basis", "现场调查以影像方式补充"),
        ("data", "许可合同三份.pdf"),
        ("models", "Formula version"),
        ("procedures", "到研发中心和生产车间查看"),
        ("uncertainty", "下游补贴政策尚在征求意见"),
        ("papers", "are filed from 18 November 2026"),
    ):
        assert words in said(valued, key)
    assert "Material uncertainty" not in said(valued, "special_matters")


def test_items_without_facts_are_left_out_and_named(draft, small: Case):
    missing = {one.number: one.where for one in missing_items(small)}
    assert missing[5] == "declared.data_cut_off"
    assert missing[10] == "factors.legal"
    assert missing[24] == "work"
    keys = {one.key for one in sections_of(VALUATION, small)}
    assert not keys & {"uncertainty", "papers"}
    # The rows that IVS asks for, of the 24.
    assert [one.number for one in ITEMS] == [
        *range(1, 13),
        *(14, 15, 16, 18, 19, 20, 22, 24),
    ]


def test_papers_are_told_as_far_as_they_are_filed(draft, small: Case):
    def told(work: WorkDone) -> str:
        return said(draft(replace(small, work=(work,)), "en", VALUATION), "papers")

    begun = WorkDone(Procedure.ARCHIVE, date(2026, 11, 18))
    assert "are filed from 18 November 2026" in told(begun)
    assert "were filed (18 November 2026 – 1 December 2026)" in told(
        replace(begun, ended=date(2026, 12, 1))
    )
    assert "are being filed" in told(WorkDone(Procedure.ARCHIVE))
