"""The dashboard's figures: reckoned once for each day and state of the docket, and kept.

What was kept for this state is shown at once, whatever its day; it is reckoned anew in
the background where the day is another one.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from valuer.agency.attention import attention
from valuer.agency.dashboard import Board, board, kept_board, kept_form
from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.gui.docket_desk import DocketDesk
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task

BOARD, CASES = "dashboard", "dashboard_cases"
"""Keys under which the figures and the cases behind what waits are kept."""


class BoardReckoning(QObject):
    """``found`` carries a board: first the one that was kept, then that of today."""

    found = Signal(object)

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
        docket, self._of = self._shell.desk.docket, state

        def work(progress: Progress) -> Board:
            return reckoned(docket, state, progress)

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


def reckoned(docket: DocketDesk, state: int, progress: Progress) -> Board:
    """Return the board of today and keep it; called on a worker's thread."""
    progress(0, 3)
    columns = docket.columns(docket.today)
    progress(1, 3)
    waiting = attention(docket.every(), columns.as_of)
    progress(2, 3)
    questions, words = docket.count_questions(), docket.unknown_words()
    made = board(columns, waiting, questions, words)
    if docket.state() == state:
        docket.keep_answer(CASES, state, canonical(waiting.numbers))
        docket.keep_answer(BOARD, state, kept_form(made))
    progress(3, 3)
    return made
