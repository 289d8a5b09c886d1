"""The bar of a case: the list folded away or back, the pages, undo and redo."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QToolButton, QWidget

from valuer.core.texts import N_
from valuer.gui.icons import icon
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.case_registry import CASE_PAGES
from valuer.gui.shell import Shell
from valuer.gui.words import Texts


class CaseBar(QFrame):
    """Alt+1 … Alt+9, Alt+0 choose a page, Ctrl+Z and Ctrl+Shift+Z step through history."""

    chosen = Signal(int)
    folded = Signal()

    def __init__(self, open_case: OpenCase, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._open_case, self._shell = open_case, shell
        self._texts = Texts(shell.words, self)
        self.setProperty("part", "bar")
        self.fold = self._button("case_fold", N_("Fold the list of cases"))
        self.fold.clicked.connect(self.folded)
        self.tabs = self._tabs()
        self.undo = self._button("case_undo", N_("Undo"))
        self.undo.clicked.connect(self._undo)
        self._key("Ctrl+Z").activated.connect(self._undo)
        self.redo = self._button("case_redo", N_("Redo"))
        self.redo.clicked.connect(self._redo)
        self._key("Ctrl+Shift+Z").activated.connect(self._redo)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 16, 0)
        layout.setSpacing(4)
        layout.addWidget(self.fold)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)
        open_case.changed.connect(self._show)
        shell.words.changed.connect(self._show)
        shell.library.changed.connect(self._show)
        shell.theme.changed.connect(self._draw)
        self._draw()
        self._show()

    def _button(self, key: str, name: str) -> QToolButton:
        button = QToolButton(self)
        self._texts.name(button, key, name, name)
        return button

    def _key(self, keys: str) -> QShortcut:
        """Return a key of the window; a button's own would act only after a while."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        return shortcut

    def _tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        tabs.setUsesScrollButtons(False)
        self._texts.name(tabs, "case_tabs", N_("Pages of the case"))
        for number, page in enumerate(CASE_PAGES):
            tabs.addTab("")
            self._texts.put(partial(tabs.setTabText, number), page.title)
            key = self._key(f"Alt+{(number + 1) % 10}")
            key.activated.connect(partial(tabs.setCurrentIndex, number))
        tabs.currentChanged.connect(self.chosen)
        return tabs

    def _undo(self) -> None:
        with self._shell.notices.guard():
            self._open_case.undo()

    def _redo(self) -> None:
        with self._shell.notices.guard():
            self._open_case.redo()

    def _show(self) -> None:
        tell = self._shell.words.tell
        for button, step, text, bare in (
            (self.undo, self._open_case.undoable, N_("Undo: {step}"), N_("Undo")),
            (self.redo, self._open_case.redoable, N_("Redo: {step}"), N_("Redo")),
        ):
            why = self._shell.library.why_read_only
            button.setEnabled(bool(step) and why is None)
            button.setToolTip(tell(text, step=tell(step)) if step else tell(bare))

    def _draw(self) -> None:
        tokens = self._shell.theme.tokens
        for button, name in (
            (self.fold, "fold"),
            (self.undo, "undo"),
            (self.redo, "redo"),
        ):
            button.setIcon(icon(name, tokens.muted, tokens.accent))
