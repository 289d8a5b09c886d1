"""What follows from a run: the working as a table, and its charts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QTabBar, QVBoxLayout, QWidget

from valuer.core.figures import Figure
from valuer.core.params import parameters
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.core.working import PERIODS
from valuer.gui import case_figures
from valuer.gui.case_tools import CaseTools
from valuer.gui.frozen import FrozenColumn
from valuer.gui.step_words import explain_step
from valuer.gui.tables import Table
from valuer.gui.words import Texts
from valuer.gui.working_table import WorkingTable

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

FLOWS, COMPARED, ITEMS, MADE, MOVED = range(5)
CHARTS = (
    N_("Flows"),
    N_("Comparables"),
    N_("Items"),
    N_("Make-up"),
    N_("Sensitivity"),
)
"""The charts; only those that the working has figures for are offered."""

_AXES = {
    FLOWS: (PERIODS, "flows", "amounts"),
    COMPARED: ("comparables", "licences"),
    ITEMS: ("items", "materials", "assets"),
}
"""Along what each chart may lie; the first that the working has."""


class ResultsPanel(QWidget):
    """Working above, one chart at a time below."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._found: RunResult | None = None
        self._chart: Chart | None = None
        self._texts = Texts(self._shell.words, self)
        self.working = WorkingTable(self._shell, self)
        self.table = Table(
            "working_table", N_("Working, step by step"), self._shell.words, self
        )
        self.table.setModel(self.working)
        self.frozen = FrozenColumn(self.table)
        self.table.selectionModel().currentRowChanged.connect(self.explain)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._charts())
        split.setSizes([260, 260])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        for signal in (self._shell.scale.changed, self._shell.words.changed):
            signal.connect(self._draw)

    def put(self, found: RunResult | None) -> None:
        """Show what was found of a run."""
        self._found = found
        step = self.working.step(self.table.currentIndex().row())
        self.working.put(found.result if found else None, _tables(found))
        for column in range(self.working.columnCount()):
            head = self.table.horizontalHeader().sectionSizeHint(column)
            wanted = max(self.table.sizeHintForColumn(column) + 12, head)
            low, high = (160, 250) if column == 0 else (64, 160)
            self.table.setColumnWidth(column, min(max(wanted, low), high))
        row = self.working.row_of(step.symbol) if step is not None else -1
        if row >= 0:
            self.table.selectRow(row)
        self._offer()
        self._draw()

    def _charts(self) -> QWidget:
        self._below = below = QWidget(self)
        self.tabs = QTabBar(below)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._texts.name(self.tabs, "chart_tabs", N_("Charts"))
        for number, title in enumerate(CHARTS):
            self.tabs.addTab("")
            self._texts.put(partial(self.tabs.setTabText, number), title)
        self._hint = QLabel(below)
        self._hint.setProperty("part", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        hint = N_("The chart follows when every input is given.")
        self._texts.put(self._hint.setText, hint)
        self._place = QVBoxLayout(below)
        self._place.setContentsMargins(8, 0, 8, 8)
        self._place.setSpacing(4)
        self._place.addWidget(self.tabs)
        self._place.addWidget(self._hint, 1)
        self.tabs.currentChanged.connect(self._draw)
        return below

    def _draw(self) -> None:
        """Show the chart chosen, or what is missing for it."""
        figure = self._figure(self.tabs.currentIndex())
        if figure is not None and self._chart is None:
            from valuer.gui.charts import Chart

            self._chart = Chart("chart", self._shell.theme, self._shell.words, self)
            self._place.addWidget(self._chart, 1)
        if self._chart is not None:
            self._chart.setVisible(figure is not None)
            self._chart.put(figure)
        self._hint.setVisible(figure is None)
        # Where there is nothing to draw the working has the whole height.
        is_found = self._found is not None and self._found.result is not None
        self._below.setVisible(figure is not None or not is_found)

    def _offer(self) -> None:
        """Offer the charts there are; the one chosen stays if it is among them."""
        has = [self._figure(number) is not None for number in range(len(CHARTS))]
        chosen = self.tabs.currentIndex()
        if True in has and not has[max(chosen, 0)]:
            chosen = has.index(True)
        self.tabs.blockSignals(True)
        for number, shown in enumerate(has):
            self.tabs.setTabVisible(number, shown)
        self.tabs.setCurrentIndex(chosen)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(True in has)

    def _figure(self, chosen: int) -> Figure | None:
        found, words, size = self._found, self._shell.words, self._shell.scale.size
        if found is None or found.result is None:
            return None
        if chosen == MOVED:
            return case_figures.tornado(found, words, size)
        if chosen == MADE:
            return case_figures.waterfall(found.result, words, size)
        drawn = (
            case_figures.series(found.result, axis, words, size)
            for axis in _AXES[chosen]
        )
        return next(filter(None, drawn), None)

    def explain(self) -> None:
        """Tell of the step selected: formula, figures, and where they come from."""
        step = self.working.step(self.table.currentIndex().row())
        found = self._found
        if step is None or found is None:
            self._shell.why.tell(None)
            return
        case = self._tools.open_case.shown
        size = self._shell.scale.size
        self._shell.why.tell(explain_step(step, found, case, self._shell.words, size))


def _tables(found: RunResult | None) -> dict[str, str]:
    """Return what the tables of a run's method are called."""
    known = parameters(found.method.params) if found is not None else ()
    return {one.name: one.label for one in known if one.columns}
