"""The gate on the report page: errors, warnings, and a written answer to each.

A click on a place goes there. What is typed answers every warning chosen, as one
change of the case. The state stands on a button beside the one that signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.case import Case
from valuer.core.problems import Severity
from valuer.core.texts import N_
from valuer.gui.case_tools import CaseTools
from valuer.gui.fields import Lines
from valuer.gui.gate_places import place_words
from valuer.gui.icons import icon
from valuer.gui.issue_table import SEVERITY_NAMES
from valuer.gui.notices import SIGNS
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts
from valuer.reports.findings import Finding, Gate
from valuer.reports.gate import answering, check_case
from valuer.reports.sections.kinds import kind_of, kinds_of

ROWS = 6
"""Findings in sight at once."""

PLACE = 1
"""The column whose cells lead to the place."""


class GatePanel(QWidget):
    """What stands between the open case and its signed report."""

    changed = Signal()

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self.gate: Gate | None = None
        self._kind_key = ""
        self._texts = Texts(self._shell.words, self)
        self.list = self._make_list()
        self.label = QLabel(self)
        self.label.setProperty("part", "muted")
        self.label.setWordWrap(True)
        self.answer = Lines(2, self)
        self._texts.name(self.answer, "gate_answer", N_("Written answer"))
        self.label.setBuddy(self.answer)
        self.answer.committed.connect(self._commit)
        self._may_answer = self._shell.library.needs_writing(
            self.answer, self._shell.words
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.list, self.label, self.answer):
            layout.addWidget(widget)
        tools.open_case.changed.connect(self._follow)
        tools.valuations.changed.connect(self._follow)
        self._shell.words.changed.connect(self._show_chosen)
        self._shell.words.changed.connect(self.changed)
        self._follow()

    @property
    def is_open(self) -> bool:
        """Whether the report of the case may be signed."""
        return self.gate is not None and self.gate.is_open

    def judge_as(self, kind_key: str) -> None:
        """Check the case as another kind of report; "" is the house's own."""
        self._kind_key = kind_key
        self._follow()

    def state(self) -> tuple[str, Severity | None]:
        """Return the state in words, and how grave it is; None where all is well."""
        words, gate = self._shell.words, self.gate
        if gate is None:
            return words.tell(N_("Being checked")), Severity.NOTE
        errors, open_ones = len(gate.errors), len(gate.unanswered)
        text = N_("Errors {errors}, warnings without an answer {warnings}")
        told = words.tell(text, errors=errors, warnings=open_ones)
        if errors:
            return told, Severity.ERROR
        return told, Severity.WARNING if open_ones else None

    def why_not(self) -> str:
        """Return why nothing is signed, or ""."""
        if self.is_open:
            return ""
        text = N_(
            "A report is signed when no error stands and every warning has its written"
            " answer. {state}."
        )
        return self._shell.words.tell(text, state=self.state()[0])

    def _make_list(self) -> Table:
        columns: tuple[TableColumn[Finding], ...] = (
            TableColumn(N_("Kind"), self._kind, width=100, sign=self._sign),
            TableColumn(N_("Place"), self._place, width=170),
            TableColumn(N_("Finding"), self._text, width=300),
            TableColumn(N_("Clause"), self._clause, width=300),
            TableColumn(N_("Answer"), self._answer, width=140),
        )
        words = self._shell.words
        self.rows = RowTable(columns, words, self)
        table = Table("gate_list", N_("Check of the report"), words, self)
        table.setModel(self.rows)
        table.fit(2, [column.width for column in columns])
        table.setFixedHeight(ROW * (ROWS + 1) + 4)
        table.clicked.connect(self._click)
        table.activated.connect(self._go)
        table.selectionModel().selectionChanged.connect(self._show_chosen)
        self._shell.theme.changed.connect(self.rows.refresh)
        return table

    def _follow(self) -> None:
        """Check the case as it is now; the valuation follows a moment later."""
        case, valuation = self._tools.open_case.case, self._tools.valuations.valuation
        if valuation is None:
            return
        house = case.house.kind
        asked = [one for one in kinds_of(house) if one.key == self._kind_key]
        self.gate = check_case(case, valuation, (*asked, kind_of(house))[0])
        chosen = {(one.check, one.where) for one in self._chosen()}
        found = (*self.gate.errors, *self.gate.warnings, *self.gate.notes)
        self.rows.put(found)
        for widget in (self.list, self.answer):
            widget.setVisible(bool(found))
        for row, one in enumerate(found):
            if (one.check, one.where) in chosen:
                self.list.add_row(row)
        self._show_chosen()
        self.changed.emit()

    def _chosen(self) -> list[Finding]:
        rows = (self.rows.row(number) for number in self.list.chosen())
        return [one for one in rows if one is not None]

    def _warnings(self) -> list[Finding]:
        return [one for one in self._chosen() if one.severity is Severity.WARNING]

    def _show_chosen(self) -> None:
        """Show the whole text of what is chosen, and its answer."""
        chosen, warnings = self._chosen(), self._warnings()
        self._may_answer.want(wanted=bool(warnings))
        answers = {one.answer.text if one.answer else "" for one in warnings}
        self.answer.put(answers.pop() if len(answers) == 1 else "")
        self.label.setText(self._told(chosen))

    def _told(self, chosen: Sequence[Finding]) -> str:
        words = self._shell.words
        if len(chosen) == 1:
            (one,) = chosen
            told, clause = words.say(one.message), one.clause.say(words.language)
            hint = "" if one.clause.is_checked else words.tell(UNCHECKED)
            return " ".join(part for part in (told, f"[{clause}]", hint) if part)
        if chosen:
            text = N_("What is typed answers the {count} warnings chosen.")
            return words.tell(text, count=len(self._warnings()))
        if self.gate is not None and not self.rows.rows:
            return words.tell(N_("The check found nothing against this report."))
        return words.tell(
            N_("Choose a warning to answer it in writing; the answer is printed.")
        )

    def _commit(self) -> None:
        """Answer every warning chosen, as one change of the case."""
        text = self.answer.value

        def put(case: Case, one: Finding) -> Case:
            return answering(case, one.check, one.where, text)

        case = reduce(put, self._warnings(), self._tools.open_case.case)
        with self._shell.notices.guard(self._show_chosen):
            self._tools.open_case.change(N_("Answer a warning"), case)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == PLACE:
            self._go(index)

    def _go(self, index: QModelIndex) -> None:
        found = self.rows.row(index.row())
        if found is not None:
            self._shell.ways.place_in_case_wanted.emit(found.where)

    def _kind(self, one: Finding) -> str:
        return self._shell.words.tell(SEVERITY_NAMES[one.severity])

    def _sign(self, one: Finding) -> QIcon:
        name, part = SIGNS[one.severity]
        if one.answer is not None:
            name, part = "good", "good"
        return icon(name, getattr(self._shell.theme.tokens, part))

    def _place(self, one: Finding) -> str:
        return self._shell.words.say(place_words(one.where))

    def _text(self, one: Finding) -> str:
        return self._shell.words.say(one.message)

    def _clause(self, one: Finding) -> str:
        return one.clause.say(self._shell.words.language)

    def _answer(self, one: Finding) -> str:
        return one.answer.text if one.answer else ""


UNCHECKED = N_("†: clause not yet checked against its original.")


class GateButton(QPushButton):
    """The state of the gate; pressed, it shows and hides the panel."""

    def __init__(self, panel: GatePanel, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel, self._shell = panel, tools.shell
        self.setCheckable(True)
        self.setChecked(True)
        texts = Texts(self._shell.words, self)
        texts.name(
            self, "report_gate", N_("Check of the report"), N_("Show or hide the check")
        )
        self.toggled.connect(panel.setVisible)
        panel.changed.connect(self._show)
        self._shell.theme.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        told, severity = self._panel.state()
        name, part = SIGNS[severity] if severity else ("good", "good")
        self.setText(told)
        self.setIcon(icon(name, getattr(self._shell.theme.tokens, part)))
