"""The head of a page: its name, what it is about, and its one primary action."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from valuer.gui.words import Texts, Words


class Heading(QWidget):
    """A line with the page's name left and its actions right, the primary one last."""

    def __init__(self, title: str, words: Words, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.texts = Texts(words, self)
        self.title = QLabel(self)
        self.title.setProperty("part", "heading")
        self.texts.put(self.title.setText, title)
        self.note = QLabel(self)
        self.note.setProperty("part", "muted")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.note)
        self._layout.addStretch(1)

    def place(self, widget: QWidget) -> None:
        """Put a widget right of what stands there."""
        self._layout.addWidget(widget)

    def action(
        self, key: str, text: str, hint: str = "", *, primary: bool = False
    ) -> QPushButton:
        """Add a button; Ctrl+Return presses the primary one."""
        button = QPushButton(self)
        self.texts.put(button.setText, text)
        self.texts.name(button, key, text, hint)
        if primary:
            button.setProperty("part", "primary")
            for keys in ("Ctrl+Return", "Ctrl+Enter"):
                shortcut = QShortcut(QKeySequence(keys), self._page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(button.click)
        self._layout.addWidget(button)
        return button


class EmptyState(QWidget):
    """One sentence that says what will stand here, and one button that starts it."""

    def __init__(
        self, sentence: str, key: str, action: str, words: Words, parent: QWidget
    ) -> None:
        super().__init__(parent)
        texts = Texts(words, self)
        self._words, self._sentence = words, sentence
        self._label = QLabel(self)
        self._label.setProperty("part", "muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        words.changed.connect(self._show)
        self.button = QPushButton(self)
        texts.put(self.button.setText, action)
        texts.name(self.button, key, action)
        layout = _centred(self)
        layout.addWidget(self._label)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(2)
        self._show()

    def say(self, sentence: str) -> None:
        """Say another sentence, a marked text."""
        self._sentence = sentence
        self._show()

    def _show(self) -> None:
        self._label.setText(self._words.tell(self._sentence))


def _centred(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setSpacing(12)
    layout.addStretch(1)
    return layout
