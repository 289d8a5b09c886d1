"""A rule pack line by line: what is looked at, copied from the notice and changed.

A line is a value with its mark, a grade, a rule, or what the pack says of itself. Each
has a place, the one by which scores name it, and fields of a kind, so that a window
can show and change any of them and tell two versions apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from valuer.agency.credit_packs import (
    TABLES,
    VERIFIED,
    Anchor,
    GradeBand,
    LastDayRule,
    Marked,
    Rule,
    RulePack,
    SameFact,
)
from valuer.core.texts import N_

HEAD = "pack"
"""The place of what a pack says of itself."""

SINGLE = (
    "base",
    "bonus_cap_agency",
    "bonus_cap_agent",
    "score_floor",
    "window.months",
    "window.anchor",
    "window.last_day_rule",
    "window.roll_holiday",
    "window.fixed_holidays",
    "window.holidays",
    "options.same_fact",
    "options.bonus_may_offset_deductions",
    "options.repair_wait_months",
    "options.repair_min_gap_months",
)
"""The places of single values."""

TABLE_NAMES = {
    "agency_deductions": N_("Deductions of an agency"),
    "agency_bonuses": N_("Bonuses of an agency"),
    "agent_deductions": N_("Deductions of an agent"),
    "agent_bonuses": N_("Bonuses of an agent"),
}
"""What the tables of rules are called."""


class FieldKind(StrEnum):
    """What a field of a line holds."""

    TEXT = "text"
    PROSE = "prose"
    MARK = "mark"
    POINTS = "points"
    MONTHS = "months"
    WHOLE = "whole"
    YES_NO = "yes_no"
    CHOICE = "choice"
    GRADE = "grade"
    RULE = "rule"
    DATE = "date"
    DAYS = "days"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class ItemField:
    """A field of a line.

    Attributes:
        name: as in the pack's JSON; ``label``: marked.
        required: whether it may not be empty.
        choices: of the kind ``CHOICE``.
    """

    name: str
    label: str
    kind: FieldKind
    required: bool = False
    choices: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class PackHead:
    """What a pack says of itself."""

    title: str
    title_en: str
    doc_no: str
    effective_from: date
    effective_to: date | None
    decimals: int
    source: str
    note: str


Thing = Marked[Any] | GradeBand | Rule | PackHead


@dataclass(frozen=True, slots=True)
class PackItem:
    """One line of a pack.

    Attributes:
        table: of the rules, "grades", or the first word of the place.
    """

    place: str
    table: str
    thing: Thing

    @property
    def mark(self) -> str:
        """How surely it was read; "" where there is no such question."""
        return "" if isinstance(self.thing, PackHead) else self.thing.mark

    @property
    def is_open(self) -> bool:
        """Whether its value is not known at all."""
        thing = self.thing
        if isinstance(thing, Rule):
            return thing.points is None and thing.per_case is None
        return isinstance(thing, Marked) and thing.value is None

    @property
    def is_known(self) -> bool:
        """Whether it is known and was verified."""
        return not self.is_open and self.mark in ("", *VERIFIED)


@dataclass(frozen=True, slots=True)
class PackDifference:
    """What differs between two versions; a whole line that came or went has no field.

    Attributes:
        label: of the field, marked; ``before``, ``after``: None where it is empty.
    """

    place: str
    label: str
    before: Any
    after: Any


def items(pack: RulePack) -> tuple[PackItem, ...]:
    """Return every line of a pack, in the pack's order."""
    return tuple(_items(pack))


def by_need(pack: RulePack) -> tuple[PackItem, ...]:
    """Return every line: first what is not known, then what was not verified."""
    return tuple(sorted(items(pack), key=lambda one: (not one.is_open, one.is_known)))


def item_at(pack: RulePack, place: str) -> PackItem | None:
    """Return the line at a place, None where there is none."""
    return next((one for one in _items(pack) if one.place == place), None)


def with_thing(pack: RulePack, place: str, thing: Thing) -> RulePack:
    """Return the pack with another thing at a place."""
    changed: dict[str, Any] = {}
    if isinstance(thing, PackHead):
        changed = {name: getattr(thing, name) for name in _HEAD_NAMES}
        return replace(pack, **changed)
    if isinstance(thing, Marked):
        part, _, name = place.partition(".")
        one: Any = replace(getattr(pack, part), **{name: thing}) if name else thing
        changed = {part: one}
        return replace(pack, **changed)
    if isinstance(thing, GradeBand):
        old = place.partition(".")[2]
        bands = tuple(thing if one.grade == old else one for one in pack.grades)
        return replace(pack, grades=bands)
    for table in TABLES:
        rules: tuple[Rule, ...] = getattr(pack, table)
        changed[table] = tuple(thing if one.code == place else one for one in rules)
    return replace(pack, **changed)


def with_rule(pack: RulePack, table: str, rule: Rule) -> RulePack:
    """Return the pack with one more rule at the end of a table."""
    changed: dict[str, Any] = {table: (*getattr(pack, table), rule)}
    return replace(pack, **changed)


def without_rule(pack: RulePack, code: str) -> RulePack:
    """Return the pack without a rule."""
    changed: dict[str, Any] = {
        table: tuple(one for one in getattr(pack, table) if one.code != code)
        for table in TABLES
    }
    return replace(pack, **changed)


def fields_of(item: PackItem) -> tuple[ItemField, ...]:
    """Return the fields of a line, in the order in which they are asked for."""
    if isinstance(item.thing, PackHead):
        return _HEAD_FIELDS
    if isinstance(item.thing, GradeBand):
        return _GRADE_FIELDS
    if isinstance(item.thing, Rule):
        return _RULE_FIELDS
    return (_VALUES[item.place], *_READ_FIELDS)


def differences(before: RulePack, after: RulePack) -> tuple[PackDifference, ...]:
    """Return what differs between two versions, line by line."""
    old = {one.place: one for one in items(before)}
    new = {one.place: one for one in items(after)}
    found: list[PackDifference] = []
    for place in [*old, *(one for one in new if one not in old)]:
        if place not in new or place not in old:
            item = old.get(place) or new[place]
            name = getattr(item.thing, "name", place)
            sides = (name, None) if place in old else (None, name)
            found.append(PackDifference(place, N_("The whole line"), *sides))
            continue
        one, other = old[place].thing, new[place].thing
        for field in fields_of(new[place]):
            values = getattr(one, field.name, None), getattr(other, field.name, None)
            if values[0] != values[1]:
                found.append(PackDifference(place, field.label, *values))
    return tuple(found)


def place_of_fault(pack: RulePack, where: str) -> str:
    """Return the line that a fault of ``pack_issues`` is about, else the head's."""
    table, _, rest = where.partition(".")
    if table in TABLES and rest:
        return rest
    for table in TABLES:
        if where.startswith(f"{table}["):
            rules: tuple[Rule, ...] = getattr(pack, table)
            return rules[int(where[len(table) + 1 : -1])].code
    known = {one.place for one in _items(pack)}
    if where == "grades":
        return f"grades.{pack.grades[0].grade}" if pack.grades else HEAD
    return where if where in known else HEAD


_HEAD_NAMES = tuple(PackHead.__dataclass_fields__)


def _items(pack: RulePack) -> Iterator[PackItem]:
    head = PackHead(**{name: getattr(pack, name) for name in _HEAD_NAMES})
    yield PackItem(HEAD, HEAD, head)
    for place in SINGLE:
        part, _, name = place.partition(".")
        thing = getattr(getattr(pack, part), name) if name else getattr(pack, part)
        yield PackItem(place, part, thing)
    for band in pack.grades:
        yield PackItem(f"grades.{band.grade}", "grades", band)
    for table in TABLES:
        for rule in getattr(pack, table):
            yield PackItem(rule.code, table, rule)


_READ_FIELDS = (
    ItemField("mark", N_("How surely it was read"), FieldKind.MARK, required=True),
    ItemField("source", N_("Source"), FieldKind.PROSE),
    ItemField("note", N_("Remark"), FieldKind.PROSE),
)

_HEAD_FIELDS = (
    ItemField("title", N_("Title"), FieldKind.TEXT, required=True),
    ItemField("title_en", N_("Title in English"), FieldKind.TEXT),
    ItemField("doc_no", N_("Document number"), FieldKind.TEXT),
    ItemField("effective_from", N_("In force from"), FieldKind.DATE, required=True),
    ItemField("effective_to", N_("In force until"), FieldKind.DATE),
    ItemField(
        "decimals", N_("Decimals that points may have"), FieldKind.WHOLE, required=True
    ),
    ItemField("source", N_("Source"), FieldKind.PROSE),
    ItemField("note", N_("Remark"), FieldKind.PROSE),
)

_GRADE_FIELDS = (
    ItemField("min", N_("From this total"), FieldKind.POINTS),
    ItemField(
        "min_inclusive", N_("That total itself belongs to it"), FieldKind.YES_NO, True
    ),
    ItemField("max", N_("Up to this total"), FieldKind.POINTS),
    ItemField(
        "max_inclusive", N_("This total itself belongs to it"), FieldKind.YES_NO, True
    ),
    ItemField("mark", N_("How surely it was read"), FieldKind.MARK, required=True),
    ItemField("source", N_("Source"), FieldKind.PROSE),
)

_RULE_FIELDS = (
    ItemField("name", N_("Name"), FieldKind.TEXT, required=True),
    ItemField("name_en", N_("Name in English"), FieldKind.TEXT),
    ItemField("legal", N_("Legal basis"), FieldKind.TEXT),
    ItemField("points", N_("Points"), FieldKind.POINTS),
    ItemField("per_case", N_("Points for each case"), FieldKind.POINTS),
    ItemField("cap", N_("At most, all together"), FieldKind.POINTS),
    ItemField("mark", N_("How surely it was read"), FieldKind.MARK, required=True),
    ItemField("source", N_("Source"), FieldKind.PROSE),
    ItemField("force_grade", N_("Best grade while it counts"), FieldKind.GRADE),
    ItemField("replaces", N_("Holds, cured in time, instead of"), FieldKind.RULE),
    ItemField("cure_months", N_("Months to put it right"), FieldKind.MONTHS),
    ItemField("note", N_("Remark"), FieldKind.PROSE),
)


def _value(kind: FieldKind, *choices: Any) -> ItemField:
    return ItemField("value", N_("Reads"), kind, choices=choices)


_VALUES = {
    "base": _value(FieldKind.POINTS),
    "bonus_cap_agency": _value(FieldKind.POINTS),
    "bonus_cap_agent": _value(FieldKind.POINTS),
    "score_floor": _value(FieldKind.POINTS),
    "window.months": _value(FieldKind.MONTHS),
    "window.anchor": _value(FieldKind.CHOICE, *Anchor),
    "window.last_day_rule": _value(FieldKind.CHOICE, *LastDayRule),
    "window.roll_holiday": _value(FieldKind.CHOICE, True, False),
    "window.fixed_holidays": _value(FieldKind.DAYS),
    "window.holidays": _value(FieldKind.DATES),
    "options.same_fact": _value(FieldKind.CHOICE, *SameFact),
    "options.bonus_may_offset_deductions": _value(FieldKind.CHOICE, True, False),
    "options.repair_wait_months": _value(FieldKind.MONTHS),
    "options.repair_min_gap_months": _value(FieldKind.MONTHS),
}
"""The field of each single value."""
