"""The patents of the library: looked up, searched, listed.

A patent is known by its application number, else by its publication numbers; any of
its publications finds it. What comes out are whole patents, as values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from valuer.core.patents import Patent
from valuer.store.patent_rows import STORED, stored_patent
from valuer.store.schema import patents, publications
from valuer.store.search import hits

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
    found = hits(connection, search)
    key = _p.id if found is None or columns else found.c.id
    page = select(key)
    if found is not None and columns:
        page = page.join(found, found.c.id == _p.id)
    # Only what decides the order is sorted; the page alone is read whole.
    last = key.desc() if descending and not columns else key
    page = page.order_by(*columns, last).limit(limit).offset(offset or None)
    again = _p.id.desc() if descending and not columns else _p.id
    query = STORED.where(_p.id.in_(page)).order_by(*columns, again)
    return tuple(stored_patent(row)[1] for row in connection.execute(query).all())


def count_patents(connection: Connection, search: str = "") -> int:
    """Return how many patents ``list_patents`` would return without a limit."""
    found = hits(connection, search)
    within = patents if found is None else found
    return connection.scalar(select(func.count()).select_from(within)) or 0


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
