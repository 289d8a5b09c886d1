"""Room for words in a chart: which of them fit, measured in pixels of their font."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from valuer.core.figures import TornadoFigure

APART = 16
"""Pixels between two words along an axis."""

AROUND = 24
"""Pixels of a chart beside its names and bars."""


def small(font: QFont) -> QFont:
    """Return the font of what stands at a bar."""
    found = QFont(font)
    found.setPixelSize(11)
    return found


def apart(labels: Sequence[str], font: QFont, room: float) -> list[int]:
    """Return which labels to show along so many pixels; the first and last at least."""
    wide = max(map(QFontMetrics(font).horizontalAdvance, labels), default=0) + APART
    stride = -(-len(labels) * wide // max(int(room), wide))
    shown = list(range(0, len(labels), stride or 1))
    return shown if len(shown) > 1 else sorted({0, len(labels) - 1})


def bars_room(figure: TornadoFigure, font: QFont, width: int) -> int:
    """Return the pixels that the names at the left of a chart leave to its bars."""
    metrics = QFontMetrics(font)
    names = (metrics.horizontalAdvance(one.label) for one in figure.swings)
    return max(width - max(names, default=0) - AROUND, 60)


def ends_share(figure: TornadoFigure, font: QFont, room: int) -> float:
    """Return the share of the scale that the inputs at the bars' ends need."""
    metrics = QFontMetrics(font)
    texts = (text for one in figure.swings for text in (one.low_input, one.high_input))
    end = max(map(metrics.horizontalAdvance, texts), default=0) + 8
    return min(max(end / max(room - 2 * end, 1), 0.1), 1.0)


def in_two(label: str, font: QFont, room: int) -> str:
    """Return a name in a line, or in two, the second cut in its middle."""
    metrics, room = QFontMetrics(font), max(room, 12)
    if metrics.horizontalAdvance(label) <= room:
        return label
    at = len(label)
    while at > 1 and metrics.horizontalAdvance(label[:at]) > room:
        at -= 1
    middle = Qt.TextElideMode.ElideMiddle
    return f"{label[:at]}\n{metrics.elidedText(label[at:].strip(), middle, room)}"
