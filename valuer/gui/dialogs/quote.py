"""Choosing patents of the library to be quoted in a case."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from valuer.core.patents import Patent
from valuer.core.texts import N_
from valuer.gui.patent_table import patent_columns
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table
from valuer.gui.words import Texts

SHOWN = 200
"""The most patents shown; a narrower search finds the rest."""


class QuoteDialog(QDialog):
    """Search, select, quote."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setObjectName("quote_dialog")
        texts = Texts(shell.words, self)
        texts.put(self.setWindowTitle, N_("Quote patents of the library"))
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        texts.name(self.search, "quote_search", N_("Search the patents"))
        texts.put(
            self.search.setPlaceholderText, N_("Number, title, owner, inventor, class")
        )
        columns = patent_columns(shell.words)
        self.table = RowTable(columns, shell.words, self)
        self.view = Table("quote_table", N_("Patents found"), shell.words, self)
        self.view.setModel(self.table)
        self.view.fit(1, [column.width for column in columns])
        self.view.doubleClicked.connect(self.accept)
        self.view.selectionModel().selectionChanged.connect(self._allow)
        self._count = QLabel(self)
        self._count.setProperty("part", "muted")
        self._buttons = self._make_buttons(texts)
        layout = QVBoxLayout(self)
        for widget in (self.search, self.view, self._count, self._buttons):
            layout.addWidget(widget)
        self.resize(960, 520)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.reload)
        self.search.textChanged.connect(self._wait)
        self.reload()

    @property
    def chosen(self) -> tuple[Patent, ...]:
        """The patents selected."""
        rows = (self.table.row(number) for number in self.view.chosen())
        return tuple(patent for patent in rows if patent is not None)

    def reload(self) -> None:
        """Show what the search finds."""
        desk, search = self._shell.desk, self.search.text()
        with self._shell.notices.guard():
            total = desk.count(search)
            self.table.put(desk.patents(search, "added", SHOWN, 0, descending=False))
            text = N_("{shown} of {total} patents")
            self._count.setText(
                self._shell.words.tell(text, shown=len(self.table.rows), total=total)
            )
        self._allow()

    def _make_buttons(self, texts: Texts) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self._quote = buttons.button(kinds.Ok)
        self._quote.setProperty("part", "primary")
        texts.put(self._quote.setText, N_("Quote"))
        texts.name(self._quote, "quote_accept", N_("Quote the patents selected"))
        cancel = buttons.button(kinds.Cancel)
        texts.put(cancel.setText, N_("Cancel"))
        texts.name(cancel, "quote_cancel", N_("Quote nothing"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _wait(self) -> None:
        self._pause.start()

    def _allow(self) -> None:
        self._quote.setEnabled(bool(self.view.chosen()))
