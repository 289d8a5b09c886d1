"""The facts of a case: parties, dates, purpose, house and appraisers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.texts import N_
from valuer.gui.case_fields import CASE_FIELDS
from valuer.gui.case_form import CaseForm
from valuer.gui.case_tools import CaseTools
from valuer.gui.headings import Heading
from valuer.gui.rows import FormArea

WIDEST = 760
"""Pixels; longer lines are hard to read."""


class FactsPage(QWidget):
    """One form; each field is saved as it is left."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll = FormArea(self)
        self.form = CaseForm(CASE_FIELDS, tools, scroll)
        self.form.setMaximumWidth(WIDEST)
        scroll.setWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(Heading(N_("Facts of the case"), tools.shell.words, self))
        layout.addWidget(scroll, 1)
