"""A report file as it is looked at: verified, shown, its figures computed anew."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.gui import reporting
from valuer.gui.dialogs.files import ROOTS
from valuer.gui.preview import Preview
from valuer.gui.reporting import Checked, Figures
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task
from valuer.gui.verdict_panel import VerdictPanel

SIGNABLE = ("intact", "unsigned")
"""Verdicts of files that may be signed."""

LANGUAGES = (("zh_CN", N_("In Chinese")), ("en", N_("In English")))
"""Languages of a report, with their names."""


class Checking(QObject):
    """Puts the newest check of a file into a preview and a verdict panel.

    ``shown`` follows each file that is shown; its figures come a moment later.
    """

    shown = Signal(object)

    def __init__(self, preview: Preview, verdict: VerdictPanel, shell: Shell) -> None:
        super().__init__(verdict)
        self._preview, self._verdict, self._shell = preview, verdict, shell
        self.checked: Checked | None = None
        self._roots: tuple[Path, ...] = ()
        self._verifying: Task | None = None
        self._recomputing: Task | None = None

    @property
    def is_signable(self) -> bool:
        """Whether the file shown may be signed."""
        shown = self.checked
        return shown is not None and str(shown.found.verdict) in SIGNABLE

    def check(self, path: Path) -> None:
        """Verify a file in the background; its figures follow."""
        if self._verifying is not None:
            self._verifying.cancel()
        self._verifying = self._shell.tasks.start(
            partial(reporting.check, path, self._roots, self._shell.desk),
            self.show,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Verifying {file}"), file=path.name),
        )

    def choose_roots(self, parent: QWidget) -> None:
        """Ask for the root certificates that the user trusts."""
        paths = self._shell.files.open_many(parent, N_("Trusted roots"), ROOTS)
        if paths:
            self.trust(tuple(paths))

    def trust(self, roots: tuple[Path, ...]) -> None:
        """Judge certificates by these roots."""
        self._roots = roots
        if self.checked is not None:
            self.check(self.checked.path)

    def show(self, checked: Checked) -> None:
        """Show a file that was verified."""
        former = self.checked
        if former is not None and former.pdf == checked.pdf:
            checked = replace(checked, figures=former.figures)
        self.checked = checked
        self._preview.put(checked.pdf)
        self._verdict.put(checked)
        self.shown.emit(checked)
        if checked.figures == Figures():
            self._recompute(checked)

    def tell_missing(self, characters: tuple[str, ...]) -> None:
        """Tell which characters no font has, if there are any."""
        if characters:
            text = N_(
                "No font has the characters {characters}; each was printed as 〓."
            )
            wording = message(text, characters=" ".join(characters))
            self._shell.notices.tell(wording, Severity.WARNING)

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
            self._verdict.put(self.checked)
