"""The credit ledger (信用计分台账) and the agency's own rule packs (规则包).

Nothing here is ever changed: an event that is mended or taken out is an entry more,
with who did it and when, and the last entry is what counts. A rule pack that the agency
fills in from the notice is a new version beside the old ones. Documents that an event
names by digest stay in the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, RowMapping, func, insert, select

from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_pack_files import (
    pack_in_force,
    pack_of,
)
from valuer.agency.credit_packs import (
    RulePack,
    SubjectKind,
)
from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.schema import credit_entries, rule_packs

_e = credit_entries.c
_p = rule_packs.c
_PUT, _REMOVED = "put", "removed"


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event of the ledger as one entry has it.

    Attributes:
        id: of the event, the same in all its entries.
        is_removed: whether this entry takes it out.
    """

    id: int
    at: datetime
    author: str
    subject: Subject
    event: Event
    is_removed: bool


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A version of a rule pack that the agency made, by whom and why."""

    at: datetime
    author: str
    note: str
    pack: RulePack


def put_event(
    connection: Connection,
    subject: Subject,
    event: Event,
    author: str,
    at: datetime,
    event_id: int | None = None,
) -> int:
    """Write an event, or what it has become, and return its id.

    Raises:
        UserError: the ledger has no event of that id.
    """
    if event_id is None:
        last = connection.scalar(select(func.max(_e.event_id))) or 0
        event_id = last + 1
    else:
        find_event(connection, event_id)
    _write(connection, event_id, _PUT, subject, event, author, at)
    return event_id


def remove_event(
    connection: Connection, event_id: int, author: str, at: datetime
) -> None:
    """Take an event out of the ledger; its entries stay.

    Raises:
        UserError: the ledger has no event of that id.
    """
    last = find_event(connection, event_id)
    _write(connection, event_id, _REMOVED, last.subject, last.event, author, at)


def find_event(connection: Connection, event_id: int) -> KeptEvent:
    """Return an event as it is now.

    Raises:
        UserError: the ledger has none of that id, or it was taken out.
    """
    history = event_history(connection, event_id)
    if not history or history[-1].is_removed:
        text = N_("The credit ledger has no event {number}.")
        raise UserError(text, number=event_id)
    return history[-1]


def event_history(connection: Connection, event_id: int) -> tuple[KeptEvent, ...]:
    """Return the entries of an event, the oldest first."""
    query = select(credit_entries).where(_e.event_id == event_id).order_by(_e.number)
    return tuple(map(_kept_event, connection.execute(query).mappings()))


def list_events(
    connection: Connection, subject: Subject | None = None
) -> tuple[KeptEvent, ...]:
    """Return the events as they are now, of one subject or of all, in order of id."""
    return _list(connection, subject, _PUT)


def list_removed(
    connection: Connection, subject: Subject | None = None
) -> tuple[KeptEvent, ...]:
    """Return the events that were taken out, as they were last."""
    return _list(connection, subject, _REMOVED)


def list_subjects(connection: Connection) -> tuple[Subject, ...]:
    """Return those of whom there are events, agencies first."""
    newest = select(func.max(_e.number)).group_by(_e.event_id)
    query = select(_e.subject_kind, _e.subject_id).distinct()
    rows = connection.execute(query.where(_e.number.in_(newest), _e.kind == _PUT))
    found = [Subject(SubjectKind(kind), name) for kind, name in rows]
    is_agent = SubjectKind.AGENT
    return tuple(sorted(found, key=lambda one: (one.kind is is_agent, one.id)))


def put_pack(
    connection: Connection, pack: RulePack, author: str, note: str, at: datetime
) -> RulePack:
    """Keep a rule pack as the next version of its id and return it so numbered.

    Raises:
        UserError: its parts do not go together; every fault is named.
    """
    newest = select(func.max(_p.version)).where(_p.pack == pack.id)
    version = max(pack.version, connection.scalar(newest) or 0) + 1
    plain = parse_json(canonical(pack), pack.id) | {"version": version}
    made = pack_of(canonical(plain), pack.id)
    connection.execute(
        insert(rule_packs).values(
            pack=pack.id,
            version=version,
            at=at,
            author=author,
            note=note,
            body=canonical(made).decode(),
        )
    )
    return made


def list_packs(connection: Connection) -> tuple[KeptPack, ...]:
    """Return the agency's own versions of rule packs, the oldest first."""
    rows = connection.execute(select(rule_packs).order_by(_p.number)).mappings()
    return tuple(
        KeptPack(
            row["at"],
            row["author"],
            row["note"],
            pack_of(row["body"].encode(), row["pack"]),
        )
        for row in rows
    )


def pack_in_use(connection: Connection, day: date) -> RulePack:
    """Return the rules to reckon with on a day: the agency's newest, else the shipped.

    Raises:
        UserError: none is in force then.
    """
    own = (one.pack for one in reversed(list_packs(connection)))
    return next((one for one in own if one.is_in_force(day)), None) or pack_in_force(
        day
    )


def _list(
    connection: Connection, subject: Subject | None, kind: str
) -> tuple[KeptEvent, ...]:
    """Return the last entries of one kind."""
    newest = select(func.max(_e.number)).group_by(_e.event_id)
    query = select(credit_entries).where(_e.number.in_(newest), _e.kind == kind)
    if subject is not None:
        query = query.where(
            _e.subject_kind == subject.kind.value, _e.subject_id == subject.id
        )
    rows = connection.execute(query.order_by(_e.event_id)).mappings()
    return tuple(map(_kept_event, rows))


def _write(
    connection: Connection,
    event_id: int,
    kind: str,
    subject: Subject,
    event: Event,
    author: str,
    at: datetime,
) -> None:
    connection.execute(
        insert(credit_entries).values(
            event_id=event_id,
            at=at,
            author=author,
            kind=kind,
            subject_kind=subject.kind.value,
            subject_id=subject.id,
            body=canonical(event).decode(),
        )
    )


def _kept_event(row: RowMapping) -> KeptEvent:
    return KeptEvent(
        row["event_id"],
        row["at"],
        row["author"],
        Subject(SubjectKind(row["subject_kind"]), row["subject_id"]),
        _event(row["body"]),
        row["kind"] == _REMOVED,
    )


@lru_cache(maxsize=5000)
def _event(body: str) -> Event:
    """Return the event in an entry; entries never change, so each is read once."""
    where = "credit_entries"
    return from_plain(parse_json(body.encode(), where), Event, where)
