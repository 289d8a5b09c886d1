"""The facts of a case: parties, dates, purpose, house and appraisers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.texts import N_
from valuer.gui.case_fields import CASE_FIELDS
from valuer.gui.case_form import CaseForm
from valuer.gui.case_tools import CaseTools
from valuer.gui.headings import Heading
from valuer.gui.rows import FormArea

USED = N_("Use the template of the house")

WIDEST = 760
"""Pixels; longer lines are hard to read."""


class FactsPage(QWidget):
    """One form; each field is saved as it is left."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools = tools
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = self._head()
        scroll = FormArea(self)
        self.form = CaseForm(CASE_FIELDS, tools, scroll)
        self.form.setMaximumWidth(WIDEST)
        scroll.setWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(scroll, 1)
        tools.open_case.changed.connect(self._compare)
        tools.shell.ways.library_changed.connect(self._compare)
        self._compare()

    def _head(self) -> Heading:
        heading = Heading(N_("Facts of the case"), self._tools.shell.words, self)
        self.template = heading.action(
            "facts_template",
            N_("Use the house's template"),
            N_("Give the reports of this case the look that the settings tell."),
        )
        self.template.clicked.connect(self.use_template)
        return heading

    def use_template(self) -> None:
        """Give the case the look of the house; none where the house has none."""
        open_case = self._tools.open_case
        with self._tools.shell.notices.guard():
            look = self._tools.shell.desk.house().look
            house = replace(open_case.case.house, look=look)
            open_case.change(USED, replace(open_case.case, house=house))

    def _compare(self) -> None:
        """Offer the template where the case has another look."""
        shell = self._tools.shell
        with shell.notices.guard():
            look = shell.desk.house().look
            differs = look != self._tools.open_case.case.house.look
            self.template.setEnabled(differs and not shell.library.is_read_only)
