"""The working: heads where an axis begins, single figures in their own column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from valuer.core.method import Result
from valuer.core.texts import N_, message
from valuer.core.working import PERIODS, Step, Unit
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.methods import MethodsPage
from valuer.gui.step_words import explain_step
from valuer.gui.tables import COPIED
from valuer.gui.working_table import WorkingTable, blocks, step_value

ITEMS = Step("Amount", "a", "", (120.0, 80.0), Unit.NUMBER, True, "items")
COST = Step("Cost", "C", "Σ a", (200.0,), Unit.NUMBER, False)
RATE = Step("Rate", "i", "", (0.05,), Unit.RATE, False)
FEES = Step("Fee", "f", "", (9.0,), Unit.NUMBER, True, "official_fees")
VALUE = Step(message(N_("Value")), "V", "C × i + f", (19.0,), Unit.NUMBER, False)


def result(*steps: Step, **outputs: Any) -> Result:
    return Result("m", 1, 19.0, "CNY", steps, outputs, ())


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> CaseView:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    found = cases.view_of_case
    qtbot.waitUntil(lambda: found.valuations.is_settled, timeout=30_000)
    return found


def rows_of(table: WorkingTable) -> list[list[str]]:
    return [
        [table.index(row, column).data() or "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_steps_are_cut_where_the_axis_changes():
    found = blocks(result(ITEMS, COST, RATE, FEES, VALUE))
    assert [(block.axis, len(block.steps)) for block in found] == [
        ("items", 3),
        ("official_fees", 2),
    ]
    alone = blocks(result(RATE, COST))
    assert [(block.axis, len(block.steps)) for block in alone] == [("", 2)]
    assert blocks(None) == []


def test_heads_stand_where_an_axis_begins(view: CaseView):
    table = WorkingTable(view.tools.shell, view)
    axes = {"items": ["Wages", "Rent"], "official_fees": ["Filing"]}
    table.put(result(ITEMS, COST, FEES, VALUE, axes=axes))
    shown = rows_of(table)
    assert shown[0][3:] == ["Wages", "Rent"]
    assert shown[1][1:] == ["a", "", "120", "80"]
    assert shown[2][1:3] == ["C", "200"]
    assert shown[3][3:] == ["Filing", ""]
    assert table.step(0) is None
    assert table.step(1) is ITEMS
    assert table.row_of("f") == 4
    assert not table.flags(table.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_one_axis_has_its_heads_in_the_header(view: CaseView):
    table = WorkingTable(view.tools.shell, view)
    table.put(result(ITEMS, COST, axes={"items": ["Wages", "Rent"]}))
    across = Qt.Orientation.Horizontal
    assert [table.headerData(column, across) for column in (3, 4)] == ["Wages", "Rent"]
    assert table.rowCount() == 2
    table.put(None)
    assert table.rowCount() == 0


def test_figures_are_copied_as_numbers(view: CaseView):
    table = WorkingTable(view.tools.shell, view)
    table.put(result(Step("Value", "V", "", (1234567.0,), Unit.NUMBER, False)))
    assert table.index(0, 2).data() == "1,234,567"
    assert table.index(0, 2).data(COPIED) == "1234567"


def test_every_unit_is_shown_as_the_field_writes_it():
    yuan = Decimal(1)
    assert step_value(1234.5, Unit.MONEY, yuan) == "1,234.50"
    assert step_value(0.125, Unit.RATE, yuan) == "12.50%"
    assert step_value(2.5, Unit.YEARS, yuan) == "2.5000"
    assert step_value(0.75, Unit.FACTOR, yuan) == "0.750000"
    assert step_value(105, Unit.NUMBER, yuan) == "105"


def test_an_input_from_a_table_tells_its_figures_and_its_table(
    open_window: Callable[..., MainWindow], crowded_library: Path, qtbot: QtBot
):
    window = open_window(crowded_library, "en")
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    view = cases.view_of_case
    page = view.page("methods")
    assert isinstance(page, MethodsPage)
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=30_000)
    page.select("cost")
    working = page.results.working
    page.results.table.selectRow(working.row_of("a"))
    said = window.why.body.toPlainText()
    assert "Cost items" in said
    assert "1,234,567.89" in said
    assert "Typed in the form" in said
    page.select("compared")
    page.results.table.selectRow(working.row_of("k1"))
    said = window.why.body.toPlainText()
    assert "k1 = s1 / c1" in said
    page.results.table.selectRow(working.row_of("c1"))
    assert "挂牌成交案例0" in window.why.body.toPlainText()


def test_a_formula_names_its_inputs_by_whole_symbols(view: CaseView):
    found = view.valuations.valuation.runs[0]
    flows = Step("The tenth", "s10", "", (1.0,), Unit.MONEY, True, PERIODS)
    other = Step("The first", "s1", "", (1.0,), Unit.NUMBER, False)
    total = Step("Sum", "V", "Σ s10", (1.0,), Unit.MONEY, False)
    changed = replace(found, result=result(flows, other, total))
    said = explain_step(
        total, changed, view.open_case.case, view.tools.shell.words, Decimal(1)
    )
    made = dict(said.parts)["Made of"]
    assert "The tenth" in str(made)
    assert "The first" not in str(made)
