"""Facts, conclusion, history and report of a case, as pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from valuer.core.case import Appraiser, HouseKind, Purpose
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.facts import FactsPage
from valuer.gui.pages.history import HistoryPage
from valuer.gui.pages.report import ReportPage
from valuer.gui.reporting import Order
from valuer.gui.signing import signed_name
from valuer.reports.sample_keys import make_sample_keys
from valuer.store.library import open_library
from valuer.store.reports import list_reports

Page = TypeVar("Page", bound=QWidget)
PATIENCE = 60_000


def page_of(view: CaseView, key: str, kind: type[Page]) -> Page:
    page = view.page(key)
    assert isinstance(page, kind)
    return page


def type_in(window: MainWindow, name: str, text: str) -> None:
    field = window.findChild(QLineEdit, name)
    field.setText(text)
    field.editingFinished.emit()


def choose(window: MainWindow, name: str, number: int) -> None:
    box = window.findChild(QComboBox, name)
    box.setCurrentIndex(number)
    box.activated.emit(number)


def write(window: MainWindow, name: str, text: str) -> None:
    field = window.findChild(QPlainTextEdit, name)
    field.setPlainText(text)
    field.committed.emit()


def test_facts_are_saved_as_they_are_left(view: CaseView, window: MainWindow):
    page_of(view, "facts", FactsPage)
    type_in(window, "case_client", "另一所大学")
    type_in(window, "case_valuation_date", "2026年6月30日")
    type_in(window, "case_house_registration", "")
    choose(window, "case_purpose", 3)
    choose(window, "case_statutory", 1)
    choose(window, "case_house_kind", 1)
    write(window, "case_users", "甲\n乙\n")
    write(window, "case_appraisers", "顾某宁 1\n新某人，2\n")
    case = view.open_case.case
    assert case.client == "另一所大学"
    assert case.valuation_date == date(2026, 6, 30)
    assert case.purpose is Purpose.PLEDGE
    assert case.statutory is True
    assert (case.house.kind, case.house.registration) == (HouseKind.PATENT_AGENCY, "")
    assert case.users == ("甲", "乙")
    assert case.appraisers == (Appraiser("顾某宁", "1"), Appraiser("新某人", "2"))


def test_a_date_taken_away_is_asked_for_in_its_place(
    view: CaseView, window: MainWindow, qtbot: QtBot
):
    page_of(view, "facts", FactsPage)
    type_in(window, "case_valuation_date", "")
    line = window.findChild(QLabel, "case_valuation_date_line")
    qtbot.waitUntil(line.isVisible, timeout=PATIENCE)
    assert view.open_case.case.valuation_date is None


def wait_for_check(page: ReportPage, path: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: page.checked is not None and page.checked.path == path,
        timeout=PATIENCE,
    )


def test_the_kinds_offered_are_those_of_the_house(
    view: CaseView, window: MainWindow, library: Path, tmp_path: Path, qtbot: QtBot
):
    page = page_of(view, "report", ReportPage)
    assert page.kind.value == "appraisal_report"
    assert page.kind.count() == 3
    page.kind.put("summary")
    page.build(tmp_path / "摘要.pdf")
    wait_for_check(page, tmp_path / "摘要.pdf", qtbot)
    assert len(page.preview.pages) == 1
    case = view.open_case.case
    house = replace(case.house, kind=HouseKind.PATENT_AGENCY)
    view.open_case.change("x", replace(case, house=house))
    assert page.kind.count() == 2
    assert page.kind.value == "summary"
    window.close()
    with open_library(library) as kept, kept.read() as connection:
        assert [one.kind for one in list_reports(connection)] == ["summary"]


def test_a_report_is_built_shown_signed_and_entered_in_the_register(
    view: CaseView, window: MainWindow, library: Path, tmp_path: Path, qtbot: QtBot
):
    page = page_of(view, "report", ReportPage)
    built, signed = tmp_path / "报告.pdf", tmp_path / "报告-1.pdf"
    page.build(built)
    wait_for_check(page, built, qtbot)
    assert page.verdict.verdict.text() == "尚未签署"
    assert len(page.preview.pages) > 3
    assert not page.preview.pages[0].pixmap().isNull()
    keys = make_sample_keys(tmp_path, "2468", datetime.now(UTC))
    order = Order(signed, key_file=keys.appraisers[0])
    page.signing.sign(page.checked, order, "2468", "en")
    wait_for_check(page, signed, qtbot)
    assert page.verdict.verdict.text() == "完整：签署后未被改动"
    qtbot.waitUntil(
        lambda: page.checked is not None and page.checked.figures.match is True,
        timeout=PATIENCE,
    )
    window.close()
    with open_library(library) as opened, opened.read() as connection:
        (line,) = list_reports(connection, "C1")
    assert line.number == "苏某评报字（2026）第0118号"


def test_a_wrong_pin_is_told_and_nothing_is_written(
    view: CaseView, window: MainWindow, tmp_path: Path, qtbot: QtBot
):
    page = page_of(view, "report", ReportPage)
    built, signed = tmp_path / "报告.pdf", tmp_path / "报告-1.pdf"
    page.build(built)
    wait_for_check(page, built, qtbot)
    keys = make_sample_keys(tmp_path, "2468", datetime.now(UTC))
    order = Order(signed, key_file=keys.appraisers[0])
    page.signing.sign(page.checked, order, "wrong", "en")
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE)
    assert not signed.exists()


def test_what_is_no_report_has_a_verdict_and_no_pages(
    view: CaseView, window: MainWindow, tmp_path: Path, qtbot: QtBot
):
    page = page_of(view, "report", ReportPage)
    path = tmp_path / "notes.pdf"
    path.write_bytes(b"no PDF at all")
    page.check(path)
    wait_for_check(page, path, qtbot)
    assert page.verdict.verdict.text() == "无法读取：不是 PDF，或已加密"
    assert not page.preview.pages
    assert not window.findChild(QPushButton, "report_sign").isEnabled()


def test_a_case_that_lacks_something_is_not_reported(
    view: CaseView, window: MainWindow, tmp_path: Path, qtbot: QtBot
):
    view.open_case.change("x", replace(view.open_case.case, client=""))
    page = page_of(view, "report", ReportPage)
    page.build(tmp_path / "报告.pdf")
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE)
    assert not (tmp_path / "报告.pdf").exists()


def test_ctrl_return_is_the_primary_action(
    view: CaseView, window: MainWindow, qtbot: QtBot
):
    page_of(view, "history", HistoryPage)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page_of(view, "history", HistoryPage).view.setFocus()
    qtbot.keyClick(
        page_of(view, "history", HistoryPage).view,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier,
    )
    assert window.notices.isVisible()


@pytest.mark.parametrize(
    ("source", "number", "name"),
    [
        ("报告.pdf", 1, "报告-1.pdf"),
        ("报告-1.pdf", 2, "报告-2.pdf"),
        ("a-b.pdf", 1, "a-b-1.pdf"),
    ],
)
def test_each_signature_has_its_own_file(source: str, number: int, name: str):
    assert signed_name(Path(source), number) == name


def test_what_cannot_be_read_says_so_in_its_place(window, qtbot):
    window.open_case("C1")
    window.place("cases").view_of_case.page("facts")
    field = window.findChild(QLineEdit, "case_valuation_date")
    said = window.findChild(QLabel, "case_valuation_date_line")
    field.setText("去年年底")
    field.editingFinished.emit()
    assert "无法识别" in said.text()
    assert field.text() == "去年年底"
    field.setText("2026-9-30")
    field.editingFinished.emit()
    assert "无法识别" not in said.text()


def test_the_strip_names_the_method_whose_result_is_adopted(
    open_window, crowded_library, qtbot
):
    window = open_window(crowded_library)
    window.open_case("C1")
    view = window.place("cases").view_of_case
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=60_000)
    assert view.strip.method.whole == "许可费节省法"


def test_the_panel_tells_of_the_selection_whenever_its_page_is_come_back_to(window):
    window.open_case("C1")
    view = window.place("cases").view_of_case
    view.page("history")
    assert "第 1 版" in window.why.body.toPlainText()
    view.page("facts")
    assert "第 1 版" not in window.why.body.toPlainText()
    view.page("history")
    window.place("settings")
    window.place("cases")
    assert "第 1 版" in window.why.body.toPlainText()
