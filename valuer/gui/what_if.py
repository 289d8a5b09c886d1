"""What if: the table of two inputs, and where one input reaches a target value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.break_even import BreakEven, break_even
from valuer.core.levers import Lever, lever
from valuer.core.params import Kind
from valuer.core.progress import Progress
from valuer.core.slots import slots
from valuer.core.texts import N_, Message, message
from valuer.core.two_way import TwoWay, two_way
from valuer.core.valuing import RunResult
from valuer.core.working import Unit
from valuer.gui.case_figures import scale_of
from valuer.gui.fields import Choice, Entry
from valuer.gui.notation import notation
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts
from valuer.gui.working_table import step_value

_KINDS = {Unit.MONEY: Kind.MONEY, Unit.RATE: Kind.RATE, Unit.YEARS: Kind.YEARS}


@dataclass(frozen=True, slots=True)
class Down:
    """A row of the table: where the second input stands, and the values."""

    position: str
    values: tuple[str, ...]


class WhatIfPanel(QWidget):
    """Reckons both for the run shown; nothing of it is kept in the case."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
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
        self.target = Entry(self._read, self._typed, self)
        self.target.setFixedWidth(112)
        self._texts.name(self.target, "what_if_target", N_("Target value"))
        self._texts.put(self.target.setPlaceholderText, N_("Target value"))
        self.search = self._button("what_if_find", N_("Find where it is reached"))
        self.search.clicked.connect(self._find)
        self.rows: RowTable[Down] = RowTable((), shell.words, self)
        title = N_("Values over two inputs")
        self.table = Table("what_if_table", title, shell.words, self)
        self.table.setModel(self.rows)
        self.said, self.unit = QLabel(self), QLabel(self)
        self.said.setObjectName("what_if_said")
        self.said.setWordWrap(True)
        self.unit.setProperty("part", "muted")
        self._lay_out()
        for signal in (shell.words.changed, shell.scale.changed):
            signal.connect(self._draw)

    def put(self, found: RunResult | None, params: Any) -> None:
        """Stand ready for a run; what was reckoned of other inputs goes."""
        if _key(found) == _key(self._found) and params == self._params:
            return
        self._found, self._params = found, params
        self._table = self._even = None
        names = _levers(params)
        for choice, at in ((self.across, 0), (self.down, 1), (self.moved, 0)):
            former = choice.value
            choice.offer(tuple(names.items()))
            keys = [*names]
            choice.put(
                former if former in names else keys[at] if at < len(keys) else None
            )
        self.target.put(None)
        self._draw()

    def _reckon(self) -> None:
        across, down = self.across.value, self.down.value
        if self._found is not None and across is not None and down is not None:
            method, params = self._found.method, self._params
            self._start(lambda: two_way(method, params, across, down), self._keep_table)

    def _find(self) -> None:
        moved, target = self.moved.value, self.target.value
        if self._found is not None and moved is not None and target is not None:
            method, params, wanted = self._found.method, self._params, float(target)
            self._start(
                lambda: break_even(method, params, moved, wanted), self._keep_even
            )

    def _start(self, reckon: Callable[[], Any], keep: Callable[[Any], None]) -> None:
        params = self._params

        def work(_progress: Progress) -> Any:
            return reckon()

        def done(found: Any) -> None:
            if params is self._params:
                keep(found)
                self._draw()

        title = message(N_("Reckoning with other inputs"))
        refuse = self._shell.notices.refuse
        self._shell.tasks.start(work, done, refuse, owner=self, title=title)

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
        said = "" if even is None else self._shell.words.say(self._met(even))
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def _draw_table(self, found: TwoWay) -> None:
        words = self._shell.words
        text = N_("{across} across, {down} down; values in {unit}")
        labels = {"across": found.columns.label, "down": found.rows.label}
        self.unit.setText(words.tell(text, **labels, unit=self._unit()))
        heads = (self._position(found.columns, one) for one in found.across)
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
                Down(self._position(found.rows, at), tuple(map(self._value, values)))
                for at, values in zip(found.down, found.values, strict=True)
            ]
        )
        self.table.fit(0, (120, *[104] * len(found.across)))

    def _met(self, even: BreakEven) -> Message:
        """Return where the target is reached, or what is reached instead."""
        one = even.input
        if even.positions:
            at = tuple(self._position(one, position) for position in even.positions)
            text = N_("{input}: the target is reached at {positions}.")
            return message(text, input=one.label, positions=at)
        text = N_(
            "{input}: the target is not reached; between {low} and {high} the result"
            " lies from {least} to {greatest}."
        )
        ends = {
            "low": self._position(one, even.low),
            "high": self._position(one, even.high),
        }
        least, greatest = self._value(even.least), self._value(even.greatest)
        return message(text, input=one.label, **ends, least=least, greatest=greatest)

    def _position(self, one: Lever, position: float) -> str:
        exact = float(f"{position:.6g}")
        if one.is_factor:
            return f"× {exact:g}"
        return notation(one.kind, self._shell.scale).show(exact)

    def _value(self, value: float | None) -> str:
        if value is None:
            return "—"
        return step_value(value, self._measured, self._shell.scale.size)

    @property
    def _measured(self) -> Unit:
        result = self._found.result if self._found is not None else None
        return Unit.MONEY if result is None else result.unit

    def _unit(self) -> str:
        result = self._found.result if self._found is not None else None
        currency = "" if result is None else result.currency
        words, size = self._shell.words, self._shell.scale.size
        return scale_of(self._measured, currency, words, size)[1]

    def _read(self, text: str) -> Any:
        kind = _KINDS.get(self._measured, Kind.NUMBER)
        return notation(kind, self._shell.scale).read(text)

    def _typed(self, given: Any) -> str:
        kind = _KINDS.get(self._measured, Kind.NUMBER)
        return notation(kind, self._shell.scale).show(given)

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
            (N_("Values over two inputs"), (self.across, self.down, self.reckon)),
            (N_("Break-even"), (self.target, self.moved, self.search)),
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
        layout.addStretch(0)


def _key(found: RunResult | None) -> str:
    return "" if found is None else found.run.key


def _levers(params: Any) -> dict[str, Message]:
    """Return the inputs that can be moved, by their names in JSON."""
    paths = dict.fromkeys(slot.path for slot, _ in slots(params)) if params else {}
    return {path: lever(params, path).label for path in paths}


def _value_at(place: int, row: Down) -> str:
    return row.values[place]
