"""Intervals as small bars: from the lower to the upper end, a tick at the value.

A benchmark stands as a small triangle at its place. All bars of one table that measure
the same stand on one scale.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from valuer.agency.metric import Unit
from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.gui.tables import Index
from valuer.gui.theme import Theme

BAR = Qt.ItemDataRole.UserRole + 2
"""The role under which a cell gives its bar."""

_SIDE = 8.0  # pixels left and right of the scale


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on a scale from nought to ``top``; None: an end is not known."""

    value: float
    low: float | None
    high: float | None
    top: float
    benchmark: float | None = None


def bar_of(row: Row, top: float = 0.0) -> Bar | None:
    """Return the bar of a row on its own scale, or on one up to ``top``."""
    if row.value is None or row.missing:
        return None
    mark = row.benchmark
    benchmark = mark.value if mark and mark.unit is metric(row.key).unit else None
    return Bar(row.value, row.low, row.high, top or top_of([row]), benchmark)


def top_of(rows: list[Row]) -> float:
    """Return where the scale of rows of one metric ends: at 100 % for shares."""
    ends = [one for row in rows for one in (row.value, row.high) if one is not None]
    marks = [row.benchmark.value for row in rows if row.benchmark]
    highest = max((*ends, *marks), default=0.0)
    if rows and metric(rows[0].key).unit is Unit.SHARE:
        return max(1.0, highest)
    return highest * 1.1 or 1.0


class Bars(QStyledItemDelegate):
    """Draws the bars of a column."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        self.initStyleOption(option, index)
        style = QApplication.style()
        element = QStyle.ControlElement.CE_ItemViewItem
        style.drawControl(element, option, painter, option.widget)
        found = index.data(BAR)
        if not isinstance(found, Bar):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(option.rect), found)
        painter.restore()

    def _draw(self, painter: QPainter, room: QRectF, bar: Bar) -> None:
        tokens = self._theme.tokens
        left, middle = room.left() + _SIDE, room.center().y()
        width = max(room.width() - 2 * _SIDE, 1.0)

        def at(value: float) -> float:
            return left + width * min(max(value / bar.top, 0.0), 1.0)

        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        if bar.low is not None or bar.high is not None:
            low = at(bar.low if bar.low is not None else 0.0)
            high = at(bar.high if bar.high is not None else bar.top)
            painter.setPen(QPen(QColor(tokens.series[5]), 6))
            painter.drawLine(QPointF(low, middle), QPointF(max(high, low + 1), middle))
        painter.setPen(QPen(QColor(tokens.text), 2))
        place = at(bar.value)
        painter.drawLine(QPointF(place, middle - 6), QPointF(place, middle + 6))
        if bar.benchmark is not None:
            _triangle(painter, at(bar.benchmark), middle + 4, QColor(tokens.series[1]))


def _triangle(painter: QPainter, x: float, top: float, colour: QColor) -> None:
    corners = [QPointF(x, top), QPointF(x - 4, top + 7), QPointF(x + 4, top + 7)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(corners))
