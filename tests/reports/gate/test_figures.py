"""Checks of figures that need more than one change: deals, ranges, rates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from valuer.core.case import Case
from valuer.core.engagement import Evidence, EvidenceKind
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.reports.findings import Gate
from valuer.reports.gate import check_case
from valuer.reports.sections.kinds import APPRAISAL, VALUATION

Check = Callable[[Case], Gate]


def late_deal(sound: Case, several: Case, day: str) -> Case:
    market = next(one for one in several.runs if "comparables" in (one.params or {}))
    params = dict(market.params or {})
    first, *rest = params["comparables"]
    params["comparables"] = [{**first, "deal_date": day}, *rest]
    return replace(sound, runs=(*sound.runs, replace(market, params=params)))


def test_a_deal_after_the_valuation_date_is_told_without_a_valuation(
    sound: Case, several: Case
):
    for day, told in (("2026-10-01", 1), ("2026-09-30", 0)):
        found = check_case(late_deal(sound, several, day), None, APPRAISAL)
        keys = [one.check for one in found.warnings]
        assert keys.count("comparable_later") == told


def test_a_late_deal_that_the_method_tells_of_is_told_once(
    sound: Case, several: Case, gate: Check
):
    found = gate(late_deal(sound, several, "2026-10-01"))
    places = [one.where for one in found.warnings if ".comparables[0]" in one.where]
    assert len(places) == 1


def test_a_value_that_no_result_reaches_is_told(
    sound: Case, several: Case, gate: Check
):
    assert several.conclusion is not None
    exact = replace(several.conclusion, unit=Decimal(10))
    case = replace(sound, runs=several.runs, conclusion=exact, range_agreed=True)
    value = value_case(case, METHODS).differences
    assert value is not None
    wide = replace(exact, low=Decimal(1), high=value.high + 9)
    found = gate(replace(case, conclusion=wide))
    assert ("outside_results", "conclusion.low") in {
        (one.check, one.where) for one in found.warnings
    }
    narrow = replace(exact, low=value.low, high=value.high + 9)
    found = gate(replace(case, conclusion=narrow))
    assert "outside_results" not in {one.check for one in found.warnings}


def test_evidence_is_no_evidence_of_another_rate(sound: Case, gate: Check):
    other = Evidence("d" * 64, "x", kind=EvidenceKind.PRICE, about="runs.rfr.tax_rate")
    held = (*sound.evidence[:2], other, *sound.evidence[3:])
    found = gate(replace(sound, evidence=held))
    assert "rate_underived" in {one.check for one in found.warnings}
    first = sound.runs[0]
    params = {**(first.params or {}), "discount_rate": {"from": "wacc"}}
    taken = replace(sound, evidence=held, runs=(replace(first, params=params),))
    found = check_case(taken, None, APPRAISAL)
    assert "rate_underived" not in {one.check for one in found.warnings}


def test_a_ground_for_one_method_is_idle_beside_several(
    sound: Case, several: Case, gate: Check
):
    assert sound.conclusion is not None
    assert sound.conclusion.ground
    case = replace(sound, runs=(*sound.runs, *several.runs[1:]))
    for of, told in ((case, True), (sound, False)):
        found = {(one.check, one.where) for one in gate(of).warnings}
        assert (("ground_idle", "conclusion.ground") in found) is told


def test_an_item_without_facts_is_told_of_a_valuation_report_alone(sound: Case):
    bare = replace(sound, declared=replace(sound.declared, data_cut_off=None))
    valuation = check_case(bare, None, VALUATION)
    told = {one.where for one in valuation.warnings if one.check == "item_left_out"}
    assert "declared.data_cut_off" in told
    appraisal = check_case(bare, None, APPRAISAL)
    assert "item_left_out" not in {one.check for one in appraisal.warnings}
