"""The quality report (代理质量报告): what it shall say left, its pages right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.credit_packs import SubjectKind
from valuer.agency.metric import Grouping, Question
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.metrics_exporting import Person, ReportWish, build_report
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.checking import LANGUAGES, Checking
from valuer.gui.dialogs.files import REPORTS
from valuer.gui.fields import Choice, Entry, text_entry
from valuer.gui.headings import Heading
from valuer.gui.preview import Preview
from valuer.gui.reporting import Checked
from valuer.gui.shell import Shell
from valuer.gui.signing import Signing
from valuer.gui.verdict_panel import VerdictPanel
from valuer.gui.words import Texts

PEOPLE = 2
"""Persons who may sign besides the agency's seal."""

_PARTS = (
    ("name", N_("Responsible {number}")),
    ("position", N_("Position {number}")),
    ("licence", N_("Licence number {number}")),
)


class ReportSheet(QWidget):
    """Stands in the page's place until ``left``."""

    left = Signal()

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._reckoning = shell, reckoning
        self._question = Question()
        self.preview = Preview(shell, self)
        self.verdict = VerdictPanel(shell, self)
        self.checking = Checking(self.preview, self.verdict, shell)
        self.checking.shown.connect(self._allow)
        self.check = self.checking.check
        self._texts = Texts(shell.words, self)
        self.signing = Signing(shell, self)
        self.signing.written.connect(self.check)
        self.heading = self._head()
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for widget in (self._form(), self.preview, self.verdict):
            split.addWidget(widget)
        split.setStretchFactor(1, 1)
        split.setSizes([320, 460, 240])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(split, 1)
        shell.words.changed.connect(self._tell)
        self._allow()

    def put(self, question: Question) -> None:
        """Take the period and the choice that the report is of."""
        self._question = question
        if not self.agency.text():
            with self._shell.notices.guard():
                desk = self._shell.desk
                scored = next(iter(desk.credit.subjects()), None)  # agencies first
                is_agency = scored and scored.subject.kind is SubjectKind.AGENCY
                known = scored.name if scored and is_agency else ""
                self.agency.put(known or desk.house().name or None)
        self._tell()

    @property
    def checked(self) -> Checked | None:
        """The file shown."""
        return self.checking.checked

    @property
    def wish(self) -> ReportWish:
        """How the report is wanted."""
        people = (
            Person(*(entry.value or "" for entry in entries))
            for entries in self._people
        )
        ticked = (
            (Grouping.AGENT, self.hide_agents),
            (Grouping.CLIENT, self.hide_clients),
        )
        return ReportWish(
            self.agency.value or "",
            self.number.value or "",
            self.language.value,
            tuple(one for one in people if one.name),
            tuple(by for by, box in ticked if box.isChecked()),
            self.compare.isChecked(),
        )

    def choose_place(self) -> None:
        """Ask where the report goes, and build it."""
        told = self._shell.words.tell(N_("Quality report"))
        name = f"{self.number.value or told}.pdf".replace("/", "-").replace("\\", "-")
        path = self._shell.files.save(self, N_("Build the report"), REPORTS, name)
        if path is not None:
            self.build(path)

    def build(self, path: Path) -> None:
        """Build the report into a file, in the background."""
        question, wish, desk = self._question, self.wish, self._shell.desk
        self._reckoning.write(
            message(N_("Building the report")),
            lambda docket, progress: build_report(
                docket, question, desk, wish, path, progress
            ),
            self._built,
        )

    def ask_to_sign(self) -> None:
        """Ask how the report shown is signed, and sign it."""
        if self.checked is not None:
            self.signing.ask(self.checked, self.language.value)

    def _head(self) -> Heading:
        heading = Heading(N_("Quality report"), self._shell.words, self)
        back = heading.action("metrics_report_back", N_("Back to the metrics"))
        back.clicked.connect(self.left)
        self._sign = heading.action("metrics_report_sign", N_("Sign…"))
        self._sign.clicked.connect(self.ask_to_sign)
        build = heading.action(
            "metrics_report_build", N_("Build the report…"), primary=True
        )
        build.clicked.connect(self.choose_place)
        return heading

    def _form(self) -> QWidget:
        form = QWidget(self)
        layout = QFormLayout(form)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(8)
        self.agency = self._line(
            layout, "metrics_report_agency", N_("Name of the agency")
        )
        self.number = self._line(layout, "metrics_report_number", N_("Report number"))
        self.language = Choice(self._shell.words, form)
        self.language.offer(LANGUAGES)
        self.language.put(self._shell.words.language)
        self._row(
            layout,
            self.language,
            "metrics_report_language",
            N_("Language of the report"),
        )
        self._people = [
            [
                self._line(
                    layout, f"metrics_report_{key}_{number}", text, number=number
                )
                for key, text in _PARTS
            ]
            for number in range(1, PEOPLE + 1)
        ]
        self.hide_agents = self._tick(
            layout, "agents", N_("Agents as numbers, not names")
        )
        self.hide_clients = self._tick(
            layout, "clients", N_("Clients as numbers, not names")
        )
        self.compare = self._tick(
            layout, "compared", N_("Compare with the period before")
        )
        self.hide_clients.setChecked(True)
        self.compare.setChecked(True)
        return form

    def _line(
        self, layout: QFormLayout, key: str, label: str, **values: object
    ) -> Entry:
        entry = text_entry(self)
        self._row(layout, entry, key, label, **values)
        return entry

    def _row(
        self,
        layout: QFormLayout,
        field: QWidget,
        key: str,
        label: str,
        **values: object,
    ) -> None:
        shown = QLabel(self)
        self._texts.put(shown.setText, label, **values)
        field.setObjectName(key)
        self._texts.put(field.setAccessibleName, label, **values)
        layout.addRow(shown, field)

    def _tick(self, layout: QFormLayout, key: str, label: str) -> QCheckBox:
        box = QCheckBox(self)
        self._texts.put(box.setText, label)
        self._texts.name(box, f"metrics_report_{key}", label)
        layout.addRow(box)
        return box

    def _built(self, found: tuple[Checked, tuple[str, ...]]) -> None:
        checked, missing = found
        self.checking.tell_missing(missing)
        self.checking.show(checked)

    def _allow(self) -> None:
        self._sign.setEnabled(self.checking.is_signable)

    def _tell(self) -> None:
        """Tell the period of the report."""
        asked, tell = self._question, self._shell.words.tell
        if asked.first is None and asked.last is None:
            self.heading.note.setText(tell(N_("Any time")))
            return
        first = formats.day(asked.first) or "…"
        last = formats.day(asked.last) or "…"
        text = N_("{first} to {last}")
        self.heading.note.setText(tell(text, first=first, last=last))
