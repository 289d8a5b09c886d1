"""The patents of a case (评估对象): quoted by value, judged on the valuation date."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Case
from valuer.core.patents import Patent
from valuer.core.quoting import ORDERS, in_order, moved, with_quoted
from valuer.core.texts import N_
from valuer.gui.case_tools import CaseTools
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.library_watch import NeedsWriting
from valuer.gui.newer_facts import NewerFacts
from valuer.gui.quoted_patents import QuotedPatent, explain_quoted, quoted_columns
from valuer.gui.tables import RowTable, Table
from valuer.gui.words import Texts

LIBRARY = 9
"""The column that says where the library knows newer facts."""

QUOTE, REMOVE = N_("Quote patents"), N_("Remove patents")
ORDER, REQUOTE = N_("Order the patents"), N_("Quote the patents anew")


class CasePatentsPage(QWidget):
    """The table above; below it what is doubtful, and what the library knows newer."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._heading = self._head()
        self._table()
        self.issues = IssueTable(
            "case_patents_issues",
            N_("Doubts about the patents"),
            self._shell,
            self,
            placed=False,
        )
        self.issues.selectionModel().currentRowChanged.connect(self._find)
        self.newer = NewerFacts(self._shell, self)
        self.newer.requote.clicked.connect(self.requote)
        full = QWidget(self)
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.view, 1)
        inner.addWidget(self.issues)
        inner.addWidget(self.newer)
        place = QWidget(self)
        self._stack = QStackedLayout(place)
        self._stack.addWidget(full)
        self._stack.addWidget(self._nothing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._heading)
        layout.addWidget(place, 1)
        tools.open_case.changed.connect(self._show)
        self._shell.ways.library_changed.connect(self._look_up)
        self._shell.words.changed.connect(self._count)
        self._shell.theme.changed.connect(self.table.refresh)
        self._show(tools.open_case.case)

    def choose(self) -> None:
        """Let the user choose patents of the library, and quote them."""
        from valuer.gui.dialogs.quote import QuoteDialog

        dialog = QuoteDialog(self._shell, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.quote(dialog.chosen)
        dialog.deleteLater()

    def quote(self, patents: tuple[Patent, ...]) -> None:
        """Quote patents in the case; those quoted before are quoted anew."""
        self._put(QUOTE, with_quoted(self._patents, patents))

    def requote(self) -> None:
        """Quote anew the patents of which the library knows newer facts."""
        self._put(REQUOTE, with_quoted(self._patents, self.newer.patents))

    def remove(self) -> None:
        """Take the selected patents out of the case."""
        gone = set(self.view.chosen())
        kept = [p for row, p in enumerate(self._patents) if row not in gone]
        self._put(REMOVE, tuple(kept))

    def shift(self, step: int) -> None:
        """Move the selected patents one place up (−1) or down (+1)."""
        chosen = [self._patents[row] for row in self.view.chosen()]
        self._put(ORDER, moved(self._patents, self.view.chosen(), step))
        self.view.clearSelection()
        for patent in chosen:
            self.view.add_row(self._patents.index(patent))

    def sort(self, key: str) -> None:
        """Put the patents in an order."""
        self._put(ORDER, in_order(self._patents, key))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_up()

    @property
    def _patents(self) -> tuple[Patent, ...]:
        return self._tools.open_case.case.patents

    def _head(self) -> Heading:
        heading = Heading(N_("Patents of the case"), self._shell.words, self)
        order = heading.action("case_patents_order", N_("Order by"))
        order.setMenu(self._orders(order))
        self._gates: list[NeedsWriting] = []
        for key, text, act in (
            ("case_patents_up", N_("Move up"), partial(self.shift, -1)),
            ("case_patents_down", N_("Move down"), partial(self.shift, 1)),
            ("case_patents_remove", N_("Remove"), self.remove),
        ):
            button = heading.action(key, text)
            button.clicked.connect(act)
            self._gates.append(self._gate(button))
        self.removing = button
        self._ordering = self._gate(order)
        quote = heading.action("case_patents_quote", N_("Quote patents…"), primary=True)
        quote.clicked.connect(self.choose)
        self._gate(quote)
        return heading

    def _gate(self, button: QPushButton) -> NeedsWriting:
        """Disable a button while this window may only read."""
        return self._shell.library.needs_writing(button, self._shell.words)

    def _orders(self, button: QPushButton) -> QMenu:
        menu = QMenu(button)
        texts = Texts(self._shell.words, menu)
        for key, name, _ in ORDERS:
            action = menu.addAction("")
            texts.put(action.setText, name)
            action.triggered.connect(partial(self.sort, key))
        return menu

    def _table(self) -> None:
        words = self._shell.words
        columns = quoted_columns(self._shell)
        self.table: RowTable[QuotedPatent] = RowTable(columns, words, self)
        self.view = Table("case_patents", N_("Patents of the case"), words, self)
        self.view.setModel(self.table)
        self.view.fit(1, [column.width for column in columns])
        selection = self.view.selectionModel()
        selection.currentRowChanged.connect(self.explain)
        selection.selectionChanged.connect(self._allow)

    def _nothing(self) -> EmptyState:
        empty = EmptyState(
            N_("The patents to be valued will stand here, quoted from the library."),
            "case_empty_quote",
            N_("Quote patents…"),
            self._shell.words,
            self,
        )
        empty.button.clicked.connect(self.choose)
        return empty

    def _put(self, action: str, patents: tuple[Patent, ...]) -> None:
        open_case = self._tools.open_case
        with self._shell.notices.guard():
            open_case.change(action, replace(open_case.case, patents=patents))

    def _show(self, case: Case) -> None:
        self._fill()
        self._stack.setCurrentIndex(int(not case.patents))
        self._ordering.want(wanted=len(case.patents) > 1)
        if self.isVisible():
            self._look_up()

    def _fill(self) -> None:
        """Show the patents, each with its standing and with what the library knows."""
        case = self._tools.open_case.case
        rows = [
            QuotedPatent.of(patent, case, is_newer=self.newer.knows(patent))
            for patent in case.patents
        ]
        chosen = self.view.chosen()
        self.table.put(rows)
        self.view.setColumnHidden(LIBRARY, not any(row.is_newer for row in rows))
        for row in chosen:
            if row < len(rows):
                self.view.add_row(row)
        found = [(row.patent.identity, one) for row in rows for one in row.issues]
        self.issues.put(("", issue) for _, issue in found)
        self.issues.setVisible(bool(found))
        self._count()
        self._allow()

    def _look_up(self) -> None:
        self.newer.look_up(self._patents, self._fill)

    def _count(self) -> None:
        text = N_("Patents: {count}")
        count = len(self._patents)
        told = self._shell.words.tell(text, count=count) if count else ""
        self._heading.note.setText(told)

    def _allow(self) -> None:
        for gate in self._gates:
            gate.want(wanted=bool(self.view.chosen()))

    def _find(self) -> None:
        """Show the patent that the doubt selected is about."""
        line = self.issues.table.row(self.issues.currentIndex().row())
        about = line.issue.where if line else ""
        for number, row in enumerate(self.table.rows):
            if row is not None and about in (row.patent.identity, row.patent.title):
                self.view.selectRow(number)
                self.view.scrollTo(self.table.index(number, 0))
                return

    def explain(self) -> None:
        """Tell of the patent selected."""
        row = self.table.row(self.view.currentIndex().row())
        if row is not None:
            self._shell.why.tell(explain_quoted(row, self._shell.words))
