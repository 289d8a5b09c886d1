"""Tables in a form: typed, pasted, moved; columns across another table follow it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from valuer.core.case import Case, Run
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.methods import MethodsPage
from valuer.gui.table_field import TableField
from valuer.methods import METHODS

PATIENCE = 30_000
COST = METHODS.find("replacement_cost")
COMPARED = METHODS.find("comparable_transactions")


class Page:
    """The methods page with one run of a method that has tables."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        window.open_case("C1")
        cases = window.place("cases")
        assert isinstance(cases, CasesPage)
        assert cases.view_of_case is not None
        self.window, self.qtbot = window, qtbot
        self.view: CaseView = cases.view_of_case
        page = self.view.page("methods")
        assert isinstance(page, MethodsPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.view.valuations.is_settled, timeout=PATIENCE)

    def table(self, name: str) -> TableField:
        assert self.page._form is not None
        widget = self.page._form.field(name).widget
        assert isinstance(widget, TableField)
        return widget

    def column(self, table: str, name: str, place: int | None = None) -> int:
        columns = self.table(table).cells.rows.columns
        return next(
            number
            for number, column in enumerate(columns)
            if column.one.name == name and column.place == place
        )

    def type(self, table: str, row: int, column: str, text: str) -> None:
        cells = self.table(table).cells
        cells.setData(cells.index(row, self.column(table, column)), text)
        self.settle()

    def shown(self, table: str, row: int, column: str) -> str:
        cells = self.table(table).cells
        return cells.index(row, self.column(table, column)).data()

    def stored(self, table: str) -> list[dict]:
        run = next(r for r in self.view.open_case.case.runs if r.key == self.run)
        return (run.params or {}).get(table, [])

    @property
    def run(self) -> str:
        return self.page.runs.run


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Page:
    page = Page(window, qtbot)
    page.page.choose(COST)
    page.settle()
    return page


@pytest.fixture
def compared(window: MainWindow, qtbot: QtBot) -> Page:
    page = Page(window, qtbot)
    page.page.choose(COMPARED)
    page.settle()
    for row, name in enumerate(("甲", "乙", "丙")):
        page.type("comparables", row, "name", name)
    page.type("factors", 0, "name", "交易日期")
    for place in range(3):
        cells = page.table("factors").cells
        column = page.column("factors", "indices", place)
        cells.setData(cells.index(0, column), str(100 + place))
    page.settle()
    return page


def test_typing_in_the_empty_row_makes_it_a_row(page: Page):
    assert page.table("items").cells.rowCount() == 1
    page.type("items", 0, "name", "研发人员薪酬")
    page.type("items", 0, "amount", "1.2亿")
    assert page.stored("items") == [{"name": "研发人员薪酬", "amount": "120000000"}]
    assert page.table("items").cells.rowCount() == 2
    assert page.shown("items", 0, "amount") == "12,000"


def test_cells_are_typed_in_every_notation(page: Page):
    page.type("items", 0, "amount", "1,234.5万")
    page.type("items", 0, "incurred", "2021年9月30日")
    page.type("items", 0, "group", "Indirect cost")
    assert page.stored("items") == [
        {"amount": "12345000", "incurred": "2021-09-30", "group": "indirect"}
    ]
    page.type("items", 0, "incurred", "")
    assert "incurred" not in page.stored("items")[0]


def test_what_is_left_out_shows_its_default_and_is_not_stored(page: Page):
    page.type("items", 0, "name", "材料费")
    assert page.shown("items", 0, "group")
    assert page.stored("items") == [{"name": "材料费"}]


def test_a_cell_that_cannot_be_read_is_marked_and_holds_up_nothing(page: Page):
    page.type("items", 0, "name", "材料费")
    page.type("items", 0, "amount", "about ten")
    field = page.table("items")
    cell = field.cells.index(0, page.column("items", "amount"))
    assert cell.data() == "about ten"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert field.line.isVisibleTo(field)
    assert page.stored("items") == [{"name": "材料费"}]
    page.type("items", 0, "amount", "10")
    assert not field.line.isVisibleTo(field)
    assert page.stored("items")[0]["amount"] == "100000"


def test_an_error_is_told_at_the_table_and_marked_in_its_cell(page: Page):
    page.type("items", 0, "name", "材料费")
    page.type("items", 0, "amount", "-5")
    cell = page.table("items").cells.index(0, page.column("items", "amount"))
    assert "-5" in cell.data(Qt.ItemDataRole.ToolTipRole)
    line = page.window.findChild(QLabel, "param_items_line")
    assert "-5" in line.text()


def test_rows_pasted_from_a_spreadsheet_are_one_step(page: Page):
    QGuiApplication.clipboard().setText(
        "薪酬\tDirect cost\t120.5\n房租\tIndirect cost\t8\n"
    )
    before = page.view.open_case.case
    page.table("items").grid.paste()
    page.settle()
    assert page.stored("items") == [
        {"name": "薪酬", "group": "direct", "amount": "1205000"},
        {"name": "房租", "group": "indirect", "amount": "80000"},
    ]
    page.window.findChild(QToolButton, "case_undo").click()
    assert page.view.open_case.case == before


def test_pasted_heads_lead_each_column_home_with_its_unit(page: Page):
    grid = page.table("items").grid
    QGuiApplication.clipboard().setText(
        "Amount（元）\tCost item\n1200\t薪酬\n800\t房租"
    )
    grid.paste()
    page.settle()
    assert page.stored("items") == [
        {"amount": "1200", "name": "薪酬"},
        {"amount": "800", "name": "房租"},
    ]


def test_one_cell_that_reads_like_a_head_is_pasted_as_it_is(page: Page):
    QGuiApplication.clipboard().setText("Amount")
    page.table("items").grid.paste()
    page.settle()
    assert page.stored("items") == [{"name": "Amount"}]


def test_what_lies_beyond_the_last_column_is_told(page: Page):
    field = page.table("items")
    width = field.cells.columnCount()
    QGuiApplication.clipboard().setText(
        "\t".join(["材料费", *["", ""], *["x"] * width])
    )
    field.grid.paste()
    assert "3" in field.line.text()


def test_copied_cells_paste_back_as_they_were(page: Page):
    page.type("items", 0, "name", "薪酬")
    page.type("items", 0, "amount", "100 / 120 / 150")
    stored = page.stored("items")[0]
    grid = page.table("items").grid
    grid.selectRow(0)
    grid.copy()
    grid.setCurrentIndex(page.table("items").cells.index(1, 0))
    grid.paste()
    page.settle()
    assert page.stored("items")[1] == stored


def test_rows_are_added_removed_and_moved(page: Page):
    for row, name in enumerate(("一", "二", "三")):
        page.type("items", row, "name", name)
    field = page.table("items")
    press = page.window.findChild

    def names() -> list[str]:
        return [row.get("name", "") for row in page.stored("items")]

    field.grid.setCurrentIndex(field.cells.index(2, 0))
    press(QToolButton, "param_items_up").click()
    assert names() == ["一", "三", "二"]
    press(QToolButton, "param_items_up").click()
    assert names() == ["三", "一", "二"]
    press(QToolButton, "param_items_up").click()
    assert names() == ["三", "一", "二"]
    press(QToolButton, "param_items_remove").click()
    assert names() == ["一", "二"]
    field.grid.setCurrentIndex(field.cells.index(0, 0))
    press(QToolButton, "param_items_add").click()
    page.type("items", 1, "name", "新")
    assert names() == ["一", "新", "二"]


def test_delete_empties_the_selected_cells(page: Page):
    page.type("items", 0, "name", "薪酬")
    page.type("items", 0, "amount", "12")
    grid = page.table("items").grid
    grid.setCurrentIndex(page.table("items").cells.index(0, 0))
    grid.clear_cells()
    assert page.stored("items") == [{"amount": "120000"}]


def test_a_figure_in_a_cell_opens_into_a_distribution(page: Page):
    page.type("items", 0, "amount", "100")
    field = page.table("items")
    column = page.column("items", "amount")
    field.grid.setCurrentIndex(field.cells.index(0, column))
    page.window.findChild(QToolButton, "param_items_cell_money_distribution").click()
    assert page.stored("items")[0]["amount"] == {
        "dist": "triangular",
        "low": 800_000.0,
        "mode": 1_000_000.0,
        "high": 1_200_000.0,
    }
    assert page.shown("items", 0, "amount") == "80 / 100 / 120"


def test_amounts_are_summed_in_the_unit_shown(page: Page):
    page.type("items", 0, "amount", "100")
    page.type("items", 1, "amount", "23.5")
    sums = page.table("items").sums
    assert "123.50" in sums.text()
    unit = page.window.findChild(QComboBox, "strip_unit")
    unit.setCurrentIndex(0)
    unit.activated.emit(0)
    assert "1,235,000.00" in sums.text()
    assert page.shown("items", 1, "amount") == "235,000"
    page.type("items", 1, "amount", "1 / 2 / 3")
    assert sums.text() == ""


def test_columns_across_a_table_bear_its_names_and_follow_its_rows(compared: Page):
    cells = compared.table("factors").cells
    heads = [
        cells.head(n) for n, c in enumerate(cells.rows.columns) if c.place is not None
    ]
    assert heads == ["甲", "乙", "丙"]
    assert compared.stored("factors")[0]["indices"] == [100, 101, 102]
    field = compared.table("comparables")
    field.grid.setCurrentIndex(field.cells.index(2, 0))
    field.shift(-1)
    compared.settle()
    assert [row["name"] for row in compared.stored("comparables")] == ["甲", "丙", "乙"]
    assert compared.stored("factors")[0]["indices"] == [100, 102, 101]
    field.grid.setCurrentIndex(field.cells.index(0, 0))
    field.remove_rows()
    compared.settle()
    assert compared.stored("factors")[0]["indices"] == [102, 101]
    compared.window.findChild(QToolButton, "case_undo").click()
    assert compared.stored("factors")[0]["indices"] == [100, 102, 101]
    assert cells.columnCount() == compared.table("factors").cells.columnCount()


def test_compared_rows_are_not_added_up(compared: Page):
    compared.type("comparables", 0, "price", "100")
    assert compared.table("comparables").sums.text() == ""


def test_usual_factors_are_offered_by_name(compared: Page):
    field = compared.table("factors")
    field.propose("Date of the transaction")
    assert len(compared.stored("factors")) == 2
    button = compared.window.findChild(QToolButton, "param_factors_propose")
    assert len(button.menu().actions()) > 4


def test_tab_walks_the_cells_and_leaves_at_the_last(page: Page, qtbot: QtBot):
    page.window.activateWindow()
    field = page.table("items")
    field.grid.setFocus()
    field.grid.setCurrentIndex(field.cells.index(0, 0))
    columns = field.cells.columnCount()
    for _ in range(columns - 1):
        assert field.grid.focusNextPrevChild(True)
    assert field.grid.currentIndex().column() == columns - 1
    field.grid.focusNextPrevChild(True)
    assert QApplication.focusWidget() is not field.grid


def test_control_return_commits_the_cell_and_not_the_page(page: Page, qtbot: QtBot):
    field = page.table("items")
    field.grid.setCurrentIndex(field.cells.index(0, 0))
    field.grid.edit(field.cells.index(0, 0))
    editor = field.grid.findChild(QLineEdit, "items_cell")
    editor.setText("薪酬")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.stored("items") == [{"name": "薪酬"}]
    assert not page.page.chooser.isVisible()


def test_a_quoted_table_is_locked_until_another_is_stated(
    open_window: Callable[..., MainWindow], library: Path, qtbot: QtBot
):
    page = Page(open_window(library), qtbot)
    page.page.choose(COST)
    page.settle()
    assert page.page._form is not None
    field = page.page._form.field("official_fees")
    fees = [{"name": "申请费", "amount": "900"}]
    field.put({}, {"official_fees": fees, "currency": "CNY"})
    table = page.table("official_fees")
    assert table.cells.is_locked
    assert table.cells.rowCount() == 1
    assert not table.cells.flags(table.cells.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert field.stated is None
    field.quote.click()
    assert not table.cells.is_locked
    assert field.stated == fees
    table.grid.selectAll()
    table.remove_rows()
    assert field.stated == []


def test_rows_that_a_file_states_wrongly_are_shown_and_do_no_harm(
    page: Page, case: Case
):
    opened = page.view.open_case
    odd = {"items": [{"name": 7, "amount": "viel"}, "row", {"amount": {"dist": "x"}}]}
    runs = (Run("rc", COST.key, 1, odd),)
    opened.change("Change the case", replace(opened.case, runs=runs))
    page.settle()
    page.page.select("rc")
    assert page.shown("items", 0, "amount") == "viel"


def test_the_most_rows_are_taken_and_no_more(page: Page):
    QGuiApplication.clipboard().setText("\n".join(f"项目{n}" for n in range(230)))
    field = page.table("items")
    field.grid.paste()
    assert len(page.stored("items")) == 200
    assert "30" in field.line.text()
    assert field.cells.rowCount() == 200


def test_the_first_column_stays_in_sight_while_the_rest_is_scrolled(compared: Page):
    grid = compared.table("comparables").grid
    compared.qtbot.waitUntil(lambda: grid.horizontalScrollBar().maximum() > 0)
    assert not grid.frozen.isVisible()
    grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().maximum())
    assert grid.frozen.isVisible()
    assert grid.frozen.model() is grid.model()
    assert [grid.frozen.isColumnHidden(column) for column in range(3)] == [
        False,
        True,
        True,
    ]
    grid.horizontalScrollBar().setValue(0)
    assert not grid.frozen.isVisible()
