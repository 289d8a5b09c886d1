"""The open case: a value, and the values it had before.

Pages show ``case`` and call ``change``; they do not know each other.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from valuer.core.case import Case
from valuer.core.texts import N_

Save = Callable[[Case, str], Case]
"""Saves a case under an action (marked text) and returns it as saved."""

UNDO, REDO = N_("Undo"), N_("Redo")


class OpenCase(QObject):
    """Holds one open case.

    A case is a value, so history is a list of values. Saving comes first: when it
    raises, nothing has changed, on screen or in the history. A draft is what a page
    is being typed into; it is shown and valued, but not saved and no step to undo.
    """

    changed = Signal(object)
    drafted = Signal(object)

    def __init__(
        self, name: str, case: Case, save: Save, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.case = case
        self.shown = case
        self._save = save
        self._past: list[tuple[str, Case]] = []
        self._future: list[tuple[str, Case]] = []

    @property
    def undoable(self) -> str:
        """The marked name of the step that Undo takes back, or ""."""
        return self._past[-1][0] if self._past else ""

    @property
    def redoable(self) -> str:
        """The marked name of the step that Redo brings again, or ""."""
        return self._future[-1][0] if self._future else ""

    def change(self, action: str, case: Case) -> None:
        """Make ``case`` the present value; ``action`` names it in Undo and history."""
        if case == self.case:
            self.draft(case)
            return
        former = self.case
        saved = self._save(case, action)
        self._past.append((action, former))
        self._future.clear()
        self._show(saved)

    def draft(self, case: Case) -> None:
        """Show ``case`` while it is typed, without saving it."""
        if case != self.shown:
            self.shown = case
            self.drafted.emit(case)

    def undo(self) -> None:
        """Go back to the value before the last step."""
        self._step(self._past, self._future, UNDO)

    def redo(self) -> None:
        """Bring the step taken back again."""
        self._step(self._future, self._past, REDO)

    def _step(
        self,
        out: list[tuple[str, Case]],
        into: list[tuple[str, Case]],
        word: str,
    ) -> None:
        if not out:
            return
        action, case = out[-1]
        present = self.case
        saved = self._save(case, word)
        out.pop()
        into.append((action, present))
        self._show(saved)

    def _show(self, case: Case) -> None:
        self.case = self.shown = case
        self.changed.emit(case)
