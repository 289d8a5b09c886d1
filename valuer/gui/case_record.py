"""The record of one open case in the library: saving, undo and redo are revisions.

It remembers the revision that is on screen; what someone else saved meanwhile is
never written over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.gui.open_case import DiskError
from valuer.store.failures import GONE

if TYPE_CHECKING:
    from valuer.gui.desk import Desk
    from valuer.store.revisions import Revision
    from valuer.store.steps import Steps


class CaseRecord:
    """Where the open case ``name`` is saved."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._desk = desk
        self.name = name
        self._steps: Steps | None = None
        self.case = self.read()

    @property
    def revision(self) -> Revision:
        """The newest revision that is on screen."""
        return self._desk.revision(self.name)

    @property
    def undoable(self) -> str:
        """The marked name of the step that Undo takes back, or ""."""
        step = self._steps.undoable if self._steps else None
        return step.action if step else ""

    @property
    def redoable(self) -> str:
        """The marked name of the step that Redo brings again, or ""."""
        step = self._steps.redoable if self._steps else None
        return step.action if step else ""

    def read(self) -> Case:
        """Return the case as it was saved last, by whomever."""
        from valuer.store.revisions import load_case
        from valuer.store.steps import steps

        with self._desk.library.read() as connection:
            self.case, revision = load_case(connection, self.name)
            self._steps = steps(connection, self.name)
        self._desk.remember(revision)
        return self.case

    def save(self, case: Case, action: str) -> Case:
        """Save the next value; return it with the versions of its methods."""
        from valuer.core.valuing import with_versions
        from valuer.store.revisions import save_revision
        from valuer.store.steps import steps

        desk = self._desk
        case = with_versions(case, desk.methods)
        with _disk_told(), desk.library.change() as connection:
            saved = save_revision(
                connection, case, self.revision, desk.author, action, desk.clock()
            )
            then = steps(connection, self.name)
        return self._saved(case, saved, then)

    def undo(self) -> Case:
        """Save the value before the last step once more."""
        from valuer.store.steps import steps, undo

        desk = self._desk
        with _disk_told(), desk.library.change() as connection:
            found = undo(connection, self.revision, desk.author, desk.clock())
            then = steps(connection, self.name)
        return self._saved(*found, then)

    def redo(self) -> Case:
        """Save the value of the step taken back once more."""
        from valuer.store.steps import redo, steps

        desk = self._desk
        with _disk_told(), desk.library.change() as connection:
            found = redo(connection, self.revision, desk.author, desk.clock())
            then = steps(connection, self.name)
        return self._saved(*found, then)

    def restore(self, number: int) -> Case:
        """Save the value of an earlier revision once more."""
        from valuer.store.steps import restore_revision, steps

        desk = self._desk
        with _disk_told(), desk.library.change() as connection:
            found = restore_revision(
                connection, self.revision, number, desk.author, desk.clock()
            )
            then = steps(connection, self.name)
        return self._saved(*found, then)

    def _saved(self, case: Case, revision: Revision, then: Steps) -> Case:
        """Remember what is on screen now; only once it is kept."""
        self.case, self._steps = case, then
        self._desk.remember(revision)
        return case


@contextmanager
def _disk_told() -> Iterator[None]:
    """Tell refusals of the disk from those of a rule of ours."""
    try:
        yield
    except UserError as error:
        # What SQLite or the system refused has a cause; a rule of ours has none.
        if error.__cause__ is None and error.wording.text != GONE:
            raise
        raise DiskError(error.wording) from error
