"""Put a list of patents into the library, as part of a batch.

Facts of one patent are folded in the order of the list, newer over older, blanks
never over facts. A patent counts once, as added, updated or unchanged, by what it
was before the list and is after it; further rows on it count as unchanged. So the
same list a second time changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Select, column, func, select, update

from valuer.core.merging import merge
from valuer.core.patents import Patent
from valuer.core.problems import Issue
from valuer.core.progress import Progress, ignore
from valuer.store.batches import batch_key
from valuer.store.linking import Links
from valuer.store.patent_rows import STORED, PatentWriter, Stored, stored_patent
from valuer.store.schema import batches, patents, publications

T = TypeVar("T")

_CHUNK = 1000
"""Patents between two reports of progress: about 20 ms."""

_facts = attrgetter(*(f.name for f in fields(Patent) if f.name != "source"))
"""What a patent is, whichever file said so."""

_REMEMBER = """INSERT OR IGNORE INTO batch_changes
(batch_id, patent_id, former_batch_id, former_facts)
SELECT ?, id, batch_id, ? FROM patents WHERE id = ? AND batch_id <> ?"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list; the three counts make up its rows."""

    added: int
    updated: int
    unchanged: int
    issues: tuple[Issue, ...] = ()


def put_patents(
    connection: Connection,
    batch: str,
    rows: Sequence[tuple[int, Patent]],
    progress: Progress = ignore,
) -> Outcome:
    """Store the patents of a list; each comes with its row in the file.

    Every patent has an application or a publication number: a row without one is
    refused where it is read.
    """
    key = batch_key(batch)
    if key is None:
        raise ValueError(f"{batch!r} names no batch")
    report = _Report(progress, 2 * len(rows))
    stored = _stored(connection, [patent for _, patent in rows], report)
    links, issues = _linked(stored, rows, report)
    facts = _folded(links, stored, rows, report)
    # What was joined to an older group has no facts of its own any more.
    gone = [old for group, old in enumerate(stored) if group not in facts]
    new = [facts[group] for group in range(len(stored), len(links)) if group in facts]
    changes = _changes(stored, facts, report)
    _write(connection, key, new, changes, gone, report)
    unchanged = len(rows) - len(new) - len(changes)
    _count(connection, key, len(new), len(changes), unchanged)
    report.end()
    return Outcome(len(new), len(changes), unchanged, tuple(issues))


class _Report:
    """Passes progress on every so many steps."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def step(self, count: int) -> None:
        """Count steps done and say how far it is; who cancels raises from here."""
        self._done = min(self._done + count, self._total)
        self._progress(self._done, self._total)

    def end(self) -> None:
        """Say that all is done."""
        self._progress(self._total, self._total)


def _stored(
    connection: Connection, wanted: Sequence[Patent], report: _Report
) -> list[Stored]:
    """Return the stored patents that share a number with a wanted one, oldest first."""
    if connection.scalar(select(patents.c.id).limit(1)) is None:
        return []
    keys: set[int] = set()
    for part in _parts(sorted({patent.number for patent in wanted} - {""})):
        listed = patents.c.number.in_(_listed(part))
        keys.update(connection.scalars(select(patents.c.id).where(listed)).all())
        report.step(0)
    for part in _parts(sorted({name for p in wanted for name in p.publications})):
        listed = publications.c.publication.in_(_listed(part))
        keys.update(
            connection.scalars(select(publications.c.patent_id).where(listed)).all()
        )
        report.step(0)
    found: list[Stored] = []
    for some in _parts(sorted(keys)):
        query = STORED.where(patents.c.id.in_(_listed(some))).order_by(patents.c.id)
        found += map(stored_patent, connection.execute(query).all())
        report.step(0)
    return found


def _listed(values: Sequence[object]) -> Select[Any]:
    """Return values as a table; as parameters there might be too many."""
    return select(column("value")).select_from(func.json_each(json.dumps(values)))


def _linked(
    stored: Sequence[Stored], rows: Sequence[tuple[int, Patent]], report: _Report
) -> tuple[Links, list[Issue]]:
    links, issues = Links(), []
    for known in _parts(stored):
        links.know(patent for _, patent in known)
        report.step(0)
    for part in _parts(rows):
        for row, patent in part:
            if not patent.identity:
                raise ValueError(f"row {row} has neither of the two numbers")
            issue = links.add(row, patent)
            if issue:
                issues.append(issue)
        report.step(len(part) // 2)
    return links, issues


def _folded(
    links: Links,
    stored: Sequence[Stored],
    rows: Sequence[tuple[int, Patent]],
    report: _Report,
) -> dict[int, Patent]:
    """Return what is now known of each group that has not gone into another."""
    facts: dict[int, Patent] = {}

    def add(group: int, patent: Patent) -> None:
        before = facts.get(group)
        if before is None:
            facts[group] = patent
        elif _facts(before) != _facts(patent):
            facts[group] = merge(before, patent)

    for known in _parts(list(enumerate(stored))):
        for group, (_, patent) in known:
            add(links.group(group), patent)
        report.step(0)
    for part in _parts(list(zip(links.rows, rows, strict=True))):
        for group, (_, patent) in part:
            add(links.group(group), patent)
        report.step(len(part) // 2)
    return facts


def _changes(
    stored: Sequence[Stored], facts: Mapping[int, Patent], report: _Report
) -> list[tuple[Stored, Stored]]:
    """Return the stored patents of which something new is known, before and after."""
    changes: list[tuple[Stored, Stored]] = []
    for part in _parts(list(enumerate(stored))):
        changes += [
            ((key, old), (key, facts[group]))
            for group, (key, old) in part
            if facts.get(group, old) is not old and _facts(facts[group]) != _facts(old)
        ]
        report.step(0)
    return changes


def _write(
    connection: Connection,
    batch: int,
    new: Sequence[Patent],
    changes: Sequence[tuple[Stored, Stored]],
    gone: Sequence[Stored],
    report: _Report,
) -> None:
    writer = PatentWriter(connection)
    _remember(connection, batch, gone)
    writer.remove(gone)
    for part in _parts(changes):
        old = [before for before, _ in part]
        _remember(connection, batch, old)
        writer.change(old, [after for _, after in part])
        report.step(len(part))
    query = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'patents'"
    first = (connection.exec_driver_sql(query).scalar() or 0) + 1
    for some in _parts(list(enumerate(new, first))):
        writer.insert([(key, batch, patent) for key, patent in some])
        report.step(len(some))


def _remember(connection: Connection, batch: int, old: Sequence[Stored]) -> None:
    """Note what patents were before the batch changed them for the first time.

    What the batch itself added has no past to note.
    """
    if old:
        encode = msgspec.json.Encoder(order="sorted").encode
        rows = [(batch, encode(p).decode(), key, batch) for key, p in old]
        connection.exec_driver_sql(_REMEMBER, rows)


def _count(
    connection: Connection, batch: int, added: int, updated: int, unchanged: int
) -> None:
    b = batches.c
    connection.execute(
        update(batches)
        .where(b.id == batch)
        .values(
            added=b.added + added,
            updated=b.updated + updated,
            unchanged=b.unchanged + unchanged,
        )
    )


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
