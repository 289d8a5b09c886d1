"""A grid of figures by period: years across, history in grey.

Cells are typed in the notation of their row. Pasting fills from the selected cell, a
column from a spreadsheet lies down along the row, and what did not fit is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QBrush, QColor, QGuiApplication, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from valuer.core.texts import N_, Message, message
from valuer.gui.icons import icon
from valuer.gui.rest import RestingCells
from valuer.gui.tables import COPIED
from valuer.gui.theme import Theme
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts, Words

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_FIXED = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_TYPED = _FIXED | Qt.ItemFlag.ItemIsEditable

_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One row: how a cell is read (None where it cannot be) and how it is shown.

    What is computed is shown beneath what is typed, and never read.
    """

    read: Callable[[str], Any]
    show: Callable[[Any], str]
    is_computed: bool = False


class SeriesGrid(QTableWidget):
    """Figures by period. ``committed`` follows each change by the user.

    ``take`` may take pasted text as a whole; ``grow`` adds columns where more is pasted
    than there is room for.
    """

    committed = Signal()
    did_not_fit = Signal(object)

    def __init__(
        self,
        rows: Sequence[SeriesRow],
        key: str,
        name: str,
        words: Words,
        theme: Theme,
        take: Callable[[str], bool] | None = None,
        grow: Callable[[int], object] | None = None,
        *,
        grey: bool = False,
    ) -> None:
        super().__init__(len(rows), 0)
        self._rows = tuple(rows)
        self._theme = theme
        self._grey = grey
        self._locked = False
        self._take, self._grow = take, grow
        self._typed_rows = sum(not row.is_computed for row in rows)
        self.texts = Texts(words, self)
        self.texts.name(self, key, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(RestingCells(self))
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setDefaultAlignment(_NUMBER)
        self.horizontalHeader().setDefaultSectionSize(96)
        sides = self.verticalHeader()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setDefaultSectionSize(ROW)
        sides.setVisible(len(rows) > 1)
        self.setFixedHeight(ROW * (len(rows) + 1) + 20)
        self.setMinimumWidth(120)
        self._keys()
        self.cellChanged.connect(self._typed)
        theme.changed.connect(self._paint_all)

    @property
    def columns(self) -> list[list[Any]]:
        """The values, column by column; None where a cell is empty or unreadable."""
        return [
            [self._value(row, column) for row in range(self.rowCount())]
            for column in range(self.columnCount())
        ]

    @property
    def is_readable(self) -> bool:
        """Whether every cell is empty or can be read."""
        cells = (
            self.item(row, column)
            for row in range(self.rowCount())
            for column in range(self.columnCount())
        )
        return not any(self._is_wrong(cell) for cell in cells if cell)

    def put(self, columns: Sequence[Sequence[Any]], heads: Sequence[str]) -> None:
        """Show columns of values under their heads."""
        self.blockSignals(True)
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels(list(heads))
        for column, values in enumerate(columns):
            for row, value in enumerate(values):
                cell = self._cell(row, column)
                cell.setText("" if value is None else self._rows[row].show(value))
                cell.setFlags(_FIXED if self._rows[row].is_computed else _TYPED)
                self._paint(cell)
        self.blockSignals(False)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        """Return a cell; one that is being typed into must stay the same."""
        cell = self.item(row, column)
        if cell is None:
            cell = QTableWidgetItem()
            cell.setTextAlignment(_NUMBER)
            self.setItem(row, column, cell)
        return cell

    def lock(self, *, locked: bool) -> None:
        """Let nothing be typed, or everything again."""
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.NoEditTriggers if locked else _TRIGGERS)
        self._locked = locked

    def paste(self) -> None:
        """Fill the cells from the selected one on with what was copied elsewhere."""
        text = QGuiApplication.clipboard().text()
        block = _block(text)
        if not block or self._locked or (self._take and self._take(text)):
            return
        if len(block) > self._typed_rows and len(block[0]) <= self._typed_rows:
            block = [list(line) for line in zip(*block, strict=True)]
        first = max(self.currentColumn(), 0)
        beyond = first + len(block[0]) - self.columnCount()
        if beyond > 0 and self._grow is not None:
            self._grow(beyond)
        left_over, unread = self._fill(block, max(self.currentRow(), 0), first)
        self.committed.emit()
        self.did_not_fit.emit(_account(left_over, unread))

    def _fill(
        self, block: list[list[str]], first_row: int, first: int
    ) -> tuple[int, int]:
        """Fill cells; return how many figures had no place or could not be read."""
        left_over, unread = 0, 0
        self.blockSignals(True)
        for down, line in enumerate(block, first_row):
            for across, text in enumerate(line, first):
                cell = self.item(down, across)
                if cell is None or self._rows[down].is_computed:
                    left_over += bool(text.strip())
                    continue
                value = self._rows[down].read(text.strip())
                unread += value is None and bool(text.strip())
                cell.setText(text if value is None else self._rows[down].show(value))
                self._paint(cell)
        self.blockSignals(False)
        return left_over, unread

    def copy(self) -> None:
        """Copy the selected cells, numbers as numbers."""
        lines: dict[int, list[str]] = {}
        for index in sorted(
            self.selectedIndexes(), key=lambda i: (i.row(), i.column())
        ):
            cell = self.itemFromIndex(index)
            shown = cell.data(COPIED) or cell.text().replace(",", "")
            lines.setdefault(index.row(), []).append(shown)
        text = "\n".join("\t".join(line) for line in lines.values())
        QGuiApplication.clipboard().setText(text)

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        if self._locked:
            return
        self.blockSignals(True)
        for index in self.selectedIndexes():
            if not self._rows[index.row()].is_computed:
                self.itemFromIndex(index).setText("")
        self.blockSignals(False)
        self.committed.emit()

    def _keys(self) -> None:
        standard = QKeySequence.StandardKey
        for key, name, act in (
            (standard.Paste, N_("Paste"), self.paste),
            (standard.Copy, N_("Copy"), self.copy),
            (standard.Delete, N_("Clear the cells"), self.clear_cells),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.texts.put(action.setText, name)
            self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _typed(self, row: int, column: int) -> None:
        cell = self.item(row, column)
        if cell is None:
            return
        value = self._read(cell)
        self.blockSignals(True)
        if value is not None:
            cell.setText(self._rows[row].show(value))
        self._paint(cell)
        self.blockSignals(False)
        self.committed.emit()

    def _value(self, row: int, column: int) -> Any:
        cell = self.item(row, column)
        return None if cell is None else self._read(cell)

    def _read(self, cell: QTableWidgetItem) -> Any:
        text, row = cell.text().strip(), self._rows[cell.row()]
        return row.read(text) if text and not row.is_computed else None

    def _paint(self, cell: QTableWidgetItem) -> None:
        tokens = self._theme.tokens
        wrong = self._is_wrong(cell)
        cell.setIcon(icon("error", tokens.bad) if wrong else QIcon())
        grey = self._grey or self._rows[cell.row()].is_computed
        cell.setForeground(QBrush(QColor(tokens.muted if grey else tokens.text)))
        cell.setBackground(
            QBrush(QColor(tokens.background if grey else tokens.surface))
        )

    def _is_wrong(self, cell: QTableWidgetItem) -> bool:
        """Whether something is typed that cannot be read."""
        is_typed = not self._rows[cell.row()].is_computed
        return is_typed and bool(cell.text().strip()) and self._read(cell) is None

    def _paint_all(self) -> None:
        self.blockSignals(True)
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                cell = self.item(row, column)
                if cell is not None:
                    self._paint(cell)
        self.blockSignals(False)


def _block(text: str) -> list[list[str]]:
    """Return copied text as lines of cells, all of one length."""
    lines = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
    width = max((len(line) for line in lines), default=0)
    return [line + [""] * (width - len(line)) for line in lines] if width else []


def _account(left_over: int, unread: int) -> Message | None:
    if left_over:
        return message(
            N_(
                "{count} figures pasted lie beyond the last period; they were left out."
            ),
            count=left_over,
        )
    if unread:
        text = N_("{count} cells pasted could not be read; they are marked.")
        return message(text, count=unread)
    return None
