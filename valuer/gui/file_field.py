"""A field for a file: its name, and a button that asks for another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from valuer.core.texts import N_
from valuer.gui.dialogs.files import Files, Pattern
from valuer.gui.words import Texts, Words


class FileField(QWidget):
    """Holds the path of a file, or None."""

    changed = Signal()

    def __init__(
        self,
        key: str,
        title: str,
        kind: Pattern,
        files: Files,
        words: Words,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._title, self._kind, self._files = title, kind, files
        self.path: Path | None = None
        self._name = QLabel(self)
        texts = Texts(words, self)
        self.button = QPushButton(self)
        texts.put(self.button.setText, N_("Choose…"))
        texts.name(self.button, f"{key}_choose", title)
        self.button.clicked.connect(self.choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addWidget(self._name, 1)

    def put(self, path: Path | None) -> None:
        """Hold another file."""
        self.path = path
        self._name.setText(path.name if path else "—")
        self._name.setToolTip(str(path) if path else "")
        self.changed.emit()

    def choose(self) -> None:
        """Ask for a file; what is held stays if the user changes their mind."""
        found = self._files.open_one(self, self._title, self._kind)
        if found is not None:
            self.put(found)
