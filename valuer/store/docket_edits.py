"""Cases of the docket edited by hand: each step is a batch of its own.

So it bears a name and a time, stands in the journal, and is taken back like an import.
What was entered by hand is remembered as such: no list changes it unasked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, update

from valuer.agency.docket import Case
from valuer.agency.docket_merge import EVENTS, FACTS
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.batches import BatchKind
from valuer.store.docket_finding import Known
from valuer.store.docket_rows import DocketWriter, Row
from valuer.store.journal import EntryKind, note
from valuer.store.schema import batches

_LAST = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'docket_cases'"
REMEMBER = """INSERT OR IGNORE INTO docket_changes
(batch_id, case_id, former_batch_id, former_facts, former_by_hand)
SELECT ?1, id, batch_id, facts, by_hand FROM docket_cases
JOIN docket_facts ON case_id = id WHERE id = ?2 AND batch_id <> ?1"""
"""Keeps what a case was before a batch changed it for the first time."""


def save_case(
    connection: Connection,
    case: Case,
    author: str,
    at: datetime,
    name: str = "",
) -> Case:
    """Keep a case as it was edited by hand, or a new one, and return it.

    Args:
        connection: of a change of the library.
        case: as it is to be.
        author: who edited it.
        at: when.
        name: number or reference that the case had before; "": those it has.

    Raises:
        UserError: it has neither number nor reference, or those of another case.
    """
    if not case.number and not case.reference:
        text = N_("A case of the docket needs an application number or a reference.")
        raise UserError(text)
    case = replace(case, status_means="")
    stands = standing(connection, case, name)
    old = stands.case if stands else Case("")
    changed = {key for key in FACTS if getattr(case, key) != getattr(old, key)}
    own = {*(stands.by_hand if stands else ()), *changed} - {*EVENTS}
    editing = Editing(connection, author, at)
    editing.put(stands, case, own)
    editing.end()
    return case


class Editing:
    """Edits that are one step: one batch, one entry of the journal."""

    def __init__(self, connection: Connection, author: str, at: datetime) -> None:
        self._connection = connection
        self._author = author
        self._at = at
        self._writer = DocketWriter(connection)
        self._batch: int | None = None
        self._names: list[str] = []
        self._added = 0

    def put(self, stands: Row | None, case: Case, by_hand: Collection[str]) -> None:
        """Make a case what it is now; ``by_hand`` is what no list changes unasked."""
        if stands and stands.case == case:
            return
        batch, own = self._begun(), tuple(sorted(by_hand))
        if stands:
            self._connection.exec_driver_sql(REMEMBER, (batch, stands.id))
            self._writer.change([stands._replace(case=case, by_hand=own)])
        else:
            key = (self._connection.exec_driver_sql(_LAST).scalar() or 0) + 1
            self._writer.insert([Row(key, batch, case, own)])
            self._added += 1
        self._names.append(case.number or case.reference)

    def end(self) -> int | None:
        """Tell what was done, and return its batch; None where nothing changed."""
        batch = self._batch
        if batch is None:
            return None
        self._writer.end()
        counts = {"added": self._added, "updated": len(self._names) - self._added}
        this = update(batches).where(batches.c.id == batch)
        self._connection.execute(this.values(counts))
        kind, detail = EntryKind.DOCKET_EDIT, {"cases": self._names}
        note(self._connection, kind, f"B{batch}", self._author, self._at, detail)
        return batch

    def _begun(self) -> int:
        if self._batch is None:
            kind = BatchKind.DOCKET_EDIT.value
            new = insert(batches).values(at=self._at, files=[], kind=kind)
            self._batch = self._connection.scalar(new.returning(batches.c.id)) or 0
        return self._batch


def standing(connection: Connection, case: Case, name: str = "") -> Row | None:
    """Return the case of the docket that a case is, or was under a former name.

    Raises:
        UserError: there is none of that name, or the number is another one's.
    """
    known = Known(connection)
    former = replace(case, number=name, reference=name) if name else case
    known.load([case, former])
    found = known.named(name or case.number or case.reference)
    if name and found is None:
        raise UserError(N_("The docket has no case {name}."), name=name)
    other = known.numbered(case.office, case.number)
    if other and found and other.id != found.id:
        text = N_("Case {number} stands in the docket already; edit it there.")
        raise UserError(text, number=case.number)
    return other or found
