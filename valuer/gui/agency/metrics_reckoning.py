"""Reckoning with the docket off the window's thread.

The docket is read once and kept until it changes. What is asked again under a name is
no longer wanted as it was asked before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from valuer.agency.columns import Docket
from valuer.core.progress import Progress
from valuer.core.texts import N_, Message, message
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task

T = TypeVar("T")

MANY = 20_000
"""Cases from which on the status bar tells of the reckoning."""


class Reckoning(QObject):
    """Asks the docket; ``changed`` tells that more, or less, is under way."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._lock = threading.Lock()
        self._known: tuple[object, Docket] | None = None
        self._tasks: dict[str, Task] = {}
        shell.library.rested.connect(self.stop)
        shell.library.changed.connect(self._forget)

    @property
    def is_settled(self) -> bool:
        """Whether everything asked is answered."""
        return not self._tasks

    @property
    def today(self) -> date:
        """The day on which the docket is seen."""
        return self._shell.desk.clock().astimezone().date()

    def ask(
        self,
        name: str,
        work: Callable[[Docket, Progress], T],
        done: Callable[[T], object],
    ) -> None:
        """Reckon with the docket; the answer to what was asked before is dropped."""
        self.stop(name)

        def arrive(found: T) -> None:
            self._over(name)
            done(found)

        def fail(error: Exception) -> None:
            self._over(name)
            self._shell.notices.refuse(error)

        is_long = self._known is None or self._known[1].count >= MANY
        title = message(N_("Reckoning the metrics")) if is_long else None
        today = self.today
        self._tasks[name] = self._shell.tasks.start(
            lambda progress: work(self._docket(today), progress),
            arrive,
            fail,
            owner=self,
            title=title,
        )
        self.changed.emit()

    def write(
        self,
        title: Message,
        work: Callable[[Docket, Progress], T],
        done: Callable[[T], object],
    ) -> None:
        """Make a file of the docket; another choice does not stop it."""
        today, notices = self.today, self._shell.notices
        self._shell.tasks.start(
            lambda progress: work(self._docket(today), progress),
            done,
            notices.refuse,
            owner=self,
            keeps=True,
            title=title,
        )

    def stop(self, name: str | None = None) -> None:
        """Drop what was asked under a name; None: everything."""
        for one in [name] if name else list(self._tasks):
            task = self._tasks.pop(one, None)
            if task is not None:
                task.cancel()
        self.changed.emit()

    def _forget(self) -> None:
        """Read the docket anew: another library is open, or a former state of it."""
        self._known = None

    def _over(self, name: str) -> None:
        self._tasks.pop(name, None)
        self.changed.emit()

    def _docket(self, today: date) -> Docket:
        """Return the docket as it is now; called on a worker's thread."""
        desk = self._shell.desk
        with self._lock:
            state = (desk.library.path, desk.docket.state(), today)
            if self._known is None or self._known[0] != state:
                self._known = (state, desk.docket.columns(today))
            return self._known[1]
