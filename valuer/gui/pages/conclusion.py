"""The conclusion (评估结论): which result is adopted, rounded how, and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.case import Case, Conclusion
from valuer.core.texts import N_
from valuer.core.valuing import Valuation
from valuer.gui import formats
from valuer.gui.case_fields import REPORT_FIELDS
from valuer.gui.case_form import LABELS, CaseForm
from valuer.gui.case_tools import CaseTools
from valuer.gui.fields import Choice, Entry, Lines
from valuer.gui.headings import Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.money import read_money
from valuer.gui.rows import FormArea, Rows

UNITS = tuple(Decimal(10) ** power for power in range(6))
"""What the final figure may be rounded to."""

CHANGED = N_("Change the conclusion")


class ConclusionPage(QWidget):
    """The figure with its reasons left, what stands in its way right."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._showing = False
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = Heading(N_("Conclusion"), self._shell.words, self)
        self._conclude = heading.action("conclude", N_("Conclude"), primary=True)
        self._conclude.clicked.connect(self.conclude)
        self.figure = QLabel(self)
        self.figure.setObjectName("conclusion_value")
        self.figure.setProperty("part", "value")
        self.capitals = QLabel(self)
        self.capitals.setObjectName("conclusion_capitals")
        self.capitals.setWordWrap(True)
        self.issues = IssueTable(
            "case_issues", N_("Errors and warnings"), self._shell, self, placed=False
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (heading, self.figure, self.capitals, self.issues):
            layout.addWidget(widget)
        layout.addWidget(self._sheet(), 1)
        tools.open_case.changed.connect(self._show)
        tools.valuations.changed.connect(self._follow)
        self._shell.words.changed.connect(self._follow)
        self._show(tools.open_case.case)
        self._follow()

    def conclude(self) -> None:
        """Adopt the result of the first method, to be edited from there."""
        case = self._tools.open_case.case
        run = case.runs[0].key if case.runs else ""
        self._change(replace(case, conclusion=Conclusion(run=run, unit=UNITS[4])))

    def _sheet(self) -> QWidget:
        scroll = FormArea(self)
        sheet = QWidget(scroll)
        words, theme = self._shell.words, self._shell.theme
        self.rows = Rows(words, theme, sheet, LABELS)
        self.run = Choice(words, sheet)
        self.unit = Choice(words, sheet)
        self.unit.offer([(unit, f"{unit:,}") for unit in UNITS])
        self.low, self.high = self._amount(sheet), self._amount(sheet)
        self.analysis, self.ground = Lines(3, sheet), Lines(2, sheet)
        add = self.rows.add
        add("conclusion_run", N_("Result adopted"), self.run)
        add(
            "conclusion_unit",
            N_("Rounded to"),
            self.unit,
            N_("The final figure is a multiple of this amount, halves up."),
        )
        add(
            "conclusion_low",
            N_("Lower end of a range"),
            self.low,
            N_("Only where the contract asks for a range."),
        )
        add("conclusion_high", N_("Upper end of a range"), self.high)
        add(
            "conclusion_analysis",
            N_("Why this result"),
            self.analysis,
            N_("Analysis that leads from the results to the conclusion."),
            wide=True,
        )
        add(
            "conclusion_ground",
            N_("Why one method only"),
            self.ground,
            N_("Ground for applying one method (Asset Appraisal Law, art. 26)."),
            wide=True,
        )
        for widget in (
            self.run,
            self.unit,
            self.low,
            self.high,
            self.analysis,
            self.ground,
        ):
            widget.committed.connect(self._commit)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addWidget(CaseForm(REPORT_FIELDS, self._tools, sheet))
        layout.addStretch(1)
        scroll.setWidget(sheet)
        return scroll

    def _amount(self, parent: QWidget) -> Entry:
        scale = self._shell.scale

        def read(text: str) -> Decimal | None:
            return read_money(text, scale.size)

        def show(amount: Decimal) -> str:
            return formats.money_typed(amount, scale.size)

        entry = Entry(read, show, parent)
        entry.setFixedWidth(140)
        return entry

    def _commit(self) -> None:
        case = self._tools.open_case.case
        if case.conclusion is None or self._showing:
            return
        self._change(
            replace(
                case,
                conclusion=replace(
                    case.conclusion,
                    run=self.run.value or "",
                    unit=self.unit.value or case.conclusion.unit,
                    low=self.low.value,
                    high=self.high.value,
                    analysis=self.analysis.value,
                    ground=self.ground.value,
                ),
            )
        )

    def _change(self, case: Case) -> None:
        with self._shell.notices.guard(self._restore):
            self._tools.open_case.change(CHANGED, case)

    def _restore(self) -> None:
        self._show(self._tools.open_case.case)

    def _show(self, case: Case) -> None:
        self._showing = True
        found = case.conclusion
        self._conclude.setVisible(found is None)
        self.rows.setVisible(found is not None)
        self.run.offer([(run.key, self._title(run.method)) for run in case.runs])
        if found is not None:
            chosen = found.run or (case.runs[0].key if case.runs else None)
            shown: tuple[tuple[Any, Any], ...] = (
                (self.run, chosen),
                (self.unit, found.unit),
                (self.low, found.low),
                (self.high, found.high),
                (self.analysis, found.analysis),
                (self.ground, found.ground),
            )
            for widget, value in shown:
                widget.put(value)
        self._showing = False

    def _title(self, method: str) -> str:
        return self._shell.desk.methods.find(method).title

    def _follow(self) -> None:
        valuation: Valuation | None = self._tools.valuations.valuation
        words = self._shell.words
        found = valuation.conclusion if valuation else None
        if found is None:
            self.figure.setText("—")
            text = N_("The conclusion will stand here, in figures and in capitals.")
            self.capitals.setText(words.tell(text))
        else:
            self.figure.setText(formats.whole(found.value, found.currency, words))
            self.capitals.setText(found.capitals)
        issues = valuation.issues if valuation else ()
        self.issues.put(("", issue) for issue in issues)
        self.issues.setVisible(bool(issues))
