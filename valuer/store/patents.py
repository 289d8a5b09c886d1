"""The patents of the library: looked up, searched, listed.

A patent is known by its application number, else by its publication numbers; any of
its publications finds it. What comes out are whole patents, as values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    or_,
    select,
)

from valuer.core.patents import Patent
from valuer.store.patent_rows import STORED, stored_patent
from valuer.store.schema import patents, publications

_p = patents.c
_ORDERS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "added": (),
    "number": (func.coalesce(_p.number, _p.publications),),
    "title": (_p.title,),
    "owners": (_p.owners,),
    "filed": (_p.filed,),
    "granted": (_p.granted,),
    "status": (_p.status,),
}
ORDERS = tuple(_ORDERS)
"""What a list can be ordered by; ``added`` is the order of coming in."""


def list_patents(
    connection: Connection,
    search: str = "",
    limit: int | None = None,
    offset: int = 0,
    *,
    order: str = "added",
    descending: bool = False,
) -> tuple[Patent, ...]:
    """Return patents in which every word of ``search`` occurs."""
    columns = [c.desc() if descending else c.asc() for c in _ORDERS[order]]
    last = _p.id.desc() if descending and not columns else _p.id
    query = _found(STORED, search).order_by(*columns, last)
    rows = connection.execute(query.limit(limit).offset(offset or None)).all()
    return tuple(stored_patent(row)[1] for row in rows)


def count_patents(connection: Connection, search: str = "") -> int:
    """Return how many patents ``list_patents`` would return without a limit."""
    query = _found(select(func.count()).select_from(patents), search)
    return connection.scalar(query) or 0


def find_patent(connection: Connection, number: str) -> Patent | None:
    """Return the patent with this application or publication number, or None.

    The number comes normalised: country, digits, check digit or kind, no punctuation.
    """
    by_publication = select(publications.c.patent_id).where(
        publications.c.publication == number
    )
    either = or_(_p.number == number, _p.id.in_(by_publication))
    # Its own application number goes before a publication of the same wording.
    row = connection.execute(
        STORED.where(either).order_by(_p.number != number, _p.id)
    ).first()
    return None if row is None else stored_patent(row)[1]


def _found(query: Select[Any], search: str) -> Select[Any]:
    folded = unicodedata.normalize("NFKC", search)
    words = re.sub(r"(?i)\bZL\s*(?=\d)", "", folded).split()
    return query.where(and_(*map(_holds, words))) if words else query


def _holds(word: str) -> ColumnElement[bool]:
    """Say that a word occurs in a patent; numbers match whatever stands between."""
    # A list is JSON: a quotation mark in a name stands escaped there.
    listed = msgspec.json.encode(word).decode()[1:-1]
    sought = [
        (_p.title, word),
        *((c, listed) for c in (_p.owners, _p.inventors, _p.ipc)),
    ]
    number = re.sub(r"[.,/-]", "", word.upper())
    if re.fullmatch(r"[A-Z0-9]+", number):
        sought += [(_p.number, number), (_p.publications, number)]
    return or_(*(column.contains(text, autoescape=True) for column, text in sought))
