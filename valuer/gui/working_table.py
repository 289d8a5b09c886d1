"""The working as a table: steps down, periods across."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from valuer.core.method import Result
from valuer.core.texts import N_
from valuer.core.working import Step, Unit
from valuer.gui import formats
from valuer.gui.shell import Shell
from valuer.gui.tables import COPIED, Index

FIXED = 2
"""Columns before the periods: the step's name and its symbol."""

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class WorkingTable(QAbstractTableModel):
    """Shows the steps of one result."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._steps: tuple[Step, ...] = ()
        self._heads: tuple[str, ...] = ()
        shell.words.changed.connect(self._refresh)
        shell.scale.changed.connect(self._refresh)

    def put(self, result: Result | None) -> None:
        """Show a result, or nothing."""
        self.beginResetModel()
        self._steps = result.working if result else ()
        self._heads = period_heads(result)
        self.endResetModel()

    def step(self, row: int) -> Step | None:
        """Return the step of a row."""
        return self._steps[row] if 0 <= row < len(self._steps) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._steps)

    def columnCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return FIXED + max(1, len(self._heads)) if self._steps else FIXED

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        step, column = self._steps[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _WORD if column < FIXED else _NUMBER
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{step.symbol} = {step.formula}" if step.formula else step.symbol
        if role == COPIED and column >= FIXED:
            return self._number(step, column).replace(",", "")
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        if column == 0:
            return self._shell.words.tell(step.label)
        return step.symbol if column == 1 else self._number(step, column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _WORD if section < FIXED else _NUMBER
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIXED:
            return self._shell.words.tell((N_("Step"), N_("Symbol"))[section])
        place = section - FIXED
        return self._heads[place] if place < len(self._heads) else ""

    def _number(self, step: Step, column: int) -> str:
        place = column - FIXED
        if place >= len(step.values):
            return ""
        return step_value(step.values[place], step.unit, self._shell.scale.size)

    def _refresh(self) -> None:
        self.beginResetModel()
        self.endResetModel()


def period_heads(result: Result | None) -> tuple[str, ...]:
    """Return the last day of each period of a result."""
    if result is None:
        return ()
    return tuple(str(one["end"]) for one in result.outputs.get("periods", ()))


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
