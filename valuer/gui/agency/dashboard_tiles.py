"""The tiles of the dashboard: one metric each, its interval, its trend, its benchmark."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from valuer.agency.dashboard import TILES, Board, Tile, Tiled
from valuer.agency.metrics import metric
from valuer.agency.quality_words import (
    Said,
    benchmark_words,
    change_words,
    interval_words,
    value_words,
)
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.agency.cards import Card, dress
from valuer.gui.agency.metrics_words import explain_metric, lacking_words
from valuer.gui.chart_room import small
from valuer.gui.elided import ElidedLabel
from valuer.gui.shell import Shell
from valuer.gui.why import Explanation
from valuer.gui.words import Words

COLUMNS = 5
"""Tiles side by side."""

_DASH = "—"

_PERIODS = {
    "Q03_36": N_("filed {first}–{last}"),
    "Q07": N_("begun {first}–{last}"),
}
"""What the months of a tile are of, where they are not the last twelve."""


class Tiles(QWidget):
    """All tiles; ``wanted`` carries the tile that was pressed."""

    wanted = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.cards: dict[str, TileCard] = {}
        for number, tiled in enumerate(TILES):
            card = TileCard(tiled, shell, self)
            card.pressed.connect(partial(self._take, tiled.key))
            self.cards[tiled.key] = card
            grid.addWidget(card, number // COLUMNS, number % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def put(self, board: Board | None) -> None:
        """Show the figures of a board; None: they are still being reckoned."""
        found = {} if board is None else {tile.key: tile for tile in board.tiles}
        for key, card in self.cards.items():
            card.put(found.get(key))

    def _take(self, key: str) -> None:
        tile = self.cards[key].tile
        if tile is not None:
            self.wanted.emit(tile)


class TileCard(Card):
    """One metric: name, value with its trend, interval and count, benchmark."""

    def __init__(self, tiled: Tiled, shell: Shell, parent: QWidget) -> None:
        super().__init__(f"tile_{tiled.key}", parent)
        self._shell, self._key = shell, tiled.key
        self._tile: Tile | None = None
        self.name, self.trend = ElidedLabel(self), ElidedLabel(self)
        self.trend.setFont(small(self.font()))
        self.trend.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value = QLabel(self)
        self.value.setProperty("part", "value")
        self.interval, self.period = ElidedLabel(self), ElidedLabel(self)
        self.benchmark = ElidedLabel(self)
        for line in self._below:
            line.setProperty("part", "muted")
        self._lay_out()
        self.regarded.connect(self.explain)
        shell.words.changed.connect(self._show)
        self._show()

    @property
    def tile(self) -> Tile | None:
        """What is shown; None while it is being reckoned."""
        return self._tile

    def put(self, tile: Tile | None) -> None:
        """Show a tile; None: it is still being reckoned."""
        if tile != self._tile or tile is None:
            self._tile = tile
            self._show()

    def explain(self) -> None:
        """Tell what stands behind the figure."""
        if self._tile is not None:
            self._shell.why.tell(explained(self._tile, self._shell.words))

    @property
    def _below(self) -> tuple[ElidedLabel, ElidedLabel, ElidedLabel]:
        """The lines under the value."""
        return self.interval, self.period, self.benchmark

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.value)
        line.addWidget(self.trend, 1, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(2)
        layout.addWidget(self.name)
        layout.addLayout(line)
        for label in self._below:
            layout.addWidget(label)
        layout.addStretch(1)

    def _show(self) -> None:
        words, tile = self._shell.words, self._tile
        name = words.tell(metric(self._key).name)
        value, trend = "…", ""
        rest: list[str] = ["", "", ""]
        if tile is not None:
            row = tile.row
            value = _DASH if row.value is None else words.say(value_words(row))
            trend = words.say(trend_words(tile))
            told = (_under(tile), period_words(tile), _benchmark(tile))
            rest = [words.say(one) for one in told]
            dress(self.trend, trend_part(tile))
        self.name.put(name)
        self.value.setText(value)
        self.trend.put(trend)
        for label, text in zip(self._below, rest, strict=True):
            label.put(text)
            label.setVisible(bool(text))
        self.setAccessibleName(" ".join(filter(None, (name, value, trend, *rest))))


def trend_words(tile: Tile) -> Said:
    """Return how a metric went against the year before; an arrow where that is clear."""
    change = tile.change
    if change.change is None:
        return ""
    if not change.is_sure:
        return N_("no clear change")
    arrow = "▲" if change.change > 0 else "▼"
    figure = change_words(replace(change, low=None, high=None))
    return message(N_("{arrow} {change}"), arrow=arrow, change=_as_message(figure))


def trend_part(tile: Tile) -> str:
    """Return how a trend is dressed: good, warn, or muted where neither or not clear."""
    change, better = tile.change, metric(tile.key).better
    if not change.is_sure or not better or change.change is None:
        return "muted"
    return "good" if (change.change > 0) == (better == "high") else "warn"


def period_words(tile: Tile) -> Said:
    """Return over which months a tile is, "" where they are the last twelve."""
    text = _PERIODS.get(tile.key)
    if text is None or tile.missing:
        return ""
    return message(text, first=f"{tile.first:%Y-%m}", last=f"{tile.last:%Y-%m}")


def explained(tile: Tile, words: Words) -> Explanation:
    """Return what the "why" panel says of a tile."""
    told = explain_metric(tile.row, None, words)
    days = {"first": formats.day(tile.first), "last": formats.day(tile.last)}
    period = message(N_("{first} to {last}, both days within"), **days)
    parts = [(N_("Period"), period), *told.parts]
    if tile.change.change is not None:
        parts.insert(1, (N_("Against the 12 months before"), change_words(tile.change)))
    return replace(told, parts=tuple(parts))


def _under(tile: Tile) -> Said:
    """Return what stands under the value: its interval and how many count."""
    row = tile.row
    if row.missing:
        return lacking_words(row)
    if row.value is None:
        return value_words(row)
    interval = interval_words(row)
    if not interval:
        return message(N_("n {count}"), count=f"{row.n:,}")
    text = N_("{interval}, n {count}")
    return message(text, interval=_as_message(interval), count=f"{row.n:,}")


def _benchmark(tile: Tile) -> Said:
    """Return the published figure, "" where none is verified."""
    mark = benchmark_words(tile.row.benchmark)
    if not mark or tile.missing:
        return ""
    return message(N_("benchmark {figure}"), figure=_as_message(mark))


def _as_message(said: Said) -> Message | str:
    """Return a marked text as a message, so that it is told in the language."""
    return message(said) if isinstance(said, str) and said else said
