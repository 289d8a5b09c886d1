"""The credit ledger of the library, as the window asks for it.

Plain calls, each one look or one change; what cannot be done is a ``UserError``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from valuer.agency.credit import Score, score
from valuer.agency.credit_events import Event, Subject, checked
from valuer.agency.credit_line import (
    Deadline,
    OtherReading,
    Step,
    deadlines,
    other_readings,
    timeline,
)
from valuer.agency.credit_pack_files import (
    shipped_packs,
)
from valuer.agency.credit_packs import (
    RulePack,
    SubjectKind,
)
from valuer.agency.credit_subjects import (
    ChosenReading,
    CreditReadings,
    KnownSubject,
    every_subject,
    with_subject,
    without_subject,
)
from valuer.core.canonical import to_plain
from valuer.core.problems import Issue, Severity, UserError, refuse_errors
from valuer.core.texts import N_
from valuer.store.credit import (
    KeptEvent,
    event_history,
    list_events,
    list_packs,
    list_removed,
    list_subjects,
    pack_in_use,
    put_event,
    put_pack,
    remove_event,
)
from valuer.store.credit_settings import (
    CREDIT_READINGS,
    CREDIT_SUBJECTS,
)
from valuer.store.settings import (
    put_setting,
    setting,
)

if TYPE_CHECKING:
    from valuer.gui.desk import Desk


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A version of a rule pack; one that ships with the program has no author."""

    pack: RulePack
    author: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a score is reckoned from: the rules, their readings and the ledger."""

    subject: Subject
    as_of: date
    pack: RulePack
    readings: CreditReadings
    kept: tuple[KeptEvent, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """The events as they are now."""
        return tuple(one.event for one in self.kept)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What comes of it; without a score where the ledger contradicts itself.

    Attributes:
        issues: what is wrong with the events, each with its place among them.
        others: what other readings give; None while they were not reckoned.
        chosen: the readings that are not the pack's own, by place.
    """

    basis: Basis
    score: Score | None
    steps: tuple[Step, ...] = ()
    others: tuple[OtherReading, ...] | None = None
    deadlines: tuple[Deadline, ...] = ()
    issues: tuple[Issue, ...] = ()
    chosen: Mapping[str, Any] = field(default_factory=dict)


def reckon(basis: Basis, supposed: Sequence[Event] | None = None) -> Reckoned:
    """Return what comes of a basis, or of it with other events.

    Raises:
        UserError: a reading that was chosen is none.
    """
    given = basis.events if supposed is None else tuple(supposed)
    chosen = basis.readings.in_use(basis.pack)
    issues = checked(basis.pack, basis.subject, given)
    if any(one.severity is Severity.ERROR for one in issues):
        return Reckoned(basis, None, issues=issues, chosen=chosen)
    asked = (basis.pack, basis.subject, given, basis.as_of, chosen)
    try:
        return Reckoned(
            basis,
            score(*asked),
            timeline(*asked),
            None,
            deadlines(*asked),
            issues,
            chosen,
        )
    except UserError as error:  # a reading asks for a day that an event does not have
        told = Issue(Severity.ERROR, error.wording)
        return Reckoned(basis, None, issues=(*issues, told), chosen=chosen)


def with_others(found: Reckoned) -> Reckoned:
    """Return it with what other readings give, which takes several times as long."""
    if found.score is None:
        return found
    basis = found.basis
    asked = (basis.pack, basis.subject, basis.events, basis.as_of, found.chosen)
    return replace(found, others=other_readings(*asked))


class CreditDesk:
    """Reads and keeps the ledger, the rule packs and the readings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Whom

    def subjects(self) -> tuple[KnownSubject, ...]:
        """Return those entered and those in the ledger, agencies first."""
        with self._desk.library.read() as connection:
            entered = setting(connection, CREDIT_SUBJECTS)
            return every_subject(entered, list_subjects(connection))

    def agency(self) -> Subject | None:
        """Return the agency of this library, None where none was entered."""
        first = next(iter(self.subjects()), None)
        is_agency = first is not None and first.subject.kind is SubjectKind.AGENCY
        return first.subject if first is not None and is_agency else None

    def put_subject(self, one: KnownSubject) -> None:
        """Enter one that is scored, or what is said of it.

        Raises:
            UserError: it has no code or number.
        """
        if not one.subject.id.strip():
            raise UserError(N_("Enter the code of the agency or the agent's number."))
        with self._desk.library.change() as connection:
            entered = setting(connection, CREDIT_SUBJECTS)
            put_setting(connection, CREDIT_SUBJECTS, with_subject(entered, one))

    def remove_subject(self, subject: Subject) -> None:
        """Take one off the list of whom there is no event.

        Raises:
            UserError: there are events.
        """
        with self._desk.library.change() as connection:
            if list_events(connection, subject):
                text = N_("{subject} stays: the ledger has events of it.")
                raise UserError(text, subject=subject.id)
            entered = setting(connection, CREDIT_SUBJECTS)
            put_setting(connection, CREDIT_SUBJECTS, without_subject(entered, subject))

    # The ledger

    def events(self, subject: Subject | None = None) -> tuple[KeptEvent, ...]:
        """Return the events of one, or of all, as they are now."""
        with self._desk.library.read() as connection:
            return list_events(connection, subject)

    def removed(self, subject: Subject) -> tuple[KeptEvent, ...]:
        """Return the events of one that were taken out."""
        with self._desk.library.read() as connection:
            return list_removed(connection, subject)

    def history(self, event_id: int) -> tuple[KeptEvent, ...]:
        """Return what an event was and became, the oldest first."""
        with self._desk.library.read() as connection:
            return event_history(connection, event_id)

    def put_event(
        self,
        subject: Subject,
        event: Event,
        event_id: int | None = None,
        as_of: date | None = None,
    ) -> int:
        """Enter an event, or what it has become, and return its number.

        It is checked by the rules in force on a day, without one of today.

        Raises:
            UserError: it contradicts itself or the rules; every fault is named.
        """
        with self._desk.library.change() as connection:
            pack = pack_in_use(connection, as_of or self.today())
            refuse_errors(checked(pack, subject, [event]))
            moment = self._desk.clock()
            return put_event(
                connection, subject, event, self._desk.author, moment, event_id
            )

    def remove_event(self, event_id: int) -> None:
        """Take an event out; its entries stay in its history."""
        with self._desk.library.change() as connection:
            remove_event(connection, event_id, self._desk.author, self._desk.clock())

    # The rules

    def pack(self, as_of: date) -> RulePack:
        """Return the rules in force on a day, the agency's own before the shipped."""
        with self._desk.library.read() as connection:
            return pack_in_use(connection, as_of)

    def versions(self) -> tuple[PackVersion, ...]:
        """Return every version there is, the newest first."""
        with self._desk.library.read() as connection:
            own = list_packs(connection)
        made = [PackVersion(one.pack, one.author, one.at, one.note) for one in own]
        shipped = [PackVersion(pack) for pack in shipped_packs()]
        return tuple(reversed([*shipped, *made]))

    def put_pack(self, pack: RulePack, note: str) -> RulePack:
        """Keep a rule pack as the next version; ``note`` says why.

        Raises:
            UserError: its parts do not go together, or it is not said why.
        """
        if not note.strip():
            raise UserError(N_("Say what was changed and why, then save."))
        with self._desk.library.change() as connection:
            moment = self._desk.clock()
            return put_pack(connection, pack, self._desk.author, note.strip(), moment)

    def readings(self) -> CreditReadings:
        """Return how the agency reads what the rules leave open."""
        with self._desk.library.read() as connection:
            return setting(connection, CREDIT_READINGS)

    def choose_reading(self, place: str, value: Any) -> None:
        """Read an option in another way from now on; None: as the pack has it."""
        with self._desk.library.change() as connection:
            before = setting(connection, CREDIT_READINGS)
            made = ChosenReading(
                place, to_plain(value), self._desk.author, self._desk.clock()
            )
            after = replace(before, chosen=(*before.chosen, made))
            put_setting(connection, CREDIT_READINGS, after)

    # The score

    def basis(self, subject: Subject, as_of: date) -> Basis:
        """Return what the score of a day is reckoned from."""
        with self._desk.library.read() as connection:
            return Basis(
                subject,
                as_of,
                pack_in_use(connection, as_of),
                setting(connection, CREDIT_READINGS),
                list_events(connection, subject),
            )

    def score(self, subject: Subject, as_of: date) -> Score:
        """Return the score of a day.

        Raises:
            UserError: the ledger contradicts itself or the rules.
        """
        basis = self.basis(subject, as_of)
        chosen = basis.readings.in_use(basis.pack)
        return score(basis.pack, subject, basis.events, as_of, chosen)

    def timeline(self, subject: Subject, as_of: date) -> tuple[Step, ...]:
        """Return how it goes on over the coming months.

        Raises:
            UserError: as ``score``.
        """
        basis = self.basis(subject, as_of)
        chosen = basis.readings.in_use(basis.pack)
        return timeline(basis.pack, subject, basis.events, as_of, chosen)

    def today(self) -> date:
        """Return the day on the clock of this machine."""
        return self._desk.clock().astimezone().date()
