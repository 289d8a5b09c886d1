"""Charts: the figures of the report, drawn on the screen.

pyqtgraph takes a third of a second to import, so this module is imported with the
first chart. Bars carry their figures or ends as text: colour never speaks alone. The
wheel zooms, dragging moves, a double click shows all again. Points of a chart can be
clicked, or chosen with the arrow keys and taken with Return.
"""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
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
)
from valuer.core.quality_figures import (
    ControlFigure,
    IncidenceFigure,
    RareFigure,
    StepFigure,
)
from valuer.core.texts import N_
from valuer.gui.bar_charts import bars, tornado, waterfall
from valuer.gui.chart_canvas import Canvas
from valuer.gui.chart_words import key_words, point_words, words_at
from valuer.gui.control_charts import control, rare
from valuer.gui.line_charts import incidence, steps
from valuer.gui.spread_charts import convergence, histogram
from valuer.gui.theme import Theme
from valuer.gui.words import Texts, Words

_NEAR = 14.0
"""Pixels from a point within which it is meant."""


class Chart(QWidget):
    """Shows one figure; what the pointer is on is told in the line below.

    ``point_clicked`` carries the number of a point that was clicked, in the order of
    the figure.
    """

    point_clicked = Signal(int)

    def __init__(self, key: str, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._chosen = -1
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
        self._canvas = Canvas(self._plot, theme, self)
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
            self._chosen = -1
            self.setAccessibleName(figure.title if figure else "")
            # Only what can be taken is reached with Tab.
            is_taken = isinstance(figure, ControlFigure | RareFigure)
            focus = (
                Qt.FocusPolicy.StrongFocus if is_taken else Qt.FocusPolicy.ClickFocus
            )
            self.setFocusPolicy(focus)
            self._draw()

    def point(self, at: QPointF) -> None:
        """Tell the figures at a place of the scene."""
        number = self.point_at(at)
        shape = Qt.CursorShape.ArrowCursor
        if number >= 0:
            self.told.setText(point_words(self._figure, number))
            shape = Qt.CursorShape.PointingHandCursor
        else:
            place = self._plot.getPlotItem().vb.mapSceneToView(at)
            found = words_at(self._figure, place.x(), place.y())
            self.told.setText(found or key_words(self._figure))
        self._plot.setCursor(shape)

    def point_at(self, at: QPointF) -> int:
        """Return the number of the point at a place of the scene, −1 where none is."""
        view, found, nearest = self._plot.getPlotItem().vb, -1, _NEAR
        for number, (x, y) in enumerate(self._canvas.spots):
            spot = view.mapViewToScene(QPointF(x, y))
            away = math.hypot(spot.x() - at.x(), spot.y() - at.y())
            if away < nearest:
                found, nearest = number, away
        return found

    def choose(self, number: int) -> None:
        """Mark a point and tell it, as the arrow keys do."""
        if 0 <= number < len(self._canvas.spots):
            self._chosen = number
            self._draw()
            self.told.setText(point_words(self._figure, number))

    def reset(self) -> None:
        """Show the whole figure again."""
        self._draw()

    def copy(self) -> None:
        """Copy the chart as a picture."""
        QGuiApplication.clipboard().setPixmap(self._plot.grab())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._canvas.spots:
            last = len(self._canvas.spots) - 1
            self.choose(min(max(self._chosen + step, 0), last))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.point_clicked.emit(self._chosen)
        else:
            super().keyPressEvent(event)

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
            return
        number = self.point_at(event.scenePos())
        if number >= 0:
            self._chosen = number
            self.point_clicked.emit(number)

    def _draw(self) -> None:
        figure, canvas = self._figure, self._canvas
        canvas.clear(figure.title if figure else "")
        match figure:
            case BarFigure():
                bars(figure, canvas)
            case TornadoFigure():
                tornado(figure, canvas)
            case HistogramFigure():
                histogram(figure, canvas)
            case ConvergenceFigure():
                convergence(figure, canvas)
            case WaterfallFigure():
                waterfall(figure, canvas)
            case ControlFigure():
                control(figure, canvas)
            case RareFigure():
                rare(figure, canvas)
            case IncidenceFigure():
                incidence(figure, canvas)
            case StepFigure():
                steps(figure, canvas)
        self.told.setText(key_words(figure))
        if 0 <= self._chosen < len(canvas.spots):
            canvas.ring(*canvas.spots[self._chosen])
