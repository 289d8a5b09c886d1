"""Scored methods begin from a sheet and tell its bands; companies are pasted."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton

from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.methods import MethodsPage
from valuer.gui.score_help import begun_with, filled, sheet_offers
from valuer.methods import METHODS


@pytest.fixture
def page(window: MainWindow) -> MethodsPage:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    page = cases.view_of_case.page("methods")
    assert isinstance(page, MethodsPage)
    return page


def test_the_bands_of_the_factor_selected_are_told(page: MethodsPage):
    page.choose(METHODS.find("adjusted_share_rate"))
    table = page._form.field("scores").widget
    table.grid.setCurrentIndex(table.cells.index(0, 3))
    first = table.cells.rows.value[0]
    assert first["factor"] == "专利类型及法律状态"
    assert "100　发明专利；" in table.told.text()
    assert "依记忆录入" in table.told.text()
    page._form.field("sheet").widget.put("a sheet of our own")
    table.grid.setCurrentIndex(table.cells.index(1, 3))
    assert table.told.text() == ""


def test_a_preset_of_the_sheet_fills_the_tables(page: MethodsPage):
    page.choose(METHODS.find("build_up"))
    table = page._form.field("groups").widget
    button = table.findChild(QToolButton, "param_groups_offer")
    actions = button.menu().actions()
    assert len(actions) == 4
    actions[2].trigger()
    params = page._run.params
    assert {row["most"] for row in params["groups"]} == {0.08}


def test_scores_stay_when_the_weights_change():
    given = begun_with("build_up")
    given["scores"][0] |= {"score": 40, "evidence": "trial report"}
    offer = sheet_offers("build_up")[3]
    now = filled(given, offer, "zh_CN")
    assert now["scores"][0]["score"] == 40
    assert now["scores"][0]["evidence"] == "trial report"
    assert "score" not in now["scores"][1]


def test_companies_are_pasted_and_faults_told_by_row_and_column(page: MethodsPage):
    page.choose(METHODS.find("listed_companies_rate"))
    table = page._form.field("companies").widget
    button = table.findChild(QToolButton, "param_companies_paste")
    head = "证券简称\t股价日期\t总市值（亿元）\t付息债务（亿元）\tBeta\t所得税率\n"
    good, bad = (
        "甲\t2026-09-30\t12\t3\t1.1\t25%\n",
        "乙\t2026-09-30\tmany\t3\t1.1\t25%\n",
    )
    QGuiApplication.clipboard().setText(head + good + bad)
    button.click()
    (row,) = table.cells.rows.value
    assert (row["name"], row["market_cap"]) == ("甲", 12e8)
    assert "many" in table.line.text()
    assert "3" in table.line.text()
    assert not table.line.isHidden()
    QGuiApplication.clipboard().setText("nothing")
    button.click()
    assert "证券简称" in table.line.text()
    assert len(table.cells.rows.value) == 1
