"""A grid one types into: the view of a table parameter, and the fields in its cells.

Tab walks the cells and leaves at the last; Ctrl+Return commits the cell; Delete
empties, Ctrl+C and Ctrl+V speak with spreadsheets.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from valuer.core.entry import UNITS
from valuer.core.params import Kind
from valuer.core.quantities import LONGEST
from valuer.core.texts import LANGUAGES, N_, Message, message, tr
from valuer.gui.frozen import FrozenColumn
from valuer.gui.rest import rest_in_cell
from valuer.gui.table_cells import TableCells
from valuer.gui.table_rows import Unread
from valuer.gui.tables import COPIED, Index
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts, Words

SEEN = 10
"""The most rows in sight; more are scrolled to."""

MOST_OF_A_NUMBER, MOST_OF_A_WORD = 148, 220
"""Pixels; what is longer is told by the hint, and in the field below."""

_WIDTHS = {Kind.TEXT: 168, Kind.CHOICE: 128, Kind.MONEY: 116, Kind.DATE: 104}
_WIDTH = 92


class CellsView(QTableView):
    """Shows the cells of a table parameter."""

    did_not_fit = Signal(object)

    def __init__(
        self, cells: TableCells, key: str, words: Words, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._cells = cells
        self.texts = Texts(words, self)
        self.texts.name(self, key, cells.table.label)
        self.setModel(cells)
        self.setItemDelegate(CellFields(cells, words, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)  # at the last cell Tab must leave
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        sides = self.verticalHeader()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setDefaultSectionSize(ROW)
        sides.setMinimumWidth(28)
        self.setMinimumWidth(200)
        self._keys()
        for signal in (cells.modelReset, cells.edited, cells.headerDataChanged):
            signal.connect(self.fit)
        self.frozen = FrozenColumn(self)
        self.fit()

    def fit(self) -> None:
        """Be as high as the rows, and give each column what it holds."""
        metrics = self.fontMetrics()
        for number, column in enumerate(self._cells.rows.columns):
            kind = column.one.measure.kind
            least = metrics.horizontalAdvance(self._cells.head(number)) + 20
            held = self.sizeHintForColumn(number) + 8
            wanted = max(_WIDTHS.get(kind, _WIDTH), least, held)
            most = MOST_OF_A_NUMBER if column.one.is_number else MOST_OF_A_WORD
            self.setColumnWidth(number, min(wanted, most))
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def selected_rows(self) -> list[int]:
        """Return the rows that a cell is selected in."""
        found = {index.row() for index in self.selectedIndexes()}
        return sorted(row for row in found if row < len(self._cells.rows))

    def copy(self) -> None:
        """Copy the selected cells, numbers as numbers."""
        lines: dict[int, list[str]] = {}
        cells = sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column()))
        for index in cells:
            lines.setdefault(index.row(), []).append(str(index.data(COPIED)))
        out = io.StringIO()
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines.values())
        QGuiApplication.clipboard().setText(out.getvalue().removesuffix("\n"))

    def paste(self) -> None:
        """Fill the cells from the selected one on with what was copied elsewhere."""
        block = pasted(QGuiApplication.clipboard().text())
        if not block or self._cells.is_locked:
            return
        at = self.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, 0)
        columns, sizes, block = self._headed(block, column)
        read = [
            [
                self._read(place, text, sizes.get(place, ""))
                for place, text in zip(columns, line, strict=False)
            ]
            for line in block
        ]
        beyond = sum(bool(t.strip()) for line in block for t in line[len(columns) :])
        beyond += sum(map(len, block[LONGEST - row :]))
        self._cells.fill(
            {
                (row + down, place): value
                for down, line in enumerate(read[: LONGEST - row])
                for place, value in zip(columns, line, strict=True)
            }
        )
        unread = sum(isinstance(value, Unread) for line in read for value in line)
        self.did_not_fit.emit(_account(beyond, unread))

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        if not self._cells.is_locked:
            self._cells.clear([(i.row(), i.column()) for i in self.selectedIndexes()])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk to the next cell; at the last, or the first, leave the grid."""
        at = self.currentIndex()
        if not at.isValid():
            return super().focusNextPrevChild(forward)
        columns = self._cells.columnCount()
        place = at.row() * columns + at.column() + (1 if forward else -1)
        if not 0 <= place < columns * self._cells.rowCount():
            return super().focusNextPrevChild(forward)
        self.setCurrentIndex(self._cells.index(place // columns, place % columns))
        return True

    def _fit_height(self) -> None:
        rows = min(self._cells.rowCount(), SEEN)
        is_wider = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if is_wider else 0
        self.setFixedHeight(ROW * (rows + 1) + bar + 4)

    def _headed(
        self, block: list[list[str]], first: int
    ) -> tuple[list[int], dict[int, str], list[list[str]]]:
        """Return the columns a block goes to, the units its head names, and its body.

        Where the first line names columns, each goes to its own.
        """
        width = len(block[0])
        columns = list(range(first, min(first + width, self._cells.columnCount())))
        named = [self._named(text) for text in block[0]]
        known = [place for place, _ in named if place is not None]
        is_head = len(block) > 1 and len(known) * 2 > width
        if not is_head or len(set(known)) < len(known):
            return columns, {}, block
        sizes = {place: unit for place, unit in named if place is not None}
        kept = [number for number, (place, _) in enumerate(named) if place is not None]
        return known, sizes, [[line[n] for n in kept] for line in block[1:]]

    def _named(self, text: str) -> tuple[int | None, str]:
        """Return the column that a head names, and the unit in its brackets."""
        name, _, unit = text.strip().replace("（", "(").rstrip("）)").partition("(")
        for place, column in enumerate(self._cells.rows.columns):
            label = column.one.label
            names = [column.name] if column.name else [label]
            names += [tr(label, each) for each in LANGUAGES if not column.name]
            if name.strip().lower() in (one.lower() for one in names):
                return place, unit.strip()
        return None, ""

    def _read(self, column: int, text: str, unit: str) -> Any:
        is_money = self._cells.rows.columns[column].one.measure.kind is Kind.MONEY
        if is_money and unit in UNITS and text.strip()[-1:].isdigit():
            text = text.strip() + unit
        return self._cells.read(column, text)

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


class CellFields(QStyledItemDelegate):
    """The field that opens in a cell."""

    def __init__(self, cells: TableCells, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._cells, self._words = cells, words

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        del option
        one = self._cells.rows.columns[index.column()].one
        name = self._words.tell(one.label)
        field: QWidget
        if one.measure.kind is Kind.CHOICE:
            field = QComboBox(parent)
            for key, label in one.choice_labels:
                field.addItem(self._words.tell(label), key)
            field.activated.connect(self._leave)
        else:
            field = QLineEdit(parent)
            rest_in_cell(field, self)
        field.setObjectName(f"{self._cells.table.name}_cell")
        field.setAccessibleName(name)
        # The sheet's fields stand alone; one in a cell is as high as its row.
        field.setStyleSheet("min-height: 0; border-radius: 0;")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = self._cells.rows.cell(index.row(), index.column())
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        if isinstance(editor, QComboBox):
            model.setData(self._own(index), editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(self._own(index), editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and _is_commit(event):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # it is the cell's here, not the page's
                return True
            if isinstance(editor, QWidget):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)

    def _own(self, index: Index) -> QModelIndex:
        return self._cells.index(index.row(), index.column())

    def _leave(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def pasted(text: str) -> list[list[str]]:
    """Return copied text as lines of cells, all of one length."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    try:
        lines = list(csv.reader(io.StringIO(plain), delimiter="\t"))
    except csv.Error:  # a field beyond every measure is no cell of a spreadsheet
        return []
    width = max((len(line) for line in lines), default=0)
    return [line + [""] * (width - len(line)) for line in lines] if width else []


def _account(beyond: int, unread: int) -> Message | None:
    if beyond:
        text = N_(
            "{count} cells pasted lie beyond the last column; they were left out."
        )
        return message(text, count=beyond)
    if unread:
        text = N_("{count} cells pasted could not be read; they are marked.")
        return message(text, count=unread)
    return None


def _is_commit(event: QKeyEvent) -> bool:
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    control = Qt.KeyboardModifier.ControlModifier
    return is_return and bool(event.modifiers() & control)
