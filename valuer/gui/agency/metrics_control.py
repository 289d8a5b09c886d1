"""Control charts of one metric: by month, along counts of groups, or between losses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.agency.columns import Docket
from valuer.agency.figure_making import control_figure, rare_figure
from valuer.agency.metric import Grouping, Shape
from valuer.agency.quality import answer
from valuer.agency.quality_charts import (
    LOSSES,
    funnel_of,
    losses_of,
    lost_cases,
    p_chart_of,
)
from valuer.agency.quality_words import Said, group_name
from valuer.core.quality_figures import ControlFigure, RareFigure
from valuer.core.texts import N_, message
from valuer.gui.agency.metrics_asked import Asked, Behind
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_sentence import LACKS, NO_CASES, RECKONING, Sentence
from valuer.gui.shell import Shell

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

NAMED = 8
"""Names told of those beyond the limits; the chart has the others."""

_NO_RATE = N_(
    "A control chart holds shares of cases against chance; this metric is none. “By group”"
    " and “Time” show how it differs."
)
_NO_LOSSES = N_("No right was lost over a due date of the period.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure, and the cases behind each of its points; None: there is nothing."""

    figure: ControlFigure | RareFigure | None
    behind: tuple[Behind, ...] = ()


class ControlPanel(QWidget):
    """The chart; ``behind`` tells whose cases are wanted when a point is clicked."""

    behind = Signal(object)

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._reckoning = shell, reckoning
        self._asked: Asked | None = None
        self._points: tuple[Behind, ...] = ()
        self.chart: Chart | None = None
        self._sentence = Sentence("metrics_control", shell.words, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sentence)
        shell.words.changed.connect(lambda: self.put(self._asked))

    def put(self, asked: Asked | None) -> None:
        """Show the chart of a metric."""
        self._asked = asked
        if asked is None or asked.row.missing:
            self._sentence.say(LACKS if asked else "", alone=True)
            return
        if asked.metric.shape is not Shape.RATE:
            self._sentence.say(_NO_RATE, alone=True)
            return
        self._sentence.say(RECKONING, alone=self.chart is None)
        language = self._shell.words.language
        self._reckoning.ask(
            "control", lambda docket, _: drawn(docket, asked, language), self._show
        )

    def _show(self, found: Drawn) -> None:
        self._points = found.behind
        if found.figure is None:
            is_loss = self._asked is not None and self._asked.row.key == LOSSES
            self._sentence.say(_NO_LOSSES if is_loss else NO_CASES, alone=True)
            return
        if self.chart is None:
            from valuer.gui.charts import Chart

            shell = self._shell
            self.chart = Chart("metrics_control", shell.theme, shell.words, self)
            self.chart.setMinimumHeight(180)
            self.chart.point_clicked.connect(self._open)
            self._sentence.hold(self.chart)
        self.chart.put(found.figure)
        self._sentence.say(_outside(found.figure))

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._points):
            self.behind.emit(self._points[number])


def drawn(docket: Docket, asked: Asked, language: str) -> Drawn:
    """Return the control chart of a rate as the question groups it."""
    by = asked.question.by
    if asked.row.key == LOSSES and by in (None, Grouping.MONTH):
        return _between_losses(docket, asked, language)
    by = by or Grouping.MONTH
    question = replace(asked.question, by=by)
    rows = answer(docket, question, (asked.metric,))
    charted = p_chart_of(rows) if by is Grouping.MONTH else funnel_of(rows)
    if not charted.rows:
        return Drawn(None)
    name = message(asked.metric.name)
    behind = tuple(
        Behind(
            message(
                N_("{metric}, {group}"), metric=name, group=group_name(row.group, by)
            ),
            asked.metric,
            question,
            row.group,
        )
        for row in charted.rows
    )
    return Drawn(control_figure(charted, by, language), behind)


def _between_losses(docket: Docket, asked: Asked, language: str) -> Drawn:
    question = replace(asked.question, by=None)
    chart, numbers = losses_of(docket, question), lost_cases(docket, question)
    if not numbers:
        return Drawn(None)
    behind = tuple(
        Behind(
            message(N_("Right lost, case {number}"), number=number),
            asked.metric,
            question,
            numbers=(number,),
        )
        for number in numbers
    )
    return Drawn(rare_figure(chart, language), behind)


def _outside(figure: ControlFigure | RareFigure) -> Said:
    """Return which points are beyond the limits, in words."""
    if isinstance(figure, RareFigure):
        return _rarer(figure)
    out = [one.label for one in figure.points if one.is_out]
    warned = sum(one.is_warned for one in figure.points)
    if not out:
        text = N_(
            "None is beyond the limits of chance; {count} beyond the warning lines."
        )
        return message(text, count=f"{warned:,}")
    text = N_(
        "Beyond the limits of chance: {names}. A click on a point shows its cases."
    )
    return message(text, names=_some(out))


def _rarer(figure: RareFigure) -> Said:
    if any(figure.out):
        return N_(
            "A point above the limit: losses had become rarer than before. Low points are"
            " losses in quick succession. A click on a point shows its case."
        )
    return N_(
        "Each point is a right lost: how many due dates had gone well since the one before."
        " Low points are losses in quick succession. A click on a point shows its case."
    )


def _some(names: Sequence[str]) -> tuple[object, ...]:
    shown: tuple[object, ...] = tuple(names[:NAMED])
    if len(names) <= NAMED:
        return shown
    return (*shown, message(N_("{count} more"), count=f"{len(names) - NAMED:,}"))
