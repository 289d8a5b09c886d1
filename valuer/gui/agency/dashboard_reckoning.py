"""The dashboard's figures: reckoned once for each day and state of the docket, and kept.

What was kept for this state is shown at once, whatever its day; it is reckoned anew in
the background where the day is another one.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from valuer.agency.dashboard import Board, kept_board
from valuer.core.canonical import from_plain, parse_json
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.gui.desk import Desk
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task
from valuer.store.docket_board import BOARD, CASES, kept_bodies, reckon_board


class BoardReckoning(QObject):
    """``found`` carries a board: first the one that was kept, then that of today.

    ``failed`` follows where none could be reckoned, and was told.
    """

    found = Signal(object)
    failed = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._task: Task | None = None
        self._of = -1
        shell.library.rested.connect(self.stop)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being reckoned."""
        return self._task is None

    def ask(self) -> None:
        """Find the figures of today; those that are known come at once.

        Raises:
            UserError: the library cannot be read.
        """
        docket = self._shell.desk.docket
        state, today = docket.state(), docket.today
        kept = kept_board(docket.kept_answer(BOARD, state))
        if kept is not None:
            self.found.emit(kept)
        if kept is not None and kept.as_of == today:
            self.stop()
            return
        if self._task is None or self._of != state:
            self._start(state)

    def cases(self, place: int) -> tuple[str, ...]:
        """Return the cases behind what waits at a place of the board's.

        Raises:
            UserError: the library cannot be read.
        """
        docket = self._shell.desk.docket
        body = docket.kept_answer(CASES, docket.state())
        if body is None:
            return ()
        kept = from_plain(parse_json(body, CASES), tuple[tuple[str, ...], ...])
        return kept[place] if place < len(kept) else ()

    def stop(self) -> None:
        """Reckon no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self, state: int) -> None:
        self.stop()
        desk, self._of = self._shell.desk, state

        def work(progress: Progress) -> Board:
            return reckoned(desk, state, progress)

        self._task = self._shell.tasks.start(
            work,
            self._arrive,
            self._fail,
            owner=self,
            title=message(N_("Reckoning the dashboard")),
        )

    def _arrive(self, made: Board) -> None:
        self._task = None
        with self._shell.notices.guard():
            if self._shell.desk.docket.state() == self._of:
                self.found.emit(made)
            else:
                self.ask()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self._shell.notices.refuse(error)
        self.failed.emit()


def reckoned(desk: Desk, state: int, progress: Progress) -> Board:
    """Return the board of today and keep it; called on a worker's thread."""
    docket = desk.docket
    progress(0, 2)
    columns = docket.columns(docket.today)
    progress(1, 2)
    with desk.library.read() as connection:
        made, waiting = reckon_board(connection, columns)
    if docket.state() == state:
        for key, body in kept_bodies(made, waiting):
            docket.keep_answer(key, state, body)
    progress(2, 2)
    return made
