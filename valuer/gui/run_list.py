"""The runs of a case as a short list: method, value, and the state of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHeaderView, QWidget

from valuer.core.case import Case
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.registry import Registry
from valuer.core.texts import N_
from valuer.core.valuing import Valuation, valuing_runs
from valuer.core.working import Unit
from valuer.gui import formats
from valuer.gui.case_tools import CaseTools
from valuer.gui.icons import icon
from valuer.gui.notices import SIGNS
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.words import Words
from valuer.gui.working_table import step_value

SEEN = 5
"""The most runs in sight; more are scrolled to."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run: its key, what it is called, its value, its worst issue."""

    key: str
    name: str
    value: str
    severity: Severity | None


class RunList(Table):
    """Shows the runs; ``chosen_run`` tells which one is selected."""

    chosen_run = Signal(str)

    def __init__(
        self, tools: CaseTools, key: str, parent: QWidget, *, valuing: bool = False
    ) -> None:
        super().__init__(key, N_("Methods applied"), tools.shell.words, parent)
        self._tools, self._shell = tools, tools.shell
        self._only_valuing = valuing
        self._run = ""
        columns: list[TableColumn[RunLine]] = [
            TableColumn(N_("Method"), lambda line: line.name, sign=self._sign),
            TableColumn(
                N_("Result"), lambda line: line.value, is_number=True, width=128
            ),
        ]
        self.lines = RowTable(columns, self._shell.words, self)
        self.setModel(self.lines)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setMinimumWidth(240)
        self.selectionModel().currentRowChanged.connect(self._choose)
        tools.open_case.changed.connect(self.refresh)
        tools.valuations.changed.connect(self.refresh)
        for signal in (self._shell.scale.changed, self._shell.theme.changed):
            signal.connect(self.refresh)
        self._shell.words.changed.connect(self.refresh)
        self.refresh()

    @property
    def run(self) -> str:
        """The key of the run selected, or ""."""
        return self._run

    def select(self, key: str) -> None:
        """Select a run."""
        self._run = key
        self.refresh()

    def refresh(self) -> None:
        """Show the runs of the case and what was found of them."""
        case = self._tools.open_case.case
        lines = run_lines(self._tools, case, valuing=self._only_valuing)
        keys = [line.key for line in lines]
        if self._run not in keys:
            former = self.currentIndex().row()
            near = min(max(former, 0), len(keys) - 1)
            self._run = keys[near] if keys else ""
        model = self.selectionModel()
        model.blockSignals(True)
        self.lines.put(lines)
        if keys:
            self.selectRow(keys.index(self._run))
            self.scrollTo(self.currentIndex())
        model.blockSignals(False)
        self.setFixedHeight(ROW * (min(len(lines), SEEN) + 1) + 4)

    def _choose(self) -> None:
        line = self.lines.row(self.currentIndex().row())
        if line is not None and line.key != self._run:
            self._run = line.key
            self.chosen_run.emit(line.key)

    def _sign(self, line: RunLine) -> QIcon:
        name, part = SIGNS[line.severity] if line.severity else ("good", "good")
        return icon(name, getattr(self._shell.theme.tokens, part))


def run_lines(tools: CaseTools, case: Case, *, valuing: bool = False) -> list[RunLine]:
    """Return the runs of a case, or those that value, with what was found of them."""
    shell, valuation = tools.shell, tools.valuations.valuation
    names = run_names(case, shell.desk.methods, shell.words)
    values = {} if valuation is None else {one.run.key: one for one in valuation.runs}
    lines = []
    for run in valuing_runs(case, shell.desk.methods) if valuing else case.runs:
        found = values.get(run.key)
        result = found.result if found else None
        shown = "—" if result is None else found_words(result, shell)
        lines.append(RunLine(run.key, names[run.key], shown, worst(valuation, run.key)))
    return lines


def found_words(result: Result, shell: Shell) -> str:
    """Return what a run found, an amount with its unit."""
    size = shell.scale.size
    if result.unit is not Unit.MONEY:
        return step_value(result.value, result.unit, size)
    unit = formats.unit_name(shell.words, result.currency, size)
    return f"{formats.money(result.amount, size)} {unit}"


def run_names(case: Case, methods: Registry, words: Words) -> dict[str, str]:
    """Return what each run is called: its method, and its key where that is twice."""
    counts = Counter(run.method for run in case.runs)
    names = {}
    for run in case.runs:
        try:
            title = words.tell(methods.find(run.method, run.version).title)
        except UserError:
            title = run.method
        text = N_("{title} · {key}")
        twice = counts[run.method] > 1
        names[run.key] = words.tell(text, title=title, key=run.key) if twice else title
    return names


def worst(valuation: Valuation | None, key: str) -> Severity | None:
    """Return the gravest severity among the errors and warnings of a run."""
    order: Sequence[Severity] = (Severity.ERROR, Severity.WARNING)
    issues = valuation.issues if valuation else ()
    found = {one.severity for one in issues if one.where.partition(".")[0] == key}
    return next((severity for severity in order if severity in found), None)
