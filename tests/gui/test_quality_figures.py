"""Charts of quality and credit on the screen: points tell, and are taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.reports.test_quality_charts import FUNNEL, INCIDENCE, LINE, RARE, control
from valuer.core.figures import Figure
from valuer.gui.chart_words import key_words, words_at
from valuer.gui.charts import Chart
from valuer.gui.theme import Theme
from valuer.gui.words import Words

FIGURES = {
    "p-chart": control(),
    "many months": control(60),
    "funnel": control(funnel=FUNNEL),
    "g-chart": RARE,
    "incidence": INCIDENCE,
    "credit": LINE,
}


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    chart = Chart("chart", Theme("light"), Words("zh_CN"), None)
    qtbot.addWidget(chart)
    chart.resize(640, 340)
    chart.show()
    return chart


def place_of(chart: Chart, number: int) -> QPointF:
    x, y = chart._canvas.spots[number]
    return chart._plot.getPlotItem().vb.mapViewToScene(QPointF(x, y))


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_figure_is_drawn_with_more_than_its_ground(chart: Chart, figure: Figure):
    chart.put(figure)
    image = chart.grab().toImage()
    colours = {
        QColor(image.pixel(x, y)).name()
        for x in range(60, 600, 5)
        for y in range(40, 300, 5)
    }
    assert len(colours) > 3
    assert chart.accessibleName() == figure.title


@pytest.mark.parametrize("name", ["p-chart", "funnel", "g-chart"])
def test_a_point_that_is_clicked_says_which_it_is(
    chart: Chart, qtbot: QtBot, name: str
):
    chart.put(FIGURES[name])
    at = chart._plot.mapFromScene(place_of(chart, 1))
    with qtbot.waitSignal(chart.point_clicked) as caught:
        qtbot.mouseClick(chart._plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [1]


def test_points_are_chosen_with_arrows_and_taken_with_return(
    chart: Chart, qtbot: QtBot
):
    chart.put(FIGURES["p-chart"])
    with qtbot.waitSignal(chart.point_clicked) as caught:
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
            qtbot.keyClick(chart, key)
    assert caught.args == [1]
    assert chart.told.text().startswith("2025-02")


def test_away_from_every_point_none_is_meant(chart: Chart):
    chart.put(FIGURES["p-chart"])
    assert chart.point_at(place_of(chart, 1) + QPointF(0, 60)) == -1


def test_the_pointer_is_told_value_count_and_limits(chart: Chart):
    chart.put(FIGURES["p-chart"])
    chart.point(place_of(chart, 0))
    told = "2025-01   82.0 %   n 31   控制限 3σ 40.0–70.0   超出控制限"
    assert chart.told.text() == told


def test_shapes_are_explained_where_nothing_is_pointed_at(chart: Chart):
    chart.put(FIGURES["p-chart"])
    assert chart.told.text() == "■ 超出控制限   ◇ 超出警戒线"
    assert key_words(INCIDENCE) == ""


def test_a_line_of_chances_tells_each_with_its_interval():
    said = "12 申请后月数   授权 20.0 % (15.0–25.0)   丧失 20.0 %"
    assert words_at(INCIDENCE, 12.5, 0) == said
    assert words_at(INCIDENCE, 30.0, 0) == ""


def test_a_credit_line_tells_the_step_of_a_day():
    day = LINE.steps[0].day.toordinal() + 3.4
    assert words_at(LINE, day, 0) == "2026-11-23   85 B"
