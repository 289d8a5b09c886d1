"""A running total of the credit score: kept up from day to day, not made anew.

``credit.score_of`` looks at every event for one day, and says all about it. A line has
hundreds of days, and from one to the next few events change: the tally takes those in
and out, by the same rules, and tells total and grade.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal

from valuer.agency.credit import NOTHING, Side, concluded
from valuer.agency.credit_entries import Entry
from valuer.agency.credit_events import Subject
from valuer.agency.credit_packs import Rule, SameFact
from valuer.agency.credit_readings import Readings

_Given = tuple[Rule, Decimal | None]
"""What an event gives on a day: the rule by which it counts, and its points."""


class Tally:
    """The events that count, from a day on which all of them were looked at."""

    def __init__(
        self,
        subject: Subject,
        entries: Iterable[Entry],
        day: date,
        asked: Readings,
    ) -> None:
        is_highest = asked.value("options.same_fact") is SameFact.HIGHEST
        self._subject, self._asked = subject, asked
        self._minus, self._plus = _Sums(is_highest), _Sums(is_highest)
        for place, entry in enumerate(entries):
            self.follow(place, entry, day)

    def follow(self, place: int, entry: Entry, day: date) -> None:
        """Let an event, known by its place, be what it is on a day."""
        given = None
        if entry.standing(day).is_counting:
            given = entry.rule_on(day), entry.points_on(day)
        sums = self._plus if entry.is_bonus else self._minus
        sums.put(place, entry.event.fact_id, given)

    def total_and_grade(self) -> tuple[Decimal | None, str | None]:
        """Return total and grade of what counts now."""
        minus, plus = self._minus.side(), self._plus.side()
        _, total, grade = concluded(self._subject, minus, plus, self._asked)
        return total, grade


class _Sums:
    """One side: what counts of each fact, added up by rule."""

    def __init__(self, is_highest: bool) -> None:
        self._is_highest = is_highest
        self._facts: dict[Hashable, dict[int, _Given]] = {}
        self._kept: dict[Hashable, int] = {}
        self._sums: dict[str, Decimal] = {}
        self._rules: dict[str, Rule] = {}
        self._unknown = 0
        self._forced: Counter[str] = Counter()

    def put(self, place: int, fact: str, given: _Given | None) -> None:
        """Let an event give this from now on; None: it does not count."""
        key: Hashable = fact if self._is_highest else place
        among = self._facts.setdefault(key, {})
        former = among.get(place)
        if former == given:
            return
        self._add(among, self._kept.pop(key, None), -1)
        if former is not None:
            del among[place]
            self._note(former, -1)
        if given is not None:
            among[place] = given
            self._note(given, 1)
        if among:
            # Of equal ones the first counts, as where a score is made anew.
            self._kept[key] = max(among, key=lambda one: (_points(among[one]), -one))
            self._add(among, self._kept[key], 1)

    def side(self) -> Side:
        """Return what all of it gives together."""
        found = NOTHING
        for code, points in self._sums.items():
            cap = self._rules[code].cap
            found += points if cap is None else min(points, cap)
        forced = frozenset(grade for grade, count in self._forced.items() if count)
        return Side(None if self._unknown else found, bool(self._kept), forced)

    def _add(self, among: dict[int, _Given], place: int | None, sign: int) -> None:
        if place is not None:
            rule, _ = among[place]
            self._rules[rule.code] = rule
            before = self._sums.get(rule.code, NOTHING)
            self._sums[rule.code] = before + sign * _points(among[place])

    def _note(self, given: _Given, sign: int) -> None:
        rule, points = given
        self._unknown += sign * (points is None)
        if rule.force_grade is not None:
            self._forced[rule.force_grade] += sign


def _points(given: _Given) -> Decimal:
    return given[1] or NOTHING
