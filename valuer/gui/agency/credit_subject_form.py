"""Entering one that is scored: kind, code or licence number, name and province."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from valuer.agency.credit_events import Subject
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.credit_procedures import procedures
from valuer.agency.credit_subjects import NATION, KnownSubject
from valuer.core.texts import N_
from valuer.gui.fields import Choice, text_entry
from valuer.gui.rows import Rows
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

KIND_NAMES = {
    SubjectKind.AGENCY: N_("Patent agency"),
    SubjectKind.AGENT: N_("Patent agent"),
}


class SubjectForm(QFrame):
    """Opens under the head of the page.

    ``entered`` carries what is typed, ``removed`` who is to be taken off the list.
    """

    entered = Signal(object)
    removed = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self._rows = Rows(shell.words, shell.theme, self, label_width=104)
        self.kind = Choice(shell.words, self)
        self.kind.offer(tuple(KIND_NAMES.items()))
        self.code, self.name = text_entry(self), text_entry(self)
        self.code.setFixedWidth(160)
        self.name.setFixedWidth(320)
        self.region = region_choice(shell, self)
        self._rows.add("credit_subject_kind", N_("Who is scored"), self.kind)
        self._rows.add(
            "credit_subject_code",
            N_("Code or number"),
            self.code,
            N_("The agency's code, or the number of the agent's licence."),
        )
        self._rows.add("credit_subject_name", N_("Name"), self.name)
        self._rows.add(
            "credit_subject_region",
            N_("Province"),
            self.region,
            N_("Where the head office is registered: that authority scores."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.addWidget(self._rows)
        layout.addLayout(self._buttons())
        self.hide()

    def ask(self, known: KnownSubject | None) -> None:
        """Open for a new one, or for what is said of one known."""
        is_new = known is None
        shown = known or KnownSubject(Subject(SubjectKind.AGENCY, ""))
        self.kind.put(shown.subject.kind)
        self.code.put(shown.subject.id or None)
        self.name.put(shown.name or None)
        self.region.put(shown.region)
        for field in (self.kind, self.code):
            field.setEnabled(is_new)
        self._removing.setVisible(not is_new)
        self.show()
        (self.code if is_new else self.name).setFocus()

    def propose(self, subject: Subject) -> None:
        """Open for one whom the docket names, an agent by name as a rule."""
        self.ask(None)
        self.kind.put(subject.kind)
        is_number = any(sign.isdigit() for sign in subject.id)
        (self.code if is_number else self.name).put(subject.id)

    def take(self) -> None:
        """Hand over what is typed."""
        subject = Subject(self.kind.value, (self.code.value or "").strip())
        name = (self.name.value or "").strip()
        self.entered.emit(KnownSubject(subject, name, self.region.value or NATION))

    def remove(self) -> None:
        """Ask to take the one shown off the list."""
        self.removed.emit(Subject(self.kind.value, self.code.value or ""))

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addSpacing(130)
        for key, text, act in (
            ("keep", N_("Enter"), self.take),
            ("remove", N_("Take off the list"), self.remove),
            ("cancel", N_("Cancel"), self.hide),
        ):
            button = QPushButton(self)
            self._texts.put(button.setText, text)
            self._texts.name(button, f"credit_subject_{key}", text)
            button.clicked.connect(act)
            line.addWidget(button)
            if key != "cancel":
                self._shell.library.needs_writing(button, self._shell.words)
            if key == "remove":
                self._removing = button
        line.addStretch(1)
        return line


def region_choice(shell: Shell, parent: QWidget) -> Choice:
    """Return a choice among the provinces of which something is known."""
    choice = Choice(shell.words, parent)

    def offer() -> None:
        is_english = shell.words.language == "en"
        choice.offer(
            [
                (one.region, one.name_en if is_english else one.name)
                for one in procedures().procedures
            ]
        )

    shell.words.changed.connect(offer)
    offer()
    return choice
