"""The generated form: value and working follow as one types, errors stand in place."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from valuer.core.entries import read_params
from valuer.core.params import parameters
from valuer.gui.forms import ParamsForm
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.methods import MethodsPage
from valuer.gui.series import SeriesGrid
from valuer.methods import METHODS

PATIENCE = 30_000


class Page:
    """The method page of the open case, as a user meets it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        window.open_case("C1")
        cases = window.place("cases")
        assert isinstance(cases, CasesPage)
        assert cases.view_of_case is not None
        self.window, self.qtbot = window, qtbot
        self.view: CaseView = cases.view_of_case
        page = self.view.page("methods")
        assert isinstance(page, MethodsPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.view.valuations.is_settled, timeout=PATIENCE)

    def field(self, name: str) -> QLineEdit:
        return self.window.findChild(QLineEdit, name)

    def type(self, name: str, text: str, *, leave: bool = True) -> None:
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(field, typed)
        if leave:
            self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def said(self, name: str) -> str:
        line = self.window.findChild(QLabel, f"{name}_line")
        return line.text() if line.isVisible() else ""

    @property
    def value(self) -> str:
        return self.window.findChild(QLabel, "strip_value").text()

    @property
    def stored(self) -> dict:
        return self.view.open_case.case.runs[0].params or {}


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Page:
    return Page(window, qtbot)


def test_every_parameter_of_every_method_has_its_field(page: Page):
    for method in METHODS:
        form = ParamsForm(method, page.page._shell, page.page)
        for one in parameters(method.params):
            assert form.field(one.name).typed.accessibleName()
        form.deleteLater()


def test_the_value_follows_while_one_types_and_is_saved_on_leaving(page: Page):
    before, revision = page.value, page.view.open_case.case
    page.type("param_discount_rate", "30%", leave=False)
    assert page.value != before
    assert page.view.open_case.case == revision
    page.type("param_discount_rate", "30%")
    assert page.stored["discount_rate"] == 0.3


def test_a_figure_found_by_another_method_is_taken_by_its_key(page: Page):
    page.type("param_discount_rate", "=capm")
    assert page.stored["discount_rate"] == {"from": "capm"}
    assert "capm" in page.said("param_discount_rate")
    assert page.value == "—"
    page.type("param_discount_rate", "=capm.country_rate")
    assert page.stored["discount_rate"] == {"from": "capm", "output": "country_rate"}
    page.type("param_discount_rate", "12%")
    assert page.value != "—"


def test_words_narrow_the_methods_down(page: Page):
    page.page.offer()
    chooser = page.page.chooser

    def shown() -> set[str]:
        buttons = chooser.findChildren(QPushButton)
        return {one.objectName() for one in buttons if one.isVisible()}

    assert {"choose_relief_from_royalty", "choose_capm"} <= shown()
    chooser.filter.setText("许可费节省")
    assert "choose_relief_from_royalty" in shown()
    assert "choose_capm" not in shown()
    chooser.filter.setText("nothing of the kind")
    assert not any(name.startswith("choose_r") for name in shown())


def test_a_choice_that_must_be_made_is_not_made_for_one(page: Page):
    page.page.choose(METHODS.find("relief_from_royalty"))
    assert page.page._form.field("timing").widget.value is None
    assert "timing" not in (page.view.open_case.case.runs[-1].params or {})


def test_a_scored_method_begins_with_the_rows_of_its_sheet(page: Page):
    page.page.choose(METHODS.find("adjusted_share_rate"))
    begun = page.view.open_case.case.runs[-1].params or {}
    assert begun["groups"][0] == {"name": "法律因素", "weight": 0.3}
    assert {row["group"] for row in begun["scores"]} == {
        row["name"] for row in begun["groups"]
    }


def test_what_is_rarely_stated_unfolds(page: Page):
    form = page.page._form
    decline = form.field("decline")
    assert not decline.isVisible()
    form.fold.click()
    assert decline.isVisible()


def test_what_is_out_of_range_is_told_at_its_field_and_by_the_gate(page: Page):
    page.type("param_discount_rate", "129.3%")
    assert "129.3" in page.said("param_discount_rate")
    assert page.value == "—"
    gate = page.window.findChild(QToolButton, "strip_gate")
    assert re.match(r"[1-9]\d* 项错误", gate.text())
    gate.click()
    assert "129.3" in page.window.why.body.toPlainText()


def test_escape_takes_back_what_was_typed(page: Page, qtbot: QtBot):
    before = page.value
    page.type("param_discount_rate", "30%", leave=False)
    qtbot.keyClick(page.field("param_discount_rate"), Qt.Key.Key_Escape)
    page.settle()
    assert page.value == before


def test_the_help_of_a_field_shows_while_it_has_the_focus(page: Page, qtbot: QtBot):
    page.window.activateWindow()
    qtbot.waitUntil(page.window.isActiveWindow)
    field = page.field("param_discount_rate")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert page.said("param_discount_rate")
    page.field("param_valuation_date").setFocus()
    qtbot.waitUntil(lambda: not page.said("param_discount_rate"))


def test_a_number_opens_into_a_distribution_that_reads_back(page: Page):
    page.window.findChild(QToolButton, "param_discount_rate_distribution").click()
    page.settle()
    given = page.stored["discount_rate"]
    assert given == {"dist": "triangular", "low": 0.144, "mode": 0.18, "high": 0.216}
    page.type("param_discount_rate_high", "25%")
    assert page.stored["discount_rate"]["high"] == 0.25
    kind = page.window.findChild(QComboBox, "param_discount_rate_kind")
    kind.setCurrentIndex(3)
    kind.activated.emit(3)
    page.settle()
    assert page.stored["discount_rate"]["dist"] == "normal"
    params, issues = read_params(
        METHODS.find("relief_from_royalty").params, page_given(page)
    )
    assert params is not None
    assert not [issue for issue in issues if issue.severity == "error"]


def page_given(page: Page) -> dict:
    valuation = page.view.valuations.valuation
    assert valuation is not None
    return valuation.runs[0].given


def test_a_distribution_closes_to_its_likely_value(page: Page):
    page.window.findChild(QToolButton, "param_royalty_rate_distribution").click()
    page.settle()
    assert page.stored["royalty_rate"] == 0.025


def test_a_rate_may_differ_from_period_to_period(page: Page):
    page.window.findChild(QToolButton, "param_tax_rate_by_period").click()
    page.settle()
    assert page.stored["tax_rate"] == [0.25] * 6
    grid = page.window.findChild(SeriesGrid, "param_tax_rate_grid")
    assert grid.horizontalHeaderItem(5).text() == "2031-12-31"
    grid.setCurrentCell(0, 1)
    QGuiApplication.clipboard().setText("15%\t15%\t15%")
    grid.paste()
    page.settle()
    assert page.stored["tax_rate"] == [0.25, 0.15, 0.15, 0.15, 0.25, 0.25]


def test_what_the_case_knows_is_quoted_until_another_value_is_stated(page: Page):
    assert "expiry_date" not in page.stored
    field = page.field("param_expiry_date")
    assert field.isReadOnly()
    page.window.findChild(QToolButton, "param_expiry_date_quote").click()
    assert not field.isReadOnly()
    page.type("param_expiry_date", "2030-6-30")
    assert page.stored["expiry_date"] == "2030-06-30"
    page.window.findChild(QToolButton, "param_expiry_date_quote").click()
    page.settle()
    assert "expiry_date" not in page.stored
    assert field.text() == "2039-06-18"


def test_defaults_are_not_stored_until_they_are_changed(page: Page):
    assert "tax_basis" not in page.stored
    box = page.window.findChild(QComboBox, "param_tax_basis")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert page.stored["tax_basis"] == "pre_tax"


def test_a_choice_that_must_be_stated_waits_for_the_appraiser(page: Page):
    opened = page.view.open_case
    run = opened.case.runs[0]
    given = {key: value for key, value in run.params.items() if key != "timing"}
    without = replace(opened.case, runs=(replace(run, params=given),))
    opened.change("Change the case", without)
    page.type("param_discount_rate", "17%")
    assert "timing" not in page.stored
    assert page.said("param_timing")
    timing = page.window.findChild(QComboBox, "param_timing")
    timing.setCurrentIndex(2)
    timing.activated.emit(2)
    page.settle()
    assert page.stored["timing"] == "end"


def test_a_step_explains_itself_and_its_inputs(page: Page):
    table = page.page.results.table
    labels = [page.page.results.working.step(row).symbol for row in range(14)]
    table.selectRow(labels.index("S"))
    said = page.window.why.body.toPlainText()
    assert "S = R × f × ρ" in said
    assert "许可费率" in said
    table.selectRow(labels.index("ρ"))
    assert "在表单中录入" in page.window.why.body.toPlainText()
    table.selectRow(labels.index("R"))
    assert "引自案件" in page.window.why.body.toPlainText()


def test_money_is_shown_in_the_unit_chosen_everywhere(page: Page):
    unit = page.window.findChild(QComboBox, "strip_unit")
    shown = Decimal(page.value.replace(",", ""))
    unit.setCurrentIndex(0)
    unit.activated.emit(0)
    assert Decimal(page.value.replace(",", "")) == shown * 10_000
    grid = page.window.findChild(SeriesGrid, "param_revenue")
    assert grid.item(0, 0).text() == "7,426,000"


def test_one_method_is_applied_twice_and_each_run_keeps_its_inputs(page: Page):
    page.page.choose(METHODS.find("relief_from_royalty"))
    page.settle()
    keys = [run.key for run in page.view.open_case.case.runs]
    assert keys == ["rfr", "relief_from_royalty"]
    assert page.page.runs.run == "relief_from_royalty"
    page.type("param_discount_rate", "30%")
    page.page.select("rfr")
    assert page.field("param_discount_rate").text() == "18%"
    names = [line.name for line in page.page.runs.lines.rows]
    assert all(key in name for key, name in zip(keys, names, strict=True))


def test_what_is_half_typed_goes_with_its_run(page: Page):
    page.page.choose(METHODS.find("relief_from_royalty"))
    page.type("param_discount_rate", "31%", leave=False)
    page.view.open_case.undo()
    page.settle()
    assert [run.key for run in page.view.open_case.case.runs] == ["rfr"]
    assert page.stored["discount_rate"] == 0.18
    assert page.field("param_discount_rate").text() == "18%"


def test_selecting_a_run_is_no_change_of_the_case(page: Page):
    page.page.choose(METHODS.find("comparable_transactions"))
    page.settle()
    before = page.view.open_case.case
    page.page.runs.selectRow(0)
    assert page.page._run is not None
    assert page.page._run.key == "rfr"
    assert page.view.open_case.case is before


def test_runs_are_put_in_another_order(page: Page):
    page.page.choose(METHODS.find("comparable_transactions"))
    page.window.findChild(QPushButton, "method_up").click()
    keys = [run.key for run in page.view.open_case.case.runs]
    assert keys == ["comparable_transactions", "rfr"]
    assert page.page.runs.run == "comparable_transactions"
    page.window.findChild(QPushButton, "method_up").click()
    assert [run.key for run in page.view.open_case.case.runs] == keys


def test_the_reason_is_kept_with_its_run(page: Page):
    reason = page.window.findChild(QPlainTextEdit, "run_reason")
    assert reason.toPlainText() == "专利产品收入可以单独核算。"
    reason.setPlainText("收入可以单独核算，许可费率有据。")
    reason.committed.emit()
    assert page.view.open_case.case.runs[0].reason.endswith("许可费率有据。")
    page.window.findChild(QToolButton, "case_undo").click()
    assert reason.toPlainText() == "专利产品收入可以单独核算。"


def test_methods_are_offered_by_approach_with_their_idea(page: Page):
    page.window.findChild(QPushButton, "method_add").click()
    said = [label.text() for label in page.page.chooser.findChildren(QLabel)]
    assert "收益法" in said
    assert "市场法" in said
    for method in METHODS:
        button = page.window.findChild(QPushButton, f"choose_{method.key}")
        assert button.isVisible()
        assert page.window.shell.words.tell(method.idea) in said
    before = page.view.open_case.case
    page.window.findChild(QPushButton, "choose_none").click()
    assert page.view.open_case.case is before
    assert not page.page.chooser.isVisible()


def test_a_run_in_error_carries_its_sign(page: Page):
    page.type("param_discount_rate", "129.3%")
    assert [line.severity for line in page.page.runs.lines.rows] == ["error"]
    page.type("param_discount_rate", "12%")
    assert [line.severity for line in page.page.runs.lines.rows] != ["error"]


def test_what_cannot_be_read_holds_up_nothing_else(page: Page):
    page.type("param_discount_rate", "rather high")
    page.window.findChild(QToolButton, "param_tax_rate_distribution").click()
    page.settle()
    assert page.stored["discount_rate"] == 0.18
    assert page.stored["tax_rate"]["mode"] == 0.25


def test_an_uncertain_period_is_written_out_in_its_cell(page: Page):
    page.window.findChild(QToolButton, "param_revenue_quote").click()
    page.settle()
    grid = page.window.findChild(SeriesGrid, "param_revenue")
    grid.item(0, 1).setText("2500 / 3015.7 / 3500")
    page.settle()
    stated = page.stored["revenue"][1]
    assert stated == {
        "dist": "triangular",
        "low": 25_000_000.0,
        "mode": 30_157_000.0,
        "high": 35_000_000.0,
    }
    assert grid.item(0, 1).text() == "2,500 / 3,015.7 / 3,500"


def test_the_method_can_be_removed_and_brought_back(page: Page):
    page.page.remove()
    assert page.view.open_case.case.runs == ()
    page.window.findChild(QToolButton, "case_undo").click()
    page.settle()
    assert page.value != "—"
