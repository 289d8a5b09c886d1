"""What of a case is disclosed beside its report, and to whom; chosen before signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from valuer.core.case import Case
from valuer.core.case_names import DISCLOSURE_NAMES
from valuer.core.disclosure import EXTENT_NAMES, Extent, Recipient
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.gui.case_fields import CaseField, choice, lines, lines_entry
from valuer.gui.case_form import CaseForm
from valuer.gui.case_tools import CaseTools
from valuer.gui.dialogs.files import CERTIFICATES, ENVELOPES
from valuer.gui.disclosing import write
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from datetime import datetime

CHANGED = N_("Name recipients")


def _extent(case: Case) -> Any:
    return case.disclosure.extent


def _put_extent(case: Case, value: Any) -> Case:
    return replace(case, disclosure=replace(case.disclosure, extent=value))


def _recipients(case: Case) -> str:
    named = case.disclosure.recipients
    return "\n".join(f"{one.name} {one.certificate}" for one in named)


def _put_recipients(case: Case, text: str) -> Case:
    """Read one recipient a line, the name and the certificate's SHA-256."""
    found = []
    for line in lines(text):
        name, _, digest = line.rpartition(" ")
        found.append(Recipient(name.strip(), digest.replace(":", "").lower()))
    return replace(case, disclosure=replace(case.disclosure, recipients=tuple(found)))


FIELDS = (
    CaseField(
        "disclosure.extent",
        DISCLOSURE_NAMES["extent"],
        choice(tuple(EXTENT_NAMES.items())),
        _extent,
        _put_extent,
        help=N_(
            "The report itself holds only what it prints. More is written to a file that"
            " only the recipients can open; the report tells to whom."
        ),
        wide=True,
    ),
    CaseField(
        "disclosure.recipients",
        DISCLOSURE_NAMES["recipients"],
        lines_entry(2),
        _recipients,
        _put_recipients,
        help=N_("One a line: name, then the SHA-256 of the certificate."),
        wide=True,
    ),
)


class DisclosureForm(QWidget):
    """The profile, and a button that names recipients by their certificates."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        texts = Texts(self._shell.words, self)
        self.form = CaseForm(FIELDS, tools, self)
        self.add = QPushButton(self)
        texts.put(self.add.setText, N_("Add a certificate…"))
        texts.name(
            self.add,
            "disclosure_certificate",
            N_("Name a recipient by the certificate"),
        )
        self.add.clicked.connect(self.choose)
        self._shell.library.needs_writing(self.add, self._shell.words)
        self.write = QPushButton(self)
        texts.put(self.write.setText, N_("Write the encrypted file…"))
        texts.name(
            self.write,
            "disclosure_write",
            N_("Write the case for its recipients alone"),
        )
        self.write.clicked.connect(self.choose_place)
        self._may_write = self._shell.library.needs_writing(
            self.write, self._shell.words
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.add)
        buttons.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        layout.addLayout(buttons)
        tools.open_case.changed.connect(self._allow)
        self._allow(tools.open_case.case)

    def choose(self) -> None:
        """Ask for a certificate and name its holder as a recipient."""
        title = N_("Certificate of a recipient")
        path = self._shell.files.open_one(self, title, CERTIFICATES)
        if path is not None:
            self.name(path)

    def name(self, path: Path) -> None:
        """Name the holder of a certificate as a recipient, once it was read."""
        self._shell.tasks.start(
            partial(_read, path, self._shell.desk.clock()),
            self._named,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Reading {file}"), file=path.name),
        )

    def choose_place(self) -> None:
        """Ask for the recipients' certificates and a place, and write the file."""
        files, name = self._shell.files, self._tools.open_case.name
        title = N_("Certificates of the recipients")
        certificates = files.open_many(self, title, CERTIFICATES)
        if not certificates:
            return
        title = N_("Write the encrypted file")
        path = files.save(self, title, ENVELOPES, f"{name}.p7m")
        if path is not None:
            self.write_for(certificates, path)

    def write_for(self, certificates: Sequence[Path], path: Path) -> None:
        """Write the case as it is, for the holders of these certificates alone."""
        shell, name = self._shell, self._tools.open_case.name
        language = shell.words.language
        work = partial(write, shell.desk, name, certificates, path, language)
        shell.tasks.start(
            work,
            partial(self._written, path),
            shell.notices.refuse,
            owner=self,
            keeps=True,
            title=message(N_("Writing {file}"), file=path.name),
        )

    def _written(self, path: Path, names: tuple[str, ...]) -> None:
        text = N_("{file} was written, for {names} alone.")
        self._shell.notices.tell(message(text, file=path.name, names=names))
        self._shell.ways.library_changed.emit()

    def _allow(self, case: Case) -> None:
        chosen = case.disclosure
        is_more = chosen.extent is not Extent.PRINTED and bool(chosen.recipients)
        hint = N_("Write the case for its recipients alone")
        self._may_write.want(wanted=is_more, hint=hint)

    def _named(self, recipient: Recipient) -> None:
        open_case = self._tools.open_case
        disclosure = open_case.case.disclosure
        if recipient in disclosure.recipients:
            return
        named = replace(disclosure, recipients=(*disclosure.recipients, recipient))
        with self._shell.notices.guard():
            open_case.change(CHANGED, replace(open_case.case, disclosure=named))


def _read(path: Path, now: datetime, progress: Progress) -> Recipient:
    from valuer.reports.envelopes import load_recipient, recipient_of

    progress(0, 0)
    return recipient_of(load_recipient(path, now))
