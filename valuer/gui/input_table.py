"""The inputs of a run as a table: what each is called, its figure, its curve."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from valuer.core.texts import N_
from valuer.gui.input_lines import InputLine, shown_value
from valuer.gui.quantities import density, draw_density
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn

CURVE = 2
"""The column of the curves."""


class InputTable(Table):
    """Shows inputs; those that are uncertain with their curve."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__("simulation_inputs", N_("Inputs"), shell.words, parent)
        self._shell = shell
        self._currency = ""
        columns: list[TableColumn[InputLine]] = [
            TableColumn(N_("Input"), lambda line: shell.words.say(line.label)),
            TableColumn(
                N_("Figure or distribution"), self._value, is_number=True, width=180
            ),
            TableColumn(N_("Curve"), lambda _: "", width=64),
        ]
        self.lines = RowTable(columns, shell.words, self)
        self.setModel(self.lines)
        self.fit(0, (160, 180, 64))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(CURVE, Curves(self.lines, shell, self))
        shell.scale.changed.connect(self.lines.refresh)

    @property
    def line(self) -> InputLine | None:
        """The input selected."""
        return self.lines.row(self.currentIndex().row())

    def put(self, lines: list[InputLine], currency: str) -> None:
        """Show inputs; the one selected stays selected."""
        former = self.line
        self._currency = currency
        self.lines.put(lines)
        places = [(line.slot.path, line.slot.index) for line in lines]
        if former is not None and (former.slot.path, former.slot.index) in places:
            self.selectRow(places.index((former.slot.path, former.slot.index)))

    def _value(self, line: InputLine) -> str:
        return shown_value(line, self._currency, self._shell)


class Curves(QStyledItemDelegate):
    """Draws the density of each uncertain input."""

    def __init__(
        self, lines: RowTable[InputLine], shell: Shell, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._lines, self._shell = lines, shell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        super().paint(painter, option, index)
        line = self._lines.row(index.row())
        if line is None or not line.is_uncertain:
            return
        room = QRect(option.rect)
        place = room.adjusted(8, 3, -8, -3)
        painter.save()
        draw_density(painter, place, density(line.value), self._shell.theme.tokens)
        painter.restore()
