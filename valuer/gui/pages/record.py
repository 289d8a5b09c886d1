"""The library's data: imports, audit trail, backups, bin and documents, each a leaf of its own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_
from valuer.gui.backups_panel import BackupsPanel
from valuer.gui.batches_panel import BatchesPanel
from valuer.gui.bin_panel import BinPanel
from valuer.gui.documents_panel import DocumentsPanel
from valuer.gui.library_steps import LibrarySteps
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.trail_panel import TrailPanel
from valuer.gui.words import Texts

LEAVES = (
    ("imports", N_("Imports and deletions"), BatchesPanel),
    ("trail", N_("Audit trail"), TrailPanel),
    ("backups", N_("Backups"), BackupsPanel),
    ("bin", N_("Bin"), BinPanel),
    ("documents", N_("Documents"), DocumentsPanel),
)
"""Key, marked name and panel of each leaf."""


class RecordPage(QWidget):
    """Alt+1 … Alt+5 choose a leaf; each is built when it is first shown."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self._leaves: dict[int, QWidget] = {}
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addWidget(self._stack, 1)
        self.go(0)

    def leaf(self, key: str) -> QWidget:
        """Show the leaf with this key and return it."""
        number = [one for one, _, _ in LEAVES].index(key)
        self.tabs.setCurrentIndex(number)
        return self._leaves[number]

    def go(self, number: int) -> None:
        """Show a leaf."""
        if number not in self._leaves:
            panel = LEAVES[number][2](self._shell, self._stack)
            self._leaves[number] = panel
            self._stack.addWidget(panel)
            self._shell.ways.page_built.emit()
        self._stack.setCurrentWidget(self._leaves[number])
        self.explain()

    def explain(self) -> None:
        """Tell of the row chosen on the leaf shown."""
        shown = self._stack.currentWidget()
        rows = None if shown is None else shown.findChild(RecordList)
        if rows is None:
            self._shell.why.tell(None)
        else:
            rows.explain()

    def _make_bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("part", "bar")
        self.tabs = QTabBar(bar)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self._texts.name(self.tabs, "record_tabs", N_("Parts of the library's data"))
        for number, (_, title, _) in enumerate(LEAVES):
            self.tabs.addTab("")
            self._texts.put(partial(self.tabs.setTabText, number), title)
            key = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            key.activated.connect(partial(self.tabs.setCurrentIndex, number))
        self.tabs.currentChanged.connect(self.go)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(8, 0, 16, 0)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        layout.addWidget(LibrarySteps("record", self._shell, bar))
        return bar
