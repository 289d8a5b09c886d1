"""Undo and redo of a case: revisions that name the one they restore.

Nothing is taken out of the record: undoing adds a revision, and which step is next to
be undone or done again follows from the trail alone. So it is the same after a
restart, and for whoever opens the library next. A change made after an undo leaves
nothing to redo; the values undone stay in the trail and can be restored from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.cases import case_key
from valuer.store.revision_rows import DAMAGED, Revision, RevisionKind
from valuer.store.revisions import bring_back, newest, still_latest
from valuer.store.schema import revisions

RESTORE = N_("Restore an earlier revision")
"""The action of a revision that restores one chosen from the trail."""

_r = revisions.c


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be undone or done again.

    Attributes:
        action: marked text of what was done.
        restores: number of the revision whose value comes back.
    """

    action: str
    restores: int


@dataclass(frozen=True, slots=True)
class Steps:
    """What Undo and Redo would do to a case now; None where there is nothing."""

    undoable: Step | None = None
    redoable: Step | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a revision tells of how the case went on."""

    number: int
    kind: RevisionKind
    action: str


def replay(turns: Iterable[Turn]) -> Steps:
    """Return what can be undone and done again after a trail, oldest turn first."""
    past: list[Step] = []
    future: list[Step] = []
    present = 0
    for turn in turns:
        if turn.kind is RevisionKind.UNDO and past:
            step = past.pop()
            future.append(Step(step.action, present))
            present = step.restores
        elif turn.kind is RevisionKind.REDO and future:
            step = future.pop()
            past.append(Step(step.action, present))
            present = step.restores
        else:
            if present:
                past.append(Step(turn.action, present))
            future.clear()
            present = turn.number
    return Steps(past[-1] if past else None, future[-1] if future else None)


def steps(connection: Connection, case_id: str) -> Steps:
    """Return what Undo and Redo would do to a case now.

    Raises:
        UserError: there is no such case, or its record is damaged.
    """
    case = newest(connection, case_id).case_id
    query = (
        select(_r.number, _r.kind, _r.action)
        .where(_r.case_id == case_key(case))
        .order_by(_r.number)
    )
    return replay(_turn(case, *row) for row in connection.execute(query).all())


def undo(
    connection: Connection, based_on: Revision, author: str, at: datetime
) -> tuple[Case, Revision]:
    """Bring the value before the last step back, and return it with its revision.

    Raises:
        UserError: there is nothing to undo, the case has moved on since ``based_on``,
            or is in the bin.
    """
    still_latest(connection, based_on)
    step = steps(connection, based_on.case_id).undoable
    if step is None:
        text = N_("In case {case} there is nothing to undo.")
        raise UserError(text, case=based_on.case_id)
    return _take(connection, based_on, step, author, at, RevisionKind.UNDO)


def redo(
    connection: Connection, based_on: Revision, author: str, at: datetime
) -> tuple[Case, Revision]:
    """Bring the value that was undone last back, and return it with its revision.

    Raises:
        UserError: there is nothing to do again, the case has moved on since
            ``based_on``, or is in the bin.
    """
    still_latest(connection, based_on)
    step = steps(connection, based_on.case_id).redoable
    if step is None:
        text = N_("In case {case} there is nothing to do again.")
        raise UserError(text, case=based_on.case_id)
    return _take(connection, based_on, step, author, at, RevisionKind.REDO)


def restore_revision(
    connection: Connection,
    based_on: Revision,
    number: int,
    author: str,
    at: datetime,
) -> tuple[Case, Revision]:
    """Bring the value of any revision back: a change like others, which can be undone.

    Raises:
        UserError: there is no such revision, it is damaged, the case has moved on
            since ``based_on``, or is in the bin.
    """
    return bring_back(connection, based_on, number, author, RESTORE, at)


def _take(
    connection: Connection,
    based_on: Revision,
    step: Step,
    author: str,
    at: datetime,
    kind: RevisionKind,
) -> tuple[Case, Revision]:
    return bring_back(
        connection, based_on, step.restores, author, step.action, at, kind
    )


def _turn(case: str, number: int, kind: str, action: str) -> Turn:
    try:
        return Turn(number, RevisionKind(kind), action)
    except ValueError as error:
        raise UserError(DAMAGED, case=case, number=number) from error
