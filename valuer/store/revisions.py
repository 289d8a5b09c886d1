"""The revisions of a case: append-only, each chained to the one before.

A revision holds the case as canonical JSON and its digest, the SHA-256 of those
bytes. Its chain hash covers the chain hash before it and everything the revision
says, so none but the newest can be changed, taken out or put in without breaking
the chain behind it. Reading checks the digest; ``verify_chain`` checks it all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    LargeBinary,
    Select,
    Text,
    cast,
    func,
    insert,
    select,
    type_coerce,
)

from valuer.core.canonical import canonical, digest, from_plain, parse_json
from valuer.core.case import Case
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, message
from valuer.store.case_formats import upgraded
from valuer.store.cases import case_key, case_name, make_case
from valuer.store.schema import revisions
from valuer.store.types import moment_text

FIRST = "0" * 64
"""What stands before the first link of a chain."""

_r = revisions.c


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision without its case.

    Attributes:
        case_id: the case's name, as in ``C7``.
        number: from 1, without gaps.
        at: when it was saved, in UTC.
        author: who saved it.
        action: marked text of what was done.
        digest: SHA-256 of the case's canonical JSON, in hex.
        chain: hash over the chain before and this revision.
    """

    case_id: str
    number: int
    at: datetime
    author: str
    action: str
    digest: str
    chain: str


def new_case(
    connection: Connection, case: Case, author: str, action: str, at: datetime
) -> Revision:
    """Store a case for the first time and return its first revision."""
    return _append(connection, make_case(connection, at), case, author, action, at)


def save_revision(
    connection: Connection,
    case: Case,
    based_on: Revision,
    author: str,
    action: str,
    at: datetime,
) -> Revision:
    """Store the next value of a case; an equal value makes no new revision.

    Raises:
        UserError: the case has moved on since ``based_on``.
    """
    latest = _latest(connection, based_on.case_id)
    if latest.chain != based_on.chain:
        raise UserError(
            N_(
                "Case {case} was changed elsewhere: it is at revision {latest}, this"
                " change was made on revision {based_on}. Open it again."
            ),
            case=based_on.case_id,
            latest=latest.number,
            based_on=based_on.number,
        )
    if digest(canonical(case)) == latest.digest:
        return latest
    return _append(connection, case_key(based_on.case_id), case, author, action, at)


def load_case(
    connection: Connection, case_id: str, number: int | None = None
) -> tuple[Case, Revision]:
    """Return a case as of a revision, the latest unless named.

    Raises:
        UserError: there is no such case or revision, or what is stored is not what
            was saved.
    """
    body, revision = stored_bytes(connection, case_id, number)
    return from_plain(upgraded(parse_json(body, case_id)), Case), revision


def stored_bytes(
    connection: Connection, case_id: str, number: int | None = None
) -> tuple[bytes, Revision]:
    """Return a revision's canonical JSON as it was stored: its SHA-256 is the digest.

    Raises:
        UserError: there is no such case or revision, or what is stored is not what
            was saved.
    """
    query = _of_case(select(*_COLUMNS, _BODY), case_id)
    if number is None:
        query = query.order_by(_r.number.desc()).limit(1)
    else:
        query = query.where(_r.number == number)
    row = connection.execute(query).first()
    if row is None:
        raise _missing(connection, case_id, number)
    *record, body = row
    revision = _revision(record)
    if digest(body) != revision.digest:
        raise UserError(_DAMAGED, case=revision.case_id, number=revision.number)
    return body, revision


def trail(connection: Connection, case_id: str) -> Iterator[Revision]:
    """Yield the audit trail (留痕) of a case, oldest first.

    Raises:
        UserError: there is no such case.
    """
    _latest(connection, case_id)
    query = _of_case(select(*_COLUMNS), case_id).order_by(_r.number)
    for row in connection.execute(query).all():
        yield _revision(row)


def verify_chain(connection: Connection, case_id: str) -> tuple[Issue, ...]:
    """Return what is wrong with the record of a case; nothing where all is sound.

    Raises:
        UserError: there is no such case.
    """
    query = _of_case(select(*_COLUMNS, _r.previous, _BODY), case_id)
    rows = connection.execute(query.order_by(_r.number)).all()
    if not rows:
        raise _missing(connection, case_id, None)
    found: list[Issue] = []
    before, expected = FIRST, 1
    for *record, previous, body in rows:
        case, number = case_name(record[0]), record[1]
        found += [
            Issue(
                Severity.ERROR,
                message(text, number=number, case=case),
                f"{case}/{number}",
            )
            for text in _faults(record, previous, body, before, expected)
        ]
        before, expected = record[-1], number + 1
    return tuple(found)


_COLUMNS = (
    _r.case_id,
    _r.number,
    type_coerce(_r.at, Text),
    _r.author,
    _r.action,
    _r.digest,
    _r.chain,
)
_BODY = cast(_r.body, LargeBinary)
"""As bytes, and times as text: what is damaged must not stop us from saying so."""

_DAMAGED = N_(
    "Revision {number} of case {case} is damaged: it is not what was saved. Restore the"
    " library from a backup."
)
_GAP = N_("Before revision {number} of case {case} a revision is missing.")
_REPLACED = N_(
    "Revision {number} of case {case} does not follow the one before it: one of them"
    " was replaced."
)
_RECORD = N_(
    "The record of revision {number} of case {case} (author, time, action) is not as it"
    " was saved."
)


def _faults(
    record: Sequence[Any], previous: str, body: bytes, before: str, expected: int
) -> Iterator[str]:
    key, number, at, author, action, stated, chain = record
    if digest(body) != stated:
        yield _DAMAGED
    if number != expected:
        yield _GAP
    elif previous != before:
        yield _REPLACED
    if chain != _chain(previous, case_name(key), number, at, author, action, stated):
        yield _RECORD


def _append(
    connection: Connection,
    key: int | None,
    case: Case,
    author: str,
    action: str,
    at: datetime,
) -> Revision:
    body = canonical(case)
    last = connection.execute(
        select(_r.number, _r.chain)
        .where(_r.case_id == key)
        .order_by(_r.number.desc())
        .limit(1)
    ).first()
    number, before = (last.number + 1, last.chain) if last else (1, FIRST)
    name, stated = case_name(key or 0), digest(body)
    chain = _chain(before, name, number, moment_text(at), author, action, stated)
    connection.execute(
        insert(revisions).values(
            case_id=key,
            number=number,
            at=at,
            author=author,
            action=action,
            body=body.decode(),
            digest=stated,
            previous=before,
            chain=chain,
        )
    )
    return Revision(name, number, at, author, action, stated, chain)


def _chain(*parts: str | int) -> str:
    """Hash what stood before and what a revision says, each part with its length."""
    told = (str(part).encode() for part in parts)
    return digest(b"".join(b"%d:%s" % (len(part), part) for part in told))


def _latest(connection: Connection, case_id: str) -> Revision:
    query = _of_case(select(*_COLUMNS), case_id).order_by(_r.number.desc()).limit(1)
    row = connection.execute(query).first()
    if row is None:
        raise _missing(connection, case_id, None)
    return _revision(row)


def _of_case(query: Select[Any], case_id: str) -> Select[Any]:
    return query.where(_r.case_id == case_key(case_id))


def _revision(record: Sequence[Any]) -> Revision:
    key, number, at, *rest = record
    try:
        return Revision(case_name(key), number, datetime.fromisoformat(at), *rest)
    except ValueError as error:
        raise UserError(_DAMAGED, case=case_name(key), number=number) from error


def _missing(connection: Connection, case_id: str, number: int | None) -> UserError:
    last = connection.scalar(_of_case(select(func.max(_r.number)), case_id))
    if last is None:
        return UserError(N_("The library has no case {case}."), case=case_id)
    text = N_("Case {case} has no revision {number}; its last is {last}.")
    return UserError(text, case=case_id, number=number, last=last)
