"""The simulation page: inputs made uncertain, scenarios run, results kept in time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    HistogramFigure,
    Rise,
    Swing,
    TornadoFigure,
    WaterfallFigure,
)
from valuer.gui.chart_words import words_at
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.simulation import SimulationPage
from valuer.gui.theme import Theme
from valuer.gui.words import Words
from valuer.methods import METHODS

PATIENCE = 30_000


class Page:
    """The simulation page of the open case."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        window.open_case("C1")
        cases = window.place("cases")
        assert isinstance(cases, CasesPage)
        assert cases.view_of_case is not None
        self.window, self.qtbot = window, qtbot
        self.view: CaseView = cases.view_of_case
        page = self.view.page("simulation")
        assert isinstance(page, SimulationPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.view.valuations.is_settled, timeout=PATIENCE)

    def simulate(self) -> None:
        self.page.bar.start.click()
        self.qtbot.waitUntil(
            lambda: self.page.bar.simulation is not None, timeout=PATIENCE
        )

    def select(self, path: str) -> None:
        lines = self.page.inputs.lines.rows
        places = [line.slot.path for line in lines if line is not None]
        self.page.inputs.selectRow(places.index(path))

    @property
    def params(self) -> dict:
        return self.view.open_case.case.runs[0].params or {}


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Page:
    return Page(window, qtbot)


def test_every_figure_is_listed_with_what_makes_it_uncertain(page: Page):
    lines = [line for line in page.page.inputs.lines.rows if line is not None]
    assert [line.slot.path for line in lines] == [
        *["revenue"] * 6,
        "royalty_rate",
        "tax_rate",
        "discount_rate",
    ]
    model = page.page.inputs.lines
    shown = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert shown[0] == "742.6 万元"
    assert shown[6] == "1.8% / 2.5% / 3.4%"
    box = page.window.findChild(QComboBox, "simulation_shown")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert model.rowCount() == 1


def test_any_input_is_made_uncertain_from_here(page: Page):
    page.select("discount_rate")
    page.window.findChild(QToolButton, "simulation_input_rate_distribution").click()
    page.settle()
    given = page.params["discount_rate"]
    assert given == {"dist": "triangular", "low": 0.144, "mode": 0.18, "high": 0.216}
    page.window.findChild(QToolButton, "case_undo").click()
    assert page.params["discount_rate"] == 0.18


def test_one_period_of_a_quoted_series_is_made_uncertain(page: Page):
    assert "revenue" not in page.params
    page.page.inputs.selectRow(2)
    page.window.findChild(QToolButton, "simulation_input_money_distribution").click()
    page.settle()
    revenue = page.params["revenue"]
    assert revenue[2] == {
        "dist": "triangular",
        "low": 28_227_200.0,
        "mode": 35_284_000.0,
        "high": 42_340_800.0,
    }
    assert [float(one) for one in (*revenue[:2], *revenue[3:])] == [
        7_426_000,
        30_157_000,
        39_165_000,
        41_900_000,
        43_150_000,
    ]
    assert page.page.inputs.lines.row(2).is_uncertain


def test_a_figure_in_a_table_is_made_uncertain(page: Page):
    opened = page.view.open_case
    items = [{"name": "薪酬", "amount": "1000000"}, {"name": "材料", "amount": "5"}]
    method = METHODS.find("replacement_cost")
    params = {
        "items": items,
        "profit_base": "cost",
        "used_life": 4.0,
        "remaining_life": 6.0,
    }
    run = replace(opened.case.runs[0], key="c", method=method.key, params=params)
    opened.change("Change the case", replace(opened.case, runs=(run,)))
    page.settle()
    lines = [line for line in page.page.inputs.lines.rows if line is not None]
    words = page.window.shell.words
    first = next(line for line in lines if line.slot.path == "items.amount")
    assert "薪酬" in words.say(first.label)
    page.select("items.amount")
    page.window.findChild(QToolButton, "simulation_input_money_distribution").click()
    page.settle()
    assert page.params["items"][0]["amount"]["mode"] == 1_000_000
    assert page.params["items"][1] == items[1]
    page.simulate()
    assert page.page.bar.simulation.sd > 0


def test_the_simulation_keeps_its_seed_and_falls_away_with_its_inputs(page: Page):
    page.simulate()
    bar = page.page.bar
    assert (bar.simulation.n, bar.simulation.seed) == (2000, 7)
    assert "P95" in bar.summary.text()
    shown = [line[0] for line in page.page.percentiles.rows]
    assert shown[:9] == ["P1", "P5", "P10", "P25", "P50", "P75", "P90", "P95", "P99"]
    opened = page.view.open_case
    run = opened.case.runs[0]
    changed = replace(run, params=(run.params or {}) | {"tax_rate": 0.2})
    opened.change("Change the case", replace(opened.case, runs=(changed,)))
    page.settle()
    assert bar.simulation is None
    assert page.page.percentiles.rows == ()
    page.window.findChild(QToolButton, "case_undo").click()
    page.settle()
    assert bar.simulation is not None


def test_a_case_opened_again_offers_to_run_its_scenarios(page: Page):
    assert page.page.bar.simulation is None
    assert "2,000" in page.page.bar.summary.text()
    assert "7" in page.page.bar.summary.text()


def test_scenarios_and_seed_typed_are_kept_in_the_case(page: Page):
    page.page.bar.scenarios.setText("3,000")
    page.page.bar.seed.setText("11")
    page.simulate()
    run = page.view.open_case.case.runs[0]
    assert (run.scenarios, run.seed) == (3000, 11)


def test_the_simulation_can_be_left_out_of_the_report(page: Page):
    page.simulate()
    page.window.findChild(QPushButton, "simulation_omit").click()
    assert page.view.open_case.case.runs[0].scenarios == 0
    assert page.page.bar.simulation is None
    assert not page.page.bar.omit.isVisible()


def test_a_simulation_under_way_is_cancelled(page: Page):
    bar = page.page.bar
    bar.scenarios.setText("10000000")
    bar.start.click()
    assert bar.cancel.isVisible()
    assert bar.progress.isVisible()
    assert not bar.start.isEnabled()
    bar.cancel.click()
    page.qtbot.waitUntil(lambda: not bar.cancel.isVisible(), timeout=PATIENCE)
    assert bar.simulation is None
    assert bar.start.isEnabled()


def test_without_an_uncertain_input_nothing_is_simulated(page: Page):
    page.select("royalty_rate")
    page.window.findChild(QToolButton, "simulation_input_rate_distribution").click()
    page.settle()
    assert page.params["royalty_rate"] == 0.025
    assert not page.page.bar.start.isEnabled()
    assert page.page._missing.isVisible()


def test_each_chart_is_that_of_the_report(page: Page):
    page.simulate()
    assert isinstance(page.page._figure(), HistogramFigure)
    assert [mark.is_adopted for mark in page.page._figure().marks].count(True) == 1
    page.page.tabs.setCurrentIndex(1)
    figure = page.page._figure()
    assert isinstance(figure, ConvergenceFigure)
    mean = page.page.bar.simulation.mean / 10_000
    assert figure.means[-1] == pytest.approx(mean)
    half = page.page.bar.simulation.se * 1.96 / 10_000
    assert figure.highs[-1] == pytest.approx(mean + half)
    page.page.tabs.setCurrentIndex(2)
    assert isinstance(page.page._figure(), TornadoFigure)


def test_a_case_without_a_method_says_what_will_stand_here(page: Page):
    opened = page.view.open_case
    opened.change("Remove", replace(opened.case, runs=(), conclusion=None))
    page.settle()
    assert page.page._empty.isVisible()


def test_each_run_has_its_own_simulation(page: Page):
    page.simulate()
    opened = page.view.open_case
    again = replace(opened.case.runs[0], key="second", seed=9)
    opened.change("Again", replace(opened.case, runs=(*opened.case.runs, again)))
    page.settle()
    page.page.runs.selectRow(1)
    assert page.page.bar.simulation is None
    assert page.page.bar.seed.text() == "9"
    page.page.runs.selectRow(0)
    assert page.page.bar.simulation is not None


BARS = BarFigure("t", "万元", ("2026", "2027"), (1.0, -2.0))
FALL = WaterfallFigure("t", "万元", (Rise("A", 3.0, True), Rise("B", -1.0)))
WIND = TornadoFigure("t", "万元", 5, "v", (Swing("r", "10%", "20%", 4, 6),))
SPREAD = HistogramFigure("t", "万元", "次数", (0.0, 1.0, 2.0), (30, 70))
MEAN = ConvergenceFigure(
    "t", "元", "次数", (10, 20), (5.0, 6.0), (4.0, 5.5), (6.0, 6.5)
)


@pytest.mark.parametrize(
    ("figure", "x", "y", "told"),
    [
        (BARS, 0.9, 0, "2027   −2.00 万元"),
        (BARS, 7, 0, ""),
        (FALL, 1.1, 0, "B   −1.00 万元"),
        (WIND, 0, 0.2, "r   10% → 4.00 万元   20% → 6.00 万元"),
        (WIND, 0, 3, ""),
        (SPREAD, 1.5, 0, "1.00 – 2.00 万元   次数 70"),
        (SPREAD, -1, 0, ""),
        (MEAN, 15, 0, "次数 20   6.00 ± 0.50 元"),
        (MEAN, 30, 0, ""),
        (None, 0, 0, ""),
    ],
)
def test_the_pointer_tells_the_figures_it_is_on(figure, x: float, y: float, told: str):
    assert words_at(figure, x, y) == told


@pytest.mark.parametrize("figure", [BARS, FALL, WIND, SPREAD, MEAN])
def test_a_chart_is_copied_zoomed_and_shown_whole_again(qtbot: QtBot, figure):
    from valuer.gui.charts import Chart

    words = Words("en")
    chart = Chart("chart", Theme("light"), words, None)
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    chart.show()
    chart.put(figure)
    whole = chart._plot.viewRect()
    chart._plot.getPlotItem().vb.scaleBy((0.5, 0.5))
    assert chart._plot.viewRect() != whole
    chart.reset()
    assert chart._plot.viewRect() == whole
    chart.copy()
    assert not QGuiApplication.clipboard().image().isNull()
    chart.point(QPointF(250, 150))
    assert chart.findChild(QLabel, "chart_told") is chart.told
    assert chart.actions()[0].text() == "Copy as a picture"
    assert chart.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
