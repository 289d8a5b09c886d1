"""Patents and their rows: one way in, one way out, many at a time.

Lists of names are JSON arrays; where a patent was read stands once in ``sources``.
Rows go straight to the driver and come straight from it, for a list may have many
thousand: the columns are in the order of ``_INSERT`` and ``STORED``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Text, insert, select, type_coerce

from valuer.core.patents import Patent, Source
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.indexing import AT_ONCE, WordIndex
from valuer.store.schema import patents, sources

_p, _s = patents.c, sources.c

STORED = select(
    _p.id,
    _p.number,
    _p.publications,
    _p.country,
    _p.kind,
    _p.title,
    _p.owners,
    _p.inventors,
    type_coerce(_p.filed, Text),
    type_coerce(_p.priority, Text),
    type_coerce(_p.granted, Text),
    _p.ipc,
    _p.status,
    _p.status_wording,
    type_coerce(_p.status_on, Text),
    _p.history,
    _p.fees,
    _p.pta_days,
    _p.pte_days,
    _s.file,
    _s.sha256,
    _s.sheet,
    _p.source_row,
    type_coerce(_s.on, Text),
).join(sources, _s.id == _p.source_id)
"""What ``stored_patent`` reads; narrow it with ``where``."""

# Both take the same columns, numbered as ``_columns`` makes them.
_INSERT = """INSERT INTO patents (number, publications, country, kind, title, owners,
inventors, filed, priority, granted, ipc, status, status_wording, status_on, history,
fees, pta_days, pte_days, source_id, source_row, id, batch_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_UPDATE = """UPDATE patents SET number = ?1, publications = ?2, country = ?3, kind = ?4,
title = ?5, owners = ?6, inventors = ?7, filed = ?8, priority = ?9, granted = ?10,
ipc = ?11, status = ?12, status_wording = ?13, status_on = ?14, history = ?15,
fees = ?16, pta_days = ?17, pte_days = ?18, source_id = ?19, source_row = ?20,
batch_id = coalesce(?22, batch_id) WHERE id = ?21"""
_LINK = "INSERT OR IGNORE INTO publications (publication, patent_id) VALUES (?, ?)"
_UNLINK = "DELETE FROM publications WHERE publication = ? AND patent_id = ?"
_REMOVE = "DELETE FROM patents WHERE id IN (SELECT value FROM json_each(?))"

_encode = msgspec.json.Encoder(order="sorted").encode
_listed = msgspec.json.Decoder(list[Any]).decode
_SOURCE = ("file", "sha256", "sheet", "row", "on")

Stored = tuple[int, Patent]
"""A patent with its number in the library."""


def stored_patent(row: Sequence[Any]) -> Stored:
    """Return a row of ``STORED`` as a patent with its number in the library.

    Raises:
        UserError: the row is damaged.
    """
    try:
        facts = {
            "number": row[1] or "",
            "publications": _listed(row[2]),
            "country": row[3],
            "kind": row[4],
            "title": row[5],
            "owners": _listed(row[6]),
            "inventors": _listed(row[7]),
            "filed": row[8],
            "priority": row[9],
            "granted": row[10],
            "ipc": _listed(row[11]),
            "status": row[12],
            "status_wording": row[13],
            "status_on": row[14],
            "history": _listed(row[15]),
            "fees": _listed(row[16]),
            "pta_days": row[17],
            "pte_days": row[18],
            "source": dict(zip(_SOURCE, row[19:], strict=True)),
        }
        return row[0], msgspec.convert(facts, Patent)
    except msgspec.DecodeError as error:  # of which a wrong type is one
        raise UserError(
            N_("Patent {key} of the library is damaged. Restore it from a backup."),
            key=row[0],
        ) from error


class _Days(dict[date | None, str | None]):
    """Days as the library writes them; those of a list come again and again."""

    def __missing__(self, day: date | None) -> str | None:
        text = self[day] = None if day is None else day.isoformat()
        return text


class PatentWriter:
    """Writes patents of one change, and keeps the index of their words in step.

    It remembers the sources that it has met.
    """

    def __init__(self, connection: Connection, *, index_words: bool = True) -> None:
        self._connection = connection
        self._words = WordIndex(connection, at_once=AT_ONCE if index_words else 0)
        self._sources: dict[tuple[object, ...], int] = {}
        self._days = _Days()
        self._last: tuple[object, ...] = ()
        self._last_key = 0

    def insert(self, rows: Sequence[tuple[int, int, Patent]]) -> None:
        """Insert patents, each with its own number and its batch's."""
        self._words.add(rows)
        columns = self._columns
        self._many(
            _INSERT, [columns(patent, key, batch) for key, batch, patent in rows]
        )
        self._many(
            _LINK, [(n, key) for key, _, patent in rows for n in patent.publications]
        )

    def change(self, old: Sequence[Stored], new: Sequence[Stored]) -> None:
        """Give stored patents new facts; their batch stays that which added them."""
        self._words.change(old, new)
        self._many(_UPDATE, [self._columns(one, key, None) for key, one in new])
        former, links = _links(old), _links(new)
        if former != links:
            self._many(_UNLINK, former)
            self._many(_LINK, links)

    def remove(self, old: Sequence[Stored]) -> None:
        """Delete patents and what leads to them."""
        self._words.remove(old)
        keys = json.dumps([key for key, _ in old])
        self._connection.exec_driver_sql(_REMOVE, (keys,))
        self._many(_UNLINK, _links(old))

    def _many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(statement, rows)

    def _columns(self, patent: Patent, key: int, batch: int | None) -> tuple[Any, ...]:
        days, kind = self._days, patent.kind
        return (
            patent.number or None,
            _encode(patent.publications).decode(),
            patent.country,
            None if kind is None else str(kind),
            patent.title,
            _encode(patent.owners).decode(),
            _encode(patent.inventors).decode(),
            days[patent.filed],
            days[patent.priority],
            days[patent.granted],
            _encode(patent.ipc).decode(),
            str(patent.status),
            patent.status_wording,
            days[patent.status_on],
            _encode(patent.history).decode() if patent.history else "[]",
            _encode(patent.fees).decode() if patent.fees else "[]",
            patent.pta_days,
            patent.pte_days,
            self._source(patent.source),
            patent.source.row,
            key,
            batch,
        )

    def _source(self, source: Source) -> int:
        seen = (source.file, source.sha256, source.sheet, source.on)
        # Of a list all rows have the same one; comparing is quicker than hashing.
        if seen != self._last:
            key = self._sources.get(seen)
            if key is None:
                key = self._sources[seen] = self._stored_source(source)
            self._last, self._last_key = seen, key
        return self._last_key

    def _stored_source(self, source: Source) -> int:
        columns = {
            "file": source.file,
            "sha256": source.sha256,
            "sheet": source.sheet,
            "on": source.on,
        }
        same = [_s[name].is_not_distinct_from(value) for name, value in columns.items()]
        key = self._connection.scalar(select(_s.id).where(*same))
        if key is None:
            new = insert(sources).values(columns).returning(_s.id)
            key = self._connection.scalar(new)
        return int(key or 0)


def _links(stored: Sequence[Stored]) -> list[tuple[Any, ...]]:
    return [(name, key) for key, patent in stored for name in patent.publications]
