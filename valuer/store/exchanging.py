"""Exchange what the patents of a batch are with what they were.

Doing it once takes a batch back, doing it again brings it again: each time what stood
there before is kept in ``batch_changes``, under the same numbers. It may be done only
while these patents are as the batch left them, for else later work would be lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    delete,
    func,
    or_,
    select,
    union,
)

from valuer.core.patents import Patent
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.store.journal import EntryKind
from valuer.store.patent_rows import STORED, PatentWriter, stored_patent
from valuer.store.schema import batch_changes, batches, journal, patents, publications
from valuer.store.types import read_stored

T = TypeVar("T")

Placed = tuple[int, int, Patent]
"""A patent with its number in the library and the number of its batch."""

_BEGINNINGS = (
    EntryKind.IMPORT,
    EntryKind.DELETION,
    EntryKind.DOCKET_IMPORT,
    EntryKind.DOCKET_EDIT,
)
_TURNS = (*_BEGINNINGS, EntryKind.BRING_AGAIN, EntryKind.TAKE_BACK)
"""Entries of the journal that make the patents of a batch what they are; the last
one makes them what they were."""

_c = batch_changes.c
_CHUNK = 1000
_REMEMBER = """INSERT INTO batch_changes
(batch_id, patent_id, former_batch_id, former_facts) VALUES (?, ?, ?, ?)"""
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Patent).decode


class Parts:
    """Passes progress on while patents are read and written, so many at a time."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        progress(0, total)

    def take(self, values: Iterable[T]) -> Iterator[list[T]]:
        """Yield values in parts, and count each when it is done with."""
        rest = iter(values)
        while part := list(islice(rest, _CHUNK)):
            yield part
            self._done += len(part)
            self._progress(min(self._done, self._total), self._total)


def exchange(connection: Connection, key: int, progress: Progress = ignore) -> None:
    """Make the patents of a batch what they were before, and keep what they are.

    Raises:
        UserError: what they were can no longer be read.
    """
    which, kept = _of_batch(key), _kept(key)
    count = select(func.count())
    present = connection.scalar(count.select_from(patents).where(which)) or 0
    former = connection.scalar(count.select_from(batch_changes).where(kept)) or 0
    parts = Parts(progress, 2 * (present + former))
    others = _former(connection, key, parts)
    replace_patents(connection, key, placed(connection, which, parts), others, parts)


def replace_patents(
    connection: Connection,
    key: int,
    present: Sequence[Placed],
    others: Sequence[Placed],
    parts: Parts,
) -> None:
    """Put other patents in the place of present ones, which the batch remembers."""
    writer = PatentWriter(connection)
    connection.execute(delete(batch_changes).where(_c.batch_id == key))
    # First all go, then the others come: a number may change places.
    for part in parts.take(present):
        writer.remove([(number, patent) for number, _, patent in part])
        facts = [(key, n, b, _encode(patent).decode()) for n, b, patent in part]
        connection.exec_driver_sql(_REMEMBER, facts)
    known = {number for number, _, _ in present}
    for part in parts.take(others):
        writer.insert(part)
        # Those of the batch itself are known by its number while they are there.
        came = [(key, n, None, None) for n, b, _ in part if n not in known and b != key]
        if came:
            connection.exec_driver_sql(_REMEMBER, came)


def placed(
    connection: Connection, which: ColumnElement[bool], parts: Parts
) -> list[Placed]:
    """Return the stored patents for which ``which`` holds."""
    rows = connection.execute(STORED.add_columns(patents.c.batch_id).where(which))
    found = []
    for part in parts.take(rows):
        for *row, batch in part:
            number, patent = stored_patent(row)
            found.append((number, batch, patent))
    return found


def among(numbers: Sequence[object]) -> Select[tuple[object]]:
    """Return values as a table; as parameters there might be too many."""
    return select(column("value")).select_from(func.json_each(json.dumps(numbers)))


def blocking(connection: Connection, key: int) -> dict[int, bool]:
    """Return the batches whose work on the same patents is not as this one left it.

    Returns:
        By number, the newest first, whether its work stands now.

    Raises:
        UserError: what the batch remembers can no longer be read.
    """
    since = changed_since(connection, key)
    if not since:
        return {}
    changed = _c.batch_id.in_(list(since))
    touched = union(
        select(patents.c.id).where(_of_batch(key)),
        select(_c.patent_id).where(_c.batch_id == key),
    )
    coming = _former(connection, key, Parts(ignore, 0))
    sharing = _sharing(connection, [one for _, _, one in coming])
    ids = among([*connection.scalars(touched), *sharing])
    query = union(
        # What this batch added may have gone into another one, or been deleted.
        select(_c.batch_id).where(
            changed, or_(_c.patent_id.in_(ids), _c.former_batch_id == key)
        ),
        select(patents.c.batch_id).where(
            patents.c.batch_id.in_(list(since)), patents.c.id.in_(ids)
        ),
    )
    found = sorted(connection.scalars(query), reverse=True)
    return {number: since[number] for number in found}


def _of_batch(key: int) -> ColumnElement[bool]:
    changed = select(_c.patent_id).where(_c.batch_id == key)
    return or_(patents.c.batch_id == key, patents.c.id.in_(changed))


def _kept(key: int) -> ColumnElement[bool]:
    return and_(_c.batch_id == key, _c.former_facts.is_not(None))


def _former(connection: Connection, key: int, parts: Parts) -> list[Placed]:
    query = select(_c.patent_id, _c.former_batch_id, _c.former_facts)
    rows = connection.execute(query.where(_kept(key)))
    try:
        return [
            (number, batch, _decode(facts))
            for part in parts.take(rows)
            for number, batch, facts in part
        ]
    except msgspec.DecodeError as error:
        raise UserError(
            N_("What the import replaced can no longer be read; nothing was changed.")
        ) from error


def changed_since(connection: Connection, key: int) -> dict[int, bool]:
    """Return the batches of which it is not as when this one was last touched.

    By number, whether their work stands now.
    """
    query = select(journal.c.subject, journal.c.kind).order_by(journal.c.number)
    told = query.where(journal.c.kind.in_([kind.value for kind in _TURNS]))
    written = [
        (read_stored(int, subject.removeprefix("B")), kind)
        for subject, kind in connection.execute(told)
    ]
    # Older programs kept no journal: their imports came first, in their order.
    begun = {batch for batch, kind in written if kind in _BEGINNINGS}
    first = connection.scalars(select(batches.c.id).order_by(batches.c.id))
    turns = [(batch, True) for batch in first if batch not in begun]
    turns += [(batch, kind != EntryKind.TAKE_BACK) for batch, kind in written]
    last = max(place for place, (batch, _) in enumerate(turns) if batch == key)
    before, now = dict(turns[: last + 1]), dict(turns)
    return {
        batch: stands
        for batch, stands in now.items()
        if stands != before.get(batch, False)
    }


def _sharing(connection: Connection, coming: Sequence[Patent]) -> set[int]:
    """Return the stored patents that have a number of one that would come back."""
    numbers = [patent.number for patent in coming if patent.number]
    names = [name for patent in coming for name in patent.publications]
    own = select(patents.c.id).where(patents.c.number.in_(among(numbers)))
    by_name = select(publications.c.patent_id).where(
        publications.c.publication.in_(among(names))
    )
    return {*connection.scalars(own), *connection.scalars(by_name)}
