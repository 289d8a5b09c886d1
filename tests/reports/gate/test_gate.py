"""The gate as a whole: what is refused elsewhere, clauses, answers, packages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from valuer.core.case import Appraiser, Case, Run
from valuer.core.engagement import Answer, Declared
from valuer.core.patents import LegalEvent, LegalStatus
from valuer.core.problems import Severity, UserError
from valuer.core.texts import LANGUAGES, say
from valuer.core.valuing import value_case, with_versions
from valuer.methods import METHODS
from valuer.reports.clauses import clause, clauses
from valuer.reports.findings import Gate
from valuer.reports.gate import (
    CHECKS,
    answering,
    check_case,
    gate_of_package,
    refuse,
    with_used_answers,
)
from valuer.reports.package import Package, printed, read, written
from valuer.reports.sections.kinds import APPRAISAL, kind_of

Check = Callable[[Case], Gate]


def test_what_a_report_may_not_lack_is_told_with_its_clause(sound: Case, gate: Check):
    case = replace(sound, client="", appraisers=(Appraiser("周演示", "1"),))
    told = {one.where: one.clause.say("en") for one in gate(case).errors}
    assert told["appraisers"] == "Asset Appraisal Law, art. 27"
    assert told["client"].endswith("†")
    statutory = (Appraiser("甲", "1", certified=False), Appraiser("乙", "2"))
    (found,) = gate(replace(sound, statutory=True, appraisers=statutory)).errors
    assert found.clause.say("zh_CN") == "《资产评估法》第二十八条"


def test_one_method_without_its_ground_is_an_error_told_once(sound: Case, gate: Check):
    assert sound.conclusion is not None
    blank = replace(sound.conclusion, ground="")
    found = gate(replace(sound, conclusion=blank))
    assert [one.where for one in found.errors] == ["conclusion.ground"]
    assert found.errors[0].clause.key == "law_26"
    assert found.warnings == ()


def test_an_error_of_the_valuation_does_not_bring_a_missing_conclusion(
    sound: Case, gate: Check
):
    run = replace(sound.runs[0], params={**(sound.runs[0].params or {}), "tax_rate": 7})
    found = gate(replace(sound, runs=(run,)))
    assert [one.where for one in found.errors] == ["runs.rfr.tax_rate"]


def test_a_right_that_ended_later_needs_no_answer_once_it_is_told(
    sound: Case, gate: Check
):
    ended = LegalEvent(LegalStatus.LAPSED, "专利权的终止", date(2026, 10, 20))
    patents = (replace(sound.patents[0], history=(ended,)), *sound.patents[1:])
    quiet = replace(
        sound, patents=patents, declared=replace(sound.declared, no_later_events=False)
    )
    assert [one.check for one in gate(quiet).warnings] == ["untold_end"]
    other = replace(quiet, special_matters=("合同自专利权转让之日起终止。",))
    assert [one.check for one in gate(other).warnings] == ["untold_end"]
    told = replace(quiet, special_matters=("基准日后该专利因未缴年费终止。",))
    assert gate(told).warnings == ()


def test_an_answer_belongs_to_one_check_at_one_place(sound: Case, gate: Check):
    bare = replace(sound, declared=replace(sound.declared, independent=None))
    (warning,) = gate(bare).warnings
    answered = answering(bare, warning.check, warning.where, " 声明另附。 ")
    found = gate(answered)
    assert found.is_open
    assert [(one.where, text) for one, text in found.answered] == [
        ("declared.independent", "声明另附。")
    ]
    assert gate(answering(answered, warning.check, warning.where, " ")) == gate(bare)
    elsewhere = answering(bare, warning.check, "declared.no_experts", "x")
    found = gate(elsewhere)
    assert len(found.unanswered) == 1
    assert [one.where for one in found.notes] == ["answers[0]"]
    used = with_used_answers(elsewhere, value_case(bare, METHODS), APPRAISAL)
    assert used.answers == ()


def test_a_blank_answer_is_none(sound: Case, gate: Check):
    bare = replace(
        sound,
        declared=replace(sound.declared, independent=None),
        answers=(Answer("undeclared_interest", "declared.independent", " "),),
    )
    assert not gate(bare).is_open


def test_a_warning_of_a_method_is_named_by_its_wording(
    sound: Case, several: Case, gate: Check
):
    case = replace(sound, runs=several.runs, conclusion=several.conclusion)
    warnings = [
        one for one in gate(case).warnings if one.check.startswith("valuation_")
    ]
    assert len({one.check for one in warnings if one.where == "runs.cost"}) == 1
    assert len({one.check for one in warnings}) > 2
    assert all(one.where.startswith("runs.") for one in warnings)


def test_only_errors_of_its_own_are_refused_by_the_gate_and_then_all(
    sound: Case, gate: Check
):
    lacking = replace(sound, client="")
    refuse(gate(lacking), "en")  # the report itself refuses it
    with pytest.raises(UserError) as caught:
        refuse(gate(replace(lacking, declared=Declared(independent=False))), "en")
    told = caught.value.say("en")
    assert "client" in told
    assert "Asset Appraisal Law, art. 20" in told


def test_every_check_is_tied_to_a_clause_on_any_day():
    keys = {one.key for one in clauses()}
    assert {check.clause for check in CHECKS} <= keys
    for key in keys:
        for day in (None, date(2018, 1, 1), date(2023, 8, 31), date(2026, 11, 22)):
            found = clause(key, day)
            assert found.source
            assert found.say("zh_CN").endswith("†") == (not found.is_checked)
            assert found.say("en").endswith("†") == (not found.is_checked)


def test_the_clause_is_that_of_the_day_of_the_report():
    assert "49号" in clause("ip_factors", date(2023, 8, 31)).say("zh_CN")
    assert "14号" in clause("ip_factors", date(2023, 9, 1)).say("zh_CN")


def test_check_keys_are_distinct_and_texts_have_both_languages():
    assert len({one.key for one in CHECKS}) == len(CHECKS)


def pledged(sound: Case) -> Case:
    """A pledge of March in the history, of which nothing else tells."""
    entry = LegalEvent(
        LegalStatus.IN_FORCE, "专利权质押合同登记的生效", date(2026, 3, 1)
    )
    patents = (replace(sound.patents[0], history=(entry,)), *sound.patents[1:])
    free = replace(sound.declared, no_encumbrances=False)
    return replace(sound, patents=patents, declared=free)


def package_of(case: Case) -> Package:
    return read(written(Package(1, "0.2.0", APPRAISAL.key, "en", "C1", 1, "0", case)))


def test_the_package_keeps_what_an_answer_speaks_of_and_nothing_else(
    sound: Case, gate: Check
):
    case = pledged(sound)
    assert "质押" not in str(printed(case).patents)
    (warning,) = gate(case).warnings
    answered = answering(case, warning.check, warning.where, "质押权人已书面同意。")
    kept = printed(answered)
    assert printed(kept) == kept
    valuation = value_case(answered, METHODS)
    again = check_case(kept, valuation, APPRAISAL)
    assert again.answered == gate(answered).answered


def test_the_gate_of_a_package_needs_no_valuation(sound: Case):
    assert gate_of_package(package_of(printed(sound))).is_open
    early = replace(sound, report_date=date(2026, 9, 1))
    found = gate_of_package(package_of(printed(early)))
    assert "report_before_valuation" in {one.check for one in found.errors}


def test_answers_are_printed_among_the_special_matters(
    sound: Case, gate: Check, draft: Callable[..., Any]
):
    from valuer.reports.sections.blocks import Table
    from valuer.reports.sections.limits import special_matters

    bare = replace(sound, declared=replace(sound.declared, independent=None))
    answered = answering(bare, "undeclared_interest", "declared.independent", "另附。")
    made = replace(draft(answered), gate=gate(answered))
    tables = [one for one in special_matters(made) if isinstance(one, Table)]
    (row,) = tables[-1].rows
    assert row[1:] == (clause("report_statement", None).say("en"), "另附。")
    assert "No interest in the subject" in row[0]
    plain = draft(sound)
    assert [one for one in special_matters(plain) if isinstance(one, Table)] == []


def test_what_only_an_institution_may_say_is_an_error_elsewhere(agency_case: Case):
    case = replace(agency_case, assumptions=("本评估结论仅供参考。",))
    found = check_case(case, value_case(case, METHODS), kind_of(case.house.kind))
    (one,) = found.errors
    assert (one.where, one.severity) == ("assumptions[0]", Severity.ERROR)
    assert "评估结论" in say(one.message, "en")


def test_a_case_of_which_nothing_is_known_is_checked_all_the_same(gate: Check):
    found = gate(Case())
    assert {"client", "valuation_date", "patents"} <= {
        one.where for one in found.errors
    }
    gate_of_package(replace(package_of(Case()), kind="summary"))


def test_a_warning_of_a_method_is_printed_once_answered_or_not(
    sound: Case, several: Case, gate: Check, draft: Callable[..., Any]
):
    from valuer.reports.sections.blocks import Points, Table
    from valuer.reports.sections.limits import matters, special_matters

    runs = tuple(replace(one, scenarios=0) for one in several.runs)
    case = replace(sound, runs=runs, conclusion=several.conclusion)
    one = next(one for one in gate(case).warnings if one.where == "runs.cost")
    answered = answering(case, one.check, one.where, "已核对。")
    made = replace(draft(answered), gate=gate(answered))
    blocks = list(special_matters(made))
    points = next(block for block in blocks if isinstance(block, Points))
    (row, *_) = next(block for block in blocks if isinstance(block, Table)).rows
    assert row[0] not in points.texts
    assert row[0] in matters(made)


def with_wacc(sound: Case, country: str = "CN") -> Case:
    """The case with the cost of capital of an enterprise taken as it stands."""
    source = {"day": "2026-09-30", "currency": "CNY", "source": "手算例"}
    wacc = {
        "country": country,
        "debt_share": 0.2,
        "cost_of_equity": 0.1,
        "cost_of_debt": 0.04,
        "tax_rate": 0.25,
        "meant_for": "enterprise",
        "sources": [
            {**source, "country": country, "component": one}
            for one in (
                "cost_of_equity",
                "cost_of_debt",
                "capital_structure",
                "tax_rate",
            )
        ],
    }
    first = sound.runs[0]
    taken = {**(first.params or {}), "discount_rate": {"from": "wacc"}}
    runs = (Run("wacc", "wacc", params=wacc), replace(first, params=taken))
    return with_versions(replace(sound, runs=runs), METHODS)


def test_the_rate_of_an_enterprise_taken_as_it_stands_is_told(sound: Case, gate: Check):
    told = {one.where: one.clause.key for one in gate(with_wacc(sound)).warnings}
    assert told["runs.rfr.discount_rate"] == "ip_discount_rate"


def test_a_foreign_rate_is_an_error_with_its_clause(sound: Case, gate: Check):
    told = {one.where: one.clause.key for one in gate(with_wacc(sound, "US")).errors}
    assert told == {"runs.rfr.discount_rate": "ip_discount_rate"}


def test_an_agency_prints_answers_without_words_reserved_for_appraisal(
    agency_case: Case, gate: Check, draft: Callable[..., Any]
):
    from valuer.reports.sections.blocks import Table
    from valuer.reports.sections.limits import special_matters

    quiet = tuple(replace(one, scenarios=0) for one in agency_case.runs)
    case = replace(agency_case, runs=quiet)
    for one in gate(case).warnings:
        case = answering(case, one.check, one.where, "已说明。")
    assert gate(case).is_open
    for language in LANGUAGES:
        made = replace(draft(case, language), gate=gate(case))
        tables = [one for one in special_matters(made) if isinstance(one, Table)]
        printed_rows = str(tables[-1].rows)
        assert len(tables[-1].rows) > 5
        blocked = made.kind.blocked
        assert not [word for word in blocked if word in printed_rows]
