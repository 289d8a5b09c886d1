"""Readings of the rules (规则读法): which value of a pack holds, and what became of it.

Where the text is open the pack has a value and alternatives; a reading chooses another.
``Readings`` answers what the score asks and notes the places of what it used that was
not verified: those are told with the number. Periods run as the Civil Code has them.

Source: 民法典 第二百零一条、第二百零二条、第二百零三条.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from valuer.agency.credit_events import LAST_DAY, Event
from valuer.agency.credit_pack_checks import MOST_MONTHS, decimals_of
from valuer.agency.credit_packs import (
    Anchor,
    LastDayRule,
    Marked,
    RulePack,
    SameFact,
    SubjectKind,
)
from valuer.core.canonical import from_plain
from valuer.core.periods import same_day
from valuer.core.problems import UserError
from valuer.core.texts import N_, Message, message, tr

KINDS: Mapping[str, type] = {
    "window.months": int,
    "window.anchor": Anchor,
    "window.last_day_rule": LastDayRule,
    "window.roll_holiday": bool,
    "options.bonus_may_offset_deductions": bool,
    "options.same_fact": SameFact,
    "options.repair_wait_months": int,
    "options.repair_min_gap_months": int,
    "score_floor": Decimal,
    "bonus_cap_agency": Decimal,
    "bonus_cap_agent": Decimal,
}
"""What may be read otherwise than the pack has it, with the type of its value."""

OPTION_NAMES: Mapping[str, str] = {
    "window.months": N_("Months until points are cleared"),
    "window.anchor": N_("Counted from"),
    "window.last_day_rule": N_("When a period has passed"),
    "window.roll_holiday": N_("A last day on a holiday moves on"),
    "options.bonus_may_offset_deductions": N_("Bonuses offset deductions"),
    "options.same_fact": N_("Several entries about one fact"),
    "options.repair_wait_months": N_("Months from the record to a repair"),
    "options.repair_min_gap_months": N_("Months between two repairs"),
    "score_floor": N_("Lowest total"),
    "bonus_cap_agency": N_("Most that bonuses give an agency"),
    "bonus_cap_agent": N_("Most that bonuses give an agent"),
    "base": N_("Base score"),
    "window.fixed_holidays": N_("Holidays"),
    "effective_from": N_("The day lies outside the time of these rules"),
}
"""What an option, or another value of a pack, is called."""

VALUE_NAMES: Mapping[Any, str] = {
    Anchor.RECORDED: N_("the day of the record"),
    Anchor.DECISION: N_("the day of the decision"),
    Anchor.FACT: N_("the day of the fact"),
    Anchor.PUBLISHED: N_("the day of publication"),
    LastDayRule.CIVIL_CODE: N_("the day after the corresponding day"),
    LastDayRule.ANNIVERSARY: N_("on the corresponding day"),
    SameFact.HIGHEST: N_("the highest counts"),
    SameFact.SUM: N_("all count"),
}
"""What a reading is called."""

_WORDS = (Anchor, LastDayRule, SameFact)
"""The types whose values are words."""

_DEFAULTS: Mapping[str, Any] = {
    "window.anchor": Anchor.RECORDED,
    "window.last_day_rule": LastDayRule.CIVIL_CODE,
    "window.roll_holiday": False,
    "options.bonus_may_offset_deductions": True,
    "options.same_fact": SameFact.HIGHEST,
}
"""What is reckoned with where a pack chooses nothing; it is told as not known."""


@dataclass(slots=True)
class Readings:
    """The values in use, and the places of those that are not verified.

    Attributes:
        chosen: values that differ from the pack's, by place.
        unknown: places of unverified values that were asked for.
    """

    pack: RulePack
    chosen: Mapping[str, Any]
    unknown: set[str] = field(default_factory=set)
    _held: dict[str, Any] = field(default_factory=dict)

    def ask(self, place: str) -> Any:
        """Return the value that holds, noting it where it is not verified."""
        value = self.value(place)
        marked = marked_at(self.pack, place)
        if not marked.is_known or value != marked.value:
            self.unknown.add(place)
        return value

    def value(self, place: str) -> Any:
        """Return the value that holds, None where none is known."""
        if place not in self._held:
            value = marked_at(self.pack, place).value
            usual = _DEFAULTS.get(place) if value is None else value
            self._held[place] = self.chosen.get(place, usual)
        return self._held[place]

    def note(self, place: str, *, is_known: bool) -> None:
        """Note another rule in use, unless it is known."""
        if not is_known:
            self.unknown.add(place)

    def last_day(self, first: date, months: int | None) -> date:
        """Return the last day of so many months; the first day is not counted."""
        if months is None:
            return LAST_DAY
        last = same_day(first, months)
        if self.value("window.roll_holiday"):
            while is_holiday(self.pack, last):
                last += timedelta(days=1)
        return last

    def passed(self, first: date, months: int | None) -> date:
        """Return the first day on which so many months have passed."""
        last = self.last_day(first, months)
        if self.value("window.last_day_rule") is LastDayRule.ANNIVERSARY:
            return last
        return last + timedelta(days=1)

    def anchor(self, event: Event) -> date:
        """Return the day from which an event's window is counted.

        Raises:
            UserError: the event does not have that day.
        """
        days = {
            Anchor.RECORDED: event.recorded_date,
            Anchor.DECISION: event.decision_date,
            Anchor.FACT: event.fact_date,
            Anchor.PUBLISHED: event.published_on,
        }
        day = days[self.value("window.anchor")]
        if day is None:
            raise UserError(
                N_(
                    "{code} of fact {fact} has no day of publication (published_on), "
                    "from which its window would be counted."
                ),
                code=event.rule_code,
                fact=event.fact_id,
            )
        return day

    def cleared_on(self, event: Event) -> date:
        """Return the first day on which an event's points no longer count."""
        return self.passed(self.anchor(event), self.value("window.months"))


def readings_of(
    pack: RulePack, given: Iterable[tuple[str, Any]], where: str = "readings"
) -> dict[str, Any]:
    """Return readings by their place in the pack; the short name will do too.

    Raises:
        UserError: there is no such option, or no such reading of it.
    """
    chosen: dict[str, Any] = {}
    for name, value in given:
        place = _place(name)
        if place is None:
            raise UserError(
                N_("{where}: there is no option “{name}”; there are {known}."),
                where=where,
                name=name[:40],
                known=tuple(KINDS),
            )
        if place in chosen:
            text = N_("{where}: the option {name} is read twice; leave one reading.")
            raise UserError(text, where=where, name=place)
        chosen[place] = _reading(pack, place, value, f"{where}.{name}")
    return chosen


def marked_at(pack: RulePack, place: str) -> Marked[Any]:
    """Return the marked value at a place such as ``window.months``."""
    part: Any = pack
    for name in place.split("."):
        part = getattr(part, name)
    if not isinstance(part, Marked):
        raise KeyError(place)
    return part


def alternatives(pack: RulePack, place: str) -> tuple[Any, ...]:
    """Return every reading of an option, the pack's own among them."""
    kind = KINDS[place]
    if kind is bool:
        return (True, False)
    if kind in _WORDS:
        return tuple(kind)
    marked = marked_at(pack, place)
    return (marked.value, *marked.alternatives)


def value_words(value: Any) -> Message | str:
    """Return a reading in words."""
    if isinstance(value, bool):
        return message(N_("yes") if value else N_("no"))
    return message(VALUE_NAMES[value]) if value in VALUE_NAMES else str(value)


def place_words(pack: RulePack, place: str, language: str) -> str:
    """Return what a place in a pack, or the code of a rule, is called."""
    for kind in SubjectKind:
        if place in pack.rules(kind):
            return pack.rules(kind)[place].named(language)
    if place.startswith("grades."):
        return tr(N_("Grade {grade}"), language, grade=place.partition(".")[2])
    name = OPTION_NAMES.get(place)
    return place if name is None else tr(name, language)


def is_holiday(pack: RulePack, day: date) -> bool:
    """Whether a day is a weekend or a holiday that the pack knows."""
    window = pack.window
    return (
        day.weekday() >= 5
        or day.strftime("%m-%d") in (window.fixed_holidays.value or ())
        or day in (window.holidays.value or ())
    )


def _place(name: str) -> str | None:
    """Return the place that a name means: all of it, or what follows its point."""
    for place in KINDS:
        if name in (place, place.partition(".")[2], place.replace(".", "_")):
            return place
    return None


def _reading(pack: RulePack, place: str, value: Any, where: str) -> Any:
    known = alternatives(pack, place)
    if KINDS[place] in _WORDS and isinstance(value, str) and value not in known:
        text = N_("{where}: there is no reading “{given}”; there are {known}.")
        raise UserError(text, where=where, given=value[:40], known=known)
    read: Any = from_plain(value, KINDS[place], where)
    if isinstance(read, Decimal) and (read < 0 or decimals_of(read) > pack.decimals):
        text = N_("{where}: points are not negative and have {most} decimals at most.")
        raise UserError(text, where=where, most=pack.decimals)
    is_months = place.endswith("months") and not isinstance(read, bool)
    least = 1 if place == "window.months" else 0
    if is_months and not least <= read <= MOST_MONTHS:
        text = N_("{where}: a period has from {least} to {most} months.")
        raise UserError(text, where=where, least=least, most=MOST_MONTHS)
    return read
