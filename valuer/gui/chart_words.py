"""What a chart says of the place the pointer is on: its figures, with their unit."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from datetime import date

from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    Figure,
    HistogramFigure,
    TornadoFigure,
    WaterfallFigure,
)
from valuer.core.quality_figures import (
    ControlFigure,
    ControlPoint,
    IncidenceFigure,
    IncidenceLine,
    RareFigure,
    StepFigure,
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
        case IncidenceFigure():
            return _incidences(figure, x)
        case StepFigure():
            return _step(figure, x)
        case ControlFigure() if not figure.is_funnel:
            return point_words(figure, round(x))
        case RareFigure():
            return point_words(figure, round(x))
    return ""


def point_words(figure: Figure | None, number: int) -> str:
    """Return the figures of a point, "" where there is none of that number."""
    match figure:
        case ControlFigure() if 0 <= number < len(figure.points):
            return _control(figure, figure.points[number])
        case RareFigure() if 0 <= number < len(figure.values):
            standing = figure.out_label if figure.out[number] else ""
            shown = f"{figure.values[number]:,.0f} {figure.unit}"
            return _joined(figure.labels[number], shown, standing)
        case StepFigure() if 0 <= number < len(figure.spans):
            return _step(figure, figure.spans[number][0].toordinal())
    return ""


def key_words(figure: Figure | None) -> str:
    """Return what the shapes of a chart mean, "" where all speak for themselves."""
    match figure:
        case ControlFigure():
            return _joined(
                f"■ {figure.out_label}" if any(p.is_out for p in figure.points) else "",
                f"◇ {figure.warned_label}"
                if any(p.is_warned for p in figure.points)
                else "",
            )
        case RareFigure():
            return f"■ {figure.out_label}" if any(figure.out) else ""
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


def _control(figure: ControlFigure, point: ControlPoint) -> str:
    low, high = _percent(point.limits.low), _percent(point.limits.high)
    standing = figure.out_label if point.is_out else ""
    if point.is_warned:
        standing = figure.warned_label
    return _joined(
        point.label,
        f"{_percent(point.value)} {figure.unit}".strip(),
        f"n {point.n:,}",
        f"{figure.limit_label} {low}–{high}",
        standing,
    )


def _incidences(figure: IncidenceFigure, x: float) -> str:
    if x < 0 or x > figure.places[-1]:
        return ""
    found = [_incidence(line, x, figure.unit) for line in figure.lines]
    return _joined(f"{math.floor(x)} {figure.time_label}", *found)


def _incidence(line: IncidenceLine, x: float, unit: str) -> str:
    place = bisect_right(line.times, x) - 1
    if place < 0 or math.isnan(line.values[place]):
        return ""
    told = f"{line.label} {_percent(line.values[place])} {unit}"
    if not line.lows or math.isnan(line.lows[place]):
        return told
    return f"{told} ({_percent(line.lows[place])}–{_percent(line.highs[place])})"


def _step(figure: StepFigure, x: float) -> str:
    if x < 1:
        return ""
    day = date.fromordinal(int(x))
    found = [span for span in figure.spans if span[0] <= day <= span[1]]
    if not found:
        return ""
    start, _, step = found[-1]
    return _joined(start.isoformat(), step.label, step.note)


def _joined(*parts: str) -> str:
    return "   ".join(part for part in parts if part)


def _percent(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:,.1f}".replace("-", "−")


def _amount(value: float) -> str:
    return f"{value:,.2f}".replace("-", "−")
