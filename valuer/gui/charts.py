"""Charts: the figures of the report, drawn on the screen.

pyqtgraph takes a third of a second to import, so this module is imported with the
first chart. Bars carry their figures or ends as text: colour never speaks alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.figures import (
    BarFigure,
    Figure,
    HistogramFigure,
    TornadoFigure,
    tick_labels,
    ticks,
)
from valuer.gui.theme import Theme


class Chart(QWidget):
    """Shows one figure, still: it is read, not played with."""

    def __init__(self, key: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figure: Figure | None = None
        self.setObjectName(key)
        self._plot: Any = pg.PlotWidget(self)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=False, y=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        theme.changed.connect(self._draw)

    def put(self, figure: Figure | None) -> None:
        """Show a figure, or nothing."""
        if figure != self._figure:
            self._figure = figure
            self.setAccessibleName(figure.title if figure else "")
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        tokens, plot = self._theme.tokens, self._plot
        plot.setBackground(QColor(tokens.surface))
        plot.clear()
        item = plot.getPlotItem()
        for name in ("left", "bottom"):
            axis = item.getAxis(name)
            axis.setPen(pg.mkPen(tokens.line))
            axis.setTextPen(pg.mkPen(tokens.muted))
            axis.setStyle(
                tickFont=self.font(), tickLength=-4, hideOverlappingLabels=True
            )
            axis.setTicks([[], []])
        figure = self._figure
        title = figure.title if figure else ""
        item.setTitle(title, color=tokens.text, size="13px")
        match figure:
            case BarFigure():
                self._bars(figure)
            case TornadoFigure():
                self._tornado(figure)
            case HistogramFigure():
                self._histogram(figure)

    def _bars(self, figure: BarFigure) -> None:
        tokens, count = self._theme.tokens, len(figure.values)
        places = ticks(min(0.0, *figure.values), max(0.0, *figure.values))
        bars = pg.BarGraphItem(
            x=list(range(count)),
            height=list(figure.values),
            width=0.64,
            brush=tokens.series[0],
            pen=pg.mkPen(tokens.series[0]),
        )
        self._plot.addItem(bars)
        labels = _labels(figure.values)
        # Figures over narrow bars would run into each other; the axis tells enough.
        if self.width() >= count * 8 * max(map(len, labels)):
            for place, (value, label) in enumerate(
                zip(figure.values, labels, strict=True)
            ):
                self._text(label, place, value, (0.5, 0.0 if value < 0 else 1.0))
        self._scale("left", places, figure.unit)
        self._name("bottom", figure.labels)
        self._range((-0.6, count - 0.4), places, 0.12)

    def _tornado(self, figure: TornadoFigure) -> None:
        tokens, swings = self._theme.tokens, figure.ranked
        ends = [end for swing in swings for end in (swing.low, swing.high)]
        places = ticks(min([*ends, figure.value]), max([*ends, figure.value]))
        for row, swing in enumerate(reversed(swings)):
            for end, text, colour in (
                (swing.low, swing.low_input, tokens.series[0]),
                (swing.high, swing.high_input, tokens.series[1]),
            ):
                low, high = sorted((end, figure.value))
                self._plot.addItem(
                    pg.BarGraphItem(
                        x0=[low],
                        x1=[high],
                        y=[row],
                        height=0.56,
                        brush=colour,
                        pen=pg.mkPen(colour),
                    )
                )
                self._text(text, end, row, (1.0 if end < figure.value else 0.0, 0.5))
        self._mark(figure.value, figure.value_label, tokens.text)
        self._scale("bottom", places, figure.unit)
        self._name("left", tuple(swing.label for swing in reversed(swings)))
        width = places[-1] - places[0]
        self._plot.setXRange(
            places[0] - width * 0.1, places[-1] + width * 0.1, padding=0
        )
        self._plot.setYRange(-0.6, len(swings) + 0.1, padding=0)

    def _histogram(self, figure: HistogramFigure) -> None:
        tokens = self._theme.tokens
        self._plot.addItem(
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
            self._mark(mark.value, mark.label, colour, 0.97 - 0.09 * rank)
        self._scale("bottom", places, figure.unit)
        self._scale("left", heights, figure.count_label)
        self._range((figure.edges[0], figure.edges[-1]), heights, 0.5)

    def _mark(
        self, place: float, label: str, colour: str, height: float = 0.97
    ) -> None:
        line = pg.InfiniteLine(
            pos=place,
            angle=90,
            pen=pg.mkPen(colour, width=1.5, style=Qt.PenStyle.DashLine),
            label=label,
            labelOpts={
                "position": height,
                "color": colour,
                "anchors": [(0, 0), (0, 0)],
            },
        )
        line.label.setFont(self.font())
        self._plot.addItem(line)

    def _text(self, text: str, x: float, y: float, anchor: tuple[float, float]) -> None:
        shown = pg.TextItem(text, color=self._theme.tokens.text, anchor=anchor)
        shown.setFont(_small(self.font()))
        shown.setPos(x, y)
        self._plot.addItem(shown, ignoreBounds=True)

    def _scale(self, side: str, places: tuple[float, ...], unit: str) -> None:
        axis = self._plot.getAxis(side)
        axis.setTicks([list(zip(places, tick_labels(places), strict=True)), []])
        axis.setLabel(unit, color=self._theme.tokens.muted)

    def _name(self, side: str, labels: tuple[str, ...]) -> None:
        axis = self._plot.getAxis(side)
        room = max(1, self.width() // 40) if side == "bottom" else len(labels)
        stride = -(-len(labels) // room)
        axis.setTicks([list(enumerate(labels))[::stride], []])
        axis.setStyle(tickFont=_small(self.font()), tickLength=0)
        axis.setLabel("")
        axis.showLabel(show=False)

    def _range(
        self, x: tuple[float, float], places: tuple[float, ...], room: float
    ) -> None:
        self._plot.setXRange(*x, padding=0)
        height = places[-1] - places[0]
        low = places[0] - (room * height if places[0] < 0 else 0)
        self._plot.setYRange(low, places[-1] + room * height, padding=0)


def _labels(values: Sequence[float]) -> list[str]:
    """Return figures with as many decimals as the largest needs for three digits."""
    top = max(map(abs, values))
    places = 0 if top >= 100 else 1 if top >= 10 else 2
    return [f"{value:,.{places}f}" for value in values]


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(11)
    return small
