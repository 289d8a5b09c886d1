"""Undo and redo of what was done with the library: imports, deletions, the bin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from valuer.core.texts import N_, Message, message
from valuer.gui.icons import icon
from valuer.gui.shell import Shell
from valuer.gui.words import Texts


class LibrarySteps(QWidget):
    """Two buttons that name the step; Ctrl+Z and Ctrl+Shift+Z while they are in sight."""

    def __init__(self, key: str, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self.undo = self._button(f"{key}_undo", N_("Undo"))
        self.undo.clicked.connect(self.step_back)
        self.redo = self._button(f"{key}_redo", N_("Redo"))
        self.redo.clicked.connect(self.step_on)
        self._keys = [
            QShortcut(QKeySequence(k), self) for k in ("Ctrl+Z", "Ctrl+Shift+Z")
        ]
        for keys, take in zip(self._keys, (self.step_back, self.step_on), strict=True):
            keys.activated.connect(take)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)
        shell.ways.library_changed.connect(self.show_steps)
        shell.words.changed.connect(self.show_steps)
        shell.theme.changed.connect(self._draw)
        self._draw()
        self.show_steps()

    def hear(self, *, keys: bool) -> None:
        """Say whether the keys are ours: an open case has its own."""
        for one in self._keys:
            one.setEnabled(keys)

    def step_back(self) -> None:
        """Undo the last step."""
        records = self._shell.desk.records
        self._take(records.undoable, records.undo, N_("Undo: {step}"))

    def step_on(self) -> None:
        """Do the step undone last again."""
        records = self._shell.desk.records
        self._take(records.redoable, records.redo, N_("Redo: {step}"))

    def _take(
        self, find: Callable[[], Message | None], do: Callable[[], None], text: str
    ) -> None:
        with self._shell.notices.guard():
            step = find()
            if step is not None:
                self._shell.keeping.change(do, message(text, step=step))

    def show_steps(self) -> None:
        """Name the steps as they are now."""
        with self._shell.notices.guard():
            records = self._shell.desk.records
            self._name(self.undo, records.undoable(), N_("Undo: {step}"), N_("Undo"))
            self._name(self.redo, records.redoable(), N_("Redo: {step}"), N_("Redo"))

    def _name(
        self, button: QToolButton, step: Message | None, text: str, bare: str
    ) -> None:
        tell, why = self._shell.words.tell, self._shell.library.why_read_only
        button.setEnabled(step is not None and why is None)
        if why is not None:
            button.setToolTip(tell(why))
        else:
            button.setToolTip(tell(text, step=step) if step else tell(bare))

    def _button(self, key: str, name: str) -> QToolButton:
        button = QToolButton(self)
        self._texts.name(button, key, name)
        return button

    def _draw(self) -> None:
        tokens = self._shell.theme.tokens
        for button, name in ((self.undo, "undo"), (self.redo, "redo")):
            button.setIcon(icon(name, tokens.muted, tokens.accent))
