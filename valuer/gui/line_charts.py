"""Lines of steps: what becomes of a cohort, how a credit score goes on.

Lines differ by their strokes and each has its name beside it; grades are named grounds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics

from valuer.core.figures import first_days, ticks, ticks_within
from valuer.core.quality_figures import (
    IncidenceFigure,
    IncidenceLine,
    ScoreStep,
    StepFigure,
)
from valuer.gui.chart_canvas import AROUND, Canvas, Place
from valuer.gui.chart_room import small


def incidence(figure: IncidenceFigure, canvas: Canvas) -> None:
    """Draw each way to end as a line of steps in its band."""
    colours, strokes = (
        canvas.tokens.series,
        (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine),
    )
    known = [
        end
        for line in figure.lines
        for end in (*line.values, *line.highs)
        if not math.isnan(end)
    ]
    places, along = ticks_within(0.0, max([*known, 1.0])), figure.places
    taken: list[float] = []
    apart = places[-1] * 14 / max(canvas.height - 90, 60)
    for number, line in enumerate(figure.lines):
        colour = colours[number % len(colours)]
        lows, highs = _stairs(line, line.lows), _stairs(line, line.highs)
        if lows and highs:
            canvas.band(lows, highs, colour, 45)
        stairs = _stairs(line, line.values)
        if not stairs:
            continue
        canvas.line(stairs, colour, 2, strokes[number % len(strokes)])
        y = stairs[-1][1]
        while any(abs(y - other) < apart for other in taken):
            y += apart
        taken.append(y)
        canvas.text(line.label, stairs[-1][0], y, (0.0, 0.5))
    canvas.scale("left", places, figure.unit)
    canvas.scale("bottom", along, figure.time_label)
    share = _share(canvas, [line.label for line in figure.lines])
    low = -0.02 * along[-1], -0.03 * places[-1]  # the noughts have room
    canvas.show((low[0], along[-1] / (1 - share)), (low[1], places[-1] * 1.03))


def steps(figure: StepFigure, canvas: Canvas) -> None:
    """Draw the total from day to day before the grades."""
    tokens = canvas.tokens
    places = ticks(*figure.reach)
    first, last = figure.first.toordinal(), figure.last.toordinal()
    share = _share(canvas, [band.label for band in figure.bands])
    right = first + (last - first) / (1 - share)
    _grades(figure, canvas, (places[0], places[-1]), (first, last))
    spans = figure.spans
    _totals(figure.supposed_spans, canvas, tokens.series[1], Qt.PenStyle.DashLine)
    _totals(spans, canvas, tokens.series[0], Qt.PenStyle.SolidLine)
    for start, _, step in spans:
        if step.total is None:
            canvas.text("?", start.toordinal(), places[0], (0.0, 1.0))
    _name_supposed(figure, canvas)
    canvas.spots = [
        (start.toordinal(), places[0] if step.total is None else step.total)
        for start, _, step in spans
    ]
    _labels(spans, canvas, (last - first) / max(canvas.width - AROUND, 100))
    canvas.scale("left", places, figure.unit)
    days = first_days(figure.first, figure.last, max((canvas.width - AROUND) // 70, 1))
    canvas.names("bottom", [(day.toordinal(), f"{day:%Y-%m}") for day in days])
    edge = 0.03 * (places[-1] - places[0])
    canvas.show((first, right), (places[0] - edge, places[-1] + edge))


def _totals(
    spans: Sequence[tuple[date, date, ScoreStep]],
    canvas: Canvas,
    colour: str,
    stroke: Qt.PenStyle,
) -> None:
    """Draw the totals of a line, broken where they are not known."""
    line: list[Place] = []
    for start, end, step in spans:
        if step.total is None:
            canvas.line(line, colour, 2, stroke)
            line = []
        else:
            line += [(start.toordinal(), step.total), (end.toordinal(), step.total)]
    canvas.line(line, colour, 2, stroke)


def _name_supposed(figure: StepFigure, canvas: Canvas) -> None:
    """Write what the second line is at its longest step away from the first one."""
    apart = []
    for start, end, step in figure.supposed_spans:
        middle = start + (end - start) / 2
        real = [one.total for first, _, one in figure.spans if first <= middle]
        if step.total is not None and step.total not in real[-1:]:
            apart.append((end - start, middle, step.total))
    for _, middle, total in sorted(apart)[-1:]:
        canvas.text(figure.supposed_label, middle.toordinal(), total, (0.5, 1.0))


def _stairs(line: IncidenceLine, values: Sequence[float]) -> list[Place]:
    """Return the corners of steps, each value held until the next time."""
    points = [
        (time, value)
        for time, value in zip(line.times, values, strict=False)
        if not math.isnan(value)
    ]
    stairs = points[:1]
    for (_, before), (time, value) in pairwise(points):
        stairs += [(time, before), (time, value)]
    return stairs


def _share(canvas: Canvas, labels: Sequence[str]) -> float:
    """Return which share of the width the names at the right ends need."""
    metrics = QFontMetrics(small(canvas.font))
    wide = max(map(metrics.horizontalAdvance, labels), default=0)
    return min((wide + 10) / max(canvas.width - AROUND, 100), 0.3)


def _grades(
    figure: StepFigure,
    canvas: Canvas,
    reach: tuple[float, float],
    days: tuple[float, float],
) -> None:
    """Draw the grounds of the grades, every second one shaded, named at the right."""
    for number, band in enumerate(figure.bands):
        low = max(reach[0], reach[0] if band.low is None else band.low)
        high = min(reach[1], reach[1] if band.high is None else band.high)
        if high <= low:
            continue
        if number % 2:
            ground = QColor(canvas.tokens.background)
            bar = pg.BarGraphItem(
                x0=[days[0]],
                x1=[days[1]],
                y0=[low],
                y1=[high],
                brush=ground,
                pen=pg.mkPen(None),
            )
            canvas.add(bar)
        canvas.line([(days[0], low), (days[1], low)], canvas.tokens.line)
        canvas.text(band.label, days[1], (low + high) / 2, (0.0, 0.5))


def _labels(
    spans: Sequence[tuple[date, date, ScoreStep]], canvas: Canvas, day: float
) -> None:
    """Write each total above the beginning of its step, where there is room.

    ``day`` is how many days a pixel is.
    """
    metrics, free = QFontMetrics(small(canvas.font)), -math.inf
    for start, _, step in spans:
        if step.total is None or not step.label or start.toordinal() < free:
            continue
        canvas.text(step.label, start.toordinal(), step.total, (0.0, 1.0))
        free = start.toordinal() + (metrics.horizontalAdvance(step.label) + 8) * day
