"""The list of patents: only what is looked at is read, search and order are the store's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from valuer.gui import finder
from valuer.gui.main_window import MainWindow
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
    window: MainWindow, monkeypatch, qtbot: QtBot
):
    monkeypatch.setattr(finder, "BLOCK", 25)
    page = page_of(window)
    page.reload()
    assert page.table.row(59) is None
    page.view.scrollToBottom()
    qtbot.waitUntil(lambda: page.table.row(59) is not None)


def test_searching_narrows_the_list(window: MainWindow, qtbot: QtBot):
    page = page_of(window)
    qtbot.keyClicks(page.search, "CN2019105243078")
    qtbot.waitUntil(lambda: len(page.table.rows) == 1)
    assert titles(page) == ["复合相变材料及其制备方法（7）"]


def test_two_characters_find_what_holds_them_and_it_is_counted(
    window: MainWindow, qtbot: QtBot
):
    page = page_of(window)
    page.search.setText("相变")
    qtbot.waitUntil(lambda: "60" in page.heading.note.text() and page.is_settled)
    assert page.heading.note.text() == window.shell.words.tell(
        "{count} found", count=60
    )
    page.search.setText("电池")
    qtbot.waitUntil(lambda: not page.table.rows)
    assert page.view.isVisible()


def test_only_the_answer_to_what_was_typed_last_is_shown(
    window: MainWindow, qtbot: QtBot, monkeypatch
):
    page, desk = page_of(window), window.shell.desk
    ask, hold = desk.patents, threading.Event()

    def slow(search: str, *rest, **named):
        if search == "材料":
            hold.wait(10)
        return ask(search, *rest, **named)

    monkeypatch.setattr(desk, "patents", slow)
    for search in ("材料", "周以宁", "CN2019105243078"):
        page.search.setText(search)
        page.reload()
    assert len(page.table.rows) == 60
    hold.set()
    qtbot.waitUntil(lambda: page.is_settled)
    assert titles(page) == ["复合相变材料及其制备方法（7）"]


def test_a_click_on_a_header_orders_the_whole_list(window: MainWindow, qtbot: QtBot):
    page = page_of(window)
    header = page.view.horizontalHeader()
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: titles(page)[0] == "复合相变材料及其制备方法（59）")


def test_patents_deleted_come_back_with_undo(window: MainWindow, qtbot: QtBot):
    page = page_of(window)
    page.view.selectRow(3)
    window.findChild(QPushButton, "patents_delete").click()
    qtbot.waitUntil(lambda: len(page.table.rows) == 59)
    qtbot.waitUntil(lambda: bool(window.findChild(QPushButton, "notice_undo")))
    window.findChild(QPushButton, "notice_undo").click()
    qtbot.waitUntil(lambda: len(page.table.rows) == 60)
    assert not window.notices.isVisible()


def test_ctrl_z_undoes_the_last_step_of_the_library_and_names_it(
    window: MainWindow, qtbot: QtBot
):
    page = page_of(window)
    page.view.selectRow(3)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.table.rows) == 59)
    undo = window.findChild(QToolButton, "patents_undo")
    assert "B2" in undo.toolTip() or "1" in undo.toolTip()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.table.rows) == 60)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, both)
    qtbot.waitUntil(lambda: len(page.table.rows) == 59)


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
    qtbot.waitUntil(lambda: len(page.table.rows) == 60)


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
