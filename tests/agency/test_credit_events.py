"""Ledgers from strangers: what contradicts itself is named, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from valuer.agency.credit_events import Objection, Repair, checked, ledger_of
from valuer.agency.credit_readings import readings_of
from valuer.core.problems import Severity, UserError

PLAIN = {
    "rule_code": "AG-VOL",
    "fact_id": "f1",
    "fact_date": "2025-03-01",
    "decision_date": "2025-04-01",
    "recorded_date": "2025-04-02",
}


def ledger(*events, **more):
    subject = {"kind": "agency", "id": "32100"}
    plain = {"subject": subject, "events": list(events), **more}
    return ledger_of(plain, "EVENTS.json")


def test_an_event_is_read_with_all_that_became_of_it():
    plain = PLAIN | {
        "points": "12.5",
        "cured_on": "2025-04-20",
        "repair": {
            "applied_on": "2025-11-01",
            "decided_on": "2025-11-20",
            "granted": True,
        },
        "objection": {"filed_on": "2025-04-05", "upheld": None},
    }
    found, issues = ledger(plain, readings={"same_fact": "sum"})
    (event,) = found.events
    assert issues == ()
    assert event.points == Decimal("12.5")
    assert event.cured_on == date(2025, 4, 20)
    assert event.repair == Repair(date(2025, 11, 1), date(2025, 11, 20), True)
    assert event.objection == Objection(date(2025, 4, 5))
    assert found.readings == (("same_fact", "sum"),)


def test_an_objection_may_speak_as_a_repair_does():
    objection = {
        "applied_on": "2025-04-05",
        "decided_on": "2025-05-05",
        "granted": True,
    }
    found, _ = ledger(PLAIN | {"objection": objection})
    days = (date(2025, 4, 5), date(2025, 5, 5))
    assert found.events[0].objection == Objection(*days, upheld=True)


@pytest.mark.parametrize("name", ["fact_date", "decision_date", "recorded_date"])
@pytest.mark.parametrize("given", [None, "", "2025-02-30", "soon"])
def test_an_event_without_a_date_is_named(name, given):
    missing = {key: value for key, value in PLAIN.items() if key != name}
    for plain in (missing, PLAIN | {name: given}):
        found, issues = ledger(PLAIN, plain)
        assert len(found.events) == 1
        (issue,) = issues
        assert issue.severity is Severity.ERROR
        assert issue.where == "EVENTS.json.events[1]"
        assert name in issue.say("en")


def test_every_entry_that_cannot_be_read_is_named():
    _, issues = ledger({}, PLAIN, PLAIN | {"surprise": 1}, 7)
    places = [issue.where for issue in issues]
    assert places == [f"EVENTS.json.events[{number}]" for number in (0, 2, 3)]


@pytest.mark.parametrize(
    "plain",
    [
        [],
        {},
        {"subject": {"kind": "agency", "id": "1"}},
        {"subject": {"kind": "agency", "id": " "}, "events": []},
        {"subject": {"kind": "bureau", "id": "1"}, "events": []},
        {"subject": {"kind": "agency", "id": "1"}, "events": {}},
        {"subject": {"kind": "agency", "id": "1"}, "events": [], "more": 1},
        {"subject": {"kind": "agency", "id": "1"}, "events": [], "readings": []},
    ],
)
def test_a_file_that_is_no_ledger_is_refused(plain):
    with pytest.raises(UserError, match=r"EVENTS\.json"):
        ledger_of(plain, "EVENTS.json")


def test_a_file_of_too_many_events_is_no_ledger():
    with pytest.raises(UserError, match="1001"):
        ledger(*[PLAIN] * 1001)


def test_a_rule_that_is_not_there_is_refused_by_name(desk):
    with pytest.raises(UserError, match="AG-NEW"):
        desk.score("2025-06-01", desk.event("AG-NEW", "2025-05-01"))


@pytest.mark.parametrize("points", ["0.15", "10.01", "-5"])
def test_points_with_too_many_decimals_or_a_sign_are_refused(desk, points):
    event = desk.event("AG-ABN", "2025-05-01", points)
    with pytest.raises(UserError, match=points):
        desk.score("2025-06-01", event)


def test_zeros_at_the_end_are_no_decimals(desk):
    event = desk.event("AG-ABN", "2025-05-01", "10.10")
    assert desk.score("2025-06-01", event).total == Decimal("89.9")


@pytest.mark.parametrize(
    "changes",
    [
        {"fact_date": date(2025, 4, 2)},
        {"decision_date": date(2025, 4, 3)},
        {"cured_on": date(2025, 3, 31)},
        {"repair": Repair(date(2025, 3, 31))},
        {"repair": Repair(date(2025, 11, 2), date(2025, 11, 1), granted=True)},
        {"repair": Repair(date(2025, 11, 2), None, granted=True)},
        {"repair": Repair(date(2025, 11, 2), date(2025, 11, 5))},
        {"objection": Objection(date(2025, 3, 31))},
        {"objection": Objection(date(2025, 5, 2), date(2025, 5, 1), upheld=True)},
        {"objection": Objection(None, None, upheld=True)},
        {"fact_date": date(1984, 12, 31)},
        {"recorded_date": date(9999, 1, 1)},
        {"fact_id": " "},
        {"points_source": "manual"},
        {"points_source": "hearsay"},
    ],
)
def test_days_that_contradict_each_other_are_named(desk, changes):
    found, _ = ledger(PLAIN)
    event = replace(found.events[0], decision_date=date(2025, 4, 1))
    issues = checked(desk.pack, desk.agency, [event])
    assert issues == ()
    broken = replace(event, **changes)
    issues = checked(desk.pack, desk.agency, [event, broken])
    assert any(issue.severity is Severity.ERROR for issue in issues)
    assert {issue.where for issue in issues} == {"events[1]"}
    with pytest.raises(UserError):
        desk.score("2026-06-01", event, broken)


def test_a_bonus_is_neither_cured_nor_repaired(desk):
    repair = desk.repair("2025-12-01", "2025-12-20")
    event = desk.event("AB-HONOUR", "2025-05-01", 5, repair=repair)
    with pytest.raises(UserError, match="AB-HONOUR"):
        desk.score("2025-06-01", event)


def test_an_entry_that_stands_twice_counts_once_and_is_named(desk):
    event = desk.event("AG-VOL", "2025-05-01")
    again = replace(event, note="typed twice")
    for events in ((event, again), (again, event)):
        assert desk.score("2025-06-01", *events, same_fact="sum").total == 85
    issues = checked(desk.pack, desk.agency, [event, again])
    assert [(one.severity, one.where) for one in issues] == [
        (Severity.WARNING, "events[1]")
    ]


def test_an_event_to_come_counts_from_its_record(desk):
    event = desk.event("AG-VOL", "2027-05-01")
    assert desk.score("2026-12-31", event).total == 100
    assert desk.score("2027-05-01", event).total == 85


@pytest.mark.parametrize(
    "given",
    [
        {"same_facts": "sum"},
        {"same_fact": "lowest"},
        {"anchor": "birthday"},
        {"window_months": 0},
        {"window_months": 12.5},
        {"window_months": 100000},
        {"repair_wait_months": -1},
        {"bonus_may_offset_deductions": "no"},
        {"score_floor": "0.05"},
        {"bonus_cap_agency": "-1"},
    ],
)
def test_readings_that_are_none_are_refused_by_name(desk, given):
    (name,) = given
    with pytest.raises(UserError, match=name):
        readings_of(desk.pack, given.items())


def test_an_option_is_known_by_its_place_and_by_its_name(desk):
    for name in ("same_fact", "options.same_fact", "options_same_fact"):
        assert readings_of(desk.pack, [(name, "sum")]) == {"options.same_fact": "sum"}


def test_readings_that_there_are_stand_beside_one_that_there_is_not(desk):
    with pytest.raises(UserError, match="“lowest”; there are highest, sum"):
        readings_of(desk.pack, [("same_fact", "lowest")])


def test_an_option_read_twice_is_refused(desk):
    twice = [("same_fact", "sum"), ("options.same_fact", "highest")]
    with pytest.raises(UserError, match="same_fact is read twice"):
        readings_of(desk.pack, twice)
