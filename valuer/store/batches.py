"""Batches: what each import brought, and how it is taken back.

A batch remembers the former facts of every patent that it changed; patents that it
added carry its number. Taking back restores exactly what was, unless a later batch
built on it: then that one goes first. The record that it took place remains.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, update

from valuer.core.patents import Patent
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.patent_rows import STORED, PatentWriter, stored_patent
from valuer.store.schema import batch_changes, batches, patents

_c = batch_changes.c


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file that was imported: its name and the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One import.

    Attributes:
        batch: its name, as in ``B7``; never used twice.
        at: when, in UTC.
        files: what was read.
        added: patents that came in.
        updated: patents known before whose facts changed.
        unchanged: rows that said nothing new.
        taken_back_at: when it was taken back, or None.
    """

    batch: str
    at: datetime
    files: tuple[BatchFile, ...]
    added: int
    updated: int
    unchanged: int
    taken_back_at: datetime | None


def new_batch(connection: Connection, files: Sequence[BatchFile], at: datetime) -> str:
    """Begin a batch and return its name; ``put_patents`` fills it."""
    row = insert(batches).values(at=at, files=list(files)).returning(batches.c.id)
    return f"B{connection.scalar(row)}"


def list_batches(connection: Connection) -> tuple[Batch, ...]:
    """Return every import there was, newest first."""
    b = batches.c
    query = select(
        b.id, b.at, b.files, b.added, b.updated, b.unchanged, b.taken_back_at
    )
    return tuple(
        Batch(
            f"B{row.id}",
            row.at,
            msgspec.convert(row.files, tuple[BatchFile, ...]),
            row.added,
            row.updated,
            row.unchanged,
            row.taken_back_at,
        )
        for row in connection.execute(query.order_by(b.id.desc()))
    )


def take_back(connection: Connection, batch: str, at: datetime) -> Batch:
    """Undo an import: its patents go, those it changed get their former facts.

    Raises:
        UserError: there is no such batch, it was taken back before, or a later one
            touched the same patents.
    """
    key = batch_key(batch)
    found = next((b for b in list_batches(connection) if b.batch == f"B{key}"), None)
    if key is None or found is None:
        raise UserError(N_("The library has no import {batch}."), batch=batch)
    if found.taken_back_at is not None:
        raise UserError(N_("Import {batch} was taken back before."), batch=found.batch)
    _refuse_if_built_upon(connection, key)
    _restore(connection, key)
    connection.execute(
        update(batches).where(batches.c.id == key).values(taken_back_at=at)
    )
    return found


def batch_key(batch: str) -> int | None:
    """Return the number in a batch's name, or None where it is no such name."""
    match = re.fullmatch(r"[Bb]?([1-9][0-9]{0,17})", batch.strip(), re.ASCII)
    return int(match[1]) if match else None


def _refuse_if_built_upon(connection: Connection, key: int) -> None:
    changed = select(_c.patent_id).where(_c.batch_id == key)
    added = select(patents.c.id).where(patents.c.batch_id == key)
    query = (
        select(_c.batch_id)
        .distinct()
        .where(
            _c.batch_id > key,
            or_(
                _c.patent_id.in_(changed),
                _c.patent_id.in_(added),
                # Added by this one, joined to another patent by the later one.
                _c.former_batch_id == key,
            ),
        )
    )
    later = sorted(connection.scalars(query), reverse=True)
    if later:
        raise UserError(
            N_(
                "Import {batch} cannot be taken back: {later} changed the same patents"
                " afterwards. Take back {later} first."
            ),
            batch=f"B{key}",
            later=", ".join(f"B{number}" for number in later),
        )


def _restore(connection: Connection, key: int) -> None:
    query = select(_c.patent_id, _c.former_batch_id, _c.former_facts)
    rows = connection.execute(query.where(_c.batch_id == key)).all()
    changed = select(_c.patent_id).where(_c.batch_id == key)
    touched = or_(patents.c.batch_id == key, patents.c.id.in_(changed))
    writer = PatentWriter(connection)
    # First all go, then the former come: an application number may change places.
    present = connection.execute(STORED.where(touched)).all()
    writer.remove([stored_patent(row) for row in present])
    writer.insert([(number, batch, _former(facts)) for number, batch, facts in rows])
    connection.execute(delete(batch_changes).where(_c.batch_id == key))


def _former(facts: str) -> Patent:
    try:
        return msgspec.json.decode(facts, type=Patent)
    except msgspec.DecodeError as error:
        raise UserError(
            N_("What the import replaced can no longer be read; nothing was changed.")
        ) from error
