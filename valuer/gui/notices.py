"""The bar that says, in its place, what could not be done and why.

A ``UserError`` ends here, in the words it came with, and with what can be done about
it where the window knows. Whatever else flies past is a bug, and the crash dialog has
it (``problems``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

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


@dataclass(frozen=True, slots=True)
class Offer:
    """A button in the bar.

    Attributes:
        key: stable name; ``text``: marked word on it.
        take: what it does.
    """

    key: str
    text: str
    take: Callable[[], object]


def nothing() -> None:
    """Do nothing."""


def no_offers(error: UserError) -> Sequence[Offer]:
    """Offer nothing about an error."""
    del error
    return ()


class Notices(QFrame):
    """One message at a time, until it is closed or the next one comes.

    Attributes:
        remedies: what can be offered about an error, set by the window.
    """

    def __init__(
        self, words: Words, theme: Theme, parent: QWidget, *, key: str = "notice"
    ) -> None:
        super().__init__(parent)
        self._words, self._theme, self._key = words, theme, key
        self._message: Message | None = None
        self._severity = Severity.NOTE
        self._offers: Sequence[Offer] = ()
        self._buttons: list[QPushButton] = []
        self.remedies: Callable[[UserError], Sequence[Offer]] = no_offers
        self.setProperty("part", "notice")
        self._sign = QLabel(self)
        self.text = QLabel(self)
        self.text.setObjectName(f"{key}_text")
        self.text.setWordWrap(True)
        self._close = QToolButton(self)
        self._close.clicked.connect(self.hide)
        Texts(words, self).name(self._close, f"{key}_close", N_("Close the message"))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 4, 8, 4)
        self._layout.addWidget(self._sign)
        self._layout.addWidget(self.text, 1)
        self._layout.addWidget(self._close)
        words.changed.connect(self._show)
        theme.changed.connect(self._show)
        self.hide()

    def stay(self) -> None:
        """Let the message stand until ``hide``: the user cannot close it."""
        self._close.hide()

    def tell(
        self,
        wording: Message,
        severity: Severity = Severity.NOTE,
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show a message, and what can be done about it."""
        self._message, self._severity = wording, severity
        self._put_buttons(offers)
        self._show()
        self.show()

    def drop(self, wording: Message) -> None:
        """Say this no more, if it is what is said: it holds no longer."""
        if self._message == wording:
            self.hide()

    def refuse(self, error: Exception) -> None:
        """Show why an action could not go on.

        Raises:
            Exception: what is no ``UserError`` flies on; it is a bug.
        """
        if not isinstance(error, UserError):
            raise error
        self.tell(error.wording, Severity.ERROR, self.remedies(error))

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

    def _put_buttons(self, offers: Sequence[Offer]) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._offers = tuple(offers)
        self._buttons = [self._button(offer) for offer in self._offers]

    def _button(self, offer: Offer) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{self._key}_{offer.key}")
        button.clicked.connect(partial(self._take, offer))
        self._layout.insertWidget(self._layout.count() - 1, button)
        return button

    def _take(self, offer: Offer) -> None:
        if self._close.isVisibleTo(self):
            self.hide()
        offer.take()

    def _show(self) -> None:
        if self._message is None:
            return
        name, part = SIGNS[self._severity]
        colour = getattr(self._theme.tokens, part)
        self._sign.setPixmap(picture(name, colour, 16, self.devicePixelRatioF()))
        self.text.setText(self._words.say(self._message))
        self._close.setIcon(icon("close", self._theme.tokens.muted))
        for button, offer in zip(self._buttons, self._offers, strict=True):
            button.setText(self._words.tell(offer.text))
            button.setAccessibleName(self._words.tell(offer.text))
