"""A panel's sentence above what it shows; alone where there is nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.texts import N_, Message
from valuer.gui.words import Words

Said = Message | str

RECKONING = N_("Being reckoned …")
LACKS = N_("The docket lacks fields that this metric needs; “Why” names them.")
NO_CASES = N_("No case counts for this metric in the period and choice above.")


class Sentence(QWidget):
    """A sentence, and below it a widget while there is something to show."""

    def __init__(self, key: str, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._said: Said = ""
        self.label = QLabel(self)
        self.label.setObjectName(f"{key}_sentence")
        self.label.setProperty("part", "muted")
        self.label.setWordWrap(True)
        self._shown: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.label)
        words.changed.connect(self._tell)

    def hold(self, widget: QWidget) -> None:
        """Hold what is shown below the sentence."""
        self._shown = widget
        self._layout.addWidget(widget, 1)
        self._layout.addStretch(0)

    def say(self, sentence: Said, *, alone: bool = False) -> None:
        """Say a sentence; ``alone`` where there is nothing to show below it."""
        self._said = sentence
        if self._shown is not None:
            self._shown.setVisible(not alone)
        top = Qt.AlignmentFlag.AlignTop
        self._layout.setAlignment(self.label, top if alone else Qt.AlignmentFlag(0))
        self._tell()

    def _tell(self) -> None:
        self.label.setText(self._words.say(self._said))
        self.label.setVisible(bool(self._said))
