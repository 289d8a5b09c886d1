"""What points, marks, subjects and lines of a rule pack are called in the window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from valuer.agency.credit import Line
from valuer.agency.credit_line import Step, plain_points
from valuer.agency.credit_pack_items import HEAD, TABLE_NAMES, PackHead, PackItem
from valuer.agency.credit_packs import MARKS, GradeBand, Marked, Rule, RulePack
from valuer.agency.credit_readings import place_words, value_words
from valuer.agency.credit_subjects import KnownSubject
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.words import Words

UNKNOWN = "—"
"""Stands where a figure is not known."""


def points(value: Decimal | None) -> str:
    """Return points as plain text."""
    return UNKNOWN if value is None else plain_points(value)


def score_words(total: Decimal | None, grade: str | None) -> str:
    """Return a total with its grade, as 90 A."""
    return UNKNOWN if total is None else f"{plain_points(total)} {grade or ''}".strip()


def next_words(steps: Sequence[Step], as_of: date) -> str:
    """Return the next change: its day, total and grade."""
    ahead = next((step for step in steps if step.date > as_of), None)
    if ahead is None:
        return ""
    return f"{ahead.date.isoformat()}  {score_words(ahead.total, ahead.grade)}"


def counted_words(line: Line) -> str:
    """Return what an event takes or gives."""
    if line.counted is None:
        return UNKNOWN
    if not line.counted:
        return "0"
    return f"{'+' if line.is_bonus else '−'}{plain_points(line.counted)}"


def subject_words(known: KnownSubject) -> str:
    """Return code and name of one that is scored."""
    return f"{known.subject.id}  {known.name}".strip()


def mark_words(mark: str, words: Words) -> str:
    """Return a mark with what it means."""
    return f"{mark}  {words.tell(MARKS[mark])}" if mark in MARKS else mark


def need_words(item: PackItem) -> Message:
    """Return what is to be done about a line."""
    if item.is_open:
        return message(N_("to be copied"))
    return message(N_("verified") if item.is_known else N_("to be checked"))


def item_name(pack: RulePack, item: PackItem, words: Words) -> str:
    """Return what a line is called."""
    if item.place == HEAD:
        return words.tell(N_("The rule pack itself"))
    return place_words(pack, item.place, words.language)


def table_name(item: PackItem, words: Words) -> str:
    """Return the table in which a line stands, "" outside the tables of rules."""
    return words.tell(TABLE_NAMES[item.table]) if item.table in TABLE_NAMES else ""


def item_value(item: PackItem, words: Words) -> str:
    """Return what a line says, short."""
    thing = item.thing
    if isinstance(thing, PackHead):
        return f"{thing.doc_no}  {thing.effective_from.isoformat()}"
    if isinstance(thing, GradeBand):
        return _band(thing, words)
    if isinstance(thing, Marked):
        return value(thing.value, words)
    return rule_points(thing, words)


def value(given: Any, words: Words) -> str:
    """Return a value of a pack in words."""
    if given is None:
        return UNKNOWN
    if isinstance(given, tuple):
        return "  ".join(value(one, words) for one in given) or UNKNOWN
    if isinstance(given, Decimal):
        return plain_points(given)
    if isinstance(given, date):
        return given.isoformat()
    return words.tell(value_words(given))


def _band(band: GradeBand, words: Words) -> str:
    low = "" if band.min is None else f"{points(band.min)} {_sign(band.min_inclusive)} "
    high = (
        "" if band.max is None else f" {_sign(band.max_inclusive)} {points(band.max)}"
    )
    return f"{low}{words.tell(N_('total'))}{high}"


def _sign(is_inclusive: bool) -> str:
    return "≤" if is_inclusive else "<"


def rule_points(rule: Rule, words: Words) -> str:
    """Return the points of a rule: of an event, of a case, at most."""
    told = []
    if rule.points is not None:
        told.append(plain_points(rule.points))
    if rule.per_case is not None:
        text = N_("{points} for each case")
        told.append(words.tell(text, points=plain_points(rule.per_case)))
    if not told:
        told.append(UNKNOWN)
    if rule.cap is not None:
        told.append(words.tell(N_("{points} at most"), points=plain_points(rule.cap)))
    return formats.listed(told, words)
