"""Revenue by period in two grids: history in grey at the left, the forecast right.

History stays in sight while the forecast is scrolled. Growth stands beneath, computed.
What is not whole (a figure without its day) is shown and told, and not yet kept.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from valuer.core.case import Case, Forecast, ForecastPeriod
from valuer.core.dates import parse_date
from valuer.core.growth import growth_rates
from valuer.core.patents import Source
from valuer.core.periods import add_months
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.money import money_row
from valuer.gui.series import SeriesGrid, SeriesRow
from valuer.gui.shell import Shell

PROPOSED = 8
"""Periods proposed where there is no forecast yet."""

FEW, MOST_PAST = 3, 5
"""Years of history at least and at most in sight."""

MOST = 40
"""Periods up to which the forecast grows where more is pasted."""

WIDTH = 92
"""Pixels of a column at least; longer figures take more."""


class ForecastGrids(QWidget):
    """History and forecast side by side. ``committed`` follows each change."""

    committed = Signal()
    did_not_fit = Signal(object)

    def __init__(
        self, shell: Shell, take: Callable[[str], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        day = SeriesRow(read_day, formats.day)
        growth = SeriesRow(parse_date, _percent, is_computed=True)
        rows = (day, money_row(shell.scale), growth)
        words, theme = shell.words, shell.theme
        self.past = SeriesGrid(
            rows, "history_grid", N_("Revenue, history"), words, theme, take, grey=True
        )
        self.grid = SeriesGrid(
            rows,
            "forecast_grid",
            N_("Revenue by period"),
            words,
            theme,
            take,
            self._grow,
        )
        self.grid.verticalHeader().hide()
        self._active = self.grid
        for grid in (self.past, self.grid):
            grid.horizontalHeader().setDefaultSectionSize(WIDTH)
            grid.committed.connect(self.committed)
            grid.did_not_fit.connect(self.did_not_fit)
            grid.currentCellChanged.connect(self._note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.past)
        layout.addWidget(self.grid, 1)

    def put(self, case: Case) -> None:
        """Show the forecast of a case, with empty columns where more may be typed."""
        forecast = case.forecast or Forecast(currency=case.currency)
        self._name(forecast)
        known = (*forecast.history, *forecast.periods)
        rates = growth_rates(known, case.valuation_date)
        told = [
            [one.end, one.revenue, rate] for one, rate in zip(known, rates, strict=True)
        ]
        count = len(forecast.history)
        # Without a valuation date the years around today are proposed.
        day = case.valuation_date or self._shell.desk.clock().date()
        earlier = [[end, None, None] for end in _earlier(forecast, day)]
        self._put(self.past, [*earlier, *told[:count]])
        later = [[end, None, None] for end in _later(forecast, day)]
        self._put(self.grid, [*told[count:], *later])

    def read(self, former: Forecast) -> Forecast | Message:
        """Return the forecast typed here, or what is missing in it."""
        ahead = self.grid.columns
        while ahead and ahead[-1][1] is None:
            ahead.pop()
        back = [column for column in self.past.columns if column[1] is not None]
        is_readable = self.past.is_readable and self.grid.is_readable
        if not is_readable or any(None in column[:2] for column in (*back, *ahead)):
            return message(N_("Each period needs its last day and its revenue."))
        ends = [column[0] for column in (*back, *ahead)]
        if any(one >= other for one, other in itertools.pairwise(ends)):
            return message(N_("The periods must follow one another."))
        history, periods = (
            tuple(ForecastPeriod(end, amount) for end, amount, _ in columns)
            for columns in (back, ahead)
        )
        if (history, periods) == (former.history, former.periods):
            return former
        return replace(former, history=history, periods=periods, source=Source())

    def insert(self, step: int) -> None:
        """Insert a year before (0) or after (1) the one selected; its figure is open."""
        grid = self._active
        at = max(grid.currentColumn(), 0) + step
        columns = with_year(grid.columns, at)
        if columns is not None:
            self._put(grid, columns)
            grid.setCurrentCell(1, min(at, len(columns) - 1))
            grid.setFocus()
            self.committed.emit()

    def remove(self) -> None:
        """Take the selected years out; the others keep their days."""
        grid = self._active
        gone = {index.column() for index in grid.selectedIndexes()}
        kept = [one for n, one in enumerate(grid.columns) if n not in gone]
        if gone:
            self._put(grid, kept)
            self.committed.emit()

    def _put(self, grid: SeriesGrid, columns: Sequence[Sequence[Any]]) -> None:
        grid.put(columns, _heads([column[0] for column in columns]))
        width = max(WIDTH, *(grid.sizeHintForColumn(n) for n in range(len(columns))), 0)
        grid.horizontalHeader().setDefaultSectionSize(width)
        if grid is self.past:
            shown = min(max(len(columns), 1), MOST_PAST)
            side = grid.verticalHeader().sizeHint().width()
            grid.setFixedWidth(side + shown * width + 2)

    def _grow(self, count: int) -> None:
        """Add years at the end, as many as are pasted beyond it."""
        columns = self.grid.columns
        room = max(0, min(count, MOST - len(columns)))
        for _ in range(room):
            columns = with_year(columns, len(columns)) or columns
        self._put(self.grid, columns)

    def _name(self, forecast: Forecast) -> None:
        words, size = self._shell.words, self._shell.scale.size
        unit = formats.unit_name(words, forecast.currency, size)
        labels = [
            words.tell(N_("Last day")),
            words.tell(N_("Revenue ({unit})"), unit=unit),
            words.tell(N_("Year on year")),
        ]
        self.past.setVerticalHeaderLabels(labels)

    def _note(self) -> None:
        sender = self.sender()
        if isinstance(sender, SeriesGrid):
            self._active = sender


def with_year(columns: Sequence[Sequence[Any]], at: int) -> list[list[Any]] | None:
    """Return columns with an open year at a place; later ones make room if they must.

    None where no day tells which year it would be.
    """
    before = columns[at - 1][0] if 0 < at <= len(columns) else None
    after = columns[at][0] if at < len(columns) else None
    try:
        if before is not None:
            end = add_months(before, 12)
        elif after is not None:
            end = add_months(after, -12)
        else:
            return None
        later = [list(column) for column in columns[at:]]
        if after is not None and after <= end:
            for column in later:
                column[0] = column[0] and add_months(column[0], 12)
    except OverflowError:
        return None
    return [*map(list, columns[:at]), [end, None, None], *later]


def read_day(text: str) -> date | None:
    """Return the last day that a text names: a day, a month, a year, as in 2027年度."""
    from valuer.imports.forecast_periods import parse_period

    found = parse_date(text)
    if found is not None:
        return found
    period = parse_period(text)
    return None if period is None else period.end


def _heads(ends: Sequence[date | None]) -> list[str]:
    """Return the years; where two periods end in one, the months too."""
    counts = Counter(end.year for end in ends if end is not None)
    return [
        ""
        if end is None
        else str(end.year)
        if counts[end.year] == 1
        else f"{end:%Y-%m}"
        for end in ends
    ]


def _earlier(forecast: Forecast, day: date) -> list[date]:
    """Return the last days of years before the history known, oldest first."""
    history = forecast.history
    count = max(FEW, min(len(history) + 1, MOST_PAST)) - len(history)
    first = history[0].end if history else _first_end(day)
    if first.year <= count:
        return []
    return [add_months(first, -12 * number) for number in range(count, 0, -1)]


def _later(forecast: Forecast, day: date) -> list[date]:
    """Return the last days of the next periods: one more, or a whole proposal."""
    if forecast.periods:
        last = forecast.periods[-1].end
        return [add_months(last, 12)] if last.year < 9999 else []
    if day.year > 9999 - PROPOSED:
        return []
    return [add_months(_first_end(day), 12 * number) for number in range(PROPOSED)]


def _first_end(day: date) -> date:
    """Return the last day of the year in which the first period after a day ends."""
    is_last = (day.month, day.day) == (12, 31) and day.year < 9999
    return date(day.year + is_last, 12, 31)


def _percent(rate: float) -> str:
    return f"{rate * 100:,.1f}%"
