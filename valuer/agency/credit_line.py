"""The credit line (信用走势): how a score goes on, why it changes, how else it may read.

``timeline`` gives every day on which something becomes of an event, with the score of
that day. "What if" is nothing but events added. ``other_readings`` shows what the same
events give where the text of the rules can be read otherwise; ``deadlines`` the days to
keep in mind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from valuer.agency.credit import NOTHING, Score, score_of
from valuer.agency.credit_entries import Entry, Standing, entries_of
from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_packs import Anchor, Rule, RulePack
from valuer.agency.credit_readings import Readings, alternatives, is_holiday
from valuer.agency.credit_tally import Tally
from valuer.core.periods import same_day
from valuer.core.texts import N_, tr

MONTHS_AHEAD = 18
"""How far a line looks ahead, in months."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something changes: a marked text about a rule, with its values."""

    text: str
    rule: Rule
    values: tuple[tuple[str, object], ...] = ()

    def say(self, language: str) -> str:
        """Return the text in a language."""
        rule = self.rule.named(language)
        return tr(self.text, language, rule=rule, **dict(self.values))

    def brief(self, language: str) -> str:
        """Return the text without the rule's name, for where that stands beside it."""
        return tr(self.text, language, rule="", **dict(self.values)).lstrip("：: ")


@dataclass(frozen=True, slots=True)
class Step:
    """The score on a day on which something changes, and why."""

    date: date
    total: Decimal | None
    grade: str | None
    because: tuple[Reason, ...]

    def say(self, language: str) -> str:
        """Return the reasons in a language, one after the other."""
        between = "；" if language == "zh_CN" else "; "
        return between.join(reason.say(language) for reason in self.because)


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What another reading of one option gives.

    Attributes:
        place: of the option in the pack; ``value``: how it is read here.
    """

    place: str
    value: Any
    score: Score
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day to keep in mind: until when, or from when, something can be done."""

    date: date
    what: Reason


def timeline(
    pack: RulePack,
    subject: Subject,
    events: Sequence[Event],
    as_of: date,
    readings: Mapping[str, Any] | None = None,
    months: int = MONTHS_AHEAD,
) -> tuple[Step, ...]:
    """Return every day from ``as_of`` on which something changes, with its score.

    Raises:
        UserError: as ``score``.
    """
    asked = Readings(pack, readings or {})
    entries = entries_of(pack, subject, events, asked)
    last = same_day(as_of, months)
    days: dict[date, list[tuple[int, Entry]]] = {}
    for place, entry in enumerate(entries):
        for day in _days(entry):
            if as_of <= day <= last:
                days.setdefault(day, []).append((place, entry))
    tally = Tally(subject, entries, as_of, asked)
    steps = []
    for day in sorted(days):
        because: list[Reason] = []
        for place, entry in days[day]:
            tally.follow(place, entry, day)
            because.extend(_reasons(entry, day))
        if because:
            steps.append(Step(day, *tally.total_and_grade(), tuple(because)))
    return tuple(steps)


def other_readings(
    pack: RulePack,
    subject: Subject,
    events: Sequence[Event],
    as_of: date,
    readings: Mapping[str, Any] | None = None,
) -> tuple[OtherReading, ...]:
    """Return the readings that give another total, today or later in the line.

    Raises:
        UserError: as ``score``.
    """
    chosen = dict(readings or {})
    usual = _figures(pack, subject, events, as_of, chosen)
    entries = entries_of(pack, subject, events, Readings(pack, chosen))
    found = []
    for place in _AMBIGUOUS:
        present = Readings(pack, chosen).value(place)
        for value in alternatives(pack, place):
            if value == present or not _is_in_play(place, value, pack, subject, events):
                continue
            other = chosen | {place: value}
            asked = Readings(pack, other)
            if place not in _HOW_TO_ADD and entries == entries_of(
                pack, subject, events, asked
            ):
                continue
            figures = _figures(pack, subject, events, as_of, other)
            if _differ(usual, figures):
                found.append(OtherReading(place, value, *figures))
    return tuple(found)


def deadlines(
    pack: RulePack,
    subject: Subject,
    events: Sequence[Event],
    as_of: date,
    readings: Mapping[str, Any] | None = None,
) -> tuple[Deadline, ...]:
    """Return until when deductions can be cured, and from when repaired.

    Raises:
        UserError: as ``score``.
    """
    asked = Readings(pack, readings or {})
    entries = entries_of(pack, subject, events, asked)
    repairs = [entry.repaired_on for entry in entries if entry.repaired_on]
    found: list[Deadline] = []
    for entry in entries:
        if not entry.is_bonus and entry.standing(as_of).is_counting:
            found.extend(_cure_deadlines(entry, pack, as_of))
            found.extend(_repair_deadlines(entry, repairs, asked, as_of))
    return tuple(sorted(found, key=lambda one: (one.date, one.what.rule.code)))


_AMBIGUOUS = (
    "window.months",
    "window.anchor",
    "window.last_day_rule",
    "window.roll_holiday",
    "options.bonus_may_offset_deductions",
    "options.same_fact",
    "options.repair_wait_months",
    "options.repair_min_gap_months",
)

_HOW_TO_ADD = ("options.bonus_may_offset_deductions", "options.same_fact")
"""Options that change no day of any event, only how their points go together."""

_Figures = tuple[Score, tuple[Step, ...]]


def _figures(
    pack: RulePack,
    subject: Subject,
    events: Sequence[Event],
    as_of: date,
    chosen: Mapping[str, Any],
) -> _Figures:
    asked = Readings(pack, chosen)
    entries = entries_of(pack, subject, events, asked)
    steps = timeline(pack, subject, events, as_of, chosen)
    return score_of(entries, subject, as_of, asked), steps


def _differ(one: _Figures, other: _Figures) -> bool:
    def told(figures: _Figures) -> list[object]:
        found, steps = figures
        return [found.total, *((step.date, step.total) for step in steps)]

    return told(one) != told(other)


def _is_in_play(
    place: str, value: Any, pack: RulePack, subject: Subject, events: Sequence[Event]
) -> bool:
    """Whether a reading can be had from these events, and may change something."""
    if value is Anchor.PUBLISHED and place == "window.anchor":
        return all(event.published_on is not None for event in events)
    if place == "options.same_fact":
        return len({event.fact_id for event in events}) < len(events)
    if place == "options.bonus_may_offset_deductions":
        bonuses = {rule.code for rule in pack.bonuses(subject.kind)}
        return len({event.rule_code in bonuses for event in events}) > 1
    return True


def _days(entry: Entry) -> set[date]:
    """Return every day on which something may become of an event."""
    event = entry.event
    days: set[date | None] = {event.recorded_date, entry.cleared_on}
    days |= {event.cured_on, entry.cured_on, entry.replaced_on, entry.replaced_until}
    if event.repair:
        days |= {event.repair.applied_on, event.repair.decided_on}
    if event.objection:
        days |= {event.objection.filed_on, event.objection.decided_on}
    return {day for day in days if day is not None}


def _reasons(entry: Entry, day: date) -> Iterator[Reason]:
    """Yield what becomes of an event on a day."""
    before = entry.standing(day - timedelta(days=1))
    now = entry.standing(day)
    was_there = before.is_counting or before is Standing.REPLACED
    if now is not before and (was_there or now.is_counting):
        yield from _changes(entry, day, before, now)
    if now.is_counting:
        yield from _news(entry, day)


def _changes(
    entry: Entry, day: date, before: Standing, now: Standing
) -> Iterator[Reason]:
    """Yield the change of where an event stands."""
    rule = entry.rule_on(day)
    if before is Standing.AHEAD:
        yield _recorded(entry, day)
    elif now is Standing.CURED:
        yield Reason(N_("{rule}: put right in time, counts with fewer points"), rule)
    elif now is Standing.CLEARED:
        yield Reason(N_("{rule}: cleared, its period has passed"), rule)
    elif now is Standing.REPAIRED:
        yield Reason(N_("{rule}: credit repair granted"), rule)
    elif now is Standing.OBJECTED:
        yield Reason(N_("{rule}: objection upheld, the entry is removed"), rule)
    elif now is Standing.REPLACED:
        values = (("by", entry.replaced_by),)
        yield Reason(N_("{rule}: {by} takes its place"), rule, values)
    elif before is Standing.REPLACED:
        yield Reason(N_("{rule}: counts again, what took its place fell"), rule)


def _recorded(entry: Entry, day: date) -> Reason:
    rule, points = entry.rule_on(day), entry.points_on(day)
    if points is None:
        return Reason(N_("{rule}: recorded, its points are not known"), rule)
    values = (("points", plain_points(points)),)
    if entry.is_bonus:
        return Reason(N_("{rule}: recorded, +{points}"), rule, values)
    return Reason(N_("{rule}: recorded, −{points}"), rule, values)


def _news(entry: Entry, day: date) -> Iterator[Reason]:
    """Yield what happens on a day to an event that goes on counting."""
    event, rule = entry.event, entry.rule_on(day)
    if event.cured_on == day and entry.cured_on is None and entry.cure_last_day:
        values = (("last", entry.cure_last_day),)
        text = N_("{rule}: put right after the last day, {last}; nothing changes")
        if event.cured_on > entry.cure_last_day:
            yield Reason(text, rule, values)
    if event.repair and event.repair.applied_on == day:
        yield Reason(N_("{rule}: credit repair applied for"), rule)
    if event.repair and event.repair.decided_on == day:
        if entry.too_early is not None:
            text = N_(
                "{rule}: the repair does not count, it was applied for before {first}"
            )
            yield Reason(text, rule, (("first", entry.too_early),))
        else:
            yield Reason(N_("{rule}: credit repair not granted"), rule)
    if event.objection and event.objection.filed_on == day:
        yield Reason(N_("{rule}: objection filed"), rule)
    if event.objection and event.objection.decided_on == day:
        yield Reason(N_("{rule}: objection dismissed"), rule)


def _cure_deadlines(entry: Entry, pack: RulePack, as_of: date) -> Iterator[Deadline]:
    last = entry.cure_last_day
    if last is None or entry.event.cured_on is not None or last < as_of:
        return
    if not is_holiday(pack, last):
        text = N_("{rule}: fewer points if put right by this day")
        yield Deadline(last, Reason(text, entry.rule))
        return
    before = last
    while is_holiday(pack, before):
        before -= timedelta(days=1)
    text = N_(
        "{rule}: fewer points if put right by {last}, a holiday; do it by this day"
    )
    yield Deadline(before, Reason(text, entry.rule, (("last", last),)))


def _repair_deadlines(
    entry: Entry, repairs: Sequence[date], asked: Readings, as_of: date
) -> Iterator[Deadline]:
    """Yield from when a repair may be applied for, if points still count then."""
    wait = asked.value("options.repair_wait_months")
    gap = asked.value("options.repair_min_gap_months")
    recorded = entry.event.recorded_date
    first = asked.passed(recorded, wait) if wait else recorded
    for day in repairs:
        if gap and day <= as_of:
            first = max(first, asked.passed(day, gap))
    if entry.event.repair is None and first < entry.cleared_on:
        text = N_("{rule}: credit repair may be applied for from this day")
        yield Deadline(first, Reason(text, entry.rule_on(as_of)))


def plain_points(points: Decimal) -> str:
    """Return points as plain text: 100, 89.9."""
    return format((points or NOTHING).normalize(), "f")
