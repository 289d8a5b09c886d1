"""The scenario set of a run (情景分析): its scenarios, their values, weights and mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.asked import Scenario
from valuer.core.method import Method
from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.scenario_sets import (
    MOST,
    ScenarioSet,
    ScenarioValue,
    scenario_value,
    weigh,
    weighed,
)
from valuer.core.texts import N_, Message, message
from valuer.core.valuing import RunResult
from valuer.gui import formats
from valuer.gui.analysis_words import unit_words, value_words, with_unit
from valuer.gui.asking import ask, asked_of
from valuer.gui.case_tools import CaseTools
from valuer.gui.scenario_form import ScenarioForm
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tasks import Task
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts

SEEN = 6
"""The most scenarios in sight; more are scrolled to."""

Outcome = ScenarioValue | Message
"""What a scenario is worth, or why it is worth nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One scenario and what came of it; None while it is being valued."""

    scenario: Scenario
    outcome: Outcome | None


class ScenariosPanel(QWidget):
    """States the scenario set of a run; the report prints it."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._found: RunResult | None = None
        self._params: Any = None
        self._chosen = 0
        self._task: Task | None = None
        self._sought: tuple[Any, tuple[Scenario, ...]] = (None, ())
        self._outcomes: list[Outcome | None] = []
        self._texts = Texts(self._shell.words, self)
        self.add = self._button("scenario_add", N_("Add a scenario"))
        self.add.clicked.connect(self.add_one)
        self.remove = self._button("scenario_remove", N_("Remove the scenario"))
        self.remove.clicked.connect(self.remove_one)
        library, words = self._shell.library, self._shell.words
        self._may_add = library.needs_writing(self.add, words)
        self._may_remove = library.needs_writing(self.remove, words)
        self.lines: RowTable[Line] = RowTable(self._columns(), words, self)
        self.table = Table("scenarios", N_("Scenario set"), words, self)
        self.table.setModel(self.lines)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.fit(0, (220, 88, 112, 132))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.sum, self.told = self._label("sum"), self._label("mean")
        self.form = ScenarioForm(self._shell, self)
        self.form.committed.connect(self._keep)
        self._lay_out()
        for signal in (words.changed, self._shell.scale.changed):
            signal.connect(self._draw)

    def put(self, found: RunResult | None, params: Any) -> None:
        """Show the set of a run."""
        self._found, self._params = found, params
        self._draw()

    def add_one(self) -> None:
        """Add a scenario that replaces nothing yet and has the weight that is left."""
        scenarios = self._scenarios
        names = {one.name for one in scenarios}
        number = len(scenarios) + 1
        while (name := self._numbered(number)) in names:
            number += 1
        left = max(0.0, 1 - sum(one.weight for one in scenarios))
        self._chosen = len(scenarios)
        weight = float(f"{left:.6g}")
        added = (*scenarios, Scenario(name, weight, {}))
        self._ask(added, N_("Add a scenario"))

    def remove_one(self) -> None:
        """Take the scenario selected out of the set."""
        kept = [one for at, one in enumerate(self._scenarios) if at != self._chosen]
        self._chosen = max(0, min(self._chosen, len(kept) - 1))
        self._ask(tuple(kept), N_("Remove the scenario"))

    @property
    def _scenarios(self) -> tuple[Scenario, ...]:
        key = "" if self._found is None else self._found.run.key
        return asked_of(self._tools, key).scenarios

    def _keep(self, scenario: Scenario) -> None:
        """Put the scenario as edited in the place of the one selected."""
        changed = [*self._scenarios]
        if self._chosen < len(changed):
            changed[self._chosen] = scenario
            self._ask(tuple(changed), N_("Change a scenario"))

    def _ask(self, scenarios: tuple[Scenario, ...], action: str) -> None:
        if self._found is not None:
            key = self._found.run.key
            asked = replace(asked_of(self._tools, key), scenarios=scenarios)
            ask(self._tools, key, action, asked)
            self._draw()

    def _numbered(self, number: int) -> str:
        return self._shell.words.tell(N_("Scenario {number}"), number=number)

    def _choose(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0 and row != self._chosen:
            self._chosen = row
            self._edit()

    def _draw(self) -> None:
        scenarios = self._scenarios
        self._value(scenarios)
        self._chosen = max(0, min(self._chosen, len(scenarios) - 1))
        model = self.table.selectionModel()
        model.blockSignals(True)
        self.lines.columns = self._columns()
        pairs = zip(scenarios, self._outcomes, strict=True)
        self.lines.put([Line(one, outcome) for one, outcome in pairs])
        self.lines.refresh()
        if scenarios:
            self.table.selectRow(self._chosen)
        model.blockSignals(False)
        self.table.setFixedHeight(ROW * (min(len(scenarios), SEEN) + 1) + 4)
        for part in (self.table, self.remove, self.sum):
            part.setVisible(bool(scenarios))
        self._may_add.want(wanted=self._params is not None and len(scenarios) < MOST)
        self._edit()
        self._say()

    def _edit(self) -> None:
        found, scenarios = self._found, self._scenarios
        one = scenarios[self._chosen] if self._chosen < len(scenarios) else None
        if found is None or self._params is None:
            self.form.hide()
            return
        currency = found.result.currency if found.result else ""
        self.form.put(one, found.method, self._params, currency)

    def _value(self, scenarios: tuple[Scenario, ...]) -> None:
        """Have the scenarios valued, unless they are or are being so."""
        found, params = self._found, self._params
        if (params, scenarios) == self._sought and len(self._outcomes) == len(
            scenarios
        ):
            return
        self._sought = params, scenarios
        known = {
            (one.scenario.name, str(one.scenario.changes)): one.outcome
            for one in self.lines.rows
            if one is not None
        }
        # What stood there stays in sight until the new value comes.
        self._outcomes = [known.get((one.name, str(one.changes))) for one in scenarios]
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if found is None or params is None or not scenarios:
            self._outcomes = [None] * len(scenarios)
            return
        self._start(found.method, params, scenarios)

    def _start(
        self, method: Method, params: Any, scenarios: tuple[Scenario, ...]
    ) -> None:
        def work(progress: Progress) -> list[Outcome]:
            return _outcomes(method, params, scenarios, progress)

        def done(outcomes: list[Outcome]) -> None:
            self._task = None
            if self._sought == (params, scenarios):
                self._outcomes = [*outcomes]
                self._draw()

        title = message(N_("Valuing the scenarios"))
        refuse = self._shell.notices.refuse
        self._task = self._shell.tasks.start(
            work, done, refuse, owner=self, title=title
        )

    def _say(self) -> None:
        """Tell the sum of the weights, and the mean where it has a meaning."""
        words, scenarios = self._shell.words, self._scenarios
        if not scenarios:
            text = N_(
                "Scenarios replace inputs and are valued each by itself; the report prints"
                " them with their weighted mean."
            )
            self._tell(self.told, words.tell(text), "muted")
            return
        total = sum(one.weight for one in scenarios)
        is_whole = abs(total - 1) < 1e-9
        text = N_("The weights sum to {total}; they must sum to 100%.")
        if is_whole:
            text = N_("The weights sum to {total}.")
        said = words.tell(text, total=formats.rate(round(total, 9)))
        self._tell(self.sum, said, "muted" if is_whole else "bad")
        told = self._mean(scenarios)
        if isinstance(told, ScenarioSet):
            text = N_("Weighted mean {mean}, weighted standard deviation {sd}")
            result = self._found.result if self._found is not None else None
            mean = with_unit(told.mean, result, self._shell)
            sd = with_unit(told.sd, result, self._shell)
            self._tell(self.told, words.tell(text, mean=mean, sd=sd), "")
        else:
            self._tell(self.told, "" if told is None else words.say(told), "bad")

    def _mean(self, scenarios: tuple[Scenario, ...]) -> ScenarioSet | Message | None:
        """Return what the set is worth, or what is wrong; None while it is not known."""
        wrong = [
            message(N_("Scenario “{name}”: {reason}"), name=one.name, reason=outcome)
            for one, outcome in zip(scenarios, self._outcomes, strict=True)
            if isinstance(outcome, Message)
        ]
        values = [one for one in self._outcomes if isinstance(one, ScenarioValue)]
        if wrong:
            return wrong[0]
        if len(values) < len(scenarios) or self._task is not None:
            return None
        try:
            weighed(scenarios)
            return weigh(tuple(values))
        except UserError as error:
            is_sum = abs(sum(one.weight for one in scenarios) - 1) >= 1e-9
            return None if is_sum else error.wording

    def _tell(self, label: QLabel, text: str, part: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
        if label.property("part") != part:
            label.setProperty("part", part)
            label.style().unpolish(label)
            label.style().polish(label)

    def _columns(self) -> tuple[TableColumn[Line], ...]:
        result = self._found.result if self._found is not None else None
        unit = unit_words(result, self._shell)
        head: Message | str = message(N_("Result ({unit})"), unit=unit)
        return (
            TableColumn(N_("Scenario name"), lambda one: one.scenario.name),
            TableColumn(
                N_("Weight"),
                lambda one: formats.rate(one.scenario.weight),
                is_number=True,
                width=88,
            ),
            TableColumn(
                N_("Inputs replaced"),
                lambda one: str(len(one.scenario.changes)),
                is_number=True,
            ),
            TableColumn(
                head if unit else N_("Result"), self._result, is_number=True, width=132
            ),
        )

    def _result(self, one: Line) -> str:
        if not isinstance(one.outcome, ScenarioValue):
            return "…" if one.outcome is None else "—"
        result = self._found.result if self._found is not None else None
        return value_words(one.outcome.value, result, self._shell)

    def _label(self, key: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(f"scenario_{key}")
        label.setWordWrap(True)
        return label

    def _button(self, key: str, name: str) -> QPushButton:
        button = QPushButton(self)
        self._texts.put(button.setText, name)
        self._texts.name(button, key, name)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.add)
        head.addWidget(self.remove)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.table)
        layout.addWidget(self.sum)
        layout.addWidget(self.told)
        layout.addWidget(self.form)
        layout.addStretch(1)


def _outcomes(
    method: Method, params: Any, scenarios: tuple[Scenario, ...], progress: Progress
) -> list[Outcome]:
    found: list[Outcome] = []
    for done, one in enumerate(scenarios):
        progress(done, len(scenarios))
        try:
            found.append(scenario_value(method, params, one))
        except UserError as error:
            found.append(error.wording)
    return found
