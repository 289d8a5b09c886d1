"""Simulation in a case: how many scenarios, from which seed, and how far it is.

What was found is kept for each run as long as its inputs are those it was found for.
"""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Run
from valuer.core.entries import read_params
from valuer.core.method import is_uncertain
from valuer.core.progress import Progress
from valuer.core.sampling import SEQUENCE_NAMES, Coupling, RankCorrelation
from valuer.core.simulation import Simulation, simulate
from valuer.core.texts import N_, Message, message
from valuer.core.valuing import RunResult
from valuer.gui import formats
from valuer.gui.case_tools import CaseTools
from valuer.gui.closing import Closing
from valuer.gui.fields import Choice, Entry
from valuer.gui.library_watch import NeedsWriting
from valuer.gui.tasks import Task
from valuer.gui.words import Texts

SCENARIOS = 100_000
"""How many are proposed."""


class SimulationBar(QWidget):
    """Runs the simulation of one run; ``start`` is the button that begins it."""

    changed = Signal()

    def __init__(self, tools: CaseTools, start: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._found: RunResult | None = None
        self._task: Task | None = None
        self._kept: dict[str, tuple[Any, Simulation]] = {}
        self.params: Any = None
        texts = Texts(self._shell.words, self)
        self.start = start
        self.start.clicked.connect(self.run)
        self.scenarios = self._entry("simulation_scenarios", N_("Scenarios"), texts)
        self.seed = self._entry("simulation_seed", N_("Seed"), texts)
        self.sequence = self._sequence(texts)
        self.omit = self._button("simulation_omit", N_("Leave it out"), texts)
        self.omit.clicked.connect(self.leave_out)
        self.cancel = self._button("simulation_cancel", N_("Cancel"), texts)
        self.cancel.clicked.connect(self.stop)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("simulation_progress")
        self.progress.setFixedHeight(20)
        self.summary = QLabel(self)
        self.summary.setProperty("part", "muted")
        self.summary.setObjectName("simulation_summary")
        self.summary.setWordWrap(True)
        self._lay_out(texts)
        self._may_start = self._close()
        self._shell.tasks.changed.connect(self._follow)
        self._shell.words.changed.connect(self._say)
        self._shell.scale.changed.connect(self._say)
        self._follow()

    @property
    def is_uncertain(self) -> bool:
        """Whether any input is a distribution."""
        return self.params is not None and is_uncertain(self.params)

    @property
    def simulation(self) -> Simulation | None:
        """What was found, while the inputs are those it was found for."""
        key = self._found.run.key if self._found else ""
        known, simulation = self._kept.get(key, (None, None))
        if self._found is None or self.params is None:
            return None
        now = (self.params, self.stored(self._found).sampling)
        return simulation if known == now else None

    def put(self, found: RunResult | None) -> None:
        """Stand ready for a run."""
        self._found, self.params = found, None
        if found is not None and found.result is not None:
            self.params, _ = read_params(found.method.params, found.given)
        if found is not None:
            run = self.stored(found)
            self.scenarios.put(run.scenarios or SCENARIOS)
            self.seed.put(run.seed)
            self.sequence.put(run.sequence)
        self._follow()
        self._say()

    def run(self) -> None:
        """Keep scenarios and seed in the case, and simulate."""
        found, count, seed = self._found, self.scenarios.value, self.seed.value
        if found is None or count is None or seed is None or not self.is_uncertain:
            return
        params, method, key = self.params, found.method, found.run.key
        sampling = self.stored(found).sampling

        def work(progress: Progress) -> Simulation:
            return simulate(method, params, count, seed, progress, sampling)

        def done(simulation: Simulation) -> None:
            self._kept[key] = ((params, sampling), simulation)
            self._say()
            self.changed.emit()

        with self._shell.notices.guard():
            action = N_("Run the simulation")
            self._change(
                replace(self.stored(found), scenarios=count, seed=seed), action
            )
            text = N_("Simulating {count} scenarios")
            self._task = self._shell.tasks.start(
                work,
                done,
                self._shell.notices.refuse,
                self._tell,
                owner=self,
                title=message(text, count=f"{count:,}"),
            )
            self._follow()

    def correlate(
        self, correlations: tuple[RankCorrelation, ...], coupling: Coupling
    ) -> None:
        """Keep in the case which inputs move together."""
        if self._found is not None:
            run = self.stored(self._found)
            changed = replace(run, correlations=correlations, coupling=coupling)
            with self._shell.notices.guard(self.changed.emit):
                self._change(changed, N_("Change which inputs move together"))

    def _draw_by(self) -> None:
        """Keep in the case by which sequence is drawn."""
        if self._found is not None:
            run = replace(self.stored(self._found), sequence=self.sequence.value)
            with self._shell.notices.guard(self.changed.emit):
                self._change(run, N_("Change how the simulation draws"))

    def stop(self) -> None:
        """Cancel the simulation under way."""
        if self._task is not None:
            self._task.cancel()

    def leave_out(self) -> None:
        """Let the report have no simulation of this run."""
        if self._found is not None:
            self._kept.pop(self._found.run.key, None)
            run = replace(self.stored(self._found), scenarios=0)
            with self._shell.notices.guard():
                self._change(run, N_("Leave the simulation out"))
            self._say()
            self.changed.emit()

    def stored(self, found: RunResult) -> Run:
        """Return the run as the case has it; the one valued has no simulation."""
        runs = self._tools.open_case.case.runs
        return next((one for one in runs if one.key == found.run.key), found.run)

    def _lay_out(self, texts: Texts) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, entry in ((N_("Scenarios"), self.scenarios), (N_("Seed"), self.seed)):
            label = QLabel(self)
            texts.put(label.setText, name)
            line.addWidget(label)
            line.addWidget(entry)
        line.addWidget(self.sequence)
        line.addWidget(self.omit)
        line.addWidget(self.progress, 1)
        line.addWidget(self.cancel)
        line.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.summary)

    def _close(self) -> NeedsWriting:
        """Let nothing be run or typed while this window may only read."""
        library, words = self._shell.library, self._shell.words
        library.needs_writing(self.omit, words)
        Closing(library, self)
        return library.needs_writing(self.start, words)

    def _change(self, run: Run, action: str) -> None:
        case = self._tools.open_case.case
        runs = tuple(run if one.key == run.key else one for one in case.runs)
        self._tools.open_case.change(action, replace(case, runs=runs))

    def _entry(self, key: str, name: str, texts: Texts) -> Entry:
        entry = Entry(_count, str, self)
        entry.setFixedWidth(96)
        texts.name(entry, key, name)
        return entry

    def _sequence(self, texts: Texts) -> Choice:
        sequence = Choice(self._shell.words, self)
        sequence.offer(tuple(SEQUENCE_NAMES.items()))
        sequence.committed.connect(self._draw_by)
        texts.name(sequence, "simulation_sequence", N_("Drawn by"))
        return sequence

    def _button(self, key: str, name: str, texts: Texts) -> QPushButton:
        button = QPushButton(self)
        texts.put(button.setText, name)
        texts.name(button, key, name)
        return button

    def _tell(self, count: int, total: int) -> None:
        self.progress.setMaximum(total)
        self.progress.setValue(count)

    def _follow(self) -> None:
        """Show whether a simulation is under way."""
        if self._task is not None and self._task not in self._shell.tasks.running:
            self._task = None
            self.progress.reset()
        is_running = self._task is not None
        self.progress.setVisible(is_running)
        self.cancel.setVisible(is_running)
        self._may_start.want(wanted=self.is_uncertain and not is_running)
        is_stored = self._found is not None and bool(self.stored(self._found).scenarios)
        self.omit.setVisible(is_stored and not is_running)

    def _say(self) -> None:
        self.summary.setText(self._shell.words.say(self._said()))
        self.summary.setVisible(bool(self.summary.text()))

    def _said(self) -> Message | str:
        found, simulation = self._found, self.simulation
        if found is None or not self.is_uncertain:
            return ""
        if simulation is None:
            run = self.stored(found)
            text = N_(
                "The case keeps {count} scenarios from seed {seed}. Run them again to see"
                " what they give; the report always runs them itself."
            )
            kept = message(text, count=f"{run.scenarios:,}", seed=run.seed)
            return kept if run.scenarios else ""
        size = self._shell.scale.size
        text = N_(
            "Mean {mean} ± {se} {unit} (standard error), P5 {p5}, P50 {p50}, P95 {p95};"
            " seed {seed}"
        )
        shown = {
            name: formats.money(getattr(simulation, name), size)
            for name in ("mean", "p5", "p50", "p95")
        }
        se = shown_error(simulation.se, size)
        currency = found.result.currency if found.result else ""
        unit = formats.unit_name(self._shell.words, currency, size)
        return message(text, **shown, se=se, unit=unit, seed=simulation.seed)


def shown_error(se: float, size: Decimal) -> str:
    """Return a standard error with two digits that tell, however small it is."""
    scaled = se / float(size)
    places = 1 - math.floor(math.log10(scaled)) if scaled > 0 else 2
    return formats.money(se, size, max(2, min(places, 12)))


def _count(text: str) -> int | None:
    digits = text.replace(",", "").replace("，", "")
    return int(digits) if digits.isdecimal() else None
