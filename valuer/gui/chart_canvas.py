"""What every chart is drawn with: texts, marks and axes on one plot.

pyqtgraph takes a third of a second to import, so this module is imported with the
first chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from valuer.core.figures import tick_labels
from valuer.gui.chart_room import apart, in_two, small
from valuer.gui.theme import Theme
from valuer.gui.tokens import Tokens

TWO_LINES = 36
"""Pixels under the bars for names in two lines."""

AROUND = 90
"""Pixels of a chart's width beside its plot."""

Place = tuple[float, float]


class Canvas:
    """The plot of a widget, in the colours of the moment.

    Attributes:
        spots: where the points stand that can be clicked, in the plot's own units.
    """

    def __init__(self, plot: Any, theme: Theme, widget: QWidget) -> None:
        self._plot, self._theme, self._widget = plot, theme, widget
        self.spots: list[Place] = []

    @property
    def tokens(self) -> Tokens:
        """The colours."""
        return self._theme.tokens

    @property
    def font(self) -> QFont:
        """The font of the widget."""
        return self._widget.font()

    @property
    def width(self) -> int:
        """Pixels across."""
        return self._widget.width()

    @property
    def height(self) -> int:
        """Pixels down."""
        return self._widget.height()

    def clear(self, title: str) -> None:
        """Take everything away, and name what comes."""
        tokens, plot = self.tokens, self._plot
        self.spots = []
        plot.setBackground(QColor(tokens.surface))
        plot.clear()
        item = plot.getPlotItem()
        for name in ("left", "bottom"):
            axis = item.getAxis(name)
            axis.setPen(pg.mkPen(tokens.line))
            axis.setTextPen(pg.mkPen(tokens.muted))
            axis.setStyle(tickFont=self.font, tickLength=-4, hideOverlappingLabels=True)
            axis.setTicks([[], []])
            axis.enableAutoSIPrefix(False)  # the unit named is the unit shown
        item.getAxis("bottom").setHeight(None)
        item.setTitle(title, color=tokens.text, size="13px")

    def add(self, item: Any) -> None:
        """Add an item of pyqtgraph's."""
        self._plot.addItem(item)

    def line(
        self,
        points: Sequence[Place],
        colour: str,
        width: float = 1.0,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> Any:
        """Add a line through points and return it."""
        pen = pg.mkPen(colour, width=width, style=style)
        line = pg.PlotDataItem([x for x, _ in points], [y for _, y in points], pen=pen)
        self.add(line)
        return line

    def band(
        self, lows: Sequence[Place], highs: Sequence[Place], colour: str, alpha: int
    ) -> None:
        """Fill between two lines, with no edge."""
        none = pg.mkPen(None)
        ends = [
            pg.PlotDataItem([x for x, _ in one], [y for _, y in one], pen=none)
            for one in (lows, highs)
        ]
        fill = QColor(colour)
        fill.setAlpha(alpha)
        self.add(pg.FillBetweenItem(*ends, brush=fill))

    def mark(
        self,
        place: float,
        label: str,
        colour: str,
        height: float = 0.97,
        part: float = 0.5,
        *,
        middle: bool = False,
    ) -> None:
        """Draw a line with its name beside it: left where it would not fit right.

        ``part`` is how far right the line stands, of the width; ``middle`` puts the
        name over the line.
        """
        font = small(self.font) if middle else self.font
        wide = QFontMetrics(font).horizontalAdvance(label) + 12
        is_far = part > 0.5 and wide > (1 - part) * (self.width - AROUND)
        anchor = (0.5 if middle else float(is_far), 0)
        ratio = self._widget.devicePixelRatioF()  # its pen counts in screen pixels
        line = pg.InfiniteLine(
            pos=place,
            angle=90,
            pen=pg.mkPen(colour, width=1.5 * ratio, style=Qt.PenStyle.DashLine),
            label=label,
            labelOpts={
                "position": height,
                "color": colour,
                "anchors": [anchor, anchor],
                # No line beside it runs through its letters.
                "fill": self.tokens.surface,
            },
        )
        line.setZValue(10 + height)  # the higher label lies over the later line
        line.label.setFont(font)
        self.add(line)

    def ring(self, x: float, y: float) -> None:
        """Draw a ring around the point that is chosen."""
        pen = pg.mkPen(self.tokens.text, width=1.5)
        ring = pg.ScatterPlotItem(
            x=[x], y=[y], symbol="o", size=17, brush=pg.mkBrush(None), pen=pen
        )
        ring.setZValue(6)
        self.add(ring)

    def text(self, text: str, x: float, y: float, anchor: Place) -> None:
        """Write a text; ``anchor`` is the part of it that stands at the place."""
        shown = pg.TextItem(text, color=self.tokens.text, anchor=anchor)
        shown.setFont(small(self.font))
        shown.setPos(x, y)
        self._plot.addItem(shown, ignoreBounds=True)

    def scale(
        self, side: str, places: tuple[float, ...], unit: str, room: float = 0
    ) -> None:
        """Name the places along a side; not all where they would overlap."""
        axis, named = self._plot.getAxis(side), tick_labels(places)
        shown = list(zip(places, named, strict=True))
        if side == "bottom":
            fit = apart(named, self.font, room or self.width - AROUND)
            shown = [shown[one] for one in fit]
        axis.setTicks([shown, []])
        axis.setLabel(unit, color=self.tokens.muted)

    def name(self, side: str, labels: tuple[str, ...]) -> None:
        """Name the bars along a side; below in two lines where they are long."""
        axis = self._plot.getAxis(side)
        room = max(1, self.width // 40) if side == "bottom" else len(labels)
        stride = -(-len(labels) // room)
        if side == "bottom":
            each = int(self.width * 0.85 / max(1, len(labels)) * stride) - 6
            labels = tuple(in_two(label, small(self.font), each) for label in labels)
            axis.setHeight(TWO_LINES if any("\n" in one for one in labels) else None)
        self.names(side, list(enumerate(labels))[::stride])

    def names(self, side: str, named: Sequence[tuple[float, str]]) -> None:
        """Write names at places along a side."""
        axis = self._plot.getAxis(side)
        axis.setTicks([list(named), []])
        axis.setStyle(tickFont=small(self.font), tickLength=0)
        axis.setLabel("")
        axis.showLabel(show=False)
        if side == "bottom" and any("\n" in name for _, name in named):
            axis.setHeight(TWO_LINES)

    def range(
        self, x: tuple[float, float], places: tuple[float, ...], room: float
    ) -> None:
        """Show so much across, and the places with some room above."""
        self._plot.setXRange(*x, padding=0)
        height = places[-1] - places[0]
        low = places[0] - (room * height if places[0] < 0 else 0)
        self._plot.setYRange(low, places[-1] + room * height, padding=0)

    def show(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly so much."""
        self._plot.setXRange(*x, padding=0)
        self._plot.setYRange(*y, padding=0)


def value_labels(values: Sequence[float]) -> list[str]:
    """Return figures with as many decimals as the largest needs for three digits."""
    top = max(map(abs, values))
    places = 0 if top >= 100 else 1 if top >= 10 else 2
    return [f"{value:,.{places}f}".replace("-", "−") for value in values]
