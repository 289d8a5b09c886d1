"""One case: the result strip on top, its pages in the order of the work below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from valuer.core.texts import N_
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.case_registry import CASE_PAGES, CaseTools
from valuer.gui.shell import Shell
from valuer.gui.strip import ResultStrip
from valuer.gui.valuations import Valuations
from valuer.gui.words import Texts


class CaseView(QWidget):
    """Everything of one open case."""

    def __init__(self, open_case: OpenCase, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        open_case.setParent(self)
        self.open_case = open_case
        self.valuations = Valuations(
            open_case, shell.desk.methods, shell.tasks, shell.notices
        )
        self.tools = CaseTools(shell, open_case, self.valuations)
        self.strip = ResultStrip(open_case, self.valuations, shell, self)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        texts = Texts(shell.words, self)
        texts.name(self.tabs, "case_tabs", N_("Pages of the case"))
        self._stack = QStackedWidget(self)
        self._pages: dict[int, QWidget] = {}
        for number, page in enumerate(CASE_PAGES):
            self.tabs.addTab("")
            texts.put(partial(self.tabs.setTabText, number), page.title)
            keys = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            keys.setContext(Qt.ShortcutContext.WindowShortcut)
            keys.activated.connect(partial(self.tabs.setCurrentIndex, number))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self.go)
        self.go(0)

    def go(self, number: int) -> None:
        """Show a page of the case, building it the first time."""
        if number not in self._pages:
            page = CASE_PAGES[number].build(self.tools, self._stack)
            self._pages[number] = page
            self._stack.addWidget(page)
        self.tools.shell.why.tell(None)
        self.tabs.setCurrentIndex(number)
        self._stack.setCurrentWidget(self._pages[number])

    def page(self, key: str) -> QWidget:
        """Show the page with this key and return it."""
        number = [page.key for page in CASE_PAGES].index(key)
        self.go(number)
        return self._pages[number]
