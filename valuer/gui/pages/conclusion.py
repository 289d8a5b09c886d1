"""The conclusion (评估结论): the results side by side, one adopted, rounded, and why."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.case import Case, Conclusion
from valuer.core.texts import N_
from valuer.core.valuing import Valuation, valuing_runs
from valuer.gui import formats
from valuer.gui.case_fields import REPORT_FIELDS
from valuer.gui.case_form import CaseForm
from valuer.gui.case_tools import CaseTools
from valuer.gui.compared_results import ComparedResults, share
from valuer.gui.conclusion_form import UNITS, ConclusionForm
from valuer.gui.headings import Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.rows import FormArea

CHANGED = N_("Change the conclusion")


class ConclusionPage(QWidget):
    """The figure, the results it comes from, its reasons, what stands in its way."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = Heading(N_("Conclusion"), self._shell.words, self)
        self._conclude = heading.action("conclude", N_("Conclude"), primary=True)
        self._conclude.clicked.connect(self.conclude)
        library, words = self._shell.library, self._shell.words
        self._may_conclude = library.needs_writing(self._conclude, words)
        self.figure = self._label("conclusion_value", "value")
        self.capitals = self._label("conclusion_capitals", "")
        self.issues = IssueTable(
            "case_issues", N_("Errors and warnings"), self._shell, self, placed=False
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (heading, self.figure, self.capitals):
            layout.addWidget(widget)
        layout.addWidget(self._sheet(), 1)
        layout.addWidget(self.issues)
        tools.open_case.changed.connect(self._show)
        tools.valuations.changed.connect(self._follow)
        self._shell.words.changed.connect(self._follow)
        self._show(tools.open_case.case)

    def conclude(self) -> None:
        """Adopt the result of the first method, to be edited from there."""
        case = self._tools.open_case.case
        runs = valuing_runs(case, self._shell.desk.methods)
        run = runs[0].key if runs else ""
        self._change(replace(case, conclusion=Conclusion(run=run, unit=UNITS[4])))

    def _label(self, key: str, part: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(key)
        label.setProperty("part", part)
        label.setWordWrap(part != "value")
        return label

    def _sheet(self) -> QWidget:
        scroll = FormArea(self)
        sheet = QWidget(scroll)
        self.results = ComparedResults(self._shell, sheet)
        self.apart = self._label("conclusion_apart", "muted")
        self.form = ConclusionForm(self._shell, sheet)
        self.form.committed.connect(self._commit)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self.results)
        layout.addWidget(self.apart)
        layout.addWidget(self.form)
        layout.addWidget(CaseForm(REPORT_FIELDS, self._tools, sheet))
        layout.addStretch(1)
        scroll.setWidget(sheet)
        return scroll

    def _commit(self) -> None:
        self._change(self.form.written(self._tools.open_case.case))

    def _change(self, case: Case) -> None:
        with self._shell.notices.guard(self._restore):
            self._tools.open_case.change(CHANGED, case)

    def _restore(self) -> None:
        self._show(self._tools.open_case.case)

    def _show(self, case: Case) -> None:
        self._conclude.setVisible(case.conclusion is None)
        self._may_conclude.want(
            wanted=bool(valuing_runs(case, self._shell.desk.methods))
        )
        self.form.setVisible(case.conclusion is not None)
        self.form.put(case)
        self._follow()

    def _follow(self) -> None:
        valuation: Valuation | None = self._tools.valuations.valuation
        words, case = self._shell.words, self._tools.open_case.case
        found = valuation.conclusion if valuation else None
        if found is None:
            self.figure.setText("—")
            text = N_("The conclusion will stand here, in figures and in capitals.")
            self.capitals.setText(words.tell(text))
        else:
            self.figure.setText(formats.whole(found.value, found.currency, words))
            self.capitals.setText(found.capitals)
        self.results.put(case, valuation)
        self.results.setVisible(bool(case.runs))
        apart = valuation.differences if valuation else None
        text = N_("(max − min) / min = {share}")
        told = words.tell(text, share=share(apart.spread)) if apart else ""
        self.apart.setText(told)
        self.apart.setVisible(apart is not None)
        issues = valuation.issues if valuation else ()
        self.form.tell(issues)
        self.issues.put(("", issue) for issue in issues)
        self.issues.setVisible(bool(issues))
