"""The library's data: imports taken back, the journal, backups restored, the bin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from valuer.core.case import Case
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.patents import PatentsPage
from valuer.gui.pages.record import RecordPage
from valuer.store.backups import list_backups
from valuer.store.batches import BatchFile, new_batch
from valuer.store.library import open_library
from valuer.store.putting import put_patents
from valuer.store.reports import IssuedReport, add_report

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def leaf(window: MainWindow, key: str) -> Any:
    page = window.place("data")
    assert isinstance(page, RecordPage)
    return page.leaf(key)


def cases_of(window: MainWindow) -> CasesPage:
    page = window.place("cases")
    assert isinstance(page, CasesPage)
    return page


def count(window: MainWindow) -> int:
    return window.shell.desk.count("")


def press(window: MainWindow, name: str) -> None:
    window.findChild(QPushButton, name).click()


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.shell.tasks.running, timeout=30_000)


# Imports


def test_an_older_import_is_taken_back_and_brought_again(
    window: MainWindow, qtbot: QtBot
):
    panel = leaf(window, "imports")
    panel.list.view.selectRow(0)
    press(window, "batches_back")
    qtbot.waitUntil(lambda: count(window) == 0, timeout=30_000)
    settled(window, qtbot)
    (row,) = panel.list.table.rows
    assert row.taken_back_at is not None
    assert not window.findChild(QPushButton, "batches_back").isEnabled()
    press(window, "batches_again")
    qtbot.waitUntil(lambda: count(window) == 60, timeout=30_000)


def test_an_import_that_others_built_on_says_which(
    open_window: Callable[..., MainWindow], library: Path, patents, qtbot: QtBot
):
    with open_library(library) as opened, opened.change() as connection:
        batch = new_batch(connection, [BatchFile("二.xls", "1" * 64)], NOW)
        changed = [(2, patents[0].__class__(**{**_facts(patents[0]), "pta_days": 9}))]
        put_patents(connection, batch, changed)
    window = open_window(library)
    panel = leaf(window, "imports")
    panel.list.view.selectRow(1)
    press(window, "batches_back")
    qtbot.waitUntil(window.notices.isVisible, timeout=30_000)
    assert "B2" in window.notices.text.text()
    assert count(window) == 60


def _facts(patent: Any) -> dict[str, Any]:
    return {name: getattr(patent, name) for name in patent.__dataclass_fields__}


def test_ctrl_z_undoes_here_too_and_names_the_step(window: MainWindow, qtbot: QtBot):
    leaf(window, "imports")
    undo = window.findChild(QToolButton, "record_undo")
    assert undo.toolTip() == window.shell.words.tell(
        "Undo: {step}", step=window.shell.desk.records.undoable()
    )
    assert "B1" in undo.toolTip()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: count(window) == 0, timeout=30_000)
    settled(window, qtbot)
    assert not undo.isEnabled()
    press_redo = window.findChild(QToolButton, "record_redo")
    press_redo.click()
    qtbot.waitUntil(lambda: count(window) == 60, timeout=30_000)


# The journal


def test_the_journal_tells_what_was_done_and_is_checked(
    window: MainWindow, qtbot: QtBot
):
    page = window.place("patents")
    assert isinstance(page, PatentsPage)
    page.view.selectRow(0)
    page.delete()
    qtbot.waitUntil(lambda: count(window) == 59, timeout=30_000)
    settled(window, qtbot)
    panel = leaf(window, "trail")
    kinds = [entry.kind for entry in panel.list.table.rows]
    assert kinds == ["deletion", "import"]
    panel.list.view.selectRow(1)
    assert "专利清单.xls" in window.why.body.toPlainText()
    press(window, "trail_verify")
    assert "2" in window.notices.text.text()


# The bin


def test_a_case_deleted_waits_in_the_bin_and_is_taken_out(
    window: MainWindow, qtbot: QtBot
):
    cases = cases_of(window)
    window.open_case("C1")
    cases.list.selectRow(0)
    cases.delete()
    assert not cases.table.rows
    assert cases.view_of_case is None
    panel = leaf(window, "bin")
    assert [line.case_id for line in panel.list.table.rows] == ["C1"]
    panel.list.view.selectRow(0)
    press(window, "bin_take_out")
    assert not panel.list.table.rows
    press(window, "notice_open")
    view = cases_of(window).view_of_case
    assert view is not None
    assert view.open_case.name == "C1"


def test_a_deletion_offers_undo_at_once(window: MainWindow, qtbot: QtBot):
    cases = cases_of(window)
    cases.list.selectRow(0)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    cases.list.setFocus()
    qtbot.keyClick(cases.list, Qt.Key.Key_Delete)
    assert not cases.table.rows
    press(window, "notice_undo")
    qtbot.waitUntil(lambda: len(cases.table.rows) == 1, timeout=30_000)


def test_ctrl_z_among_the_cases_takes_one_out_of_the_bin(
    window: MainWindow, qtbot: QtBot
):
    cases = cases_of(window)
    cases.list.selectRow(0)
    cases.delete()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(cases.table.rows) == 1, timeout=30_000)


def test_a_case_of_which_a_report_went_out_stays_and_says_why(
    open_window: Callable[..., MainWindow], library: Path
):
    line = IssuedReport(
        *("C1", 1, "appraisal", "zh_CN", "苏某评报字（2026）第0118号"),
        *(NOW.date(), None, "CNY", "0.2.0", "0" * 64, NOW),
    )
    with open_library(library) as opened, opened.change() as connection:
        add_report(connection, line)
    window = open_window(library)
    cases = cases_of(window)
    cases.list.selectRow(0)
    cases.delete()
    assert "第0118号" in window.notices.text.text()
    assert len(cases.table.rows) == 1


# Backups


def test_a_backup_is_made_listed_and_put_in_the_librarys_place(
    window: MainWindow, library: Path, qtbot: QtBot
):
    panel = leaf(window, "backups")
    press(window, "backups_make")
    qtbot.waitUntil(lambda: len(panel.list.table.rows) == 1, timeout=30_000)
    settled(window, qtbot)
    made = panel.list.table.rows[0]
    window.shell.desk.new_case(Case(name="后来的案件"), "New case")
    window.open_case("C2")
    leaf(window, "backups")
    panel.list.view.selectRow(0)
    press(window, "backups_restore")
    assert panel.question.isVisible()
    press(window, "restore_go")
    qtbot.waitUntil(lambda: len(panel.list.table.rows) == 2, timeout=30_000)
    settled(window, qtbot)
    cases = cases_of(window)
    assert cases.view_of_case is None
    assert cases.isEnabled()
    assert [line.name for line in cases.table.rows] == ["C1"]
    assert made.path.name[:4] == "0001"
    newest = list_backups(library)[0]
    assert newest.kind == "replaced"
    with open_library(newest.path) as kept, kept.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 2
    kinds = [entry.kind for entry in leaf(window, "trail").list.table.rows]
    assert kinds[0] == "restore_backup"
    assert not window.shell.library.is_read_only


def test_a_question_not_answered_changes_nothing(
    window: MainWindow, library: Path, qtbot: QtBot
):
    panel = leaf(window, "backups")
    press(window, "backups_make")
    qtbot.waitUntil(lambda: len(panel.list.table.rows) == 1, timeout=30_000)
    settled(window, qtbot)
    panel.list.view.selectRow(0)
    press(window, "backups_restore")
    window.findChild(QToolButton, "restore_close").click()
    assert not panel.question.isVisible()
    assert len(list_backups(library)) == 1


def test_a_damaged_backup_is_refused_and_the_library_stays(
    window: MainWindow, library: Path, qtbot: QtBot
):
    window.shell.keeping.back_up()
    settled(window, qtbot)
    (backup,) = list_backups(library)
    backup.path.write_bytes(b"SQLite format 3\0" + bytes(200))
    panel = leaf(window, "backups")
    panel.reload()
    qtbot.waitUntil(lambda: bool(panel.list.table.rows), timeout=30_000)
    panel.list.view.selectRow(0)
    panel.ask()
    press(window, "restore_go")
    settled(window, qtbot)
    qtbot.waitUntil(window.notices.isVisible, timeout=30_000)
    assert count(window) == 60
    assert window.place("cases").isEnabled()


def test_restoring_can_be_cancelled(window: MainWindow, library: Path, qtbot: QtBot):
    window.shell.keeping.back_up()
    settled(window, qtbot)
    (backup,) = list_backups(library)
    window.shell.keeping.restore(backup)
    window.shell.tasks.running[0].cancel()
    settled(window, qtbot)
    qtbot.waitUntil(window.place("cases").isEnabled, timeout=30_000)
    assert count(window) == 60
    assert not window.shell.library.is_read_only


@pytest.mark.parametrize("key", ["imports", "trail", "backups", "bin"])
def test_an_empty_leaf_says_what_will_stand_here(
    key: str, open_window: Callable[..., MainWindow], empty_library: Path, qtbot: QtBot
):
    window = open_window(empty_library)
    panel = leaf(window, key)
    qtbot.waitUntil(lambda: not panel.list.view.isVisible(), timeout=30_000)


def test_the_day_after_makes_another_backup(
    window: MainWindow, library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    window.shell.keeping.daily()
    settled(window, qtbot)
    window.shell.desk.new_case(Case(), "New case")
    at = window.shell.desk.clock() + timedelta(days=1)
    monkeypatch.setattr(window.shell.desk, "clock", lambda: at)
    window.shell.keeping.daily()
    settled(window, qtbot)
    assert [one.kind for one in list_backups(library)] == ["daily", "daily"]
