"""A form of case fields: shows the case, saves each field as it is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.case import Case
from valuer.core.problems import Issue
from valuer.core.texts import N_
from valuer.gui.case_fields import CaseField
from valuer.gui.case_tools import CaseTools
from valuer.gui.closing import Closing
from valuer.gui.rows import Rows

LABELS = 176
"""Pixels for the labels, so that forms one under the other stand in line."""

CHANGED = N_("Change the facts of the case")


class CaseForm(QWidget):
    """Rows for some fields of the case."""

    def __init__(
        self, fields: Sequence[CaseField], tools: CaseTools, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._fields = {field.key: field for field in fields}
        self._widgets: dict[str, Any] = {}
        self.rows = Rows(tools.shell.words, tools.shell.theme, self, LABELS)
        for field in fields:
            self._add(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addStretch(1)
        tools.open_case.changed.connect(self._show)
        tools.valuations.changed.connect(self._tell)
        self._show(tools.open_case.case)
        self._tell()
        Closing(tools.shell.library, self)

    def widget(self, key: str) -> Any:
        """Return the widget of a field; they share no Qt class."""
        return self._widgets[key]

    def _add(self, field: CaseField) -> None:
        words = self._tools.shell.words
        widget = field.make(words, self)
        self._widgets[field.key] = widget
        name = _name(field.key)
        self.rows.add(name, field.label, widget, field.help, wide=field.wide)
        widget.committed.connect(partial(self._commit, field.key))

    def _commit(self, key: str) -> None:
        open_case, field = self._tools.open_case, self._fields[key]
        with self._tools.shell.notices.guard(self._restore):
            value = self._widgets[key].value
            open_case.change(CHANGED, field.write(open_case.case, value))

    def _restore(self) -> None:
        self._show(self._tools.open_case.case)

    def _show(self, case: Case) -> None:
        for key, field in self._fields.items():
            self._widgets[key].put(field.read(case))

    def _tell(self) -> None:
        found = self._issues()
        for key in self._fields:
            issue = found.get(key)
            row = self.rows.row(_name(key))
            if issue is None:
                row.tell(None)
            else:
                row.tell(issue.wording, issue.severity)

    def _issues(self) -> Mapping[str, Issue]:
        valuation = self._tools.valuations.valuation
        issues = valuation.issues if valuation else ()
        return {issue.where: issue for issue in reversed(issues)}


def _name(key: str) -> str:
    return "case_" + key.replace(".", "_")
