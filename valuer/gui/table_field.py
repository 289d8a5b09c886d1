"""A table parameter in a form: the grid, its buttons, and the cell chosen below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from valuer.core.params import Kind, Parameter
from valuer.core.problems import Issue, Severity
from valuer.core.quantities import Place
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.icons import icon
from valuer.gui.quantity_panel import QuantityPanel
from valuer.gui.shell import Shell
from valuer.gui.table_cells import TableCells
from valuer.gui.table_rows import Order
from valuer.gui.table_view import CellsView
from valuer.gui.words import Texts, Words

SIGNS = ("add", "remove", "up", "down")
"""The icons of the buttons, in order."""


TOLD = 12
"""The most faults of a paste that are told one by one."""

Titled = Callable[[Words], str]
"""What names a choice in the language of the moment."""


class TableField(QWidget):
    """A table parameter as JSON: a list of rows.

    ``reordered`` tells how rows came, went or moved, before ``committed`` follows.
    """

    edited = Signal()
    committed = Signal()
    reordered = Signal(list)

    def __init__(
        self, one: Parameter, shell: Shell, *, summed: bool, proposed: Sequence[str]
    ) -> None:
        super().__init__()
        self._one, self._shell = one, shell
        self._summed = summed
        self._has_figures = any(column.is_number for column in one.columns)
        self._key = f"param_{one.name}"
        self._currency = ""
        self._texts = Texts(shell.words, self)
        self.cells = TableCells(one, shell, self)
        self.grid = CellsView(self.cells, self._key, shell.words, self)
        self.grid.did_not_fit.connect(self._account)
        self.panel = QuantityPanel(
            shell,
            f"{self._key}_cell",
            N_("Select a figure to give it a distribution."),
            self,
        )
        self.panel.committed.connect(self._put_cell)
        self.sums = QLabel(self)
        self.sums.setObjectName(f"{self._key}_sums")
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.line.setProperty("part", "bad")
        self.line.setObjectName(f"{self._key}_account")
        self.line.hide()
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setProperty("part", "muted")
        self.told.setObjectName(f"{self._key}_told")
        self.told.hide()
        self._tell_row: Callable[[dict[str, Any]], str] | None = None
        self._buttons = self._make_buttons(proposed)
        self._lay_out()
        self._connect()
        self._draw()
        self._follow()

    @property
    def value(self) -> list[dict[str, Any]] | None:
        """The rows as JSON; None where a table that is required has none."""
        rows = self.cells.rows.value
        return rows if rows or not self._one.required else None

    @property
    def typed(self) -> QWidget:
        """The part that is typed into."""
        return self.grid

    def put(self, value: Any) -> None:
        """Show rows given as JSON."""
        rows = value if isinstance(value, list | tuple) else ()
        self.cells.put([row for row in rows if isinstance(row, dict)])
        self._follow()

    def put_currency(self, currency: str) -> None:
        """Name the currency of the amounts."""
        self._currency = currency
        self.cells.put_currency(currency)
        self._follow()

    def put_places(self, across: str, names: Sequence[str]) -> None:
        """Name the rows of the table that a column lies across."""
        self.cells.put_places(across, names)
        self._follow()

    def follow(self, across: str, order: Order) -> None:
        """Let figures across a table move with the rows of that table."""
        self.cells.rows.follow(across, order)

    def tell(self, issues: Mapping[tuple[int, str, int | None], Issue]) -> None:
        """Mark the cells that issues are about."""
        errors = {k: i for k, i in issues.items() if i.severity is Severity.ERROR}
        self.cells.tell(errors)

    def offer(
        self, name: str, choices: Sequence[tuple[Titled, Callable[[], object]]]
    ) -> None:
        """Add a button whose menu offers these choices."""
        words, menu = self._shell.words, QMenu(self)
        button = self.add_button("offer", name, None)
        for title, act in choices:
            action = menu.addAction(title(words))
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.aboutToShow.connect(partial(_retitle, action, title, words))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setProperty("part", "menu")

    def add_button(
        self, key: str, name: str, act: Callable[[], object] | None
    ) -> QToolButton:
        """Add a button that shows its name."""
        button = self._button(key, name, act)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._texts.put(button.setText, name)
        self._bar.insertWidget(len(self._buttons), button)
        self._buttons.append(button)
        return button

    def tell_of(self, tell: Callable[[dict[str, Any]], str]) -> None:
        """Tell below the table what this says of the row selected."""
        self._tell_row = tell
        self._follow()

    def setReadOnly(self, locked: bool) -> None:
        """Lock the rows, or open them."""
        if self.cells.is_locked != locked:
            self.cells.beginResetModel()
            self.cells.is_locked = locked
            self.cells.endResetModel()
        for button in self._buttons:
            button.setVisible(not locked)
        self.panel.setVisible(not locked and self._has_figures)

    def add_row(self) -> None:
        """Begin a row below those selected."""
        chosen = self.grid.selected_rows()
        at = chosen[-1] + 1 if chosen else len(self.cells.rows)
        if at < len(self.cells.rows):
            self.cells.add(at)
        self._select([at])
        self.grid.setFocus()

    def remove_rows(self) -> None:
        """Take the selected rows out."""
        chosen = self.grid.selected_rows()
        if chosen:
            self.cells.remove(chosen)
            self._select([min(chosen[0], len(self.cells.rows))])

    def shift(self, step: int) -> None:
        """Move the selected rows up (−1) or down (1)."""
        chosen = self.grid.selected_rows()
        if self.cells.move(chosen, step):
            self._select([row + step for row in chosen])

    def propose(self, name: str) -> None:
        """Add a row under a name that is usual for it, a marked text."""
        words = [one.name for one in self._one.columns if one.measure.kind is Kind.TEXT]
        rows = self.cells.rows
        self.cells.add(len(rows.value), ({words[0]: self._shell.words.tell(name)},))
        self._select([len(rows.value) - 1])

    def _make_buttons(self, proposed: Sequence[str]) -> list[QToolButton]:
        made = [
            self._button("add", N_("Add a row"), self.add_row),
            self._button("remove", N_("Remove the rows"), self.remove_rows),
            self._button("up", N_("Move up"), partial(self.shift, -1)),
            self._button("down", N_("Move down"), partial(self.shift, 1)),
        ]
        if proposed:
            name = N_("Add a usual one")
            button = self._button("propose", name, None)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setProperty("part", "menu")
            self._texts.put(button.setText, name)
            menu = QMenu(button)
            for one in proposed:
                action = menu.addAction("")
                self._texts.put(action.setText, one)
                action.triggered.connect(partial(self.propose, one))
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            made.append(button)
        return made

    def _button(
        self, key: str, name: str, act: Callable[[], object] | None
    ) -> QToolButton:
        button = QToolButton(self)
        self._texts.name(button, f"{self._key}_{key}", name, name)
        if act is not None:
            button.clicked.connect(act)
        return button

    def _draw(self) -> None:
        tokens = self._shell.theme.tokens
        for button, name in zip(self._buttons, SIGNS, strict=False):
            button.setIcon(icon(name, tokens.muted))

    def _lay_out(self) -> None:
        self._bar = bar = QHBoxLayout()
        bar.setSpacing(2)
        for button in self._buttons:
            bar.addWidget(button)
        self.sums.setWordWrap(True)  # many sums must not widen the form
        self.sums.setAlignment(Qt.AlignmentFlag.AlignRight)
        bar.addWidget(self.sums, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.grid)
        layout.addLayout(bar)
        layout.addWidget(self.line)
        layout.addWidget(self.told)
        layout.addWidget(self.panel)
        self.panel.setVisible(self._has_figures)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self.cells.reordered.connect(self.reordered)
        self.cells.edited.connect(self._edit)
        self.cells.modelReset.connect(self._follow)
        self.grid.selectionModel().currentChanged.connect(self._follow)
        self._shell.theme.changed.connect(self._draw)
        for signal in (self._shell.scale.changed, self._shell.words.changed):
            signal.connect(self._follow)

    def _edit(self) -> None:
        self._tell_unread()
        self._follow()
        self.edited.emit()
        self.committed.emit()

    def _put_cell(self) -> None:
        at = self.grid.currentIndex()
        if at.isValid():
            self.cells.put_cell(at.row(), at.column(), self.panel.value)

    def _select(self, rows: Sequence[int]) -> None:
        if not self.cells.columnCount():
            return
        self.grid.setCurrentIndex(self.cells.index(rows[0], 0))
        model = self.grid.selectionModel()
        for row in rows:
            model.select(self.cells.index(row, 0), model.SelectionFlag.Select)

    def account(self, wordings: Sequence[Message]) -> None:
        """Say below the table what was not taken into it."""
        lines = [self._shell.words.say(one) for one in wordings[:TOLD]]
        if len(wordings) > TOLD:
            lines.append("…")
        self.line.setText("\n".join(lines))
        self.line.setVisible(bool(lines))

    def _account(self, wording: Message | None) -> None:
        if wording is not None:
            self.account([wording])

    def _tell_unread(self) -> None:
        count = self.cells.rows.unread
        self.line.setVisible(bool(count))
        text = N_("{count} cells cannot be read and are not saved; they are marked.")
        self.line.setText(self._shell.words.tell(text, count=count) if count else "")

    def _follow(self) -> None:
        """Show the cell chosen in its field, and the sums."""
        at = self.grid.currentIndex()
        if at.isValid() and not self.cells.is_locked:
            column = self.cells.rows.columns[at.column()]
            period = None if column.place is None else column.place + 1
            place = Place(column.one, period, table=(self._one, at.row() + 1))
            value = self.cells.rows.cell(at.row(), at.column())
            self.panel.put(column.one, place.label, value, self._currency)
        else:
            self.panel.put(None, "", None, "")
        self.sums.setText(self._sums() if self._summed else "")
        rows = self.cells.rows.value
        is_row = at.isValid() and at.row() < len(rows)
        told = self._tell_row(rows[at.row()]) if self._tell_row and is_row else ""
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def _sums(self) -> str:
        """Return the sum of each column of amounts, as far as it is certain."""
        words, size = self._shell.words, self._shell.scale.size
        unit = formats.unit_name(words, self._currency, size) if self._currency else ""
        found = []
        for one in self._one.columns:
            if one.measure.kind is not Kind.MONEY or one.measure.across:
                continue
            amounts = [_amount(row.get(one.name)) for row in self.cells.rows.value]
            if not amounts or None in amounts:
                continue
            total = sum((a for a in amounts if a is not None), Decimal(0))
            shown = formats.money(total, size)
            text = N_("Sum of {column}: {total} {unit}")
            label = message(one.label)
            found.append(words.tell(text, column=label, total=shown, unit=unit))
        return "   ".join(found)


def _retitle(action: QAction, title: Titled, words: Words) -> None:
    action.setText(title(words))


def _amount(given: Any) -> Decimal | None:
    """Return a certain amount, None where it is uncertain or missing."""
    if given is None or isinstance(given, dict):
        return None
    try:
        return Decimal(str(given))
    except InvalidOperation:
        return None
