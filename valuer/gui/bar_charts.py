"""Bars: amounts of periods, what inputs do, how amounts lead to the value."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from valuer.core.figures import BarFigure, TornadoFigure, WaterfallFigure, ticks
from valuer.gui.chart_canvas import Canvas, value_labels
from valuer.gui.chart_room import bars_room, ends_share, small


def bars(figure: BarFigure, canvas: Canvas) -> None:
    """Draw one bar a period, history hatched."""
    tokens, count = canvas.tokens, len(figure.values)
    places = ticks(min(0.0, *figure.values), max(0.0, *figure.values))
    past, colours = figure.past, (tokens.series[1], tokens.series[0])
    hatched = QBrush(QColor(colours[0]), Qt.BrushStyle.BDiagPattern)
    for first, last, colour, brush in (
        (0, past, colours[0], hatched),
        (past, count, colours[1], QBrush(QColor(colours[1]))),
    ):
        shown = pg.BarGraphItem(
            x=list(range(first, last)),
            height=list(figure.values[first:last]),
            width=0.64,
            brush=brush,
            pen=pg.mkPen(colour),
        )
        canvas.add(shown)
    if past:
        _part(figure, canvas, past, count, places[-1])
    labels = value_labels(figure.values)
    # Figures over narrow bars would run into each other; the axis tells enough.
    if canvas.width >= count * 8 * max(map(len, labels)):
        for place, (value, label) in enumerate(zip(figure.values, labels, strict=True)):
            canvas.text(label, place, value, (0.5, 0.0 if value < 0 else 1.0))
    canvas.scale("left", places, figure.unit)
    canvas.name("bottom", figure.labels)
    canvas.range((-0.6, count - 0.4), places, 0.12)


def tornado(figure: TornadoFigure, canvas: Canvas) -> None:
    """Draw what each input does, the widest first, around the value."""
    tokens, swings = canvas.tokens, figure.ranked
    ends = [end for swing in swings for end in (swing.low, swing.high)]
    places = ticks(min([*ends, figure.value]), max([*ends, figure.value]))
    for row, swing in enumerate(reversed(swings)):
        for end, text, colour in (
            (swing.low, swing.low_input, tokens.series[0]),
            (swing.high, swing.high_input, tokens.series[1]),
        ):
            low, high = sorted((end, figure.value))
            canvas.add(
                pg.BarGraphItem(
                    x0=[low],
                    x1=[high],
                    y=[row],
                    height=0.56,
                    brush=colour,
                    pen=pg.mkPen(colour),
                )
            )
            canvas.text(text, end, row, (1.0 if end < figure.value else 0.0, 0.5))
    canvas.mark(figure.value, figure.value_label, tokens.text, middle=True)
    canvas.name("left", tuple(swing.label for swing in reversed(swings)))
    font = small(canvas.font)
    room = bars_room(figure, font, canvas.width)
    side = ends_share(figure, font, room)
    width = places[-1] - places[0]
    canvas.scale("bottom", places, figure.unit, room / (1 + 2 * side))
    # The name of the line stands above the first bar, not on it.
    room = canvas.height - 70
    above = len(swings) * (30 + room * 0.03) / max(room * 0.97 - 30, 60)
    canvas.show(
        (places[0] - width * side, places[-1] + width * side),
        (-0.6, len(swings) - 0.6 + above),
    )


def waterfall(figure: WaterfallFigure, canvas: Canvas) -> None:
    """Draw each column from where the last ended."""
    tokens, spans = canvas.tokens, figure.spans
    edges = [end for span in spans for end in span]
    places = ticks(min(0.0, *edges), max(0.0, *edges))
    labels = value_labels([rise.amount for rise in figure.rises])
    for place, (rise, span) in enumerate(zip(figure.rises, spans, strict=True)):
        is_loss = not rise.is_total and rise.amount < 0
        colour = tokens.series[0 if rise.is_total else 1 if is_loss else 2]
        low, high = sorted(span)
        bar = pg.BarGraphItem(
            x=[place],
            y0=[low],
            y1=[high],
            width=0.64,
            brush=colour,
            pen=pg.mkPen(colour),
        )
        canvas.add(bar)
        canvas.text(labels[place], place, high, (0.5, 1.0))
    for place, (_, end) in enumerate(spans[:-1]):
        canvas.line([(place + 0.32, end), (place + 0.68, end)], tokens.muted)
    canvas.scale("left", places, figure.unit)
    canvas.name("bottom", tuple(rise.label for rise in figure.rises))
    canvas.range((-0.6, len(spans) - 0.4), places, 0.12)


def _part(figure: BarFigure, canvas: Canvas, past: int, count: int, top: float) -> None:
    """Name history and forecast above their bars, with a line between them."""
    pen = pg.mkPen(canvas.tokens.muted, style=Qt.PenStyle.DashLine)
    canvas.add(pg.InfiniteLine(pos=past - 0.5, angle=90, pen=pen))
    middles = ((past - 1) / 2, (past + count - 1) / 2)
    for middle, name in zip(middles, figure.names, strict=True):
        canvas.text(name, middle, top * 1.12, (0.5, 0.0))
