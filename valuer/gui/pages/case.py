"""One case: the result strip on top, its pages in the order of the work below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from valuer.gui.case_bar import CaseBar
from valuer.gui.case_tools import CaseTools
from valuer.gui.gate_places import field_in, page_of, run_of
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.case_registry import CASE_PAGES
from valuer.gui.rest import Typing
from valuer.gui.shell import Shell
from valuer.gui.strip import ResultStrip
from valuer.gui.valuations import Valuations
from valuer.gui.why import Explains


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
        self.typing = Typing(self)
        self.strip = ResultStrip(open_case, self.valuations, self.typing, shell, self)
        self.bar = CaseBar(open_case, shell, self)
        self._stack = QStackedWidget(self)
        self._pages: dict[int, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        self.bar.chosen.connect(self.go)
        shell.ways.place_shown.connect(self._return)
        shell.ways.place_in_case_wanted.connect(self.seek)
        self.go(0)

    def go(self, number: int) -> None:
        """Show a page of the case, building it the first time."""
        if number not in self._pages:
            page = CASE_PAGES[number].build(self.tools, self._stack)
            self._pages[number] = page
            self._stack.addWidget(page)
            self.tools.shell.ways.page_built.emit()
        self.bar.tabs.setCurrentIndex(number)
        self._stack.setCurrentWidget(self._pages[number])
        self.explain()

    def explain(self) -> None:
        """Let the "why" panel tell of the page, and stand where it has use for it."""
        why = self.tools.shell.why
        why.tell(None)
        number = max(self.bar.tabs.currentIndex(), 0)
        why.setVisible(CASE_PAGES[number].explains)
        page = self._pages.get(number)
        if isinstance(page, Explains) and page.isVisible():
            page.explain()

    def page(self, key: str) -> QWidget:
        """Show the page with this key and return it."""
        number = [page.key for page in CASE_PAGES].index(key)
        self.go(number)
        return self._pages[number]

    def seek(self, where: str) -> None:
        """Show the page where a place of the case is changed, its field in focus."""
        from valuer.gui.pages.methods import MethodsPage

        key = page_of(where)
        if key not in {page.key for page in CASE_PAGES}:
            return
        page = self.page(key)
        if isinstance(page, MethodsPage) and run_of(where):
            page.select(run_of(where))
        field = field_in(page, where)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return(self, place: str) -> None:
        if place == "cases":
            self.explain()
