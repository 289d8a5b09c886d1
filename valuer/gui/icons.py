"""Line icons, drawn from our own SVG files in the colour of the moment."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from valuer.core.resources import resource

SIZES = (16, 24, 32, 48)
"""Pixels drawn; the larger ones serve screens of double density."""


@cache
def icon(name: str, colour: str, chosen: str = "") -> QIcon:
    """Return the icon ``name`` in a colour, and in ``chosen`` when checked."""
    found = QIcon()
    _draw(found, name, colour, QIcon.State.Off)
    if chosen:
        _draw(found, name, chosen, QIcon.State.On)
    return found


@cache
def picture(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Return the icon as a picture of ``size`` pixels on a screen of ``ratio``."""
    drawn = _drawn(_renderer(name, colour), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _draw(found: QIcon, name: str, colour: str, state: QIcon.State) -> None:
    renderer = _renderer(name, colour)
    for size in SIZES:
        found.addPixmap(_drawn(renderer, size), QIcon.Mode.Normal, state)


def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = resource(f"icons/{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
