"""A number, or a distribution of it: the field opens sideways.

Values are those of a method's JSON: a float, or ``{"dist": …}`` with its figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from valuer.core.distributions import DISTRIBUTIONS
from valuer.core.texts import N_
from valuer.gui.fields import Choice, Entry
from valuer.gui.icons import icon
from valuer.gui.theme import Theme
from valuer.gui.words import Texts, Words

KINDS = (
    ("triangular", N_("Triangular")),
    ("pert", N_("PERT")),
    ("uniform", N_("Uniform")),
    ("normal", N_("Normal")),
    ("lognormal", N_("Lognormal")),
)
FIGURES = {
    "low": N_("Low"),
    "mode": N_("Likely"),
    "high": N_("High"),
    "mean": N_("Mean"),
    "sd": N_("Standard deviation"),
    "cv": N_("Coefficient of variation"),
}
"""The figures of the distributions, as a field calls them."""

_SPREAD = 0.2  # of the number, either way, where a distribution is begun


class QuantityEntry(QWidget):
    """A field for a number that may be uncertain."""

    edited = Signal()
    committed = Signal()

    def __init__(
        self, make: Callable[[QWidget], Entry], words: Words, theme: Theme, key: str
    ) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._texts = Texts(words, self)
        self.number = make(self)
        self.number.edited.connect(self.edited)
        self.number.committed.connect(self.committed)
        self.open = QToolButton(self)
        self.open.setCheckable(True)
        self.open.toggled.connect(self._toggle)
        self._texts.name(
            self.open,
            f"{key}_distribution",
            N_("Uncertain: give a distribution"),
            N_("Uncertain: give a distribution"),
        )
        self.kind = Choice(words, self)
        self.kind.offer(KINDS)
        self.kind.committed.connect(self._change_kind)
        self._texts.name(self.kind, f"{key}_kind", N_("Kind of distribution"))
        self.figures = {name: self._figure(name, make, key) for name in FIGURES}
        self.sketch = Sketch(theme, self)
        self._lay_out()
        self.setFocusProxy(self.number)
        theme.changed.connect(self._draw)
        self._draw()
        self._show()

    @property
    def value(self) -> Any:
        """A float, the JSON of a distribution, or None where nothing can be read."""
        if not self.open.isChecked():
            return self.number.value
        name = self.kind.value
        found = {figure: self.figures[figure][1].value for figure in _figures(name)}
        if any(value is None for value in found.values()):
            return None
        return {"dist": name, **found}

    @property
    def typed(self) -> QWidget:
        """The part that is typed into."""
        return self.number

    @property
    def is_readable(self) -> bool:
        """Whether everything typed can be read."""
        entries = [self.number, *(entry for _, entry in self.figures.values())]
        return all(entry.is_readable for entry in entries if entry.isVisibleTo(self))

    def put(self, value: Any) -> None:
        """Show a number, a distribution, or nothing."""
        is_distribution = isinstance(value, dict)
        self.open.blockSignals(True)
        self.open.setChecked(is_distribution)
        self.open.blockSignals(False)
        if is_distribution:
            self.kind.put(value["dist"])
            for figure in _figures(value["dist"]):
                self.figures[figure][1].put(value.get(figure))
        else:
            self.number.put(value)
        self._show()

    def _figure(
        self, name: str, make: Callable[[QWidget], Entry], key: str
    ) -> tuple[QLabel, Entry]:
        label = QLabel(self)
        label.setProperty("part", "muted")
        self._texts.put(label.setText, FIGURES[name])
        entry = make(self)
        entry.setFixedWidth(66)
        self._texts.name(entry, f"{key}_{name}", FIGURES[name])
        entry.edited.connect(self._edit_figure)
        entry.committed.connect(self.committed)
        return label, entry

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.number, self.open, self.kind):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        for label, entry in self.figures.values():
            over = QVBoxLayout()
            over.setSpacing(0)
            over.addWidget(label)
            over.addWidget(entry)
            layout.addLayout(over)
        layout.addWidget(self.sketch, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addStretch(1)

    def _toggle(self) -> None:
        if self.open.isChecked():
            self._begin(self.number.value)
        else:
            centre = self.figures["mode"][1].value
            mean = self.figures["mean"][1].value
            has_mode = "mode" in _figures(self.kind.value)
            self.number.put(centre if has_mode else mean)
        self._show()
        self.committed.emit()

    def _begin(self, number: float | None) -> None:
        """Open with a triangle around the number that stood there."""
        middle = number or 0.1
        if self.kind.value is None:
            self.kind.put("triangular")
        known = {
            "low": middle * (1 - _SPREAD),
            "mode": middle,
            "high": middle * (1 + _SPREAD),
            "mean": middle,
            "sd": abs(middle) * _SPREAD / 2,
            "cv": _SPREAD / 2,
        }
        for name, value in known.items():
            self.figures[name][1].put(float(f"{value:.6g}"))

    def _change_kind(self) -> None:
        entries = [self.figures[name][1] for name in _figures(self.kind.value)]
        if any(entry.value is None for entry in entries):
            self._begin(self.number.value)
        self._show()
        self.committed.emit()

    def _edit_figure(self) -> None:
        self.sketch.put(self.value)
        self.edited.emit()

    def _show(self) -> None:
        is_open = self.open.isChecked()
        wanted = _figures(self.kind.value) if is_open else ()
        self.number.setVisible(not is_open)
        self.kind.setVisible(is_open)
        for name, (label, entry) in self.figures.items():
            label.setVisible(name in wanted)
            entry.setVisible(name in wanted)
        self.sketch.setVisible(is_open)
        self.sketch.put(self.value if is_open else None)
        first = self.figures[wanted[0]][1] if wanted else self.number
        self.setFocusProxy(first)

    def _draw(self) -> None:
        tokens = self._theme.tokens
        self.open.setIcon(icon("curve", tokens.muted, tokens.accent))


class Sketch(QWidget):
    """The curve of a distribution, as small as a word."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: list[tuple[float, float]] = []
        self.setFixedSize(QSize(48, 24))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, value: Any) -> None:
        """Show the density of a distribution, or nothing."""
        self._points = _density(value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        width, height = self.width() - 4, self.height() - 4
        painter.setPen(QPen(QColor(tokens.line)))
        painter.drawLine(2, height + 2, width + 2, height + 2)
        painter.setPen(QPen(QColor(tokens.accent), 1.4))
        curve = [QPointF(2 + x * width, 2 + (1 - y) * height) for x, y in self._points]
        painter.drawPolyline(QPolygonF(curve))
        painter.end()


def _figures(name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    return tuple(field.name for field in fields(DISTRIBUTIONS[name]))


def _density(value: Any) -> list[tuple[float, float]]:
    """Return the outline between the outer quantiles, both axes from 0 to 1."""
    if not isinstance(value, dict):
        return []
    numbers = {key: number for key, number in value.items() if key != "dist"}
    known = DISTRIBUTIONS[value["dist"]](**numbers)
    if known.fault():
        return []
    low, high = known.quantile(np.array([0.002, 0.998]))
    borders = np.linspace(low, high, 33)
    shares = np.diff([known.cumulative(float(border)) for border in borders])
    top = shares.max() or 1.0
    return [(index / 31, float(share / top)) for index, share in enumerate(shares)]
