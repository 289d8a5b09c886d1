"""The forecast: typed, pasted or imported, and never taken with a hole in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from valuer.core.case import Forecast
from valuer.gui.forecast_grids import read_day
from valuer.gui.main_window import MainWindow
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.forecast import ForecastPage


@pytest.fixture
def open_case(view: CaseView) -> OpenCase:
    return view.open_case


@pytest.fixture
def page(view: CaseView) -> ForecastPage:
    page = view.page("forecast")
    assert isinstance(page, ForecastPage)
    return page


def kept(open_case: OpenCase) -> Forecast:
    assert open_case.case.forecast is not None
    return open_case.case.forecast


def paste(page: ForecastPage, text: str, row: int = 1, column: int = 0) -> None:
    page.grids.grid.setCurrentCell(row, column)
    QGuiApplication.clipboard().setText(text)
    page.grids.grid.paste()


def put(page: ForecastPage, row: int, column: int, text: str) -> None:
    page.grids.grid.item(row, column).setText(text)


def past(open_case: OpenCase) -> list[tuple[int, int]]:
    return [(one.end.year, int(one.revenue)) for one in kept(open_case).history]


def ends(open_case: OpenCase) -> list[int]:
    return [one.end.year for one in kept(open_case).periods]


def test_history_stands_in_a_grid_of_its_own_at_the_left(page):
    history = page.grids.past
    heads = [history.horizontalHeaderItem(n).text() for n in range(3)]
    assert heads == ["2023", "2024", "2025"]
    assert history.item(1, 2).text() == "2,640"
    assert history.item(1, 0).text() == ""
    assert history.x() < page.grids.grid.x()


def test_history_is_typed_and_its_empty_years_are_not_kept(page, open_case):
    page.grids.past.item(1, 1).setText("2,000")
    assert past(open_case) == [(2024, 20_000_000), (2025, 26_400_000)]
    assert page.grids.past.columnCount() == 3


def test_figures_are_pasted_into_history_from_its_selected_cell(page, open_case):
    page.grids.past.setCurrentCell(1, 0)
    QGuiApplication.clipboard().setText("1000\t1500\t2000")
    page.grids.past.paste()
    assert past(open_case) == [
        (2023, 10_000_000),
        (2024, 15_000_000),
        (2025, 20_000_000),
    ]
    assert page.grids.past.columnCount() == 4


def test_a_figure_typed_is_in_the_unit_shown(page, open_case):
    put(page, 1, 0, "1,234.5")
    assert kept(open_case).periods[0].revenue == Decimal(12_345_000)
    put(page, 1, 0, "1.2亿")
    assert kept(open_case).periods[0].revenue == Decimal(120_000_000)
    assert page.grids.grid.item(1, 0).text() == "12,000"


@pytest.mark.parametrize(
    "text", ["2031年", "2031年度", "FY2031", "2031/12/31", "2031年12月31日", "2031E"]
)
def test_a_day_is_understood_however_it_is_written(text):
    assert read_day(text) == date(2031, 12, 31)


def test_growth_stands_beneath_and_is_computed(page, open_case):
    grid = page.grids.grid
    # The valuation date lies in 2026, so 2027 has no whole year before it.
    shown = [grid.item(2, n).text() for n in range(4)]
    # 35,284 / 30,157 = 1.1700; 39,165 / 35,284 = 1.1100.
    assert shown == ["", "", "17.0%", "11.0%"]
    assert not grid.item(2, 2).flags() & Qt.ItemFlag.ItemIsEditable
    # (43,150 / 30,157)^(1/4) = 1.0937; the sum is 197,082.
    assert "9.4%" in page.growth.text()
    assert "19,708.20" in page.growth.text()


def test_a_figure_after_the_last_period_adds_one(page, open_case):
    last = page.grids.grid.columnCount() - 1
    put(page, 1, last, "5000")
    assert kept(open_case).periods[-1].end == date(2032, 12, 31)
    assert page.grids.grid.columnCount() == last + 2


def test_what_cannot_be_read_is_marked_and_not_kept(page, open_case):
    before = kept(open_case)
    put(page, 1, 1, "viel")
    assert not page.grids.grid.item(1, 1).icon().isNull()
    assert kept(open_case) == before
    put(page, 1, 1, "100")
    assert kept(open_case) != before


def test_a_hole_is_told_and_not_said_to_be_saved(page, open_case, view):
    before = kept(open_case)
    put(page, 1, 1, "")
    assert "期末日和收入" in page.account.text()
    assert kept(open_case) == before
    assert view.strip.saved.text() != "已保存"
    put(page, 1, 1, "100")
    assert view.strip.saved.text() == "已保存"
    assert not page.account.isVisible()


def test_periods_out_of_order_are_told_and_not_kept(page, open_case):
    before = kept(open_case)
    put(page, 0, 1, "2020-12-31")
    assert "依次递增" in page.account.text()
    assert kept(open_case) == before


def test_figures_pasted_fill_from_the_selected_cell_in_one_step(page, open_case):
    before = kept(open_case)
    paste(page, "100\t200\t300", column=1)
    amounts = [period.revenue for period in kept(open_case).periods]
    assert amounts[1:4] == [Decimal(n * 1_000_000) for n in (1, 2, 3)]
    assert amounts[0] == Decimal(7_426_000)
    open_case.undo()
    assert kept(open_case) == before


def test_a_column_pasted_lies_down_along_the_row(page, open_case):
    paste(page, "100\r\n200\r\n300\r\n")
    amounts = [period.revenue for period in kept(open_case).periods]
    assert amounts[:3] == [Decimal(n * 1_000_000) for n in (1, 2, 3)]


def test_more_years_than_there_are_make_room_for_themselves(page, open_case):
    paste(page, "\t".join(str(n) for n in range(1, 11)), column=4)
    assert ends(open_case) == list(range(2026, 2040))


def test_what_does_not_fit_is_told(page, open_case):
    paste(page, "\t".join(str(n) for n in range(1, 61)), column=0)
    assert len(ends(open_case)) == 40
    assert "20" in page.account.text()


def test_a_year_inserted_moves_the_later_ones_and_waits_for_its_figure(page, open_case):
    page.grids.grid.setCurrentCell(1, 1)
    page.grids.insert(1)
    assert ends(open_case) == list(range(2026, 2032))
    put(page, 1, 2, "100")
    assert ends(open_case) == list(range(2026, 2033))
    assert kept(open_case).periods[2].revenue == 1_000_000
    assert kept(open_case).periods[3].revenue == Decimal(35_284_000)


def test_years_removed_leave_the_others_their_days(page, open_case):
    page.grids.grid.setCurrentCell(1, 0)
    page.grids.remove()
    assert ends(open_case) == list(range(2027, 2032))


def test_a_note_says_who_made_it(page, open_case, window):
    note = window.findChild(QPlainTextEdit, "forecast_note")
    note.setPlainText("企业管理层编制。")
    note.committed.emit()
    assert kept(open_case).note == "企业管理层编制。"
    put(page, 1, 0, "1")
    assert kept(open_case).note == "企业管理层编制。"


def test_history_and_forecast_are_told_apart_in_the_chart(page):
    figure = page._chart._figure
    assert (figure.past, len(figure.values)) == (1, 7)
    assert all(figure.names)


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
    grid = page.grids.grid
    grid.setCurrentCell(1, 0)
    grid.copy()
    assert QGuiApplication.clipboard().text() == "742.6"
    last = grid.columnCount() - 2
    grid.setCurrentCell(1, last)
    grid.clear_cells()
    assert grid.columnCount() == last + 1


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


def test_an_empty_case_has_years_to_begin_with(page, open_case):
    bare = replace(open_case.case, forecast=None, valuation_date=date(2026, 12, 31))
    open_case.change("x", bare)
    heads = page.grids.grid.horizontalHeaderItem
    assert heads(0).text() == "2027"
    assert page.grids.past.horizontalHeaderItem(2).text() == "2026"
    open_case.change("x", replace(bare, valuation_date=None))
    assert page.grids.grid.columnCount() == 8
    put(page, 1, 0, "100")
    assert len(kept(open_case).periods) == 1


def test_a_refusal_is_said_no_more_once_a_whole_forecast_is_taken(page, window):
    paste(page, "项目\t2026年\t2026年\n营业收入\t5\t6\n")
    assert window.notices.isVisible()
    paste(page, "项目\t2026年10-12月\t2027年\n营业收入\t5\t6\n")
    assert not window.notices.isVisible()
