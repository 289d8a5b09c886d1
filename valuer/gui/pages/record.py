"""The library's data: imports, audit trail, backups, bin and documents, each a leaf of its own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.texts import N_
from valuer.gui.backups_panel import BackupsPanel
from valuer.gui.batches_panel import BatchesPanel
from valuer.gui.bin_panel import BinPanel
from valuer.gui.documents_panel import DocumentsPanel
from valuer.gui.leaves import Leaf, Leaves
from valuer.gui.library_steps import LibrarySteps
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.trail_panel import TrailPanel

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
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        steps = LibrarySteps("record", shell, self)
        leaves = [Leaf(key, title, partial(made, shell)) for key, title, made in LEAVES]
        name = N_("Parts of the library's data")
        self.leaves = Leaves("record_tabs", name, leaves, shell, self, steps)
        self.leaves.shown.connect(self.explain)
        self.tabs, self.leaf = self.leaves.tabs, self.leaves.leaf
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.leaves)
        self.leaves.go(0)

    def explain(self) -> None:
        """Tell of the row chosen on the leaf shown."""
        shown = self.leaves.current
        rows = None if shown is None else shown.findChild(RecordList)
        if rows is None:
            self._shell.why.tell(None)
        else:
            rows.explain()
