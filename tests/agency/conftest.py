"""Events as a test needs them, and scores of the shipped pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.agency.credit import score
from valuer.agency.credit_events import Event, Objection, Repair, Subject
from valuer.agency.credit_line import timeline
from valuer.agency.credit_pack_files import (
    shipped_pack,
)
from valuer.agency.credit_packs import (
    Marked,
    RulePack,
    SubjectKind,
)
from valuer.agency.credit_readings import readings_of

AGENCY = Subject(SubjectKind.AGENCY, "32100")
AGENT = Subject(SubjectKind.AGENT, "3210012345.6")


def day(text: str) -> date:
    return date.fromisoformat(text)


class Desk:
    """What a test reckons with: one pack, one subject."""

    agency, agent = AGENCY, AGENT

    def __init__(self, pack: RulePack) -> None:
        self.pack = pack

    def event(self, code: str, recorded: str, points: object = None, **more) -> Event:
        """An event of one day; its fact is its own unless said."""
        on = day(recorded)
        fact = more.pop("fact", f"{code} {recorded} {points}")
        days = {
            name: day(more.pop(name))
            for name in ("fact_date", "decision_date", "cured_on", "published_on")
            if name in more
        }
        own = None if points is None else Decimal(str(points))
        decided = days.get("decision_date", on)
        whole = {"fact_date": decided, "decision_date": decided} | days | more
        return Event(code, fact, recorded_date=on, points=own, **whole)

    def repair(self, applied: str, decided: str, *, granted: bool = True) -> Repair:
        return Repair(day(applied), day(decided), granted)

    def objection(self, filed: str, decided: str, *, upheld: bool = True) -> Objection:
        return Objection(day(filed), day(decided), upheld)

    def score(self, as_of: str, *events: Event, subject=AGENCY, **readings: Any):
        chosen = readings_of(self.pack, readings.items())
        return score(self.pack, subject, events, day(as_of), chosen)

    def told(self, as_of: str, *events: Event, subject=AGENCY, **readings: Any):
        """Total and grade, as they are printed."""
        found = self.score(as_of, *events, subject=subject, **readings)
        return found.total, found.grade

    def line(self, as_of: str, *events: Event, subject=AGENCY, **readings: Any):
        """The days on which something changes, with the totals."""
        chosen = readings_of(self.pack, readings.items())
        steps = timeline(self.pack, subject, events, day(as_of), chosen)
        return {step.date.isoformat(): step.total for step in steps}

    def with_pack(self, **changes: Any) -> Desk:
        """The same desk with values of the pack replaced."""
        return Desk(replace(self.pack, **changes))


@pytest.fixture
def desk() -> Desk:
    pack = shipped_pack("CN-CNIPA-2023-10")
    assert pack is not None
    return Desk(pack)


@pytest.fixture
def verified_desk(desk: Desk) -> Desk:
    """A desk whose window and options an agency has confirmed from the notice."""

    def sure(one: Marked) -> Marked:
        return replace(one, mark="V2")

    window, options = desk.pack.window, desk.pack.options
    names = ("months", "anchor", "last_day_rule", "roll_holiday")
    switches = ("same_fact", "repair_wait_months", "repair_min_gap_months")
    return desk.with_pack(
        window=replace(window, **{one: sure(getattr(window, one)) for one in names}),
        options=replace(
            options, **{one: sure(getattr(options, one)) for one in switches}
        ),
        score_floor=sure(desk.pack.score_floor),
    )
