"""Draw lines of steps as vectors: what becomes of a cohort, how a credit score goes on.

Lines differ by their strokes and each has its name beside it; grades are named grounds,
pale and paler, so that grey print loses nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from reportlab.graphics.shapes import Drawing

from valuer.core.figures import first_days, tick_labels, ticks, ticks_within
from valuer.core.quality_figures import (
    IncidenceFigure,
    IncidenceLine,
    ScoreStep,
    StepFigure,
)
from valuer.reports.plotting import GAP, SIZE, Plot, Scale, scale
from valuer.reports.style import BLUE, GRID, PALE, TEXT, VERMILLION, Colour

_STROKES: tuple[tuple[Colour, tuple[float, ...] | None, Colour], ...] = (
    (BLUE, None, (0.85, 0.91, 0.95)),
    (VERMILLION, (4.0, 2.0), (0.97, 0.90, 0.85)),
)
"""Colour, dash and band of each line in turn."""


def incidence(shown: IncidenceFigure, plot: Plot) -> Drawing:
    """Draw each way to end as a line of steps in its band."""
    ends = [end for line in shown.lines for end in (*line.values, *line.highs)]
    known = [end for end in ends if not math.isnan(end)]
    places = ticks_within(0.0, max([*known, 1.0]))
    along = shown.places
    left = plot.widest(tick_labels(places)) + GAP + 1
    room = plot.widest([line.label for line in shown.lines]) + 2 * GAP
    foot, top = 32.0, plot.height - 20
    up, across = scale(places, foot, top), scale(along, left, plot.width - room)
    for line, (_, _, ground) in zip(shown.lines, _STROKES, strict=False):
        lows, highs = (_stairs(line, part) for part in (line.lows, line.highs))
        if lows and highs:
            edges = [*lows, *reversed(highs)]
            plot.band([(across(x), up(y)) for x, y in edges], ground)
    plot.rules(places, left, up)
    for place, label in zip(along, tick_labels(along), strict=True):
        plot.line((across(place), foot), (across(place), foot - 2.5), TEXT)
        plot.text(across(place), foot - 11, label, "middle")
    plot.text(0, plot.height - 9, shown.unit)
    plot.text(plot.width, 2, shown.time_label, "end")
    plot.line((left, foot), (plot.width, foot), TEXT, 0.8)
    _ways(shown, plot, across, up)
    return plot.drawing


def steps(shown: StepFigure, plot: Plot) -> Drawing:
    """Draw the total from day to day before the grades."""
    places = ticks(*shown.reach)
    left = plot.widest(tick_labels(places)) + GAP + 1
    right = plot.width - plot.widest([band.label for band in shown.bands]) - 2 * GAP
    foot, top = 20.0, plot.height - 18
    up = scale(places, foot, top)
    days = float((shown.last - shown.first).days or 1)

    def across(day: date) -> float:
        return left + (day - shown.first).days / days * (right - left)

    _grades(shown, plot, (places[0], places[-1]), up, (left, right))
    plot.rules(places, left, up)
    for day in first_days(shown.first, shown.last):
        plot.line((across(day), foot), (across(day), foot - 2.5), TEXT)
        plot.text(across(day), foot - 11, f"{day:%Y-%m}", "middle")
    plot.text(0, plot.height - 9, shown.unit)
    plot.line((left, foot), (plot.width, foot), TEXT, 0.8)
    _totals(plot, shown.supposed_spans, (across, up), VERMILLION, (4.0, 2.0))
    _totals(plot, shown.spans, (across, up), BLUE, None)
    for start, _, step in shown.spans:
        if step.total is None:
            plot.text(across(start), up(places[0]) + 3, "?")
    if shown.supposed:
        plot.text(right, plot.height - 9, shown.supposed_label, "end")
    _step_labels(shown, plot, across, up, right)
    return plot.drawing


def _ways(shown: IncidenceFigure, plot: Plot, across: Scale, up: Scale) -> None:
    """Draw the line of each way to end with its name, the names apart."""
    taken: list[float] = []
    for line, (colour, dash, _) in zip(shown.lines, _STROKES, strict=False):
        stairs = [(across(x), up(y)) for x, y in _stairs(line, line.values)]
        plot.path(stairs, colour, 1.3, dash)
        if stairs:
            y = stairs[-1][1] - 2.6
            while any(abs(y - other) < SIZE + 1 for other in taken):
                y += SIZE + 1
            taken.append(y)
            plot.text(stairs[-1][0] + GAP, y, line.label)


def _totals(
    plot: Plot,
    spans: Sequence[tuple[date, date, ScoreStep]],
    to: tuple[Callable[[date], float], Scale],
    colour: Colour,
    dash: Sequence[float] | None,
) -> None:
    """Draw the totals of a line, broken where they are not known."""
    across, up = to
    line: list[tuple[float, float]] = []
    for start, end, step in spans:
        if step.total is None:
            plot.path(line, colour, 1.5, dash)
            line = []
        else:
            line += [(across(start), up(step.total)), (across(end), up(step.total))]
    plot.path(line, colour, 1.5, dash)


def _stairs(line: IncidenceLine, values: Sequence[float]) -> list[tuple[float, float]]:
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


def _grades(
    shown: StepFigure,
    plot: Plot,
    reach: tuple[float, float],
    up: Scale,
    sides: tuple[float, float],
) -> None:
    """Draw the grounds of the grades with their names at the right."""
    left, right = sides
    for number, band in enumerate(shown.bands):
        low = max(reach[0], reach[0] if band.low is None else band.low)
        high = min(reach[1], reach[1] if band.high is None else band.high)
        if high <= low:
            continue
        corners = [(left, low), (right, low), (right, high), (left, high)]
        ground = PALE if number % 2 else (1.0, 1.0, 1.0)
        plot.band([(x, up(y)) for x, y in corners], ground)
        plot.line((left, up(low)), (right, up(low)), GRID, 0.6)
        plot.text(right + GAP, up((low + high) / 2) - 2.6, band.label)


def _step_labels(
    shown: StepFigure,
    plot: Plot,
    across: Callable[[date], float],
    up: Scale,
    right: float,
) -> None:
    """Write each total above the beginning of its step, where there is room."""
    free = 0.0
    for start, _, step in shown.spans:
        if step.total is None or not step.label:
            continue
        wide = plot.width_of(step.label)
        x = min(across(start) + 2, right - wide)
        if x >= free:
            plot.text(x, up(step.total) + 3, step.label)
            free = x + wide + GAP
