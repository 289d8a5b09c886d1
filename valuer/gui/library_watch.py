"""Who writes the library, whether we may, and what others did to it meanwhile.

One program writes a library at a time. While another one does, this window reads:
what writes is disabled and says why, and what the other one saves comes into sight.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from valuer.core.problems import UserError
from valuer.core.texts import Message, message
from valuer.gui.desk import Desk
from valuer.gui.words import Words
from valuer.store.failures import GONE

PAUSE = 2000
"""Milliseconds between two looks at the library's file."""


class LibraryWatch(QObject):
    """Looks at the library's file now and then, and when the window is come back to.

    ``changed`` tells that another library is open, or this one for something else;
    ``touched`` that somebody else changed it, or put it back; ``gone`` that its file is not there;
    ``rested`` that it is closed for a moment, until ``changed``; ``backed_up`` that
    there are other backups; ``indexed`` that the index of words is whole.
    """

    changed = Signal()
    touched = Signal()
    gone = Signal(object)
    rested = Signal()
    backed_up = Signal()
    indexed = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._seen = desk.stamp()
        self._is_missed = False
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        window.installEventFilter(self)

    @property
    def is_read_only(self) -> bool:
        """Whether this window may only read."""
        return self._desk.is_read_only

    @property
    def why_read_only(self) -> Message | None:
        """Why this window may only read; None where it may write."""
        return self._desk.why_read_only

    def look(self) -> None:
        """Tell what has become of the library since the last look."""
        seen = self._desk.stamp()
        if seen[0] is None:
            if not self._is_missed:
                self._is_missed = True
                name = self._desk.library.path.name
                self.gone.emit(UserError(message(GONE, file=name)))
            return
        is_back, self._is_missed = self._is_missed, False
        if seen != self._seen or is_back:
            self._seen = seen
            if self.is_read_only or is_back:
                self.touched.emit()

    def rest(self) -> None:
        """Look no more until ``tell``: the library is closed for a moment."""
        self._timer.stop()
        self.rested.emit()

    def tell(self) -> None:
        """Tell everybody that the library was opened anew."""
        self._seen = self._desk.stamp()
        self._is_missed = False
        self._timer.start()
        self.changed.emit()

    def needs_writing(
        self, control: QWidget, words: Words, hint: str = ""
    ) -> NeedsWriting:
        """Disable a control while this window may only read; ``hint`` is its own."""
        return NeedsWriting(control, self, words, hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate and self._timer.isActive():
            self.look()
        return super().eventFilter(watched, event)


class NeedsWriting(QObject):
    """A control that changes the library: disabled, with the reason, while it may not."""

    def __init__(
        self, control: QWidget, library: LibraryWatch, words: Words, hint: str
    ) -> None:
        super().__init__(control)
        self._control, self._library, self._words = control, library, words
        self._hint: str | Message = hint
        self._is_wanted = True
        library.changed.connect(self._show)
        words.changed.connect(self._show)
        self._show()

    def want(self, *, wanted: bool, hint: str | Message | None = None) -> None:
        """Say whether there is something for it to do, and perhaps why not."""
        self._is_wanted = wanted
        if hint is not None:
            self._hint = hint
        self._show()

    def _show(self) -> None:
        why = self._library.why_read_only
        self._control.setEnabled(self._is_wanted and why is None)
        self._control.setToolTip(self._words.tell(why or self._hint))
