"""The ledger (台账): events as they stand, their history, and the form that enters one.

Nothing is ever lost here: what is changed or taken out stays in the event's history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.credit import Line
from valuer.agency.credit_entries import STANDING_NAMES, Standing
from valuer.agency.credit_event_names import parts_of
from valuer.agency.credit_events import Event
from valuer.agency.credit_readings import place_words
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.credit_event_form import Asked, EventForm
from valuer.gui.agency.credit_event_words import explain_event
from valuer.gui.agency.credit_history import HistoryTable
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.agency.credit_words import UNKNOWN, counted_words, points
from valuer.gui.columns import Columns
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.icons import icon
from valuer.gui.issue_table import IssueTable
from valuer.gui.notices import Offer
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.store.credit import KeptEvent

SIGNS = {
    Standing.AHEAD: ("note", "accent"),
    Standing.COUNTS: ("warning", "warn"),
    Standing.CURED: ("warning", "warn"),
}
"""The signs of what counts, or will; all else is done with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of the ledger with its line in the score, None where it has none."""

    kept: KeptEvent
    line: Line | None

    @property
    def event(self) -> Event:
        """The event as it is now."""
        return self.kept.event


class LedgerPanel(QWidget):
    """The table and the history below it; the form stands in their place while open."""

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        self._editing: int | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._list())
        self._stack.addWidget(self._entering())
        self._stack.addWidget(self._nothing())
        view.left.connect(self.close_form)
        for signal in (view.looked_up, view.reckoned, shell.words.changed):
            signal.connect(self.reload)
        self.reload()

    @property
    def chosen(self) -> Entry | None:
        """The event chosen, or None."""
        return self.table.row(self.table_view.currentIndex().row())

    @property
    def is_entering(self) -> bool:
        """Whether the form is open."""
        return self._stack.currentIndex() == 1

    def enter(self, given: Mapping[str, Any], event_id: int | None = None) -> None:
        """Open the form with what is given: nothing, a proposal, or all of an event."""
        subject, pack = self._view.subject, self._view.pack
        if subject is None or pack is None:
            return
        if self.is_entering and not given:
            return  # what is being typed stays
        self._editing = event_id
        known = [one.fact_id for one in self._events()]
        self._form_heading.title.setText(self._title())
        self.form.put(Asked(subject, pack, given, known))
        self._stack.setCurrentIndex(1)

    def change(self) -> None:
        """Open the form with the event chosen; one taken out is entered anew."""
        row = self.chosen
        if row is not None:
            is_out = row.kept.is_removed
            self.enter(parts_of(row.event), None if is_out else row.kept.id)

    def keep(self) -> None:
        """Enter what is typed, or say what is wrong with it."""
        event, subject = self.form.read(), self._view.subject
        if event is None or subject is None:
            return
        with self._shell.notices.guard():
            credit = self._shell.desk.credit
            credit.put_event(subject, event, self._editing, self._view.as_of)
            self.close_form()
            self._view.reload()

    def close_form(self) -> None:
        """Show the ledger again."""
        self._stack.setCurrentIndex(0)
        self.reload()

    def take_out(self) -> None:
        """Take the event chosen out of the ledger; its history stays."""
        row = self.chosen
        if row is None or row.kept.is_removed:
            return
        with self._shell.notices.guard():
            self._shell.desk.credit.remove_event(row.kept.id)
            self._view.reload()
            text = N_("Event {number} was taken out; it stays in its history.")
            again = Offer(
                "credit_again",
                N_("Enter it again…"),
                partial(self.enter, parts_of(row.event)),
            )
            self._shell.notices.tell(message(text, number=row.kept.id), offers=(again,))

    def reload(self) -> None:
        """Show the ledger as it was read last."""
        if self.is_entering:
            return
        found = self._view.found
        lines: dict[int, Line] = {}
        if found is not None and found.score is not None:
            lines = _by_event(found.basis.kept, found.score.lines)
        rows = [Entry(one, lines.get(one.id)) for one in self._kept()]
        if self.with_removed.isChecked():
            rows += [Entry(one, None) for one in self._removed()]
        before = self.chosen
        self.table.put(rows)
        ids = [row.kept.id for row in rows]
        if before is not None and before.kept.id in ids:
            self.table_view.selectRow(ids.index(before.kept.id))
        has_any = bool(rows or self._removed()) or self.with_removed.isChecked()
        self._stack.setCurrentIndex(0 if has_any else 2)
        issues = () if found is None else found.issues
        self.issues.put(("", issue) for issue in issues)
        self.issues.setVisible(bool(issues))
        self._choose()

    def explain(self) -> None:
        """Tell all about the event chosen."""
        row = self.chosen
        if row is not None and not self.is_entering:
            self._shell.why.tell(explain_event(row.kept, row.line, self._shell))

    def _kept(self) -> Sequence[KeptEvent]:
        return () if self._view.basis is None else self._view.basis.kept

    def _removed(self) -> Sequence[KeptEvent]:
        subject = self._view.subject
        if subject is None:
            return ()
        with self._shell.notices.guard():
            return self._shell.desk.credit.removed(subject)
        return ()

    def _events(self) -> list[Event]:
        return [one.event for one in self._kept()]

    def _title(self) -> str:
        words = self._shell.words
        if self._editing is None:
            return words.tell(N_("A new event"))
        return words.tell(N_("Event {number}"), number=self._editing)

    def _choose(self) -> None:
        row = self.chosen
        is_in = row is not None and not row.kept.is_removed
        self._may_change.want(wanted=row is not None)
        self._may_take_out.want(wanted=is_in)
        with self._shell.notices.guard():
            history = (
                () if row is None else self._shell.desk.credit.history(row.kept.id)
            )
            self.history.put(history, self._view.pack)
        if self.isVisible():
            self.explain()

    def _list(self) -> QWidget:
        holder = QWidget(self)
        heading = self._list_heading(holder)
        self.table_view = self._events_table(holder)
        name = N_("What is wrong with the ledger")
        self.issues = IssueTable(
            "credit_issues", name, self._shell, holder, placed=False
        )
        self.history = HistoryTable(self._shell, holder)
        below = QWidget(holder)
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.addWidget(self.history)
        split = QSplitter(Qt.Orientation.Vertical, holder)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table_view)
        split.addWidget(below)
        split.setSizes([320, 150])
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(self.issues)
        layout.addWidget(split, 1)
        return holder

    def _list_heading(self, holder: QWidget) -> Heading:
        words = self._shell.words
        heading = Heading(N_("Ledger"), words, holder)
        self.with_removed = QCheckBox(heading)
        heading.texts.put(self.with_removed.setText, N_("With those taken out"))
        heading.texts.name(
            self.with_removed, "credit_with_removed", N_("With those taken out")
        )
        self.with_removed.toggled.connect(self.reload)
        heading.place(self.with_removed)
        removing = heading.action("credit_take_out", N_("Take out of the ledger"))
        removing.clicked.connect(self.take_out)
        changing = heading.action("credit_event_change", N_("Change…"))
        changing.clicked.connect(self.change)
        library = self._shell.library
        self._may_take_out = library.needs_writing(removing, words)
        self._may_change = library.needs_writing(changing, words)
        return heading

    def _events_table(self, holder: QWidget) -> Table:
        columns: tuple[TableColumn[Entry], ...] = (
            TableColumn(N_("State"), self._state, width=172, sign=self._sign),
            TableColumn(N_("Rule"), self._rule, width=200),
            TableColumn(N_("Fact"), lambda row: row.event.fact_id, width=72),
            TableColumn(
                N_("Decided on"),
                lambda row: formats.day(row.event.decision_date),
                width=92,
            ),
            TableColumn(
                N_("Recorded"),
                lambda row: formats.day(row.event.recorded_date),
                width=92,
            ),
            TableColumn(N_("Points"), _points, is_number=True, width=64),
            TableColumn(N_("Counted"), _counted, is_number=True, width=72),
            TableColumn(N_("Cleared on"), _cleared, width=92),
            TableColumn(
                N_("Files"), lambda row: _count(row.event.evidence_files), True, 56
            ),
        )
        self.table = RowTable(columns, self._shell.words, self)
        name = N_("Events of the ledger")
        view = Table("credit_events", name, self._shell.words, holder)
        view.setModel(self.table)
        view.fit(1, [column.width for column in columns])
        view.setSelectionMode(Table.SelectionMode.SingleSelection)
        view.selectionModel().currentRowChanged.connect(self._choose)
        view.doubleClicked.connect(self.change)
        Columns(view, self._shell.preferences)
        self._shell.theme.changed.connect(self.table.refresh)
        return view

    def _entering(self) -> QWidget:
        holder, words = QWidget(self), self._shell.words
        self._form_heading = Heading(N_("A new event"), words, holder)
        cancel = self._form_heading.action("credit_event_cancel", N_("Cancel"))
        cancel.clicked.connect(self.close_form)
        self.keeping = self._form_heading.action(
            "credit_event_keep", N_("Keep in the ledger")
        )
        self.keeping.setProperty("part", "primary")
        self.keeping.clicked.connect(self.keep)
        self._shell.library.needs_writing(self.keeping, words)
        self.form = EventForm("credit_event", self._shell, holder)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._form_heading)
        layout.addWidget(self.form, 1)
        return holder

    def _nothing(self) -> QWidget:
        empty = EmptyState(
            N_(
                "Deductions and bonuses will stand here, each with its rule, its days,"
                " what became of it, and the documents behind it."
            ),
            "credit_ledger_empty",
            N_("Enter an event…"),
            self._shell.words,
            self,
        )
        empty.button.clicked.connect(lambda: self.enter({}))
        self._shell.library.needs_writing(empty.button, self._shell.words)
        return empty

    def _state(self, row: Entry) -> str:
        words = self._shell.words
        if row.kept.is_removed:
            return words.tell(N_("taken out"))
        if row.line is None:
            return ""
        told = words.tell(STANDING_NAMES[row.line.standing])
        pending = pending_words(row.event) if row.line.standing.is_counting else ""
        return formats.listed([told, words.tell(pending)], words) if pending else told

    def _sign(self, row: Entry) -> QIcon:
        tokens = self._shell.theme.tokens
        if row.kept.is_removed or row.line is None:
            return QIcon()
        name, part = SIGNS.get(row.line.standing, ("good", "good"))
        is_harmless = row.line.is_bonus and row.line.standing.is_counting
        return icon(
            *(("good", tokens.good) if is_harmless else (name, getattr(tokens, part)))
        )

    def _rule(self, row: Entry) -> str:
        pack, code = self._view.pack, row.event.rule_code
        language = self._shell.words.language
        return code if pack is None else place_words(pack, code, language)


def pending_words(event: Event) -> str:
    """Return what about an event is not decided yet, a marked text."""
    objection, repair = event.objection, event.repair
    if objection and objection.filed_on and objection.upheld is None:
        return N_("objection not decided")
    if repair and repair.granted is None:
        return N_("repair not decided")
    return ""


def _by_event(kept: Sequence[KeptEvent], lines: Sequence[Line]) -> dict[int, Line]:
    """Return the line of each event; one entered twice, word for word, has one line."""
    by_event = {line.event: line for line in lines}
    return {one.id: by_event[one.event] for one in kept if one.event in by_event}


def _points(row: Entry) -> str:
    own = row.event.points if row.line is None else row.line.points
    return points(own)


def _counted(row: Entry) -> str:
    return "" if row.line is None else counted_words(row.line)


def _cleared(row: Entry) -> str:
    if row.line is None:
        return UNKNOWN if not row.kept.is_removed else ""
    return formats.day(row.line.cleared_on)


def _count(files: Sequence[str]) -> str:
    return str(len(files)) if files else ""
