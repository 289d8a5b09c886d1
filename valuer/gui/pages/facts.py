"""The facts of a case: parties, dates, purpose, and the patents that are its object."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Case
from valuer.core.patents import Patent
from valuer.core.texts import N_
from valuer.gui.case_fields import CASE_FIELDS
from valuer.gui.case_form import CaseForm
from valuer.gui.case_tools import CaseTools
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.patent_table import explain_patent, patent_columns
from valuer.gui.rows import FormArea
from valuer.gui.tables import RowTable, Table


class FactsPage(QWidget):
    """The form left, the patents right."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = Heading(N_("Facts of the case"), self._shell.words, self)
        self.remove = heading.action("case_remove_patents", N_("Remove patents"))
        self.remove.clicked.connect(self.remove_selected)
        quote = heading.action("case_quote", N_("Quote patents…"), primary=True)
        quote.clicked.connect(self.choose_patents)
        scroll = FormArea(self)
        self.form = CaseForm(CASE_FIELDS, tools, scroll)
        scroll.setWidget(self.form)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(scroll)
        split.addWidget(self._patents())
        split.setSizes([480, 520])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(split, 1)
        tools.open_case.changed.connect(self._show)
        self._show(tools.open_case.case)

    def choose_patents(self) -> None:
        """Let the user choose patents of the library, and quote them."""
        from valuer.gui.dialogs.quote import QuoteDialog

        dialog = QuoteDialog(self._shell, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.quote(dialog.chosen)
        dialog.deleteLater()

    def quote(self, patents: tuple[Patent, ...]) -> None:
        """Quote patents in the case; those quoted before are quoted anew."""
        case = self._tools.open_case.case
        new = {patent.identity: patent for patent in patents}
        kept = tuple(new.pop(one.identity, one) for one in case.patents)
        self._change(N_("Quote patents"), replace(case, patents=(*kept, *new.values())))

    def remove_selected(self) -> None:
        """Take the selected patents out of the case."""
        case, gone = self._tools.open_case.case, set(self.view.chosen())
        kept = tuple(p for row, p in enumerate(case.patents) if row not in gone)
        self._change(N_("Remove patents"), replace(case, patents=kept))

    def _patents(self) -> QWidget:
        words = self._shell.words
        place = QWidget(self)
        columns = patent_columns(words)
        self.table = RowTable(columns, words, self)
        self.view = Table("case_patents", N_("Patents of the case"), words, place)
        self.view.setModel(self.table)
        self.view.fit(1, (136, 200, 0, 92, 0, 84))
        for column in (2, 4):
            self.view.setColumnHidden(column, True)
        selection = self.view.selectionModel()
        selection.currentRowChanged.connect(self._explain)
        selection.selectionChanged.connect(self._allow)
        self._empty = EmptyState(
            N_("The patents to be valued will stand here, quoted from the library."),
            "case_empty_quote",
            N_("Quote patents…"),
            words,
            place,
        )
        self._empty.button.clicked.connect(self.choose_patents)
        layout = QVBoxLayout(place)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.addWidget(self.view)
        layout.addWidget(self._empty)
        return place

    def _show(self, case: Case) -> None:
        self.table.put(case.patents)
        self.view.setVisible(bool(case.patents))
        self._empty.setVisible(not case.patents)
        self._allow()

    def _allow(self) -> None:
        self.remove.setEnabled(bool(self.view.chosen()))

    def _explain(self) -> None:
        patent = self.table.row(self.view.currentIndex().row())
        known = patent and explain_patent(patent, self._shell.words)
        self._shell.why.tell(known or None)

    def _change(self, action: str, case: Case) -> None:
        with self._shell.notices.guard():
            self._tools.open_case.change(action, case)
