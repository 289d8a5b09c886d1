"""Status words of the docket that no list knows, and what the user said they mean."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from valuer.agency.statuses import Outcome, plain_word, status_word
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.store.docket_finding import rows_of
from valuer.store.docket_rows import DocketWriter, status_words
from valuer.store.docket_schema import docket_words
from valuer.store.journal import EntryKind, note

_CHUNK = 500
_UNKNOWN = """SELECT status, count(*) FROM docket_cases
WHERE outcome = ? AND status <> '' GROUP BY status ORDER BY 2 DESC, 1"""
_STATUSES = "SELECT DISTINCT status FROM docket_cases WHERE status <> ''"
_BEARING = "SELECT id FROM docket_cases WHERE status = ?"


def unknown_status_words(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Return the words that tell no outcome, each with how many cases bear it."""
    found = connection.exec_driver_sql(_UNKNOWN, (str(Outcome.UNKNOWN),)).all()
    return tuple((word, count) for word, count in found)


def told_status_words(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the words that the user explained, each with the listed word it means."""
    return tuple(sorted(status_words(connection).items()))


def put_status_word(
    connection: Connection,
    word: str,
    listed_word: str,
    author: str,
    at: datetime,
    progress: Progress = ignore,
) -> int:
    """Read a status word as a listed one from now on; "" takes that back.

    Returns:
        How many cases bear it.

    Raises:
        UserError: the listed word tells no outcome itself.
    """
    found = status_word(listed_word) if listed_word else None
    if listed_word and (found is None or found.outcome is None):
        text = N_("“{word}” is no listed status word that tells an outcome.")
        raise UserError(text, word=listed_word)
    plain = plain_word(word)
    told = {"word": plain, "means": found.word if found else "", "at": at}
    connection.execute(insert(docket_words).values(told | {"author": author}))
    bearing = [
        key
        for status in connection.exec_driver_sql(_STATUSES).scalars().all()
        if plain_word(status) == plain
        for key in connection.exec_driver_sql(_BEARING, (status,)).scalars()
    ]
    writer = DocketWriter(connection)
    for start in range(0, len(bearing), _CHUNK):
        writer.change(rows_of(connection, bearing[start : start + _CHUNK]))
        progress(start, len(bearing))
    writer.end()
    detail = {"means": listed_word, "cases": len(bearing)}
    note(connection, EntryKind.DOCKET_WORD, word, author, at, detail)
    return len(bearing)
