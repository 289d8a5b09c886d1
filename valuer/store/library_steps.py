"""Undo and redo of what was done with the library as a whole.

Undoing adds an entry to the journal that names the one undone; which step is next to
be undone or done again follows from the journal alone, so it is the same after a
restart. Steps within a case are undone in that case (``steps``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message
from valuer.store.batches import bring_again, take_back
from valuer.store.bin import bin_case, take_out
from valuer.store.journal import Entry, EntryKind, library_trail

_OPPOSITE = {
    EntryKind.IMPORT: EntryKind.TAKE_BACK,
    EntryKind.DELETION: EntryKind.TAKE_BACK,
    EntryKind.DOCKET_IMPORT: EntryKind.TAKE_BACK,
    EntryKind.DOCKET_EDIT: EntryKind.TAKE_BACK,
    EntryKind.BRING_AGAIN: EntryKind.TAKE_BACK,
    EntryKind.TAKE_BACK: EntryKind.BRING_AGAIN,
    EntryKind.BIN_CASE: EntryKind.TAKE_OUT_CASE,
    EntryKind.TAKE_OUT_CASE: EntryKind.BIN_CASE,
}
"""What undoes an entry; those that are not here are only told, never undone."""


@dataclass(frozen=True, slots=True)
class LibraryStep:
    """A step that can be undone or done again.

    Attributes:
        entry: the entry of the journal that took the step first.
        last: number of the entry that did or undid it last; the next one names it.
    """

    entry: Entry
    last: int

    @property
    def wording(self) -> Message:
        """What was done, as a person would say it."""
        return self.entry.wording


@dataclass(frozen=True, slots=True)
class LibrarySteps:
    """What Undo and Redo would do to the library now; None where there is nothing."""

    undoable: LibraryStep | None = None
    redoable: LibraryStep | None = None


def replay(entries: Iterable[Entry]) -> LibrarySteps:
    """Return what can be undone and done again after a journal, oldest entry first."""
    past: list[LibraryStep] = []
    future: list[LibraryStep] = []
    for entry in entries:
        if entry.kind not in _OPPOSITE:
            continue
        if past and entry.undoes == past[-1].last:
            future.append(LibraryStep(past.pop().entry, entry.number))
        elif future and entry.undoes == future[-1].last:
            past.append(LibraryStep(future.pop().entry, entry.number))
        else:
            past.append(LibraryStep(entry, entry.number))
            future.clear()
    return LibrarySteps(past[-1] if past else None, future[-1] if future else None)


def library_steps(connection: Connection) -> LibrarySteps:
    """Return what Undo and Redo would do to the library now."""
    return replay(library_trail(connection))


def undoable(connection: Connection) -> LibraryStep | None:
    """Return the step that ``undo_step`` would undo, or None."""
    return library_steps(connection).undoable


def redoable(connection: Connection) -> LibraryStep | None:
    """Return the step that ``redo_step`` would do again, or None."""
    return library_steps(connection).redoable


def undo_step(
    connection: Connection,
    author: str,
    at: datetime,
    progress: Progress = ignore,
) -> Entry:
    """Undo the last step of the library and return the entry that tells it.

    Raises:
        UserError: there is nothing to undo, or something stands in the way.
    """
    step = undoable(connection)
    if step is None:
        raise UserError(N_("In the library there is nothing to undo."))
    kind = _OPPOSITE[step.entry.kind]
    try:
        return _do(connection, kind, step, author, at, progress)
    except UserError as error:
        text = N_("“{step}” cannot be undone, nor can the steps before it: {reason}")
        raise UserError(text, step=step.wording, reason=error.wording) from error


def redo_step(
    connection: Connection,
    author: str,
    at: datetime,
    progress: Progress = ignore,
) -> Entry:
    """Do the step again that was undone last and return the entry that tells it.

    Raises:
        UserError: there is nothing to do again, or something stands in the way.
    """
    step = redoable(connection)
    if step is None:
        raise UserError(N_("In the library there is nothing to do again."))
    again = _OPPOSITE[_OPPOSITE[step.entry.kind]]
    try:
        return _do(connection, again, step, author, at, progress)
    except UserError as error:
        text = N_("“{step}” cannot be done again, nor can the steps after it: {reason}")
        raise UserError(text, step=step.wording, reason=error.wording) from error


def _do(
    connection: Connection,
    kind: EntryKind,
    step: LibraryStep,
    author: str,
    at: datetime,
    progress: Progress,
) -> Entry:
    subject = step.entry.subject
    if kind is EntryKind.TAKE_BACK:
        take_back(connection, subject, at, author, step.last, progress)
    elif kind is EntryKind.BRING_AGAIN:
        bring_again(connection, subject, at, author, step.last, progress)
    elif kind is EntryKind.BIN_CASE:
        bin_case(connection, subject, author, at, step.last)
    else:
        take_out(connection, subject, author, at, step.last)
    return library_trail(connection)[-1]
