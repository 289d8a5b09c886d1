"""Tables: rows of values under named columns, and the view that shows them.

A table is told whole tuples of rows. Numbers stand right and are copied as numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from valuer.core.texts import N_, Message
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts, Words

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

COPIED = Qt.ItemDataRole.UserRole + 1
"""The role under which a cell gives what is copied."""

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[T]):
    """One column.

    Attributes:
        label: text of the header.
        show: the cell's text.
        is_number: whether it stands right.
        width: pixels at first.
        order: key by which the store orders it, or "".
        sign: severity shown as a sign before the text, if any.
    """

    label: Message | str
    show: Callable[[T], str]
    is_number: bool = False
    width: int = 120
    order: str = ""
    sign: Callable[[T], QIcon] | None = None


class RowTable(QAbstractTableModel, Generic[T]):
    """Read-only rows; the page replaces them when what it shows changes.

    A row may still be unknown (None); it shows nothing until it is filled.
    """

    def __init__(
        self, columns: Sequence[TableColumn[T]], words: Words, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._words = words
        self._rows: list[T | None] = []
        words.changed.connect(self.refresh)

    @property
    def rows(self) -> tuple[T | None, ...]:
        """The rows shown."""
        return tuple(self._rows)

    def row(self, number: int) -> T | None:
        """Return one row, or None where there is none or it is not known yet."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def put(self, rows: Sequence[T | None]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def fill(self, first: int, rows: Sequence[T]) -> None:
        """Make rows known from ``first`` on."""
        self._rows[first : first + len(rows)] = rows
        last = self.index(first + len(rows) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(first, 0), last)

    def refresh(self) -> None:
        """Show every cell and header anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if column.is_number else _WORD
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DecorationRole and column.sign and row is not None:
            return column.sign(row)
        if role not in _TEXT_ROLES:
            return None
        if row is None:
            return ""
        shown = column.show(row)
        if role == COPIED and column.is_number:
            return shown.replace(",", "")
        return shown

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if column.is_number else _WORD
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.tell(column.label)
        return None


_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    COPIED,
)


class Table(QTableView):
    """A table as all of them look: 28-pixel rows, a sticky header, rows chosen whole."""

    def __init__(
        self, key: str, name: str, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.texts = Texts(words, self)
        self.texts.name(self, key, name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        rows.hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        copy = QAction(self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.texts.put(copy.setText, N_("Copy"))
        self.addAction(copy)

    def fit(self, stretched: int, widths: Sequence[int]) -> None:
        """Give the columns their widths; one takes what is left."""
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def chosen(self) -> tuple[int, ...]:
        """Return the numbers of the rows chosen, in order."""
        return tuple(sorted(i.row() for i in self.selectionModel().selectedRows()))

    def add_row(self, row: int) -> None:
        """Choose a row besides those chosen."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, 0)
        self.selectionModel().select(index, flags.Select | flags.Rows)

    def copy(self) -> None:
        """Copy the cells chosen as lines of tabbed text, numbers as numbers."""
        QGuiApplication.clipboard().setText(_tabbed(self.model(), self._cells()))

    def _cells(self) -> list[QModelIndex]:
        cells = self.selectionModel().selectedIndexes()
        return sorted(cells, key=lambda cell: (cell.row(), cell.column()))


def _tabbed(model: QAbstractItemModel, cells: list[QModelIndex]) -> str:
    lines: dict[int, list[str]] = {}
    for cell in cells:
        shown = model.data(cell, COPIED)
        if shown is None:
            shown = model.data(cell, Qt.ItemDataRole.DisplayRole)
        lines.setdefault(cell.row(), []).append(str(shown or ""))
    return "\n".join("\t".join(line) for line in lines.values())
