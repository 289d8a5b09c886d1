"""A rule pack line by line: looked at, changed, compared, and its open lines told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from valuer.agency.credit import score
from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_open import open_rules
from valuer.agency.credit_pack_checks import pack_issues
from valuer.agency.credit_pack_files import (
    shipped_packs,
)
from valuer.agency.credit_pack_items import (
    HEAD,
    by_need,
    differences,
    fields_of,
    item_at,
    items,
    place_of_fault,
    with_rule,
    with_thing,
    without_rule,
)
from valuer.agency.credit_packs import (
    Rule,
    SameFact,
    SubjectKind,
    open_values,
)
from valuer.agency.credit_readings import readings_of

(PACK,) = shipped_packs()
AGENCY = Subject(SubjectKind.AGENCY, "32100")
DAY = date(2026, 4, 1)
ON = date(2026, 5, 1)


def event(code, points=None, fact="f1"):
    return Event(code, fact, DAY, DAY, DAY, points)


def test_every_value_of_a_pack_is_a_line_with_fields():
    places = [one.place for one in items(PACK)]
    assert len(set(places)) == len(places)
    assert {one.place for one in open_values(PACK)} <= set(places)
    for item in items(PACK):
        names = {one.name for one in fields_of(item)}
        assert names <= {*type(item.thing).__dataclass_fields__}


def test_what_is_not_known_stands_before_what_was_not_verified():
    rank = [(not one.is_open, one.is_known) for one in by_need(PACK)]
    assert rank == sorted(rank)
    assert by_need(PACK)[0].place == "bonus_cap_agent"


@pytest.mark.parametrize("item", items(PACK), ids=lambda one: one.place)
def test_a_line_put_back_leaves_the_pack_as_it_was(item):
    assert with_thing(PACK, item.place, item.thing) == PACK


def test_a_changed_line_changes_nothing_else():
    band = item_at(PACK, "grades.A").thing
    rule = item_at(PACK, "AG-WARN").thing
    months = item_at(PACK, "window.months").thing
    head = item_at(PACK, HEAD).thing
    changed = PACK
    for place, thing in (
        ("grades.A", replace(band, source="附件")),
        ("AG-WARN", replace(rule, points=Decimal(5), mark="V1")),
        ("window.months", replace(months, value=6)),
        ("base", replace(PACK.base, value=Decimal(90))),
        (HEAD, replace(head, doc_no="二")),
    ):
        changed = with_thing(changed, place, thing)
    found = {(one.place, one.before, one.after) for one in differences(PACK, changed)}
    assert found == {
        (HEAD, "国知发运字〔2023〕10号", "二"),
        ("base", Decimal(100), Decimal(90)),
        ("window.months", 12, 6),
        ("grades.A", band.source, "附件"),
        ("AG-WARN", None, Decimal(5)),
        ("AG-WARN", "UNKNOWN", "V1"),
    }


def test_a_rule_comes_and_goes():
    more = with_rule(PACK, "agent_bonuses", Rule("PB-NEW", "新", "V1"))
    assert item_at(more, "PB-NEW").table == "agent_bonuses"
    (one,) = differences(PACK, more)
    assert (one.place, one.before, one.after) == ("PB-NEW", None, "新")
    (one,) = differences(more, PACK)
    assert (one.before, one.after) == ("新", None)
    assert without_rule(more, "PB-NEW") == PACK


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("AG-WARN", {"points": Decimal("5.55")}),
        ("AG-AR-LATE-CURED", {"replaces": "NONE"}),
        ("window.months", {"value": 0}),
        ("window.fixed_holidays", {"value": ("05-32",)}),
        ("base", {"mark": "V9"}),
        ("grades.A+", {"min": Decimal(101)}),
        (HEAD, {"decimals": 9}),
        (HEAD, {"effective_to": date(2020, 1, 1)}),
    ],
)
def test_a_fault_is_told_with_the_line_where_it_stands(place, changes):
    thing = replace(item_at(PACK, place).thing, **changes)
    broken = with_thing(PACK, place, thing)
    assert not pack_issues(PACK)
    found = {place_of_fault(broken, one.where) for one in pack_issues(broken)}
    assert place in found or place.startswith("grades")
    assert all(item_at(broken, one) is not None for one in found)


def test_two_rules_of_one_code_are_a_fault_of_that_line():
    broken = with_rule(PACK, "agency_deductions", item_at(PACK, "AG-VOL").thing)
    found = {place_of_fault(broken, one.where) for one in pack_issues(broken)}
    assert found == {"AG-VOL"}


def test_what_withholds_the_total_is_told_first():
    found = score(PACK, AGENCY, [event("AG-VOL", fact="f2"), event("AG-WARN")], ON)
    rules = open_rules(PACK, found, {})
    assert [one.name for one in rules if one.holds_total] == ["AG-WARN"]
    assert rules[0].name == "AG-WARN"
    assert {one.name for one in rules} == {*found.unknown_rules}


def test_each_reason_why_a_score_is_not_official_is_told_apart():
    events = [event("AG-VOL", Decimal(7)), event("AG-WARN", Decimal(3))]
    chosen = readings_of(PACK, [("same_fact", SameFact.SUM.value)])
    found = score(PACK, AGENCY, events, ON, chosen)
    why = {one.name: one.why.text for one in open_rules(PACK, found, chosen)}
    assert found.total == 90
    assert "typed in" in why["AG-VOL"]
    assert "none to compare" in why["AG-WARN"]
    assert why["window.months"] == "from memory, not verified"
    assert "otherwise" in why["options.same_fact"]
    before = score(PACK, AGENCY, [], date(2020, 1, 1))
    (one,) = open_rules(PACK, before, {})
    assert one.place == HEAD


def test_a_base_that_is_not_known_withholds_the_total():
    pack = replace(PACK, base=replace(PACK.base, value=None))
    found = score(pack, AGENCY, [], ON)
    (one,) = open_rules(pack, found, {})
    assert (one.place, one.holds_total, found.total) == ("base", True, None)


def test_an_official_score_has_nothing_open():
    assert open_rules(PACK, score(PACK, AGENCY, [], ON), {}) == ()


def test_points_that_nothing_waits_for_withhold_no_total():
    events = [event("AG-VOL"), event("AB-HONOUR")]
    chosen = readings_of(PACK, [("bonus_may_offset_deductions", False)])
    found = score(PACK, AGENCY, events, ON, chosen)
    rules = open_rules(PACK, found, chosen)
    assert found.total == 85
    assert "AB-HONOUR" in {one.name for one in rules}
    assert not any(one.holds_total for one in rules)
