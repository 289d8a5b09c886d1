"""Charts: the figures of the report, drawn on the screen.

pyqtgraph takes a third of a second to import, so this module is imported with the
first chart. Bars carry their figures or ends as text: colour never speaks alone. The
wheel zooms, dragging moves, a double click shows all again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QBrush,
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    Figure,
    HistogramFigure,
    TornadoFigure,
    WaterfallFigure,
    tick_labels,
    ticks,
)
from valuer.core.texts import N_
from valuer.gui.chart_room import apart, bars_room, ends_share, in_two, small
from valuer.gui.chart_words import words_at
from valuer.gui.theme import Theme
from valuer.gui.words import Texts, Words

TWO_LINES = 36
"""Pixels under the bars for names in two lines."""


class Chart(QWidget):
    """Shows one figure; what the pointer is on is told in the line below."""

    def __init__(self, key: str, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figure: Figure | None = None
        self.setObjectName(key)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._plot: Any = pg.PlotWidget(self)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.scene().sigMouseMoved.connect(self.point)
        self._plot.scene().sigMouseClicked.connect(self._click)
        self.told = QLabel(self)
        self.told.setProperty("part", "muted")
        self.told.setObjectName(f"{key}_told")
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.told.setMinimumWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self.told)
        self._actions(Texts(words, self))
        theme.changed.connect(self._draw)

    def put(self, figure: Figure | None) -> None:
        """Show a figure, or nothing."""
        if figure != self._figure:
            self._figure = figure
            self.setAccessibleName(figure.title if figure else "")
            self._draw()

    def point(self, at: QPointF) -> None:
        """Tell the figures at a place of the scene."""
        place = self._plot.getPlotItem().vb.mapSceneToView(at)
        self.told.setText(words_at(self._figure, place.x(), place.y()))

    def reset(self) -> None:
        """Show the whole figure again."""
        self._draw()

    def copy(self) -> None:
        """Copy the chart as a picture."""
        QGuiApplication.clipboard().setPixmap(self._plot.grab())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _actions(self, texts: Texts) -> None:
        for name, act, keys in (
            (N_("Copy as a picture"), self.copy, QKeySequence.StandardKey.Copy),
            (N_("Show all again"), self.reset, None),
        ):
            action = QAction(self)
            action.triggered.connect(act)
            texts.put(action.setText, name)
            if keys is not None:
                action.setShortcut(QKeySequence(keys))
                context = Qt.ShortcutContext.WidgetWithChildrenShortcut
                action.setShortcutContext(context)
            self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _click(self, event: Any) -> None:
        self.setFocus()
        if event.double():
            self.reset()

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
            axis.enableAutoSIPrefix(False)  # the unit named is the unit shown
        item.getAxis("bottom").setHeight(None)
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
            case ConvergenceFigure():
                self._convergence(figure)
            case WaterfallFigure():
                self._waterfall(figure)

    def _bars(self, figure: BarFigure) -> None:
        tokens, count = self._theme.tokens, len(figure.values)
        places = ticks(min(0.0, *figure.values), max(0.0, *figure.values))
        past, colours = figure.past, (tokens.series[1], tokens.series[0])
        hatched = QBrush(QColor(colours[0]), Qt.BrushStyle.BDiagPattern)
        for first, last, colour, brush in (
            (0, past, colours[0], hatched),
            (past, count, colours[1], QBrush(QColor(colours[1]))),
        ):
            bars = pg.BarGraphItem(
                x=list(range(first, last)),
                height=list(figure.values[first:last]),
                width=0.64,
                brush=brush,
                pen=pg.mkPen(colour),
            )
            self._plot.addItem(bars)
        if past:
            self._part(figure, past, count, places[-1])
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

    def _part(self, figure: BarFigure, past: int, count: int, top: float) -> None:
        """Name history and forecast above their bars, with a line between them."""
        colour = self._theme.tokens.muted
        pen = pg.mkPen(colour, style=Qt.PenStyle.DashLine)
        self._plot.addItem(pg.InfiniteLine(pos=past - 0.5, angle=90, pen=pen))
        middles = ((past - 1) / 2, (past + count - 1) / 2)
        for middle, name in zip(middles, figure.names, strict=True):
            self._text(name, middle, top * 1.12, (0.5, 0.0))

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
        self._mark(figure.value, figure.value_label, tokens.text, middle=True)
        self._name("left", tuple(swing.label for swing in reversed(swings)))
        font = small(self.font())
        room = bars_room(figure, font, self.width())
        side = ends_share(figure, font, room)
        width = places[-1] - places[0]
        self._scale("bottom", places, figure.unit, room / (1 + 2 * side))
        low, high = places[0] - width * side, places[-1] + width * side
        self._plot.setXRange(low, high, padding=0)
        # The name of the line stands above the first bar, not on it.
        room = self.height() - 70
        above = len(swings) * (30 + room * 0.03) / max(room * 0.97 - 30, 60)
        self._plot.setYRange(-0.6, len(swings) - 0.6 + above, padding=0)

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
            part = (mark.value - figure.edges[0]) / (figure.edges[-1] - figure.edges[0])
            self._mark(mark.value, mark.label, colour, 0.97 - 0.09 * rank, part)
        seen = [one for one in places if figure.edges[0] <= one <= figure.edges[-1]]
        self._scale("bottom", tuple(seen) or places, figure.unit)
        self._scale("left", heights, figure.count_label)
        self._range((figure.edges[0], figure.edges[-1]), heights, 0.5)

    def _convergence(self, figure: ConvergenceFigure) -> None:
        tokens, counts = self._theme.tokens, list(figure.counts)
        edge = pg.mkPen(tokens.series[5], width=1)
        ends = [
            pg.PlotDataItem(counts, list(values), pen=edge)
            for values in (figure.lows, figure.highs)
        ]
        fill = QColor(tokens.series[5])
        fill.setAlpha(70)
        self._plot.addItem(pg.FillBetweenItem(*ends, brush=fill))
        for end in ends:
            self._plot.addItem(end)
        mean = pg.mkPen(tokens.series[0], width=2)
        self._plot.addItem(pg.PlotDataItem(counts, list(figure.means), pen=mean))
        # The first points swing far; the axis is for what the mean settles to.
        settled = len(counts) // 10
        places = ticks(min(figure.lows[settled:]), max(figure.highs[settled:]))
        self._text(figure.mean_label, counts[-1], figure.means[-1], (1.0, 1.0))
        self._text(figure.band_label, counts[-1], figure.highs[-1], (1.0, 1.4))
        self._scale("left", places, figure.unit)
        self._scale("bottom", ticks(0.0, float(counts[-1])), figure.count_label)
        self._plot.setXRange(0, counts[-1] * 1.02, padding=0)
        self._plot.setYRange(places[0], places[-1], padding=0)

    def _waterfall(self, figure: WaterfallFigure) -> None:
        tokens, spans = self._theme.tokens, figure.spans
        edges = [end for span in spans for end in span]
        places = ticks(min(0.0, *edges), max(0.0, *edges))
        labels = _labels([rise.amount for rise in figure.rises])
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
            self._plot.addItem(bar)
            self._text(labels[place], place, high, (0.5, 1.0))
        for place, (_, end) in enumerate(spans[:-1]):
            link = pg.mkPen(tokens.muted, width=1)
            line = pg.PlotDataItem([place + 0.32, place + 0.68], [end, end], pen=link)
            self._plot.addItem(line)
        self._scale("left", places, figure.unit)
        self._name("bottom", tuple(rise.label for rise in figure.rises))
        self._range((-0.6, len(spans) - 0.4), places, 0.12)

    def _mark(
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
        font = small(self.font()) if middle else self.font()
        wide = QFontMetrics(font).horizontalAdvance(label) + 12
        is_far = part > 0.5 and wide > (1 - part) * (self.width() - 90)
        anchor = (0.5 if middle else float(is_far), 0)
        ratio = self.devicePixelRatioF()  # its pen counts in pixels of the screen
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
                "fill": self._theme.tokens.surface,
            },
        )
        line.setZValue(10 + height)  # the higher label lies over the later line
        line.label.setFont(font)
        self._plot.addItem(line)

    def _text(self, text: str, x: float, y: float, anchor: tuple[float, float]) -> None:
        shown = pg.TextItem(text, color=self._theme.tokens.text, anchor=anchor)
        shown.setFont(small(self.font()))
        shown.setPos(x, y)
        self._plot.addItem(shown, ignoreBounds=True)

    def _scale(
        self, side: str, places: tuple[float, ...], unit: str, room: float = 0
    ) -> None:
        """Name the places along a side; not all where they would overlap."""
        axis, named = self._plot.getAxis(side), tick_labels(places)
        shown = list(zip(places, named, strict=True))
        if side == "bottom":
            fit = apart(named, self.font(), room or self.width() - 90)
            shown = [shown[one] for one in fit]
        axis.setTicks([shown, []])
        axis.setLabel(unit, color=self._theme.tokens.muted)

    def _name(self, side: str, labels: tuple[str, ...]) -> None:
        axis = self._plot.getAxis(side)
        room = max(1, self.width() // 40) if side == "bottom" else len(labels)
        stride = -(-len(labels) // room)
        if side == "bottom":
            each = int(self.width() * 0.85 / max(1, len(labels)) * stride) - 6
            labels = tuple(in_two(label, small(self.font()), each) for label in labels)
            axis.setHeight(TWO_LINES if any("\n" in one for one in labels) else None)
        axis.setTicks([list(enumerate(labels))[::stride], []])
        axis.setStyle(tickFont=small(self.font()), tickLength=0)
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
    return [f"{value:,.{places}f}".replace("-", "−") for value in values]
