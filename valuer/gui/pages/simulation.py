"""Simulation (蒙特卡洛模拟): the inputs of each run, and how far its value may vary."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from valuer.core.figures import Figure
from valuer.core.quantities import place_of
from valuer.core.texts import N_, message
from valuer.core.valuing import RunResult
from valuer.gui import case_figures, formats
from valuer.gui.case_tools import CaseTools
from valuer.gui.correlations import CorrelationsPanel
from valuer.gui.fields import Choice
from valuer.gui.headings import Heading
from valuer.gui.input_lines import input_lines, with_input
from valuer.gui.input_table import InputTable
from valuer.gui.quantity_panel import QuantityPanel
from valuer.gui.run_list import RunList
from valuer.gui.scenarios import ScenariosPanel
from valuer.gui.simulating import SimulationBar, shown_error
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.what_if import WhatIfPanel
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.gui.charts import Chart

CHARTS = (
    N_("Distribution"),
    N_("Convergence"),
    N_("Sensitivity"),
    N_("Correlation"),
    N_("What if"),
    N_("Scenario analysis"),
)
DISTRIBUTION, CONVERGENCE, SENSITIVITY, CORRELATION, WHAT_IF, SCENARIOS = range(6)
PANELS = (CORRELATION, WHAT_IF, SCENARIOS)
"""Those that are no charts."""

ALL, UNCERTAIN = "all", "uncertain"

Line = tuple[str, str]


class SimulationPage(QWidget):
    """Runs and inputs left, what the simulation found right."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._found: RunResult | None = None
        self._chart: Chart | None = None
        self._texts = Texts(self._shell.words, self)
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._empty = self._remark(self)
        text = N_("The spread of the value will stand here once a method is applied.")
        self._texts.put(self._empty.setText, text)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._sheet())
        tools.open_case.changed.connect(self._follow)
        tools.valuations.changed.connect(self._follow)
        for signal in (self._shell.scale.changed, self._shell.words.changed):
            signal.connect(self._draw)
        self._follow()

    def _sheet(self) -> QWidget:
        sheet = QWidget(self)
        heading = Heading(N_("Monte Carlo simulation"), self._shell.words, sheet)
        start = heading.action("simulation_run", N_("Run the simulation"), primary=True)
        self.bar = SimulationBar(self._tools, start, sheet)
        self.bar.changed.connect(self._draw)
        split = QSplitter(Qt.Orientation.Horizontal, sheet)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left(sheet))
        split.addWidget(self._right(sheet))
        split.setStretchFactor(1, 1)
        split.setSizes([500, 700])
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(split, 1)
        return sheet

    def _left(self, sheet: QWidget) -> QWidget:
        left = QWidget(sheet)
        self.runs = RunList(self._tools, "simulation_runs", left, valuing=True)
        self.runs.chosen_run.connect(self._follow)
        self.shown = Choice(self._shell.words, left)
        self.shown.offer(
            ((ALL, N_("All inputs")), (UNCERTAIN, N_("Uncertain inputs only")))
        )
        self.shown.put(ALL)
        self.shown.committed.connect(self._list)
        self._texts.name(self.shown, "simulation_shown", N_("Which inputs are shown"))
        self.inputs = InputTable(self._shell, left)
        self.inputs.selectionModel().currentRowChanged.connect(self._edit)
        self.panel = QuantityPanel(
            self._shell,
            "simulation_input",
            N_("Select an input; the curve beside its figure makes it uncertain."),
            left,
        )
        self.panel.committed.connect(self._commit)
        self._shell.library.needs_writing(self.panel, self._shell.words)
        self._hint = QLabel(left)
        self._hint.setProperty("part", "muted")
        self._hint.setWordWrap(True)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(6)
        layout.addWidget(self.runs)
        layout.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._hint)
        layout.addWidget(self.inputs, 1)
        layout.addWidget(self.panel)
        return left

    def _right(self, sheet: QWidget) -> QWidget:
        right = QWidget(sheet)
        self.tabs = QTabBar(right)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._texts.name(self.tabs, "simulation_charts", N_("Charts"))
        for number, title in enumerate(CHARTS):
            self.tabs.addTab("")
            self._texts.put(partial(self.tabs.setTabText, number), title)
        self.tabs.currentChanged.connect(self._draw)
        self._missing = self._remark(right)
        self._place = QHBoxLayout()
        self._place.setSpacing(8)
        self._place.addWidget(self._missing, 1)
        self._place.addWidget(self._figures(right))
        self.correlations = CorrelationsPanel(self._shell, right)
        self.correlations.committed.connect(self._correlate)
        self.what_if = WhatIfPanel(self._tools, right)
        self.scenarios = ScenariosPanel(self._tools, right)
        for panel in (self.correlations, self.what_if, self.scenarios):
            panel.hide()  # one at a time; all side by side would widen the window
            self._place.addWidget(panel, 1)
        layout = QVBoxLayout(right)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self.tabs)
        layout.addLayout(self._place, 1)
        return right

    def _remark(self, parent: QWidget) -> QLabel:
        remark = QLabel(parent)
        remark.setProperty("part", "muted")
        remark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        remark.setWordWrap(True)
        return remark

    def _figures(self, right: QWidget) -> QWidget:
        self.percentiles = RowTable(self._columns(), self._shell.words, right)
        self.table = Table(
            "simulation_percentiles", N_("Percentiles"), self._shell.words, right
        )
        self.table.setModel(self.percentiles)
        self.table.fit(1, (148, 112))
        self.table.setFixedWidth(262)
        return self.table

    def _columns(self) -> tuple[TableColumn[Line], ...]:
        """Return the columns of the percentiles, with the unit of the moment."""
        words, size = self._shell.words, self._shell.scale.size
        unit = formats.unit_name(words, self._currency(), size)
        value = message(N_("Value ({unit})"), unit=unit)
        return (
            TableColumn(N_("Statistic"), lambda line: line[0], width=84),
            TableColumn(value, lambda line: line[1], is_number=True, width=112),
        )

    def _follow(self) -> None:
        """Show what was found of the run selected."""
        self._stack.setCurrentIndex(int(bool(self._tools.open_case.case.runs)))
        valuation = self._tools.valuations.valuation
        known = valuation.runs if valuation else ()
        self._found = next((r for r in known if r.run.key == self.runs.run), None)
        self.bar.put(self._found)
        self._list()
        self._draw()

    def _list(self) -> None:
        lines = [] if self.bar.params is None else input_lines(self.bar.params)
        if self.shown.value == UNCERTAIN:
            lines = [line for line in lines if line.is_uncertain]
        self.inputs.put(lines, self._currency())
        self._hint.setVisible(self.bar.params is None)
        if self.bar.params is None:
            text = N_("The inputs follow when every one is given without an error.")
            self._hint.setText(self._shell.words.tell(text))
        self._edit()

    def _edit(self) -> None:
        line = self.inputs.line
        if line is None:
            self.panel.put(None, "", None, "")
        else:
            one = line.slot.parameter
            self.panel.put(one, line.label, line.value, self._currency())

    def _commit(self) -> None:
        """Put the input selected into the run."""
        line, value, found = self.inputs.line, self.panel.value, self._found
        if line is None or found is None or value is None:
            return
        run = self.bar.stored(found)
        stated = with_input(found.given | (run.params or {}), line.slot, value)
        changed = replace(run, params=(run.params or {}) | stated)
        case = self._tools.open_case.case
        runs = tuple(changed if one.key == run.key else one for one in case.runs)
        with self._shell.notices.guard(self._follow):
            action = N_("Change an input of the simulation")
            self._tools.open_case.change(action, replace(case, runs=runs))

    def _correlate(self) -> None:
        panel = self.correlations
        self.bar.correlate(panel.correlations, panel.coupling.value)

    def _currency(self) -> str:
        result = self._found.result if self._found else None
        return result.currency if result else self._tools.open_case.case.currency

    def _draw(self) -> None:
        """Show the chart chosen and the percentiles, or what is missing for them."""
        figure = self._figure()
        if figure is not None and self._chart is None:
            from valuer.gui.charts import Chart

            shell = self._shell
            self._chart = Chart("simulation_chart", shell.theme, shell.words, self)
            self._place.insertWidget(0, self._chart, 1)
        if self._chart is not None:
            self._chart.setVisible(figure is not None)
            self._chart.put(figure)
        chosen = self.tabs.currentIndex()
        has_params = self.bar.params is not None
        is_supposing = chosen in (WHAT_IF, SCENARIOS)
        is_charting = chosen not in PANELS or (is_supposing and not has_params)
        self._missing.setVisible(figure is None and is_charting)
        self._show_correlations(wanted=chosen == CORRELATION)
        self.what_if.setVisible(chosen == WHAT_IF and has_params)
        self.what_if.put(self._found if has_params else None, self.bar.params)
        self.scenarios.setVisible(chosen == SCENARIOS and has_params)
        if chosen == SCENARIOS:
            self.scenarios.put(self._found, self.bar.params)
        self._missing.setText(self._shell.words.tell(self._wanted()))
        self.percentiles.columns = self._columns()
        self.percentiles.put(self._lines())
        is_found = self.bar.simulation is not None
        self.table.setVisible(is_found and chosen not in PANELS)

    def _show_correlations(self, *, wanted: bool) -> None:
        self.correlations.setVisible(wanted)
        if not wanted or self._found is None:
            return
        params, run = self.bar.params, self.bar.stored(self._found)
        lines = [] if params is None else input_lines(params)
        names = {
            place_of(line.slot).path: line.label for line in lines if line.is_uncertain
        }
        simulation = self.bar.simulation
        became = simulation.correlations if simulation is not None else ()
        self.correlations.put(names, run.correlations, run.coupling, became)

    def _figure(self) -> Figure | None:
        found, simulation = self._found, self.bar.simulation
        words, size = self._shell.words, self._shell.scale.size
        if found is None or found.result is None:
            return None
        if self.tabs.currentIndex() == SENSITIVITY:
            return case_figures.tornado(found, words, size)
        if simulation is None or self.tabs.currentIndex() in PANELS:
            return None
        draw = (
            case_figures.histogram
            if self.tabs.currentIndex() == DISTRIBUTION
            else case_figures.convergence
        )
        return draw(simulation, found.result, words, size)

    def _wanted(self) -> str:
        if self._found is None or self._found.result is None:
            return N_("The chart follows when every input is given.")
        if not self.bar.is_uncertain and self.tabs.currentIndex() not in (
            WHAT_IF,
            SCENARIOS,
        ):
            return N_(
                "No input is uncertain yet. Select one on the left and press the curve"
                " beside its figure."
            )
        return N_("Run the simulation to see how the value spreads.")

    def _lines(self) -> list[Line]:
        found, words = self.bar.simulation, self._shell.words
        if found is None:
            return []
        size = self._shell.scale.size
        known = [(f"P{percent:g}", value) for percent, value in found.percentiles]
        known += [
            (words.tell(N_("Mean")), found.mean),
            (words.tell(N_("Standard deviation")), found.sd),
        ]
        lines = [(name, formats.money(value, size)) for name, value in known]
        error = words.tell(N_("Standard error"))
        return [*lines, (error, shown_error(found.se, size))]
