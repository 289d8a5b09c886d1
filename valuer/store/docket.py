"""The docket (案卷) of the library: looked up, searched, listed. All cases are values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from valuer.agency.docket import Case
from valuer.agency.statuses import Outcome
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.batches import batch_key
from valuer.store.docket_rows import as_read, facts_case, status_words
from valuer.store.docket_schema import docket_agents, docket_cases
from valuer.store.exchanging import among
from valuer.store.words import sought_words

_c = docket_cases.c

ORDERS = (
    "added",
    "number",
    "reference",
    "title",
    "client",
    "agent",
    "filed",
    "granted",
    "outcome",
    "status",
)
"""What a list can be ordered by; ``added`` is the order of coming in."""

_STATE = "SELECT state FROM docket_state WHERE id = 1"
_EVERY = "SELECT facts, case_id FROM docket_facts ORDER BY case_id"
_THESE = """SELECT facts, case_id FROM json_each(?) AS wanted
JOIN docket_facts ON case_id = wanted.value ORDER BY wanted.key"""
_NAMED = (
    """SELECT facts, case_id FROM docket_facts JOIN docket_cases ON id = case_id
WHERE number = ? ORDER BY id LIMIT 1""",
    """SELECT facts, case_id FROM docket_facts JOIN docket_cases ON id = case_id
WHERE reference = ? ORDER BY id LIMIT 1""",
)


@dataclass(frozen=True, slots=True)
class DocketFilter:
    """Which cases are wanted; what is left out does not narrow.

    Attributes:
        search: words that all occur in number, reference, title, client or agents.
        agent: who signed or is in charge; ``field``: section of the IPC.
        numbers: application numbers or references; None: any.
        batch: the import that added the cases, as ``B7``.
        filed_from, filed_to: first and last filing day.
    """

    search: str = ""
    outcome: Outcome | None = None
    kind: PatentKind | None = None
    agent: str = ""
    client: str = ""
    field: str = ""
    status: str = ""
    numbers: tuple[str, ...] | None = None
    batch: str = ""
    filed_from: date | None = None
    filed_to: date | None = None


def docket_state(connection: Connection) -> int:
    """Return a number that grows with every change of the docket."""
    return int(connection.exec_driver_sql(_STATE).scalar() or 0)


def list_docket(
    connection: Connection,
    wanted: DocketFilter = DocketFilter(),
    first: int = 0,
    count: int | None = None,
    order: str = "added",
    *,
    descending: bool = False,
) -> tuple[Case, ...]:
    """Return cases, some of them or all, in an order of ``ORDERS``."""
    if order not in ORDERS:
        raise ValueError(f"{order!r} is no order of a docket")
    columns = [_c.id] if order == "added" else [_c[order], _c.id]
    ordered = [one.desc() if descending else one.asc() for one in columns]
    page = select(_c.id).where(*_narrowed(wanted)).order_by(*ordered)
    keys = connection.scalars(page.limit(count).offset(first or None)).all()
    return tuple(_cases(connection, _THESE, (json.dumps([*keys]),)))


def count_docket(connection: Connection, wanted: DocketFilter = DocketFilter()) -> int:
    """Return how many cases ``list_docket`` would return without a limit."""
    query = select(func.count()).select_from(docket_cases).where(*_narrowed(wanted))
    return connection.scalar(query) or 0


def find_docket_case(connection: Connection, name: str) -> Case:
    """Return the case with this application number, else with this reference.

    Raises:
        UserError: the docket has none.
    """
    for query in _NAMED if name else ():
        for case in _cases(connection, query, (name,)):
            return case
    raise UserError(N_("The docket has no case {name}."), name=name)


def every_case(connection: Connection) -> tuple[Case, ...]:
    """Return all cases in the order in which they came in."""
    return tuple(_cases(connection, _EVERY, ()))


def docket_names(connection: Connection, column: str) -> tuple[str, ...]:
    """Return all clients, fields or agents of the docket, in order."""
    if column not in ("agent", "client", "field", "status"):
        raise ValueError(f"{column!r} is no column of names")
    names = docket_agents.c.agent if column == "agent" else _c[column]
    query = select(names).distinct().where(names != "").order_by(names)
    return tuple(connection.scalars(query))


def _cases(
    connection: Connection, query: str, values: tuple[Any, ...]
) -> Iterator[Case]:
    words: Mapping[str, str] = status_words(connection)
    for facts, key in connection.exec_driver_sql(query, values).all():
        yield as_read(facts_case(facts, key), words)


def _narrowed(wanted: DocketFilter) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a filter."""
    for column in ("outcome", "kind", "client", "field", "status"):
        one = getattr(wanted, column)
        if one:
            yield _c[column] == str(one)
    if wanted.agent:
        of_agent = select(docket_agents.c.case_id)
        yield _c.id.in_(of_agent.where(docket_agents.c.agent == wanted.agent))
    if wanted.batch:
        yield _c.batch_id == batch_key(wanted.batch)
    if wanted.numbers is not None:
        named = among(wanted.numbers)
        yield or_(_c.number.in_(named), _c.reference.in_(named))
    if wanted.filed_from:
        yield _c.filed >= wanted.filed_from
    if wanted.filed_to:
        yield _c.filed <= wanted.filed_to
    for word in sought_words(wanted.search):
        either = func.instr(_c.words, word.text) > 0
        if word.number:
            either = or_(either, func.instr(_c.words, word.number) > 0)
        yield either
