"""The one window: rail, work area, "why" panel, status bar.

It wires the tools that pages are given and knows which place is shown; what stands
there is the pages' own.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_
from valuer.gui.desk import Desk
from valuer.gui.dialogs.files import Files
from valuer.gui.formats import Scale
from valuer.gui.notices import Notices
from valuer.gui.pages.registry import PLACES
from valuer.gui.preferences import Preferences
from valuer.gui.rail import Rail
from valuer.gui.shell import Shell, Ways
from valuer.gui.status import StatusBar
from valuer.gui.tasks import Tasks
from valuer.gui.theme import Theme
from valuer.gui.why import WhyPanel
from valuer.gui.words import Texts, Words


class MainWindow(QMainWindow):
    """The window on one library."""

    def __init__(
        self, desk: Desk, words: Words, theme: Theme, preferences: Preferences
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._desk = desk
        for tool in (words, theme):
            tool.setParent(self)
        centre = QWidget(self)
        self.setCentralWidget(centre)
        self.notices = Notices(words, theme, centre)
        self.why = WhyPanel(words, theme, centre)
        self.shell = Shell(
            words=words,
            theme=theme,
            scale=Scale(words.language, self),
            tasks=Tasks(self),
            notices=self.notices,
            why=self.why,
            desk=desk,
            files=Files(words),
            preferences=preferences,
            ways=Ways(self),
        )
        self._places: dict[int, QWidget] = {}
        self._lay_out(centre)
        self._texts = Texts(words, self)
        title = N_("Valuer – {library}")
        self._texts.put(self.setWindowTitle, title, library=desk.library.path.name)
        self.setStatusBar(
            StatusBar(words, self.shell.tasks, desk.library.path.name, desk.writer)
        )
        self.resize(1366, 768)
        self.shell.ways.case_wanted.connect(self.open_case)
        self.shell.ways.page_built.connect(self._order_focus)
        self.go(self._first_place())

    def go(self, number: int) -> None:
        """Show a place of the rail, building it the first time."""
        if number not in self._places:
            page = PLACES[number].build(self.shell, self._stack)
            self._places[number] = page
            self._stack.addWidget(page)
            self._order_focus()
        self._rail.show_chosen(number)
        self.why.tell(None)
        self.why.setVisible(PLACES[number].explains)
        self._stack.setCurrentWidget(self._places[number])
        self.shell.ways.place_shown.emit(PLACES[number].key)

    def place(self, key: str) -> QWidget:
        """Show the place with this key and return its page."""
        number = [place.key for place in PLACES].index(key)
        self.go(number)
        return self._places[number]

    def closeEvent(self, event: QCloseEvent) -> None:
        field = self.focusWidget()
        if field is not None:
            field.clearFocus()  # what is being typed is kept as if it were left
        self.shell.tasks.close()
        self._desk.close()
        super().closeEvent(event)

    def _first_place(self) -> int:
        """Cases, unless there are none and patents are waiting to be valued."""
        with self.notices.guard():
            if not self._desk.cases() and self._desk.count(""):
                return 1
        return 0

    def _order_focus(self) -> None:
        """Let Tab reach the "why" panel after the page, as the eye does."""
        last = self.previousInFocusChain()
        if last is not None and last is not self.why.body:
            self.setTabOrder(last, self.why.body)

    def _lay_out(self, centre: QWidget) -> None:
        shell = self.shell
        self._rail = Rail(PLACES, shell.words, shell.theme, centre)
        self._rail.chosen.connect(self.go)
        self._stack = QStackedWidget(centre)
        work = QWidget(centre)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal, centre)
        self._split.setHandleWidth(1)
        self._split.addWidget(work)
        self._split.addWidget(self.why)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([1030, 260])
        self._split.setChildrenCollapsible(False)
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addWidget(self._split, 1)

    def open_case(self, name: str) -> None:
        """Open a case of the library."""
        from valuer.gui.pages.cases import CasesPage

        page = self.place("cases")
        if isinstance(page, CasesPage):
            page.open(name)
