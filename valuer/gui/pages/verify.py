"""Verifying a file from anywhere: its pages, its verdict, what was added to it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from valuer.core.texts import N_, message
from valuer.gui import reporting
from valuer.gui.dialogs.files import REPORTS, ROOTS
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.preview import Preview
from valuer.gui.reporting import Checked, Figures
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task
from valuer.gui.verdict_panel import VerdictPanel


class VerifyPage(QWidget):
    """Pages left, what can be said of the file right."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.checked: Checked | None = None
        self._roots: tuple[Path, ...] = ()
        self._checking: Task | None = None
        self._recomputing: Task | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.preview = Preview(shell, self)
        self.verdict = VerdictPanel(shell, self)
        self.verdict.changed.connect(self.preview.show_page)
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

    def choose(self) -> None:
        """Ask for a PDF and show what can be said of it."""
        path = self._shell.files.open_one(self, N_("Open a PDF"), REPORTS)
        if path is not None:
            self.check(path)

    def check(self, path: Path) -> None:
        """Verify a file in the background; its figures follow."""
        if self._checking is not None:
            self._checking.cancel()
        self._checking = self._shell.tasks.start(
            partial(reporting.check, path, self._roots, self._shell.desk),
            self._show,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Verifying {file}"), file=path.name),
        )

    def choose_roots(self) -> None:
        """Ask for the root certificates that the user trusts."""
        paths = self._shell.files.open_many(self, N_("Trusted roots"), ROOTS)
        if paths:
            self.trust(tuple(paths))

    def trust(self, roots: tuple[Path, ...]) -> None:
        """Judge certificates by these roots."""
        self._roots = roots
        if self.checked is not None:
            self.check(self.checked.path)

    def _head(self) -> Heading:
        heading = Heading(N_("Verify"), self._shell.words, self)
        roots = heading.action(
            "verify_roots",
            N_("Trusted roots…"),
            N_("Root certificates by which signers are judged"),
        )
        roots.clicked.connect(self.choose_roots)
        opening = heading.action("verify_open", N_("Open a PDF…"), primary=True)
        opening.clicked.connect(self.choose)
        return heading

    def _show(self, checked: Checked) -> None:
        former = self.checked
        if former is not None and former.pdf == checked.pdf:
            checked = replace(checked, figures=former.figures)
        self.checked = checked
        self._stack.setCurrentIndex(1)
        self.preview.put(checked.pdf)
        self.verdict.put(checked)
        if checked.figures == Figures():
            self._recompute(checked)

    def _recompute(self, checked: Checked) -> None:
        """Compute the figures anew, in the background; only our own reports have any."""
        if self._recomputing is not None:
            self._recomputing.cancel()
        desk, language = self._shell.desk, self._shell.words.language
        self._recomputing = self._shell.tasks.start(
            partial(reporting.recompute, checked.pdf, desk, language),
            partial(self._recomputed, checked),
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Recomputing {file}"), file=checked.path.name),
        )

    def _recomputed(self, checked: Checked, figures: Figures) -> None:
        if self.checked is checked:
            self.checked = replace(checked, figures=figures)
            self.verdict.put(self.checked)
