"""Verifying a file from anywhere: its pages, its verdict, what was added to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from valuer.core.texts import N_
from valuer.gui.checking import Checking
from valuer.gui.dialogs.files import REPORTS
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.preview import Preview
from valuer.gui.reporting import Checked
from valuer.gui.shell import Shell
from valuer.gui.verdict_panel import VerdictPanel


class VerifyPage(QWidget):
    """Pages left, what can be said of the file right."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.preview = Preview(shell, self)
        self.verdict = VerdictPanel(shell, self)
        self.verdict.changed.connect(self.preview.show_page)
        self.checking = Checking(self.preview, self.verdict, shell)
        self.checking.shown.connect(self._show)
        self.check, self.trust = self.checking.check, self.checking.trust
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.preview)
        split.addWidget(self.verdict)
        split.setStretchFactor(0, 1)
        split.setSizes([700, 480])
        self._empty = EmptyState(
            N_(
                "Any PDF can be verified here, wherever it comes from: who signed, when,"
                " whether it is intact, and what was added after the last signature."
                " Drop a file on the window, or open one."
            ),
            "verify_empty_open",
            N_("Open a PDF…"),
            shell.words,
            self,
        )
        self._empty.button.clicked.connect(self.choose)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._head())
        layout.addLayout(self._stack, 1)

    @property
    def checked(self) -> Checked | None:
        """The file shown."""
        return self.checking.checked

    def choose(self) -> None:
        """Ask for a PDF and show what can be said of it."""
        path = self._shell.files.open_one(self, N_("Open a PDF"), REPORTS)
        if path is not None:
            self.check(path)

    def _head(self) -> Heading:
        heading = Heading(N_("Verify"), self._shell.words, self)
        roots = heading.action(
            "verify_roots",
            N_("Trusted roots…"),
            N_("Root certificates by which signers are judged"),
        )
        roots.clicked.connect(partial(self.checking.choose_roots, self))
        opening = heading.action("verify_open", N_("Open a PDF…"), primary=True)
        opening.clicked.connect(self.choose)
        return heading

    def _show(self) -> None:
        self._stack.setCurrentIndex(1)
