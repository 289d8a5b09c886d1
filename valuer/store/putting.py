"""Put a list of patents into the library, as part of a batch.

Facts of one patent are folded in the order of the list, newer over older, blanks
never over facts. A patent counts once, as added, updated or unchanged, by what it
was before the list and is after it; further rows on it count as unchanged. So the
same list a second time changes nothing.

A row that shares no number with the library or with a row before it is stored as it
comes: of a long list only the numbers are remembered. The others are kept, and joined
with what they speak of when the list has ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import length_hint

from sqlalchemy import Connection, update

from valuer.core.patents import Patent
from valuer.core.problems import Issue
from valuer.core.progress import Progress, ignore
from valuer.store.batches import batch_key
from valuer.store.garbage import no_search_for_garbage
from valuer.store.indexing import AT_ONCE
from valuer.store.joining import Tied, join
from valuer.store.patent_rows import PatentWriter, Stored
from valuer.store.schema import batches

_CHUNK = 1000
"""Rows between two reports of progress: about 20 ms."""

_LAST = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'patents'"
_ANY = "SELECT 1 FROM patents LIMIT 1"
_KNOWN = """SELECT value FROM json_each(?) WHERE
EXISTS (SELECT 1 FROM patents WHERE number = value) OR
EXISTS (SELECT 1 FROM publications WHERE publication = value)"""


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
    rows: Iterable[tuple[int, Patent]],
    progress: Progress = ignore,
) -> Outcome:
    """Store the patents of a list; each comes with its row in the file.

    Every patent has an application or a publication number: a row without one is
    refused where it is read.
    """
    key = batch_key(batch)
    if key is None:
        raise ValueError(f"{batch!r} names no batch")
    report = _Report(progress, length_hint(rows))
    coming = iter(rows)
    head = list(islice(coming, AT_ONCE + 1))
    writer = PatentWriter(connection, index_words=len(head) <= AT_ONCE)
    first = (connection.exec_driver_sql(_LAST).scalar() or 0) + 1
    total, tied = 0, list[Tied]()
    with no_search_for_garbage():
        for part, ties in _sorted_out(connection, chain(head, coming), first):
            writer.insert([(own, key, patent) for own, patent in part])
            report.rows(len(part))
            report.step(len(ties))
            total += len(part) + len(ties)
            tied += ties
        joined = join(connection, writer, key, tied, first, report.step)
    added = total - len(tied) + joined.added
    unchanged = total - added - joined.updated
    _count(connection, key, added, joined.updated, unchanged)
    report.end()
    return Outcome(added, joined.updated, unchanged, joined.issues)


class _Report:
    """Passes progress on; a row takes four steps: read, link, fold, write."""

    def __init__(self, progress: Progress, rows: int) -> None:
        self._progress = progress
        self._total = 4 * rows
        self._done = 0

    def rows(self, count: int) -> None:
        """Count rows done with."""
        self.step(4 * count)

    def step(self, count: int) -> None:
        """Count steps done and say how far it is; who cancels raises from here."""
        self._done += count
        if self._total:
            self._done = min(self._done, self._total)
        self._progress(self._done, self._total)

    def end(self) -> None:
        """Say that all is done."""
        done = self._total or self._done
        self._progress(done, done)


def _sorted_out(
    connection: Connection, rows: Iterable[tuple[int, Patent]], first: int
) -> Iterator[tuple[list[Stored], list[Tied]]]:
    """Yield the rows, some at a time: those that stand alone so far, and the tied."""
    empty = connection.exec_driver_sql(_ANY).first() is None
    # Hashes take a quarter of the memory; where two are alike, that makes a tie more.
    seen: set[int] = set()
    coming = iter(rows)
    key = first
    while part := list(islice(coming, _CHUNK)):
        numbers = _numbers(part)
        known = set() if empty else _known(connection, numbers)
        met = set(map(hash, numbers))
        if len(met) == len(numbers) and seen.isdisjoint(met) and not known:
            seen |= met
            yield [(place, one) for place, (_, one) in enumerate(part, key)], []
        else:
            yield _parted(part, key, seen, known)
        key += len(part)


def _numbers(part: Sequence[tuple[int, Patent]]) -> list[str]:
    """Return all numbers of some rows."""
    numbers = [patent.number for _, patent in part]
    if not all(numbers):
        for row, patent in part:
            if not patent.identity:
                raise ValueError(f"row {row} has neither of the two numbers")
        numbers = [*filter(None, numbers)]
    numbers += [name for _, patent in part for name in patent.publications]
    return numbers


def _parted(
    part: Sequence[tuple[int, Patent]], key: int, seen: set[int], known: set[str]
) -> tuple[list[Stored], list[Tied]]:
    alone, ties = list[Stored](), list[Tied]()
    for place, (row, patent) in enumerate(part, key):
        numbers = _numbers([(row, patent)])
        met = set(map(hash, numbers))
        if seen.isdisjoint(met) and known.isdisjoint(numbers):
            alone.append((place, patent))
        else:
            ties.append(Tied(place, row, patent))
        seen |= met
    return alone, ties


def _known(connection: Connection, numbers: Sequence[str]) -> set[str]:
    """Return those numbers that the library has."""
    asked = json.dumps(numbers)
    return set(connection.exec_driver_sql(_KNOWN, (asked,)).scalars())


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
