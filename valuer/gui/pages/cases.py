"""The cases of the library in a list that folds away, and the one that is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Case
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.desk import CaseLine
from valuer.gui.headings import EmptyState
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.gui.pages.case import CaseView

BEGIN = N_(
    "A case holds one engagement: patents, forecast, method, conclusion and report."
)
CHOOSE = N_("Choose a case in the list to open it.")

WIDE = 1400
"""Pixels from which the list of cases stays beside the open case."""


class CasesPage(QWidget):
    """List pane and work area."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._view: CaseView | None = None
        self._texts = Texts(shell.words, self)
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._pane = self._make_pane()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_empty())
        self._split.addWidget(self._pane)
        self._split.addWidget(self._stack)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([250, 900])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self.reload()

    @property
    def view_of_case(self) -> CaseView | None:
        """The open case, or None."""
        return self._view

    def reload(self) -> None:
        """Show the cases of the library as they are now."""
        with self._shell.notices.guard():
            self.table.put(self._shell.desk.cases())
            self._mark_open()
            self._empty.say(CHOOSE if self.table.rows else BEGIN)
            self._empty.button.setVisible(not self.table.rows)

    def new(self) -> None:
        """Make a case and open it."""
        with self._shell.notices.guard():
            name = self._shell.desk.new_case(
                Case(house=self._shell.desk.house()),
                N_("New case"),
            )
            self.open(name)

    def open(self, name: str) -> None:
        """Open a case."""
        if self._is_open(name):
            return
        # numpy comes with them, and the list of cases opens without.
        from valuer.gui.open_case import OpenCase
        from valuer.gui.pages.case import CaseView

        shell = self._shell
        with shell.notices.guard():
            case = shell.desk.read_case(name)
            open_case = OpenCase(name, case, partial(shell.desk.save_case, name))
            view = CaseView(open_case, shell, self._stack)
            open_case.changed.connect(self.reload)
            view.bar.folded.connect(self.fold)
            self._show(view)
            self.reload()

    def _is_open(self, name: str) -> bool:
        """Whether a case is open as it was saved last, by whomever."""
        if self._view is None or self._view.open_case.name != name:
            return False
        desk = self._shell.desk
        saved = {line.name: line.revision for line in desk.cases()}
        return saved.get(name) == desk.revision(name).number

    def fold(self) -> None:
        """Fold the list away, or back."""
        self._pane.setVisible(not self._pane.isVisibleTo(self))

    def _make_pane(self) -> QWidget:
        words = self._shell.words
        pane = QWidget(self)
        pane.setMinimumWidth(200)
        title = QLabel(pane)
        title.setProperty("part", "heading")
        self._texts.put(title.setText, N_("Cases"))
        self._new = QPushButton(pane)
        self._new.clicked.connect(self.new)
        self._texts.put(self._new.setText, N_("New case"))
        self._texts.name(self._new, "case_new", N_("Make a new case"))
        columns: tuple[TableColumn[CaseLine], ...] = (
            TableColumn(N_("Name"), self._name, width=140),
            TableColumn(N_("Saved on"), lambda c: formats.day(c.saved), width=92),
        )
        self.table = RowTable(columns, words, self)
        self.list = Table("cases_list", N_("Cases of the library"), words, pane)
        self.list.setModel(self.table)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.fit(0, [140, 92])
        self.list.clicked.connect(self._open_row)
        self.list.activated.connect(self._open_row)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._new)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        return pane

    def _make_empty(self) -> QWidget:
        self._empty = EmptyState(
            BEGIN,
            "cases_empty_new",
            N_("New case"),
            self._shell.words,
            self,
        )
        self._empty.button.clicked.connect(self.new)
        return self._empty

    def _name(self, line: CaseLine) -> str:
        return line.title or self._shell.words.tell(N_("Case without a name"))

    def _open_row(self, index: QModelIndex) -> None:
        line = self.table.row(index.row())
        if line is not None:
            self.open(line.name)

    def _show(self, view: CaseView) -> None:
        former, self._view = self._view, view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
        # A narrow window has no room for list, form and results side by side.
        self._pane.setVisible(self.width() >= WIDE)

    def _mark_open(self) -> None:
        opened = self._view.open_case.name if self._view else ""
        for number, line in enumerate(self.table.rows):
            if line is not None and line.name == opened:
                self.list.selectRow(number)
