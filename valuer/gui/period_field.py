"""A figure for all periods, or one for each: the field opens into a grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from valuer.core.params import Kind, Parameter, Shape
from valuer.core.texts import N_
from valuer.gui.icons import icon
from valuer.gui.notation import cell_row
from valuer.gui.quantities import QuantityEntry
from valuer.gui.series import SeriesGrid
from valuer.gui.shell import Shell


class PeriodField(QWidget):
    """One number, a distribution of it, or a number for each period, as JSON."""

    edited = Signal()
    committed = Signal()

    def __init__(self, one: Parameter, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._is_money = one.measure.kind is Kind.MONEY
        self._is_grid = one.measure.shape is Shape.SERIES
        self._heads: list[str] = []
        self._value: Any = None
        key = f"param_{one.name}"
        self.single = QuantityEntry(one.measure.kind, shell, key)
        self.single.edited.connect(self.edited)
        self.single.committed.connect(self.committed)
        self.split = QToolButton(self)
        self.split.setCheckable(True)
        self.split.toggled.connect(self._toggle)
        self.grid = SeriesGrid(
            [cell_row(one, shell)],
            key if self._is_grid else f"{key}_grid",
            one.label,
            shell.words,
            shell.theme,
        )
        self.grid.committed.connect(self.committed)
        hint = N_("One figure for each period")
        self.grid.texts.name(self.split, f"{key}_by_period", hint, hint)
        self._lay_out(has_single=one.measure.shape is Shape.EITHER)
        shell.theme.changed.connect(self._draw)
        shell.scale.changed.connect(self._refresh)
        self._draw()

    @property
    def value(self) -> Any:
        """A figure, the JSON of a distribution, a list, or None."""
        if not self.split.isChecked():
            return self.single.value
        values = [column[0] for column in self.grid.columns]
        return values if values and None not in values else None

    @property
    def typed(self) -> QWidget:
        """The part that is typed into."""
        return self.grid if self._is_grid else self.single.typed

    @property
    def is_readable(self) -> bool:
        """Whether everything typed can be read."""
        shown = self.grid if self.split.isChecked() else self.single
        return shown.is_readable

    def put(self, value: Any) -> None:
        """Show a parameter given as JSON."""
        self._value = value
        is_list = isinstance(value, list | tuple)
        if not self._is_grid:
            self.split.blockSignals(True)
            self.split.setChecked(is_list)
            self.split.blockSignals(False)
        if is_list:
            self._put_grid(list(value))
        elif not self._is_grid:
            self.single.put(value)
        self._show()

    def put_heads(self, heads: Sequence[str]) -> None:
        """Name the periods that the grid lies along."""
        if list(heads) == self._heads:
            return
        self._heads = list(heads)
        if self.split.isChecked():
            values = [column[0] for column in self.grid.columns]
            self._put_grid(values)

    def setReadOnly(self, locked: bool) -> None:
        """Lock the field, or open it."""
        self.grid.lock(locked=locked)
        self.single.setEnabled(not locked)
        self.split.setEnabled(not locked)

    def _put_grid(self, values: list[Any]) -> None:
        count = len(self._heads) or len(values)
        padded = (values + [values[-1] if values else None] * count)[:count]
        heads = self._heads or [str(number + 1) for number in range(count)]
        self.grid.put([[value] for value in padded], heads)

    def _lay_out(self, *, has_single: bool) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.single)
        line.addWidget(self.split)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.grid)
        self.split.setVisible(has_single)
        if not has_single:
            self.split.blockSignals(True)
            self.split.setChecked(True)
            self.split.blockSignals(False)
        self._show()

    def _toggle(self) -> None:
        single = self.single.value
        if self.split.isChecked():
            self._put_grid([single])
        else:
            values = [column[0] for column in self.grid.columns]
            self.single.put(next((v for v in values if v is not None), None))
        self._show()
        self.committed.emit()

    def _show(self) -> None:
        is_split = self.split.isChecked()
        self.single.setVisible(not is_split)
        self.grid.setVisible(is_split)
        self.setFocusProxy(self.grid if is_split else self.single)

    def _refresh(self) -> None:
        if self._is_money and isinstance(self._value, list | tuple):
            self._put_grid(list(self._value))

    def _draw(self) -> None:
        tokens = self._shell.theme.tokens
        self.split.setIcon(icon("periods", tokens.muted, tokens.accent))
