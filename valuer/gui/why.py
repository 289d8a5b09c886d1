"""The "why" panel: what stands behind the thing selected, down to its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QFrame, QLabel, QTextBrowser, QVBoxLayout, QWidget

from valuer.core.texts import N_, Message
from valuer.gui.theme import Theme
from valuer.gui.tokens import HEADING
from valuer.gui.words import Texts, Words

Said = Message | str
"""A message, or a marked text; what is in no catalogue is shown as it is."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the panel says: a title, and labelled parts in order.

    Attributes:
        leads: links below, each with the key of the run it opens.
    """

    title: Said
    parts: Sequence[tuple[Said, Said]] = ()
    leads: Sequence[tuple[Said, str]] = ()


@runtime_checkable
class Explains(Protocol):
    """A page that tells in the "why" panel what is selected on it."""

    def explain(self) -> None:
        """Tell of the selection, if there is one."""


class WhyPanel(QFrame):
    """Shows one explanation, in the language of the moment.

    ``followed`` carries the key of a run whose link was chosen.
    """

    followed = Signal(str)

    def __init__(self, words: Words, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self._shown: Explanation | None = None
        self.setProperty("part", "why")
        heading = QLabel(self)
        heading.setProperty("part", "muted")
        self.body = QTextBrowser(self)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setOpenLinks(False)
        self.body.anchorClicked.connect(self._follow)
        texts = Texts(words, self)
        texts.put(heading.setText, N_("Why"))
        texts.name(self.body, "why_body", N_("What stands behind the selection"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        heading.setIndent(4)  # as far in as the text under it
        layout.addWidget(heading)
        layout.addWidget(self.body, 1)
        words.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def tell(self, explanation: Explanation | None) -> None:
        """Show an explanation; None clears the panel."""
        self._shown = explanation
        self._show()

    def _show(self) -> None:
        say, tokens = self._words.say, self._theme.tokens
        shown = self._shown or Explanation(
            N_("Select a patent, a figure or a step to see where it comes from.")
        )
        size = HEADING if self._shown else 13
        colour = tokens.text if self._shown else tokens.muted
        html = [
            f'<p style="font-size:{size}px; color:{colour}">{escape(say(shown.title))}</p>'
        ]
        for label, text in shown.parts:
            html.append(
                f'<p style="margin:10px 0 0 0; color:{tokens.muted}">{escape(say(label))}</p>'
                f'<p style="margin:2px 0 0 0">{_lines(say(text))}</p>'
            )
        for text, key in shown.leads:
            html.append(
                f'<p style="margin:10px 0 0 0"><a style="color:{tokens.accent}"'
                f' href="{escape(key)}">{escape(say(text))}</a></p>'
            )
        self.body.setHtml("".join(html))

    def _follow(self, link: QUrl) -> None:
        self.followed.emit(link.toString())


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
