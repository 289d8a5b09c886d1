"""The engagement's file as a page: contract, work, events, factors, declarations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from valuer.core.engagement import Contract, Event, Procedure, WorkDone
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.engagement import EngagementPage


@pytest.fixture
def page(view: CaseView) -> EngagementPage:
    page = view.page("engagement")
    assert isinstance(page, EngagementPage)
    return page


def type_in(page: EngagementPage, name: str, text: str) -> None:
    field = page.findChild(QLineEdit, name)
    field.setText(text)
    field.editingFinished.emit()


def choose(page: EngagementPage, name: str, number: int) -> None:
    box = page.findChild(QComboBox, name)
    box.setCurrentIndex(number)
    box.activated.emit(number)


def test_contract_receipt_factors_and_declarations_are_saved_as_they_are_left(
    view: CaseView, page: EngagementPage
):
    type_in(page, "case_contract_number", "苏评合字第9号")
    type_in(page, "case_contract_signed", "2026年9月2日")
    type_in(page, "case_receipt_code", "3232020099202600118")
    choose(page, "case_declared_independent", 1)
    choose(page, "case_declared_no_encumbrances", 2)
    legal = page.findChild(QPlainTextEdit, "case_factors_legal")
    legal.setPlainText("权利稳定。")
    legal.committed.emit()
    case = view.open_case.case
    assert case.contract == Contract("苏评合字第9号", date(2026, 9, 2))
    assert case.receipt.code == "3232020099202600118"
    assert case.declared.independent is True
    assert case.declared.no_encumbrances is False
    assert case.declared.no_experts is None
    assert case.factors.legal == "权利稳定。"


def test_the_procedures_stand_in_the_order_of_the_standard(
    view: CaseView, page: EngagementPage
):
    type_in(page, "case_work_archive_note", "整理归档")
    type_in(page, "case_work_acceptance_begun", "2026-8-28")
    type_in(page, "case_work_acceptance_ended", "2026-9-1")
    assert view.open_case.case.work == (
        WorkDone(Procedure.ACCEPTANCE, date(2026, 8, 28), date(2026, 9, 1)),
        WorkDone(Procedure.ARCHIVE, note="整理归档"),
    )
    type_in(page, "case_work_archive_note", "")
    assert [one.procedure for one in view.open_case.case.work] == ["acceptance"]


def test_undo_takes_back_one_field(view: CaseView, page: EngagementPage):
    type_in(page, "case_work_plan_note", "编制计划")
    view.open_case.undo()
    assert view.open_case.case.work == ()
    assert page.findChild(QLineEdit, "case_work_plan_note").text() == ""


def test_whole_lines_of_events_are_saved_and_others_told_of(
    view: CaseView, page: EngagementPage
):
    table = page.events.table
    rows = {(0, 0): "2026-10-20", (0, 1): "取得许可", (1, 1): "没有日期"}
    table.cells.fill(rows)
    assert view.open_case.case.events == (Event(date(2026, 10, 20), "取得许可"),)
    assert not table.line.isHidden()
    assert len(table.value or ()) == 2


def test_events_of_the_case_are_shown(view: CaseView, page: EngagementPage):
    events = (Event(date(2026, 10, 20), "取得许可"),)
    view.open_case.change("x", replace(view.open_case.case, events=events))
    assert page.events.value == events
    view.open_case.undo()
    assert page.events.value == ()
