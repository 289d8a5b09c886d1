"""Cases of the docket edited by hand: each edit is a batch of its own.

So it bears a name and a time, stands in the journal, and is taken back like an import.
What was entered by hand is remembered as such: no list changes it unasked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert

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
    edit(connection, stands, case, author, at, by_hand=own)
    return case


def edit(
    connection: Connection,
    stands: Row | None,
    case: Case,
    author: str,
    at: datetime,
    *,
    by_hand: Collection[str],
) -> int | None:
    """Make a case what it is now, as a batch; None where nothing changes.

    ``by_hand`` are the facts that no list changes unasked.
    """
    if stands and stands.case == case:
        return None
    kind = BatchKind.DOCKET_EDIT.value
    counts = {"updated": 1} if stands else {"added": 1}
    new = insert(batches).values(at=at, files=[], kind=kind, **counts)
    batch = connection.scalar(new.returning(batches.c.id)) or 0
    writer, own = DocketWriter(connection), tuple(sorted(by_hand))
    if stands:
        connection.exec_driver_sql(REMEMBER, (batch, stands.id))
        writer.change([stands._replace(case=case, by_hand=own)])
    else:
        key = (connection.exec_driver_sql(_LAST).scalar() or 0) + 1
        writer.insert([Row(key, batch, case, own)])
    writer.end()
    detail = {"case": case.number or case.reference}
    note(connection, EntryKind.DOCKET_EDIT, f"B{batch}", author, at, detail)
    return batch


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
