"""Simulation in a case: how many scenarios, from which seed, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.entries import read_params
from valuer.core.method import is_uncertain
from valuer.core.progress import Progress
from valuer.core.simulation import Simulation, simulate
from valuer.core.texts import N_, message
from valuer.core.valuing import RunResult
from valuer.gui import formats
from valuer.gui.case_tools import CaseTools
from valuer.gui.fields import Entry
from valuer.gui.words import Texts

SCENARIOS = 100_000
"""How many are proposed."""


class SimulationBar(QWidget):
    """Runs the simulation of one run, and keeps what it found until inputs change."""

    changed = Signal()

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._found: RunResult | None = None
        self._params: Any = None
        self._simulated: tuple[Any, Simulation] | None = None
        texts = Texts(self._shell.words, self)
        self.scenarios = self._entry("simulation_scenarios", N_("Scenarios"), texts)
        self.seed = self._entry("simulation_seed", N_("Seed"), texts)
        self.start = QPushButton(self)
        self.start.clicked.connect(self.run)
        texts.put(self.start.setText, N_("Run the simulation"))
        texts.name(self.start, "simulation_run", N_("Run the simulation"))
        self.summary = QLabel(self)
        self.summary.setProperty("part", "muted")
        self.summary.setObjectName("simulation_summary")
        self.summary.setWordWrap(True)
        self._lay_out(texts)
        self._shell.words.changed.connect(self._say)
        self._shell.scale.changed.connect(self._say)

    @property
    def is_uncertain(self) -> bool:
        """Whether any input is a distribution."""
        return self._params is not None and is_uncertain(self._params)

    @property
    def simulation(self) -> Simulation | None:
        """What was found, while the inputs are those it was found for."""
        if self._simulated is None or self._simulated[0] != self._params:
            return None
        return self._simulated[1]

    def put(self, found: RunResult | None) -> None:
        """Stand ready for a run."""
        self._found = found
        self._params = None
        if found is not None and found.result is not None:
            self._params, _ = read_params(found.method.params, found.given)
            run = self._stored()
            self.scenarios.put(run.scenarios or SCENARIOS)
            self.seed.put(run.seed)
        self.start.setEnabled(self.is_uncertain)
        self._say()

    def run(self) -> None:
        """Keep scenarios and seed in the case, and simulate."""
        found, count, seed = self._found, self.scenarios.value, self.seed.value
        if found is None or count is None or seed is None:
            return
        params, method = self._params, found.method

        def work(progress: Progress) -> Simulation:
            return simulate(method, params, count, seed, progress)

        def done(simulation: Simulation) -> None:
            self._keep(params, simulation)

        with self._shell.notices.guard():
            self._change(count, seed)
            text = N_("Simulating {count} scenarios")
            self._shell.tasks.start(
                work,
                done,
                self._shell.notices.refuse,
                owner=self,
                title=message(text, count=f"{count:,}"),
            )

    def _lay_out(self, texts: Texts) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, entry in ((N_("Scenarios"), self.scenarios), (N_("Seed"), self.seed)):
            label = QLabel(self)
            texts.put(label.setText, name)
            line.addWidget(label)
            line.addWidget(entry)
        line.addWidget(self.start)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.summary)

    def _keep(self, params: Any, simulation: Simulation) -> None:
        self._simulated = (params, simulation)
        self._say()
        self.changed.emit()

    def _change(self, count: int, seed: int) -> None:
        case, run = self._tools.open_case.case, self._stored()
        changed = replace(run, scenarios=count, seed=seed)
        runs = tuple(changed if one.key == run.key else one for one in case.runs)
        self._tools.open_case.change(N_("Run the simulation"), replace(case, runs=runs))

    def _stored(self) -> Any:
        """Return the run as the case has it; the one valued has no simulation."""
        key = self._found.run.key if self._found else ""
        runs = self._tools.open_case.case.runs
        return next(
            (run for run in runs if run.key == key), self._found and self._found.run
        )

    def _entry(self, key: str, name: str, texts: Texts) -> Entry:
        entry = Entry(_count, str, self)
        entry.setFixedWidth(96)
        texts.name(entry, key, name)
        return entry

    def _say(self) -> None:
        found, words = self.simulation, self._shell.words
        if found is None:
            self.summary.setText("")
            return
        size = self._shell.scale.size

        def shown(value: float) -> str:
            return formats.money(value, size)

        text = N_(
            "Mean {mean} ± {se} (standard error), P5 {p5}, P50 {p50}, P95 {p95}; seed {seed}"
        )
        self.summary.setText(
            words.tell(
                text,
                mean=shown(found.mean),
                se=shown(found.se),
                p5=shown(found.p5),
                p50=shown(found.p50),
                p95=shown(found.p95),
                seed=found.seed,
            )
        )


def _count(text: str) -> int | None:
    digits = text.replace(",", "").replace("，", "")
    return int(digits) if digits.isdecimal() else None
