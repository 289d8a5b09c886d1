"""Put a list of cases into the docket, as part of a batch.

Facts of one case are joined in the order of the list (``agency.docket_merge``). What
may not be decided here stays as it stands, and what came waits in the queue, once: the
same question is not asked again while it is open, nor after it was answered with
“keep”. What was entered by hand is not changed by a list; that is asked, too. So the
same list a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from sqlalchemy import Connection, update

from valuer.agency.docket import Case
from valuer.agency.docket_merge import (
    Doubt,
    agree,
    blanked,
    differs_from_own_work,
    doubt_of,
    has_other_facts,
    in_other_words,
    joined,
    says_nothing_new,
    several,
    taken,
)
from valuer.core.problems import Issue
from valuer.core.progress import Progress, ignore
from valuer.store.batches import batch_key
from valuer.store.docket_edits import REMEMBER
from valuer.store.docket_finding import Known
from valuer.store.docket_questions import Asking
from valuer.store.docket_rows import DocketWriter, Row, as_read, status_words
from valuer.store.garbage import no_search_for_garbage
from valuer.store.schema import batches

_CHUNK = 250

_LAST = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'docket_cases'"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list; added, updated and unchanged make up its rows.

    Attributes:
        queued: rows, among the unchanged, that wait for an answer.
        issues: why, of those that were not asked about before.
    """

    added: int
    updated: int
    unchanged: int
    issues: tuple[Issue, ...] = ()
    queued: int = 0


def put_cases(
    connection: Connection,
    batch: str,
    cases: Sequence[Case],
    as_of: date,
    author: str = "",
    progress: Progress = ignore,
) -> Outcome:
    """Store the cases of a list; each has a number or a reference, and its source."""
    key = batch_key(batch)
    if key is None:
        raise ValueError(f"{batch!r} names no batch")
    putting = _Putting(connection, key, as_of)
    progress(0, len(cases))
    with no_search_for_garbage():
        for done, part in _parts(cases):
            putting.put(part)
            progress(done, len(cases))
    return putting.end(len(cases))


def _parts(cases: Sequence[Case]) -> Iterator[tuple[int, Sequence[Case]]]:
    for start in range(0, len(cases), _CHUNK):
        part = cases[start : start + _CHUNK]
        yield start + len(part), part


class _Putting:
    """One list on its way into the docket."""

    def __init__(self, connection: Connection, batch: int, as_of: date) -> None:
        self._connection = connection
        self._batch = batch
        self._as_of = as_of
        self._words = status_words(connection)
        self._known = Known(connection)
        self._writer = DocketWriter(connection)
        self._asking = Asking(connection, batch)
        self._next = (connection.exec_driver_sql(_LAST).scalar() or 0) + 1
        self._brought: dict[int, Case] = {}
        self._added: set[int] = set()
        self._updated: set[int] = set()
        self._new: dict[int, Row] = {}
        self._changed: dict[int, Row] = {}
        self._gone: list[int] = []

    def put(self, part: Sequence[Case]) -> None:
        """Join some rows with what is known, and write what came of it."""
        self._known.load(part)
        for case in part:
            if not case.number and not case.reference:
                raise ValueError(f"row {case.source.row} names no case")
            self._one(_as_written(case))
        self._write()

    def end(self, rows: int) -> Outcome:
        """Count what was done."""
        self._writer.end()
        added, updated = len(self._added), len(self._updated - self._added)
        unchanged = rows - added - updated
        b = batches.c
        counts = {
            "added": b.added + added,
            "updated": b.updated + updated,
            "unchanged": b.unchanged + unchanged,
        }
        self._connection.execute(
            update(batches).where(b.id == self._batch).values(counts)
        )
        issues = self._asking.issues
        return Outcome(added, updated, unchanged, issues, self._asking.count)

    def _one(self, case: Case) -> None:
        meant = self._known.meant(case)
        if len(meant) > 1:
            # One that has all this already is meant, or none is changed anyway.
            knowing = (row for row in meant if says_nothing_new(case, row.case))
            meant = [*islice(knowing, 1)] or meant
        if len(meant) > 1:
            self._ask(several(case, [row.case for row in meant]), meant[0], case)
        elif meant:
            self._join(meant[0], case)
        else:
            self._begin(case)

    def _begin(self, case: Case) -> None:
        doubt = doubt_of(as_read(case, self._words), self._as_of)
        if doubt:
            self._ask(doubt, None, case)
            return
        row = Row(self._next, self._batch, case)
        self._next += 1
        self._added.add(row.id)
        self._brought[row.id] = case
        self._new[row.id] = row
        self._known.put(row)

    def _join(self, row: Row, case: Case) -> None:
        before = self._brought.get(row.id)
        if before is not None and not agree(before, case):
            self._ask(in_other_words(before, case), row, case)
            return
        stands, forerunner = row, self._known.forerunner(case)
        if forerunner and forerunner.id != row.id:
            both = taken(forerunner.case, row.case)
            own = {*forerunner.by_hand, *row.by_hand}
            stands = row._replace(case=both, by_hand=tuple(sorted(own)))
        doubt = differs_from_own_work(stands.case, case, stands.by_hand)
        came = blanked(case, stands.by_hand) if doubt else case
        words = self._words
        merged = joined(as_read(stands.case, words), as_read(came, words), self._as_of)
        if merged.doubt or doubt:
            self._ask(merged.doubt or doubt, row, case)
        if merged.doubt:
            return
        self._brought[row.id] = case if before is None else taken(before, case)
        self._become(row, stands._replace(case=_as_written(merged.case)))
        if forerunner and forerunner.id != row.id:
            self._go(forerunner)

    def _become(self, row: Row, now: Row) -> None:
        if not has_other_facts(now.case, row.case):
            return
        self._updated.add(row.id)
        self._known.put(now)
        (self._new if row.id in self._new else self._changed)[row.id] = now

    def _go(self, row: Row) -> None:
        """Take a case out that has gone into another."""
        self._known.drop(row.id)
        self._changed.pop(row.id, None)
        self._updated.discard(row.id)
        self._added.discard(row.id)
        if self._new.pop(row.id, None) is None:
            self._gone.append(row.id)

    def _ask(self, doubt: Doubt | None, row: Row | None, case: Case) -> None:
        if doubt:
            self._asking.ask(doubt, row, case)

    def _write(self) -> None:
        old = [(self._batch, key) for key in (*self._gone, *self._changed)]
        if old:
            self._connection.exec_driver_sql(REMEMBER, old)
        if self._gone:
            self._writer.remove(self._gone)
        self._writer.change([*self._changed.values()])
        self._writer.insert([*self._new.values()])
        self._asking.write()
        self._gone, self._changed, self._new = [], {}, {}


def _as_written(case: Case) -> Case:
    """Return a case without what its status word was said to mean."""
    return replace(case, status_means="") if case.status_means else case
