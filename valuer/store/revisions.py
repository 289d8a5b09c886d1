"""The revisions of a case: append-only, each chained to the one before.

A revision holds the case as canonical JSON and its digest, the SHA-256 of those
bytes. Its chain hash covers the chain hash before it and everything the revision
says; the case itself remembers the newest number and chain. Reading checks the
digest; ``verify_chain`` checks it all.

What restores an earlier revision names it and holds the very same bytes, in the form
of a case that they had then: so its digest says that nothing else came back, and
``load_case`` upgrades it as it upgrades the one restored. The chain hash covers kind
and number restored only where there are any: so those of older files stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    func,
    select,
)

from valuer.core.canonical import canonical, digest, from_plain, parse_json
from valuer.core.case import FORMAT, Case
from valuer.core.case_formats import upgraded
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, message
from valuer.store.cases import case_key, case_name, make_case, refuse_binned
from valuer.store.chains import FIRST, link
from valuer.store.revision_rows import (
    BODY,
    COLUMNS,
    DAMAGED,
    read_revision,
    told_parts,
)
from valuer.store.revision_rows import (
    Revision as Revision,
)
from valuer.store.revision_rows import (
    RevisionKind as RevisionKind,
)
from valuer.store.schema import cases, revisions
from valuer.store.types import moment_text

_LARGEST = (1 << 63) - 1
"""The largest number that SQLite stores."""

_r = revisions.c

# Made once: building a statement takes longer than SQLite takes to run it.
_ONE_CASE = _r.case_id == bindparam("case")
_LATEST = select(*COLUMNS).where(_ONE_CASE).order_by(_r.number.desc()).limit(1)
_LATEST_BODY = _LATEST.add_columns(BODY)
_BODY_OF = select(*COLUMNS, BODY).where(_ONE_CASE, _r.number == bindparam("number"))
# Saving goes straight to the driver: people wait for it at every rest of typing.
_STANDING = f"""SELECT r.case_id, r.number, r.at, r.author, r.action, r.digest, r.chain,
r.kind, r.restores, c.binned_at, instr(r.body, '"format":{FORMAT}')
FROM revisions r JOIN cases c ON c.id = r.case_id
WHERE r.case_id = ? ORDER BY r.number DESC LIMIT 1"""  # noqa: S608 - our own number
_APPEND = """INSERT INTO revisions (case_id, number, at, author, action, body, digest,
previous, chain, kind, restores) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def new_case(
    connection: Connection, case: Case, author: str, action: str, at: datetime
) -> Revision:
    """Store a case for the first time and return its first revision."""
    key = make_case(connection, at)
    body = canonical(case)
    made = Revision(case_name(key), 1, at, author, action, digest(body), FIRST)
    return _append(connection, made, body)


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
        UserError: the case has moved on since ``based_on``, or is in the bin.
    """
    key = case_key(based_on.case_id)
    row = connection.exec_driver_sql(_STANDING, (key,)).first()
    if row is None:
        raise _missing(connection, based_on.case_id, None)
    *record, binned, is_todays = row
    latest = _unmoved(read_revision(record), based_on)
    body = canonical(case)
    stated = digest(body)
    if stated == latest.digest:
        return latest
    if not is_todays and load_case(connection, latest.case_id)[0] == case:
        return latest
    if binned is not None:
        refuse_binned(connection, latest.case_id)
    number = latest.number + 1
    made = Revision(latest.case_id, number, at, author, action, stated, latest.chain)
    return _append(connection, made, body)


def bring_back(
    connection: Connection,
    based_on: Revision,
    number: int,
    author: str,
    action: str,
    at: datetime,
    kind: RevisionKind = RevisionKind.CHANGE,
) -> tuple[Case, Revision]:
    """Store the value of an earlier revision as the newest, byte for byte.

    A value that is the present one makes a revision only to undo or redo.

    Raises:
        UserError: the case has moved on since ``based_on`` or is in the bin, there is
            no such revision, or it is damaged.
    """
    latest = still_latest(connection, based_on)
    body, restored = stored_bytes(connection, latest.case_id, number)
    case = _case(body, latest.case_id)
    if kind is RevisionKind.CHANGE and restored.digest == latest.digest:
        return case, latest
    refuse_binned(connection, latest.case_id)
    made = Revision(
        latest.case_id,
        latest.number + 1,
        at,
        author,
        action,
        restored.digest,
        latest.chain,
        kind,
        restored.number,
    )
    return case, _append(connection, made, body)


def load_case(
    connection: Connection, case_id: str, number: int | None = None
) -> tuple[Case, Revision]:
    """Return a case as of a revision, the latest unless named.

    Raises:
        UserError: there is no such case or revision, or what is stored is not what
            was saved.
    """
    body, revision = stored_bytes(connection, case_id, number)
    return _case(body, case_id), revision


def stored_bytes(
    connection: Connection, case_id: str, number: int | None = None
) -> tuple[bytes, Revision]:
    """Return a revision's canonical JSON as it was stored: its SHA-256 is the digest.

    Raises:
        UserError: there is no such case or revision, or what is stored is not what
            was saved.
    """
    query = _LATEST_BODY if number is None else _BODY_OF
    given = {"case": case_key(case_id), "number": number}
    is_storable = abs(number or 0) <= _LARGEST
    row = connection.execute(query, given).first() if is_storable else None
    if row is None:
        raise _missing(connection, case_id, number)
    *record, body = row
    revision = read_revision(record)
    if digest(body) != revision.digest:
        raise UserError(DAMAGED, case=revision.case_id, number=revision.number)
    return body, revision


def newest(connection: Connection, case_id: str) -> Revision:
    """Return the newest revision of a case without its value.

    Raises:
        UserError: there is no such case, or the record of it is damaged.
    """
    row = connection.execute(_LATEST, {"case": case_key(case_id)}).first()
    if row is None:
        raise _missing(connection, case_id, None)
    return read_revision(row)


def still_latest(connection: Connection, based_on: Revision) -> Revision:
    """Return the newest revision of a case, which is to be ``based_on``.

    Raises:
        UserError: the case has moved on since, or there is no such case.
    """
    return _unmoved(newest(connection, based_on.case_id), based_on)


def _unmoved(latest: Revision, based_on: Revision) -> Revision:
    """Return the newest revision, unless the case has moved on to it."""
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
    return latest


def trail(connection: Connection, case_id: str) -> Iterator[Revision]:
    """Yield the audit trail (留痕) of a case, oldest first.

    Raises:
        UserError: there is no such case.
    """
    newest(connection, case_id)
    query = _of_case(select(*COLUMNS), case_id).order_by(_r.number)
    for row in connection.execute(query).all():
        yield read_revision(row)


def verify_chain(connection: Connection, case_id: str) -> tuple[Issue, ...]:
    """Return what is wrong with the record of a case; nothing where all is sound.

    Raises:
        UserError: there is no such case.
    """
    query = _of_case(select(*COLUMNS, _r.previous, BODY), case_id)
    rows = connection.execute(query.order_by(_r.number)).all()
    last = connection.execute(
        select(cases.c.last_number, cases.c.last_chain).where(
            cases.c.id == case_key(case_id)
        )
    ).first()
    if not rows and not (last and last.last_number):
        raise _missing(connection, case_id, None)
    found: list[tuple[int, str]] = []
    before, expected = FIRST, 1
    digests: dict[int, str] = {}
    for *record, previous, body in rows:
        digests[record[1]] = record[5]
        texts = _faults(record, previous, body, before, expected, digests)
        found += [(record[1], text) for text in texts]
        before, expected = record[6], record[1] + 1
    if (expected - 1, before) != tuple(last or ()):
        is_cut = last is not None and expected <= last.last_number
        found.append((expected - 1, _CUT if is_cut else _NEWEST))
    case = case_name(case_key(case_id) or 0)
    return tuple(
        Issue(
            Severity.ERROR,
            message(text, number=number, case=case),
            f"{case}/{number}",
        )
        for number, text in found
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
_NOT_RESTORED = N_(
    "Revision {number} of case {case} says that it restores another one, but its value"
    " is not the value of that one."
)
_CUT = N_("After revision {number} of case {case} the newest revisions are missing.")
_NEWEST = N_("Revision {number} of case {case} is not the one that was saved last.")


def _faults(
    record: Sequence[Any],
    previous: str,
    body: bytes,
    before: str,
    expected: int,
    digests: Mapping[int, str],
) -> Iterator[str]:
    key, number, at, author, action, stated, chain, kind, restores = record
    if digest(body) != stated:
        yield DAMAGED
    if number != expected:
        yield _GAP
    elif previous != before:
        yield _REPLACED
    told = told_parts(
        case_name(key), number, at, author, action, stated, kind, restores
    )
    if chain != link(previous, *told):
        yield _RECORD
    if restores is not None and digests.get(restores) != stated:
        yield _NOT_RESTORED


def _append(connection: Connection, made: Revision, body: bytes) -> Revision:
    """Store a revision whose ``chain`` is still the one before it."""
    before, stated, at = made.chain, made.digest, moment_text(made.at)
    told = told_parts(
        made.case_id,
        made.number,
        at,
        made.author,
        made.action,
        stated,
        made.kind,
        made.restores,
    )
    made = replace(made, chain=link(before, *told))
    row = (
        case_key(made.case_id),
        made.number,
        at,
        made.author,
        made.action,
        body.decode(),
        stated,
        before,
        made.chain,
        made.kind.value,
        made.restores,
    )
    connection.exec_driver_sql(_APPEND, row)
    return made


def _case(body: bytes, case_id: str) -> Case:
    return from_plain(upgraded(parse_json(body, case_id)), Case)


def _of_case(query: Select[Any], case_id: str) -> Select[Any]:
    return query.where(_r.case_id == case_key(case_id))


def _missing(connection: Connection, case_id: str, number: int | None) -> UserError:
    last = connection.scalar(_of_case(select(func.max(_r.number)), case_id))
    if last is None:
        return UserError(N_("The library has no case {case}."), case=case_id)
    text = N_("Case {case} has no revision {number}; its last is {last}.")
    return UserError(text, case=case_id, number=number, last=last)
