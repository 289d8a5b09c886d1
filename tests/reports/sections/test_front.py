"""The front of a report names what it is, of what, by whom, and what it rests on."""

from __future__ import annotations

from dataclasses import replace

from valuer.core.case import Case
from valuer.reports.sections import blocks, front


def test_the_cover_names_number_subject_house_and_day(draft, small: Case):
    (cover,) = front.cover(draft())
    assert cover.number == small.report_number
    assert cover.subject == small.name
    assert cover.house == small.house.name
    assert cover.day == "18 November 2026"
    assert not cover.banner


def test_the_cover_leaves_out_what_the_house_has_not(draft, small: Case):
    bare = replace(small, house=replace(small.house, registration="", address=""))
    (cover,) = front.cover(draft(bare))
    assert cover.lines == (f"Client: {small.client}",)


def test_the_cover_of_an_analysis_bears_the_banner(draft, agency_case: Case):
    (cover,) = front.cover(draft(agency_case))
    assert "not an asset appraisal report (资产评估报告)" in cover.banner


def test_the_statement_says_that_the_opinion_is_no_price(draft):
    (points,) = front.statement(draft())
    assert any("not the price" in text for text in points.texts)
    assert any("independent" in text for text in points.texts)


def test_the_nature_of_an_analysis_stands_where_a_statement_would(
    draft, agency_case: Case
):
    banner, points = front.nature(draft(agency_case))
    assert isinstance(banner, blocks.Banner)
    assert not any("independent" in text for text in points.texts)


def test_the_summary_counts_the_special_matters(draft, small: Case):
    *_, facts = front.summary(draft())
    assert dict(facts.rows)["Special matters"].startswith("2, stated in the body")
    *_, facts = front.summary(draft(replace(small, special_matters=())))
    assert dict(facts.rows)["Special matters"] == "None is recorded in the case."
