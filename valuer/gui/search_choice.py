"""A choice of many words: one types some letters of the one that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from valuer.core.texts import Message
from valuer.gui.fields import Choice
from valuer.gui.words import Words


class SearchChoice(Choice):
    """As ``Choice``; what is typed finds the words that hold it anywhere.

    What names none of them is not taken: the choice before stands again.
    """

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(16)
        self._former: Any = None
        self._field = QLineEdit(self)
        self.setLineEdit(self._field)
        self._completer = QCompleter(self.model(), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        mode = QCompleter.CompletionMode.PopupCompletion
        self._completer.setCompletionMode(mode)
        self.setCompleter(self._completer)
        self._field.editingFinished.connect(self._leave)
        self._field.returnPressed.connect(self._enter)

    def offer(self, choices: Sequence[tuple[Any, Message | str]]) -> None:
        """Offer keys with their labels; the one chosen stays where it is among them."""
        super().offer(choices)
        self._show_chosen()

    def put(self, value: Any) -> None:
        """Show a choice."""
        super().put(value)
        self._former = self.value
        self._show_chosen()

    def select_all(self) -> None:
        """Select the text, so that what is typed takes its place."""
        self._field.selectAll()

    def _chosen(self) -> None:
        if self.value != self._former:
            self._former = self.value
            super()._chosen()
        self._show_chosen()

    def _enter(self) -> None:
        """Take what is typed, unless one of the matches is chosen: then that one."""
        matches = self._completer.popup()
        if matches is not None and matches.isVisible():
            if matches.currentIndex().isValid():
                return
            matches.hide()
        self._settle()

    def _leave(self) -> None:
        """Take what is typed; that the list of matches opens is no leaving."""
        matches = self._completer.popup()
        if matches is None or not matches.isVisible():
            self._settle()

    def _settle(self) -> None:
        """Take what is typed where it names a choice, or is part of one alone."""
        typed = self._field.text().strip().casefold()
        labels = [self.itemText(place).casefold() for place in range(self.count())]
        found = [place for place, label in enumerate(labels) if label == typed]
        found = found or [
            p for p, label in enumerate(labels) if typed and typed in label
        ]
        is_certain = len(found) == 1 or (found and labels[found[0]] == typed)
        if is_certain and found[0] != self.currentIndex():
            self.setCurrentIndex(found[0])
            self._chosen()
        else:
            self._show_chosen()

    def _show_chosen(self) -> None:
        place = self.currentIndex()
        self._field.setText(self.itemText(place) if place >= 0 else "")
        self._field.setCursorPosition(0)

    def _name(self) -> None:
        super()._name()
        self._show_chosen()
