"""One scenario as a form: name, weight, and the inputs that it replaces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.asked import Scenario
from valuer.core.method import Method
from valuer.core.params import Kind
from valuer.core.references import is_reference
from valuer.core.texts import N_, message
from valuer.gui.closing import Closing
from valuer.gui.fields import Choice, rate_entry, text_entry
from valuer.gui.quantity_panel import QuantityPanel
from valuer.gui.scenario_inputs import (
    Input,
    change_label,
    change_words,
    inputs_of,
    replaced,
    stated,
)
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts

SEEN = 5
"""The most changes in sight; more are scrolled to."""


@dataclass(frozen=True, slots=True)
class Change:
    """One input replaced: its place in JSON, and what stands there now."""

    path: str
    value: Any


class ScenarioForm(QWidget):
    """Edits the scenario shown; ``committed`` carries it after each change."""

    committed = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._scenario: Scenario | None = None
        self._method: Method | None = None
        self._params: Any = None
        self._currency = ""
        self._inputs: dict[str, Input] = {}
        self._texts = Texts(shell.words, self)
        self._stating()
        self._replacing()
        self._listing()
        self._lay_out()
        Closing(shell.library, self)

    def put(
        self, scenario: Scenario | None, method: Method, params: Any, currency: str
    ) -> None:
        """Show a scenario of a run; None shows none."""
        if params is not self._params:
            self._inputs = inputs_of(params)
            choices = [(key, one.label) for key, one in self._inputs.items()]
            self.input.offer(choices)
            if self.input.value is None and choices:
                self.input.put(choices[0][0])
        self._scenario, self._method = scenario, method
        self._params, self._currency = params, currency
        self.setVisible(scenario is not None)
        if scenario is None:
            return
        self.name.put(scenario.name)
        self.weight.put(scenario.weight)
        self.lines.put([Change(*one) for one in sorted(scenario.changes.items())])
        rows = min(max(len(scenario.changes), 1), SEEN)
        self.table.setFixedHeight(ROW * (rows + 1) + 4)
        self._offer()

    @property
    def _chosen(self) -> Input | None:
        return self._inputs.get(self.input.value)

    def _state(self) -> None:
        if self._scenario is not None and self.weight.is_readable:
            named = replace(
                self._scenario,
                name=str(self.name.value or "").strip(),
                weight=float(self.weight.value or 0.0),
            )
            self._commit(named)

    def _offer(self) -> None:
        """Let the input chosen be replaced."""
        one, scenario = self._chosen, self._scenario
        self._may_restore.want(wanted=False)
        if one is None or scenario is None:
            return
        now = stated(scenario, one)
        self._may_restore.want(wanted=now is not None)
        is_word = one.one.measure.kind is Kind.CHOICE
        self.word.setVisible(is_word)
        self.figure.setVisible(not is_word)
        shown = one.begun if now is None else now
        if is_word:
            self.word.offer(one.one.choice_labels)
            self.word.put(str(shown))
        else:
            self.figure.put(one.one, one.label, shown, self._currency)

    def _replace_figure(self) -> None:
        value = self.figure.value
        if is_reference(value):
            # A scenario stands by itself: a figure taken elsewhere would move it.
            self._offer()
        elif value is not None:
            self._replace(value)

    def _replace_word(self) -> None:
        self._replace(self.word.value)

    def _restore(self) -> None:
        self._replace(None)

    def _replace(self, value: Any) -> None:
        if self._chosen is not None and self._scenario is not None:
            self._commit(replaced(self._scenario, self._chosen, value))

    def _commit(self, scenario: Scenario) -> None:
        if scenario != self._scenario:
            self.committed.emit(scenario)

    def _choose(self) -> None:
        line = self.lines.row(self.table.currentIndex().row())
        if line is None:
            return
        for key in (f"× {line.path}", line.path):
            if key in self._inputs:
                self.input.put(key)
                self._offer()
                return

    def _columns(self) -> tuple[TableColumn[Change], ...]:
        say = self._shell.words.say
        return (
            TableColumn(N_("Input replaced"), lambda one: say(self._label(one.path))),
            TableColumn(
                N_("As given"), lambda one: self._given(one.path), is_number=True
            ),
            TableColumn(
                N_("In the scenario"),
                lambda one: self._words(one.path, one.value),
                is_number=True,
            ),
        )

    def _stating(self) -> None:
        self.name, self.weight = text_entry(self), rate_entry(self)
        self.name.setMinimumWidth(160)
        self._texts.name(self.name, "scenario_name", N_("Name of the scenario"))
        self._texts.name(self.weight, "scenario_weight", N_("Weight"))
        for entry in (self.name, self.weight):
            entry.committed.connect(self._state)

    def _replacing(self) -> None:
        shell = self._shell
        self.input = Choice(shell.words, self)
        # A long name of an input must not widen the window.
        self.input.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.input.setMinimumContentsLength(12)
        self.input.setMaximumWidth(320)
        self._texts.name(self.input, "scenario_input", N_("Input to be replaced"))
        self.input.committed.connect(self._offer)
        self.figure = QuantityPanel(shell, "scenario_figure", "", self)
        self.figure.committed.connect(self._replace_figure)
        shell.library.needs_writing(self.figure, shell.words)
        self.word = Choice(shell.words, self)
        self._texts.name(self.word, "scenario_word", N_("Figure chosen"))
        self.word.committed.connect(self._replace_word)
        self.restore = QPushButton(self)
        self._texts.put(self.restore.setText, N_("As given"))
        hint = N_("Let the scenario leave this input as it is given")
        self._texts.name(self.restore, "scenario_restore", hint, hint)
        self.restore.clicked.connect(self._restore)
        self._may_restore = shell.library.needs_writing(self.restore, shell.words, hint)

    def _listing(self) -> None:
        title = N_("Inputs that the scenario replaces")
        words = self._shell.words
        self.lines: RowTable[Change] = RowTable(self._columns(), words, self)
        self.table = Table("scenario_changes", title, words, self)
        self.table.setModel(self.lines)
        self.table.fit(0, (240, 140, 140))
        self.table.selectionModel().currentRowChanged.connect(self._choose)

    def _label(self, path: str) -> Any:
        known = self._inputs.get(path)
        if known is not None:
            return known.label
        if self._method is None:
            return message(N_("“{name}”"), name=path)
        return change_label(self._method, self._params, path)

    def _given(self, path: str) -> str:
        known = self._inputs.get(path)
        if known is not None:
            return self._words(path, known.given)
        return "× 1" if f"× {path}" in self._inputs else ""

    def _words(self, path: str, value: Any) -> str:
        if self._method is None:
            return str(value)
        return change_words(self._method, path, value, self._inputs, self._shell)

    def _lay_out(self) -> None:
        stating, replacing = QHBoxLayout(), QHBoxLayout()
        for label, part in (
            (N_("Scenario name"), self.name),
            (N_("Weight"), self.weight),
        ):
            words = QLabel(self)
            self._texts.put(words.setText, label)
            stating.addWidget(words)
            stating.addWidget(part)
        stating.addStretch(1)
        words = QLabel(self)
        self._texts.put(words.setText, N_("Replace"))
        for widget in (words, self.input, self.restore):
            replacing.addWidget(widget)
        replacing.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(stating)
        layout.addLayout(replacing)
        layout.addWidget(self.figure)
        layout.addWidget(self.word, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.table)
