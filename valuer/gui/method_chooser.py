"""The methods to choose from, by topic, each with its idea; words narrow them down."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from valuer.core.method import TOPIC_NAMES, Method, Topic
from valuer.core.texts import LANGUAGES, N_, tr
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
        self._headings: dict[Topic, QLabel] = {}
        self._lines: list[tuple[Method, tuple[QWidget, QWidget]]] = []
        area = FormArea(self)
        sheet = QWidget(area)
        self._grid = QGridLayout(sheet)
        self._grid.setContentsMargins(24, 0, 24, 16)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        for topic, name in TOPIC_NAMES.items():
            methods = [one for one in shell.desk.methods if one.topic is topic]
            if not methods:
                continue
            heading = self._label(name, "heading", sheet)
            self._headings[topic] = heading
            self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
            for method in methods:
                self._add(method, sheet)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area.setWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._top())
        layout.addWidget(area, 1)

    def narrow(self, text: str) -> None:
        """Show the methods in whose name, key or idea every word occurs."""
        words = text.lower().split()
        shown = set()
        for method, parts in self._lines:
            said = " ".join(
                (
                    method.key,
                    *(tr(method.title, one) for one in LANGUAGES),
                    *(tr(method.idea, one) for one in LANGUAGES),
                )
            ).lower()
            fits = all(word in said for word in words)
            for part in parts:
                part.setVisible(fits)
            if fits:
                shown.add(method.topic)
        for topic, heading in self._headings.items():
            heading.setVisible(topic in shown)

    def _top(self) -> QWidget:
        top = QWidget(self)
        opening = N_("Choose a method; its inputs and its value will stand here.")
        self.filter = QLineEdit(top)
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(220)
        self.filter.textChanged.connect(self.narrow)
        self._texts.put(self.filter.setPlaceholderText, N_("Find a method"))
        self._texts.name(self.filter, "find_method", N_("Find a method"))
        self.back = QPushButton(top)
        self.back.clicked.connect(self.left)
        self._texts.put(self.back.setText, N_("Choose none"))
        self._texts.name(self.back, "choose_none", N_("Choose none"))
        layout = QHBoxLayout(top)
        layout.setContentsMargins(24, 12, 24, 8)
        layout.addWidget(self._label(opening, "muted", top), 1)
        layout.addWidget(self.filter)
        layout.addWidget(self.back)
        return top

    def _add(self, method: Method, sheet: QWidget) -> None:
        button = QPushButton(sheet)
        button.clicked.connect(partial(self.chosen.emit, method))
        self._shell.library.needs_writing(button, self._shell.words, method.idea)
        self._texts.put(button.setText, method.title)
        self._texts.name(button, f"choose_{method.key}", method.title, method.idea)
        row, idea = self._grid.rowCount(), self._label(method.idea, "", sheet)
        self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(idea, row, 1)
        self._lines.append((method, (button, idea)))

    def _label(self, text: str, part: str, sheet: QWidget) -> QLabel:
        label = QLabel(sheet)
        label.setWordWrap(True)
        if part:
            label.setProperty("part", part)
        self._texts.put(label.setText, text)
        return label
