"""Fields: one value each, typed in the notation of the field and read as one types.

``edited`` tells of every keystroke, ``committed`` when the field is left with another
value, or one rests while typing. What cannot be read is marked in its place and never
committed; Esc brings back the value that stood there before one typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from valuer.core.dates import parse_date
from valuer.core.entry import parse_rate
from valuer.core.texts import Message
from valuer.gui import formats
from valuer.gui.rest import Rest
from valuer.gui.words import Words

Read = Callable[[str], Any]
"""Turns what was typed into a value, None where it cannot be read."""


class Entry(QLineEdit):
    """A field in one line; an empty one has the value None.

    ``unread`` tells, on leaving it, whether what stands in it cannot be read.
    """

    edited = Signal()
    committed = Signal()
    unread = Signal(bool)

    def __init__(
        self, read: Read, show: Callable[[Any], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read, self._shown = read, show
        self._value: Any = None
        self._former: Any = None
        self._is_resting = False
        self._rest = Rest(self)
        self._rest.reached.connect(self._commit_resting)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._finish)

    @property
    def value(self) -> Any:
        """The value typed, or None where there is none that can be read."""
        text = self.text().strip()
        return self._read(text) if text else None

    @property
    def is_readable(self) -> bool:
        """Whether the field is empty or can be read."""
        return not self.text().strip() or self.value is not None

    def put(self, value: Any) -> None:
        """Show a value, unless it is the one being typed."""
        self._value = value
        if self._is_resting or (self.hasFocus() and self.value == value):
            return
        self._rest.over()
        self._former = value
        self.setText("" if value is None else self._shown(value))
        self.setCursorPosition(0)
        self.mark_wrong(wrong=False)
        self.unread.emit(False)

    def refresh(self) -> None:
        """Show the value anew, in the notation of the moment."""
        self.setText("" if self._value is None else self._shown(self._value))

    def mark_wrong(self, *, wrong: bool) -> None:
        """Mark the field as wrong or right."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._leaves(event):
            event.ignore()  # it is the case's own Undo or Redo then
            return True
        return super().event(event)

    def _leaves(self, event: QEvent) -> bool:
        """Whether a key asks to undo or redo what the field does not hold."""
        keys = QKeySequence.StandardKey
        return isinstance(event, QKeyEvent) and (
            (event.matches(keys.Undo) and not self.isUndoAvailable())
            or (event.matches(keys.Redo) and not self.isRedoAvailable())
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setText("" if self._former is None else self._shown(self._former))
            self._typed()
            self._commit_resting()
            return
        super().keyPressEvent(event)

    def _typed(self) -> None:
        readable = self.is_readable
        self.mark_wrong(wrong=not readable)
        if readable:
            self.unread.emit(False)
        self._rest.typed()
        self.edited.emit()

    def _commit_resting(self) -> None:
        """Commit what is typed so far; the text stays as it is typed."""
        if not self.is_readable:
            return
        self._is_resting = True
        self._commit()
        self._is_resting = False
        if self.value != self._value:
            self._rest.refused()

    def _finish(self) -> None:
        if not self.is_readable:
            self._rest.over()
            self.mark_wrong(wrong=True)
            self.unread.emit(True)
            return
        self.unread.emit(False)
        value = self.value
        self.setText("" if value is None else self._shown(value))
        self.setModified(False)
        self._commit()
        self._former = self._value

    def _commit(self) -> None:
        self._rest.over()
        if self.value != self._value:
            self._value = self.value
            self.committed.emit()  # who cannot keep it puts the former value back


def text_entry(parent: QWidget | None = None) -> Entry:
    """Return a field for words; an empty one has the value None."""
    return Entry(str, str, parent)


def date_entry(parent: QWidget | None = None) -> Entry:
    """Return a field for a day."""
    entry = Entry(parse_date, formats.day, parent)
    entry.setFixedWidth(120)
    return entry


def rate_entry(parent: QWidget | None = None) -> Entry:
    """Return a field for a rate; 12% and 0.12 are the same."""
    entry = Entry(_read_rate, formats.rate, parent)
    entry.setFixedWidth(88)
    return entry


def _read_rate(text: str) -> float | None:
    found = parse_rate(text)
    return None if found is None else float(found)


class Choice(QComboBox):
    """A choice of few words, each with the key that is stored."""

    committed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._keys: list[Any] = []
        self._labels: list[Message | str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._chosen)
        words.changed.connect(self._name)

    def offer(self, choices: Sequence[tuple[Any, Message | str]]) -> None:
        """Offer keys with their labels, marked texts or messages."""
        kept = self.value
        self.clear()
        self._keys = [key for key, _ in choices]
        self._labels = [label for _, label in choices]
        self.addItems([self._words.tell(label) for label in self._labels])
        self.put(kept)

    @property
    def value(self) -> Any:
        """The key chosen."""
        number = self.currentIndex()
        return self._keys[number] if number >= 0 else None

    def put(self, value: Any) -> None:
        """Show a choice."""
        known = value in self._keys
        self.setCurrentIndex(self._keys.index(value) if known else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a page must not change what it passes over.
        event.ignore()

    def _chosen(self) -> None:
        self.committed.emit()

    def _name(self) -> None:
        for place, label in enumerate(self._labels):
            self.setItemText(place, self._words.tell(label))


class Lines(QPlainTextEdit):
    """A field of several lines: prose, or a list with one entry a line."""

    committed = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._kept: str | None = None
        self._is_resting = False
        self._rest = Rest(self)
        self._rest.reached.connect(self._commit_resting)
        self.textChanged.connect(self._typed)
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 16)

    @property
    def value(self) -> str:
        """The text typed."""
        return self.toPlainText().strip()

    @property
    def entries(self) -> tuple[str, ...]:
        """The lines that hold something."""
        lines = (line.strip() for line in self.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def put(self, value: str) -> None:
        """Show a text; what is being typed is put in order only when it is left."""
        self._value = value
        if self._is_resting:
            self._kept = value
            return
        self._kept = None
        if self.value != value:
            self.setPlainText(value)
        self._rest.over()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._commit()
        if self._kept is not None:
            self.put(self._kept)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._leaves(event):
            event.ignore()  # it is the case's own Undo or Redo then
            return True
        return super().event(event)

    def _leaves(self, event: QEvent) -> bool:
        """Whether a key asks to undo or redo what the field does not hold."""
        keys, text = QKeySequence.StandardKey, self.document()
        return isinstance(event, QKeyEvent) and (
            (event.matches(keys.Undo) and not text.isUndoAvailable())
            or (event.matches(keys.Redo) and not text.isRedoAvailable())
        )

    def _typed(self) -> None:
        if self.value == self._value:
            self._rest.over()
        else:
            self._rest.typed()

    def _commit_resting(self) -> None:
        """Commit what is typed so far; the text stays as it is typed."""
        former = self._value
        self._is_resting = True
        self._commit()
        self._is_resting = False
        if self._kept == former != self.value:
            self._rest.refused()

    def _commit(self) -> None:
        self._rest.over()
        if self.value != self._value:
            self._value, self._kept = self.value, None
            self.committed.emit()
