"""The engagement's file (业务档案): what the report says beside the figures."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.case import Case
from valuer.core.engagement_names import FILE_NAMES
from valuer.core.texts import N_
from valuer.gui.case_form import CaseForm
from valuer.gui.case_tools import CaseTools
from valuer.gui.disclosure_form import DisclosureForm
from valuer.gui.events_field import EventsField
from valuer.gui.file_fields import (
    CONTRACT_FIELDS,
    DECLARED_FIELDS,
    FACTOR_FIELDS,
    RECEIPT_FIELDS,
    WORK_FIELDS,
)
from valuer.gui.headings import Heading
from valuer.gui.rows import FormArea
from valuer.gui.words import Texts

CHANGED = N_("Change the events after the valuation date")

PARTS = (
    (N_("Engagement contract"), CONTRACT_FIELDS),
    (FILE_NAMES["work"], WORK_FIELDS),
    (FILE_NAMES["events"], ()),
    (N_("Analysis of the patents"), FACTOR_FIELDS),
    (N_("Declarations of those who sign"), DECLARED_FIELDS),
    (N_("Receipt of the association"), RECEIPT_FIELDS),
)
"""Headings with their fields; the events are a table."""

_WIDEST = 1000
"""Pixels; what was done and what the patents are takes sentences."""


class EngagementPage(QWidget):
    """One sheet; each field is saved as it is left."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._texts = Texts(self._shell.words, self)
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll = FormArea(self)
        scroll.setWidget(self._sheet(scroll))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        heading = Heading(N_("Engagement file"), self._shell.words, self)
        layout.addWidget(heading)
        layout.addWidget(scroll, 1)
        tools.open_case.changed.connect(self.events.put)
        self.events.put(tools.open_case.case)

    def _sheet(self, scroll: QWidget) -> QWidget:
        sheet = QWidget(scroll)
        sheet.setMaximumWidth(_WIDEST)
        self.events = EventsField(self._shell, sheet)
        self.events.committed.connect(self._commit)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        for title, fields in PARTS:
            label = QLabel(sheet)
            label.setProperty("part", "muted")
            self._texts.put(label.setText, title)
            layout.addWidget(label)
            form = CaseForm(fields, self._tools, sheet) if fields else self.events
            layout.addWidget(form)
        label = QLabel(sheet)
        label.setProperty("part", "muted")
        self._texts.put(label.setText, N_("Disclosure beside the report"))
        layout.addWidget(label)
        self.disclosure = DisclosureForm(self._tools, sheet)
        layout.addWidget(self.disclosure)
        layout.addStretch(1)
        return sheet

    def _commit(self) -> None:
        open_case = self._tools.open_case
        with self._shell.notices.guard(self._restore):
            case: Case = replace(open_case.case, events=self.events.value)
            open_case.change(CHANGED, case)

    def _restore(self) -> None:
        self.events.put(self._tools.open_case.case)
