"""The credit score of an agency or an agent (专利代理信用计分) as of any day.

Total = base − deductions + bonus. Deductions are grouped by fact and capped by rule,
bonuses are capped together, and the total has a grade. The total is withheld only while
the points of an event that counts are not known; whatever else in use was not verified
leaves the number, calls it not official and is named.

Source: 专利代理信用评价管理办法（试行）, 国知发运字〔2023〕10号: 总计分 = 基础分 − 扣减分 + 附加分.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from valuer.agency.credit_entries import Entry, Standing, entries_of, points_by_rule
from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_packs import (
    VERIFIED,
    GradeBand,
    Rule,
    RulePack,
    SameFact,
)
from valuer.agency.credit_readings import Readings

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One event in a score.

    Attributes:
        rule: by which it counts on that day, or counted last.
        points: its own, None where not known; ``counted``: what is left of them after
            the same fact and the caps.
        cleared_on: the first day on which it no longer counts by time alone.
    """

    event: Event
    rule: Rule
    is_bonus: bool
    standing: Standing
    points: Decimal | None
    counted: Decimal | None
    cleared_on: date


@dataclass(frozen=True, slots=True)
class Score:
    """A score on a day.

    Attributes:
        deductions, bonus: what counts, after the same fact and all caps; None while
            points of an event that counts are not known, and so is the total.
        unused_bonus: what the cap, or a deduction, leaves of the bonuses.
        unknown_rules: places in the pack and codes of rules that were used and are
            not verified; ``official`` where there is none.
    """

    subject: Subject
    as_of: date
    base: Decimal | None
    deductions: Decimal | None
    bonus: Decimal | None
    total: Decimal | None
    grade: str | None
    official: bool
    unknown_rules: tuple[str, ...]
    lines: tuple[Line, ...]
    unused_bonus: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Side:
    """What all deductions, or all bonuses, give together.

    Attributes:
        sum: after the same fact and the caps of the rules; None while points of one
            that counts are not known.
        is_any: whether one counts; ``forced``: the grades that those that count force.
    """

    sum: Decimal | None
    is_any: bool
    forced: frozenset[str]


def score(
    pack: RulePack,
    subject: Subject,
    events: Sequence[Event],
    as_of: date,
    readings: Mapping[str, Any] | None = None,
) -> Score:
    """Return the score on a day; ``readings`` are those of ``readings_of``.

    Raises:
        UserError: an event contradicts itself or the pack; every fault is named.
    """
    asked = Readings(pack, readings or {})
    return score_of(entries_of(pack, subject, events, asked), subject, as_of, asked)


def score_of(
    entries: Iterable[Entry], subject: Subject, as_of: date, readings: Readings
) -> Score:
    """Return the score of entries that were read already."""
    pack, asked = readings.pack, Readings(readings.pack, readings.chosen)
    asked.note("effective_from", is_known=pack.is_in_force(as_of))
    asked.note("base", is_known=pack.base.is_known)
    lines = [_line(entry, as_of, asked) for entry in entries]
    _note_window(lines, asked)
    deducted = _counted([one for one in lines if not one.is_bonus], asked)
    added = _counted([one for one in lines if one.is_bonus], asked)
    minus, plus = _side(deducted), _side(added)
    bonus, total, grade = concluded(subject, minus, plus, asked)
    is_known = plus.sum is not None and bonus is not None
    return Score(
        subject,
        as_of,
        pack.base.value,
        minus.sum,
        bonus,
        total,
        grade,
        total is not None and not asked.unknown,
        tuple(sorted(asked.unknown)),
        (*deducted, *added),
        (plus.sum or NOTHING) - (bonus or NOTHING) if is_known else NOTHING,
    )


def concluded(
    subject: Subject, minus: Side, plus: Side, asked: Readings
) -> tuple[Decimal | None, Decimal | None, str | None]:
    """Return bonus, total and grade of both sides together."""
    bonus = _bonus(subject, minus, plus, asked)
    total = _total(minus.sum, bonus, asked)
    if total is None:
        return bonus, None, None
    return bonus, total, _grade(total, minus.forced | plus.forced, asked)


def _line(entry: Entry, day: date, asked: Readings) -> Line:
    """Return an event as it stands on a day, noting the rules that put it there."""
    standing = entry.standing(day)
    rule, points = entry.rule_on(day), entry.points_on(day)
    if standing.is_counting:
        asked.note(rule.code, is_known=_is_by_the_pack(entry, rule, points))
    _note_repair(entry, standing, day, asked)
    return Line(
        entry.event, rule, entry.is_bonus, standing, points, None, entry.cleared_on
    )


def _note_window(lines: Iterable[Line], asked: Readings) -> None:
    """Note the rules of the window where an event is in it, or was cleared by it."""
    if not any(
        line.standing.is_counting or line.standing is Standing.CLEARED for line in lines
    ):
        return
    for name in ("months", "anchor", "last_day_rule", "roll_holiday"):
        asked.ask(f"window.{name}")
    if asked.value("window.roll_holiday"):
        window = asked.pack.window
        is_known = window.fixed_holidays.is_known and window.holidays.is_known
        asked.note("window.fixed_holidays", is_known=is_known)


def _is_by_the_pack(entry: Entry, rule: Rule, points: Decimal | None) -> bool:
    """Whether points are those of a verified rule, not typed in beside it."""
    if not rule.is_known or points is None:
        return False
    given = points_by_rule(rule, entry.event)
    own = entry.event.points if rule.code == entry.event.rule_code else None
    return own is None or given is None or own == given


def _note_repair(entry: Entry, standing: Standing, day: date, asked: Readings) -> None:
    """Note the rules of repair where a decision rests on them."""
    repair = entry.event.repair
    if not (standing.is_counting or standing is Standing.REPAIRED):
        return
    if repair and repair.granted and repair.decided_on and repair.decided_on <= day:
        asked.ask("options.repair_wait_months")
        if entry.needs_gap:
            asked.ask("options.repair_min_gap_months")


def _counted(lines: Sequence[Line], asked: Readings) -> list[Line]:
    """Return lines with what is left of each after the same fact and its cap."""
    kept = _one_for_each_fact(lines, asked)
    left = {line.rule.code: line.rule.cap for line in lines}
    found = []
    for place, line in enumerate(lines):
        if line.standing.is_counting and line.points is None:
            found.append(line)
            continue
        points = line.points if place in kept and line.points else NOTHING
        room = left[line.rule.code]
        if room is not None:
            points = min(points, room)
            left[line.rule.code] = room - points
        found.append(replace(line, counted=points))
    return found


def _one_for_each_fact(lines: Sequence[Line], asked: Readings) -> set[int]:
    """Return the places of the lines that count where several are about one fact."""
    facts: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.standing.is_counting:
            facts.setdefault(line.event.fact_id, []).append(place)
    kept = set()
    for places in facts.values():
        if len(places) > 1 and asked.ask("options.same_fact") is SameFact.HIGHEST:
            kept.add(max(places, key=lambda place: lines[place].points or NOTHING))
        else:
            kept.update(places)
    return kept


def _side(lines: Iterable[Line]) -> Side:
    """Return what lines give together."""
    counting = [line for line in lines if line.standing.is_counting]
    counted = [line.counted for line in counting if line.counted is not None]
    grades = (line.rule.force_grade for line in counting)
    return Side(
        sum(counted, NOTHING) if len(counted) == len(counting) else None,
        bool(counting),
        frozenset(grade for grade in grades if grade is not None),
    )


def _bonus(
    subject: Subject, minus: Side, plus: Side, asked: Readings
) -> Decimal | None:
    """Return what counts of the bonuses, under their cap and beside deductions."""
    claimed = plus.sum
    if plus.is_any:
        place, _ = asked.pack.bonus_cap(subject.kind)
        cap = asked.ask(place)
        if claimed is not None and cap is not None:
            claimed = min(claimed, cap)
    # Where it may not offset, a bonus beside a deduction is nothing, known or not.
    if not plus.is_any or claimed == NOTHING or not minus.sum:
        return claimed
    offsets = asked.ask("options.bonus_may_offset_deductions")
    return claimed if offsets else NOTHING


def _total(
    deductions: Decimal | None, bonus: Decimal | None, asked: Readings
) -> Decimal | None:
    """Return base − deductions + bonus, not under the floor."""
    base = asked.pack.base.value
    if base is None or deductions is None or bonus is None:
        return None
    total = base - deductions + bonus
    floor = asked.value("score_floor")
    if total < (NOTHING if floor is None else floor):
        asked.ask("score_floor")
    return total if floor is None else max(total, floor)


def _grade(total: Decimal, forced: frozenset[str], asked: Readings) -> str:
    """Return the grade of a total, or the one that an event that counts forces."""
    bands = asked.pack.grades
    possible = [band for band in bands if band.grade in forced or band.holds(total)]
    band = min(possible, key=_height)
    asked.note(f"grades.{band.grade}", is_known=band.mark in VERIFIED)
    return band.grade


def _height(band: GradeBand) -> tuple[bool, Decimal]:
    return band.min is not None, band.min or NOTHING
