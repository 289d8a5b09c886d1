"""What the docket proposes to the ledger (台账建议), with the cases behind it.

Nothing here is entered by itself: a proposal opens the form, and a person keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from valuer.agency.credit_events import Subject
from valuer.agency.credit_line import plain_points
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.credit_proposals import Proposal, proposals
from valuer.agency.credit_readings import place_words
from valuer.agency.docket import Case
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.credit_event_form import points_entry
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.fields import Entry
from valuer.gui.headings import Heading
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.why import Explanation, Said


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in the docket."""

    proposals: tuple[Proposal, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)

    def licence(self, agent: str) -> str:
        """Return the licence number of an agent, "" where no case has it."""
        for case in self.cases.values():
            for name, licence in zip(case.agents, case.agent_licences, strict=False):
                if name == agent and licence:
                    return licence
        return ""


class ProposalsPanel(QWidget):
    """``proposed`` carries the subject, and what the form begins with."""

    proposed = Signal(object, object)

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        self._found = Looked()
        self._asked: tuple[Any, ...] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._heading())
        self.said = QLabel(self)
        self.said.setObjectName("credit_proposals_said")
        self.said.setProperty("part", "muted")
        self.said.setWordWrap(True)
        layout.addWidget(self.said)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._proposals_table(split))
        split.addWidget(self._cases_table(split))
        layout.addWidget(split, 1)
        layout.addStretch(0)
        self._split = split
        split.hide()
        view.looked_up.connect(self._follow)
        shell.words.changed.connect(self._say)

    @property
    def chosen(self) -> Proposal | None:
        """The proposal chosen, or None."""
        return self.table.row(self.view.currentIndex().row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def look(self) -> None:
        """Look the docket through in the background."""
        desk, year, times = self._shell.desk, self.year.value, self.times.value
        agency = desk.credit.agency()
        self._asked = self._wanted()

        def search() -> Looked:
            cases = desk.docket.every()
            events = [one.event for one in desk.credit.events()]
            name = "" if agency is None else agency.id
            found = proposals(cases, name, events, year=year, times=times)
            behind = {number for one in found for number in one.cases}
            return Looked(found, {c.number: c for c in cases if c.number in behind})

        self._shell.tasks.start(
            lambda _: search(),
            self._put,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Looking through the docket")),
        )

    def enter(self) -> None:
        """Ask for the form with the proposal chosen."""
        one = self.chosen
        if one is not None:
            self.proposed.emit(self._subject(one), beginning_of(one))

    def explain(self) -> None:
        """Tell of the proposal chosen."""
        one = self.chosen
        if one is None:
            return
        parts: list[tuple[Said, Said]] = [
            (N_("Who is scored"), self._who(one)),
            (N_("Because"), self._because(one)),
            (N_("Application numbers"), "\n".join(one.cases[:40])),
        ]
        self._shell.why.tell(Explanation(self._rule(one), parts))

    def _wanted(self) -> tuple[Any, ...]:
        """Return what a search rests on; another one is only due when it differs."""
        desk = self._shell.desk
        ledger = tuple(one.at for one in desk.credit.events())
        return desk.docket.state(), ledger, self.year.value, self.times.value

    def _follow(self) -> None:
        """Look anew where docket, ledger or question are others than before."""
        if self.isVisible():
            with self._shell.notices.guard():
                if self._wanted() != self._asked:
                    self.look()

    def _put(self, found: Looked) -> None:
        self._found = found
        self.table.put(found.proposals)
        self._split.setVisible(bool(found.proposals))
        if found.proposals:
            self.view.selectRow(0)
        self._say()
        self._choose()

    def _say(self) -> None:
        words = self._shell.words
        text = N_(
            "Abnormal filings that were confirmed, and agents who filed more than the"
            " average. Nothing is entered into the ledger by itself."
        )
        if not self._found.proposals and self._asked is not None:
            text = N_(
                "The docket has no confirmed abnormal filing that is not in the ledger,"
                " and no agent above the limit stated here."
            )
        self.said.setText(words.tell(text))

    def _choose(self) -> None:
        one = self.chosen
        self._may_enter.want(wanted=one is not None)
        numbers = () if one is None else one.cases
        known = self._found.cases
        self.cases.put([known[number] for number in numbers if number in known])
        if self.isVisible():
            self.explain()

    def _subject(self, one: Proposal) -> Subject:
        """Return whom a proposal is about, an agent by the number where it is known."""
        for known in self._view.subjects:
            is_kind = known.subject.kind is one.subject.kind
            names = (one.subject.id, self._found.licence(one.subject.id) or None)
            if is_kind and {known.subject.id, known.name} & {*names}:
                return known.subject
        licence = self._found.licence(one.subject.id)
        is_agent = one.subject.kind is SubjectKind.AGENT
        return (
            Subject(SubjectKind.AGENT, licence or one.subject.id)
            if is_agent
            else one.subject
        )

    def _who(self, one: Proposal) -> str:
        if one.subject.kind is SubjectKind.AGENCY:
            return self._shell.words.tell(N_("The agency"))
        return one.subject.id

    def _rule(self, one: Proposal) -> str:
        pack, language = self._view.pack, self._shell.words.language
        code = one.rule_code
        return code if pack is None else place_words(pack, code, language)

    def _because(self, one: Proposal) -> str:
        words = self._shell.words
        if one.times is None:
            return words.tell(N_("found abnormal by the office"))
        text = N_("{times} × the average of the agents")
        return words.tell(text, times=plain_points(formats.rounded(one.times, 2)))

    def _heading(self) -> Heading:
        words = self._shell.words
        heading = Heading(N_("Proposals from the docket"), words, self)
        self.year = Entry(_read_year, str, heading)
        self.year.setFixedWidth(64)
        self.year.put(self._view.as_of.year)
        self.times = points_entry(heading)
        self.times.setFixedWidth(64)
        hint = N_("No limit was read in the text in force; the draft of 2021 had 3.")
        for entry, key, name in (
            (self.year, "credit_proposals_year", N_("Year of filing")),
            (self.times, "credit_proposals_times", N_("Times the average")),
        ):
            label = QLabel(heading)
            label.setProperty("part", "muted")
            heading.texts.put(label.setText, name)
            heading.texts.name(entry, key, name, hint if entry is self.times else "")
            heading.place(label)
            heading.place(entry)
            entry.committed.connect(self._follow)
        enter = heading.action("credit_propose", N_("Enter into the ledger…"))
        enter.clicked.connect(self.enter)
        self._may_enter = self._shell.library.needs_writing(enter, words)
        self._may_enter.want(wanted=False)
        return heading

    def _proposals_table(self, parent: QWidget) -> Table:
        words = self._shell.words
        columns: tuple[TableColumn[Proposal], ...] = (
            TableColumn(N_("Who is scored"), self._who, width=130),
            TableColumn(N_("Rule"), self._rule, width=240),
            TableColumn(N_("Because"), self._because, width=190),
            TableColumn(N_("Cases"), lambda one: f"{len(one.cases):,}", True, 64),
            TableColumn(N_("Fact"), lambda one: formats.day(one.fact_date), width=92),
            TableColumn(
                N_("Decided on"), lambda one: formats.day(one.decision_date), width=92
            ),
        )
        self.table = RowTable(columns, words, self)
        name = N_("Proposals from the docket")
        self.view = Table("credit_proposals", name, words, parent)
        self.view.setModel(self.table)
        self.view.fit(1, [column.width for column in columns])
        self.view.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.view.selectionModel().currentRowChanged.connect(self._choose)
        return self.view

    def _cases_table(self, parent: QWidget) -> Table:
        words = self._shell.words
        columns: tuple[TableColumn[Case], ...] = (
            TableColumn(N_("Application number"), lambda one: one.number, width=150),
            TableColumn(N_("Title"), lambda one: one.title, width=240),
            TableColumn(N_("Filed"), lambda one: formats.day(one.filed), width=92),
            TableColumn(
                N_("Client of the agency"), lambda one: one.client or "", width=150
            ),
            TableColumn(
                N_("Agents of the case"),
                lambda one: formats.listed(one.agents, words),
                width=130,
            ),
        )
        self.cases = RowTable(columns, words, self)
        name = N_("Cases behind the proposal")
        table = Table("credit_proposal_cases", name, words, parent)
        table.setModel(self.cases)
        table.fit(1, [column.width for column in columns])
        return table


def beginning_of(one: Proposal) -> dict[str, Any]:
    """Return what the form of an event begins with; what is not known stays empty."""
    given: dict[str, Any] = {
        "rule_code": one.rule_code,
        "fact_id": one.fact_id,
        "fact_date": one.fact_date,
        "decision_date": one.decision_date,
        "cases": one.cases,
    }
    return {name: value for name, value in given.items() if value is not None}


def _read_year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
