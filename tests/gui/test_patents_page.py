"""The list of patents: only what is looked at is read, search and order are the store's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from valuer.gui.main_window import MainWindow
from valuer.gui.pages import patents as page_module
from valuer.gui.pages.patents import PatentsPage
from valuer.gui.tables import Table


def page_of(window: MainWindow) -> PatentsPage:
    page = window.place("patents")
    assert isinstance(page, PatentsPage)
    return page


def titles(page: PatentsPage) -> list[str]:
    return [row.title if row else "" for row in page.table.rows]


def test_patents_that_wait_for_a_first_case_are_shown_at_once(
    open_window: Callable[..., MainWindow], patents_only: Path
):
    window = open_window(patents_only)
    assert window.findChild(Table, "patents_table").isVisible()
    assert len(page_of(window).table.rows) == 60


def test_an_empty_library_says_what_will_stand_here(
    open_window: Callable[..., MainWindow], empty_library: Path
):
    window = open_window(empty_library)
    page = page_of(window)
    assert not page.view.isVisible()
    assert window.findChild(QPushButton, "patents_empty_import").isVisible()


def test_every_patent_has_a_row_and_says_where_it_was_read(window: MainWindow):
    page = page_of(window)
    assert len(page.table.rows) == 60
    page.view.selectRow(3)
    said = window.why.body.toPlainText()
    assert "CN201910524303" in said
    assert "专利清单.xls，工作表“清单”第 5 行" in said


def test_rows_out_of_sight_are_read_when_they_come_into_sight(
    window: MainWindow, monkeypatch
):
    monkeypatch.setattr(page_module, "BLOCK", 25)
    page = page_of(window)
    page.reload()
    assert page.table.rows.count(None) == 35
    page.view.scrollToBottom()
    assert page.table.rows[59] is not None


def test_searching_narrows_the_list(window: MainWindow, qtbot: QtBot):
    page = page_of(window)
    qtbot.keyClicks(page.search, "CN2019105243078")
    qtbot.waitUntil(lambda: len(page.table.rows) == 1)
    assert titles(page) == ["复合相变材料及其制备方法（7）"]


def test_a_click_on_a_header_orders_the_whole_list(window: MainWindow):
    page = page_of(window)
    header = page.view.horizontalHeader()
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert titles(page)[0] == "复合相变材料及其制备方法（59）"


def test_an_import_is_told_and_taken_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "新清单.csv"
    path.write_text(
        "申请号,专利名称,申请日,申请人\n"
        "201810999999.3,一种材料,2019-06-18,某某大学\n"
        "没有号码,另一种材料,2019-06-19,某某大学\n",
        "utf-8-sig",
    )
    page = page_of(window)
    page.import_lists([path])
    qtbot.waitUntil(lambda: len(page.table.rows) == 61, timeout=30_000)
    assert page.account is not None
    (told,) = page.account.files.rows
    assert told is not None
    assert (told.read, told.added, told.refused) == (2, 1, 1)
    assert page.account.issues.table.rows
    page.account.take_back()
    assert len(page.table.rows) == 60


def test_a_file_that_is_no_list_is_refused_in_its_place(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "notes.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    page_of(window).import_lists([path])
    qtbot.waitUntil(window.notices.isVisible, timeout=30_000)
    assert "notes.csv" in window.notices.text.text()
    assert len(page_of(window).table.rows) == 60


def test_an_import_can_be_cancelled(window: MainWindow, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "清单.csv"
    path.write_text(
        "申请号,专利名称\n"
        + "".join(f"CN2019105{n:05}.1,一种材料\n" for n in range(3000)),
        "utf-8-sig",
    )
    page = page_of(window)
    page.import_lists([path])
    window.shell.tasks.running[0].cancel()
    qtbot.waitUntil(lambda: not window.shell.tasks.running, timeout=30_000)
    assert len(page.table.rows) == 60
