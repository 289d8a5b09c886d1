"""How a province carries the evaluation out (各省程序), as far as it was read."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.agency.credit_procedures import (
    ProcedureFact,
    procedure_facts,
    procedures,
)
from valuer.agency.credit_subjects import NATION
from valuer.core.texts import N_
from valuer.gui.agency.credit_subject_form import region_choice
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.agency.credit_words import mark_words
from valuer.gui.headings import Heading
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.why import Explanation, Said

MATTERS = {
    "scoring": N_("Who scores"),
    "system": N_("Where"),
    "objection": N_("Objection"),
    "repair": N_("Credit repair"),
    "annual_report": N_("Annual report"),
    "pilot": N_("Pilot"),
    "rules": N_("Rules"),
    "detail": N_("Details of the score"),
    "use": N_("Use of the grades"),
}
"""What the facts of a procedure are about."""


class ProcedurePanel(QWidget):
    """The facts of one province, then those of the whole country."""

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        words = shell.words
        heading = Heading(N_("Procedure"), words, self)
        self.region = region_choice(shell, heading)
        heading.texts.name(self.region, "credit_region", N_("Province"))
        self.region.committed.connect(self.reload)
        heading.place(self.region)
        note = QLabel(procedures().note, self)
        note.setProperty("part", "muted")
        note.setWordWrap(True)
        columns: tuple[TableColumn[ProcedureFact], ...] = (
            TableColumn(N_("Matter"), self._matter, width=130),
            TableColumn(N_("What is known"), lambda one: one.text, width=420),
            TableColumn(
                N_("How surely it was read"),
                lambda one: mark_words(one.mark, words),
                width=210,
            ),
            TableColumn(N_("Source"), lambda one: one.source, width=210),
        )
        self.table = RowTable(columns, words, self)
        self.view = Table("credit_procedure", N_("Procedure"), words, self)
        self.view.setModel(self.table)
        self.view.fit(1, [column.width for column in columns])
        self.view.setWordWrap(True)
        rows = self.view.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.ResizeToContents)
        self.view.selectionModel().currentRowChanged.connect(self.explain)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(note)
        layout.addWidget(self.view, 1)
        view.looked_up.connect(self._follow)
        self._follow()

    def reload(self) -> None:
        """Show the facts of the province chosen."""
        self.table.put(procedure_facts(self.region.value or NATION))

    def explain(self) -> None:
        """Tell the fact chosen whole."""
        one = self.table.row(self.view.currentIndex().row())
        if one is None:
            return
        parts: tuple[tuple[Said, Said], ...] = (
            (N_("What is known"), one.text),
            (N_("How surely it was read"), mark_words(one.mark, self._shell.words)),
            (N_("Source"), one.source),
        )
        title = MATTERS.get(one.key, one.key)
        self._shell.why.tell(Explanation(title, parts))

    def _follow(self) -> None:
        """Show the province of the one that is shown."""
        known = self._view.known
        region = NATION if known is None else known.region
        self.region.put(region)
        if self.region.value is None:
            self.region.put(NATION)
        self.reload()

    def _matter(self, one: ProcedureFact) -> str:
        return self._shell.words.tell(MATTERS.get(one.key, one.key))
