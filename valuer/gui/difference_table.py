"""Differences of two revisions as a table: grouped by the parts of the case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from valuer.core.case_names import PART_NAMES
from valuer.core.telling import Difference
from valuer.core.texts import N_, Message
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.why import Explanation, Said


class DifferenceTable(Table):
    """What was and what is, side by side; the "why" panel says long ones whole."""

    def __init__(self, key: str, shell: Shell, parent: QWidget) -> None:
        super().__init__(key, N_("What differs"), shell.words, parent)
        self._shell = shell
        self.table = RowTable(self._columns(), shell.words, self)
        self.setModel(self.table)
        self.fit(4, [column.width for column in self.table.columns])
        self.selectionModel().currentRowChanged.connect(self._explain)

    def put(self, found: Sequence[Difference]) -> None:
        """Show differences."""
        self.table.put(found)

    def _columns(self) -> tuple[TableColumn[Difference], ...]:
        def said(wording: Message | None) -> str:
            return "" if wording is None else self._shell.words.say(wording)

        return (
            TableColumn(
                N_("Part"),
                lambda d: self._shell.words.tell(PART_NAMES[d.part]),
                False,
                128,
            ),
            TableColumn(N_("Of"), lambda d: said(d.of), width=150),
            TableColumn(N_("Field"), lambda d: said(d.place), width=170),
            TableColumn(N_("Before"), lambda d: said(d.before), width=210),
            TableColumn(N_("After"), lambda d: said(d.after), width=210),
        )

    def _explain(self) -> None:
        one = self.table.row(self.currentIndex().row())
        if one is None:
            return
        parts: list[tuple[Said, Said | None]] = [
            (N_("Part"), PART_NAMES[one.part]),
            (N_("Of"), one.of),
            (N_("Before"), one.before),
            (N_("After"), one.after),
        ]
        known = [(label, said) for label, said in parts if said is not None]
        self._shell.why.tell(Explanation(one.place, known))
