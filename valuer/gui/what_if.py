"""What if: the table of two inputs, and where one input reaches a target value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.asked import Asked, Target, TwoInputs
from valuer.core.break_even import BreakEven, break_even
from valuer.core.method import Result
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.core.two_way import TwoWay, two_way
from valuer.core.valuing import RunResult
from valuer.gui.analysis_words import (
    lever_names,
    met_words,
    position_words,
    unit_words,
    value_notation,
    value_words,
)
from valuer.gui.asking import ask, asked_of
from valuer.gui.case_tools import CaseTools
from valuer.gui.fields import Choice, Entry
from valuer.gui.kept_analyses import Kept, KeptAnalyses
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts

_KEEP = N_("Print in the report")
_OVER_TWO = N_("Values over two inputs")


@dataclass(frozen=True, slots=True)
class Down:
    """A row of the table: where the second input stands, and the values."""

    position: str
    values: tuple[str, ...]


class WhatIfPanel(QWidget):
    """Reckons both for the run shown; the report prints those that are kept."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        shell = self._shell
        self._found: RunResult | None = None
        self._params: Any = None
        self._table: TwoWay | None = None
        self._even: BreakEven | None = None
        self._texts = Texts(shell.words, self)
        self.across = self._choice("what_if_across", N_("First input"))
        self.down = self._choice("what_if_down", N_("Second input"))
        self.reckon = self._button("what_if_reckon", N_("Make the table"))
        self.reckon.clicked.connect(self._reckon)
        self.moved = self._choice("what_if_moved", N_("Input that moves"))
        self.target = self._target()
        self.search = self._button("what_if_find", N_("Find where it is reached"))
        self.search.clicked.connect(self._find)
        self.keep_table = self._button("what_if_keep_table", _KEEP)
        self.keep_table.clicked.connect(self._print_table)
        self.keep_even = self._button("what_if_keep_even", _KEEP)
        self.keep_even.clicked.connect(self._print_even)
        self._may_keep = [
            shell.library.needs_writing(button, shell.words)
            for button in (self.keep_table, self.keep_even)
        ]
        self.kept = KeptAnalyses(tools, self)
        self.kept.chosen.connect(self._show_kept)
        self.rows: RowTable[Down] = RowTable((), shell.words, self)
        self.table = Table("what_if_table", _OVER_TWO, shell.words, self)
        self.table.setModel(self.rows)
        self._labels()
        self._lay_out()
        for signal in (shell.words.changed, shell.scale.changed):
            signal.connect(self._draw)

    def put(self, found: RunResult | None, params: Any) -> None:
        """Stand ready for a run; what was reckoned of other inputs goes."""
        is_same = _key(found) == _key(self._found) and params == self._params
        self._found = found
        self.kept.put(found, params)
        if is_same:
            self._follow()
            return
        self._params = params
        self._table = self._even = None
        names = lever_names(params)
        for choice, at in ((self.across, 0), (self.down, 1), (self.moved, 0)):
            former = choice.value
            choice.offer(tuple(names.items()))
            keys = [*names]
            choice.put(
                former if former in names else keys[at] if at < len(keys) else None
            )
        self.target.put(None)
        self._draw()

    @property
    def _wanted_table(self) -> TwoInputs | None:
        """The table shown, as the case would ask for it."""
        table = self._table
        return TwoInputs(table.columns.name, table.rows.name) if table else None

    @property
    def _wanted_even(self) -> Target | None:
        even = self._even
        return Target(even.input.name, even.target) if even else None

    def _print_table(self) -> None:
        """Let the report print the table shown."""
        wanted, asked = self._wanted_table, self._asked
        if wanted is not None:
            tables = (*asked.two_way, wanted)
            self._ask(replace(asked, two_way=tables))

    def _print_even(self) -> None:
        """Let the report print the target shown."""
        wanted, asked = self._wanted_even, self._asked
        if wanted is not None:
            targets = (*asked.break_even, wanted)
            self._ask(replace(asked, break_even=targets))

    @property
    def _asked(self) -> Asked:
        return asked_of(self._tools, _key(self._found))

    def _ask(self, asked: Asked) -> None:
        action = N_("Print an analysis in the report")
        ask(self._tools, _key(self._found), action, asked)

    def _show_kept(self, kept: Kept) -> None:
        """Show one that the report prints."""
        if isinstance(kept.found, TwoWay):
            self._table = kept.found
            self.across.put(kept.found.columns.name)
            self.down.put(kept.found.rows.name)
        elif isinstance(kept.found, BreakEven):
            self._even = kept.found
            self.moved.put(kept.found.input.name)
            self.target.put(kept.found.target)
        self._draw()

    def _follow(self) -> None:
        """Offer to print what is shown and not printed yet."""
        asked = self._asked
        tables = [(one.columns, one.rows) for one in asked.two_way]
        table, even = self._wanted_table, self._wanted_even
        is_new = table is not None and (table.columns, table.rows) not in tables
        self._may_keep[0].want(wanted=is_new)
        self._may_keep[1].want(wanted=even is not None and even not in asked.break_even)

    def _reckon(self) -> None:
        across, down = self.across.value, self.down.value
        if self._found is not None and across is not None and down is not None:
            method, params = self._found.method, self._params
            self._start(
                lambda progress: two_way(
                    method, params, across, down, progress=progress
                ),
                self._keep_table,
            )

    def _find(self) -> None:
        moved, target = self.moved.value, self.target.value
        if self._found is not None and moved is not None and target is not None:
            method, params, wanted = self._found.method, self._params, float(target)
            self._start(
                lambda progress: break_even(method, params, moved, wanted, progress),
                self._keep_even,
            )

    def _start(
        self, reckon: Callable[[Progress], Any], keep: Callable[[Any], None]
    ) -> None:
        params = self._params

        def done(found: Any) -> None:
            if params is self._params:
                keep(found)
                self._draw()

        title = message(N_("Reckoning with other inputs"))
        refuse = self._shell.notices.refuse
        self._shell.tasks.start(reckon, done, refuse, owner=self, title=title)

    def _keep_table(self, found: TwoWay) -> None:
        self._table = found

    def _keep_even(self, found: BreakEven) -> None:
        self._even = found

    def _draw(self) -> None:
        """Show what was reckoned."""
        self.target.refresh()
        found = self._table
        self.table.setVisible(found is not None)
        self.unit.setVisible(found is not None)
        if found is not None:
            self._draw_table(found)
        even = self._even
        said = ""
        if even is not None:
            said = self._shell.words.say(met_words(even, self._result, self._shell))
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.kept.put(self._found, self._params)
        self._follow()

    def _draw_table(self, found: TwoWay) -> None:
        words = self._shell.words
        text = N_("{across} across, {down} down; values in {unit}")
        labels = {"across": found.columns.label, "down": found.rows.label}
        unit = unit_words(self._result, self._shell)
        self.unit.setText(words.tell(text, **labels, unit=unit))
        heads = (position_words(found.columns, at, self._shell) for at in found.across)
        columns: list[TableColumn[Down]] = [
            TableColumn(found.rows.label, lambda row: row.position)
        ]
        columns += [
            TableColumn(head, partial(_value_at, place), is_number=True)
            for place, head in enumerate(heads)
        ]
        self.rows.beginResetModel()
        self.rows.columns = tuple(columns)
        self.rows.endResetModel()
        self.rows.put(
            [
                Down(
                    position_words(found.rows, at, self._shell),
                    tuple(value_words(v, self._result, self._shell) for v in values),
                )
                for at, values in zip(found.down, found.values, strict=True)
            ]
        )
        self.table.fit(0, (120, *[104] * len(found.across)))

    def _read(self, text: str) -> Any:
        return value_notation(self._result, self._shell).read(text)

    def _typed(self, given: Any) -> str:
        return value_notation(self._result, self._shell).show(given)

    @property
    def _result(self) -> Result | None:
        return self._found.result if self._found is not None else None

    def _target(self) -> Entry:
        target = Entry(self._read, self._typed, self)
        target.setFixedWidth(112)
        self._texts.name(target, "what_if_target", N_("Target value"))
        self._texts.put(target.setPlaceholderText, N_("Target value"))
        return target

    def _labels(self) -> None:
        self.said, self.unit = QLabel(self), QLabel(self)
        self.said.setObjectName("what_if_said")
        self.said.setWordWrap(True)
        self.unit.setProperty("part", "muted")

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
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for title, parts in (
            (
                _OVER_TWO,
                (self.across, self.down, self.reckon, self.keep_table),
            ),
            (
                N_("Break-even"),
                (self.target, self.moved, self.search, self.keep_even),
            ),
        ):
            line = QHBoxLayout()
            label = QLabel(self)
            self._texts.put(label.setText, title)
            line.addWidget(label)
            for part in parts:
                line.addWidget(part)
            line.addStretch(1)
            layout.addLayout(line)
        layout.addWidget(self.said)
        layout.addWidget(self.unit)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.kept)
        layout.addStretch(0)


def _key(found: RunResult | None) -> str:
    return "" if found is None else found.run.key


def _value_at(place: int, row: Down) -> str:
    return row.values[place]
