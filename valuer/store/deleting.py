"""Delete patents from the library: a batch like an import, which can be taken back.

Cases quote their patents by value, so no case loses anything by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.store.batches import BatchKind
from valuer.store.exchanging import Parts, among, placed, replace_patents
from valuer.store.journal import EntryKind, note
from valuer.store.schema import batches, patents, publications


def delete_patents(
    connection: Connection,
    numbers: Sequence[str],
    author: str,
    at: datetime,
    progress: Progress = ignore,
) -> str:
    """Delete the patents with these application or publication numbers.

    Numbers come normalised, as ``Patent.identity`` tells them.

    Returns:
        The batch by which it is taken back.

    Raises:
        UserError: no number is given, or the library has no patent of one of them.
    """
    keys = _keys(connection, numbers)
    new = insert(batches).values(
        at=at, files=[], kind=BatchKind.DELETION.value, removed=len(keys)
    )
    batch = connection.scalar(new.returning(batches.c.id)) or 0
    parts = Parts(progress, 2 * len(keys))
    present = placed(connection, patents.c.id.in_(among(keys)), parts)
    replace_patents(connection, batch, present, (), parts)
    detail = {"removed": len(keys)}
    note(connection, EntryKind.DELETION, f"B{batch}", author, at, detail)
    return f"B{batch}"


def _keys(connection: Connection, numbers: Sequence[str]) -> list[int]:
    if not numbers:
        raise UserError(N_("No patent was named; nothing was deleted."))
    wanted = among(list(numbers))
    p, by_name = patents.c, publications.c
    # Its own application number goes before a publication of the same wording.
    query = (
        select(by_name.publication, func.min(by_name.patent_id))
        .where(by_name.publication.in_(wanted))
        .group_by(by_name.publication)
    )
    own = select(p.number, p.id).where(p.number.in_(wanted))
    found: dict[str, int] = {}
    for one in (query, own):
        found.update((number, key) for number, key in connection.execute(one))
    for number in numbers:
        if number not in found:
            raise UserError(N_("The library has no patent {number}."), number=number)
    return sorted({found[number] for number in numbers})
