"""The two-way tables and targets of a run that its report prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.asked import Target, TwoInputs
from valuer.core.break_even import BreakEven
from valuer.core.problems import Issue
from valuer.core.texts import N_, Message, message
from valuer.core.two_way import TwoWay
from valuer.core.valuing import RunResult
from valuer.gui.analysis_words import (
    input_words,
    met_words,
    spread_words,
    with_unit,
)
from valuer.gui.asking import ask, asked_of, wrong_with
from valuer.gui.case_tools import CaseTools
from valuer.gui.icons import icon
from valuer.gui.notices import SIGNS
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts

SEEN = 4
"""The most lines in sight; more are scrolled to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One analysis that the report prints.

    Attributes:
        asked: as the case asks for it; ``place``: which of its kind, from 0.
        found: None while it is not made, or cannot be.
        wrong: why it cannot.
    """

    asked: TwoInputs | Target
    place: int
    found: TwoWay | BreakEven | None
    wrong: Issue | None


class KeptAnalyses(QWidget):
    """Lists them; ``chosen`` carries the one selected, to be shown."""

    chosen = Signal(object)

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._found: RunResult | None = None
        self._params: Any = None
        texts = Texts(self._shell.words, self)
        title = QLabel(self)
        texts.put(title.setText, N_("Printed in the report"))
        self.remove = QPushButton(self)
        texts.put(self.remove.setText, N_("Print it no more"))
        texts.name(self.remove, "kept_remove", N_("Print it no more"))
        self.remove.clicked.connect(self.leave_out)
        self._may_remove = self._shell.library.needs_writing(
            self.remove, self._shell.words
        )
        self.lines: RowTable[Kept] = RowTable(self._columns(), self._shell.words, self)
        name = N_("Analyses printed in the report")
        self.table = Table("kept_analyses", name, self._shell.words, self)
        self.table.setModel(self.lines)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.fit(2, (112, 240, 200))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.table)

    def put(self, found: RunResult | None, params: Any) -> None:
        """Show what the case asks of a run, and what was found."""
        self._found, self._params = found, params
        kept = self._kept()
        if kept != list(self.lines.rows):
            at = self.table.currentIndex().row()
            model = self.table.selectionModel()
            model.blockSignals(True)
            self.lines.put(kept)
            if 0 <= at < len(kept):
                self.table.selectRow(at)
            model.blockSignals(False)
        self.table.setFixedHeight(ROW * (min(len(kept), SEEN) + 1) + 4)
        self.setVisible(bool(kept))
        self._may_remove.want(wanted=self._line() is not None)

    def leave_out(self) -> None:
        """Take the analysis selected out of the report."""
        line = self._line()
        if line is None or self._found is None:
            return
        key = self._found.run.key
        asked = asked_of(self._tools, key)
        if isinstance(line.asked, TwoInputs):
            tables = _without(asked.two_way, line.place)
            asked = replace(asked, two_way=tables)
        else:
            targets = _without(asked.break_even, line.place)
            asked = replace(asked, break_even=targets)
        ask(self._tools, key, N_("Leave an analysis out of the report"), asked)

    def _kept(self) -> list[Kept]:
        if self._found is None:
            return []
        asked = asked_of(self._tools, self._found.run.key)
        tables = [self._one(one, n, "two_way") for n, one in enumerate(asked.two_way)]
        targets = [
            self._one(one, n, "break_even") for n, one in enumerate(asked.break_even)
        ]
        return [*tables, *targets]

    def _one(self, asked: TwoInputs | Target, place: int, name: str) -> Kept:
        """Return one as far as it is made: the valuation may be behind the case."""
        found = self._found
        known = getattr(found.run.asked, name) if found is not None else ()
        if found is None or asked not in known:
            return Kept(asked, place, None, None)
        at = known.index(asked)
        wrong = wrong_with(self._tools, found.run.key, f"{name}[{at}]")
        made = getattr(found.analyses, name)
        return Kept(asked, place, made[at] if at < len(made) else None, wrong)

    def _line(self) -> Kept | None:
        return self.lines.row(self.table.currentIndex().row())

    def _choose(self) -> None:
        line = self._line()
        self._may_remove.want(wanted=line is not None)
        if line is not None:
            self.chosen.emit(line)

    def _columns(self) -> tuple[TableColumn[Kept], ...]:
        say = self._shell.words.say
        return (
            TableColumn(N_("Analysis"), lambda one: say(_kind(one)), sign=self._sign),
            TableColumn(N_("Inputs"), lambda one: say(self._inputs(one))),
            TableColumn(N_("What it gives"), lambda one: say(self._told(one))),
        )

    def _sign(self, one: Kept) -> QIcon:
        if one.wrong is None:
            return QIcon()
        name, part = SIGNS[one.wrong.severity]
        return icon(name, getattr(self._shell.theme.tokens, part))

    def _inputs(self, one: Kept) -> Message:
        if isinstance(one.asked, TwoInputs):
            text = N_("{across} across, {down} down")
            return message(
                text,
                across=input_words(self._params, one.asked.columns),
                down=input_words(self._params, one.asked.rows),
            )
        result = self._found.result if self._found is not None else None
        return message(
            N_("{input}, target {target}"),
            input=input_words(self._params, one.asked.input),
            target=with_unit(one.asked.target, result, self._shell),
        )

    def _told(self, one: Kept) -> Message:
        result = self._found.result if self._found is not None else None
        if one.wrong is not None:
            return one.wrong.wording
        if isinstance(one.found, TwoWay):
            values = (value for row in one.found.values for value in row)
            return spread_words(values, result, self._shell)
        if isinstance(one.found, BreakEven):
            return met_words(one.found, result, self._shell)
        return message(N_("being reckoned"))


def _kind(one: Kept) -> Message:
    is_table = isinstance(one.asked, TwoInputs)
    return message(N_("Two-way table") if is_table else N_("Break-even"))


def _without(asked: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return asked[:place] + asked[place + 1 :]
