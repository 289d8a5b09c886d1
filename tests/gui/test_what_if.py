"""A table over two inputs, and where one input reaches a target value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from valuer.core.asked import Asked, Target, TwoInputs
from valuer.core.break_even import BreakEven
from valuer.core.two_way import TwoWay
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


def settled(page: SimulationPage, qtbot: QtBot) -> None:
    tools = page._tools
    qtbot.waitUntil(
        lambda: tools.valuations.is_settled and not tools.shell.tasks.running,
        timeout=PATIENCE,
    )


def test_what_is_printed_in_the_report_is_kept_in_the_case_until_it_is_not(
    page: SimulationPage, qtbot: QtBot
):
    panel, open_case = page.what_if, page._tools.open_case
    assert not panel.keep_table.isEnabled()
    panel.across.put("discount_rate")
    panel.down.put("revenue")
    panel.reckon.click()
    settled(page, qtbot)
    panel.keep_table.click()
    panel.moved.put("royalty_rate")
    panel.target.put("2000000")
    panel.search.click()
    settled(page, qtbot)
    panel.keep_even.click()
    settled(page, qtbot)
    asked = open_case.case.runs[0].asked
    assert asked.two_way == (TwoInputs("discount_rate", "revenue"),)
    assert asked.break_even == (Target("royalty_rate", 2_000_000.0),)
    assert not panel.keep_table.isEnabled()
    assert not panel.keep_even.isEnabled()
    table, even = panel.kept.lines.rows
    assert isinstance(table.found, TwoWay)
    assert isinstance(even.found, BreakEven)
    panel.kept.table.selectRow(1)
    panel.kept.remove.click()
    settled(page, qtbot)
    assert open_case.case.runs[0].asked.break_even == ()
    open_case.undo()
    settled(page, qtbot)
    assert len(panel.kept.lines.rows) == 2


def test_an_analysis_of_an_input_that_is_gone_stands_with_its_reason(
    page: SimulationPage, qtbot: QtBot
):
    open_case, panel = page._tools.open_case, page.what_if
    (run,) = open_case.case.runs
    asked = Asked((TwoInputs("pace", "revenue"),))
    changed = replace(open_case.case, runs=(replace(run, asked=asked),))
    open_case.change("Change the inputs of the method", changed)
    settled(page, qtbot)
    (kept,) = panel.kept.lines.rows
    assert kept.wrong is not None
    assert "pace" in panel.kept.lines.index(0, 2).data()
    assert page._tools.valuations.valuation.errors
