"""The patents of the library: search, import, and where each fact came from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from valuer.core.patents import Patent
from valuer.core.texts import N_, message
from valuer.gui.desk import Imported
from valuer.gui.dialogs.files import LISTS
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.patent_table import explain_patent, patent_columns
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table

if TYPE_CHECKING:
    from valuer.gui.import_panel import ImportPanel

BLOCK = 200
"""Patents read at a time."""


class PatentsPage(QWidget):
    """The list of patents. Only the rows looked at are read from the library."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._order, self._descending = "added", False
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head()
        self._body()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._heading)
        self.account: ImportPanel | None = None
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._list)
        layout.addWidget(self._split, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.reload)
        shell.ways.library_changed.connect(self.reload)
        shell.words.changed.connect(self._count)
        self.reload()

    def reload(self) -> None:
        """Show the library as it is now."""
        desk, search = self._shell.desk, self.search.text()
        with self._shell.notices.guard():
            self._total = desk.count(search)
            first = desk.patents(
                search, self._order, BLOCK, 0, descending=self._descending
            )
            self.table.put([*first, *[None] * (self._total - len(first))])
            self._count()
            is_empty = not self._total and not search.strip()
            self._stack.setCurrentIndex(int(is_empty))

    def choose_lists(self) -> None:
        """Ask for lists and import them."""
        paths = self._shell.files.open_many(self, N_("Import patent lists"), LISTS)
        if paths:
            self.import_lists(paths)

    def import_lists(self, paths: Sequence[Path]) -> None:
        """Import lists in the background; the account follows."""
        desk, notices = self._shell.desk, self._shell.notices
        self._shell.tasks.start(
            lambda progress: desk.import_lists(paths, progress),
            self._imported,
            notices.refuse,
            owner=self,
            keeps=True,
            title=message(N_("Importing {count} files"), count=len(paths)),
        )

    def _imported(self, imported: Imported) -> None:
        if self.account is None:
            from valuer.gui.import_panel import ImportPanel

            self.account = ImportPanel(self._shell, self)
            self.account.taken_back.connect(self.reload)
            self._split.addWidget(self.account)
            self._split.setSizes([400, 260])
        self.account.put(imported)
        self.reload()

    def _head(self) -> None:
        self._heading = Heading(N_("Patents"), self._shell.words, self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(260)
        self.search.textChanged.connect(self._wait)
        self._heading.texts.name(
            self.search, "patents_search", N_("Search the patents")
        )
        self._heading.texts.put(
            self.search.setPlaceholderText, N_("Number, title, owner, inventor, class")
        )
        self._heading.place(self.search)
        button = self._heading.action(
            "patents_import", N_("Import lists…"), primary=True
        )
        button.clicked.connect(self.choose_lists)
        find = QAction(self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self.search.setFocus)
        self.addAction(find)

    def _body(self) -> None:
        words = self._shell.words
        self.table = RowTable(patent_columns(words), words, self)
        self.view = Table("patents_table", N_("Patents of the library"), words, self)
        self.view.setModel(self.table)
        self.view.fit(1, [column.width for column in self.table.columns])
        header = self.view.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        bar = self.view.verticalScrollBar()
        bar.valueChanged.connect(self._read_seen)
        bar.rangeChanged.connect(self._read_seen)
        self.view.selectionModel().currentRowChanged.connect(self._explain)
        self._empty = EmptyState(
            N_(
                "The patents of the library will stand here, from lists of the patent office or of a database."
            ),
            "patents_empty_import",
            N_("Import lists…"),
            words,
            self,
        )
        self._list = QWidget(self)
        self._stack = QStackedLayout(self._list)
        self._empty.button.clicked.connect(self.choose_lists)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)

    def _wait(self) -> None:
        self._pause.start()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._order = self.table.columns[column].order if column >= 0 else "added"
        self._descending = order is Qt.SortOrder.DescendingOrder
        self.reload()

    def _read_seen(self) -> None:
        """Read the rows in sight that are not known yet."""
        first = max(self.view.rowAt(0), 0)
        last = self.view.rowAt(self.view.height())
        last = self._total - 1 if last < 0 else last
        rows = self.table.rows[first : last + 1]
        if None not in rows:
            return
        start = first + rows.index(None)
        with self._shell.notices.guard():
            found = self._shell.desk.patents(
                self.search.text(),
                self._order,
                BLOCK,
                start,
                descending=self._descending,
            )
            self.table.fill(start, found[: self._total - start])

    def _explain(self) -> None:
        patent: Patent | None = self.table.row(self.view.currentIndex().row())
        known = patent and explain_patent(patent, self._shell.words)
        self._shell.why.tell(known or None)

    def _count(self) -> None:
        self._heading.note.setText(f"{self._total:,}")
