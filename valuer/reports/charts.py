"""Draw the figures of a report as vectors.

Three kinds: bars of one amount a period, a tornado, a histogram. Colours are few,
differ in grey print, and every mark has its label beside it. The title stands above,
as a table's does; the unit at the end of its axis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable, KeepTogether, Spacer

from valuer.core.figures import (
    BarFigure,
    Figure,
    HistogramFigure,
    Mark,
    Swing,
    TornadoFigure,
    tick_labels,
    ticks,
)
from valuer.reports.characters import cleaned, shaped
from valuer.reports.fonts import SANS, report_font
from valuer.reports.paragraphs import Paragraph
from valuer.reports.style import (
    BLUE,
    GRID,
    ORANGE,
    SKY,
    TEXT,
    TEXT_WIDTH,
    VERMILLION,
    Colour,
    Style,
)

_SIZE = 7.5
_SMALLEST = 5.5
_ROW = 21.0
_GAP = 4.0

Scale = Callable[[float], float]


def figure(shown: Figure, style: Style, *, width: float = TEXT_WIDTH) -> Flowable:
    """Return a figure under its numbered title, the two kept on one page."""
    title = Paragraph(style.figure_title(shown.title), style.caption)
    return KeepTogether([title, chart(shown, style, width=width), Spacer(1, 8)])


def chart(shown: Figure, style: Style, *, width: float = TEXT_WIDTH) -> Drawing:
    """Return the drawing alone, ``width`` points wide."""
    match shown:
        case BarFigure():
            return _bars(shown, _Sheet(style.language, width, 178))
        case TornadoFigure():
            height = _ROW * len(shown.swings) + 52
            return _tornado(shown, _Sheet(style.language, width, height))
        case HistogramFigure():
            return _histogram(shown, _Sheet(style.language, width, 190))


class _Sheet:
    """A drawing to which lines, areas and texts are added."""

    def __init__(self, language: str, width: float, height: float) -> None:
        # Else reportlab names Helvetica, which no file may embed.
        self.drawing = Drawing(width, height, initialFontName=SANS)
        self.width, self.height = width, height
        self._language = language
        self._font = report_font(SANS)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: Colour = GRID,
        weight: float = 0.5,
        dash: Sequence[float] | None = None,
    ) -> None:
        self.drawing.add(
            Line(
                *start,
                *end,
                strokeColor=Color(*colour),
                strokeWidth=weight,
                strokeDashArray=dash,
            )
        )

    def area(
        self, left: float, foot: float, right: float, top: float, colour: Colour
    ) -> None:
        self.drawing.add(
            Rect(
                min(left, right),
                min(foot, top),
                abs(right - left),
                abs(top - foot),
                fillColor=Color(*colour),
                strokeColor=Color(*TEXT),
                strokeWidth=0.3,
            )
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        anchor: str = "start",
        size: float = _SIZE,
    ) -> None:
        self.drawing.add(
            String(
                x,
                y,
                self._shaped(text),
                fontName=SANS,
                fontSize=size,
                textAnchor=anchor,
                fillColor=Color(*TEXT),
            )
        )

    def label(self, x: float, y: float, text: str, anchor: str = "middle") -> None:
        """Add a text on a white ground, so that no line runs through it."""
        width = self.width_of(text) + 2
        left = x - {"start": 1, "middle": width / 2, "end": width - 1}[anchor]
        ground = Rect(left, y - 2, width, _SIZE + 1.5, strokeColor=None)
        ground.fillColor = Color(1, 1, 1)
        self.drawing.add(ground)
        self.text(x, y, text, anchor)

    def width_of(self, text: str, size: float = _SIZE) -> float:
        return self._font.stringWidth(self._shaped(text), size)

    def widest(self, texts: Sequence[str], size: float = _SIZE) -> float:
        return max((self.width_of(text, size) for text in texts), default=0.0)

    def _shaped(self, text: str) -> str:
        return shaped(cleaned(text).replace("\n", " "), self._language)


def _bars(shown: BarFigure, sheet: _Sheet) -> Drawing:
    places = ticks(min((0.0, *shown.values)), max((0.0, *shown.values)))
    labels = tick_labels(places)
    left = sheet.widest(labels) + _GAP + 1
    foot, top = 20.0, sheet.height - 22
    up = _scale(places, foot, top)
    for place, label in zip(places, labels, strict=True):
        sheet.line((left, up(place)), (sheet.width, up(place)))
        sheet.text(left - _GAP, up(place) - 2.6, label, "end")
    sheet.text(0, sheet.height - 9, shown.unit)
    step = (sheet.width - left) / max(1, len(shown.values))
    size = _fitting(sheet, shown.labels, step - 2)
    every = 1 + int(sheet.widest(shown.labels, size) / step)
    figures = _value_labels(shown.values, places)
    value_size = _fitting(sheet, figures, step - 1)
    is_labelled = sheet.widest(figures, value_size) <= step
    for i, value in enumerate(shown.values):
        middle = left + step * (i + 0.5)
        half = min(step * 0.34, 22)
        sheet.area(middle - half, up(0), middle + half, up(value), BLUE)
        if i % every == 0:
            sheet.text(middle, foot - 11, shown.labels[i], "middle", size)
        if is_labelled:
            above = 2.5 if value >= 0 else -value_size - 0.5
            sheet.text(middle, up(value) + above, figures[i], "middle", value_size)
    sheet.line((left, up(0)), (sheet.width, up(0)), TEXT, 0.8)
    return sheet.drawing


def _tornado(shown: TornadoFigure, sheet: _Sheet) -> Drawing:
    ends = [end for swing in shown.swings for end in (swing.low, swing.high)]
    inputs = [text for s in shown.swings for text in (s.low_input, s.high_input)]
    names = sheet.widest([swing.label for swing in shown.swings])
    names = min(names, sheet.width * 0.4)
    margin = sheet.widest(inputs) + _GAP
    left, right = names + 2 * _GAP + margin, sheet.width - margin
    low, high = min((shown.value, *ends)), max((shown.value, *ends))
    places = ticks(low, high, 4)
    across = _scale(places, left, right)
    foot, top = 22.0, sheet.height - 18
    for place, label in zip(places, tick_labels(places), strict=True):
        sheet.line((across(place), foot), (across(place), top))
        sheet.text(across(place), foot - 10, label, "middle")
    sheet.text(sheet.width, 1, shown.unit, "end")
    for row, swing in enumerate(shown.ranked):
        middle = top - _ROW * (row + 0.5)
        size = _fitting(sheet, [swing.label], names)
        sheet.text(names, middle - 2.6, swing.label, "end", size)
        _swing(sheet, swing, shown.value, middle, across)
    centre = across(shown.value)
    sheet.line((centre, foot), (centre, top + 3), TEXT, 0.9)
    label = shown.value_label
    half = sheet.width_of(label) / 2
    sheet.text(min(centre, sheet.width - half), top + 6, label, "middle")
    return sheet.drawing


def _swing(
    sheet: _Sheet, swing: Swing, value: float, middle: float, across: Scale
) -> None:
    """Draw one input's two bars from the centre, its ends labelled outside."""
    half = _ROW * 0.31
    sides = [
        (swing.low, swing.low_input, BLUE),
        (swing.high, swing.high_input, ORANGE),
    ]
    sides.sort(key=lambda side: -abs(side[0] - value))
    for end, _, colour in sides:
        sheet.area(across(value), middle - half, across(end), middle + half, colour)
    goes_left = sides[0][0] < value
    for end, text, _ in sides:
        if goes_left:
            sheet.label(across(min(end, value)) - 3, middle - 2.6, text, "end")
        else:
            sheet.label(across(max(end, value)) + 3, middle - 2.6, text, "start")
        goes_left = not goes_left


def _histogram(shown: HistogramFigure, sheet: _Sheet) -> Drawing:
    marked = [mark.value for mark in shown.marks]
    low, high = min((shown.edges[0], *marked)), max((shown.edges[-1], *marked))
    places, counts = ticks(low, high, 6), ticks(0, max((1, *shown.counts)), 4)
    left = sheet.widest(tick_labels(counts)) + _GAP + 1
    across = _scale(places, left, sheet.width)
    rows = _rows(shown.marks, sheet, across)
    foot, top = 32.0, sheet.height - 16 - 10 * (max(rows, default=0) + 1)
    up = _scale(counts, foot, top)
    for place, label in zip(counts, tick_labels(counts), strict=True):
        sheet.line((left, up(place)), (sheet.width, up(place)))
        sheet.text(left - _GAP, up(place) - 2.6, label, "end")
    for place, label in zip(places, tick_labels(places), strict=True):
        sheet.line((across(place), foot), (across(place), foot - 2.5), TEXT)
        x = min(across(place), sheet.width - sheet.width_of(label) / 2)
        sheet.text(x, foot - 11, label, "middle")
    sheet.text(0, sheet.height - 9, shown.count_label)
    sheet.text(sheet.width, 2, shown.unit, "end")
    for count, (start, end) in zip(shown.counts, pairwise(shown.edges), strict=True):
        if count:
            sheet.area(across(start), foot, across(end), up(count), SKY)
    sheet.line((left, foot), (sheet.width, foot), TEXT, 0.8)
    heights = [top + 3 + 10 * row for row in rows]
    _marks(sheet, shown.marks, heights, foot, across)
    return sheet.drawing


def _marks(
    sheet: _Sheet,
    marks: Sequence[Mark],
    heights: Sequence[float],
    foot: float,
    across: Scale,
) -> None:
    """Draw all lines, then all labels, so that no line runs through a label."""
    for mark, height in zip(marks, heights, strict=True):
        dash = None if mark.is_adopted else (3, 2)
        colour = TEXT if mark.is_adopted else VERMILLION
        x = across(mark.value)
        sheet.line((x, foot), (x, height), colour, 1.1, dash)
    for mark, height in zip(marks, heights, strict=True):
        half = sheet.width_of(mark.label) / 2
        x = min(across(mark.value), sheet.width - half)
        sheet.label(x, height + 2, mark.label)


def _rows(marks: Sequence[Mark], sheet: _Sheet, across: Scale) -> list[int]:
    """Return in which row over the columns each label stands, free of the others."""
    taken: list[list[tuple[float, float]]] = []
    rows: list[int] = []
    for mark in marks:
        half = sheet.width_of(mark.label) / 2 + 2
        x = min(across(mark.value), sheet.width - half)
        row = 0
        while row < len(taken) and any(
            x - half < end and start < x + half for start, end in taken[row]
        ):
            row += 1
        if row == len(taken):
            taken.append([])
        taken[row].append((x - half, x + half))
        rows.append(row)
    return rows


def _scale(places: Sequence[float], first: float, last: float) -> Scale:
    """Return the map from the axis between its outer ticks to points."""
    low, high = places[0], places[-1]
    return lambda value: first + (value - low) / (high - low) * (last - first)


def _fitting(sheet: _Sheet, texts: Sequence[str], room: float) -> float:
    """Return the largest size of type at which these texts fit, not too small."""
    widest = sheet.widest(texts, 1.0)
    if not widest:
        return _SIZE
    return max(_SMALLEST, min(_SIZE, room / widest))


def _value_labels(values: Sequence[float], places: Sequence[float]) -> list[str]:
    """Return values with one decimal more than the axis needs, up to two."""
    step = abs(places[1] - places[0])
    decimals = 0 if step >= 20 else 1 if step >= 1 else 2
    return [f"{value:,.{decimals}f}".replace("-", "−") for value in values]
