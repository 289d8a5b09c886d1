"""The gate on the report page: its state, answers, ways to places, and signing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from valuer.gui.gate_panel import PLACE
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.report import ReportPage

PATIENCE = 20_000
ROWS = QItemSelectionModel.SelectionFlag.Rows
SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect


@pytest.fixture
def view(window: MainWindow) -> CaseView:
    page = window.place("cases")
    assert isinstance(page, CasesPage)
    page.open("C1")
    assert page.view_of_case is not None
    return page.view_of_case


@pytest.fixture
def page(view: CaseView, qtbot: QtBot) -> ReportPage:
    found = view.page("report")
    assert isinstance(found, ReportPage)
    qtbot.waitUntil(lambda: found.gate.gate is not None, timeout=PATIENCE)
    return found


def choose(page: ReportPage, where: str) -> int:
    """Choose the finding at a place; return its row."""
    rows = page.gate.rows.rows
    row = next(n for n, one in enumerate(rows) if one and one.where == where)
    table = page.gate.list
    table.selectionModel().select(table.model().index(row, 0), SELECT | ROWS)
    return row


def write(page: ReportPage, text: str) -> None:
    page.gate.answer.setPlainText(text)
    page.gate.answer.committed.emit()


def settled(page: ReportPage, view: CaseView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=PATIENCE)


def test_the_state_stands_beside_the_button_that_signs(
    page: ReportPage, view: CaseView, window: MainWindow, qtbot: QtBot
):
    state = window.findChild(QPushButton, "report_gate")
    assert state.text().startswith(("错误 0", "Errors 0"))
    case = view.open_case.case
    view.open_case.change("x", replace(case, report_date=date(2026, 9, 1)))
    settled(page, view, qtbot)
    assert page.gate.gate is not None
    assert [one.where for one in page.gate.gate.errors] == ["report_date"]
    sign = window.findChild(QPushButton, "report_sign")
    assert not sign.isEnabled()
    assert state.text() in sign.toolTip()


def test_an_answer_is_a_change_of_the_case_and_can_be_undone(
    page: ReportPage, view: CaseView, qtbot: QtBot
):
    assert not page.gate.answer.isEnabled()
    choose(page, "declared.independent")
    assert page.gate.answer.isEnabled()
    write(page, "声明另附。")
    (answer,) = view.open_case.case.answers
    assert (answer.where, answer.text) == ("declared.independent", "声明另附。")
    assert page.gate.gate is not None
    assert len(page.gate.gate.answered) == 1
    view.open_case.undo()
    assert view.open_case.case.answers == ()


def test_what_is_typed_answers_every_warning_chosen_as_one_step(
    page: ReportPage, view: CaseView, qtbot: QtBot
):
    page.gate.list.selectAll()
    write(page, "已在工作底稿中说明。")
    assert page.gate.gate is not None
    assert page.gate.gate.is_open
    assert page.gate.why_not() == ""
    view.open_case.undo()
    assert view.open_case.case.answers == ()


def test_a_place_leads_to_its_field(
    page: ReportPage, view: CaseView, window: MainWindow, qtbot: QtBot
):
    case = view.open_case.case
    view.open_case.change("x", replace(case, assumptions=()))
    settled(page, view, qtbot)
    row = choose(page, "assumptions")
    page.gate.list.clicked.emit(page.gate.rows.index(row, PLACE))
    field = window.findChild(QPlainTextEdit, "case_assumptions")
    qtbot.waitUntil(lambda: window.focusWidget() is field, timeout=PATIENCE)


def test_signing_is_offered_when_the_gate_is_open_and_for_this_state_of_the_case(
    page: ReportPage,
    view: CaseView,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
):
    page.gate.list.selectAll()
    write(page, "已在工作底稿中说明。")
    path = tmp_path / "报告.pdf"
    page.build(path)
    qtbot.waitUntil(lambda: page.checked is not None, timeout=PATIENCE)
    sign = window.findChild(QPushButton, "report_sign")
    settled(page, view, qtbot)
    assert sign.isEnabled()
    assert not page.gate.isVisible()  # folded, for the pages stand there now
    view.open_case.change("x", replace(view.open_case.case, name="改名"))
    assert not sign.isEnabled()
    assert "重新" in sign.toolTip() or "anew" in sign.toolTip()


def test_the_panel_speaks_the_language_of_the_moment(
    open_window: Callable[..., MainWindow], library: Path, qtbot: QtBot
):
    window = open_window(library, "en")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    cases.open("C1")
    assert cases.view_of_case is not None
    page = cases.view_of_case.page("report")
    assert isinstance(page, ReportPage)
    qtbot.waitUntil(lambda: page.gate.gate is not None, timeout=PATIENCE)
    row = choose(page, "factors.legal")
    shown = [page.gate.rows.index(row, n).data() for n in range(5)]
    assert shown[0] == "Warning"
    assert shown[1] == "Legal factors"
    assert shown[3].endswith("†")
    assert "not yet checked" in page.gate.label.text()
