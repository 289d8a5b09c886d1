"""The cases of the library in a list that folds away, and the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
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
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.desk import CaseLine
from valuer.gui.headings import EmptyState
from valuer.gui.library_steps import LibrarySteps
from valuer.gui.notices import Offer
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.gui.case_record import CaseRecord
    from valuer.gui.pages.case import CaseView
    from valuer.gui.palette import Wish

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
        self._record: CaseRecord
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
        self._split.setSizes([320, 900])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        shell.ways.library_changed.connect(self._follow)
        shell.library.rested.connect(self.close_case)
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
        if self._view is not None and self._view.open_case.name == name:
            self._follow()
            return
        # numpy comes with them, and the list of cases opens without.
        from valuer.gui.open_case import OpenCase
        from valuer.gui.pages.case import CaseView

        shell = self._shell
        with shell.notices.guard():
            self.save()
            record = shell.desk.record(name)
            open_case = OpenCase(name, record.case, record)
            view = CaseView(open_case, shell, self._stack)
            open_case.changed.connect(self.reload)
            view.bar.folded.connect(self.fold)
            self._record = record
            self._show(view)
            self.reload()

    def save(self) -> None:
        """Save what the disk refused before, if anything.

        Raises:
            UserError: it still does.
        """
        if self._view is not None:
            self._view.open_case.save()

    def close_case(self) -> None:
        """Close the case that is open."""
        if self._view is not None:
            former, self._view = self._view, None
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(former)
            former.deleteLater()
            self._pane.show()
            self._steps.hear(keys=True)

    def delete(self) -> None:
        """Put the case chosen into the bin; it can be taken out again."""
        line = self.table.row(self.list.currentIndex().row())
        if line is None:
            return
        shell = self._shell
        with shell.notices.guard():
            shell.desk.records.bin_case(line.name)
            if self._view is not None and self._view.open_case.name == line.name:
                self.close_case()
            undo = Offer("undo", N_("Undo"), self._steps.step_back)
            text = N_("Case “{case}” is in the bin.")
            shell.notices.tell(message(text, case=self._name(line)), offers=(undo,))
            shell.ways.library_changed.emit()

    def wishes(self, come: Callable[[], object]) -> list[Wish]:
        """Return what can be wished for here; ``come`` shows this place first."""
        from valuer.gui.pages.case_registry import CASE_PAGES
        from valuer.gui.palette import Wish

        def then(do: Callable[[], object]) -> Callable[[], None]:
            def take() -> None:
                come()
                do()

            return take

        found = []
        if self._view is not None:
            for number, page in enumerate(CASE_PAGES):
                name = message(N_("Case: {page}"), page=message(page.title))
                found.append(Wish(name, then(partial(self._view.go, number))))
        if not self._shell.library.is_read_only:
            found.append(Wish(N_("New case"), then(self.new)))
        return found

    def _follow(self) -> None:
        """Show the list and the open case as they are in the library now."""
        with self._shell.notices.guard():
            self.save()
            lines = {line.name: line.revision for line in self._shell.desk.cases()}
            view = self._view
            if view is not None and view.open_case.name not in lines:
                self.close_case()
            elif view is not None and view.open_case.is_saved:
                known = self._record.revision.number
                if lines[view.open_case.name] != known:
                    view.open_case.put(self._record.read())
        self.reload()

    def fold(self) -> None:
        """Fold the list away, or back."""
        self._pane.setVisible(not self._pane.isVisibleTo(self))

    def _make_pane(self) -> QWidget:
        shell, words = self._shell, self._shell.words
        pane = QWidget(self)
        pane.setMinimumWidth(200)
        title = QLabel(pane)
        title.setProperty("part", "heading")
        self._texts.put(title.setText, N_("Cases"))
        self._new = self._button("case_new", N_("New case"), N_("Make a new case"))
        self._new.clicked.connect(self.new)
        shell.library.needs_writing(self._new, words)
        columns: tuple[TableColumn[CaseLine], ...] = (
            TableColumn(N_("Name"), self._name, width=210),
            TableColumn(N_("Saved on"), lambda c: formats.day(c.saved), width=92),
        )
        self.table = RowTable(columns, words, self)
        self.list = Table("cases_list", N_("Cases of the library"), words, pane)
        self.list.setModel(self.table)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.fit(0, [210, 92])
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
        layout.addLayout(self._make_foot(pane))
        return pane

    def _make_foot(self, pane: QWidget) -> QHBoxLayout:
        shell = self._shell
        self._steps = LibrarySteps("cases", shell, pane)
        self._bin = self._button(
            "case_delete", N_("Delete"), N_("Put the case into the bin")
        )
        self._bin.clicked.connect(self.delete)
        self._may_bin = shell.library.needs_writing(self._bin, shell.words)
        self.list.selectionModel().selectionChanged.connect(self._allow)
        key = QShortcut(QKeySequence.StandardKey.Delete, self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._bin.click)
        self._allow()
        foot = QHBoxLayout()
        foot.addWidget(self._steps)
        foot.addStretch(1)
        foot.addWidget(self._bin)
        return foot

    def _button(self, key: str, text: str, name: str) -> QPushButton:
        button = QPushButton(self)
        self._texts.put(button.setText, text)
        self._texts.name(button, key, name)
        return button

    def _allow(self) -> None:
        self._may_bin.want(
            wanted=bool(self.list.chosen()), hint=N_("Put the case into the bin")
        )

    def _make_empty(self) -> QWidget:
        self._empty = EmptyState(
            BEGIN,
            "cases_empty_new",
            N_("New case"),
            self._shell.words,
            self,
        )
        self._empty.button.clicked.connect(self.new)
        self._shell.library.needs_writing(self._empty.button, self._shell.words)
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
        self._steps.hear(keys=False)  # they are the case's own now
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
