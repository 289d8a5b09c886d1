"""The coming eighteen months: the line, its steps, the days to keep in mind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from valuer.agency.credit_figures import credit_figure
from valuer.agency.credit_line import Reason, Step
from valuer.agency.credit_open import OpenRule
from valuer.agency.credit_pack_items import item_at
from valuer.agency.credit_packs import Rule
from valuer.agency.credit_readings import place_words
from valuer.core.texts import N_, message
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.agency.credit_words import mark_words, points, score_words
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Due:
    """A day to keep in mind and what to do, or what is waited for since then."""

    on: date
    what: Reason


class LinePanel(QWidget):
    """Chart above; steps and, beside them, days and rules to be checked below.

    ``rule_wanted`` carries the place of a rule that is to be looked up in the pack.
    """

    rule_wanted = Signal(str)

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        self._texts = Texts(shell.words, self)
        self._chart: Chart | None = None
        self._place = QVBoxLayout()
        self.steps, step_table = self._steps()
        self.due, due_table = self._due()
        self.rules, rule_table = self._rules()
        self._tables = (step_table, due_table, rule_table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(4)
        layout.addLayout(self._place, 3)
        layout.addWidget(self._below(), 4)
        view.reckoned.connect(self.show_found)
        shell.words.changed.connect(self.show_found)
        self.show_found()

    @property
    def chart(self) -> Chart:
        """The line; charts are imported with the first of them."""
        if self._chart is None:
            from valuer.gui.charts import Chart

            shell = self._shell
            self._chart = Chart("credit_chart", shell.theme, shell.words, self)
            self._chart.setMinimumHeight(ROW * 5)
            self._chart.point_clicked.connect(self._go_to_step)
            self._place.addWidget(self._chart)
        return self._chart

    def show_found(self) -> None:
        """Show what was reckoned last."""
        found = self._view.found
        score = None if found is None else found.score
        if found is None or score is None:
            self.steps.put(())
            self.due.put(())
            self.rules.put(())
            self.chart.put(None)
            return
        now = Step(score.as_of, score.total, score.grade, ())
        later = [step for step in found.steps if step.date > score.as_of]
        today = [step for step in found.steps if step.date == score.as_of]
        self.steps.put([*(today or [now]), *later])
        self.due.put(self._days())
        self.rules.put(self._view.open_rules)
        figure = credit_figure(
            score, found.steps, found.basis.pack, self._shell.words.language
        )
        self.chart.put(figure)
        if self.isVisible():
            self.explain()

    def explain(self) -> None:
        """Tell of the row chosen in the table that has the focus."""
        tables = [one for one in self._tables if one.hasFocus()] or [self._tables[0]]
        tellers = (self._explain_step, self._explain_due, self._explain_rule)
        tellers[self._tables.index(tables[0])]()

    def _below(self) -> QSplitter:
        """Return the tables: the steps, and beside them the days and the rules."""
        steps, due, rules = self._tables
        below = QSplitter(Qt.Orientation.Horizontal, self)
        below.setHandleWidth(1)
        below.setChildrenCollapsible(False)
        left = self._titled(N_("What changes when"), steps)
        left.setContentsMargins(0, 0, 8, 0)
        below.addWidget(left)
        beside = QWidget(below)
        column = QVBoxLayout(beside)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self._titled(N_("Days to keep in mind"), due))
        column.addWidget(self._titled(N_("Rules to be checked"), rules))
        below.addWidget(beside)
        below.setStretchFactor(0, 3)
        below.setStretchFactor(1, 2)
        return below

    def _days(self) -> tuple[Due, ...]:
        """Return the days of the engine, and since when a decision is waited for."""
        found = self._view.found
        if found is None or found.score is None:
            return ()
        days = [Due(one.date, one.what) for one in found.deadlines]
        for line in found.score.lines:
            event, rule = line.event, line.rule
            if not line.standing.is_counting:
                continue
            objection, repair = event.objection, event.repair
            if objection and objection.filed_on and objection.decided_on is None:
                text = N_("{rule}: objection filed; the decision is to be entered")
                days.append(Due(objection.filed_on, Reason(text, rule)))
            if repair and repair.decided_on is None:
                text = N_("{rule}: repair applied for; the decision is to be entered")
                days.append(Due(repair.applied_on, Reason(text, rule)))
        return tuple(sorted(days, key=lambda one: one.on))

    def _steps(self) -> tuple[RowTable[Step], Table]:
        columns: tuple[TableColumn[Step], ...] = (
            TableColumn(N_("Day"), lambda one: one.date.isoformat(), width=100),
            TableColumn(N_("Total score"), lambda one: points(one.total), True, 88),
            TableColumn(N_("Grade"), lambda one: one.grade or "", width=56),
            TableColumn(N_("Because"), self._because, width=280),
        )
        return self._table("credit_steps", N_("What changes when"), columns, 3)

    def _due(self) -> tuple[RowTable[Due], Table]:
        columns: tuple[TableColumn[Due], ...] = (
            TableColumn(N_("Day"), lambda one: one.on.isoformat(), width=100),
            TableColumn(
                N_("What to do"),
                lambda one: one.what.brief(self._shell.words.language),
                width=170,
            ),
            TableColumn(
                N_("Rule"),
                lambda one: one.what.rule.named(self._shell.words.language),
                width=130,
            ),
        )
        name = N_("Days to keep in mind")
        model, table = self._table("credit_days", name, columns, 1)
        return model, table

    def _rules(self) -> tuple[RowTable[OpenRule], Table]:
        words = self._shell.words
        columns: tuple[TableColumn[OpenRule], ...] = (
            TableColumn(N_("Rule"), lambda one: self._name(one.name), width=150),
            TableColumn(N_("Because"), lambda one: words.say(one.why), width=180),
        )
        name = N_("Rules to be checked")
        model, table = self._table("credit_open_rules", name, columns, 1)
        table.doubleClicked.connect(self._want_rule)
        return model, table

    def _table(
        self, key: str, name: str, columns: tuple[TableColumn[T], ...], wide: int
    ) -> tuple[RowTable[T], Table]:
        words = self._shell.words
        model = RowTable(columns, words, self)
        table = Table(key, name, words, self)
        table.setModel(model)
        table.fit(wide, [column.width for column in columns])
        table.setMinimumHeight(ROW * 3)
        table.selectionModel().currentRowChanged.connect(self.explain)
        return model, table

    def _titled(self, title: str, table: Table) -> QWidget:
        holder = QWidget(self)
        label = QLabel(holder)
        label.setProperty("part", "muted")
        self._texts.put(label.setText, title)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label)
        column.addWidget(table, 1)
        return holder

    def _because(self, step: Step) -> str:
        if not step.because:
            return self._shell.words.tell(N_("as it stands on that day"))
        return step.say(self._shell.words.language)

    def _name(self, name: str) -> str:
        pack = self._view.pack
        language = self._shell.words.language
        return name if pack is None else place_words(pack, name, language)

    def _want_rule(self) -> None:
        row = self.rules.row(self._tables[2].currentIndex().row())
        if row is not None:
            self.rule_wanted.emit(row.place)

    def _go_to_step(self, number: int) -> None:
        if 0 <= number < len(self.steps.rows):
            self._tables[0].selectRow(number)

    def _explain_step(self) -> None:
        step = self.steps.row(self._tables[0].currentIndex().row())
        if step is None:
            self._shell.why.tell(None)
            return
        language = self._shell.words.language
        parts: list[tuple[Said, Said]] = [
            (N_("Total and grade"), score_words(step.total, step.grade)),
        ]
        parts += [(N_("Because"), one.say(language)) for one in step.because[:20]]
        for rule in {one.rule.code: one.rule for one in step.because}.values():
            parts += rule_parts(rule, self._shell)[:3]
        title = message(N_("Score on {day}"), day=step.date)
        self._shell.why.tell(Explanation(title, parts))

    def _explain_due(self) -> None:
        due = self.due.row(self._tables[1].currentIndex().row())
        if due is not None:
            said = due.what.say(self._shell.words.language)
            parts = rule_parts(due.what.rule, self._shell)
            self._shell.why.tell(Explanation(due.on.isoformat(), [("", said), *parts]))

    def _explain_rule(self) -> None:
        one = self.rules.row(self._tables[2].currentIndex().row())
        pack = self._view.pack
        item = None if one is None or pack is None else item_at(pack, one.place)
        if one is None or item is None:
            return
        parts: list[tuple[Said, Said]] = [(N_("Because"), one.why)]
        source, note = (
            getattr(item.thing, "source", ""),
            getattr(item.thing, "note", ""),
        )
        parts += [
            (N_("How surely it was read"), mark_words(item.mark, self._shell.words)),
            (N_("Source"), source),
            (N_("Remark"), note),
        ]
        told = [part for part in parts if part[1]]
        self._shell.why.tell(Explanation(self._name(one.name), told))


def rule_parts(rule: Rule, shell: Shell) -> list[tuple[Said, Said]]:
    """Return what stands behind a rule: legal basis, mark, source, remark."""
    parts: list[tuple[Said, Said]] = [
        (N_("Rule"), rule.named(shell.words.language)),
        (N_("Legal basis"), rule.legal),
        (N_("Source"), rule.source),
        (N_("How surely it was read"), mark_words(rule.mark, shell.words)),
        (N_("Remark"), rule.note),
    ]
    return [part for part in parts if part[1]]
