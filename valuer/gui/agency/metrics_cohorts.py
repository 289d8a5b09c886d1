"""Cohorts of inventions by quarter of filing: granted and lost by 12, 24, 36 months."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QVBoxLayout, QWidget

from valuer.agency.cohorts import COHORT, Cohort, cohorts, whole_cohort
from valuer.agency.columns import Docket
from valuer.agency.figure_making import incidence_figure
from valuer.agency.metric import Question
from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.agency.quality_words import interval_words, value_words
from valuer.agency.times import LONGEST
from valuer.core.periods import add_months
from valuer.core.texts import N_, Message, message
from valuer.gui.agency.metrics_asked import Asked, Behind
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_sentence import RECKONING, Sentence
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn
from valuer.gui.words import Words

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

MONTHS = (12, 24, 36)
"""Months from filing whose chances the table tells."""

_EACH = tuple(range(LONGEST + 1))
_NONE = N_("No invention with a day of filing stands in the docket for this choice.")
_READING = N_(
    "Inventions by quarter of filing, up to the period's end; its first day is left out"
    " of account, since a cohort takes years to be followed. Granted, lost and pending"
    " make 100%."
)


@dataclass(frozen=True, slots=True)
class Followed:
    """Cohorts with a chance for every month, newest first; the first is all of them."""

    cohorts: tuple[Cohort, ...]


class CohortPanel(QWidget):
    """Quarters left, how the chosen one goes on right; ``behind`` wants its cases."""

    behind = Signal(object)

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._reckoning = shell, reckoning
        self._asked: Asked | None = None
        self.chart: Chart | None = None
        self._sentence = Sentence("metrics_cohorts", shell.words, self)
        self.lines: RowTable[Cohort] = RowTable(
            cohort_columns(shell.words), shell.words, self
        )
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._listing())
        self._sentence.hold(self._split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sentence)
        shell.words.changed.connect(self._draw)

    def put(self, asked: Asked | None) -> None:
        """Show the cohorts of a question's clients, agents and fields."""
        self._asked = asked
        if asked is None:
            self._sentence.say("", alone=True)
            return
        self._sentence.say(RECKONING, alone=not self.lines.rows)
        question = replace(asked.question, first=None, by=None)
        self._reckoning.ask(
            "cohorts", lambda docket, _: followed(docket, question), self._show
        )

    def _listing(self) -> Table:
        words = self._shell.words
        self.table = Table(
            "metrics_cohorts", N_("Cohorts by quarter of filing"), words, self
        )
        self.table.setModel(self.lines)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.fit(
            len(self.lines.columns) - 1, [column.width for column in self.lines.columns]
        )
        self.table.selectionModel().currentRowChanged.connect(self._draw)
        self.table.activated.connect(self._open)
        return self.table

    def _show(self, found: Followed) -> None:
        chosen = max(self.table.currentIndex().row(), 0)
        self.lines.put(found.cohorts)
        if not found.cohorts:
            self._sentence.say(_NONE, alone=True)
            return
        self._sentence.say(_READING)
        self.table.selectRow(min(chosen, len(found.cohorts) - 1))
        self._draw()

    def _draw(self) -> None:
        cohort = self.lines.row(self.table.currentIndex().row())
        if cohort is None:
            return
        shell = self._shell
        if self.chart is None:
            from valuer.gui.charts import Chart

            self.chart = Chart("metrics_incidence", shell.theme, shell.words, self)
            self.chart.setMinimumWidth(260)
            self._split.addWidget(self.chart)
            self._split.setSizes([680, 300])
        figure = incidence_figure(cohort, shell.words.language)
        text = N_("{quarter}: granted and lost, n = {count}")
        quarter = quarter_words(cohort)
        title = shell.words.tell(text, quarter=quarter, count=f"{cohort.n:,}")
        self.chart.put(replace(figure, title=title))

    def _open(self, index: Index) -> None:
        cohort, asked = self.lines.row(index.row()), self._asked
        if cohort is None or asked is None:
            return
        question = replace(asked.question, first=None, by=None)
        title: Message | str = N_("Inventions of all quarters")
        if cohort.quarter:
            first, last = days_of(cohort.quarter)
            end = min(last, question.last) if question.last else last
            question = replace(question, first=first, last=end)
            text = N_("Inventions filed in {quarter}")
            title = message(text, quarter=cohort.quarter)
        self.behind.emit(Behind(title, metric(COHORT), question))


def followed(docket: Docket, question: Question) -> Followed:
    """Return the cohorts of a question, all together first, then the newest."""
    whole = whole_cohort(docket, question, _EACH)
    if whole is None:
        return Followed(())
    quarters = cohorts(docket, question, _EACH)
    return Followed((whole, *reversed(quarters)))


def days_of(quarter: str) -> tuple[date, date]:
    """Return the first and the last day of a quarter, as ``2024Q3``."""
    year, number = quarter.split("Q")
    first = date(int(year), 3 * int(number) - 2, 1)
    return first, date.fromordinal(add_months(first, 3).toordinal() - 1)


def quarter_words(cohort: Cohort) -> Message:
    """Return the name of a cohort's quarter."""
    return message(cohort.quarter or N_("All quarters"))


def cohort_columns(words: Words) -> tuple[TableColumn[Cohort], ...]:
    """Return the columns of the cohorts."""

    def share(part: str, month: int) -> Callable[[Cohort], str]:
        def shown(one: Cohort) -> str:
            ends = (
                getattr(one, f"{part}{end}")[month] for end in ("", "_low", "_high")
            )
            value, low, high = (None if math.isnan(e) else float(e) for e in ends)
            row = Row(COHORT, None, one.n, None, value, low, high)
            if value is None:
                return "–"
            text = N_("{value} ({interval})")
            parts = (words.say(one(row)) for one in (value_words, interval_words))
            value_told, interval = (part.removesuffix("%") for part in parts)
            return words.tell(text, value=value_told, interval=interval)

        return shown

    granted = (
        TableColumn(
            message(N_("By {month} months, %"), month=month),
            share("granted", month),
            is_number=True,
            width=124,
        )
        for month in MONTHS
    )
    return (
        TableColumn(
            N_("Filed in"), lambda one: words.say(quarter_words(one)), width=88
        ),
        TableColumn(N_("n"), lambda one: f"{one.n:,}", is_number=True, width=56),
        *granted,
        TableColumn(
            message(N_("Lost by {month}, %"), month=MONTHS[-1]),
            share("lost", MONTHS[-1]),
            is_number=True,
            width=124,
        ),
    )
