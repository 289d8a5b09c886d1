"""The report: built, looked at, signed in turn, verified and recomputed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Case
from valuer.core.texts import N_, message
from valuer.gui import reporting
from valuer.gui.case_tools import CaseTools
from valuer.gui.checking import LANGUAGES, Checking
from valuer.gui.dialogs.files import REPORTS
from valuer.gui.fields import Choice
from valuer.gui.gate_panel import GateButton, GatePanel
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.preview import Preview
from valuer.gui.reporting import Checked
from valuer.gui.signing import Signing
from valuer.gui.verdict_panel import VerdictPanel
from valuer.reports.sections.kinds import kind_of, kinds_of

KINDS = {
    "appraisal_report": N_("Appraisal report"),
    "value_analysis": N_("Value analysis"),
    "valuation_report": N_("Valuation report"),
    "summary": N_("Summary"),
}


class ReportPage(QWidget):
    """Pages left, what can be said of the file right."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._is_first = True
        self.preview = Preview(self._shell, self)
        self.verdict = VerdictPanel(self._shell, self)
        self.checking = Checking(self.preview, self.verdict, self._shell)
        self.checking.shown.connect(self._show)
        self.check, self.trust = self.checking.check, self.checking.trust
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.signing = Signing(self._shell, self)
        self.signing.written.connect(self.check)
        self.gate = GatePanel(tools, self)
        heading = self._head()
        self.gate.changed.connect(self._allow)
        self._allow()
        words = self._shell.words
        split = self._split()
        self._empty = EmptyState(
            N_(
                "The pages of the report will stand here. It says what the case says;"
                " conclude before you build it."
            ),
            "report_empty_build",
            N_("Build the report…"),
            words,
            self,
        )
        self._empty.button.clicked.connect(self.choose_place)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(self.gate)
        layout.addLayout(self._stack, 1)

    @property
    def checked(self) -> Checked | None:
        """The file shown."""
        return self.checking.checked

    def choose_place(self) -> None:
        """Ask where the report goes, and build it."""
        case = self._tools.open_case.case
        name = f"{case.report_number or case.name or self._tools.open_case.name}.pdf"
        if self.kind.value != kind_of(case.house.kind).key:
            name = f"{self.kind.currentText()} {name}"
        name = name.replace("/", "-").replace("\\", "-")
        path = self._shell.files.save(self, N_("Build the report"), REPORTS, name)
        if path is not None:
            self.build(path)

    def build(self, path: Path) -> None:
        """Build the report of the case into a file, in the background."""
        open_case, desk = self._tools.open_case, self._shell.desk
        case, chosen = open_case.case, (self.kind.value or "", self.language.value)
        self._shell.tasks.start(
            partial(reporting.build, desk, open_case.name, case, *chosen, path),
            partial(self._built, path),
            self._shell.notices.refuse,
            owner=self,
            keeps=True,
            title=message(N_("Building the report")),
        )

    def choose_report(self) -> None:
        """Ask for a report and show what can be said of it."""
        path = self._shell.files.open_one(self, N_("Open a report"), REPORTS)
        if path is not None:
            self.check(path)

    def ask_to_sign(self) -> None:
        """Ask how the report shown is signed, and sign it."""
        if self.checked is not None:
            self.signing.ask(self.checked, self.language.value)

    def ask_to_timestamp(self) -> None:
        """Ask where to, and add a timestamp to the report shown."""
        if self.checked is not None:
            self.signing.ask_timestamp(self.checked)

    def _split(self) -> QSplitter:
        """Return the pages left, what can be said of the file right."""
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.preview)
        split.addWidget(self.verdict)
        split.setStretchFactor(0, 1)
        split.setSizes([700, 280])
        return split

    def _head(self) -> Heading:
        heading = Heading(N_("Report"), self._shell.words, self)
        self.kind = Choice(self._shell.words, heading)
        heading.texts.name(self.kind, "report_kind", N_("Kind of report"))
        self._tools.open_case.changed.connect(self._offer_kinds)
        self._offer_kinds(self._tools.open_case.case)
        self.kind.committed.connect(self._judge)
        self.language = Choice(self._shell.words, heading)
        self.language.offer(LANGUAGES)
        self.language.put(self._shell.words.language)
        heading.texts.name(
            self.language, "report_language", N_("Language of the report")
        )
        opening = heading.action("report_open", N_("Open a report…"))
        opening.clicked.connect(self.choose_report)
        self._trust = heading.action(
            "report_roots",
            N_("Trusted roots…"),
            N_("Root certificates by which signers are judged"),
        )
        self._trust.clicked.connect(partial(self.checking.choose_roots, self))
        self._sign = heading.action("report_sign", N_("Sign…"))
        self._sign.clicked.connect(self.ask_to_sign)
        self._stamp = heading.action("report_timestamp", N_("Timestamp…"))
        self._stamp.clicked.connect(self.ask_to_timestamp)
        self._fold = GateButton(self.gate, self._tools, heading)
        heading.place(self._fold)
        heading.place(self.kind)
        heading.place(self.language)
        build = heading.action("report_build", N_("Build the report…"), primary=True)
        build.clicked.connect(self.choose_place)
        return heading

    def _judge(self) -> None:
        """Check the case as the kind of report chosen."""
        self.gate.judge_as(self.kind.value or "")

    def _offer_kinds(self, case: Case) -> None:
        """Offer what the house of the case may issue, its own kind first."""
        kinds = [one.key for one in kinds_of(case.house.kind)]
        chosen = self.kind.value
        self.kind.offer([(key, KINDS[key]) for key in kinds])
        self.kind.put(chosen if chosen in kinds else kinds[0])

    def _built(self, path: Path, missing: tuple[str, ...]) -> None:
        self.checking.tell_missing(missing)
        self.check(path)

    def _show(self) -> None:
        self._stack.setCurrentIndex(1)
        self._allow()
        if self._is_first:
            self._is_first = False
            self._fold.setChecked(bool(self.gate.gate and self.gate.gate.errors))

    def _allow(self) -> None:
        """Offer to sign what may be signed, once the gate is open; else say why not."""
        shown, why_not = self.checked, self._why_not()
        self._sign.setEnabled(self.checking.is_signable and not why_not)
        self._sign.setToolTip(why_not)
        has_server = bool(self._shell.preferences.chosen.timestamp_server)
        is_signed = shown is not None and str(shown.found.verdict) == "intact"
        self._stamp.setEnabled(is_signed and has_server)
        hint = N_("The server is the one named when signing.")
        self._stamp.setToolTip(self._shell.words.tell(hint))

    def _why_not(self) -> str:
        """Return what the case has against signing the report shown, or ""."""
        if self.checked is None or self.checked.made_of is None:
            return self.gate.why_not() if self.checked is None else ""
        name = self._tools.open_case.name
        if self.checked.made_of != (name, self._shell.desk.revision(name).digest):
            text = N_(
                "The report shown was made of another state of the case, or of another"
                " case; build it anew."
            )
            return self._shell.words.tell(text)
        return self.gate.why_not()
