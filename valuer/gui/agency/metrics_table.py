"""The table of metrics: in groups, those that lack fields muted at the end of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.agency.quality_words import (
    GROUPS,
    Said,
    benchmark_words,
    interval_words,
    numerator_words,
    value_words,
)
from valuer.core.texts import N_
from valuer.gui.agency.metrics_bars import BAR, Bars, bar_of
from valuer.gui.agency.metrics_words import lacking_words
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn
from valuer.gui.theme import Theme
from valuer.gui.words import Words

NAME, N, NUMERATOR, VALUE, INTERVAL, DRAWN, EXCLUDED, LACKING = range(8)

LEAST = 160
"""The least width of the names, however narrow the window."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: the head of a group, or a metric."""

    title: str = ""
    row: Row | None = None

    @property
    def is_muted(self) -> bool:
        """Whether it is a metric whose fields the docket lacks."""
        return self.row is not None and bool(self.row.missing)


def lines_of(rows: Sequence[Row]) -> tuple[Line, ...]:
    """Return the rows in their groups, those that lack fields last in each."""
    known = {row.key: row for row in rows}
    lines: list[Line] = []
    for _, title, metrics in GROUPS:
        here = [known[one.key] for one in metrics if one.key in known]
        here.sort(key=lambda row: bool(row.missing))
        if here:
            lines += [Line(title), *(Line(row=row) for row in here)]
    return tuple(lines)


class MetricLines(RowTable[Line]):
    """The lines with their looks: heads strong, what lacks fields muted."""

    def __init__(self, theme: Theme, words: Words, parent: QObject) -> None:
        super().__init__(metric_columns(words), words, parent)
        self._theme = theme

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.row(index.row())
        if line is None or line.row is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.row(index.row())
        if line is None:
            return None
        tokens = self._theme.tokens
        if role == Qt.ItemDataRole.FontRole and line.row is None:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(tokens.muted if line.is_muted else tokens.text))
        if role == Qt.ItemDataRole.BackgroundRole and line.row is None:
            return QBrush(QColor(tokens.background))
        if role == Qt.ItemDataRole.TextAlignmentRole and line.is_muted:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == BAR:
            is_bar = index.column() == DRAWN and line.row is not None
            return bar_of(line.row) if is_bar and line.row else None
        return super().data(index, role)


class MetricsTable(Table):
    """Shows the metrics; ``chosen_metric`` carries the row, ``opened`` a double click or Return."""

    chosen_metric = Signal(object)
    opened = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(
            "metrics_table", N_("Metrics of filing quality"), shell.words, parent
        )
        self.lines = MetricLines(shell.theme, shell.words, self)
        self.setModel(self.lines)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(False)
        self.setItemDelegateForColumn(DRAWN, Bars(shell.theme, self))
        self.fit(NAME, [column.width for column in self.lines.columns])
        self.setMinimumHeight(120)
        self._key = ""
        self._is_putting = False
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(self._open)
        shell.theme.changed.connect(self.lines.refresh)

    @property
    def metric_row(self) -> Row | None:
        """The metric selected."""
        line = self.lines.row(self.currentIndex().row())
        return line.row if line else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        room = self.viewport().width() - header.length() + header.sectionSize(NAME)
        is_wide = room >= LEAST
        header.setSectionResizeMode(NAME, modes.Stretch if is_wide else modes.Fixed)
        if not is_wide:
            header.resizeSection(NAME, LEAST)

    def put(self, rows: Sequence[Row]) -> None:
        """Show the rows; the metric selected stays so, else it is the first."""
        lines = lines_of(rows)
        bar = self.verticalScrollBar()
        at = bar.value()
        self._is_putting = True
        self.clearSpans()
        self.lines.put(lines)
        for place, line in enumerate(lines):
            if line.row is None:
                self.setSpan(place, NAME, 1, len(self.lines.columns))
            elif not line.is_muted and line.row.value is None:
                self.setSpan(place, VALUE, 1, 2)
            elif line.is_muted:
                self.setSpan(place, N, 1, LACKING - N + 1)
        self._is_putting = False
        self.choose(self._key)
        bar.setValue(at)

    def choose(self, key: str) -> None:
        """Select a metric; the first where it is not there. Before rows come: then."""
        if not self.lines.rows:
            self._key = key
        rows = [
            (n, one.row) for n, one in enumerate(self.lines.rows) if one and one.row
        ]
        here = [number for number, row in rows if row.key == key]
        first = here or [number for number, _ in rows]
        if first:
            self.setCurrentIndex(self.lines.index(first[0], NAME))

    def _choose(self) -> None:
        if self._is_putting or self.metric_row is None:
            return
        self._key = self.metric_row.key
        self.chosen_metric.emit(self.metric_row)

    def _open(self, index: Index) -> None:
        line = self.lines.row(index.row())
        if line is not None and line.row is not None and not line.row.missing:
            self.opened.emit(line.row)


def metric_columns(words: Words) -> tuple[TableColumn[Line], ...]:
    """Return the columns of the table of metrics."""

    def name(line: Line) -> str:
        return words.tell(metric(line.row.key).name if line.row else line.title)

    def number(count: int) -> str:
        return f"{count:,}"

    def counted(line: Line) -> str:
        if line.row is None:
            return ""
        return (
            words.say(lacking_words(line.row)) if line.is_muted else number(line.row.n)
        )

    def of(show: Callable[[Row], Said]) -> Callable[[Line], str]:
        """Show nothing in a head, nor where fields are missing."""

        def shown(line: Line) -> str:
            if line.row is None or line.is_muted:
                return ""
            return words.say(show(line.row))

        return shown

    def benchmark(line: Line) -> str:
        return words.say(benchmark_words(line.row.benchmark)) if line.row else ""

    numbers = (
        (N_("n"), counted, 60),
        (N_("Numerator"), of(numerator_words), 86),
        (N_("Measured"), of(value_words), 108),
        (N_("95% interval"), of(interval_words), 124),
        (N_("Drawn"), of(lambda _: ""), 108),
        (N_("Excluded"), of(lambda row: number(row.excluded)), 74),
        (N_("Lacking"), of(lambda row: number(row.lacking)), 68),
        (N_("Benchmark"), benchmark, 120),
    )
    return (
        TableColumn(N_("Metric"), name, width=220),
        *(
            TableColumn(label, show, is_number=True, width=width)
            for label, show, width in numbers
        ),
    )
