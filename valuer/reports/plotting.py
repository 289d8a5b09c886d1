"""What every chart is drawn with: lines, areas and texts on one drawing.

Every text a chart holds stands within it: one that is too long is set smaller, then
shortened.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Line,
    Polygon,
    PolyLine,
    Rect,
    String,
)
from reportlab.lib.colors import Color

from valuer.core.figures import tick_labels
from valuer.reports.characters import cleaned, shaped
from valuer.reports.drawing import is_trial
from valuer.reports.fonts import SANS, report_font
from valuer.reports.style import GRID, TEXT, Colour

SIZE = 7.5
SMALLEST = 5.5
GAP = 4.0
DOT = 2.0
"""Radius of a point."""

Scale = Callable[[float], float]


class Picture(Drawing):  # type: ignore[misc] # reportlab has no types
    """A drawing that a trial of the pages leaves out."""

    def draw(self) -> None:
        """Draw on the canvas."""
        if not is_trial(self.canv):
            super().draw()


class Plot:
    """A drawing to which lines, areas and texts are added."""

    def __init__(self, language: str, width: float, height: float) -> None:
        # Else reportlab names Helvetica, which no file may embed.
        self.drawing = Picture(width, height, initialFontName=SANS)
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
        """Add a straight line."""
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
        """Add a filled rectangle with a fine edge."""
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

    def path(
        self,
        points: Sequence[tuple[float, float]],
        colour: Colour,
        weight: float,
        dash: Sequence[float] | None = None,
    ) -> None:
        """Add a line through points; one point alone is none."""
        flat = [number for point in points for number in point]
        if len(points) < 2:
            return
        self.drawing.add(
            PolyLine(
                flat,
                strokeColor=Color(*colour),
                strokeWidth=weight,
                strokeDashArray=dash,
            )
        )

    def spot(
        self, x: float, y: float, corners: int, colour: Colour, *, open_: bool = False
    ) -> None:
        """Add a mark at a point: a disc, or a shape with corners, filled or open."""
        fill = Color(1, 1, 1) if open_ else Color(*colour)
        look = {"fillColor": fill, "strokeColor": Color(*colour), "strokeWidth": 0.8}
        if not corners:
            self.drawing.add(Circle(x, y, DOT, **look))
            return
        turn = math.pi / 2 if corners != 4 or open_ else math.pi / 4
        reach = DOT * (1.45 if open_ else 1.75)
        flat = []
        for corner in range(corners):
            angle = turn + 2 * math.pi * corner / corners
            flat += [x + reach * math.cos(angle), y + reach * math.sin(angle)]
        self.drawing.add(Polygon(flat, **look))

    def band(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        """Add the area that points enclose, without an edge."""
        flat = [number for point in points for number in point]
        self.drawing.add(Polygon(flat, fillColor=Color(*colour), strokeColor=None))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        anchor: str = "start",
        size: float = SIZE,
    ) -> None:
        """Add a text at a point: its start, its middle or its end."""
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
        ground = Rect(left, y - 2, width, SIZE + 1.5, strokeColor=None)
        ground.fillColor = Color(1, 1, 1)
        self.drawing.add(ground)
        self.text(x, y, text, anchor)

    def shortened(self, text: str, room: float, size: float = SIZE) -> str:
        """Return a text that is no wider than ``room``, cut off with … if need be."""
        if self.width_of(text, size) <= room:
            return text
        while text and self.width_of(f"{text}…", size) > room:
            text = text[:-1]
        return f"{text}…"

    def in_two(self, text: str, room: float, size: float = SIZE) -> list[str]:
        """Return a text in one line or two that are no wider than ``room``."""
        if self.width_of(text, size) <= room:
            return [text]
        count = 1
        while count < len(text) and self.width_of(text[: count + 1], size) <= room:
            count += 1
        at_blank = text.rfind(" ", 0, count + 1)
        count = at_blank if at_blank > 0 else count
        return [text[:count], self.shortened(text[count:].strip(), room, size)]

    def rules(self, places: Sequence[float], left: float, up: Scale) -> None:
        """Add a level line with its figure at every place of an upright axis."""
        for place, label in zip(places, tick_labels(places), strict=True):
            self.line((left, up(place)), (self.width, up(place)))
            self.text(left - GAP, up(place) - 2.6, label, "end")

    def width_of(self, text: str, size: float = SIZE) -> float:
        """Return how wide a text is."""
        return self._font.stringWidth(self._shaped(text), size)

    def widest(self, texts: Sequence[str], size: float = SIZE) -> float:
        """Return how wide the widest of some texts is."""
        return max((self.width_of(text, size) for text in texts), default=0.0)

    def _shaped(self, text: str) -> str:
        return shaped(cleaned(text).replace("\n", " "), self._language)


def scale(places: Sequence[float], first: float, last: float) -> Scale:
    """Return the map from the axis between its outer ticks to points."""
    low, high = places[0], places[-1]
    return lambda value: first + (value - low) / (high - low) * (last - first)


def fitting(plot: Plot, texts: Sequence[str], room: float) -> float:
    """Return the largest size of type at which these texts fit, not too small."""
    widest = plot.widest(texts, 1.0)
    if not widest:
        return SIZE
    return max(SMALLEST, min(SIZE, room / widest))
