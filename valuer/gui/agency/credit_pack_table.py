"""The lines of a rule pack as a table, each with a sign of what is to be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from valuer.agency.credit_pack_items import PackItem
from valuer.agency.credit_packs import RulePack
from valuer.core.texts import N_
from valuer.gui.agency.credit_words import (
    item_name,
    item_value,
    need_words,
)
from valuer.gui.icons import icon
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn


class PackTable(Table):
    """One line chosen at a time."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        words = shell.words
        super().__init__(
            "credit_pack_table", N_("Lines of the rule pack"), words, parent
        )
        self._shell = shell
        self._pack: RulePack | None = None
        columns: tuple[TableColumn[PackItem], ...] = (
            TableColumn(N_("State"), self._state, width=124, sign=self._sign),
            TableColumn(N_("Entry of the pack"), self._name, width=230),
            TableColumn(N_("Reads"), lambda one: item_value(one, words), width=108),
            TableColumn(N_("Mark"), lambda one: one.mark, width=88),
        )
        self.table = RowTable(columns, words, self)
        self.setModel(self.table)
        self.fit(1, [column.width for column in columns])
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        shell.theme.changed.connect(self.table.refresh)

    @property
    def item(self) -> PackItem | None:
        """The line chosen."""
        return self.table.row(self.currentIndex().row())

    def put(self, pack: RulePack, rows: Sequence[PackItem]) -> None:
        """Show the lines of a pack; the one chosen stays chosen."""
        chosen, self._pack = self.item, pack
        self.table.put(rows)
        if chosen is not None:
            self.go_to(chosen.place)

    def go_to(self, place: str) -> None:
        """Choose a line."""
        for number, row in enumerate(self.table.rows):
            if row is not None and row.place == place:
                self.selectRow(number)
                self.scrollTo(self.table.index(number, 0))

    def _name(self, item: PackItem) -> str:
        pack = self._pack
        return "" if pack is None else item_name(pack, item, self._shell.words)

    def _state(self, item: PackItem) -> str:
        return self._shell.words.say(need_words(item))

    def _sign(self, item: PackItem) -> QIcon:
        tokens = self._shell.theme.tokens
        if item.is_open:
            return icon("warning", tokens.warn)
        return (
            icon("good", tokens.good) if item.is_known else icon("note", tokens.muted)
        )
