"""What was done with the library as a whole: imports, deletions, the bin, the journal.

Plain calls for the pages, each one look or one change; what cannot be done is a
``UserError``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from valuer.core.patents import Patent
from valuer.core.problems import Issue
from valuer.core.texts import Message

if TYPE_CHECKING:
    from valuer.gui.desk import Desk
    from valuer.store.batches import Batch
    from valuer.store.cases import CaseLine
    from valuer.store.journal import Entry


class Records:
    """The record of a library, read and stepped through."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undoable(self) -> Message | None:
        """Return the step that ``undo`` takes back, in words, or None."""
        from valuer.store.library_steps import undoable

        with self._desk.library.read() as connection:
            step = undoable(connection)
        return step.wording if step else None

    def redoable(self) -> Message | None:
        """Return the step that ``redo`` brings again, in words, or None."""
        from valuer.store.library_steps import redoable

        with self._desk.library.read() as connection:
            step = redoable(connection)
        return step.wording if step else None

    def undo(self) -> None:
        """Undo the last step of the library."""
        from valuer.store.library_steps import undo_step

        with self._desk.library.change() as connection:
            undo_step(connection, self._desk.author, self._desk.clock())

    def redo(self) -> None:
        """Do the step again that was undone last."""
        from valuer.store.library_steps import redo_step

        with self._desk.library.change() as connection:
            redo_step(connection, self._desk.author, self._desk.clock())

    def batches(self) -> tuple[Batch, ...]:
        """Return every import and deletion, newest first."""
        from valuer.store.batches import list_batches

        with self._desk.library.read() as connection:
            return list_batches(connection)

    def take_back(self, batch: str) -> None:
        """Undo an import or a deletion."""
        from valuer.store.batches import take_back

        with self._desk.library.change() as connection:
            take_back(connection, batch, self._desk.clock(), self._desk.author)

    def bring_again(self, batch: str) -> None:
        """Do an import or a deletion again that was taken back."""
        from valuer.store.batches import bring_again

        with self._desk.library.change() as connection:
            bring_again(connection, batch, self._desk.clock(), self._desk.author)

    def delete_patents(self, patents: Sequence[Patent]) -> str:
        """Delete patents and return the batch by which it is taken back."""
        from valuer.store.deleting import delete_patents

        numbers = [patent.identity for patent in patents]
        with self._desk.library.change() as connection:
            return delete_patents(
                connection, numbers, self._desk.author, self._desk.clock()
            )

    def binned(self) -> tuple[CaseLine, ...]:
        """Return the cases in the bin, the latest changed first."""
        from valuer.store.bin import list_binned

        with self._desk.library.read() as connection:
            return list_binned(connection)

    def bin_case(self, name: str) -> None:
        """Put a case into the bin."""
        from valuer.store.bin import bin_case

        with self._desk.library.change() as connection:
            bin_case(connection, name, self._desk.author, self._desk.clock())

    def take_out(self, name: str) -> None:
        """Take a case out of the bin."""
        from valuer.store.bin import take_out

        with self._desk.library.change() as connection:
            take_out(connection, name, self._desk.author, self._desk.clock())

    def trail(self) -> tuple[Entry, ...]:
        """Return the journal, newest first."""
        from valuer.store.journal import library_trail

        with self._desk.library.read() as connection:
            return tuple(reversed(library_trail(connection)))

    def verify_trail(self) -> tuple[Issue, ...]:
        """Return what does not fit in the journal."""
        from valuer.store.journal import verify_journal

        with self._desk.library.read() as connection:
            return verify_journal(connection)

    def note_restored(self, backup: str) -> None:
        """Write into the journal that a backup was restored."""
        from valuer.store.journal import EntryKind, note

        desk = self._desk
        with desk.library.change() as connection:
            kind = EntryKind.RESTORE_BACKUP
            note(connection, kind, backup, desk.author, desk.clock())
