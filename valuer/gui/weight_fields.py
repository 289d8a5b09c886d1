"""The weights of the runs where the conclusion weighs them all: each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from valuer.core.case import Case, Run
from valuer.core.entry import parse_rate
from valuer.core.run_differences import run_names
from valuer.core.texts import N_
from valuer.core.valuing import valuing_runs
from valuer.gui import formats
from valuer.gui.fields import Entry, Lines
from valuer.gui.shell import Shell
from valuer.gui.words import Texts


class WeightFields(QWidget):
    """A line for each run; ``committed`` follows each change."""

    committed = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._case = Case()
        self._fields: dict[str, tuple[QLabel, Entry, Lines]] = {}
        self.sum = QLabel(self)
        self.sum.setObjectName("conclusion_weights_sum")
        self.sum.setProperty("part", "muted")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        shell.words.changed.connect(self._name)

    def put(self, case: Case) -> None:
        """Show the weights of a case."""
        self._case = case
        runs = valuing_runs(case, self._shell.desk.methods)
        keys = [run.key for run in runs]
        if keys != list(self._fields):
            self._build(keys)
        for run in runs:
            _, weight, reason = self._fields[run.key]
            weight.put(run.weight)
            reason.put(run.reason)
        self._name()

    def runs(self) -> tuple[Run, ...]:
        """Return the runs with what is typed here."""
        return tuple(self._typed(run) for run in self._case.runs)

    def tell(self, wrong: Mapping[str, bool]) -> None:
        """Mark the weights that an error is about, by run."""
        for key, (_, weight, _) in self._fields.items():
            if weight.is_readable:
                weight.mark_wrong(wrong=wrong.get(key, False))

    def _typed(self, run: Run) -> Run:
        fields = self._fields.get(run.key)
        if fields is None:
            return run
        _, weight, reason = fields
        stated = weight.value if weight.is_readable else run.weight
        return replace(run, weight=stated, reason=reason.value)

    def _build(self, keys: list[str]) -> None:
        for parts in self._fields.values():
            for part in parts:
                self._grid.removeWidget(part)
                part.deleteLater()
        self._grid.removeWidget(self.sum)
        self._fields = {}
        top = Qt.AlignmentFlag.AlignTop
        for line, key in enumerate(keys):
            label, weight, reason = QLabel(self), weight_entry(self), Lines(2, self)
            label.setContentsMargins(0, 4, 0, 0)
            texts = Texts(self._shell.words, weight)
            texts.name(weight, f"conclusion_weight_{key}", N_("Weight"))
            texts.name(reason, f"conclusion_reason_{key}", N_("Reason of the weight"))
            texts.put(reason.setPlaceholderText, N_("Reason of the weight"))
            self._grid.addWidget(label, line, 0, top)
            self._grid.addWidget(weight, line, 1, top)
            self._grid.addWidget(reason, line, 2)
            weight.committed.connect(self.committed)
            reason.committed.connect(self.committed)
            self._fields[key] = (label, weight, reason)
        self._grid.addWidget(self.sum, len(keys), 1, 1, 2)

    def _name(self) -> None:
        names = run_names(self._case, self._shell.desk.methods)
        for key, (label, _, _) in self._fields.items():
            label.setText(self._shell.words.say(names[key]))
        stated = [run.weight for run in self._case.runs if run.weight is not None]
        text = N_("Sum of the weights: {total}")
        total = formats.rate(sum(stated, Decimal(0)))
        self.sum.setText(self._shell.words.tell(text, total=total))


def weight_entry(parent: QWidget) -> Entry:
    """Return a field for a weight, exact: 60% and 0.6 are the same."""
    entry = Entry(parse_rate, formats.rate, parent)
    entry.setFixedWidth(72)
    return entry
