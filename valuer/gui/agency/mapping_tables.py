"""A table whose last cell is chosen in place, by some letters of what is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from valuer.core.texts import Message
from valuer.gui.search_choice import SearchChoice
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn

T = TypeVar("T")

Offered = Sequence[tuple[str, Message | str]]


class ChosenLines(RowTable[T], Generic[T]):
    """The rows; ``chosen`` carries the number of a row and the key chosen in it."""

    chosen = Signal(int, str)

    def __init__(
        self,
        columns: Sequence[TableColumn[T]],
        key_of: Callable[[T], str],
        shell: Shell,
        parent: QObject,
    ) -> None:
        super().__init__(columns, shell.words, parent)
        self._key_of = key_of

    @property
    def last(self) -> int:
        """The column that is chosen in."""
        return len(self.columns) - 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        is_open = index.column() == self.last
        return found | Qt.ItemFlag.ItemIsEditable if is_open else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if role == Qt.ItemDataRole.EditRole and row is not None:
            return self._key_of(row)
        return super().data(index, role)

    def setData(
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        row = self.row(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        if self._key_of(row) != value:
            self.chosen.emit(index.row(), value)
        return True


class ChosenTable(Table, Generic[T]):
    """Shows such rows; a click or any letter opens the choice, Delete empties it."""

    def __init__(
        self,
        key: str,
        name: str,
        lines: ChosenLines[T],
        offered: Callable[[T], Offered],
        shell: Shell,
        parent: QWidget,
    ) -> None:
        super().__init__(key, name, shell.words, parent)
        self.lines = lines
        lines.setParent(self)
        self.setModel(lines)
        self.fit(lines.last, [column.width for column in lines.columns])
        self.setItemDelegate(_Cells(lines, offered, key, shell, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

        key_press = QShortcut(QKeySequence.StandardKey.Delete, self)
        key_press.setContext(Qt.ShortcutContext.WidgetShortcut)
        key_press.activated.connect(self.clear_chosen)

    def clear_chosen(self) -> None:
        """Choose nothing in the row that is chosen."""
        row = self.currentIndex().row()
        if self.lines.row(row) is not None:
            self.lines.setData(self.lines.index(row, self.lines.last), "")

    def put(self, rows: Sequence[T]) -> None:
        """Show rows; the place chosen stays chosen."""
        at = self.currentIndex()
        self.lines.put(rows)
        if at.isValid() and at.row() < len(rows):
            self.setCurrentIndex(self.lines.index(at.row(), at.column()))


class _Cells(QStyledItemDelegate):
    """The choice that opens in a cell."""

    def __init__(
        self,
        lines: ChosenLines[Any],
        offered: Callable[[Any], Offered],
        key: str,
        shell: Shell,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._lines, self._offered = lines, offered
        self._key, self._words = key, shell.words

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        del option
        choice = SearchChoice(self._words, parent)
        choice.setObjectName(f"{self._key}_choice")
        label = self._lines.columns[index.column()].label
        choice.setAccessibleName(self._words.tell(label))
        choice.setStyleSheet("min-height: 0; border-radius: 0;")
        narrow = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        choice.setSizeAdjustPolicy(narrow)
        choice.setMinimumContentsLength(1)
        choice.offer(self._offered(self._lines.row(index.row())))
        choice.committed.connect(self._leave)
        return choice

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, SearchChoice):
            editor.put(index.data(Qt.ItemDataRole.EditRole))
            editor.select_all()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        if isinstance(editor, SearchChoice) and editor.value is not None:
            model.setData(index, editor.value)

    def _leave(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
