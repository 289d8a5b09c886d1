"""Each check fires on a case made for it and is silent on its neighbour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.case import Appraiser, Case, House, HouseKind
from valuer.core.engagement import (
    Contract,
    Event,
    EvidenceKind,
    Procedure,
    Receipt,
    WorkDone,
)
from valuer.core.patents import LegalEvent, LegalStatus
from valuer.core.problems import Severity
from valuer.ratings import risk_premium
from valuer.reports.findings import Gate
from valuer.reports.gate import CHECKS, check_case
from valuer.reports.sections.kinds import APPRAISAL

Change = Callable[[Case], Case]
Check = Callable[[Case], Gate]

TOO_EARLY, LATER = date(2026, 9, 29), date(2026, 10, 15)


def put(**changes: Any) -> Change:
    """Return a change that sets attributes of a case; ``a__b`` stands for ``a.b``."""

    def change(case: Case) -> Case:
        for name, value in changes.items():
            outer, _, inner = name.partition("__")
            if inner:
                value = replace(getattr(case, outer), **{inner: value})
            case = replace(case, **{outer: value})
        return case

    return change


def events(wording: str, on: date | None = LATER, **also: Any) -> Change:
    """Return a change that writes an entry into the history of the first patent.

    Declarations about it are taken back, so that nothing contradicts.
    """
    quiet = {"declared__no_encumbrances": False, "declared__no_later_events": False}

    def change(case: Case) -> Case:
        entry = LegalEvent(LegalStatus.IN_FORCE, wording, on)
        first, *rest = case.patents
        first = replace(first, history=(*first.history, entry))
        return put(**{**quiet, "patents": (first, *rest), **also})(case)

    return change


def first_patent(**changes: Any) -> Change:
    def change(case: Case) -> Case:
        first, *rest = case.patents
        return replace(case, patents=(replace(first, **changes), *rest))

    return change


def signers(*named: Appraiser) -> Change:
    return put(appraisers=named)


def work(procedure: Procedure, begun: date, ended: date | None = None) -> Change:
    """Return a change that dates one procedure anew."""

    def change(case: Case) -> Case:
        done = WorkDone(procedure, begun, ended)
        kept = (one if one.procedure is not procedure else done for one in case.work)
        return replace(case, work=tuple(kept))

    return change


def evidence(place: int, **changes: Any) -> Change:
    def change(case: Case) -> Case:
        held = list(case.evidence)
        held[place] = replace(held[place], **changes)
        return replace(case, evidence=tuple(held))

    return change


def without(kind: EvidenceKind) -> Change:
    def change(case: Case) -> Case:
        held = tuple(one for one in case.evidence if one.kind is not kind)
        return replace(case, evidence=held)

    return change


def run(**changes: Any) -> Change:
    """Return a change of the first run's parameters."""

    def change(case: Case) -> Case:
        first = case.runs[0]
        params = {**(first.params or {}), **changes}
        return replace(case, runs=(replace(first, params=params), *case.runs[1:]))

    return change


def bare(**changes: Any) -> Change:
    """Return a change of the first run, whose inputs then have no grounds."""

    def change(case: Case) -> Case:
        first = replace(case.runs[0], grounds=(), **changes)
        return replace(case, runs=(first, *case.runs[1:]))

    return change


def together(*changes: Change) -> Change:
    def change(case: Case) -> Case:
        for one in changes:
            case = one(case)
        return case

    return change


def same(case: Case) -> Case:
    return case


ONE, TWO = Appraiser("周演示", "1"), Appraiser("林示例", "2")
AGENCY = House(HouseKind.PATENT_AGENCY, "示衡专利代理事务所")

CASES: tuple[tuple[str, Change, Change], ...] = (
    ("registration_missing", put(house__registration=" "), put(house=AGENCY)),
    ("same_person", signers(ONE, replace(ONE, name="周 演示")), signers(ONE, TWO)),
    (
        "same_person",
        signers(ONE, Appraiser("周演示")),
        signers(ONE, Appraiser("周演示", "2")),
    ),
    (
        "qualification_missing",
        signers(ONE, Appraiser("林示例")),
        signers(ONE, Appraiser("林示例", certified=False)),
    ),
    (
        "report_before_valuation",
        put(report_date=TOO_EARLY),
        put(report_date=date(2026, 9, 30)),
    ),
    (
        "report_after_a_year",
        put(report_date=date(2027, 10, 1)),
        put(report_date=date(2027, 9, 30)),
    ),
    (
        "event_after_report",
        put(events=(Event(date(2026, 11, 19), "x"),)),
        put(events=(Event(date(2026, 11, 18), "x"),)),
    ),
    (
        "event_not_later",
        put(events=(Event(date(2026, 9, 30), "x"),)),
        put(events=(Event(date(2026, 10, 1), "x"),)),
    ),
    (
        "cut_off_after_report",
        put(declared__data_cut_off=date(2026, 11, 19)),
        put(declared__data_cut_off=date(2026, 11, 18)),
    ),
    (
        "cut_off_early",
        put(declared__data_cut_off=TOO_EARLY),
        put(declared__data_cut_off=date(2026, 9, 30)),
    ),
    (
        "granted_before_filed",
        first_patent(granted=date(2017, 8, 18)),
        first_patent(granted=date(2027, 8, 18), filed=None),
    ),
    (
        "contract_missing",
        put(contract__number=""),
        put(contract=Contract(), house=AGENCY),
    ),
    ("contract_missing", put(contract__signed=None), same),
    (
        "contract_after_report",
        put(contract__signed=date(2026, 11, 19)),
        put(contract__signed=date(2026, 11, 18)),
    ),
    ("procedures_missing", put(work=()), put(work=(), house=AGENCY)),
    (
        "work_ends_first",
        work(Procedure.PLAN, date(2026, 9, 3), date(2026, 9, 2)),
        work(Procedure.PLAN, date(2026, 9, 3), date(2026, 9, 3)),
    ),
    (
        "work_out_of_order",
        work(Procedure.ESTIMATION, date(2026, 9, 4)),
        work(Procedure.ESTIMATION, date(2026, 9, 5)),
    ),
    (
        "work_after_report",
        work(Procedure.ESTIMATION, date(2026, 9, 6), date(2026, 11, 19)),
        work(Procedure.REPORTING, date(2026, 9, 7), date(2026, 11, 19)),
    ),
    ("undeclared_interest", put(declared__independent=None), same),
    (
        "undeclared_services",
        put(declared__no_prior_services=None),
        put(declared__no_prior_services=None, declared__prior_services="2025年咨询"),
    ),
    ("undeclared_services", put(declared__no_contingent_fee=None), same),
    (
        "undeclared_matters",
        put(declared__no_later_events=None),
        put(declared__no_later_events=None, events=(Event(LATER, "x"),)),
    ),
    (
        "undeclared_matters",
        put(declared__no_encumbrances=None),
        put(declared__no_encumbrances=False),
    ),
    ("not_independent", put(declared__independent=False), same),
    ("contingent_fee", put(declared__no_contingent_fee=False), same),
    (
        "declared_and_told",
        put(declared__experts="检索机构报告"),
        put(declared__experts="检索机构报告", declared__no_experts=False),
    ),
    (
        "declared_no_events",
        put(events=(Event(LATER, "x"),)),
        put(events=(Event(LATER, "x"),), declared__no_later_events=False),
    ),
    ("factors_missing", put(factors__technical=" "), put(factors__esg="")),
    (
        "untold_pledge",
        events("专利权质押合同登记的生效", date(2026, 3, 1)),
        events(
            "专利权质押合同登记的生效", date(2026, 3, 1), special_matters=("已质押。",)
        ),
    ),
    (
        "untold_pledge",
        events("专利权质押合同登记的生效、变更及注销", None),
        events("专利权质押合同登记的注销", date(2026, 3, 1)),
    ),
    (
        "untold_licence",
        events("专利实施许可合同备案的生效"),
        events("专利实施许可合同备案的生效", events=(Event(LATER, "实施许可备案"),)),
    ),
    (
        "untold_licence",
        events("专利开放许可声明", special_matters=("许可费率为演示数据。",)),
        events("专利开放许可声明的撤回", date(2026, 3, 1)),
    ),
    ("untold_preservation", events("专利权的保全"), events("授权")),
    ("untold_dispute", events("侵权诉讼立案"), events("授权")),
    (
        "untold_invalidation",
        events("无效宣告请求"),
        events("无效宣告请求", date(2026, 11, 19)),
    ),
    (
        "untold_invalidation",
        events("无效宣告请求", date(2026, 3, 1)),
        together(
            events("无效宣告请求", date(2026, 3, 1)),
            events("专利权维持有效", date(2026, 5, 1)),
            events("宣告专利权无效请求被驳回，维持有效", date(2026, 6, 1)),
        ),
    ),
    (
        "untold_invalidation",
        events("Request for Invalidation filed", date(2026, 3, 1)),
        events("Invalidation decided: MAINTAINED", date(2026, 3, 1)),
    ),
    (
        "untold_pledge",
        events("Pledge registered", date(2026, 3, 1)),
        events("Pledge released", date(2026, 3, 1)),
    ),
    (
        "untold_transfer",
        events("专利权的转移"),
        events("专利权的转移", date(2026, 9, 30)),
    ),
    (
        "declared_free",
        events("专利权质押合同登记的生效", declared__no_encumbrances=True),
        events("专利权质押合同登记的注销", declared__no_encumbrances=True),
    ),
    (
        "declared_nothing_later",
        events("专利权的转移", declared__no_later_events=True),
        events("专利权的转移", TOO_EARLY, declared__no_later_events=True),
    ),
    ("rate_underived", put(evidence=()), put(evidence=(), sources=("折现率：累加法",))),
    ("inputs_unjustified", bare(), same),
    ("reason_missing", bare(reason=" "), same),
    (
        "sheet_unmarked",
        run(sheet="风险报酬率评分表（技术、市场、资金、管理）"),
        run(sheet=risk_premium.RATING.sheet().label()),
    ),
    ("forecast_unsourced", put(forecast__note=" "), same),
    ("forecast_without_past", put(forecast__history=()), same),
    ("sources_missing", put(sources=(), evidence=()), put(sources=())),
    ("assumptions_missing", put(assumptions=()), same),
    (
        "effect_untold",
        put(special_assumptions=("收益期至2035年。",)),
        put(special_assumptions=("收益期至2035年；否则价值更高。",)),
    ),
    (
        "unverified_cited",
        put(assumptions=("依据中评协〔2019〕35号。",)),
        put(assumptions=("依据中评协[2019]35号（原文待核）。",)),
    ),
    (
        "out_of_force",
        put(assumptions=("依据中评协〔2017〕49号。",)),
        put(assumptions=("依据中评协〔2023〕14号。",)),
    ),
    ("placeholder_left", put(client="待定"), put(client="定州大学")),
    ("placeholder_left", put(sources=("合同编号 XXX",)), put(sources=("合同 X-9",))),
    ("coarsely_rounded", put(conclusion__unit=Decimal(10**6)), same),
    ("act_missing", without(EvidenceKind.ACT), put(evidence=(), house=AGENCY)),
    ("title_missing", without(EvidenceKind.TITLE), same),
    ("price_missing", without(EvidenceKind.PRICE), same),
    ("letter_missing", without(EvidenceKind.COMMITMENT), same),
    ("papers_missing", without(EvidenceKind.QUALIFICATION), put(house=AGENCY)),
    ("digest_malformed", evidence(0, digest="A" * 64), evidence(0, digest="0" * 64)),
    ("digest_malformed", evidence(0, digest="a" * 63), same),
    (
        "evidence_about_nothing",
        evidence(0, about="runs.wacc.beta"),
        evidence(0, about="patents[2].owners"),
    ),
    ("evidence_about_nothing", evidence(0, about="patents[3]"), same),
    (
        "evidence_after_report",
        evidence(0, obtained=date(2026, 11, 19)),
        evidence(3, obtained=date(2026, 11, 19)),
    ),
    ("receipt_unknown", put(receipt__evidence="e" * 64), same),
    ("receipt_missing", put(receipt__evidence=""), put(receipt=Receipt())),
    ("code_unusual", put(receipt__code="123"), put(receipt=Receipt())),
)


@pytest.mark.parametrize(("key", "broken", "neighbour"), CASES)
def test_a_check_fires_on_its_case_and_not_beside_it(
    key: str, broken: Change, neighbour: Change, sound: Case, gate: Check
):
    severity = next(one.severity for one in CHECKS if one.key == key)
    fired = gate(broken(sound))
    found = fired.errors if severity is Severity.ERROR else fired.warnings
    assert key in {one.check for one in found}
    beside = gate(neighbour(sound))
    assert key not in {one.check for one in (*beside.errors, *beside.warnings)}


def test_nothing_is_said_against_a_case_that_holds_everything(sound: Case, gate: Check):
    found = gate(sound)
    assert (found.errors, found.warnings, found.notes) == ((), (), ())
    assert found.is_open


def test_every_check_is_tried_here_or_by_name_below():
    own = {"wrong_house", "comparable_later", "outside_results", "item_left_out"}
    own |= {"ground_idle"}
    assert {one.key for one in CHECKS} == {key for key, _, _ in CASES} | own


def test_a_house_may_not_issue_a_report_of_another_kind_of_house(sound: Case):
    found = check_case(replace(sound, house=AGENCY), None, APPRAISAL)
    assert [(one.check, one.where) for one in found.errors] == [
        ("wrong_house", "house.kind")
    ]
    assert found.errors[0].clause.say("zh_CN").endswith("第十五条、第十六条")
