"""A choice of several among many: clients, agents, kinds, fields.

A button tells what is chosen; pressed it opens a list to search and tick. Nothing
ticked is all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_, Message
from valuer.gui.tables import Index
from valuer.gui.words import Texts, Words

LONGEST = 120
"""Pixels of a name on the button; what is longer is told by the hint."""

_ROOM = 32  # pixels of the button beside its text


class Ticks(QAbstractListModel):
    """Names with a tick each; ``ticked`` are the keys of those that have one."""

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._choices: tuple[tuple[str, Message | str], ...] = ()
        self.ticked: set[str] = set()

    def put(
        self, choices: Sequence[tuple[str, Message | str]], ticked: set[str]
    ) -> None:
        """Show these choices."""
        self.beginResetModel()
        self._choices, self.ticked = tuple(choices), set(ticked)
        self.endResetModel()

    def toggle(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        self.ticked ^= {self._choices[row][0]}
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key, label = self._choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words.tell(label)
        if role == Qt.ItemDataRole.CheckStateRole:
            is_ticked = key in self.ticked
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        return None


class Several(QPushButton):
    """Shows what is chosen; ``committed`` when the list is left with another choice."""

    committed = Signal()

    def __init__(
        self, key: str, name: str, every: str, words: Words, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._words, self._every = words, every
        self._choices: tuple[tuple[str, Message | str], ...] = ()
        self._value: tuple[str, ...] = ()
        self._texts = Texts(words, self)
        self._texts.name(self, key, name)
        self.setProperty("part", "several")
        self.list = _List(key, words, self)
        self.list.left.connect(self._commit)
        self.clicked.connect(self.open)
        words.changed.connect(self._show)
        self._show()

    @property
    def value(self) -> tuple[str, ...]:
        """The keys chosen; () for all."""
        return self._value

    def offer(self, choices: Sequence[tuple[str, Message | str]]) -> None:
        """Offer keys with their labels; what is chosen stays chosen."""
        self._choices = tuple(choices)
        self._show()

    def put(self, value: tuple[str, ...]) -> None:
        """Show a choice."""
        self._value = value
        self._show()

    def open(self) -> None:
        """Open the list below the button."""
        ticked = set(self._value)
        known = [one for one in self._choices if one[0] in ticked]
        others = [one for one in self._choices if one[0] not in ticked]
        self.list.show_below(self, [*known, *others], ticked)

    def _commit(self) -> None:
        value = tuple(key for key, _ in self._choices if key in self.list.ticks.ticked)
        if value != self._value:
            self.put(value)
            self.committed.emit()

    def _show(self) -> None:
        tell, labels = self._words.tell, dict(self._choices)
        told = [tell(labels.get(key, key)) for key in self._value]
        if not told:
            shown = tell(self._every)
        elif len(told) == 1:
            shown = told[0]
        else:
            shown = tell(
                N_("{name} and {count} more"), name=told[0], count=len(told) - 1
            )
        metrics = self.fontMetrics()
        middle = Qt.TextElideMode.ElideMiddle
        short = metrics.elidedText(shown, middle, LONGEST)
        self.setText(short)
        self.setFixedWidth(metrics.horizontalAdvance(short) + _ROOM)
        self.setToolTip("\n".join(told[:20]))


class _List(QFrame):
    """The list with its search; left by a click elsewhere or Enter, Esc takes back."""

    left = Signal()

    def __init__(self, key: str, words: Words, button: QWidget) -> None:
        super().__init__(button, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedSize(280, 320)
        texts = Texts(words, self)
        self.ticks = Ticks(words, self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self.ticks)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        texts.name(self.search, f"{key}_search", N_("Search the list"))
        texts.put(self.search.setPlaceholderText, N_("Search"))
        self.search.textChanged.connect(self._found.setFilterFixedString)
        self.search.returnPressed.connect(self._take)
        self.view = QListView(self)
        self.view.setUniformItemSizes(True)
        self.view.setModel(self._found)
        texts.name(self.view, f"{key}_list", N_("What may be chosen"))
        self.view.clicked.connect(self._toggle)
        self.every = QPushButton(self)
        texts.put(self.every.setText, N_("Take all ticks away"))
        texts.name(self.every, f"{key}_none", N_("Take all ticks away"))
        self.every.clicked.connect(self._clear)
        self.view.installEventFilter(self)
        self._former: set[str] = set()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for widget in (self.search, self.view, self.every):
            layout.addWidget(widget)

    def show_below(
        self,
        button: QWidget,
        choices: Sequence[tuple[str, Message | str]],
        ticked: set[str],
    ) -> None:
        """Show the choices below a button."""
        self.search.clear()
        self.ticks.put(choices, ticked)
        self._former = set(ticked)
        self.move(button.mapToGlobal(QPoint(0, button.height())))
        self.show()
        self.search.setFocus()

    def hideEvent(self, event: QEvent) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt's own hide event
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ticks.ticked = self._former
            self.hide()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                self._toggle(self.view.currentIndex())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.hide()
                return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        """Tick what is found, if it is one alone, and close."""
        if self.search.text() and self._found.rowCount() == 1:
            self._toggle(self._found.index(0, 0))
        self.hide()

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            self.ticks.toggle(self._found.mapToSource(index).row())

    def _clear(self) -> None:
        self.ticks.ticked = set()
        self.hide()
