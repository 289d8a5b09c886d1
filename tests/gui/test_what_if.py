"""A table over two inputs, and where one input reaches a target value."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.simulation import WHAT_IF, SimulationPage

PATIENCE = 30_000


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SimulationPage:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    view = cases.view_of_case
    assert view is not None
    page = view.page("simulation")
    assert isinstance(page, SimulationPage)
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=PATIENCE)
    page.tabs.setCurrentIndex(WHAT_IF)
    return page


def test_the_table_holds_the_value_where_both_inputs_stand(
    page: SimulationPage, qtbot: QtBot
):
    panel = page.what_if
    panel.across.put("discount_rate")
    panel.down.put("revenue")
    panel.reckon.click()
    qtbot.waitUntil(lambda: panel.table.isVisibleTo(panel), timeout=PATIENCE)
    heads = [panel.rows.headerData(n, Qt.Orientation.Horizontal) for n in range(6)]
    assert heads[1:] == ["14.4%", "16.2%", "18%", "19.8%", "21.6%"]
    row = panel.rows.rows[2]
    assert row.position == "× 1"
    assert row.values[2] == f"{page._found.result.value / 10_000:,.2f}"


def test_the_place_where_a_target_is_reached_is_found(
    page: SimulationPage, qtbot: QtBot
):
    panel = page.what_if
    panel.moved.put("revenue")
    panel.target.put(str(2 * page._found.result.value))
    panel.search.click()
    qtbot.waitUntil(lambda: bool(panel.said.text()), timeout=PATIENCE)
    assert "× 2" in panel.said.text()


def test_the_panels_do_not_widen_the_window(page: SimulationPage):
    assert page.minimumSizeHint().width() < 1366 - 96
