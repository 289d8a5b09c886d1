"""The rows of a table parameter as cells of a view: typed, pasted, moved, marked.

One empty row always stands below the others: typing there makes it a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from valuer.core.params import REQUIRED, Kind, Parameter
from valuer.core.problems import Issue
from valuer.core.quantities import LONGEST
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.icons import icon
from valuer.gui.notation import cell_row
from valuer.gui.shell import Shell
from valuer.gui.table_rows import Order, Row, TableRows, Unread
from valuer.gui.tables import COPIED, Index

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class TableCells(QAbstractTableModel):
    """The cells of one table parameter.

    ``edited`` follows each change by the user; ``reordered`` goes before it where rows
    came, went or moved.
    """

    edited = Signal()
    reordered = Signal(list)

    def __init__(self, table: Parameter, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.table = table
        self.is_locked = False
        self._shell = shell
        self._currency = ""
        self._rows = TableRows(table)
        self._issues: dict[tuple[int, str, int | None], Issue] = {}
        self._kinds = {one.name: cell_row(one, shell) for one in table.columns}
        for signal in (shell.words.changed, shell.scale.changed, shell.theme.changed):
            signal.connect(self._refresh)

    @property
    def rows(self) -> TableRows:
        """The rows themselves."""
        return self._rows

    def put(self, rows: Sequence[Row]) -> None:
        """Show rows given as JSON, unless they are those that stand here."""
        if list(rows) != self._rows.value:
            self.beginResetModel()
            self._rows.put(rows)
            self.endResetModel()

    def put_places(self, across: str, names: Sequence[str]) -> None:
        """Name the rows of the table that a column lies across."""
        if self._rows.put_places(across, names):
            self.beginResetModel()
            self.endResetModel()

    def put_currency(self, currency: str) -> None:
        """Name the currency of the amounts."""
        if currency != self._currency:
            self._currency = currency
            self._refresh()

    def tell(self, issues: Mapping[tuple[int, str, int | None], Issue]) -> None:
        """Mark the cells that issues are about, by row, column and place across."""
        if issues != self._issues:
            self._issues = dict(issues)
            self._repaint()

    def put_cell(self, row: int, column: int, value: Any) -> None:
        """Change one cell; in the row below the last it begins a new one."""
        if not self.is_locked and value != self._rows.cell(row, column):
            self._grow(row + 1)
            self._rows.set(row, column, value)
            self._repaint()
            self.edited.emit()

    def read(self, column: int, text: str) -> Any:
        """Return what a text means in a column, None where it is blank."""
        text = text.strip()
        if not text:
            return None
        found = self._kinds[self._rows.columns[column].one.name].read(text)
        return Unread(text) if found is None else found

    def fill(self, values: Mapping[tuple[int, int], Any]) -> None:
        """Put values into cells by row and column; rows are added as needed."""
        self._grow(max(row for row, _ in values) + 1)
        for (row, column), value in values.items():
            self._rows.set(row, column, value)
        self._repaint()
        self.edited.emit()

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty some cells."""
        for row, column in cells:
            if row < len(self._rows):
                self._rows.set(row, column, None)
        self._repaint()
        self.edited.emit()

    def add(self, before: int, rows: Sequence[Row] = ({},)) -> None:
        """Insert rows."""
        kept = list(range(len(self._rows)))
        room = LONGEST - len(kept)
        new = rows[:room]
        order: Order = [*kept[:before], *([None] * len(new)), *kept[before:]]
        self._arrange(order, new)

    def remove(self, gone: Sequence[int]) -> None:
        """Take rows out."""
        self._arrange([n for n in range(len(self._rows)) if n not in gone])

    def move(self, chosen: Sequence[int], step: int) -> bool:
        """Move rows up (−1) or down (1) by one; False at the edge."""
        order = list(range(len(self._rows)))
        moved = sorted((n for n in chosen if n < len(order)), reverse=step > 0)
        if not moved or not all(0 <= n + step < len(order) for n in moved):
            return False
        for number in moved:
            order.insert(number + step, order.pop(number))
        self._arrange(list(order))
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self._rows) + (not self.is_locked and len(self._rows) < LONGEST)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags if self.is_locked else flags | Qt.ItemFlag.ItemIsEditable

    def setData(
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.is_locked:
            return False
        column = index.column()
        self.put_cell(index.row(), column, self.read(column, str(value)))
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        one, value = self._rows.columns[column].one, self._rows.cell(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if one.is_number else _WORD
        if role in (Qt.ItemDataRole.EditRole, COPIED):
            shown = self._text(one, value)
            return shown.replace(",", "") if role == COPIED and one.is_number else shown
        if role in _TEXTS:
            return self._text(one, self._shown(row, one, value))
        if role == Qt.ItemDataRole.ForegroundRole:
            tokens = self._shell.theme.tokens
            return QColor(tokens.muted if value is None else tokens.text)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(row, column, value)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row, column, value)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            number = str(section + 1) if section < len(self._rows) else "＋"
            return number if role == Qt.ItemDataRole.DisplayRole else None
        one = self._rows.columns[section].one
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if one.is_number else _WORD
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            name = self._rows.columns[section].name  # a long one is cut in its head
            return name or self._shell.words.tell(one.help or one.label)
        return None

    def head(self, section: int) -> str:
        """Return what a column is called, with its unit."""
        words, column = self._shell.words, self._rows.columns[section]
        if column.name:
            return column.name
        label = words.tell(column.one.label)
        kind = column.one.measure.kind
        if kind is Kind.MONEY and self._currency:
            size = self._shell.scale.size
            unit = formats.unit_name(words, self._currency, size)
        elif kind is Kind.YEARS:
            unit = words.tell(N_("years"))
        else:
            return label
        return words.tell(N_("{label} ({unit})"), label=label, unit=unit)

    def _grow(self, count: int) -> None:
        """Let there be so many rows; the empty one below moves down with them."""
        new = min(count, LONGEST) - len(self._rows)
        if new <= 0:
            return
        before, after = self.rowCount(), min(len(self._rows) + new + 1, LONGEST)
        kept: Order = list(range(len(self._rows)))
        order = [*kept, *([None] * new)]
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
        self._rows.arrange(order, [{}] * new)
        if after > before:
            self.endInsertRows()
        self.reordered.emit(order)

    def _arrange(self, order: Order, new: Sequence[Row] = ()) -> None:
        self.beginResetModel()
        self._rows.arrange(order, new)
        self.endResetModel()
        self.reordered.emit(order)
        self.edited.emit()

    def _text(self, one: Parameter, value: Any) -> str:
        if value is None:
            return ""
        return (
            value.text
            if isinstance(value, Unread)
            else self._kinds[one.name].show(value)
        )

    def _shown(self, row: int, one: Parameter, value: Any) -> Any:
        """Return what stands in a cell: its value, else the default of a row begun."""
        if value is not None or row >= len(self._rows) or one.measure.across:
            return value
        if one.default is REQUIRED:
            return None
        return getattr(one.default, "value", one.default)

    def _sign(self, row: int, column: int, value: Any) -> Any:
        tokens = self._shell.theme.tokens
        if isinstance(value, Unread) or self._issue(row, column):
            return icon("error", tokens.bad)
        return icon("curve", tokens.accent) if isinstance(value, dict) else None

    def _hint(self, row: int, column: int, value: Any) -> str:
        words, issue = self._shell.words, self._issue(row, column)
        if isinstance(value, Unread):
            return words.tell(N_("“{given}” cannot be read here."), given=value.text)
        if issue is not None:
            return words.say(issue.wording)
        return self._text(self._rows.columns[column].one, value)

    def _issue(self, row: int, column: int) -> Issue | None:
        shown = self._rows.columns[column]
        return self._issues.get((row, shown.one.name, shown.place))

    def _repaint(self) -> None:
        if self.rowCount() and self._rows.columns:
            last = self.index(self.rowCount() - 1, len(self._rows.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _refresh(self) -> None:
        if self._rows.columns:
            last = len(self._rows.columns) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self._repaint()
