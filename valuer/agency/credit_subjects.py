"""Whom a library scores (评价对象), and how the agency reads the open rules (规则读法).

Both are settings of the library. A reading is never changed: the next choice stands
after it with who made it and when, and the last one of each option holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from valuer.agency.credit_events import Subject
from valuer.agency.credit_packs import RulePack, SubjectKind
from valuer.agency.credit_readings import readings_of

NATION = "CN"
"""The region of one whose province was not said."""


@dataclass(frozen=True, slots=True)
class KnownSubject:
    """One that is scored: an agency by its code, an agent by the licence number.

    Attributes:
        region: whose authority scores, as in ISO 3166-2.
    """

    subject: Subject
    name: str = ""
    region: str = NATION


@dataclass(frozen=True, slots=True)
class CreditSubjects:
    """Those that were entered, in the order in which they were."""

    known: tuple[KnownSubject, ...] = ()


@dataclass(frozen=True, slots=True)
class ChosenReading:
    """A choice for one option; ``value`` None: as the pack has it again."""

    place: str
    value: Any
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CreditReadings:
    """Every choice ever made, the oldest first."""

    chosen: tuple[ChosenReading, ...] = ()

    def last(self, place: str) -> ChosenReading | None:
        """Return the choice that holds for an option, None without one."""
        return next((one for one in reversed(self.chosen) if one.place == place), None)

    def given(self) -> tuple[tuple[str, Any], ...]:
        """Return the readings that hold where they are not the pack's own."""
        last = {one.place: one.value for one in self.chosen}
        return tuple(
            (place, value) for place, value in last.items() if value is not None
        )

    def in_use(self, pack: RulePack) -> dict[str, Any]:
        """Return the readings to reckon with under a pack.

        Raises:
            UserError: one of them is none of the readings that an option has.
        """
        return readings_of(pack, self.given())


def every_subject(
    entered: CreditSubjects, ledger: Iterable[Subject]
) -> tuple[KnownSubject, ...]:
    """Return those entered and those of the ledger, agencies first."""
    found = {one.subject: one for one in entered.known}
    for subject in ledger:
        found.setdefault(subject, KnownSubject(subject))
    return tuple(
        sorted(found.values(), key=lambda one: one.subject.kind is SubjectKind.AGENT)
    )


def with_subject(entered: CreditSubjects, one: KnownSubject) -> CreditSubjects:
    """Return them with one more, or with what is said of one known already."""
    kept: Sequence[KnownSubject] = entered.known
    if any(other.subject == one.subject for other in kept):
        return CreditSubjects(
            tuple(one if other.subject == one.subject else other for other in kept)
        )
    return CreditSubjects((*kept, one))


def without_subject(entered: CreditSubjects, subject: Subject) -> CreditSubjects:
    """Return them without one."""
    return CreditSubjects(tuple(one for one in entered.known if one.subject != subject))
