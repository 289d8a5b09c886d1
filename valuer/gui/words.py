"""The words of the window, switched live between the languages.

A widget hands each of its texts over once, with the place where it is shown; the
place is told again whenever the language changes. Qt's own buttons follow through
Qt's own translation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
    Signal,
)
from PySide6.QtWidgets import QWidget

from valuer.core.texts import LANGUAGES, Message, say, tr


class Words(QObject):
    """The language of the moment, and texts in it."""

    changed = Signal()

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self._of_qt = QTranslator(self)
        self._teach_qt()

    def switch(self, language: str) -> None:
        """Show everything in another language."""
        if language == self.language or language not in LANGUAGES:
            return
        self.language = language
        self._teach_qt()
        self.changed.emit()

    def tell(self, text: Message | str, **values: object) -> str:
        """Return a marked text in the language, its placeholders filled."""
        if isinstance(text, Message):
            return self.say(text)
        return tr(text, self.language, **values)

    def say(self, wording: Message | str) -> str:
        """Return a message in the language."""
        return say(wording, self.language)

    def _teach_qt(self) -> None:
        QLocale.setDefault(QLocale(self.language))
        QCoreApplication.removeTranslator(self._of_qt)
        if self.language == "en":
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._of_qt.load(f"qtbase_{self.language}", folder):
            QCoreApplication.installTranslator(self._of_qt)


class Texts(QObject):
    """The texts of one widget, shown anew when the language changes."""

    def __init__(self, words: Words, owner: QObject) -> None:
        super().__init__(owner)
        self.words = words
        self._shown: list[tuple[Callable[[str], Any], str, dict[str, object]]] = []
        words.changed.connect(self._show_all)

    def put(self, show: Callable[[str], Any], text: str, **values: object) -> None:
        """Show a marked text now and after every change of language."""
        self._shown.append((show, text, values))
        show(self.words.tell(text, **values))

    def name(self, widget: QWidget, key: str, text: str, hint: str = "") -> None:
        """Give a widget its stable name, what screen readers say, and a hint."""
        widget.setObjectName(key)
        self.put(widget.setAccessibleName, text)
        if hint:
            self.put(widget.setToolTip, hint)

    def _show_all(self) -> None:
        for show, text, values in self._shown:
            show(self.words.tell(text, **values))
