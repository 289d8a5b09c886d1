"""Draw how simulated values are spread, and how their mean settles, as vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from reportlab.graphics.shapes import Drawing

from valuer.core.figures import (
    ConvergenceFigure,
    HistogramFigure,
    Mark,
    tick_labels,
    ticks,
)
from valuer.reports.plotting import GAP, Plot, Scale, scale
from valuer.reports.style import BLUE, LINE, PALE, SKY, TEXT, VERMILLION

_FLAG = 10.0
"""Height of one row of labels above the columns."""


def histogram(shown: HistogramFigure, plot: Plot) -> Drawing:
    """Draw columns over the values, with a flag for each mark."""
    marked = [mark.value for mark in shown.marks]
    low, high = min((shown.edges[0], *marked)), max((shown.edges[-1], *marked))
    places, counts = ticks(low, high, 6), ticks(0, max((1, *shown.counts)), 4)
    left = plot.widest(tick_labels(counts)) + GAP + 1
    across = scale(places, left, plot.width)
    flags = _flags(shown.marks, plot, across)
    rows = max((flag.row for flag in flags), default=0) + 1
    foot, top = 32.0, plot.height - 16 - _FLAG * rows
    up = scale(counts, foot, top)
    plot.rules(counts, left, up)
    _axis(plot, places, foot, across)
    plot.text(0, plot.height - 9, shown.count_label)
    plot.text(plot.width, 2, shown.unit, "end")
    for count, (start, end) in zip(shown.counts, pairwise(shown.edges), strict=True):
        if count:
            plot.area(across(start), foot, across(end), up(count), SKY)
    plot.line((left, foot), (plot.width, foot), TEXT, 0.8)
    for flag in flags:
        _draw_flag(plot, flag, foot, top)
    return plot.drawing


def convergence(shown: ConvergenceFigure, plot: Plot) -> Drawing:
    """Draw the mean so far as a line in the band of its standard error."""
    ends = (*shown.lows, *shown.highs, *shown.means)
    places = ticks(min(ends, default=0.0), max(ends, default=1.0), 4)
    left = plot.widest(tick_labels(places)) + GAP + 1
    foot, top = 32.0, plot.height - 24
    up = scale(places, foot, top)
    along = ticks(0, max((1, *shown.counts)), 6)
    across = scale(along, left, plot.width)
    xs = [across(count) for count in shown.counts]
    lows, highs, means = (
        [(x, up(value)) for x, value in zip(xs, values, strict=True)]
        for values in (shown.lows, shown.highs, shown.means)
    )
    if xs:
        plot.band([*lows, *reversed(highs)], PALE)
    plot.rules(places, left, up)
    _axis(plot, along, foot, across)
    for edge in (lows, highs):
        plot.path(edge, LINE, 0.6)
    plot.path(means, BLUE, 1.3)
    plot.line((left, foot), (plot.width, foot), TEXT, 0.8)
    plot.text(0, plot.height - 9, shown.unit)
    plot.text(plot.width, 2, shown.count_label, "end")
    _key(plot, shown)
    return plot.drawing


def _key(plot: Plot, shown: ConvergenceFigure) -> None:
    """Say at the head what line and band are."""
    y, x = plot.height - 9, plot.width
    for label, is_band in ((shown.band_label, True), (shown.mean_label, False)):
        x -= plot.width_of(label)
        plot.text(x, y, label)
        x -= 18 + GAP
        if is_band:
            plot.area(x, y - 1, x + 18, y + 6, PALE)
        else:
            plot.line((x, y + 2.6), (x + 18, y + 2.6), BLUE, 1.3)
        x -= 3 * GAP


def _axis(plot: Plot, places: Sequence[float], foot: float, across: Scale) -> None:
    """Add a stroke with its figure at every place of the lower axis."""
    for place, label in zip(places, tick_labels(places), strict=True):
        plot.line((across(place), foot), (across(place), foot - 2.5), TEXT)
        x = min(across(place), plot.width - plot.width_of(label) / 2)
        plot.text(x, foot - 11, label, "middle")


@dataclass(frozen=True, slots=True)
class _Flag:
    """A mark's line with its label flying to one side of it, in a row above."""

    mark: Mark
    x: float
    width: float
    flies_left: bool
    row: int = 0

    @property
    def span(self) -> tuple[float, float]:
        return (
            (self.x - self.width, self.x)
            if self.flies_left
            else (self.x, self.x + self.width)
        )

    def is_crossed_by(self, other: _Flag) -> bool:
        """Whether the other's line, as tall as this or taller, runs through it."""
        start, end = self.span
        return start + 1 < other.x < end - 1

    def meets(self, other: _Flag) -> bool:
        (start, end), (left, right) = self.span, other.span
        return start < right and left < end


def _flags(marks: Sequence[Mark], plot: Plot, across: Scale) -> tuple[_Flag, ...]:
    """Return the marks in the fewest rows in which no line crosses a label."""
    best: tuple[_Flag, ...] = ()
    fewest = len(marks) + 1
    for sides in product((False, True), repeat=len(marks)):
        flags = [
            _Flag(mark, across(mark.value), plot.width_of(mark.label) + 5, side)
            for mark, side in zip(marks, sides, strict=True)
        ]
        rows = _rows(flags)
        fits = all(f.span[0] >= 0 and f.span[1] <= plot.width for f in flags)
        needed = max(rows, default=0) + 1 if rows and fits else fewest
        if needed < fewest:
            fewest = needed
            best = tuple(
                _Flag(f.mark, f.x, f.width, f.flies_left, row)
                for f, row in zip(flags, rows or (), strict=True)
            )
    return best or _stacked(marks, plot, across)


def _rows(flags: Sequence[_Flag]) -> list[int] | None:
    """Return the row of each flag from 0, or None where two cross each other."""
    rows: dict[int, int] = {}
    while len(rows) < len(flags):
        free = (place for place in range(len(flags)) if place not in rows)
        place = next((p for p in free if _under(p, flags) <= rows.keys()), None)
        if place is None:
            return None
        row = 1 + max((rows[p] for p in _under(place, flags)), default=-1)
        taken = {rows[p] for p in rows if flags[place].meets(flags[p])}
        while row in taken:
            row += 1
        rows[place] = row
    return [rows[place] for place in range(len(flags))]


def _under(place: int, flags: Sequence[_Flag]) -> set[int]:
    """Return which flags stand lower; the value adopted flies above all others."""
    flag = flags[place]
    return {
        other
        for other, one in enumerate(flags)
        if flag.is_crossed_by(one) or (flag.mark.is_adopted and not one.mark.is_adopted)
    } - {place}


def _stacked(marks: Sequence[Mark], plot: Plot, across: Scale) -> tuple[_Flag, ...]:
    """Return one row for each mark: where there is too little room for better."""
    return tuple(
        _Flag(
            mark,
            across(mark.value),
            plot.width_of(mark.label) + 5,
            across(mark.value) > plot.width / 2,
            row,
        )
        for row, mark in enumerate(marks)
    )


def _draw_flag(plot: Plot, flag: _Flag, foot: float, top: float) -> None:
    height = top + 3 + _FLAG * flag.row
    dash = None if flag.mark.is_adopted else (3, 2)
    colour = TEXT if flag.mark.is_adopted else VERMILLION
    plot.line((flag.x, foot), (flag.x, height + 8), colour, 1.1, dash)
    anchor = "end" if flag.flies_left else "start"
    x = flag.x + (-3 if flag.flies_left else 3)
    plot.text(x, height + 1.5, flag.mark.label, anchor)
