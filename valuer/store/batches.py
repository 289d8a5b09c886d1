"""Batches: what an import or a deletion did to the patents, and how it is taken back.

A batch remembers the former facts of every patent that it changed or removed; patents
that it added carry its number. Taking back restores exactly what was, and what the
batch had made of it can be brought again; unless later work built on the same patents:
then that goes first. The record that all this took place remains in the journal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message, message
from valuer.store.docket_exchanging import blocking_docket, exchange_docket
from valuer.store.exchanging import blocking, exchange
from valuer.store.journal import EntryKind, note
from valuer.store.schema import batches, journal
from valuer.store.types import read_stored


class BatchKind(StrEnum):
    """What a batch does: to the patents, or to the docket."""

    IMPORT = "import"
    DELETION = "deletion"
    DOCKET = "docket"
    DOCKET_EDIT = "docket_edit"


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file that was imported: its name and the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One import or deletion.

    Attributes:
        batch: its name, as in ``B7``; never used twice.
        at: when, in UTC.
        files: what was read.
        added: patents that came in.
        updated: patents known before whose facts changed.
        unchanged: rows that said nothing new.
        taken_back_at: when it was taken back, or None where its work stands.
        kind: whether it was an import or a deletion.
        removed: patents that were deleted.
    """

    batch: str
    at: datetime
    files: tuple[BatchFile, ...]
    added: int
    updated: int
    unchanged: int
    taken_back_at: datetime | None
    kind: BatchKind = BatchKind.IMPORT
    removed: int = 0


def new_batch(
    connection: Connection,
    files: Sequence[BatchFile],
    at: datetime,
    author: str = "",
    kind: BatchKind = BatchKind.IMPORT,
) -> str:
    """Begin an import and return its name; ``put_patents`` fills it.

    One of the kind ``DOCKET`` is filled by ``docket_putting.put_cases``.
    """
    new = insert(batches).values(at=at, files=list(files), kind=kind.value)
    batch = f"B{connection.scalar(new.returning(batches.c.id))}"
    detail = {"files": [{"file": f.file, "sha256": f.sha256} for f in files]}
    told = EntryKind.IMPORT if kind is BatchKind.IMPORT else EntryKind.DOCKET_IMPORT
    note(connection, told, batch, author, at, detail)
    return batch


def list_batches(connection: Connection) -> tuple[Batch, ...]:
    """Return every import and deletion there was, newest first."""
    b = batches.c
    query = select(
        b.id,
        b.at,
        b.files,
        b.added,
        b.updated,
        b.unchanged,
        b.taken_back_at,
        b.kind,
        b.removed,
    )
    return tuple(
        Batch(
            f"B{row.id}",
            row.at,
            read_stored(_files, row.files),
            row.added,
            row.updated,
            row.unchanged,
            row.taken_back_at,
            read_stored(BatchKind, row.kind),
            row.removed,
        )
        for row in connection.execute(query.order_by(b.id.desc()))
    )


def take_back(
    connection: Connection,
    batch: str,
    at: datetime,
    author: str = "",
    undoes: int | None = None,
    progress: Progress = ignore,
) -> Batch:
    """Undo an import or a deletion: its patents become exactly what they were.

    ``undoes`` is the number of the journal's entry that is undone by this, if any.

    Raises:
        UserError: there is no such batch, it was taken back before, or later work
            touched the same patents.
    """
    found = _found(connection, batch)
    if found.taken_back_at is not None:
        raise UserError(N_("{what} was taken back before."), what=_what(found))
    later = _blocking(connection, found)
    if later:
        raise UserError(
            N_(
                "{what} cannot be taken back: {later} changed the same patents"
                " afterwards. Take back {later} first."
            ),
            what=_what(found),
            later=_names(later),
        )
    _turn(connection, found, at, progress)
    note(connection, EntryKind.TAKE_BACK, found.batch, author, at, undoes=undoes)
    return found


def bring_again(
    connection: Connection,
    batch: str,
    at: datetime,
    author: str = "",
    undoes: int | None = None,
    progress: Progress = ignore,
) -> Batch:
    """Do an import or a deletion again that was taken back, to the same patents.

    ``undoes`` is the number of the journal's entry that is undone by this, if any.

    Raises:
        UserError: there is no such batch, it was not taken back, what it brought was
            not kept, or the same patents were changed since.
    """
    found = _found(connection, batch)
    if found.taken_back_at is None:
        raise UserError(N_("{what} was not taken back."), what=_what(found))
    _refuse_if_not_kept(connection, found.batch)
    blocked = _blocking(connection, found)
    later = [number for number, stands in blocked.items() if stands]
    if later:
        raise UserError(
            N_(
                "{what} cannot be brought again: {later} changed the same patents"
                " since. Take back {later} first."
            ),
            what=_what(found),
            later=_names(later),
        )
    if blocked:
        raise UserError(
            N_(
                "{what} cannot be brought again: it built on {earlier}, which"
                " was taken back since. Bring {earlier} again first."
            ),
            what=_what(found),
            earlier=_names(blocked),
        )
    _turn(connection, found, None, progress)
    note(connection, EntryKind.BRING_AGAIN, found.batch, author, at, undoes=undoes)
    return found


def batch_key(batch: str) -> int | None:
    """Return the number in a batch's name, or None where it is no such name."""
    match = re.fullmatch(r"[Bb]?([1-9][0-9]{0,17})", batch.strip(), re.ASCII)
    return int(match[1]) if match else None


_OF_DOCKET = (BatchKind.DOCKET, BatchKind.DOCKET_EDIT)
_KINDS = {
    BatchKind.IMPORT: N_("Import {batch}"),
    BatchKind.DELETION: N_("Deletion {batch}"),
    BatchKind.DOCKET: N_("Import {batch}"),
    BatchKind.DOCKET_EDIT: N_("Edit {batch}"),
}


def _files(plain: Any) -> tuple[BatchFile, ...]:
    return msgspec.convert(plain, tuple[BatchFile, ...])


def _found(connection: Connection, batch: str) -> Batch:
    name = f"B{batch_key(batch)}"
    found = next((b for b in list_batches(connection) if b.batch == name), None)
    if found is None:
        raise UserError(N_("The library has no import {batch}."), batch=batch)
    return found


def _what(batch: Batch) -> Message:
    return message(_KINDS[batch.kind], batch=batch.batch)


def _blocking(connection: Connection, batch: Batch) -> dict[int, bool]:
    key = int(batch.batch[1:])
    if batch.kind in _OF_DOCKET:
        return blocking_docket(connection, key)
    return blocking(connection, key)


def _turn(
    connection: Connection,
    batch: Batch,
    taken_back_at: datetime | None,
    progress: Progress,
) -> None:
    key = int(batch.batch[1:])
    if batch.kind in _OF_DOCKET:
        exchange_docket(connection, key, progress)
    else:
        exchange(connection, key, progress)
    connection.execute(
        update(batches).where(batches.c.id == key).values(taken_back_at=taken_back_at)
    )


def _refuse_if_not_kept(connection: Connection, batch: str) -> None:
    told = select(journal.c.number).where(
        journal.c.subject == batch, journal.c.kind == EntryKind.TAKE_BACK.value
    )
    if connection.execute(told.limit(1)).first() is None:
        raise UserError(
            N_(
                "Import {batch} was taken back by an earlier version of this program,"
                " which did not keep what it had brought. Import the file again."
            ),
            batch=batch,
        )


def _names(numbers: Collection[int]) -> str:
    return ", ".join(f"B{number}" for number in numbers)
