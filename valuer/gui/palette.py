"""The palette: one types what one wants, and goes there or does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from valuer.core.texts import N_, Message
from valuer.gui.tokens import GRID, ROW
from valuer.gui.words import Texts, Words

MOST = 100
"""Entries shown; a longer word finds the rest."""

_WIDTH, _HEIGHT = 520, 10 * ROW


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that can be wished for: what it is called, and what it does."""

    name: Message | str
    take: Callable[[], object]


class Palette(QFrame):
    """Stands over the window until something is chosen, or Esc."""

    def __init__(self, words: Words, window: QWidget) -> None:
        super().__init__(window)
        self._words, self._window = words, window
        self._wishes: Sequence[Wish] = ()
        self._shown: list[Wish] = []
        self._before: QWidget | None = None
        self.setProperty("part", "palette")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.field = QLineEdit(self)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self.take)
        texts = Texts(words, self)
        hint = N_("Page, case or action")
        texts.name(self.field, "palette_field", hint)
        texts.put(self.field.setPlaceholderText, hint)
        texts.name(self.list, "palette_list", N_("What was found"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * GRID,) * 4)
        layout.setSpacing(GRID)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self.hide()

    def open(self, wishes: Sequence[Wish]) -> None:
        """Offer wishes."""
        window = self._window
        self._before = window.focusWidget()
        self._wishes = wishes
        self.field.clear()
        self._narrow()
        self.setGeometry((window.width() - _WIDTH) // 2, 60, _WIDTH, _HEIGHT)
        self.show()
        self.raise_()
        self.field.setFocus()

    def take(self) -> None:
        """Do what is chosen."""
        number = self.list.currentRow()
        if 0 <= number < len(self._shown):
            self.leave()
            self._shown[number].take()

    def leave(self) -> None:
        """Go back to where one was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._press(Qt.Key(event.key()))
        if event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key) -> bool:
        last = self.list.count() - 1
        row = self.list.currentRow()
        if key is Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif key is Qt.Key.Key_Down:
            self.list.setCurrentRow(min(row + 1, last))
        elif key is Qt.Key.Key_Up:
            self.list.setCurrentRow(max(row - 1, 0))
        else:
            return False
        return True

    def _narrow(self) -> None:
        sought = self.field.text().casefold().split()
        named = ((self._words.tell(wish.name), wish) for wish in self._wishes)
        found = [
            (name, wish)
            for name, wish in named
            if all(word in name.casefold() for word in sought)
        ][:MOST]
        self._shown = [wish for _, wish in found]
        self.list.clear()
        for name, _ in found:
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, ROW))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
