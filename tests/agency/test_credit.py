"""Credit scores: the worked examples of the reference, and what stands beside them.

The figures are those of agency-credit.md §4, reckoned there by hand.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from valuer.agency.credit_packs import Marked
from valuer.core.problems import UserError


def cured(desk, on, **more):
    return desk.event("AG-AR-LATE", "2025-04-01", cured_on=on, **more)


def test_1_nothing_happened(desk):
    found = desk.score("2026-01-01")
    assert (found.total, found.grade) == (100, "A")
    assert found.official
    assert found.unknown_rules == ()


def test_2_honours_typed_in_by_hand_make_a_plus(desk):
    found = desk.score("2025-06-01", desk.event("AB-HONOUR", "2025-05-01", 6))
    assert (found.total, found.grade) == (106, "A+")
    assert not found.official


def test_3_bonuses_stop_at_their_cap(desk):
    claims = [desk.event("AB-HONOUR", "2025-05-01", points) for points in (4, 5, 6)]
    found = desk.score("2025-06-01", *claims)
    assert (found.bonus, found.total, found.grade) == (10, 110, "A+")
    assert found.unused_bonus == 5


def test_4a_put_right_on_the_last_day(desk):
    event = cured(desk, "2025-05-01")
    assert desk.told("2025-05-01", event) == (90, "A")
    assert desk.told("2025-04-30", event) == (80, "B")


def test_4b_put_right_a_day_too_late(desk):
    event = cured(desk, "2025-05-02")
    assert desk.told("2025-05-02", event) == (80, "B")
    assert desk.told("2025-12-31", event) == (80, "B")


def test_4_entered_as_cured_though_too_late(desk):
    for on, total in (("2025-05-01", 90), ("2025-05-02", 80)):
        event = desk.event("AG-AR-LATE-CURED", "2025-04-01", cured_on=on)
        assert desk.score("2025-06-01", event).total == total
    event = desk.event("AG-AR-LATE-CURED", "2025-04-01")
    assert desk.score("2025-06-01", event).total == 90


def test_4_the_entry_of_the_cure_takes_the_place_of_the_first(desk):
    late = desk.event("AG-AR-LATE", "2025-04-01", fact="annual report 2024")
    cure = desk.event("AG-AR-LATE-CURED", "2025-05-06", fact="annual report 2024")
    assert desk.told("2025-05-05", late, cure) == (80, "B")
    for same_fact in ("highest", "sum"):
        told = desk.told("2025-05-06", late, cure, same_fact=same_fact)
        assert told == (90, "A")


@pytest.mark.parametrize(("on", "total"), [("2025-05-01", 90), ("2025-05-02", 80)])
def test_4_the_month_of_an_entry_of_the_cure_runs_from_the_listing(desk, on, total):
    late = desk.event("AG-AR-LATE", "2025-04-01", fact="annual report 2024")
    cure = desk.event("AG-AR-LATE-CURED", on, fact="annual report 2024", cured_on=on)
    assert desk.score("2025-06-01", late, cure).total == total


@pytest.mark.parametrize(
    ("offsets", "total", "grade"), [(True, 90, "A"), (False, 85, "B")]
)
def test_5_a_bonus_beside_a_deduction(desk, offsets, total, grade):
    events = (
        desk.event("AG-VOL", "2025-05-01"),
        desk.event("AB-SOCIAL", "2025-05-01", 5),
    )
    told = desk.told("2025-06-01", *events, bonus_may_offset_deductions=offsets)
    assert told == (total, grade)


def test_a_bonus_that_may_not_offset_withholds_nothing_while_points_are_deducted(desk):
    events = (
        desk.event("AG-VOL", "2025-04-01"),
        desk.event("AB-HONOUR", "2025-05-01"),
    )
    rule = {"bonus_may_offset_deductions": False}
    found = desk.score("2025-06-01", *events, **rule)
    assert (found.deductions, found.bonus, found.total) == (15, 0, 85)
    assert not found.official
    assert "AB-HONOUR" in found.unknown_rules
    # Nothing is deducted any more: now the bonus counts, and its points are wanted.
    assert desk.told("2026-04-02", *events, **rule) == (None, None)
    assert desk.line("2025-06-01", *events, **rule) == {
        "2026-04-02": None,
        "2026-05-02": 100,
    }


def test_6_abnormal_filings_stop_at_their_cap(desk):
    events = [
        desk.event("AG-ABN", f"2025-0{month}-01", points)
        for month, points in ((2, "12.5"), (3, 20), (4, 30))
    ]
    assert desk.told("2025-02-15", *events) == (Decimal("87.5"), "B")
    assert desk.told("2025-06-01", *events) == (60, "C")
    late = cured(desk, "2025-04-20")
    assert desk.told("2025-06-01", *events, late) == (50, "D")


@pytest.mark.parametrize(
    ("code", "total", "grade"), [("AG-STOP", 50, "D"), ("AG-REVOKE", 10, "D")]
)
def test_7_and_8_no_bonus_outweighs_a_grave_deduction(desk, code, total, grade):
    bonus = desk.event("AB-HONOUR", "2025-05-01", 10)
    events = (desk.event(code, "2025-05-01"), bonus)
    assert desk.told("2025-06-01", *events) == (total, grade)


def test_9_points_are_cleared_after_the_corresponding_day(desk):
    event = desk.event("AG-AR-LATE", "2025-04-01")
    assert desk.told("2025-03-31", event) == (100, "A")
    assert desk.told("2025-04-01", event) == (80, "B")
    assert desk.told("2026-04-01", event) == (80, "B")
    assert desk.told("2026-04-02", event) == (100, "A")
    other = {"last_day_rule": "anniversary"}
    assert desk.told("2026-03-31", event, **other) == (80, "B")
    assert desk.told("2026-04-01", event, **other) == (100, "A")


def test_10_a_leap_day(desk):
    event = desk.event("AG-VOL", "2024-02-29")
    assert desk.told("2025-02-28", event) == (85, "B")
    assert desk.told("2025-03-01", event) == (100, "A")


@pytest.mark.parametrize(
    ("points", "total", "grade"),
    [
        ("0.1", "99.9", "A"),
        ("9.9", "90.1", "A"),
        ("10", "90", "A"),
        ("10.1", "89.9", "B"),
        ("19.9", "80.1", "B"),
        ("20", "80", "B"),
        ("20.1", "79.9", "C"),
        ("39.9", "60.1", "C"),
        ("40", "60", "C"),
        ("40.1", "59.9", "D"),
    ],
)
def test_edges_of_the_grades(desk, points, total, grade):
    event = desk.event("AG-IRREG", "2025-05-01", points)
    assert desk.told("2025-06-01", event) == (Decimal(total), grade)


def test_every_total_has_one_grade(desk):
    for tenths in range(1101):
        total = Decimal(tenths) / 10
        assert sum(band.holds(total) for band in desk.pack.grades) == 1


def test_a_tenth_above_a_hundred_is_a_plus(desk):
    event = desk.event("AB-HONOUR", "2025-05-01", "0.1")
    assert desk.told("2025-06-01", event) == (Decimal("100.1"), "A+")


def test_no_total_is_below_nought(desk):
    events = [
        desk.event(code, "2025-05-01") for code in ("AG-REVOKE", "AG-CRIME", "AG-STOP")
    ]
    found = desk.score("2025-06-01", *events)
    assert (found.deductions, found.total, found.grade) == (260, 0, "D")
    assert "score_floor" in found.unknown_rules


@pytest.mark.parametrize(("reading", "total"), [("highest", 40), ("sum", 25)])
def test_several_entries_about_one_fact(desk, reading, total):
    events = (
        desk.event("AG-STOP", "2025-05-01", fact="A"),
        desk.event("AG-VOL", "2025-05-02", fact="A"),
    )
    assert desk.score("2025-06-01", *events, same_fact=reading).total == total
    found = desk.score("2025-06-01", *events)
    assert found.total == 40
    assert "options.same_fact" in found.unknown_rules


def test_the_highest_of_a_fact_is_sought_under_the_caps(desk):
    # Abnormal filings give 40 at most, so the 50 beside them are the higher.
    events = (
        desk.event("AG-ABN", "2025-05-01", 60, fact="A"),
        desk.event("AG-IRREG", "2025-05-02", 50, fact="A"),
    )
    assert desk.score("2025-06-01", *events).total == 50


def test_entries_about_two_facts_add_up(desk):
    events = (
        desk.event("AG-STOP", "2025-05-01", fact="A"),
        desk.event("AG-VOL", "2025-05-02", fact="B"),
    )
    found = desk.score("2025-06-01", *events)
    assert found.total == 25
    assert "options.same_fact" not in found.unknown_rules


def test_when_the_highest_of_a_fact_is_cleared_the_next_one_counts(desk):
    events = (
        desk.event("AG-STOP", "2025-05-01", fact="A"),
        desk.event("AG-VOL", "2025-08-01", fact="A"),
    )
    assert desk.score("2026-05-01", *events).total == 40
    assert desk.score("2026-05-02", *events).total == 85


def test_unknown_points_withhold_the_total_and_name_the_rule(desk):
    events = (desk.event("AG-WARN", "2025-05-01"), desk.event("AG-VOL", "2025-05-01"))
    found = desk.score("2025-06-01", *events)
    assert (found.total, found.grade, found.deductions) == (None, None, None)
    assert not found.official
    assert "AG-WARN" in found.unknown_rules
    assert "AG-VOL" not in found.unknown_rules


def test_unknown_points_no_longer_in_use_withhold_nothing(desk):
    event = desk.event("AG-WARN", "2025-05-01")
    assert desk.score("2025-04-30", event).total == 100
    assert desk.score("2026-05-02", event).total == 100


def test_points_of_the_notice_stand_for_those_of_an_unknown_rule(desk):
    found = desk.score("2025-06-01", desk.event("AG-WARN", "2025-05-01", 5))
    assert (found.total, found.grade) == (95, "A")
    assert not found.official
    assert "AG-WARN" in found.unknown_rules


def test_the_window_is_named_while_any_event_rests_on_it(desk):
    event = desk.event("AG-VOL", "2025-05-01")
    assert desk.score("2025-04-30", event).official
    for on in ("2025-05-01", "2026-05-02"):
        found = desk.score(on, event)
        assert not found.official
        assert "window.months" in found.unknown_rules


def test_a_score_from_confirmed_rules_is_official(verified_desk):
    event = verified_desk.event("AG-VOL", "2025-05-01")
    found = verified_desk.score("2025-06-01", event)
    assert (found.total, found.official, found.unknown_rules) == (85, True, ())


def test_points_other_than_the_rule_has_them_are_named(verified_desk):
    same = verified_desk.event("AG-VOL", "2025-05-01", 15)
    assert verified_desk.score("2025-06-01", same).official
    other = verified_desk.event("AG-VOL", "2025-05-01", 12)
    found = verified_desk.score("2025-06-01", other)
    assert (found.total, found.official) == (88, False)
    assert found.unknown_rules == ("AG-VOL",)


def test_another_reading_of_a_confirmed_rule_is_not_official(verified_desk):
    event = verified_desk.event("AG-VOL", "2025-05-01", fact_date="2025-04-01")
    found = verified_desk.score("2025-06-01", event, anchor="fact_on")
    assert found.unknown_rules == ("window.anchor",)
    assert not found.official


def test_an_agent_has_tables_and_a_cap_of_its_own(desk):
    bonus = desk.event("PB-HONOUR", "2025-05-01", 15)
    found = desk.score("2025-06-01", bonus, subject=desk.agent)
    assert (found.total, found.grade) == (115, "A+")
    assert "bonus_cap_agent" in found.unknown_rules
    warned = desk.event("PA-WARN", "2025-05-01")
    found = desk.score("2025-06-01", warned, subject=desk.agent)
    assert found.total is None
    assert "PA-WARN" in found.unknown_rules
    assert desk.told("2025-06-01", subject=desk.agent) == (100, "A")
    with pytest.raises(UserError, match="AG-VOL"):
        desk.score("2025-06-01", desk.event("AG-VOL", "2025-05-01"), subject=desk.agent)


def test_the_cap_of_agents_is_not_asked_for_without_a_bonus(desk):
    found = desk.score(
        "2025-06-01", desk.event("PA-WARN", "2025-05-01", 5), subject=desk.agent
    )
    assert found.total == 95
    assert "bonus_cap_agent" not in found.unknown_rules


def test_cases_count_each_once_where_their_points_are_known(desk):
    rules = tuple(
        replace(rule, per_case=Decimal("0.1")) if rule.code == "AG-ABN" else rule
        for rule in desk.pack.agency_deductions
    )
    desk = desk.with_pack(agency_deductions=rules)
    cases = ("2024100000017", "2024100000025", "2024100000017")
    event = desk.event("AG-ABN", "2025-05-01", cases=cases)
    assert desk.score("2025-06-01", event).total == Decimal("99.8")
    found = desk.score("2025-06-01", desk.event("AG-ABN", "2025-05-01"))
    assert found.total is None
    assert "AG-ABN" in found.unknown_rules


def test_an_event_may_force_a_grade(desk):
    rules = tuple(
        replace(rule, force_grade="D") if rule.code == "AG-VOL" else rule
        for rule in desk.pack.agency_deductions
    )
    desk = desk.with_pack(agency_deductions=rules)
    event = desk.event("AG-VOL", "2025-05-01")
    assert desk.told("2025-06-01", event) == (85, "D")
    assert desk.told("2026-06-01", event) == (100, "A")


def test_what_a_pack_leaves_open_is_named_not_refused(desk):
    options = replace(desk.pack.options, same_fact=Marked(None, "UNKNOWN"))
    window = replace(desk.pack.window, months=Marked(None, "UNKNOWN"))
    desk = desk.with_pack(options=options, window=window)
    events = (
        desk.event("AG-STOP", "2025-05-01", fact="A"),
        desk.event("AG-VOL", "2025-05-02", fact="A"),
    )
    found = desk.score("2027-06-01", *events)
    assert found.total == 40
    assert {"options.same_fact", "window.months"} <= set(found.unknown_rules)


def test_a_day_before_the_rules_began_is_not_official(desk):
    found = desk.score("2023-04-30")
    assert found.unknown_rules == ("effective_from",)
    assert not found.official


def test_every_line_says_what_is_left_of_its_points(desk):
    events = [
        desk.event("AG-ABN", f"2025-0{month}-01", points)
        for month, points in ((2, 30), (3, 25), (4, 5))
    ]
    lines = desk.score("2025-06-01", *events).lines
    assert [line.points for line in lines] == [30, 25, 5]
    assert [line.counted for line in lines] == [30, 10, 0]
