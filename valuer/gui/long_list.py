"""A long list of the library: only the rows looked at are read from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from valuer.gui.columns import Columns
from valuer.gui.finder import Finder
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn

Q = TypeVar("Q")
T = TypeVar("T")


class LongList(Table, Generic[Q, T]):
    """Shows what a finder finds; a click on a header orders the whole list.

    ``told`` follows each answer, ``ordered`` carries the key of the order wanted, "" for
    that in which rows came, and whether it descends.
    """

    told = Signal()
    ordered = Signal(str, bool)

    def __init__(
        self,
        key: str,
        name: str,
        columns: Sequence[TableColumn[T]],
        stretched: int,
        finder: Finder[Q, T],
        shell: Shell,
        parent: QWidget,
    ) -> None:
        super().__init__(key, name, shell.words, parent)
        self.finder = finder
        self.total = 0
        self.table = RowTable(columns, shell.words, self)
        self.setModel(self.table)
        self.fit(stretched, [column.width for column in columns])
        Columns(self, shell.preferences)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._order)
        finder.found.connect(self._found)
        finder.read.connect(self._read)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._read_seen)
        bar.rangeChanged.connect(self._read_seen)

    def _order(self, column: int, order: Qt.SortOrder) -> None:
        key = self.table.columns[column].order if column >= 0 else ""
        self.ordered.emit(key, order is Qt.SortOrder.DescendingOrder)

    def _found(self, total: int, first: Sequence[T]) -> None:
        self.total = total
        self.table.put([*first, *[None] * (total - len(first))])
        self.told.emit()
        self._read_seen()

    def _read(self, first: int, rows: Sequence[T]) -> None:
        fitting = rows[: max(self.total - first, 0)]
        if fitting:
            self.table.fill(first, fitting)
            self._read_seen()

    def _read_seen(self) -> None:
        """Ask for the rows in sight that are not known yet."""
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.height())
        last = self.total - 1 if last < 0 else last
        for number in range(first, last + 1):
            if self.table.row(number) is None:
                self.finder.want_rows(number)
                return
