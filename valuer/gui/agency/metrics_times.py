"""By when which part of the cases has ended, for a metric that is a time."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QVBoxLayout, QWidget

from valuer.agency.columns import Docket
from valuer.agency.metric import Grouping, Shape
from valuer.agency.quality_words import group_name
from valuer.agency.times import SHARES, Growth, Times, growth, times
from valuer.core.quality_figures import IncidenceFigure, IncidenceLine
from valuer.core.texts import N_, message
from valuer.gui.agency.metrics_asked import Asked, Behind
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_sentence import LACKS, NO_CASES, RECKONING, Sentence
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn
from valuer.gui.words import Words

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

_NO_TIME = N_(
    "This metric is no time. “Time from examination to the decision”, “Time from filing"
    " to the decision” and “Time until a complaint is closed” are."
)
_READING = N_(
    "Columns: the months by which so many of the cases have ended, by Kaplan and Meier; what is"
    " pending counts as long as it was followed. “–”: not so many have ended yet."
)


@dataclass(frozen=True, slots=True)
class Ended:
    """Times of groups, all together first, and how the part that ended grows."""

    times: tuple[Times, ...]
    growth: Growth | None


class TimesPanel(QWidget):
    """Quantiles left, the curve of all right; ``behind`` wants a group's cases."""

    behind = Signal(object)

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._reckoning = shell, reckoning
        self._asked: Asked | None = None
        self._growth: Growth | None = None
        self.chart: Chart | None = None
        self._sentence = Sentence("metrics_times", shell.words, self)
        self.lines: RowTable[Times] = RowTable(self._columns(), shell.words, self)
        self.table = Table(
            "metrics_times", N_("Times of the cases in groups"), shell.words, self
        )
        self.table.setModel(self.lines)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.fit(
            len(self.lines.columns) - 1, [column.width for column in self.lines.columns]
        )
        self.table.activated.connect(self._open)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._sentence.hold(self._split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sentence)
        shell.words.changed.connect(self._draw)

    def put(self, asked: Asked | None) -> None:
        """Show the times of a metric."""
        self._asked = asked
        if asked is None or asked.row.missing:
            self._sentence.say(LACKS if asked else "", alone=True)
            return
        if asked.metric.shape is not Shape.TIME:
            self._sentence.say(_NO_TIME, alone=True)
            return
        self._sentence.say(RECKONING, alone=not self.lines.rows)
        self._reckoning.ask("times", lambda docket, _: ended(docket, asked), self._show)

    def _columns(self) -> tuple[TableColumn[Times], ...]:
        asked = self._asked
        by = asked.question.by if asked else None
        return times_columns(self._shell.words, by)

    def _show(self, found: Ended) -> None:
        self.lines.columns = self._columns()
        self.lines.put(found.times)
        self._growth = found.growth
        if not found.times:
            self._sentence.say(NO_CASES, alone=True)
            return
        self._sentence.say(_READING)
        self._draw()

    def _draw(self) -> None:
        if self._growth is None:
            return
        shell = self._shell
        if self.chart is None:
            from valuer.gui.charts import Chart

            self.chart = Chart("metrics_growth", shell.theme, shell.words, self)
            self.chart.setMinimumWidth(260)
            self._split.addWidget(self.chart)
            self._split.setSizes([640, 340])
        self.chart.put(growth_figure(self._growth, shell.words))

    def _open(self, index: Index) -> None:
        one, asked = self.lines.row(index.row()), self._asked
        if one is None or asked is None:
            return
        name = group_name(one.group, asked.question.by)
        text = N_("{metric}, {group}")
        title = message(text, metric=message(asked.metric.name), group=name)
        question = asked.question
        if one.group is None:
            question = replace(question, by=None)
        self.behind.emit(Behind(title, asked.metric, question, one.group))


def ended(docket: Docket, asked: Asked) -> Ended:
    """Return the times of all together and of each group, and the curve of all."""
    whole = replace(asked.question, by=None)
    every = times(docket, whole, asked.metric)
    groups: tuple[Times, ...] = ()
    if asked.question.by is not None:
        found = times(docket, asked.question, asked.metric)
        groups = tuple(sorted(found, key=lambda one: (not one.group, one.group)))
    return Ended((*every, *groups), growth(docket, whole, asked.metric))


def growth_figure(found: Growth, words: Words) -> IncidenceFigure:
    """Return the curve of how many have ended by each month."""
    tell = words.tell
    ended, low, high = (
        tuple((100 * part).tolist()) for part in (found.ended, found.low, found.high)
    )
    months = tuple(float(month) for month in found.months)
    line = IncidenceLine(tell(N_("ended")), months, ended, low, high)
    title = tell(N_("Part ended by each month, n = {count}"), count=f"{found.n:,}")
    return IncidenceFigure(title, "%", tell(N_("months from the start")), (line,))


def times_columns(words: Words, by: Grouping | None) -> tuple[TableColumn[Times], ...]:
    """Return the columns of the times."""

    def month(value: float) -> str:
        return "–" if math.isnan(value) else f"{value:,.1f}"

    def at(place: int) -> Callable[[Times], str]:
        def shown(one: Times) -> str:
            if math.isnan(one.months[place]) or SHARES[place] != _MIDDLE:
                return month(one.months[place])
            low, high = month(one.low[place]), month(one.high[place])
            return f"{month(one.months[place])} ({low}–{high})"

        return shown

    parts = (
        TableColumn(
            message(N_("{share}%"), share=f"{share * 100:.0f}"),
            at(place),
            is_number=True,
            width=124 if share == _MIDDLE else 60,
        )
        for place, share in enumerate(SHARES)
    )
    return (
        TableColumn(
            N_("Group of cases"),
            lambda one: words.say(group_name(one.group, by)),
            width=112,
        ),
        TableColumn(N_("n"), lambda one: f"{one.n:,}", is_number=True, width=52),
        TableColumn(
            N_("Ended, cases"), lambda one: f"{one.ended:,}", is_number=True, width=100
        ),
        *parts,
    )


_MIDDLE = 0.5
