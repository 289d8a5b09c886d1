"""The working as a table: steps down; across them periods, items or comparables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor

from valuer.core.method import Result
from valuer.core.texts import N_, Message, message
from valuer.core.working import PERIODS, Step, Unit
from valuer.gui import formats
from valuer.gui.shell import Shell
from valuer.gui.tables import COPIED, Index

FIXED = 3
"""Columns before a series: the step's name, its symbol, its figure if it has one."""

FIGURE = 2
"""The column of a single figure."""

AXES = {
    PERIODS: N_("By period"),
    "items": N_("By cost item"),
    "comparables": N_("By comparable"),
    "price_indices": N_("By change of prices"),
    "official_fees": N_("By official fee"),
    "factors": N_("By factor"),
    "counted": N_("By licence counted"),
    "changes": N_("By change of the figures"),
    "tax_years": N_("By tax year"),
}
"""What stands over the steps along an axis; along a table stands the table's name."""

_STATES = re.compile(r"step(\d+)")

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_WORD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Block:
    """The steps along one axis, or those of one figure each.

    Attributes:
        axis: what they run along; "" for single figures.
        heads: what each place is called.
    """

    axis: str
    heads: tuple[str, ...]
    steps: tuple[Step, ...]


class WorkingTable(QAbstractTableModel):
    """Shows the steps of one result, those along one axis under their own heads.

    Steps keep their order. Where all run along one axis its heads stand in the header;
    where the axis changes, a line of heads stands between the steps.
    """

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._lines: list[Step | Block] = []
        self._heads: tuple[str, ...] = ()
        self._tables: Mapping[str, str] = {}
        self._width = 0
        shell.words.changed.connect(self._refresh)
        shell.scale.changed.connect(self._refresh)
        shell.theme.changed.connect(self._refresh)

    def put(
        self, result: Result | None, tables: Mapping[str, str] | None = None
    ) -> None:
        """Show a result, or nothing; ``tables`` names the axes along table parameters."""
        self.beginResetModel()
        self._tables = tables or {}
        self._lines, self._heads, self._width = [], (), 0
        found = blocks(result)
        axes = {block.axis for block in found} - {""}
        for block in found:
            if len(axes) == 1 and block.axis:
                self._heads = block.heads
            elif block.axis:
                self._lines.append(block)
            self._lines += block.steps
            self._width = max(self._width, len(block.heads))
        self.endResetModel()

    def step(self, row: int) -> Step | None:
        """Return the step of a row, None where heads stand."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, Step) else None

    def row_of(self, symbol: str) -> int:
        """Return the row of the step with this symbol, −1 where there is none."""
        rows = range(len(self._lines))
        found = (row for row in rows if self._symbol(row) == symbol)
        return next(found, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return FIXED + self._width if self._lines else FIXED

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._lines[index.row()], Block):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _WORD if column < FIGURE else _NUMBER
        if isinstance(line, Block):
            return self._head(line, column, role)
        if role == Qt.ItemDataRole.ToolTipRole and column:
            return f"{line.symbol} = {line.formula}" if line.formula else line.symbol
        if role == COPIED and column >= FIGURE:
            return self._number(line, column).replace(",", "")
        if role not in (*_TEXTS, COPIED, Qt.ItemDataRole.ToolTipRole):
            return None
        if column == 0:
            return self._shell.words.tell(line.label)
        return line.symbol if column == 1 else self._number(line, column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _WORD if section < FIGURE else _NUMBER
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIXED:
            names = (N_("Step"), N_("Symbol"), N_("Single figure"))
            return self._shell.words.tell(names[section])
        place = section - FIXED
        return self._heads[place] if place < len(self._heads) else ""

    def _head(self, block: Block, column: int, role: int) -> Any:
        """Return a cell of a line of heads."""
        tokens, place = self._shell.theme.tokens, column - FIXED
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(tokens.muted)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(tokens.background)
        if role not in _TEXTS and role not in (COPIED, Qt.ItemDataRole.ToolTipRole):
            return None
        if column == 0:
            return self._shell.words.say(axis_name(block.axis, self._tables))
        return block.heads[place] if 0 <= place < len(block.heads) else ""

    def _number(self, step: Step, column: int) -> str:
        place = column - FIXED if step.is_series else column - FIGURE
        if not 0 <= place < len(step.values):
            return ""
        return step_value(step.values[place], step.unit, self._shell.scale.size)

    def _symbol(self, row: int) -> str:
        step = self.step(row)
        return "" if step is None else step.symbol

    def _refresh(self) -> None:
        self.beginResetModel()
        self.endResetModel()


def blocks(result: Result | None) -> list[Block]:
    """Return the steps in order, cut where the axis changes.

    A single figure stays with the block it stands in; before the first it is alone.
    """
    found: list[Block] = []
    for step in result.working if result else ():
        axis = step.axis if step.is_series else ""
        last = found[-1] if found else None
        if last is not None and axis in ("", last.axis):
            found[-1] = replace(last, steps=(*last.steps, step))
        elif result is not None:
            heads = result.heads(axis) if axis else ()
            found.append(Block(axis, heads, (step,)))
    return found


def axis_name(axis: str, tables: Mapping[str, str]) -> Message:
    """Return what an axis is called; its key where it has no name."""
    if states := _STATES.fullmatch(axis):
        return message(N_("States after step {number}"), number=states[1])
    return message(AXES.get(axis) or tables.get(axis) or axis)


def step_value(value: float, unit: Unit, size: Decimal) -> str:
    """Return one number of a working."""
    match unit:
        case Unit.MONEY:
            return formats.money(value, size)
        case Unit.RATE:
            return f"{formats.rounded(Decimal(repr(value)) * 100, 2):f}%"
        case Unit.YEARS:
            return f"{value:.4f}"
        case Unit.FACTOR:
            return f"{value:.6f}"
        case Unit.NUMBER:
            return f"{value:,.10g}"
