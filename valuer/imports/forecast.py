"""A revenue forecast (收入预测) on a sheet: periods across or down, one line of revenue.

Found by its periods and by the name of the line, whatever stands around them; the
unit (元, 万元 …) comes from the line's name or a heading and is multiplied out. Past
periods are kept apart. A period without a usable figure is an error that names its
cell, for a forecast with a hole would be valued wrongly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from valuer.core.case import Forecast, ForecastPeriod
from valuer.core.dates import month_end
from valuer.core.entry import has_unit, parse_amount
from valuer.core.patents import Source
from valuer.core.periods import add_months
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, Message, message
from valuer.imports.forecast_periods import Period, marks_history, parse_period
from valuer.imports.forecast_units import Unit, find_unit
from valuer.imports.result import ReadForecast, at
from valuer.imports.table import Table

KEY = "forecast"

_LOOKED_AT = 200
_NAMES = (
    "专利产品销售收入",
    "专利产品收入",
    "营业收入",
    "销售收入",
    "主营业务收入",
    "营业总收入",
    "产品销售收入",
    "收入合计",
    "收入",
    "销售额",
    "revenue",
    "net revenue",
    "operating revenue",
    "total revenue",
    "sales",
    "net sales",
    "total sales",
    "turnover",
    "income",
)
_LOOSE = re.compile(r"收入|销售额|revenue|sales|turnover")
_OTHER = re.compile(
    r"率|增长|占比|比例|成本|费用|税|利润|其他|分成|许可|growth|rate|cost|margin|share|%|tax|profit"
)
_BRACKETS = re.compile(r"\([^()]*\)|[/,，:：].*$")


@dataclass(frozen=True, slots=True)
class Line:
    """Where periods and figures stand in a table, counted from 0.

    Attributes:
        across: whether the periods stand side by side.
        heading: row of the periods if across, else their column.
        line: row of the revenue if across, else its column; None if it has no name.
        periods: place along the heading of each period.
        named: how well the line's name is known: 0 is best; None without a name.
        rivals: other lines whose names speak of revenue too.
    """

    across: bool
    heading: int
    line: int
    periods: tuple[tuple[int, Period], ...]
    named: int | None
    rivals: tuple[int, ...] = ()


def recognise(table: Table) -> float:
    """Judge by periods in a row or column and a line of revenue.

    Periods and figures alone are too little to call a file a forecast, and enough
    where the user says it is one.
    """
    line = find_line(table)
    if line is None:
        return 0.0
    return 0.2 if line.named is None else 0.7 + min(len(line.periods), 6) / 20


def read(
    table: Table, line: Line, source: Source, valuation_date: date | None = None
) -> ReadForecast:
    """Return the forecast that stands along a line of a table.

    Periods marked as past, or ending by the valuation date, are history.
    """
    return _Reader(table, line, source, valuation_date).read()


def find_line(table: Table) -> Line | None:
    """Return where periods and revenue stand, or None."""
    rows = table.rows[:_LOOKED_AT]
    width = min(max(map(len, rows), default=0), _LOOKED_AT)
    columns = [[_at(row, column) for row in rows] for column in range(width)]
    lying = [row[:_LOOKED_AT] for row in rows]
    found = [_line(lying, True), _line(columns, False)]
    known = [one for one in found if one is not None]
    return min(known, key=_preference, default=None)


def _preference(line: Line) -> tuple[bool, int, bool]:
    return (line.named is None, -len(line.periods), not line.across)


def _at(row: list[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _line(lines: list[list[str]], across: bool) -> Line | None:
    """Find heading and line where the periods lie along ``lines``."""
    best: tuple[float, int, tuple[tuple[int, Period], ...]] = (0.0, 0, ())
    for place, cells in enumerate(lines):
        periods = tuple(
            (one, period)
            for one, text in enumerate(cells)
            if text and (period := parse_period(text))
        )
        score = sum(0.4 if period.is_serial else 1.0 for _, period in periods)
        if score > best[0]:
            best = (score, place, periods)
    _, heading, periods = best
    if not periods or (len(periods) < 2 and periods[0][1].is_serial):
        return None
    first = periods[0][0]
    figures = {
        place: sum(parse_amount(_at(cells, one)) is not None for one, _ in periods)
        for place, cells in enumerate(lines)
        if place != heading
    }
    named = sorted(
        (not figures[place], rank, place)
        for place, cells in enumerate(lines)
        if place != heading and (rank := _rank(cells[:first])) is not None
    )
    # A loose name without one figure behind it is a title, or another table.
    named = [one for one in named if not one[0] or one[1] < len(_NAMES)]
    if named:
        rivals = tuple(place for *rank, place in named[1:] if rank == [*named[0][:2]])
        return Line(across, heading, named[0][2], periods, named[0][1], rivals)
    # Without a name the figures must be all there is beside the periods.
    filled = [place for place, cells in enumerate(lines) if any(cells)]
    others = [place for place in filled if place != heading]
    if len(others) != 1 or figures[others[0]] < 2:
        return None
    return Line(across, heading, others[0], periods, None)


def _rank(labels: list[str]) -> int | None:
    """Return how well the names before a line's figures say revenue; 0 is best."""
    ranks = []
    for label in labels:
        plain = unicodedata.normalize("NFKC", label).strip().casefold()
        bare = " ".join(_BRACKETS.sub(" ", plain).split())
        bare = bare.removeprefix("其中").strip("一二三四五六七八九十0123456789、. ")
        if bare in _NAMES:
            ranks.append(_NAMES.index(bare))
        elif len(bare) <= 40 and _LOOSE.search(bare) and not _OTHER.search(bare):
            ranks.append(len(_NAMES))
    return min(ranks, default=None)


class _Reader:
    """Reads the figures of one line."""

    def __init__(
        self, table: Table, line: Line, source: Source, valuation_date: date | None
    ) -> None:
        self._table = table
        self._line = line
        self._source = source
        self._valuation_date = valuation_date
        self._issues: list[Issue] = []

    def read(self) -> ReadForecast:
        """Return periods and history, oldest first, with what is doubtful."""
        unit = self._unit()
        self._tell_names()
        found = []
        for place, period in self._settled():
            amount = self._amount(place, period, unit)
            if amount is not None:
                found.append((period, ForecastPeriod(period.end, amount)))
                self._tell_straddled(place, period)
        found.sort(key=lambda one: one[0].end)
        history = tuple(one for period, one in found if self._is_history(period))
        periods = tuple(one for period, one in found if not self._is_history(period))
        self._tell_holes(periods)
        source = self._source
        forecast = Forecast(
            periods,
            history,
            unit.currency,
            source=Source(
                source.file,
                source.sha256,
                self._table.sheet,
                self._row(self._line.periods[0][0]),
            ),
        )
        read = len(self._line.periods)
        return ReadForecast(forecast, unit.word, read, tuple(self._issues))

    def _row(self, place: int) -> int:
        return (self._line.line if self._line.across else place) + 1

    def _column(self, place: int) -> int:
        return (place if self._line.across else self._line.line) + 1

    def _tell(self, severity: Severity, wording: Message, place: int) -> None:
        row, column = self._row(place), self._column(place)
        placed = at(self._table.sheet, row, wording)
        self._issues.append(Issue(severity, placed, "", self._table.sheet, row, column))

    def _labels(self, line: int) -> list[str]:
        first = self._line.periods[0][0]
        return [self._text(line, place) for place in range(first)]

    def _unit(self) -> Unit:
        """Return the unit: the line's own before that of a heading."""
        first_row = (
            self._line.periods[0][0] if not self._line.across else self._line.line
        )
        above = [text for row in self._table.rows[: first_row + 1] for text in row]
        own = find_unit(self._labels(self._line.line), named_only=False)
        unit = own or find_unit(above, named_only=True)
        figures = [
            self._text(self._line.line, place) for place, _ in self._line.periods
        ]
        if unit is None and not all(has_unit(one) for one in figures if one):
            text = N_(
                "No unit is stated; the figures were read as yuan. State it, as in"
                " “单位：万元”."
            )
            self._tell(Severity.WARNING, message(text), self._line.periods[0][0])
        return unit or Unit("", Decimal(1), "CNY")

    def _tell_names(self) -> None:
        place = self._line.periods[0][0]
        if self._line.named is None:
            text = N_("No line is named revenue; the only line of figures was read.")
            self._tell(Severity.WARNING, message(text), place)
        for rival in self._line.rivals:
            names = (
                next(filter(None, self._labels(one)), "")
                for one in (self._line.line, rival)
            )
            text = N_("Both “{read}” and “{left}” are revenue; “{read}” was read.")
            read, left = names
            self._tell(Severity.WARNING, message(text, read=read, left=left), place)

    def _settled(self) -> Iterator[tuple[int, Period]]:
        """Yield the periods with first days settled and totals of a year left out."""
        days = [one.first_day for _, one in self._line.periods if one.first_day]
        monthly = any(day.month != 1 for day in days)
        ends: dict[date, Period] = {}
        for place, period in sorted(
            self._line.periods, key=lambda one: one[1].start is None
        ):
            end = period.end
            if period.first_day:
                if monthly:
                    end = month_end(period.first_day.year, period.first_day.month)
                text = N_("{day} was read as the start of the period to {end}.")
                dates = {"day": period.first_day.isoformat(), "end": end.isoformat()}
                self._tell(Severity.WARNING, message(text, **dates), place)
            settled = Period(end, period.start, self._history_mark(place, period))
            if end not in ends:
                ends[end] = settled
                yield place, settled
                continue
            severity = Severity.ERROR
            if ends[end].start is not None and period.start is None:
                severity = Severity.NOTE  # the year's total beside its last part
            text = N_("Two periods end on {end}; this one was left out.")
            self._tell(severity, message(text, end=end.isoformat()), place)

    def _history_mark(self, place: int, period: Period) -> bool | None:
        """Return whether a period is past by its own mark or a heading over it."""
        if period.is_history is not None:
            return period.is_history
        heading = self._line.heading
        marks = (
            marks_history(self._heading_over(line, place))
            for line in range(heading - 1, max(heading - 3, -1), -1)
        )
        return next((mark for mark in marks if mark is not None), None)

    def _heading_over(self, line: int, place: int) -> str:
        """Return the heading that reaches a place, which may be merged from before."""
        first = self._line.periods[0][0]
        texts = (self._text(line, back) for back in range(place, first - 1, -1))
        return next(filter(None, texts), "")

    def _text(self, line: int, place: int) -> str:
        row, column = (line, place) if self._line.across else (place, line)
        rows = self._table.rows
        return _at(rows[row], column) if row < len(rows) else ""

    def _is_history(self, period: Period) -> bool:
        if self._valuation_date is not None:
            return period.end <= self._valuation_date
        return bool(period.is_history)

    def _amount(self, place: int, period: Period, unit: Unit) -> Decimal | None:
        text = self._text(self._line.line, place)
        amount = parse_amount(text)
        # A hole among past years does no harm to the value.
        severity = Severity.WARNING if self._is_history(period) else Severity.ERROR
        values = {"end": period.end.isoformat(), "given": text[:40]}
        if not text:
            wording = N_("The period to {end} has no figure; fill it in.")
            self._tell(severity, message(wording, **values), place)
            return None
        if amount is None:
            wording = N_("The period to {end}: “{given}” is no amount; write a figure.")
            self._tell(severity, message(wording, **values), place)
            return None
        if amount < 0:
            wording = N_("The period to {end}: revenue is below zero ({given}).")
            self._tell(severity, message(wording, **values), place)
            return None
        return _tidy(amount if has_unit(text) else amount * unit.size)

    def _tell_straddled(self, place: int, period: Period) -> None:
        """Warn of a whole year's figure where only its end lies ahead."""
        valued = self._valuation_date
        if valued is None or period.start is not None:
            return
        if valued < period.end < add_months(valued, 12):
            text = N_(
                "The year to {end} began before the valuation date {date}; its figure"
                " is taken as the revenue after that day alone. State that part, or"
                " let the first amount cover the whole year."
            )
            dates = {"end": period.end.isoformat(), "date": valued.isoformat()}
            self._tell(Severity.WARNING, message(text, **dates), place)

    def _tell_holes(self, periods: tuple[ForecastPeriod, ...]) -> None:
        """Warn where two periods lie more than a year apart."""
        for one, other in pairwise(periods):
            if other.end - one.end > timedelta(days=367):
                text = N_("There is no figure between {one} and {other}.")
                dates = {"one": one.end.isoformat(), "other": other.end.isoformat()}
                self._tell(
                    Severity.WARNING, message(text, **dates), self._line.periods[0][0]
                )


def _tidy(amount: Decimal) -> Decimal:
    """Return an amount without idle zeros: 12005000.0 is 12005000."""
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()
