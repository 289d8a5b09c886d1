"""Draw the figures of a report as vectors.

Colours are few, differ in grey print, and every mark has its label beside it. The
title stands above, as a table's does; the unit at the end of its axis. How simulated
values are drawn stands in ``spread_charts``, how an agency's quality and credit are in
``control_charts`` and ``line_charts``.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing
from reportlab.platypus.flowables import Flowable, KeepTogether, Spacer

from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    Figure,
    HistogramFigure,
    RadarFigure,
    Swing,
    TornadoFigure,
    WaterfallFigure,
    tick_labels,
    ticks,
)
from valuer.core.quality_figures import (
    ControlFigure,
    IncidenceFigure,
    RareFigure,
    StepFigure,
)
from valuer.reports.control_charts import control, rare
from valuer.reports.line_charts import incidence, steps
from valuer.reports.paragraphs import Paragraph
from valuer.reports.plotting import GAP, Plot, Scale, fitting, scale
from valuer.reports.radar import radar
from valuer.reports.spread_charts import convergence, histogram
from valuer.reports.style import BLUE, LINE, ORANGE, SKY, TEXT, TEXT_WIDTH, Style

_ROW = 21.0
_SMALL = 6.5


def figure(
    shown: Figure | RadarFigure, style: Style, *, width: float = TEXT_WIDTH
) -> Flowable:
    """Return a figure under its numbered title, the two kept on one page."""
    title = Paragraph(style.figure_title(shown.title), style.caption)
    return KeepTogether([title, chart(shown, style, width=width), Spacer(1, 8)])


def chart(
    shown: Figure | RadarFigure, style: Style, *, width: float = TEXT_WIDTH
) -> Drawing:
    """Return the drawing alone, ``width`` points wide."""
    match shown:
        case BarFigure():
            return _bars(shown, Plot(style.language, width, 178))
        case TornadoFigure():
            height = _ROW * len(shown.swings) + 52
            return _tornado(shown, Plot(style.language, width, height))
        case HistogramFigure():
            return histogram(shown, Plot(style.language, width, 190))
        case ConvergenceFigure():
            return convergence(shown, Plot(style.language, width, 160))
        case RadarFigure():
            return radar(shown, Plot(style.language, width, 206))
        case WaterfallFigure():
            return _waterfall(shown, Plot(style.language, width, 190))
        case ControlFigure():
            return control(shown, Plot(style.language, width, 200))
        case RareFigure():
            return rare(shown, Plot(style.language, width, 160))
        case IncidenceFigure():
            return incidence(shown, Plot(style.language, width, 180))
        case StepFigure():
            return steps(shown, Plot(style.language, width, 150))


def _bars(shown: BarFigure, plot: Plot) -> Drawing:
    places = ticks(min((0.0, *shown.values)), max((0.0, *shown.values)))
    left = plot.widest(tick_labels(places)) + GAP + 1
    foot, top = 20.0, plot.height - 22
    up = scale(places, foot, top)
    plot.rules(places, left, up)
    plot.text(0, plot.height - 9, shown.unit)
    step = (plot.width - left) / max(1, len(shown.values))
    size = fitting(plot, shown.labels, step - 2)
    labels = [plot.shortened(label, max(step - 2, 60), size) for label in shown.labels]
    every = 1 + int(plot.widest(labels, size) / step)
    figures = _value_labels(shown.values, places)
    value_size = fitting(plot, figures, step - 1)
    is_labelled = plot.widest(figures, value_size) <= step
    for i, value in enumerate(shown.values):
        middle = left + step * (i + 0.5)
        half = min(step * 0.34, 22)
        plot.area(middle - half, up(0), middle + half, up(value), BLUE)
        if i % every == 0:
            plot.text(middle, foot - 11, labels[i], "middle", size)
        if is_labelled:
            above = 2.5 if value >= 0 else -value_size - 0.5
            plot.text(middle, up(value) + above, figures[i], "middle", value_size)
    plot.line((left, up(0)), (plot.width, up(0)), TEXT, 0.8)
    return plot.drawing


def _waterfall(shown: WaterfallFigure, plot: Plot) -> Drawing:
    """Draw sums in full strength, what rises pale, what falls in orange."""
    ends = [0.0, *(end for span in shown.spans for end in span)]
    places = ticks(min(ends), max(ends))
    left = plot.widest(tick_labels(places)) + GAP + 1
    foot, top = 30.0, plot.height - 22
    up = scale(places, foot, top)
    plot.rules(places, left, up)
    plot.text(0, plot.height - 9, shown.unit)
    step = (plot.width - left) / max(1, len(shown.rises))
    half = min(step * 0.36, 24)
    figures = _value_labels([rise.amount for rise in shown.rises], places)
    value_size = fitting(plot, figures, step - 1)
    for i, (rise, (start, end)) in enumerate(
        zip(shown.rises, shown.spans, strict=True)
    ):
        middle = left + step * (i + 0.5)
        colour = BLUE if rise.is_total else SKY if rise.amount >= 0 else ORANGE
        plot.area(middle - half, up(start), middle + half, up(end), colour)
        if i + 1 < len(shown.rises):
            across = (middle + half, up(end)), (middle + step - half, up(end))
            plot.line(*across, LINE, 0.6)
        head = up(max(start, end)) + 2.5
        plot.text(middle, head, figures[i], "middle", value_size)
        for line, text in enumerate(plot.in_two(rise.label, step - 3, _SMALL)):
            plot.text(middle, foot - 11 - 8 * line, text, "middle", _SMALL)
    plot.line((left, up(0)), (plot.width, up(0)), TEXT, 0.8)
    return plot.drawing


def _tornado(shown: TornadoFigure, plot: Plot) -> Drawing:
    ends = [end for swing in shown.swings for end in (swing.low, swing.high)]
    inputs = [text for s in shown.swings for text in (s.low_input, s.high_input)]
    names = plot.widest([swing.label for swing in shown.swings])
    names = min(names, plot.width * 0.4)
    margin = plot.widest(inputs) + GAP
    left, right = names + 2 * GAP + margin, plot.width - margin
    low, high = min((shown.value, *ends)), max((shown.value, *ends))
    places = ticks(low, high, 4)
    across = scale(places, left, right)
    foot, top = 22.0, plot.height - 18
    for place, label in zip(places, tick_labels(places), strict=True):
        plot.line((across(place), foot), (across(place), top))
        plot.text(across(place), foot - 10, label, "middle")
    plot.text(plot.width, 1, shown.unit, "end")
    for row, swing in enumerate(shown.ranked):
        middle = top - _ROW * (row + 0.5)
        size = fitting(plot, [swing.label], names)
        name = plot.shortened(swing.label, names + 1, size)
        plot.text(names, middle - 2.6, name, "end", size)
        _swing(plot, swing, shown.value, middle, across)
    centre = across(shown.value)
    plot.line((centre, foot), (centre, top + 3), TEXT, 0.9)
    label = shown.value_label
    half = plot.width_of(label) / 2
    plot.text(min(centre, plot.width - half), top + 6, label, "middle")
    return plot.drawing


def _swing(
    plot: Plot, swing: Swing, value: float, middle: float, across: Scale
) -> None:
    """Draw one input's two bars from the centre, its ends labelled outside."""
    half = _ROW * 0.31
    sides = [
        (swing.low, swing.low_input, BLUE),
        (swing.high, swing.high_input, ORANGE),
    ]
    sides.sort(key=lambda side: -abs(side[0] - value))
    for end, _, colour in sides:
        plot.area(across(value), middle - half, across(end), middle + half, colour)
    goes_left = sides[0][0] < value
    for end, text, _ in sides:
        if goes_left:
            plot.label(across(min(end, value)) - 3, middle - 2.6, text, "end")
        else:
            plot.label(across(max(end, value)) + 3, middle - 2.6, text, "start")
        goes_left = not goes_left


def _value_labels(values: Sequence[float], places: Sequence[float]) -> list[str]:
    """Return values with one decimal more than the axis needs, up to two."""
    step = abs(places[1] - places[0])
    decimals = 0 if step >= 20 else 1 if step >= 1 else 2
    return [f"{value:,.{decimals}f}".replace("-", "−") for value in values]
