"""What becomes of an event: cured, replaced, repaired, objected to, cleared.

An ``Entry`` is an event with the days that matter under a pack and its readings, found
once; ``standing`` tells where it stands on any day. A deduction counts from its record
until it is cleared, or repaired, or an objection to it is upheld; cured in time it
counts with the points of the rule that replaces its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from valuer.agency.credit_events import Event, Subject, checked, distinct
from valuer.agency.credit_packs import Rule, RulePack
from valuer.agency.credit_readings import Readings
from valuer.core.problems import refuse_errors
from valuer.core.texts import N_


class Standing(StrEnum):
    """Where an event stands on a day."""

    AHEAD = "ahead"
    COUNTS = "counts"
    CURED = "cured"
    REPLACED = "replaced"
    OBJECTED = "objection_upheld"
    REPAIRED = "repaired"
    CLEARED = "cleared"

    @property
    def is_counting(self) -> bool:
        """Whether its points count."""
        return self in (Standing.COUNTS, Standing.CURED)


STANDING_NAMES = {
    Standing.AHEAD: N_("not recorded yet"),
    Standing.COUNTS: N_("counts"),
    Standing.CURED: N_("counts, put right in time"),
    Standing.REPLACED: N_("replaced"),
    Standing.OBJECTED: N_("removed on objection"),
    Standing.REPAIRED: N_("removed by credit repair"),
    Standing.CLEARED: N_("cleared"),
}
"""Where an event stands, for people."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with the days on which something becomes of it; None where nothing.

    Attributes:
        rule: that holds at first; ``cured_rule``: from ``cured_on``.
        cure_last_day: until when it can be put right, where its rule allows that.
        repaired_on: the day of a repair that has effect; ``too_early``: the first day
            on which an application that was granted too early might have been made.
        needs_gap: whether an earlier repair had to be looked at.
        cleared_on: the first day on which it no longer counts.
    """

    event: Event
    rule: Rule
    is_bonus: bool
    cleared_on: date
    cured_rule: Rule | None = None
    cured_on: date | None = None
    cure_last_day: date | None = None
    replaced_on: date | None = None
    replaced_until: date | None = None
    replaced_by: str = ""
    repaired_on: date | None = None
    too_early: date | None = None
    needs_gap: bool = False

    @property
    def objected_on(self) -> date | None:
        """The day on which an objection was upheld."""
        objection = self.event.objection
        return objection.decided_on if objection and objection.upheld else None

    def standing(self, day: date) -> Standing:
        """Tell where the event stands on a day."""
        if day < self.event.recorded_date:
            return Standing.AHEAD
        if _is_by(self.objected_on, day):
            return Standing.OBJECTED
        if self.cleared_on <= day:
            return Standing.CLEARED
        if _is_by(self.repaired_on, day):
            return Standing.REPAIRED
        if _is_by(self.replaced_on, day) and not _is_by(self.replaced_until, day):
            return Standing.REPLACED
        return Standing.CURED if _is_by(self.cured_on, day) else Standing.COUNTS

    def rule_on(self, day: date) -> Rule:
        """Return the rule by which it counts on a day."""
        if self.cured_rule is not None and _is_by(self.cured_on, day):
            return self.cured_rule
        return self.rule

    def points_on(self, day: date) -> Decimal | None:
        """Return its points on a day, before any cap; None where they are not known."""
        rule = self.rule_on(day)
        own = self.event.points if rule.code == self.event.rule_code else None
        points = points_by_rule(rule, self.event) if own is None else own
        return points if points is None or rule.cap is None else min(points, rule.cap)


def points_by_rule(rule: Rule, event: Event) -> Decimal | None:
    """Return the points that a rule gives an event, None where it does not say."""
    if rule.points is not None:
        return rule.points
    if rule.per_case is not None and event.cases:
        return rule.per_case * len(set(event.cases))
    return None


def entries_of(
    pack: RulePack, subject: Subject, events: Sequence[Event], readings: Readings
) -> tuple[Entry, ...]:
    """Return the events with what becomes of each, in one order whatever theirs was.

    Raises:
        UserError: an event contradicts itself or the pack; every fault is named.
    """
    refuse_errors(checked(pack, subject, events))
    rules = pack.rules(subject.kind)
    bonuses = {rule.code for rule in pack.bonuses(subject.kind)}
    listed = _first_decisions(events)
    entries = [
        _entry(event, rules, event.rule_code in bonuses, readings, listed)
        for event in sorted(distinct(events), key=_order)
    ]
    return tuple(_repaired(_replaced(entries, rules), readings))


def _order(event: Event) -> tuple[object, ...]:
    points = Decimal(-1) if event.points is None else event.points
    days = (event.recorded_date, event.decision_date, event.fact_date)
    return (*days, event.rule_code, event.fact_id, points, repr(event))


def _first_decisions(events: Sequence[Event]) -> dict[tuple[str, str], date]:
    """Return the first decision of each rule about each fact."""
    found: dict[tuple[str, str], date] = {}
    for event in events:
        key = event.fact_id, event.rule_code
        found[key] = min(event.decision_date, found.get(key, event.decision_date))
    return found


def _entry(
    event: Event,
    rules: dict[str, Rule],
    is_bonus: bool,
    readings: Readings,
    listed: dict[tuple[str, str], date],
) -> Entry:
    """Return an event with its rule, its clearing and its cure."""
    rule = rules[event.rule_code]
    entry = Entry(event, rule, is_bonus, readings.cleared_on(event))
    if rule.replaces is not None and event.cured_on is not None:
        # The month runs from the listing, where that is an entry of its own.
        first = listed.get((event.fact_id, rule.replaces), event.decision_date)
        last = readings.last_day(min(first, event.decision_date), rule.cure_months)
        # Entered as cured, yet put right too late: the rule it replaces holds.
        holds = rules[rule.replaces] if event.cured_on > last else rule
        return replace(entry, rule=holds, cure_last_day=last)
    cure = next((one for one in rules.values() if one.replaces == rule.code), None)
    if cure is None:
        return entry
    last = readings.last_day(event.decision_date, cure.cure_months)
    entry = replace(entry, cure_last_day=last)
    if event.cured_on is None or event.cured_on > last:
        return entry
    return replace(entry, cured_rule=cure, cured_on=event.cured_on)


def _replaced(entries: Sequence[Entry], rules: dict[str, Rule]) -> list[Entry]:
    """Let an entry about a cure take the place of the one about the same fact."""
    takers: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for code in _replaces(entry.rule, rules):
            # Entries come in the order of their records: the first one is it.
            takers.setdefault((entry.event.fact_id, code), entry)
    found = []
    for entry in entries:
        taker = takers.get((entry.event.fact_id, entry.rule.code))
        if taker is not None:
            entry = replace(
                entry,
                replaced_on=taker.event.recorded_date,
                replaced_until=taker.objected_on,
                replaced_by=taker.rule.code,
            )
        found.append(entry)
    return found


def _replaces(rule: Rule, rules: dict[str, Rule]) -> list[str]:
    codes = []
    while rule.replaces is not None:
        codes.append(rule.replaces)
        rule = rules[rule.replaces]
    return codes


def _repaired(entries: Sequence[Entry], readings: Readings) -> list[Entry]:
    """Find which repairs have effect: none too soon after record or last repair."""
    wait = readings.value("options.repair_wait_months")
    gap = readings.value("options.repair_min_gap_months")
    done: list[tuple[date, date]] = []
    found: dict[int, Entry] = {}
    granted = [
        (entry.event.repair.applied_on, entry.event.repair.decided_on, place)
        for place, entry in enumerate(entries)
        if entry.event.repair
        and entry.event.repair.granted
        and entry.event.repair.decided_on
    ]
    for applied, decided, place in sorted(granted):
        entry = entries[place]
        first = entry.event.recorded_date
        earliest = readings.passed(first, wait) if wait else first
        # Applications that run beside each other do not bar one another.
        before = [end for start, end in done if start < applied and end <= applied]
        if before and gap:
            earliest = max(earliest, readings.passed(max(before), gap))
        entry = replace(entry, needs_gap=bool(before))
        if applied < earliest:
            found[place] = replace(entry, too_early=earliest)
        else:
            found[place] = replace(entry, repaired_on=decided)
            done.append((applied, decided))
    return [found.get(place, entry) for place, entry in enumerate(entries)]


def _is_by(day: date | None, on: date) -> bool:
    return day is not None and day <= on
