"""Draw scores as a radar: one spoke for each, from 0 in the middle to the full score.

The outline is a strong line on a pale area and every corner has its figure, so that
grey print loses nothing.
"""

from __future__ import annotations

import math

from reportlab.graphics.shapes import Drawing

from valuer.core.figures import RadarFigure
from valuer.reports.plotting import SIZE, Plot, fitting
from valuer.reports.style import BLUE, GRID, LINE, PALE

_RADIUS = 74.0
_RINGS = 4
_DOT = 1.8


def radar(shown: RadarFigure, plot: Plot) -> Drawing:
    """Return the drawing."""
    middle = plot.width / 2, plot.height / 2 - 2
    count = len(shown.values)

    def at(spoke: int, share: float) -> tuple[float, float]:
        angle = math.pi / 2 - 2 * math.pi * spoke / count
        reach = _RADIUS * share
        return middle[0] + reach * math.cos(angle), middle[1] + reach * math.sin(angle)

    corners = [at(i, value / shown.full) for i, value in enumerate(shown.values)]
    plot.band(corners, PALE)
    for ring in range(1, _RINGS + 1):
        share = ring / _RINGS
        points = [at(i, share) for i in range(count)]
        plot.path([*points, points[0]], LINE if ring == _RINGS else GRID, 0.5)
    for i in range(count):
        plot.line(middle, at(i, 1.0))
    plot.path([*corners, corners[0]], BLUE, 1.6)
    for x, y in corners:
        plot.area(x - _DOT, y - _DOT, x + _DOT, y + _DOT, BLUE)
    for ring in range(1, _RINGS + 1):
        share = ring / _RINGS
        figure = f"{shown.full * share:g}"
        plot.text(middle[0] + 2, middle[1] + _RADIUS * share - 7, figure, size=5.5)
    room = plot.width / 2 - _RADIUS - 16
    labels = [
        f"{label} {value:.1f}"
        for label, value in zip(shown.labels, shown.values, strict=True)
    ]
    size = fitting(plot, labels, room)
    for i, label in enumerate(labels):
        x, y = at(i, 1.0)
        _label(plot, (x - middle[0], x, y), label, room, size)
    return plot.drawing


def _label(
    plot: Plot, place: tuple[float, float, float], label: str, room: float, size: float
) -> None:
    """Write a label outside its corner: above, below, left or right of it."""
    aside, x, y = place
    text = plot.shortened(label, room, size)
    if abs(aside) < _RADIUS * 0.2:
        is_top = y > plot.height / 2
        plot.text(x, y + 5 if is_top else y - SIZE - 4, text, "middle", size)
    else:
        anchor = "start" if aside > 0 else "end"
        plot.text(x + math.copysign(7, aside), y - 2.6, text, anchor, size)
