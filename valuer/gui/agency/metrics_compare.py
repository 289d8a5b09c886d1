"""A metric in two periods beside each other, with the difference and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.cohorts import Compared, compared
from valuer.agency.metric import Grouping, Question
from valuer.agency.quality import Row
from valuer.agency.quality_words import (
    Said,
    change_words,
    group_name,
    interval_words,
    value_words,
)
from valuer.core.periods import add_months
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.metrics_asked import Asked, Behind
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_sentence import LACKS, NO_CASES, RECKONING, Sentence
from valuer.gui.fields import Choice, date_entry
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn
from valuer.gui.words import Texts, Words


class Against(StrEnum):
    """What a period is held against."""

    BEFORE = "before"
    YEAR = "year"
    CUSTOM = "custom"


AGAINST = (
    (Against.BEFORE, N_("As long, just before")),
    (Against.YEAR, N_("The same days a year earlier")),
    (Against.CUSTOM, N_("From … to …")),
)

_UNBOUNDED = N_(
    "Choose a period above with a first and a last day: it is held against another one."
)
_NO_OTHER = N_("Give the first and the last day of the earlier period.")
_SURE, _UNSURE = N_("beyond chance"), N_("within chance")


class ComparePanel(QWidget):
    """The earlier period is chosen here, the later one in the filter bar."""

    behind = Signal(object)

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._reckoning = shell, reckoning
        self._texts = Texts(shell.words, self)
        self._asked: Asked | None = None
        self._earlier: Question | None = None
        self._sentence = Sentence("metrics_compare", shell.words, self)
        self.lines: RowTable[Compared] = RowTable(
            compare_columns(shell.words, None), shell.words, self
        )
        self.table = Table(
            "metrics_compare", N_("The metric in two periods"), shell.words, self
        )
        self.table.setModel(self.lines)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.fit(0, [column.width for column in self.lines.columns])
        self.table.activated.connect(self._open)
        self._sentence.hold(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._choice())
        layout.addWidget(self._sentence, 1)

    def put(self, asked: Asked | None) -> None:
        """Compare a metric."""
        if asked is not None and asked.question.by is Grouping.MONTH:
            # No month lies in both periods.
            asked = replace(asked, question=replace(asked.question, by=None))
        self._asked = asked
        if asked is None or asked.row.missing:
            self._sentence.say(LACKS if asked else "", alone=True)
            return
        self._earlier = self._before(asked.question)
        if self._earlier is None:
            is_bounded = asked.question.first and asked.question.last
            self._sentence.say(_NO_OTHER if is_bounded else _UNBOUNDED, alone=True)
            return
        self._sentence.say(RECKONING, alone=not self.lines.rows)
        earlier, later, key = self._earlier, asked.question, asked.row.key
        self._reckoning.ask(
            "compare",
            lambda docket, _: compared(docket, earlier, later, key),
            self._show,
        )

    def _choice(self) -> QWidget:
        line = QWidget(self)
        label = QLabel(line)
        self._texts.put(label.setText, N_("Compared with"))
        self.against = Choice(self._shell.words, line)
        self.against.offer(AGAINST)
        self.against.put(Against.BEFORE)
        self._texts.name(
            self.against, "metrics_against", N_("Which period it is compared with")
        )
        self.first, self.last = date_entry(line), date_entry(line)
        for entry, key, name in (
            (
                self.first,
                "metrics_against_first",
                N_("First day of the earlier period"),
            ),
            (self.last, "metrics_against_last", N_("Last day of the earlier period")),
        ):
            self._texts.name(entry, key, name)
            entry.committed.connect(self._again)
            entry.hide()
        self.against.committed.connect(self._again)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (label, self.against, self.first, self.last):
            layout.addWidget(widget)
        layout.addStretch(1)
        return line

    def _again(self) -> None:
        is_custom = self.against.value == Against.CUSTOM
        self.first.setVisible(is_custom)
        self.last.setVisible(is_custom)
        self.put(self._asked)

    def _before(self, later: Question) -> Question | None:
        """Return the earlier period; None where there is none yet."""
        if later.first is None or later.last is None:
            return None
        if self.against.value == Against.CUSTOM:
            if self.first.value is None or self.last.value is None:
                return None
            return replace(later, first=self.first.value, last=self.last.value)
        first, last = period_before(
            later.first, later.last, by_year=self.against.value == Against.YEAR
        )
        return replace(later, first=first, last=last)

    def _show(self, found: Sequence[Compared]) -> None:
        asked, earlier = self._asked, self._earlier
        if asked is None or earlier is None:
            return
        self.lines.columns = compare_columns(self._shell.words, asked.question.by)
        shown = [one for one in found if one.earlier.n or one.later.n]
        shown.sort(key=lambda one: (not one.later.group, one.later.group or ""))
        self.lines.put(shown)
        if not self.lines.rows:
            self._sentence.say(NO_CASES, alone=True)
            return
        self._sentence.say(_periods(earlier, asked.question))

    def _open(self, index: Index) -> None:
        one, asked = self.lines.row(index.row()), self._asked
        if one is None or asked is None:
            return
        name = group_name(one.later.group, asked.question.by)
        text = N_("{metric}, {group}")
        title = message(text, metric=message(asked.metric.name), group=name)
        self.behind.emit(Behind(title, asked.metric, asked.question, one.later.group))


def period_before(first: date, last: date, *, by_year: bool) -> tuple[date, date]:
    """Return the period as long just before, or the same days a year earlier."""
    if by_year:
        return add_months(first, -12), add_months(last, -12)
    end = first - timedelta(days=1)
    months = _whole_months(first, last)
    if months:
        return add_months(first, -months), end
    return end - (last - first), end


def _whole_months(first: date, last: date) -> int:
    """Return how many whole months a period has; 0: it ends within one."""
    after = last + timedelta(days=1)
    months = 12 * (after.year - first.year) + after.month - first.month
    return months if months > 0 and add_months(first, months) == after else 0


def _periods(earlier: Question, later: Question) -> Said:
    days = (earlier.first, earlier.last, later.first, later.last)
    names = ("before", "until", "first", "last")
    return message(
        N_(
            "Earlier: {before} to {until}; later: {first} to {last}. The difference of"
            " shares has Newcombe's interval (1998, method 10), from the two Wilson"
            " intervals; that of other figures is made in the same way."
        ),
        **{n: formats.day(day) for n, day in zip(names, days, strict=True)},
    )


def compare_columns(
    words: Words, by: Grouping | None
) -> tuple[TableColumn[Compared], ...]:
    """Return the columns of a comparison."""

    def value(row: Row) -> str:
        interval = interval_words(row)
        if not interval:
            return words.say(value_words(row))
        text = N_("{value} ({interval})")
        return words.tell(text, value=value_words(row), interval=interval)

    def sure(one: Compared) -> str:
        if one.low is None or one.high is None:
            return "–"
        return words.tell(_SURE if one.is_sure else _UNSURE)

    columns = (
        (N_("n before"), lambda one: f"{one.earlier.n:,}", 72),
        (N_("Earlier period"), lambda one: value(one.earlier), 164),
        (N_("n now"), lambda one: f"{one.later.n:,}", 72),
        (N_("Later period"), lambda one: value(one.later), 164),
        (N_("Difference, 95% interval"), lambda o: words.say(change_words(o)), 216),
        (N_("Verdict"), sure, 112),
    )
    return (
        TableColumn(
            N_("Group of cases"),
            lambda one: words.say(group_name(one.later.group, by)),
            width=120,
        ),
        *(
            TableColumn(label, show, is_number=True, width=width)
            for label, show, width in columns
        ),
    )
