"""Two versions of a rule pack side by side, and the line that adds a rule."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from valuer.agency.credit_pack_items import (
    TABLE_NAMES,
    PackDifference,
    differences,
    item_at,
)
from valuer.agency.credit_packs import RulePack
from valuer.core.texts import N_
from valuer.gui.agency.credit_words import item_name, value
from valuer.gui.fields import Choice, text_entry
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts


class DifferencesTable(Table):
    """What differs, line by line."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        words = shell.words
        super().__init__("credit_differences", N_("What differs"), words, parent)
        self._words = words
        self._packs: tuple[RulePack, ...] = ()
        columns: tuple[TableColumn[PackDifference], ...] = (
            TableColumn(N_("Entry of the pack"), self._line, width=200),
            TableColumn(N_("Field"), lambda one: words.tell(one.label), width=130),
            TableColumn(N_("Before"), lambda one: value(one.before, words), width=130),
            TableColumn(N_("After"), lambda one: value(one.after, words), width=130),
        )
        self.table = RowTable(columns, words, self)
        self.setModel(self.table)
        self.fit(0, [column.width for column in columns])

    def put(self, before: RulePack, after: RulePack) -> None:
        """Compare two versions."""
        self._packs = (after, before)
        self.table.put(differences(before, after))

    def _line(self, one: PackDifference) -> str:
        for pack in self._packs:
            item = item_at(pack, one.place)
            if item is not None:
                return item_name(pack, item, self._words)
        return one.place


class NewRule(QFrame):
    """Asks for the table and the code; ``wanted`` carries both."""

    wanted = Signal(str, str)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        texts = Texts(shell.words, self)
        label = QLabel(self)
        texts.put(label.setText, N_("Rule of the notice that is not in the pack:"))
        self.table_of = Choice(shell.words, self)
        self.table_of.offer(tuple(TABLE_NAMES.items()))
        self.table_of.put("agency_deductions")
        texts.name(self.table_of, "credit_rule_table", N_("Table of the pack"))
        self.code = text_entry(self)
        self.code.setFixedWidth(140)
        texts.name(self.code, "credit_rule_code", N_("Code"))
        texts.put(self.code.setPlaceholderText, N_("Code"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (label, self.table_of, self.code):
            layout.addWidget(part)
        for key, text, act in (
            ("add", N_("Add"), self.take),
            ("cancel", N_("Cancel"), self.hide),
        ):
            button = QPushButton(self)
            texts.put(button.setText, text)
            texts.name(button, f"credit_rule_new_{key}", text)
            button.clicked.connect(act)
            layout.addWidget(button)
        layout.addStretch(1)
        self.hide()

    def take(self) -> None:
        """Hand over what is typed."""
        code = (self.code.value or "").strip()
        if code:
            self.code.put(None)
            self.hide()
            self.wanted.emit(self.table_of.value, code)
