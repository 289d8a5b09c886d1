"""What is typed is saved after a second of rest, and stays as it is typed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from valuer.core.problems import UserError
from valuer.gui import rest
from valuer.gui.fields import Entry, Lines, date_entry, rate_entry
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.rest import Rest


@pytest.fixture(autouse=True)
def no_second_of_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here one rests when the test says so."""
    monkeypatch.setattr(rest, "REST", 3_600_000)


def rested(field: QWidget) -> None:
    field.findChild(Rest).reached.emit()


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> CaseView:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return cases.view_of_case


@pytest.fixture
def rate(qtbot: QtBot) -> Entry:
    entry = rate_entry()
    qtbot.addWidget(entry)
    entry.show()
    entry.put(0.1)
    entry.setFocus()
    entry.selectAll()
    return entry


def heard(field: Entry | Lines) -> list[object]:
    found: list[object] = []
    field.committed.connect(lambda: found.append(field.value))
    return found


def test_a_rest_while_typing_commits_and_leaves_the_text_alone(rate, qtbot):
    left = heard(rate)
    qtbot.keyClicks(rate, "0.12")
    rested(rate)
    assert left == [0.12]
    assert rate.text() == "0.12"
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert left == [0.12]
    assert rate.text() == "12%"


def test_typing_on_commits_again_only_where_the_value_is_another(rate, qtbot):
    left = heard(rate)
    qtbot.keyClicks(rate, "0.1")
    rested(rate)
    assert left == []
    qtbot.keyClicks(rate, "2")
    rested(rate)
    rested(rate)
    qtbot.keyClicks(rate, "0")
    rested(rate)
    assert left == [0.12]


def test_what_cannot_be_read_is_never_committed(rate, qtbot):
    left = heard(rate)
    qtbot.keyClicks(rate, "12x")
    rested(rate)
    assert left == []
    assert rate.property("wrong") is True


def test_the_page_that_shows_the_value_anew_does_not_touch_the_typing(qtbot):
    entry = date_entry()
    qtbot.addWidget(entry)
    entry.show()
    entry.committed.connect(lambda: entry.put(entry.value))
    entry.setFocus()
    qtbot.keyClicks(entry, "2026/9/3")
    rested(entry)
    assert entry.text() == "2026/9/3"
    qtbot.keyClicks(entry, "0")
    assert entry.value == date(2026, 9, 30)


def test_escape_brings_back_what_stood_there_before_one_typed(rate, qtbot):
    left = heard(rate)
    qtbot.keyClicks(rate, "0.5")
    rested(rate)
    qtbot.keyClick(rate, Qt.Key.Key_Escape)
    assert left == [0.5, 0.1]
    assert rate.text() == "10%"


def test_undo_in_a_field_is_its_own_until_it_is_left(rate, qtbot):
    qtbot.keyClicks(rate, "0.12")
    rested(rate)
    assert rate.isUndoAvailable()
    qtbot.keyClick(rate, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rate.text() != "0.12"


def test_lines_are_put_in_order_only_when_they_are_left(qtbot):
    field, other = Lines(3), QLineEdit()
    for widget in (field, other):
        qtbot.addWidget(widget)
        widget.show()
    left = heard(field)
    field.committed.connect(lambda: field.put("\n".join(field.entries)))
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.insertPlainText("甲\n\n 乙")
    rested(field)
    assert left == ["甲\n\n 乙"]
    assert field.toPlainText() == "甲\n\n 乙"
    field.clearFocus()
    assert field.toPlainText() == "甲\n乙"


def test_typing_is_said_to_be_so_until_it_is_saved(view, window, qtbot):
    view.page("facts")
    field = window.findChild(QLineEdit, "case_client")
    field.setFocus()
    field.selectAll()
    assert view.strip.saved.text() == "已保存"
    qtbot.keyClicks(field, "abc")
    assert view.strip.saved.text() != "已保存"
    assert view.open_case.case.client != "abc"
    rested(field)
    assert view.strip.saved.text() == "已保存"
    assert view.open_case.case.client == "abc"


def test_what_cannot_be_read_is_not_said_to_be_saved(view, window, qtbot):
    view.page("facts")
    field = window.findChild(QLineEdit, "case_valuation_date")
    before = view.open_case.case
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "31")
    rested(field)
    assert view.strip.saved.text() != "已保存"
    assert view.open_case.case == before
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert view.strip.saved.text() == "已保存"


def test_a_revision_for_each_rest_and_none_for_leaving(view, window, qtbot):
    view.page("facts")
    field = window.findChild(QPlainTextEdit, "case_users")
    desk = window.shell.desk
    field.setFocus()
    field.insertPlainText("甲")
    rested(field)
    field.insertPlainText("乙")
    rested(field)
    assert len(desk.trail("C1")) == 3
    field.clearFocus()
    assert len(desk.trail("C1")) == 3


def test_a_cell_rests_too_and_its_field_stays_open(view, window, qtbot):
    page = view.page("forecast")
    grid = page.grids.grid
    grid.setCurrentCell(1, 0)
    grid.edit(grid.currentIndex())
    editor = grid.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "1234")
    assert view.strip.saved.text() != "已保存"
    rested(editor)
    assert view.open_case.case.forecast.periods[0].revenue == 12_340_000
    assert view.strip.saved.text() == "已保存"
    assert editor.isVisible()
    assert editor.text() == "1234"
    qtbot.keyClicks(editor, "5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: view.open_case.case.forecast.periods[0].revenue == 123_450_000
    )


@pytest.mark.parametrize("name", ["case_client", "case_users"])
def test_what_is_refused_stays_typed_and_is_not_said_to_be_saved(
    view, window, qtbot, monkeypatch, name
):
    view.page("facts")
    field = window.findChild(QWidget, name)
    before = view.open_case.case

    def refuse(action: str, case: object) -> None:
        raise UserError("The library is gone.")

    monkeypatch.setattr(view.open_case, "change", refuse)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "abc")
    rested(field)
    assert view.open_case.case == before
    assert view.strip.saved.text() != "已保存"
    assert window.notices.isVisible()
    shown = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert shown == "abc"
    field.clearFocus()
    shown = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert shown != "abc"
    assert view.strip.saved.text() == "已保存"
