"""The bar that says, in its place, what could not be done and why.

A ``UserError`` ends here, in the words it came with. Whatever else flies past is a
bug, and the crash dialog has it (``problems``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from valuer.core.problems import Severity, UserError
from valuer.core.texts import N_, Message
from valuer.gui.icons import icon, picture
from valuer.gui.theme import Theme
from valuer.gui.words import Texts, Words

SIGNS = {
    Severity.ERROR: ("error", "bad"),
    Severity.WARNING: ("warning", "warn"),
    Severity.NOTE: ("note", "accent"),
}
"""The sign and the colour of each severity."""


def nothing() -> None:
    """Do nothing."""


class Notices(QFrame):
    """One message at a time, until it is closed or the next one comes."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self._message: Message | None = None
        self._severity = Severity.NOTE
        self.setProperty("part", "notice")
        self._sign = QLabel(self)
        self.text = QLabel(self)
        self.text.setObjectName("notice_text")
        self.text.setWordWrap(True)
        self._close = QToolButton(self)
        self._close.clicked.connect(self.hide)
        Texts(words, self).name(self._close, "notice_close", N_("Close the message"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.addWidget(self._sign)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._close)
        words.changed.connect(self._show)
        theme.changed.connect(self._show)
        self.hide()

    def tell(self, wording: Message, severity: Severity = Severity.NOTE) -> None:
        """Show a message."""
        self._message, self._severity = wording, severity
        self._show()
        self.show()

    def refuse(self, error: Exception) -> None:
        """Show why an action could not go on.

        Raises:
            Exception: what is no ``UserError`` flies on; it is a bug.
        """
        if not isinstance(error, UserError):
            raise error
        self.tell(error.wording, Severity.ERROR)

    @contextmanager
    def guard(self, undone: Callable[[], object] = nothing) -> Iterator[None]:
        """Show a ``UserError`` of the block instead of letting it fly.

        ``undone`` follows it, to show again what holds.
        """
        try:
            yield
        except UserError as error:
            self.refuse(error)
            undone()

    def _show(self) -> None:
        if self._message is None:
            return
        name, part = SIGNS[self._severity]
        colour = getattr(self._theme.tokens, part)
        self._sign.setPixmap(picture(name, colour, 16, self.devicePixelRatioF()))
        self.text.setText(self._words.say(self._message))
        self._close.setIcon(icon("close", self._theme.tokens.muted))
