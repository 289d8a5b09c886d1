"""Which uncertain inputs move together, how much, and what became of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.entry import parse_amount
from valuer.core.sampling import (
    COUPLING_NAMES,
    Correlated,
    Coupling,
    RankCorrelation,
)
from valuer.core.texts import N_, Message
from valuer.gui.closing import Closing
from valuer.gui.fields import Choice, Entry
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts

Names = Mapping[str, Message]
"""What the uncertain inputs are called, by their places in JSON."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two inputs; what is not known before the simulation is None."""

    a: str
    b: str
    asked: float | None
    used: float | None = None
    achieved: float | None = None

    @property
    def inputs(self) -> frozenset[str]:
        """The two, in no order."""
        return frozenset((self.a, self.b))


class CorrelationsPanel(QWidget):
    """States the rank correlations of a run; ``committed`` follows each change."""

    committed = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._names: Names = {}
        self.correlations: tuple[RankCorrelation, ...] = ()
        self._texts = Texts(shell.words, self)
        self.first = self._choice("correlation_first", N_("First input"))
        self.second = self._choice("correlation_second", N_("Second input"))
        self.coefficient = Entry(_coefficient, lambda given: f"{given:g}", self)
        self.coefficient.setFixedWidth(72)
        name = N_("Rank correlation, −1 to 1")
        self._texts.name(self.coefficient, "correlation_coefficient", name, name)
        self.coefficient.setPlaceholderText("−1…1")
        self.state = self._button("correlation_state", N_("State it"))
        self.state.clicked.connect(self._state)
        self.remove = self._button("correlation_remove", N_("Remove"))
        self.remove.clicked.connect(self._remove)
        self.coupling = self._choice("correlation_coupling", N_("Coupled by"))
        self.coupling.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.coupling.offer(tuple(COUPLING_NAMES.items()))
        self.coupling.committed.connect(self.committed)
        self.lines = RowTable(self._columns(), shell.words, self)
        title = N_("Rank correlations")
        self.table = Table("correlations", title, shell.words, self)
        self.table.setModel(self.lines)
        self.table.fit(0, (150, 150, 80, 80, 80))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.note = self._note()
        self._lay_out()
        Closing(shell.library, self)

    def _note(self) -> QLabel:
        note = QLabel(self)
        note.setProperty("part", "muted")
        note.setWordWrap(True)
        return note

    def put(
        self,
        names: Names,
        correlations: tuple[RankCorrelation, ...],
        coupling: Coupling,
        found: Sequence[Correlated],
    ) -> None:
        """Show what is stated for a run, and what its simulation achieved."""
        self.correlations = correlations
        if names != self._names:
            self._names = names
            for choice in (self.first, self.second):
                choice.offer(tuple(names.items()))
            self.first.put(self.first.value or next(iter(names), None))
        self.coupling.put(coupling)
        stated = [Pair(one.a, one.b, one.spearman) for one in correlations]
        became = [
            Pair(one.a, one.b, one.asked, one.used, one.achieved) for one in found
        ]
        self.lines.put(became or stated)
        is_able = len(names) > 1
        for part in (self._entering, self._coupled, self.table):
            part.setVisible(is_able or (part is self.table and bool(stated)))
        self.remove.setVisible(bool(stated))
        self._tell(found)

    def _tell(self, found: Sequence[Correlated]) -> None:
        text = N_(
            "Spearman's coefficient of two uncertain inputs. Run the simulation to see"
            " what the draws achieve."
        )
        if len(self._names) < 2:
            text = N_(
                "Make two inputs uncertain on the left to let them move together."
            )
        elif any(one.is_changed for one in found):
            text = N_(
                "No draws can meet all coefficients asked for together; the nearest that"
                " can be met were aimed at."
            )
        elif found:
            text = N_("The draws were made to meet every coefficient asked for.")
        self.note.setText(self._shell.words.tell(text))

    def _state(self) -> None:
        """Keep the coefficient of the two inputs chosen."""
        a, b, wanted = self.first.value, self.second.value, self.coefficient.value
        if a is None or b is None or a == b or wanted is None:
            text = N_("Choose two inputs that differ and a coefficient from −1 to 1.")
            self.note.setText(self._shell.words.tell(text))
            return
        others = [one for one in self.correlations if {one.a, one.b} != {a, b}]
        self.correlations = (*others, RankCorrelation(a, b, wanted))
        self.committed.emit()

    def _remove(self) -> None:
        """Let the two inputs selected, else chosen, be independent."""
        chosen = self.lines.row(self.table.currentIndex().row())
        gone = (
            {self.first.value, self.second.value} if chosen is None else chosen.inputs
        )
        self.correlations = tuple(
            one for one in self.correlations if {one.a, one.b} != gone
        )
        self.committed.emit()

    def _choose(self) -> None:
        chosen = self.lines.row(self.table.currentIndex().row())
        if chosen is not None:
            self.first.put(chosen.a)
            self.second.put(chosen.b)
            self.coefficient.put(chosen.asked)

    def _columns(self) -> tuple[TableColumn[Pair], ...]:
        return (
            TableColumn(N_("First input"), lambda one: self._name(one.a)),
            TableColumn(N_("Second input"), lambda one: self._name(one.b)),
            TableColumn(N_("Asked"), lambda one: _shown(one.asked), is_number=True),
            TableColumn(N_("Aimed at"), lambda one: _shown(one.used), is_number=True),
            TableColumn(
                N_("Achieved"), lambda one: _shown(one.achieved), is_number=True
            ),
        )

    def _name(self, place: str) -> str:
        known = self._names.get(place)
        return place if known is None else self._shell.words.say(known)

    def _choice(self, key: str, name: str) -> Choice:
        choice = Choice(self._shell.words, self)
        # A long name of an input must not widen the window.
        choice.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        choice.setMinimumContentsLength(8)
        choice.setMaximumWidth(240)
        self._texts.name(choice, key, name, name)
        return choice

    def _button(self, key: str, name: str) -> QPushButton:
        button = QPushButton(self)
        self._texts.put(button.setText, name)
        self._texts.name(button, key, name)
        self._shell.library.needs_writing(button, self._shell.words)
        return button

    def _lay_out(self) -> None:
        self._entering, self._coupled = QWidget(self), QWidget(self)
        entering = QHBoxLayout(self._entering)
        for part in (self.first, self.second, self.coefficient, self.state):
            entering.addWidget(part)
        entering.addWidget(self.remove)
        entering.addStretch(1)
        coupled = QHBoxLayout(self._coupled)
        label = QLabel(self)
        self._texts.put(label.setText, N_("Coupled by"))
        coupled.addWidget(label)
        coupled.addWidget(self.coupling)
        coupled.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for line in (entering, coupled):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(6)
        for widget in (self._entering, self._coupled, self.note):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)


def _coefficient(text: str) -> float | None:
    found = parse_amount(text.replace("−", "-"))
    value = math.nan if found is None else float(found)
    return value if -1 <= value <= 1 else None


def _shown(given: float | None) -> str:
    return "" if given is None else f"{given:.4f}".replace("-", "−")
