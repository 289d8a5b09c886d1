"""The forecast: revenue by period, typed, pasted from a spreadsheet, or imported."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.case import Case, Forecast, ForecastPeriod
from valuer.core.figures import BarFigure
from valuer.core.patents import Source
from valuer.core.periods import add_months
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.sources import source_words
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.case_tools import CaseTools
from valuer.gui.dialogs.files import SHEETS
from valuer.gui.headings import Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.money import day_row, money_row
from valuer.gui.series import SeriesGrid

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

PROPOSED = 8
"""Periods proposed where there is no forecast yet."""


class ForecastPage(QWidget):
    """A grid with years across, and the same figures as a chart."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._chart: Chart | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = self._shell.words
        heading = Heading(N_("Forecast"), words, self)
        self._texts = heading.texts
        importing = heading.action(
            "forecast_import", N_("Import a sheet…"), primary=True
        )
        importing.clicked.connect(self.choose_sheet)
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.line.setProperty("part", "muted")
        self.grid = SeriesGrid(
            [day_row(), money_row(self._shell.scale)],
            "forecast_grid",
            N_("Revenue by period"),
            words,
            self._shell.theme,
            self._take,
        )
        self.grid.committed.connect(self._commit)
        self.grid.did_not_fit.connect(self._say)
        self.issues = IssueTable(
            "forecast_issues",
            N_("What is doubtful in the sheet"),
            self._shell,
            self,
            placed=True,
        )
        self.issues.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (heading, self.line, self.grid, self.issues):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._connect()
        self._refresh()

    def choose_sheet(self) -> None:
        """Ask for a spreadsheet and read the forecast from it."""
        path = self._shell.files.open_one(self, N_("Import a forecast"), SHEETS)
        if path is not None:
            self.import_sheet(path)

    def import_sheet(self, path: Path) -> None:
        """Read the forecast from a spreadsheet in the background."""
        desk, valued = self._shell.desk, self._tools.open_case.case.valuation_date
        self._shell.tasks.start(
            lambda progress: desk.read_forecast(path, valued, progress),
            self._imported,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Reading {file}"), file=path.name),
        )

    def _connect(self) -> None:
        self._tools.open_case.changed.connect(self._refresh)
        for signal in (
            self._shell.scale.changed,
            self._shell.words.changed,
            self._shell.theme.changed,
        ):
            signal.connect(self._refresh)

    def _take(self, text: str) -> bool:
        """Take pasted text as a whole forecast where it names its periods."""
        valued = self._tools.open_case.case.valuation_date
        try:
            forecast, issues = self._shell.desk.pasted_forecast(text, valued)
        except UserError:
            return False
        if not forecast.periods and not forecast.history:
            return False
        self._imported((forecast, issues))
        return True

    def _imported(self, read: tuple[Forecast, tuple[Issue, ...]]) -> None:
        forecast, issues = read
        self.issues.put((forecast.source.file, issue) for issue in issues)
        self.issues.setVisible(bool(issues))
        if any(issue.severity is Severity.ERROR for issue in issues):
            text = N_("The forecast has gaps and was not taken; see below.")
            self._shell.notices.tell(message(text), Severity.ERROR)
            return
        self._change(N_("Import the forecast"), forecast)

    def _commit(self) -> None:
        """Save what the grid holds, once every period has its day and its figure."""
        columns = self.grid.columns[self._past() :]
        while columns and columns[-1][1] is None:
            columns.pop()
        if not self.grid.is_readable or any(None in column for column in columns):
            self._say(message(N_("Each period needs its last day and its revenue.")))
            return
        periods = tuple(ForecastPeriod(end, amount) for end, amount in columns)
        if any(a.end >= b.end for a, b in itertools.pairwise(periods)):
            self._say(message(N_("The periods must follow one another.")))
            return
        former = self._tools.open_case.case.forecast or Forecast()
        changed = replace(former, periods=periods, source=Source())
        if changed.periods != former.periods:
            self._change(N_("Change the forecast"), changed)

    def _change(self, action: str, forecast: Forecast) -> None:
        open_case = self._tools.open_case
        kept = forecast if forecast.periods or forecast.history else None
        with self._shell.notices.guard(self._refresh):
            open_case.change(action, replace(open_case.case, forecast=kept))

    def _refresh(self) -> None:
        case = self._tools.open_case.case
        forecast = case.forecast or Forecast()
        columns: list[list[Any]] = [
            [one.end, one.revenue] for one in (*forecast.history, *forecast.periods)
        ]
        columns += [[end, None] for end in _proposed(case, len(forecast.periods))]
        heads = [str(end.year) for end, _ in columns]
        self.grid.put(columns, heads, fixed=len(forecast.history))
        words, size = self._shell.words, self._shell.scale.size
        unit = formats.unit_name(words, forecast.currency, size)
        self.grid.setVerticalHeaderLabels(
            [
                words.tell(N_("Last day")),
                words.tell(N_("Revenue ({unit})"), unit=unit),
            ]
        )
        self._say(_state(forecast))
        self._draw(forecast, unit, float(size))

    def _say(self, wording: Message | None) -> None:
        if wording is not None:
            self.line.setText(self._shell.words.say(wording))

    def _past(self) -> int:
        forecast = self._tools.open_case.case.forecast
        return len(forecast.history) if forecast else 0

    def _draw(self, forecast: Forecast, unit: str, size: float) -> None:
        known = (*forecast.history, *forecast.periods)
        if not known:
            if self._chart is not None:
                self._chart.hide()
            return
        if self._chart is None:
            from valuer.gui.charts import Chart

            self._chart = Chart(
                "forecast_chart", self._shell.theme, self._shell.words, self
            )
            layout = self.layout()
            if isinstance(layout, QVBoxLayout):
                layout.insertWidget(layout.count() - 1, self._chart, 8)
        self._chart.show()
        self._chart.put(
            BarFigure(
                self._shell.words.tell(N_("Revenue by period")),
                unit,
                tuple(str(one.end.year) for one in known),
                tuple(float(one.revenue) / size for one in known),
            )
        )


def _proposed(case: Case, count: int) -> list[date]:
    """Return the last days of the next periods: one more, or a whole proposal."""
    if case.forecast and case.forecast.periods:
        return [add_months(case.forecast.periods[-1].end, 12)]
    if case.valuation_date is None:
        return []
    first = date(case.valuation_date.year, 12, 31)
    return [
        add_months(first, 12 * number) for number in range(max(1, PROPOSED - count))
    ]


def _state(forecast: Forecast) -> Message:
    """Return where the forecast is from, or what to do while there is none."""
    if not forecast.periods:
        return message(
            N_(
                "Type the revenue of each period, paste it from a spreadsheet, or import"
                " a sheet; the valuation date comes first."
            )
        )
    said = source_words(forecast.source)
    if said:
        return message(N_("Imported from {source}"), source=said)
    total = sum((one.revenue for one in forecast.periods), Decimal(0))
    text = N_("Typed here: {count} periods, {total} in all")
    shown = formats.money(total, Decimal(1), 0)
    return message(text, count=len(forecast.periods), total=shown)
