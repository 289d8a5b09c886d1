"""A list of the library's record: a heading with actions, rows, or what will stand here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from valuer.gui.columns import Columns
from valuer.gui.headings import Heading
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import GRID
from valuer.gui.why import Explanation
from valuer.gui.words import Texts

T = TypeVar("T")


class RecordList(QWidget, Generic[T]):
    """Shows rows; the "why" panel tells the whole of the one chosen."""

    def __init__(
        self,
        key: str,
        title: str,
        empty: str,
        columns: Sequence[TableColumn[T]],
        explain: Callable[[T], Explanation],
        shell: Shell,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._shell, self._explain = shell, explain
        words = shell.words
        self.heading = Heading(title, words, self)
        self.table = RowTable(columns, words, self)
        self.view = Table(f"{key}_table", title, words, self)
        self.view.setModel(self.table)
        widths = [column.width for column in columns]
        self.view.fit(widths.index(max(widths)), widths)
        Columns(self.view, shell.preferences)
        self._empty = QLabel(self)
        self._empty.setProperty("part", "muted")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(0, 2 * GRID, 0, 0)
        Texts(words, self).put(self._empty.setText, empty)
        self._stack = QStackedLayout()
        for widget in (self.view, _top(self._empty)):
            self._stack.addWidget(widget)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.body.addWidget(self.heading)
        self.body.addLayout(self._stack, 1)
        self.view.selectionModel().currentRowChanged.connect(self.explain)

    @property
    def chosen(self) -> T | None:
        """The row chosen, or None."""
        rows = self.view.chosen()
        return self.table.row(rows[0]) if rows else None

    def put(self, rows: Sequence[T]) -> None:
        """Show rows; the one at the place of the row chosen stays chosen."""
        before = self.view.chosen()
        self.table.put(rows)
        self.heading.note.setText(f"{len(rows):,}" if rows else "")
        self._stack.setCurrentIndex(int(not rows))
        if before and before[0] < len(rows):
            self.view.selectRow(before[0])

    def explain(self) -> None:
        """Tell all about the row chosen."""
        row = self.table.row(self.view.currentIndex().row())
        self._shell.why.tell(None if row is None else self._explain(row))


def _top(label: QLabel) -> QWidget:
    holder = QWidget(label.parentWidget())
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(label)
    layout.addStretch(1)
    return holder
