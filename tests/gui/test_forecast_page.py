"""The forecast: typed, pasted or imported, and never taken with a hole in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from valuer.core.case import Forecast
from valuer.gui.main_window import MainWindow
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.forecast import ForecastPage


@pytest.fixture
def open_case(window: MainWindow) -> OpenCase:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    return cases.view_of_case.open_case


@pytest.fixture
def page(window: MainWindow, open_case: OpenCase) -> ForecastPage:
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    page = cases.view_of_case.page("forecast")
    assert isinstance(page, ForecastPage)
    return page


def kept(open_case: OpenCase) -> Forecast:
    assert open_case.case.forecast is not None
    return open_case.case.forecast


def paste(page: ForecastPage, text: str, row: int = 1, column: int = 1) -> None:
    page.grid.setCurrentCell(row, column)
    QGuiApplication.clipboard().setText(text)
    page.grid.paste()


def test_history_is_grey_and_cannot_be_typed_over(page: ForecastPage):
    past = page.grid.item(1, 0)
    assert past.text() == "2,640"
    assert not past.flags() & Qt.ItemFlag.ItemIsEditable
    assert page.grid.item(1, 1).flags() & Qt.ItemFlag.ItemIsEditable


def test_a_figure_typed_is_in_the_unit_shown(page, open_case):
    page.grid.item(1, 1).setText("1,234.5")
    assert kept(open_case).periods[0].revenue == Decimal(12_345_000)
    page.grid.item(1, 1).setText("1.2亿")
    assert kept(open_case).periods[0].revenue == Decimal(120_000_000)
    assert page.grid.item(1, 1).text() == "12,000"


def test_a_figure_after_the_last_period_adds_one(page, open_case):
    last = page.grid.columnCount() - 1
    page.grid.item(1, last).setText("5000")
    assert kept(open_case).periods[-1].end == date(2032, 12, 31)
    assert page.grid.columnCount() == last + 2


def test_what_cannot_be_read_is_marked_and_not_kept(page, open_case):
    before = kept(open_case)
    page.grid.item(1, 2).setText("viel")
    assert not page.grid.item(1, 2).icon().isNull()
    assert kept(open_case) == before
    page.grid.item(1, 2).setText("100")
    assert kept(open_case) != before


def test_a_hole_is_told_and_not_kept(page, open_case):
    before = kept(open_case)
    page.grid.item(1, 2).setText("")
    assert "期末日和收入" in page.line.text()
    assert kept(open_case) == before


def test_periods_out_of_order_are_told_and_not_kept(page, open_case):
    before = kept(open_case)
    page.grid.item(0, 2).setText("2020-12-31")
    assert "依次递增" in page.line.text()
    assert kept(open_case) == before


def test_figures_pasted_fill_from_the_selected_cell(page, open_case):
    paste(page, "100\t200\t300", column=2)
    amounts = [period.revenue for period in kept(open_case).periods]
    assert amounts[1:4] == [Decimal(n * 1_000_000) for n in (1, 2, 3)]
    assert amounts[0] == Decimal(7_426_000)


def test_a_column_pasted_lies_down_along_the_row(page, open_case):
    paste(page, "100\r\n200\r\n300\r\n", column=1)
    amounts = [period.revenue for period in kept(open_case).periods]
    assert amounts[:3] == [Decimal(n * 1_000_000) for n in (1, 2, 3)]


def test_what_does_not_fit_is_told(page):
    paste(page, "\t".join(str(n) for n in range(1, 11)), column=5)
    assert "7" in page.line.text()


def test_a_table_pasted_with_its_periods_is_taken_whole(page, open_case):
    paste(
        page, "项目\t2025年\t2026年10-12月\t2027年\n营业收入（万元）\t900\t250\t1,000\n"
    )
    found = kept(open_case)
    assert [period.revenue for period in found.periods] == [
        Decimal(2_500_000),
        Decimal(10_000_000),
    ]
    assert [period.revenue for period in found.history] == [Decimal(9_000_000)]


def test_cells_can_be_cleared_and_copied_as_numbers(page):
    page.grid.setCurrentCell(1, 1)
    page.grid.copy()
    assert QGuiApplication.clipboard().text() == "742.6"
    last = page.grid.columnCount() - 2
    page.grid.setCurrentCell(1, last)
    page.grid.clear_cells()
    assert page.grid.columnCount() == last + 1


def test_a_sheet_is_imported_with_its_source(
    page: ForecastPage, open_case: OpenCase, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "收入预测.csv"
    path.write_text(
        "项目,2026年10-12月,2027年\n营业收入（元）,2500000,10000000\n", "utf-8-sig"
    )
    page.import_sheet(path)
    qtbot.waitUntil(lambda: len(kept(open_case).periods) == 2, timeout=30_000)
    assert kept(open_case).source.file == "收入预测.csv"
    assert "收入预测.csv" in page.line.text()


def test_a_sheet_with_a_gap_is_refused_and_told(
    page: ForecastPage,
    open_case: OpenCase,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
):
    before = kept(open_case)
    path = tmp_path / "收入预测.csv"
    path.write_text(
        "项目,2027年,2028年,2029年\n营业收入（元）,1000,,1200\n", "utf-8-sig"
    )
    page.import_sheet(path)
    qtbot.waitUntil(window.notices.isVisible, timeout=30_000)
    assert kept(open_case) == before
    assert page.issues.table.rows
