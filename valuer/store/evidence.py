"""Documents that cases rest on (评估资料): bytes kept under their SHA-256.

The same bytes are kept once, whatever files they came in; a case names them by digest
(``Case.evidence``), so its revisions stay small. Nothing here opens or runs them. They
stay until somebody asks for those to go that no case rests on any more: that is told
in the journal. What a case rests on now, one in the bin too, or did when a report of
it was issued, never goes; a step taken back may name one that has gone, which
``check_evidence`` tells and taking it up again mends.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from valuer.core.case import Case
from valuer.core.evidence import LARGEST
from valuer.core.media_types import media_type
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, message
from valuer.store.journal import EntryKind, note
from valuer.store.schema import (
    cases,
    credit_entries,
    documents,
    reports,
    revisions,
    settings,
)

LONGEST_NAME = 200
"""Characters of a file's name that are kept."""

SHORTEST = 8
"""Digits of a digest that are enough to name a document."""

_d = documents.c
_TOLD = select(_d.digest, _d.name, _d.media_type, _d.size, _d.at)
_DIGEST = re.compile('"([0-9a-f]{64})"')
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the library, without its bytes.

    Attributes:
        digest: SHA-256 of its bytes, 64 hexadecimal digits.
        name: of the file in which these bytes first came.
        media_type: by what stands in it.
        size: in bytes.
        at: when it was first taken up, in UTC.
    """

    digest: str
    name: str
    media_type: str
    size: int
    at: datetime


def take_up(connection: Connection, name: str, data: bytes, at: datetime) -> Document:
    """Keep the bytes of a document and return it; those kept already stay as they are.

    Raises:
        UserError: there are none, or too many.
    """
    name = plain_name(name)
    if not data:
        raise UserError(N_("{file} is empty; it was not taken up."), file=name)
    if len(data) > LARGEST:
        text = N_("{file} is larger than {most} MB; it was not taken up.")
        raise UserError(text, file=name, most=LARGEST // 1024**2)
    digest = hashlib.sha256(data).hexdigest()
    known = connection.execute(_TOLD.where(_d.digest == digest)).first()
    if known is not None:
        return _document(known)
    made = Document(digest, name, media_type(data), len(data), at)
    connection.execute(
        insert(documents).values(
            digest=digest,
            name=name,
            media_type=made.media_type,
            size=made.size,
            at=at,
            bytes=data,
        )
    )
    return made


def read_back(connection: Connection, digest: str) -> bytes:
    """Return the bytes of a document, which are those that were taken up.

    Raises:
        UserError: the library has no such document, or it is damaged.
    """
    data = connection.scalar(select(_d.bytes).where(_d.digest == digest))
    if data is None:
        raise _missing(digest)
    if hashlib.sha256(data).hexdigest() != digest:
        raise UserError(_DAMAGED, digest=digest[:16])
    return bytes(data)


def find_document(connection: Connection, digest: str) -> Document:
    """Return the document of a digest, or of its first eight digits or more.

    Raises:
        UserError: there is none, or more than one.
    """
    wanted = digest.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", wanted):
        text = N_("“{digest}” is no SHA-256; give {least} to 64 of its digits.")
        raise UserError(text, digest=digest[:80], least=SHORTEST)
    begins = _TOLD.where(func.substr(_d.digest, 1, len(wanted)) == wanted)
    found = connection.execute(begins.limit(2)).all()
    if not found:
        raise _missing(wanted)
    if len(found) > 1:
        text = N_("More than one document begins with {digest}; give more digits.")
        raise UserError(text, digest=wanted)
    return _document(found[0])


def list_documents(connection: Connection) -> tuple[Document, ...]:
    """Return the documents of the library, the last taken up first."""
    query = _TOLD.order_by(_d.at.desc(), _d.digest)
    return tuple(map(_document, connection.execute(query)))


def list_unused(connection: Connection) -> tuple[Document, ...]:
    """Return the documents that no case rests on any more; these may go."""
    used = _used(connection)
    return tuple(one for one in list_documents(connection) if one.digest not in used)


def remove_document(
    connection: Connection, digest: str, author: str, at: datetime
) -> Document:
    """Remove a document that no case rests on any more; the journal tells it.

    Raises:
        UserError: there is none, or a case rests on it.
    """
    found = find_document(connection, digest)
    if found.digest in _used(connection):
        text = N_(
            "{file} stays: a case rests on it, or did when a report of it was issued."
        )
        raise UserError(text, file=found.name)
    connection.execute(delete(documents).where(_d.digest == found.digest))
    detail = {"digest": found.digest, "name": found.name, "size": found.size}
    kind = EntryKind.REMOVE_DOCUMENT
    note(connection, kind, found.digest[:16], author, at, detail)
    return found


def check_evidence(connection: Connection, case: Case) -> tuple[Issue, ...]:
    """Return what is wrong with the documents that a case rests on; each is read."""
    return tuple(_checked(connection, case))


def plain_name(name: str) -> str:
    """Return the name of a file as it may be kept and printed."""
    whole = name.encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole)[-LONGEST_NAME:].strip() or "…"


_DAMAGED = N_(
    "The document {digest}… in the library is damaged. Restore the library from a"
    " backup."
)
_LACKING = N_(
    "{file} is not in the library. Take the file up again; its SHA-256 is {digest}."
)
_OTHER = N_("{file} is not as it was taken up. Restore the library from a backup.")
_SIZE = N_("{file} has {size} bytes in the library; the case says {said}.")


def _checked(connection: Connection, case: Case) -> Iterator[Issue]:
    for place, one in enumerate(case.evidence):
        where = f"evidence[{place}]"
        query = select(_d.bytes).where(_d.digest == one.digest)
        data = connection.scalar(query)
        said: dict[str, object] = {"file": one.name, "digest": one.digest}
        if data is None:
            yield Issue(Severity.ERROR, message(_LACKING, **said), where)
        elif hashlib.sha256(data).hexdigest() != one.digest:
            yield Issue(Severity.ERROR, message(_OTHER, **said), where)
        elif len(data) != one.size:
            sizes = {"file": one.name, "size": len(data), "said": one.size}
            yield Issue(Severity.ERROR, message(_SIZE, **sizes), where)


def _used(connection: Connection) -> set[str]:
    """Return the digests that cases name now, or did when a report was issued.

    So are those of the credit ledger, whose entries stay. Each is looked through once,
    as text: other digests in it do no harm. The settings name the house's logo.
    """
    r = revisions.c
    now = exists().where(cases.c.id == r.case_id, cases.c.last_number == r.number)
    issued = exists().where(
        reports.c.case_id == r.case_id, reports.c.revision == r.number
    )
    found: set[str] = set()
    for body in connection.scalars(select(r.body).where(or_(now, issued))):
        found.update(_DIGEST.findall(body))
    for body in connection.scalars(select(credit_entries.c.body)):
        found.update(_DIGEST.findall(body))
    for value in connection.scalars(select(settings.c.value)):
        found.update(_DIGEST.findall(value))
    return found


def _document(row: Sequence[Any]) -> Document:
    digest, name, media_type, size, at = row
    return Document(digest, name, media_type, size, at)


def _missing(digest: str) -> UserError:
    return UserError(N_("The library has no document {digest}."), digest=digest[:16])
