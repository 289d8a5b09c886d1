"""A number, or a distribution of it: the field opens sideways.

Values are those of a method's JSON: a figure, or ``{"dist": …}`` with its figures.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from valuer.core.distributions import Figure, Measured, known_figures, stated
from valuer.core.params import Kind
from valuer.core.references import is_reference
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.fields import Choice, Entry
from valuer.gui.icons import icon
from valuer.gui.notation import (
    FIGURES,
    KINDS,
    Notation,
    figure_names,
    figure_notation,
    is_stated,
    notation,
    or_taken,
)
from valuer.gui.shell import Shell
from valuer.gui.taking import TakeBar
from valuer.gui.theme import Theme
from valuer.gui.tokens import Tokens
from valuer.gui.words import Texts

_THIRDS = [0.25, 0.25, 0.5]
"""Probabilities to begin with."""

_SPREAD = 0.2  # of the number, either way, where a distribution is begun


class QuantityEntry(QWidget):
    """A field for a number that may be uncertain."""

    edited = Signal()
    committed = Signal()

    def __init__(
        self, kind: Kind, shell: Shell, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shell, self._kind = shell, kind
        self._currency = ""
        self._texts = Texts(shell.words, self)
        self._typed = notation(kind, shell.scale)
        self.number = self._entry(or_taken(self._typed))
        self.number.setFixedWidth(self._typed.width)
        self.number.edited.connect(self.edited)
        self.number.committed.connect(self._show)
        self.number.committed.connect(self.committed)
        self.unit = QLabel(self)
        self.unit.setProperty("part", "muted")
        self.open = self._opener(key)
        self.kind = Choice(shell.words, self)
        self.kind.offer(KINDS)
        self.kind.committed.connect(self._change_kind)
        self._texts.name(self.kind, f"{key}_kind", N_("Kind of distribution"))
        self._key = key
        self._figures: dict[str, tuple[QLabel, Entry]] = {}
        self.sketch = Sketch(shell.theme, self)
        self.take = TakeBar(kind, shell, key, self)
        self.take.taken.connect(self._take)
        self._lay_out()
        self.setFocusProxy(self.number)
        shell.theme.changed.connect(self._draw)
        shell.words.changed.connect(self._name_unit)
        shell.scale.changed.connect(self._rescale)
        self._draw()
        self._name_unit()
        self._show()

    @property
    def figures(self) -> dict[str, tuple[QLabel, Entry]]:
        """The fields of a distribution's figures; made when first opened."""
        if not self._figures:
            before: QWidget = self.kind
            for one in known_figures():
                self._figures[one.name] = label, entry = self._figure(one, self._key)
                over = QVBoxLayout()
                over.setSpacing(0)
                over.addWidget(label)
                over.addWidget(entry)
                self._line.insertLayout(self._line.indexOf(self.sketch), over)
                QWidget.setTabOrder(before, entry)
                before = entry
        return self._figures

    @property
    def value(self) -> Any:
        """The JSON of a figure or a distribution, or None where nothing can be read."""
        if not self.open.isChecked():
            return self.number.value
        name = self.kind.value
        found = {one: self.figures[one][1].value for one in figure_names(name)}
        return None if None in found.values() else {"dist": name, **found}

    @property
    def typed(self) -> QWidget:
        """The part that is typed into."""
        return self.number

    @property
    def is_readable(self) -> bool:
        """Whether everything typed can be read."""
        entries = [self.number, *(entry for _, entry in self._figures.values())]
        return all(entry.is_readable for entry in entries if entry.isVisibleTo(self))

    def put(self, value: Any) -> None:
        """Show a number, a distribution, or nothing."""
        is_distribution = is_stated(value)
        self.open.blockSignals(True)
        self.open.setChecked(is_distribution)
        self.open.blockSignals(False)
        if is_distribution:
            self.kind.put(value["dist"])
            for figure in figure_names(value["dist"]):
                self.figures[figure][1].put(value.get(figure))
        else:
            self.number.put(value)
        self._show()

    def put_currency(self, currency: str) -> None:
        """Name the currency of an amount."""
        if currency != self._currency:
            self._currency = currency
            self._name_unit()

    def _entry(self, typed: Notation) -> Entry:
        return Entry(typed.read, typed.show, self)

    def _opener(self, key: str) -> QToolButton:
        opener = QToolButton(self)
        opener.setCheckable(True)
        opener.toggled.connect(self._toggle)
        hint = N_("Uncertain: give a distribution")
        self._texts.name(opener, f"{key}_distribution", hint, hint)
        return opener

    def _figure(self, one: Figure, key: str) -> tuple[QLabel, Entry]:
        label = QLabel(self)
        label.setProperty("part", "muted")
        self._texts.put(label.setText, FIGURES[one.name])
        typed = figure_notation(one, self._typed)
        entry = self._entry(typed)
        is_wide = one.is_list or one.measured is Measured.DATE
        width = typed.width if is_wide else max(66, self._typed.width - 22)
        entry.setFixedWidth(width)
        self._texts.name(entry, f"{key}_{one.name}", FIGURES[one.name])
        entry.edited.connect(self._edit_figure)
        entry.committed.connect(self.committed)
        return label, entry

    def _lay_out(self) -> None:
        self._line = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.number, self.open, self.kind):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        layout.insertWidget(1, self.unit, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.sketch, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self.take)
        layout.addStretch(1)

    def _take(self, given: dict[str, str]) -> None:
        """Take a figure that another run found."""
        self.number.put(given)
        self._show()
        self.committed.emit()

    def _toggle(self) -> None:
        if self.open.isChecked():
            self._begin(self.number.value)
        else:
            self.number.put(self._centre())
        self._show()
        self.committed.emit()

    def _centre(self) -> float | None:
        """Return the figure that the distribution shown stands around."""
        names = figure_names(self.kind.value)
        found = {name: self.figures[name][1].value for name in names}
        for name in ("mode", "mean", "mu"):
            if found.get(name) is not None:
                return float(found[name])
        if None in found.values():
            return None
        of = stated(str(self.kind.value), found)
        return None if of.fault() else float(f"{of.centre:.12g}")

    def _begin(self, number: Any) -> None:
        """Open with a triangle around the number that stood there."""
        is_plain = number is not None and not is_reference(number)
        middle = (float(number) if is_plain else 0.0) or self._typed.usual
        if self.kind.value is None:
            self.kind.put("triangular")
        ends = sorted((middle * (1 - _SPREAD), middle * (1 + _SPREAD)))
        known = {
            "low": ends[0],
            "mode": middle,
            "high": ends[1],
            "mean": middle,
            "sd": abs(middle) * _SPREAD / 2,
            "mu": middle,
            "sigma": abs(middle) * _SPREAD / 2,
            "cv": _SPREAD / 2,
            "alpha": 2.0,
            "beta": 2.0,
        }
        for name, value in known.items():
            self.figures[name][1].put(float(f"{value:.6g}"))
        for name, listed in (("values", [*ends, middle]), ("probabilities", _THIRDS)):
            rounded = sorted(float(f"{one:.6g}") for one in listed)
            self.figures[name][1].put(rounded)

    def _change_kind(self) -> None:
        entries = [self.figures[name][1] for name in figure_names(self.kind.value)]
        if any(entry.value is None for entry in entries):
            self._begin(self.number.value)
        self._show()
        self.committed.emit()

    def _edit_figure(self) -> None:
        self.sketch.put(self.value)
        self.edited.emit()

    def _show(self) -> None:
        is_open = self.open.isChecked()
        wanted = figure_names(self.kind.value) if is_open else ()
        self.number.setVisible(not is_open)
        self.kind.setVisible(is_open)
        made = self.figures if is_open else self._figures
        for name, (label, entry) in made.items():
            label.setVisible(name in wanted)
            entry.setVisible(name in wanted)
        self.unit.setVisible(not is_open and bool(self.unit.text()))
        self.sketch.setVisible(is_open)
        self.take.put(self.number.value, wanted=not is_open)
        self.sketch.put(self.value if is_open else None)
        first = self.figures[wanted[0]][1] if wanted else self.number
        self.setFocusProxy(first)

    def _name_unit(self) -> None:
        words, text = self._shell.words, ""
        if self._kind is Kind.MONEY and self._currency:
            text = formats.unit_name(words, self._currency, self._shell.scale.size)
        elif self._kind is Kind.YEARS:
            text = words.tell(N_("years"))
        self.unit.setText(text)
        self._show()

    def _rescale(self) -> None:
        if self._kind is Kind.MONEY:
            for entry in (self.number, *(entry for _, entry in self._figures.values())):
                entry.refresh()
            self._name_unit()

    def _draw(self) -> None:
        tokens = self._shell.theme.tokens
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
        self._points = density(value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.rect().adjusted(2, 2, -2, -2)
        draw_density(painter, room, self._points, self._theme.tokens)
        painter.end()


def draw_density(
    painter: QPainter, room: QRect, points: list[tuple[float, float]], tokens: Tokens
) -> None:
    """Draw an outline over its base line."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, top = room.left(), room.top()
    width, height = room.width(), room.height()
    painter.setPen(QPen(QColor(tokens.line)))
    painter.drawLine(left, top + height, left + width, top + height)
    painter.setPen(QPen(QColor(tokens.accent), 1.4))
    curve = [QPointF(left + x * width, top + (1 - y) * height) for x, y in points]
    painter.drawPolyline(QPolygonF(curve))


def density(value: Any) -> list[tuple[float, float]]:
    """Return the outline between the outer quantiles, both axes from 0 to 1."""
    if not is_stated(value):
        return []
    numbers = {key: number for key, number in value.items() if key != "dist"}
    try:
        known = stated(value["dist"], numbers)
    except (TypeError, ValueError):  # a file may state anything
        return []
    if known.fault():
        return []
    low, high = known.quantile(np.array([0.002, 0.998]))
    borders = np.linspace(low, high, 33)
    shares = np.diff([known.cumulative(float(border)) for border in borders])
    top = shares.max() or 1.0
    return [(index / 31, float(share / top)) for index, share in enumerate(shares)]
