"""The rail: the places of the program, icon over word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from valuer.gui.icons import icon
from valuer.gui.pages.registry import Place
from valuer.gui.theme import Theme
from valuer.gui.words import Texts, Words


class Rail(QFrame):
    """One button for each place; the last stands at the foot."""

    chosen = Signal(int)

    def __init__(
        self, places: Sequence[Place], words: Words, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._places, self._theme = places, theme
        self._texts = Texts(words, self)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self.setProperty("part", "rail")
        self.setFixedWidth(84)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 8)
        layout.setSpacing(4)
        for number, place in enumerate(places):
            if number == len(places) - 1:
                layout.addStretch(1)
            layout.addWidget(self._button(number, place))
        theme.changed.connect(self._draw)
        self._draw()

    def show_chosen(self, number: int) -> None:
        """Mark a place as the one shown."""
        self._group.button(number).setChecked(True)

    def _button(self, number: int, place: Place) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(20, 20))
        button.setFixedSize(72, 52)
        button.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
        self._texts.put(button.setText, place.title)
        self._texts.name(button, f"rail_{place.key}", place.title)
        self._group.addButton(button, number)
        return button

    def _draw(self) -> None:
        tokens = self._theme.tokens
        for number, place in enumerate(self._places):
            drawn = icon(place.icon, tokens.muted, tokens.accent)
            self._group.button(number).setIcon(drawn)
