"""Control charts: points before the limits of chance.

A point within is a disc, one beyond the warning lines an open diamond, one beyond the
limits a square with its name: the shapes tell it without colour, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from valuer.core.figures import ticks, ticks_within
from valuer.core.quality_figures import ControlFigure, Limits, RareFigure
from valuer.gui.chart_canvas import AROUND, Canvas, Place
from valuer.gui.chart_room import apart, small

_DASH, _DOT = Qt.PenStyle.DashLine, Qt.PenStyle.DotLine

_NAME = 150
"""Pixels of a name at a point."""

_NAMED_AT_MOST = 12
"""Names of points beyond the limits; more would lie on each other."""


def control(figure: ControlFigure, canvas: Canvas) -> None:
    """Draw a p-chart, or a funnel where the figure has its lines."""
    if figure.is_funnel:
        _funnel(figure, canvas)
    else:
        _p_chart(figure, canvas)


def rare(figure: RareFigure, canvas: Canvas) -> None:
    """Draw the cases between one loss and the next, in the order of the losses."""
    tokens, count = canvas.tokens, len(figure.values)
    places = ticks(0.0, max((figure.high, *figure.values, 1.0)))
    ends = (-0.8, count - 0.4)
    lines = [(figure.centre, figure.centre_label, Qt.PenStyle.SolidLine)]
    lines.append((figure.high, figure.limit_label, _DASH))
    if figure.low > 0:
        lines.append((figure.low, "", _DASH))
    for at, _, style in lines:
        canvas.line([(ends[0], at), (ends[1], at)], tokens.muted, 1, style)
    canvas.spots = list(enumerate(figure.values))
    canvas.line(canvas.spots, tokens.series[0])
    _points(canvas, [(is_out, False) for is_out in figure.out])
    canvas.scale("left", places, figure.unit)
    canvas.names("bottom", _under(figure.labels, canvas))
    named = [(at, label) for at, label, _ in lines if label]
    room = _line_names(canvas, named, ends, places)
    canvas.show((ends[0], room), _reach(places))


def _p_chart(figure: ControlFigure, canvas: Canvas) -> None:
    count = len(figure.points)
    stairs = [
        (place + side / 2, one.limits)
        for place, one in enumerate(figure.points)
        for side in (-1, 1)
    ]
    places = _lines(figure, canvas, stairs)
    canvas.spots = [(float(p), one.value) for p, one in enumerate(figure.points)]
    canvas.line(canvas.spots, canvas.tokens.series[0])
    _points(canvas, [(one.is_out, one.is_warned) for one in figure.points])
    canvas.scale("left", places, figure.unit)
    canvas.names("bottom", _under([one.label for one in figure.points], canvas))
    ends = (-0.8, count - 0.4)
    room = _line_names(canvas, _named(figure, stairs[-1][1]), ends, places)
    low, high = _reach(places)
    foot = low - 0.06 * (high - low)
    canvas.show((ends[0], room), (foot, high))
    slot = max(canvas.width - AROUND, 100) / (room - ends[0])
    _counts(figure, canvas, slot, foot)


def _counts(figure: ControlFigure, canvas: Canvas, slot: float, foot: float) -> None:
    """Write n under each point; under every so many where ``slot`` pixels are few."""
    counts = [f"{one.n:,}" for one in figure.points]
    widest = max(map(QFontMetrics(small(canvas.font)).horizontalAdvance, counts))
    stride = max(-(-(widest + 3) // max(int(slot), 1)), 1)
    for place in range(len(counts) - 1, -1, -stride):
        canvas.text(counts[place], place, foot, (0.5, 1.0))
    canvas.text("n", len(counts) - 1 + (widest / 2 + 6) / slot, foot, (0.0, 1.0))


def _funnel(figure: ControlFigure, canvas: Canvas) -> None:
    places = _lines(figure, canvas, [(one.n, one) for one in figure.funnel])
    canvas.spots = [(one.limits.n, one.value) for one in figure.points]
    _points(canvas, [(one.is_out, one.is_warned) for one in figure.points])
    along = ticks(0.0, max(one.n for one in figure.funnel))
    ends = (0.0, figure.funnel[-1].n)
    canvas.scale("left", places, figure.unit)
    canvas.scale("bottom", along, figure.count_label)
    room = _line_names(canvas, _named(figure, figure.funnel[-1]), ends, places)
    canvas.show((-ends[1] * 0.02, room), _reach(places))
    _outside(figure, canvas, room, places)


def _outside(
    figure: ControlFigure, canvas: Canvas, room: float, places: Sequence[float]
) -> None:
    """Name the points beyond the limits, one above another where they would meet."""
    metrics = QFontMetrics(small(canvas.font))
    unit = room / max(canvas.width - AROUND, 100)
    line = metrics.height() * _height(places) / max(canvas.height - 100, 60)
    taken: list[tuple[float, float, float]] = []
    outside = sorted((p for p in figure.points if p.is_out), key=lambda p: -p.n)
    for one in outside[:_NAMED_AT_MOST]:
        right = Qt.TextElideMode.ElideRight
        label = metrics.elidedText(one.label, right, _NAME)
        wide, y = (metrics.horizontalAdvance(label) + 8) * unit, one.value
        is_far = one.limits.n + wide > room
        left = one.limits.n - wide if is_far else one.limits.n
        while any(
            left < right and start < left + wide and abs(y - at) < line
            for start, right, at in taken
        ):
            y += line
        taken.append((left, left + wide, y))
        canvas.text(label, one.limits.n, y, (float(is_far), 1.0))


def _height(places: Sequence[float]) -> float:
    low, high = _reach(places)
    return high - low


def _reach(places: Sequence[float]) -> tuple[float, float]:
    """Return what is shown upwards, the outermost figures of the axis with it."""
    height = places[-1] - places[0]
    return places[0] - 0.03 * height, places[-1] + 0.06 * height


def _lines(
    figure: ControlFigure, canvas: Canvas, at: Sequence[tuple[float, Limits]]
) -> tuple[float, ...]:
    """Draw ground, limits, warning lines and centre; return the places of the axis."""
    tokens = canvas.tokens

    def through(name: str) -> list[Place]:
        found = ((x, getattr(one, name)) for x, one in at)
        return [(x, y) for x, y in found if not math.isnan(y)]

    lows, highs = through("low"), through("high")
    if lows:
        canvas.band(lows, highs, tokens.background, 255)
    for edge in (lows, highs):
        canvas.line(edge, tokens.muted, 1, _DASH)
    for name in ("warning_low", "warning_high"):
        canvas.line(through(name), tokens.muted, 1, _DOT)
    ends = [(at[0][0], figure.centre), (at[-1][0], figure.centre)]
    canvas.line(ends, tokens.muted)
    return ticks_within(*figure.reach)


def _named(figure: ControlFigure, last: Limits) -> list[tuple[float, str]]:
    """Return the names of the lines with where they end at the right."""
    named = [(figure.centre, figure.centre_label)]
    for high, low, label in (
        (last.high, last.low, figure.limit_label),
        (last.warning_high, last.warning_low, figure.warning_label),
    ):
        named.append((low if math.isnan(high) else high, label))
    return [(y, label) for y, label in named if not math.isnan(y)]


def _line_names(
    canvas: Canvas,
    named: Sequence[tuple[float, str]],
    ends: tuple[float, float],
    places: Sequence[float],
) -> float:
    """Write the names of lines at their right ends; return where the plot ends then.

    Names that would lie on each other stand apart by a line of type.
    """
    metrics = QFontMetrics(small(canvas.font))
    wide = max((metrics.horizontalAdvance(label) for _, label in named), default=0)
    plot = max(canvas.width - AROUND, 100)
    share = min((wide + 12) / plot, 0.4)
    line = metrics.height() * _height(places) / max(canvas.height - 100, 60)
    # Names near the foot stand upwards, the others downwards.
    is_low = min((y for y, _ in named), default=0.0) < places[0] + 3 * line
    sign, free = (1, -math.inf) if is_low else (-1, math.inf)
    for y, label in sorted(named, reverse=not is_low):
        at = max(y, free) if is_low else min(y, free)
        canvas.text(label, ends[1], at, (0.0, 0.5))
        free = at + sign * line
    return ends[1] + (ends[1] - ends[0]) * share / (1 - share)


def _under(labels: Sequence[str], canvas: Canvas) -> list[tuple[float, str]]:
    """Return the names of the points below, so many as have room, the last with them."""
    named = list(enumerate(labels))[::-1]
    room = (canvas.width - AROUND) * 0.85
    shown = apart(labels, small(canvas.font), room)
    stride = shown[1] - shown[0] if len(shown) > 1 else 1
    return [(float(place), label) for place, label in named[::stride]]


def _points(canvas: Canvas, standing: Sequence[tuple[bool, bool]]) -> None:
    """Draw the spots, each in the shape of where it stands."""
    tokens = canvas.tokens
    blue, open_, out = tokens.series[0], tokens.surface, tokens.series[1]
    warned = tokens.series[4]
    looks = {
        (False, False): ("o", 7, blue, blue),
        (False, True): ("d", 11, open_, warned),
        (True, False): ("s", 10, out, out),
    }
    for state, (symbol, size, brush, pen) in looks.items():
        here = [
            spot
            for spot, one in zip(canvas.spots, standing, strict=True)
            if one == state
        ]
        item = pg.ScatterPlotItem(
            x=[x for x, _ in here],
            y=[y for _, y in here],
            symbol=symbol,
            size=size,
            brush=pg.mkBrush(brush),
            pen=pg.mkPen(pen, width=1.6),
        )
        item.setZValue(5)
        canvas.add(item)
