"""What a chart says of the place the pointer is on: its figures, with their unit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    Figure,
    HistogramFigure,
    TornadoFigure,
    WaterfallFigure,
)


def words_at(figure: Figure | None, x: float, y: float) -> str:
    """Return the figures at a place of a chart, "" where there are none."""
    match figure:
        case BarFigure():
            return _bar(figure.labels, figure.values, x, figure.unit)
        case WaterfallFigure():
            names = tuple(rise.label for rise in figure.rises)
            amounts = tuple(rise.amount for rise in figure.rises)
            return _bar(names, amounts, x, figure.unit)
        case TornadoFigure():
            return _swing(figure, y)
        case HistogramFigure():
            return _column(figure, x)
        case ConvergenceFigure():
            return _point(figure, x)
    return ""


def _bar(
    labels: tuple[str, ...], values: tuple[float, ...], x: float, unit: str
) -> str:
    place = round(x)
    if not 0 <= place < len(values):
        return ""
    return f"{labels[place]}   {_amount(values[place])} {unit}"


def _swing(figure: TornadoFigure, y: float) -> str:
    rows, row = figure.ranked[::-1], round(y)
    if not 0 <= row < len(rows):
        return ""
    one, unit = rows[row], figure.unit
    low = f"{one.low_input} → {_amount(one.low)} {unit}"
    return f"{one.label}   {low}   {one.high_input} → {_amount(one.high)} {unit}"


def _column(figure: HistogramFigure, x: float) -> str:
    place = bisect_right(figure.edges, x) - 1
    if not 0 <= place < len(figure.counts):
        return ""
    low, high = figure.edges[place : place + 2]
    count = f"{figure.count_label} {figure.counts[place]:,}"
    return f"{_amount(low)} – {_amount(high)} {figure.unit}   {count}"


def _point(figure: ConvergenceFigure, x: float) -> str:
    if not 0 <= x <= figure.counts[-1]:
        return ""
    place = min(bisect_left(figure.counts, x), len(figure.counts) - 1)
    mean, unit = figure.means[place], figure.unit
    half = figure.highs[place] - mean
    count = f"{figure.count_label} {figure.counts[place]:,}"
    return f"{count}   {_amount(mean)} ± {_amount(half)} {unit}"


def _amount(value: float) -> str:
    return f"{value:,.2f}".replace("-", "−")
