"""The revisions of a case: append-only, each chained to the one before.

A revision holds the case as canonical JSON and its digest, the SHA-256 of those
bytes. Its chain hash covers the chain hash before it and everything the revision
says, so no revision can be changed, taken out or put in unnoticed. Reading checks
the digest; ``verify_chain`` checks it all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

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
    query = _of_case(select(*_COLUMNS, _r.body), case_id)
    if number is None:
        query = query.order_by(_r.number.desc()).limit(1)
    else:
        query = query.where(_r.number == number)
    row = connection.execute(query).first()
    if row is None:
        raise _missing(connection, case_id, number)
    revision, body = _revision(row), row.body.encode()
    if digest(body) != revision.digest:
        raise UserError(
            N_(
                "Revision {number} of case {case} is damaged: it is not what was saved."
                " Restore the library from a backup."
            ),
            case=revision.case_id,
            number=revision.number,
        )
    plain = upgraded(parse_json(body, case_id))
    return from_plain(plain, Case), revision


def trail(connection: Connection, case_id: str) -> Iterator[Revision]:
    """Yield the revisions of a case, oldest first."""
    query = _of_case(select(*_COLUMNS), case_id).order_by(_r.number)
    for row in connection.execute(query):
        yield _revision(row)


def verify_chain(connection: Connection, case_id: str) -> tuple[Issue, ...]:
    """Return what is wrong with the record of a case; nothing where all is sound."""
    query = _of_case(select(*_COLUMNS, _r.previous, _r.body), case_id)
    found, before, number = [], FIRST, 0
    for row in connection.execute(query.order_by(_r.number)):
        one, number = _revision(row), number + 1
        sound = (
            one.number == number
            and row.previous == before
            and digest(row.body.encode()) == one.digest
            and _chain(before, one) == one.chain
        )
        if not sound:
            text = N_("Revision {number} of case {case} is not as it was saved.")
            wording = message(text, number=one.number, case=one.case_id)
            found.append(Issue(Severity.ERROR, wording, one.case_id))
        before, number = one.chain, one.number
    return tuple(found)


_COLUMNS = (_r.case_id, _r.number, _r.at, _r.author, _r.action, _r.digest, _r.chain)


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
    unchained = Revision(
        case_name(key or 0), number, at, author, action, digest(body), ""
    )
    chain = _chain(before, unchained)
    connection.execute(
        insert(revisions).values(
            case_id=key,
            number=number,
            at=at,
            author=author,
            action=action,
            body=body.decode(),
            digest=unchained.digest,
            previous=before,
            chain=chain,
        )
    )
    return Revision(
        unchained.case_id, number, at, author, action, unchained.digest, chain
    )


def _chain(before: str, one: Revision) -> str:
    """Hash what a revision says behind what came before, each part with its length."""
    parts = (
        before,
        one.case_id,
        str(one.number),
        moment_text(one.at),
        one.author,
        one.action,
        one.digest,
    )
    return digest(b"".join(b"%d:%s" % (len(p), p) for p in map(str.encode, parts)))


def _latest(connection: Connection, case_id: str) -> Revision:
    query = _of_case(select(*_COLUMNS), case_id).order_by(_r.number.desc()).limit(1)
    row = connection.execute(query).first()
    if row is None:
        raise _missing(connection, case_id, None)
    return _revision(row)


def _of_case(query: Select[Any], case_id: str) -> Select[Any]:
    return query.where(_r.case_id == case_key(case_id))


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        case_name(row.case_id),
        row.number,
        row.at,
        row.author,
        row.action,
        row.digest,
        row.chain,
    )


def _missing(connection: Connection, case_id: str, number: int | None) -> UserError:
    last = connection.scalar(_of_case(select(func.max(_r.number)), case_id))
    if last is None:
        return UserError(N_("The library has no case {case}."), case=case_id)
    text = N_("Case {case} has no revision {number}; its last is {last}.")
    return UserError(text, case=case_id, number=number, last=last)
