"""How simulated values are spread, and how their mean settles."""

from __future__ import annotations

import pyqtgraph as pg

from valuer.core.figures import ConvergenceFigure, HistogramFigure, ticks
from valuer.gui.chart_canvas import Canvas


def histogram(figure: HistogramFigure, canvas: Canvas) -> None:
    """Draw columns over the values, with a line for each mark."""
    tokens = canvas.tokens
    canvas.add(
        pg.BarGraphItem(
            x0=list(figure.edges[:-1]),
            x1=list(figure.edges[1:]),
            height=list(figure.counts),
            brush=tokens.selection,
            pen=pg.mkPen(tokens.accent),
        )
    )
    places = ticks(figure.edges[0], figure.edges[-1])
    heights = ticks(0.0, float(max(figure.counts)))
    for rank, mark in enumerate(sorted(figure.marks, key=lambda mark: mark.value)):
        colour = tokens.series[1] if mark.is_adopted else tokens.accent
        part = (mark.value - figure.edges[0]) / (figure.edges[-1] - figure.edges[0])
        canvas.mark(mark.value, mark.label, colour, 0.97 - 0.09 * rank, part)
    seen = [one for one in places if figure.edges[0] <= one <= figure.edges[-1]]
    canvas.scale("bottom", tuple(seen) or places, figure.unit)
    canvas.scale("left", heights, figure.count_label)
    canvas.range((figure.edges[0], figure.edges[-1]), heights, 0.5)


def convergence(figure: ConvergenceFigure, canvas: Canvas) -> None:
    """Draw the mean so far as a line in the band of its standard error."""
    tokens, counts = canvas.tokens, figure.counts
    lows, highs, means = (
        list(zip(counts, values, strict=True))
        for values in (figure.lows, figure.highs, figure.means)
    )
    canvas.band(lows, highs, tokens.series[5], 70)
    for end in (lows, highs):
        canvas.line(end, tokens.series[5])
    canvas.line(means, tokens.series[0], 2)
    # The first points swing far; the axis is for what the mean settles to.
    settled = len(counts) // 10
    places = ticks(min(figure.lows[settled:]), max(figure.highs[settled:]))
    canvas.text(figure.mean_label, counts[-1], figure.means[-1], (1.0, 1.0))
    canvas.text(figure.band_label, counts[-1], figure.highs[-1], (1.0, 1.4))
    canvas.scale("left", places, figure.unit)
    canvas.scale("bottom", ticks(0.0, float(counts[-1])), figure.count_label)
    canvas.show((0, counts[-1] * 1.02), (places[0], places[-1]))
