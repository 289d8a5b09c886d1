"""Where each fact of a case of the docket comes from: which list, or whose hand.

A batch keeps what the cases were that it changed, so the versions of a case can be laid
out one after another. A fact comes from the version since which it has stood so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, select

from valuer.agency.docket import Case
from valuer.agency.docket_merge import FACTS
from valuer.core.patents import Source
from valuer.store.batches import BatchKind
from valuer.store.docket_edits import standing
from valuer.store.docket_rows import Row, facts_case
from valuer.store.docket_schema import docket_cases, docket_changes
from valuer.store.schema import batches, journal


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from.

    Attributes:
        source: file, sheet, row and day; an empty one: entered by hand.
        author: who entered it by hand, or ""; ``at``: when it came in.
    """

    source: Source
    at: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class _Version:
    case: Case
    origin: Origin


def fact_origins(connection: Connection, case: Case) -> Mapping[str, Origin]:
    """Return the origin of each fact of a case, by field; {} where there is none."""
    row = standing(connection, case)
    if row is None:
        return {}
    versions = tuple(_versions(connection, row))
    return {name: _since(versions, name) for name in FACTS}


def _since(versions: Sequence[_Version], name: str) -> Origin:
    """Return the origin of the version since which a fact stands as it does."""
    found = versions[-1]
    for later, earlier in pairwise(reversed(versions)):
        if getattr(earlier.case, name) != getattr(later.case, name):
            break
        found = earlier
    return found.origin


def _versions(connection: Connection, row: Row) -> Iterator[_Version]:
    """Yield what the case was after each batch that stands, the first first."""
    change, batch = docket_changes.c, batches.c
    query = (
        select(change.batch_id, change.former_facts)
        .join(batches, batch.id == change.batch_id)
        .where(change.case_id == row.id, batch.taken_back_at.is_(None))
        .where(change.former_facts.is_not(None))
        .order_by(change.batch_id)
    )
    changed = connection.execute(query).all()
    added = select(docket_cases.c.batch_id).where(docket_cases.c.id == row.id)
    keys = [connection.scalar(added) or 0, *(key for key, _ in changed)]
    cases = [facts_case(facts, row.id) for _, facts in changed]
    before = Source()
    for key, case in zip(keys, [*cases, row.case], strict=True):
        yield _Version(case, _origin(connection, key, case.source, before))
        before = case.source


def _origin(connection: Connection, key: int, source: Source, before: Source) -> Origin:
    """Return the origin of what a batch brought: an edit by hand has no list."""
    found = connection.execute(
        select(batches.c.at, batches.c.kind).where(batches.c.id == key)
    ).one()
    if found.kind != BatchKind.DOCKET_EDIT or source != before:
        return Origin(source, found.at)
    query = (
        select(journal.c.author)
        .where(journal.c.subject == f"B{key}", journal.c.kind == found.kind)
        .order_by(journal.c.number)
        .limit(1)
    )
    return Origin(Source(), found.at, connection.scalar(query) or "")
