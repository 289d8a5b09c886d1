"""What if (假设): events that may come, be repaired or objected to; never written.

What is supposed lives in this panel alone. It is reckoned with the ledger and shown
beside what holds, marked as supposed wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.credit_event_names import EVENT_NAMES, event_differences, parts_of
from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_figures import credit_figure
from valuer.agency.credit_readings import place_words
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.credit_comparing import Compared, compared
from valuer.gui.agency.credit_event_form import Asked, EventForm
from valuer.gui.agency.credit_event_words import part_words
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.agency.credit_words import score_words
from valuer.gui.credit_desk import Reckoned, reckon
from valuer.gui.fields import Choice
from valuer.gui.headings import Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Texts
from valuer.store.credit import KeptEvent

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

SUPPOSED = N_("Supposed")


@dataclass(frozen=True, slots=True)
class Supposed:
    """An event that is supposed.

    Attributes:
        event_id: of the one in the ledger that it is supposed to become, or None.
    """

    event: Event
    event_id: int | None = None


class SupposingPanel(QWidget):
    """A list of what is supposed, both lines, and what differs when."""

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        self._subject: Subject | None = None
        self._list: tuple[Supposed, ...] = ()
        self._found: Reckoned | None = None
        self._editing: int | None = None
        self._chart: Chart | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._results())
        self._stack.addWidget(self._entering())
        view.left.connect(self._forget)
        view.looked_up.connect(self._offer)
        view.reckoned.connect(self._follow)
        shell.words.changed.connect(self._speak)
        self._offer()
        self._follow()

    @property
    def supposed(self) -> tuple[Supposed, ...]:
        """What is supposed now."""
        return self._list

    @property
    def is_entering(self) -> bool:
        """Whether the form is open."""
        return self._stack.currentIndex() == 1

    @property
    def found(self) -> Reckoned | None:
        """What would come of it, None where nothing is supposed."""
        return self._found

    @property
    def chart(self) -> Chart:
        """Both lines; charts are imported with the first of them."""
        if self._chart is None:
            from valuer.gui.charts import Chart

            shell = self._shell
            self._chart = Chart("credit_supposed_chart", shell.theme, shell.words, self)
            self._chart.setMinimumHeight(ROW * 5)
            self._place.addWidget(self._chart)
        return self._chart

    def suppose(self, event: Event, event_id: int | None = None) -> None:
        """Add an event, or what one of the ledger is supposed to become."""
        others = [
            one for one in self._list if event_id is None or one.event_id != event_id
        ]
        self._list = (*others, Supposed(event, event_id))
        self._reckon()

    def ask_new(self) -> None:
        """Open the form of an event that may come."""
        self._ask(None, None)

    def ask_change(self) -> None:
        """Open the form of an event of the ledger, to suppose what becomes of it."""
        number = self.which.value
        for one in self._kept():
            if one.id == number:
                supposed = (s.event for s in self._list if s.event_id == number)
                self._ask(next(supposed, one.event), number)

    def take(self) -> None:
        """Suppose what is typed, or say what is wrong with it."""
        event = self.form.read()
        if event is not None:
            self._stack.setCurrentIndex(0)
            self.suppose(event, self._editing)

    def drop(self) -> None:
        """Suppose the rows selected no more."""
        gone = set(self.view.chosen())
        self._list = tuple(s for row, s in enumerate(self._list) if row not in gone)
        self._reckon()

    def drop_all(self) -> None:
        """Suppose nothing."""
        self._list = ()
        self._reckon()

    def explain(self) -> None:
        """Tell the day chosen whole: both figures, and why."""
        one = self.compared.row(self.compared_view.currentIndex().row())
        if one is None or self.is_entering:
            return
        parts: list[tuple[Said, Said]] = [
            (N_("As it is"), _shown(one.real)),
            (SUPPOSED, _shown(one.supposed)),
        ]
        language = self._shell.words.language
        parts += [(N_("Because"), reason.say(language)) for reason in one.because]
        told = [part for part in parts if part[1]]
        self._shell.why.tell(Explanation(formats.day(one.on), told))

    def _ask(self, event: Event | None, event_id: int | None) -> None:
        subject, pack = self._view.subject, self._view.pack
        if subject is None or pack is None:
            return
        self._editing = event_id
        facts = [one.event.fact_id for one in self._kept()]
        facts += [one.event.fact_id for one in self._list]
        self.form.put(
            Asked(subject, pack, {} if event is None else parts_of(event), facts)
        )
        self._stack.setCurrentIndex(1)

    def _kept(self) -> tuple[KeptEvent, ...]:
        return () if self._view.basis is None else self._view.basis.kept

    def _offer(self) -> None:
        """Offer the events of the ledger; those of another subject are no more."""
        if self._view.subject != self._subject:
            self._forget()
        words = self._shell.words
        self.which.offer(
            [(one.id, f"{one.id}  {self._rule(one.event)}") for one in self._kept()]
        )
        if self.which.value is None and self._kept():
            self.which.put(self._kept()[0].id)
        self._changing.setEnabled(bool(self._kept()))
        self._changing.setToolTip(words.tell(N_("Repaired, put right, objected to")))

    def _forget(self) -> None:
        self._subject = self._view.subject
        self._list, self._found = (), None
        self._stack.setCurrentIndex(0)

    def _follow(self) -> None:
        """Reckon with the ledger as it is now."""
        if self._list:
            self._reckon()
        else:
            self._show()

    def _reckon(self) -> None:
        basis, supposed = self._view.basis, self._list
        if basis is None or not supposed:
            self._found = None
            self._show()
            return
        changed = {one.event_id: one.event for one in supposed}
        events = [changed.get(one.id, one.event) for one in basis.kept]
        events += [one.event for one in supposed if one.event_id is None]

        def done(found: Reckoned) -> None:
            if self._list is supposed:
                self._found = found
                self._show()

        self._shell.tasks.start(
            lambda _: reckon(basis, events),
            done,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Reckoning what is supposed")),
        )

    def _speak(self) -> None:
        self._offer()
        self._show()

    def _show(self) -> None:
        """Show both lines and what differs."""
        self.table.put(self._list)
        self._allow()
        real, found = self._view.found, self._found
        issues = () if found is None else found.issues
        self.issues.put(("", issue) for issue in issues)
        self.issues.setVisible(bool(issues))
        if real is None or real.score is None:
            self.chart.put(None)
            self.compared.put(())
            return
        words = self._shell.words
        pack, language = real.basis.pack, words.language
        figure = credit_figure(real.score, real.steps, pack, language)
        if found is not None and found.score is not None:
            other = credit_figure(found.score, found.steps, pack, language)
            label = words.tell(SUPPOSED)
            figure = replace(figure, supposed=other.steps, supposed_label=label)
        self.chart.put(figure)
        self.compared.put(compared(real, found))

    def _allow(self) -> None:
        self._dropping.setEnabled(bool(self.view.chosen()))
        self._dropping_all.setEnabled(bool(self._list))

    def _rule(self, event: Event) -> str:
        pack, language = self._view.pack, self._shell.words.language
        code = event.rule_code
        return code if pack is None else place_words(pack, code, language)

    def _what(self, one: Supposed) -> str:
        words = self._shell.words
        if one.event_id is None:
            return words.tell(N_("a new event"))
        return words.tell(N_("event {number}, changed"), number=one.event_id)

    def _days(self, one: Supposed) -> str:
        """Return what is supposed about it: its days, or what changed."""
        words = self._shell.words
        if one.event_id is None:
            text = N_("recorded {day}")
            return words.tell(text, day=formats.day(one.event.recorded_date))
        for kept in self._kept():
            if kept.id == one.event_id:
                found = event_differences(kept.event, one.event)
                told = [
                    f"{words.tell(EVENT_NAMES[d.name])} {part_words(d.name, d.after, words)}"
                    for d in found
                ]
                return formats.listed(told, words)
        return ""

    def _results(self) -> QWidget:
        holder, words = QWidget(self), self._shell.words
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(4)
        layout.addWidget(self._heading(holder))
        note = QLabel(holder)
        note.setProperty("part", "muted")
        self._texts_of(note)
        layout.addWidget(note)
        name = N_("What is wrong with what is supposed")
        self.issues = IssueTable(
            "credit_supposed_issues", name, self._shell, holder, placed=False
        )
        layout.addWidget(self.issues)
        self._place = QVBoxLayout()
        layout.addLayout(self._place, 3)
        split = QSplitter(Qt.Orientation.Horizontal, holder)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._supposed_table(split))
        self.compared: RowTable[Compared] = RowTable(self._columns(), words, self)
        self.compared_view = Table(
            "credit_compared", N_("As it is and supposed"), words, split
        )
        self.compared_view.setModel(self.compared)
        self.compared_view.fit(3, [one.width for one in self.compared.columns])
        self.compared_view.selectionModel().currentRowChanged.connect(self.explain)
        split.addWidget(self.compared_view)
        split.setSizes([420, 560])
        layout.addWidget(split, 4)
        return holder

    def _heading(self, holder: QWidget) -> Heading:
        words = self._shell.words
        heading = Heading(N_("What if"), words, holder)
        self.which = Choice(words, heading)
        shrunk = Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.which.setSizeAdjustPolicy(shrunk)
        self.which.setFixedWidth(220)
        name = N_("Event of the ledger")
        heading.texts.name(self.which, "credit_suppose_which", name, name)
        heading.place(self.which)
        self._changing = heading.action(
            "credit_suppose_change", N_("Suppose it changes…")
        )
        self._changing.clicked.connect(self.ask_change)
        new = heading.action("credit_suppose_new", N_("Suppose an event…"))
        new.clicked.connect(self.ask_new)
        self._dropping = heading.action("credit_suppose_drop", N_("Drop"))
        self._dropping.clicked.connect(self.drop)
        self._dropping_all = heading.action("credit_suppose_clear", N_("Drop all"))
        self._dropping_all.clicked.connect(self.drop_all)
        return heading

    def _texts_of(self, note: QLabel) -> None:
        text = N_("Everything here is supposed; nothing is written into the ledger.")
        Texts(self._shell.words, note).put(note.setText, text)

    def _supposed_table(self, parent: QWidget) -> Table:
        words = self._shell.words
        columns: tuple[TableColumn[Supposed], ...] = (
            TableColumn(SUPPOSED, self._what, width=120),
            TableColumn(N_("Rule"), lambda one: self._rule(one.event), width=150),
            TableColumn(N_("What happens"), self._days, width=160),
        )
        self.table = RowTable(columns, words, self)
        self.view = Table("credit_supposed", N_("What is supposed"), words, parent)
        self.view.setModel(self.table)
        self.view.fit(1, [column.width for column in columns])
        self.view.selectionModel().selectionChanged.connect(self._allow)
        return self.view

    def _columns(self) -> tuple[TableColumn[Compared], ...]:
        return (
            TableColumn(N_("Day"), lambda one: formats.day(one.on), width=92),
            TableColumn(N_("As it is"), lambda one: _shown(one.real), True, 80),
            TableColumn(SUPPOSED, lambda one: _shown(one.supposed), True, 80),
            TableColumn(
                N_("Because"),
                lambda one: one.say(self._shell.words.language),
                width=240,
            ),
        )

    def _entering(self) -> QWidget:
        holder, words = QWidget(self), self._shell.words
        heading = Heading(N_("Supposed, not written into the ledger"), words, holder)
        cancel = heading.action("credit_suppose_cancel", N_("Cancel"))
        cancel.clicked.connect(lambda: self._stack.setCurrentIndex(0))
        self.taking = heading.action("credit_suppose_take", N_("Suppose this"))
        self.taking.setProperty("part", "primary")
        self.taking.clicked.connect(self.take)
        self.form = EventForm("credit_supposed_event", self._shell, holder, kept=False)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(self.form, 1)
        return holder


def _shown(figure: tuple[Decimal | None, str | None] | None) -> str:
    return "" if figure is None else score_words(*figure)
