"""The window as a whole: ways between its places, focus, language, closing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.methods import MethodsPage
from valuer.store.library import open_library


def opened(window: MainWindow, name: str = "C1") -> CaseView:
    window.open_case(name)
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    return cases.view_of_case


def tab_order(window: MainWindow) -> list[QWidget]:
    """What Tab visits, from the first button of the rail round to it again."""
    first = window.findChild(QToolButton, "rail_cases")
    found, widget = [first], first.nextInFocusChain()
    while widget is not first:
        takes_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if takes_tab and widget.isVisible() and widget.focusProxy() is None:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def test_a_library_with_a_case_opens_on_the_cases(window: MainWindow):
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert [line.title for line in cases.table.rows] == ["复合相变材料发明专利转让评估"]


def test_tab_follows_the_eye(window: MainWindow):
    view = opened(window)
    page = view.page("methods")
    assert isinstance(page, MethodsPage)
    order = tab_order(window)
    names = [widget.objectName() for widget in order]
    assert names[0] == "rail_cases"
    assert names[-1] == "why_body"
    assert names.index("rail_settings") < names.index("case_tabs")
    fields = [w for w in order if w.objectName().startswith("param_")]
    heights = [w.mapTo(window, w.rect().center()).y() for w in fields]
    assert all(b > a - 20 for a, b in itertools.pairwise(heights))


def test_alt_and_a_number_shows_a_page(window: MainWindow, qtbot: QtBot):
    view = opened(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert view.bar.tabs.currentIndex() == 3


def test_the_list_of_cases_folds_away_and_back(window: MainWindow):
    view = opened(window)
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    was = cases.list.isVisible()
    view.bar.fold.click()
    assert cases.list.isVisible() != was
    view.bar.fold.click()
    assert cases.list.isVisible() == was


def test_what_is_being_typed_is_kept_when_the_window_closes(
    open_window: Callable[..., MainWindow], library: Path, qtbot: QtBot
):
    window = open_window(library)
    opened(window).page("facts")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    client = window.findChild(QLineEdit, "case_client")
    client.setFocus()
    client.selectAll()
    qtbot.keyClicks(client, "Nanjing University")
    window.close()
    again = open_window(library)
    assert opened(again).open_case.case.client == "Nanjing University"


def test_a_library_that_does_not_exist_is_made(
    open_window: Callable[..., MainWindow], tmp_path: Path
):
    path = tmp_path / "专利 新库.valuer"
    window = open_window(path)
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    cases.new()
    window.close()
    open_library(path).close()


def test_the_language_is_that_of_the_library_unless_named(
    open_window: Callable[..., MainWindow], library: Path
):
    first = open_window(library)
    first.place("settings")
    box = first.findChild(QComboBox, "settings_language")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert first.findChild(QToolButton, "rail_cases").text() == "Cases"
    first.close()
    assert open_window(library, None).shell.words.language == "en"


def test_a_second_window_reads_only_and_sees_what_the_first_saves(
    open_window: Callable[..., MainWindow], library: Path
):
    one, other = open_window(library), open_window(library)
    for window in (one, other):
        opened(window).page("facts")
    for window, client in ((one, "甲"), (other, "乙")):
        field = window.findChild(QLineEdit, "case_client")
        field.setText(client)
        field.editingFinished.emit()
    assert other.notices.isVisible()
    assert other.findChild(QLineEdit, "case_client").text() == "某某理工大学"
    other.shell.library.look()
    assert other.findChild(QLineEdit, "case_client").text() == "甲"
    assert opened(other).open_case.case.client == "甲"


def test_house_settings_are_kept_and_new_cases_begin_with_them(
    open_window: Callable[..., MainWindow], empty_library: Path
):
    window = open_window(empty_library)
    window.place("settings")
    name = window.findChild(QLineEdit, "settings_house_name")
    name.setText("江苏某某资产评估有限公司")
    name.editingFinished.emit()
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    cases.new()
    assert cases.view_of_case is not None
    assert cases.view_of_case.open_case.case.house.name == "江苏某某资产评估有限公司"


def test_every_page_follows_the_language_at_once(window: MainWindow, qtbot: QtBot):
    view = opened(window)
    tabs = view.bar.tabs
    for number in range(tabs.count()):
        view.go(number)
    view.page("facts")
    box = window.findChild(QComboBox, "case_purpose")
    assert box.currentText() == "转让"
    window.shell.words.switch("en")
    assert box.currentText() == "Assignment"
    assert isinstance(tabs, QTabBar)
    assert tabs.tabText(0) == "Facts"
    assert window.findChild(QPlainTextEdit, "case_users").accessibleName() == (
        "Other intended users"
    )


def test_undo_in_a_field_is_the_cases_once_the_field_is_left(
    window: MainWindow, qtbot: QtBot
):
    view = opened(window)
    view.page("facts")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    client = window.findChild(QLineEdit, "case_client")
    client.setFocus()
    client.selectAll()
    qtbot.keyClicks(client, "Nanjing")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(client, Qt.Key.Key_Z, control)
    assert "Nanjing" not in client.text()
    client.selectAll()
    qtbot.keyClicks(client, "Nanjing")
    qtbot.keyClick(client, Qt.Key.Key_Return)
    assert view.open_case.case.client == "Nanjing"
    qtbot.keyClick(client, Qt.Key.Key_Z, control)
    assert view.open_case.case.client == "某某理工大学"
    assert client.text() == "某某理工大学"
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(client, Qt.Key.Key_Z, control | shift)
    assert view.open_case.case.client == "Nanjing"


def test_a_case_closed_while_it_is_valued_does_no_harm(
    window: MainWindow, qtbot: QtBot
):
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    for _ in range(5):
        opened(window, "C1").page("methods")
        cases.new()
    qtbot.waitUntil(lambda: not window.shell.tasks.running)
    assert cases.view_of_case is not None
    qtbot.waitUntil(lambda: cases.view_of_case.valuations.is_settled)
