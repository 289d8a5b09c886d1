"""The methods to choose from, by topic, each with its idea."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.method import TOPIC_NAMES, Method
from valuer.core.texts import N_
from valuer.gui.rows import FormArea
from valuer.gui.shell import Shell
from valuer.gui.words import Texts


class MethodChooser(QWidget):
    """One button a method; ``chosen`` carries the method, ``left`` takes none."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        area = FormArea(self)
        sheet = QWidget(area)
        self._grid = QGridLayout(sheet)
        self._grid.setContentsMargins(24, 16, 24, 16)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        opening = N_("Choose a method; its inputs and its value will stand here.")
        self._grid.addWidget(self._label(opening, "muted", sheet), 0, 0, 1, 2)
        for topic, name in TOPIC_NAMES.items():
            methods = [one for one in shell.desk.methods if one.topic is topic]
            if methods:
                self._grid.addWidget(
                    self._label(name, "heading", sheet),
                    self._grid.rowCount(),
                    0,
                    1,
                    2,
                )
            for method in methods:
                self._add(method, sheet)
        self.back = QPushButton(sheet)
        self.back.clicked.connect(self.left)
        self._texts.put(self.back.setText, N_("Choose none"))
        self._texts.name(self.back, "choose_none", N_("Choose none"))
        row = self._grid.rowCount()
        self._grid.addWidget(self.back, row, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.setRowStretch(row + 1, 1)
        area.setWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _add(self, method: Method, sheet: QWidget) -> None:
        button = QPushButton(sheet)
        button.clicked.connect(partial(self.chosen.emit, method))
        self._shell.library.needs_writing(button, self._shell.words, method.idea)
        self._texts.put(button.setText, method.title)
        self._texts.name(button, f"choose_{method.key}", method.title, method.idea)
        row = self._grid.rowCount()
        self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._label(method.idea, "", sheet), row, 1)

    def _label(self, text: str, part: str, sheet: QWidget) -> QLabel:
        label = QLabel(sheet)
        label.setWordWrap(True)
        if part:
            label.setProperty("part", part)
        self._texts.put(label.setText, text)
        return label
