"""The forecast: revenue by period, typed, pasted from a spreadsheet, or imported."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.case import Forecast
from valuer.core.case_names import FORECAST_NAMES
from valuer.core.figures import BarFigure
from valuer.core.growth import compound_growth
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.sources import source_words
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.case_form import LABELS
from valuer.gui.case_tools import CaseTools
from valuer.gui.closing import Closing
from valuer.gui.dialogs.files import SHEETS
from valuer.gui.fields import Lines
from valuer.gui.forecast_grids import ForecastGrids
from valuer.gui.headings import Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.rest import typing_around
from valuer.gui.rows import Rows

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

CHANGED, IMPORTED = N_("Change the forecast"), N_("Import the forecast")
NOTED = N_("State who made the forecast")

GAPS = message(N_("The forecast has gaps and was not taken; see below."))


class ForecastPage(QWidget):
    """Two grids with years across, growth beneath, the same figures as a chart."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._chart: Chart | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.grids = ForecastGrids(self._shell, self._take, self)
        self.grids.committed.connect(self._commit)
        self.grids.did_not_fit.connect(self._account)
        self.line = self._label("forecast_line")
        self.growth = self._label("forecast_growth")
        self.account = self._label("forecast_account")
        self.issues = IssueTable(
            "forecast_issues",
            N_("What is doubtful in the sheet"),
            self._shell,
            self,
            placed=True,
        )
        self.issues.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 8, 16, 8)
        self._layout.setSpacing(8)
        for widget in (
            self._heading(),
            self.line,
            self.grids,
            self.account,
            self.growth,
            self.issues,
            self._noted(),
        ):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self._connect()
        self._refresh()
        Closing(self._shell.library, self)

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

    @property
    def _forecast(self) -> Forecast:
        case = self._tools.open_case.case
        return case.forecast or Forecast(currency=case.currency)

    def _heading(self) -> Heading:
        heading = Heading(N_("Forecast"), self._shell.words, self)
        for key, text, hint, act in (
            (
                "forecast_before",
                N_("Year before"),
                N_("Insert a year before the one selected"),
                partial(self.grids.insert, 0),
            ),
            (
                "forecast_after",
                N_("Year after"),
                N_("Insert a year after the one selected; later ones move on"),
                partial(self.grids.insert, 1),
            ),
            (
                "forecast_remove",
                N_("Remove years"),
                N_("Take the years selected out"),
                self.grids.remove,
            ),
        ):
            button = heading.action(key, text, hint)
            button.clicked.connect(act)
            self._shell.library.needs_writing(button, self._shell.words, hint)
        importing = heading.action(
            "forecast_import", N_("Import a sheet…"), primary=True
        )
        importing.clicked.connect(self.choose_sheet)
        self._shell.library.needs_writing(importing, self._shell.words)
        return heading

    def _label(self, key: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(key)
        label.setProperty("part", "muted")
        label.setWordWrap(True)
        return label

    def _noted(self) -> Rows:
        rows = Rows(self._shell.words, self._shell.theme, self, LABELS)
        self.note = Lines(2, rows)
        self.note.committed.connect(self._note)
        text = N_("Who made it, and on what ground.")
        rows.add("forecast_note", FORECAST_NAMES["note"], self.note, text, wide=True)
        return rows

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
            self._shell.notices.tell(GAPS, Severity.ERROR)
            return
        self._shell.notices.drop(GAPS)
        former = self._forecast
        history = forecast.history or former.history
        first = forecast.periods[0].end if forecast.periods else None
        kept = tuple(one for one in history if first is None or one.end < first)
        note = forecast.note or former.note
        self._change(IMPORTED, replace(forecast, history=kept, note=note))

    def _note(self) -> None:
        self._change(NOTED, replace(self._forecast, note=self.note.value))

    def _commit(self) -> None:
        """Save what the grids hold, once every period has its day and its figure."""
        read = self.grids.read(self._forecast)
        is_whole = isinstance(read, Forecast)
        self._tell_typing(is_on=not is_whole)
        if isinstance(read, Forecast):
            self._say(self.account, None)
            self._change(CHANGED, read)
        else:
            self._say(self.account, read)

    def _tell_typing(self, *, is_on: bool) -> None:
        """Tell the strip whether the grids hold what is not saved."""
        typing = typing_around(self)
        if typing is not None:
            typing.tell(id(self), on=is_on)

    def _change(self, action: str, forecast: Forecast) -> None:
        open_case = self._tools.open_case
        is_some = forecast.periods or forecast.history or forecast.note
        kept = forecast if is_some else None
        with self._shell.notices.guard(self._refresh):
            open_case.change(action, replace(open_case.case, forecast=kept))

    def _refresh(self) -> None:
        case, forecast = self._tools.open_case.case, self._forecast
        self.grids.put(case)
        self.note.put(forecast.note)
        self._tell_typing(is_on=False)
        self._say(self.account, None)
        self._say(self.line, _state(forecast))
        words, size = self._shell.words, self._shell.scale.size
        unit = formats.unit_name(words, forecast.currency, size)
        self._say(self.growth, self._growth(forecast, unit))
        self._draw(forecast, unit, float(size))

    def _growth(self, forecast: Forecast, unit: str) -> Message | None:
        """Return compound growth and total in words; None where there is no forecast."""
        if not forecast.periods:
            return None
        valued = self._tools.open_case.case.valuation_date
        past = compound_growth(forecast.history, valued)
        ahead = compound_growth(forecast.periods, valued)
        total = sum((one.revenue for one in forecast.periods), Decimal(0))
        text = N_(
            "Compound growth a year: history {past}, forecast {ahead}. Total of the"
            " forecast: {total} {unit}"
        )
        shown = formats.money(total, self._shell.scale.size)
        rates = {"past": _percent(past), "ahead": _percent(ahead)}
        return message(text, **rates, total=shown, unit=unit)

    def _account(self, wording: Message | None) -> None:
        """Say what did not fit, unless something that stops more is said already."""
        if wording is not None:
            self._say(self.account, wording)

    def _say(self, label: QLabel, wording: Message | None) -> None:
        label.setText("" if wording is None else self._shell.words.say(wording))
        label.setVisible(wording is not None)

    def _draw(self, forecast: Forecast, unit: str, size: float) -> None:
        known = (*forecast.history, *forecast.periods)
        if not known:
            if self._chart is not None:
                self._chart.hide()
            return
        if self._chart is None:
            from valuer.gui.charts import Chart

            shell = self._shell
            self._chart = Chart("forecast_chart", shell.theme, shell.words, self)
            self._layout.insertWidget(self._layout.count() - 2, self._chart, 8)
        self._chart.show()
        tell = self._shell.words.tell
        self._chart.put(
            BarFigure(
                tell(N_("Revenue by period")),
                unit,
                tuple(str(one.end.year) for one in known),
                tuple(float(one.revenue) / size for one in known),
                len(forecast.history),
                (tell(N_("Historical years")), tell(N_("Forecast years"))),
            )
        )


def _percent(rate: float | None) -> str:
    return "—" if rate is None else f"{rate * 100:,.1f}%"


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
    return message(N_("Typed here: {count} periods"), count=len(forecast.periods))
