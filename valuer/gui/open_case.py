"""The open case: a value, and the record it is saved in.

Pages show ``case`` and call ``change``; they do not know each other. Undo and redo
step through the record of the library, so they go on where the last one left off.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from valuer.core.case import Case
from valuer.core.problems import UserError


class DiskError(UserError):
    """The disk refuses; what was to be saved is still in memory."""


class Record(Protocol):
    """Where one case is saved; each call returns the case as it was saved."""

    @property
    def undoable(self) -> str:
        """The marked name of the step that Undo takes back, or ""."""

    @property
    def redoable(self) -> str:
        """The marked name of the step that Redo brings again, or ""."""

    def save(self, case: Case, action: str) -> Case:
        """Save the next value under an action, a marked text.

        Raises:
            DiskError: the disk refuses.
            UserError: it may not be saved.
        """

    def undo(self) -> Case:
        """Save the value before the last step once more."""

    def redo(self) -> Case:
        """Save the value of the step taken back once more."""

    def restore(self, number: int) -> Case:
        """Save the value of an earlier revision once more."""


class OpenCase(QObject):
    """Holds one open case.

    Saving comes first: when it is refused, nothing has changed, on screen or in the
    record. Only where the disk refuses, the value stays, marked as not saved, so that
    what was typed is not lost with the disk. A draft is what a page is being typed
    into; it is shown and valued, but not saved and no step to undo.
    """

    changed = Signal(object)
    drafted = Signal(object)

    def __init__(
        self, name: str, case: Case, record: Record, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.case = case
        self.shown = case
        self._saved = case
        self._record = record
        self._unsaved = ""

    @property
    def is_saved(self) -> bool:
        """Whether ``case`` is in the library."""
        return not self._unsaved

    @property
    def undoable(self) -> str:
        """The marked name of the step that Undo takes back, or ""."""
        return self._unsaved or self._record.undoable

    @property
    def redoable(self) -> str:
        """The marked name of the step that Redo brings again, or ""."""
        return "" if self._unsaved else self._record.redoable

    def change(self, action: str, case: Case) -> None:
        """Make ``case`` the present value; ``action`` names it in Undo and history.

        Raises:
            UserError: it is not saved, and why.
        """
        if case == self.case and self.is_saved:
            self.draft(case)
            return
        try:
            saved = self._record.save(case, action)
        except DiskError:
            self._unsaved = action
            self._show(case)
            raise
        self._keep(saved)

    def draft(self, case: Case) -> None:
        """Show ``case`` while it is typed, without saving it."""
        if case != self.shown:
            self.shown = case
            self.drafted.emit(case)

    def save(self) -> None:
        """Save what the disk refused, if anything.

        Raises:
            UserError: it still does.
        """
        if self._unsaved:
            self.change(self._unsaved, self.case)

    def undo(self) -> None:
        """Go back to the value before the last step."""
        if self._unsaved:
            self._keep(self._saved)
        elif self._record.undoable:
            self._keep(self._record.undo())

    def redo(self) -> None:
        """Bring the step taken back again."""
        if self.redoable:
            self._keep(self._record.redo())

    def restore(self, number: int) -> None:
        """Bring the value of an earlier revision back, as a step like others."""
        self._keep(self._record.restore(number))

    def put(self, case: Case) -> None:
        """Show the case as somebody else saved it."""
        self._keep(case)

    def _keep(self, case: Case) -> None:
        self._saved, self._unsaved = case, ""
        self._show(case)

    def _show(self, case: Case) -> None:
        self.case = self.shown = case
        self.changed.emit(case)
