"""The dashboard (概览): where the agency stands today, and what it has to look after."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.attention import MOST
from valuer.agency.dashboard import Board
from valuer.core.progress import Progress
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.agency.dashboard_credit import CreditCard, Outlook, outlook
from valuer.gui.agency.dashboard_reckoning import BoardReckoning
from valuer.gui.agency.dashboard_tiles import Tiles
from valuer.gui.agency.dashboard_waiting import CREDIT, WaitingPanel
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.rows import FormArea
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task
from valuer.gui.why import Explanation

_EMPTY = N_(
    "The agency's own figures will stand here once its cases are imported into the"
    " docket."
)


PAUSE = 2000
"""Milliseconds without a change after which a dashboard out of sight is reckoned."""


class Dashboard(QWidget):
    """Grade and line, what waits, the tiles.

    ``metric_wanted`` carries the tile pressed, ``cases_wanted`` numbers and a title;
    ``queue_wanted``, ``import_wanted`` and ``credit_wanted`` say where one wants to go.
    """

    metric_wanted = Signal(object)
    cases_wanted = Signal(object, object)
    queue_wanted = Signal()
    import_wanted = Signal()
    credit_wanted = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._board: Board | None = None
        self._task: Task | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reckoning = BoardReckoning(shell, self)
        self.reckoning.found.connect(self._put)
        self.reckoning.failed.connect(self._note)
        self.heading = Heading(N_("Quality at a glance"), shell.words, self)
        self.credit = CreditCard(shell, self)
        self.credit.wanted.connect(self.credit_wanted)
        self.waiting = WaitingPanel(shell, self)
        self.waiting.cases_wanted.connect(self._show_cases)
        self.waiting.wanted.connect(self._follow)
        self.tiles = Tiles(shell, self)
        self.tiles.wanted.connect(self.metric_wanted)
        self._lay_out()
        # A hand that edits the docket is not held up: it is reckoned when it rests.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.reload)
        shell.ways.library_changed.connect(self._follow_library)
        shell.words.changed.connect(self._note)
        self.reload()

    @property
    def is_settled(self) -> bool:
        """Whether every figure is that of today."""
        at_rest = not self._pause.isActive()
        return at_rest and self.reckoning.is_settled and self._task is None

    def reload(self) -> None:
        """Show the docket and the ledger as they are now."""
        self._pause.stop()
        with self._shell.notices.guard():
            self.reckoning.ask()
            self._note()
            self._ask_credit()

    def explain(self) -> None:
        """Tell how the tiles are read; look again where the day is another one."""
        self._shell.why.tell(_READING)
        today = self._shell.desk.docket.today
        is_old = self._board is not None and self._board.as_of != today
        if is_old or self._pause.isActive():
            self.reload()

    def _follow_library(self) -> None:
        if self.isVisible():
            self.reload()
        else:
            self._pause.start()

    def _put(self, board: Board) -> None:
        self._board = board
        self.tiles.put(board)
        self.waiting.put(board)
        self._body.setCurrentIndex(0 if board.cases else 1)
        self._note()

    def _note(self) -> None:
        board = self._board
        if board is None:
            text: Message | str = N_("The figures are being reckoned…")
            if self.reckoning.is_settled:
                text = N_("The figures could not be reckoned.")
        elif not board.cases:
            text = N_("The docket has no cases.")
        else:
            values = {"count": f"{board.cases:,}", "day": formats.day(board.as_of)}
            told = N_(
                "{count} cases, as of {day}; the last 12 months against the 12 before"
            )
            if not self.reckoning.is_settled:
                told = N_("{count} cases, as of {day}; being reckoned anew…")
            text = message(told, **values)
        self.heading.note.setText(self._shell.words.say(text))

    def _ask_credit(self) -> None:
        credit = self._shell.desk.credit
        subject = credit.agency()
        basis = None if subject is None else credit.basis(subject, credit.today())
        if basis is None or not basis.events:
            self._put_credit(outlook(basis))
            return
        if self._task is not None:
            self._task.cancel()

        def work(progress: Progress) -> Outlook:
            return outlook(basis)

        shell = self._shell
        self._task = shell.tasks.start(work, self._put_credit, self._fail, owner=self)

    def _put_credit(self, found: Outlook) -> None:
        self._task = None
        self.credit.put(found)
        self.waiting.put_credit(found.deadlines, found.steps)

    def _fail(self, error: Exception) -> None:
        self._task = None
        self._shell.notices.refuse(error)

    def _show_cases(self, place: int, name: Message | str) -> None:
        with self._shell.notices.guard():
            numbers = self.reckoning.cases(place)
            title = name
            if len(numbers) == MOST:
                text = N_("{what}, the {count} most urgent")
                title = message(text, what=_spoken(name), count=f"{MOST:,}")
            self.cases_wanted.emit(numbers, title)

    def _follow(self, key: str) -> None:
        if key == CREDIT:
            self.credit_wanted.emit()
        else:
            self.queue_wanted.emit()

    def _lay_out(self) -> None:
        full = QWidget(self)
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addWidget(self.credit, 6)
        top.addWidget(self.waiting, 5)
        inner.addLayout(top)
        empty = EmptyState(
            _EMPTY,
            "dashboard_import",
            N_("Import the docket…"),
            self._shell.words,
            self,
        )
        empty.button.clicked.connect(self.import_wanted)
        place = QWidget(full)
        self._body = QStackedLayout(place)
        self._body.addWidget(self.tiles)
        self._body.addWidget(empty)
        inner.addWidget(place)
        inner.addStretch(1)
        scroll = FormArea(self)
        scroll.setWidget(full)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(scroll, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 300)


def _spoken(name: Message | str) -> Message:
    return name if isinstance(name, Message) else message(name)


_READING = Explanation(
    N_("How the dashboard is read"),
    (
        (
            N_("Period"),
            N_(
                "The last 12 months up to today. What takes time to become known is told"
                " of older months, which stand under the figure."
            ),
        ),
        (
            N_("Interval"),
            N_(
                "With 95% confidence the figure that stands behind so many cases lies"
                " between the two. n is how many count."
            ),
        ),
        (
            N_("Arrow"),
            N_(
                "Against the 12 months before, only where the interval of the difference"
                " leaves nought out; else there is no clear change."
            ),
        ),
        (
            N_("Benchmark"),
            N_("Only where a published figure was read in its source, with its year."),
        ),
        (
            N_("Needs attention today"),
            N_(
                "Of a case that is not closed: due dates without a day on which they were"
                " met, and the last notice with a due day and no answer. Rights lost can"
                " be restored within two months of the notice of the loss."
            ),
        ),
    ),
)
