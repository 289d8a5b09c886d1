"""Whom a library scores, how it reads the rules, and what changed in an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from valuer.agency.credit_event_names import (
    EVENT_NAMES,
    event_differences,
    parts_of,
)
from valuer.agency.credit_events import Event, Objection, Repair, Subject
from valuer.agency.credit_pack_files import (
    shipped_packs,
)
from valuer.agency.credit_packs import (
    LastDayRule,
    SubjectKind,
)
from valuer.agency.credit_subjects import (
    ChosenReading,
    CreditReadings,
    CreditSubjects,
    KnownSubject,
    every_subject,
    with_subject,
    without_subject,
)
from valuer.core.problems import UserError

(PACK,) = shipped_packs()
AGENCY = Subject(SubjectKind.AGENCY, "32100")
AGENT = Subject(SubjectKind.AGENT, "A1")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = date(2026, 4, 1)


def chosen(place, value):
    return ChosenReading(place, value, "wang", NOW)


def test_those_of_the_ledger_stand_beside_those_entered_agencies_first():
    entered = with_subject(CreditSubjects(), KnownSubject(AGENT, "周以宁"))
    found = every_subject(entered, [AGENCY, AGENT])
    assert [(one.subject, one.name) for one in found] == [
        (AGENCY, ""),
        (AGENT, "周以宁"),
    ]


def test_one_entered_again_is_named_anew():
    one = with_subject(CreditSubjects(), KnownSubject(AGENCY, "甲"))
    two = with_subject(one, KnownSubject(AGENCY, "乙", "CN-32"))
    assert two.known == (KnownSubject(AGENCY, "乙", "CN-32"),)
    assert without_subject(two, AGENCY).known == ()


def test_the_last_choice_of_an_option_holds_and_may_be_taken_back():
    place = "window.last_day_rule"
    readings = CreditReadings((chosen(place, "anniversary"),))
    assert readings.in_use(PACK) == {place: LastDayRule.ANNIVERSARY}
    back = CreditReadings((*readings.chosen, chosen(place, None)))
    assert back.in_use(PACK) == {}
    assert back.last(place).value is None
    assert back.last("window.months") is None


def test_a_reading_that_is_none_is_refused():
    with pytest.raises(UserError):
        CreditReadings((chosen("window.months", 0),)).in_use(PACK)


def test_what_changed_in_an_event_is_told_part_by_part():
    before = Event("AG-VOL", "f1", DAY, DAY, DAY)
    after = replace(
        before,
        points=Decimal(3),
        repair=Repair(date(2026, 11, 1)),
        objection=Objection(upheld=False),
        evidence_files=("a" * 64,),
    )
    found = {
        (one.name, one.before, one.after) for one in event_differences(before, after)
    }
    assert found == {
        ("points", None, Decimal(3)),
        ("repair.applied_on", None, date(2026, 11, 1)),
        ("objection.upheld", None, False),
        ("evidence_files", None, ("a" * 64,)),
    }
    assert event_differences(after, after) == ()
    assert {*parts_of(after)} <= {*EVENT_NAMES}
    assert parts_of(before) == {
        "rule_code": "AG-VOL",
        "fact_id": "f1",
        "fact_date": DAY,
        "decision_date": DAY,
        "recorded_date": DAY,
    }
