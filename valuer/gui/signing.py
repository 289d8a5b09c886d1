"""Signing the report shown: asked, done in the background, told.

One report at a time, each opened and read, with the PIN each time.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.gui import reporting
from valuer.gui.dialogs.files import REPORTS
from valuer.gui.reporting import Checked, Done, Order
from valuer.gui.shell import Shell


class Signing(QObject):
    """Signs reports; ``written`` tells where the signed one stands."""

    written = Signal(Path)

    def __init__(self, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self._shell, self._page = shell, page

    def ask(self, shown: Checked, language: str) -> None:
        """Ask how the report shown is signed and where to, and sign."""
        from valuer.gui.dialogs.signing import SigningDialog

        dialog = SigningDialog(
            shown.path.name, self._shell, self._page, shown.disclosed
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            target = self._target(shown, N_("Save the signed report"))
            pin = dialog.take_pin()
            if target is not None:
                self.sign(shown, dialog.order(target), pin, language)
        dialog.deleteLater()

    def sign(self, shown: Checked, order: Order, pin: str, language: str) -> None:
        """Sign the report shown into another file, in the background."""
        self._shell.tasks.start(
            partial(reporting.sign, shown.pdf, order, pin, self._shell.desk, language),
            partial(self._signed, order.target),
            self._shell.notices.refuse,
            owner=self._page,
            keeps=True,
            title=message(N_("Signing {file}"), file=shown.path.name),
        )

    def ask_timestamp(self, shown: Checked) -> None:
        """Ask where to, and add a timestamp from the server last used."""
        target = self._target(shown, N_("Save the timestamped report"))
        if target is not None:
            self.timestamp(shown, target)

    def timestamp(self, shown: Checked, target: Path) -> None:
        """Add a timestamp to the report shown, in the background."""
        server = self._shell.preferences.chosen.timestamp_server
        self._shell.tasks.start(
            partial(reporting.timestamp, shown.pdf, server, target, self._shell.desk),
            partial(self._timestamped, target),
            self._shell.notices.refuse,
            owner=self._page,
            keeps=True,
            title=message(N_("Timestamping {file}"), file=shown.path.name),
        )

    def _target(self, shown: Checked, title: str) -> Path | None:
        name = signed_name(shown.path, len(shown.found.signatures) + 1)
        return self._shell.files.save(self._page, title, REPORTS, name)

    def _signed(self, target: Path, done: Done) -> None:
        text = N_("{file} was signed by {signer}.")
        told = message(text, file=target.name, signer=done.signer)
        self._shell.notices.tell(told)
        self._tell(target, done)

    def _timestamped(self, target: Path, done: Done) -> None:
        told = message(N_("{file} was timestamped."), file=target.name)
        self._shell.notices.tell(told)
        self._tell(target, done)

    def _tell(self, target: Path, done: Done) -> None:
        for note in done.notes:
            self._shell.notices.tell(note, Severity.WARNING)
        self.written.emit(target)


def signed_name(source: Path, number: int) -> str:
    """Return the name proposed for a report with one more signature."""
    stem = source.stem
    head, _, tail = stem.rpartition("-")
    if head and tail.isdecimal():
        stem = head
    return f"{stem}-{number}.pdf"
