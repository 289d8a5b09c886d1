"""The patents of a case: judged, ordered, removed, and quoted anew when news comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from valuer.core.patents import LegalEvent, LegalStatus, PatentKind
from valuer.core.texts import say
from valuer.gui.main_window import MainWindow
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.case_patents import CasePatentsPage
from valuer.gui.pages.cases import CasesPage

PATIENCE = 30_000


@pytest.fixture
def page(window: MainWindow) -> CasePatentsPage:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    page = cases.view_of_case.page("patents")
    assert isinstance(page, CasePatentsPage)
    return page


@pytest.fixture
def open_case(page: CasePatentsPage) -> OpenCase:
    return page._tools.open_case


def numbers(open_case: OpenCase) -> list[str]:
    return [patent.number for patent in open_case.case.patents]


def cell(page: CasePatentsPage, row: int, column: int) -> str:
    return page.table.index(row, column).data()


def with_patents(open_case: OpenCase, patents) -> None:
    open_case.change("x", replace(open_case.case, patents=tuple(patents)))


def test_a_patent_is_judged_on_the_valuation_date(page, open_case):
    # Filed on 2019-06-18, an invention: twenty years, to 2039-06-18.
    assert cell(page, 0, 6) == "2039-06-18"
    # From 2026-09-30: twelve anniversaries to 2038-09-30, then 261 of 365 days.
    assert cell(page, 0, 8) == "12.72"
    open_case.change("x", replace(open_case.case, valuation_date=None))
    assert cell(page, 0, 8) == "—"
    assert cell(page, 0, 7) == "—"


def test_doubts_stand_below_the_table_and_beside_the_patent(page, open_case, window):
    assert not page.issues.isVisible()
    event = LegalEvent(LegalStatus.LAPSED, "专利权的终止", date(2025, 1, 1))
    first, second = open_case.case.patents
    ended = replace(
        first, status=LegalStatus.LAPSED, status_on=event.on, history=(event,)
    )
    with_patents(open_case, (ended, second))
    assert page.issues.isVisible()
    assert page.table.rows[0].severity == "error"
    page.view.setCurrentIndex(page.table.index(0, 0))
    page.view.selectRow(0)
    said = window.why.body.toPlainText()
    assert "2025-01-01" in said
    assert "专利清单.xls" in said


def test_a_doubt_selected_shows_its_patent(page, open_case):
    first, second = open_case.case.patents
    with_patents(open_case, (first, replace(second, filed=None)))
    page.issues.selectRow(0)
    assert page.view.chosen() == (1,)


def test_patents_are_removed(page, open_case):
    _, second = numbers(open_case)
    assert not page.removing.isEnabled()
    page.view.selectRow(0)
    page.removing.click()
    assert numbers(open_case) == [second]


def test_patents_change_places_and_stay_selected(page, open_case, patents):
    with_patents(open_case, patents[:4])
    page.view.selectRow(2)
    page.shift(-1)
    assert open_case.case.patents == (patents[0], patents[2], patents[1], patents[3])
    assert page.view.chosen() == (1,)
    page.shift(1)
    assert open_case.case.patents == patents[:4]


def test_patents_are_put_in_order(page, open_case, patents):
    design = replace(patents[0], kind=PatentKind.DESIGN)
    with_patents(open_case, (design, *patents[1:3]))
    page.sort("kind")
    assert open_case.case.patents[-1] == design
    page.sort("number")
    assert open_case.case.patents[0] == design


def test_what_the_library_knows_newer_is_told_and_quoted_with_one_click(
    page, open_case, qtbot: QtBot
):
    known = open_case.case.patents
    assert not page.newer.isVisible()
    old = replace(known[0], title="旧名称", owners=("旧权利人",))
    with_patents(open_case, (old, known[1]))
    qtbot.waitUntil(page.newer.isVisible, timeout=PATIENCE)
    told = [say(one.wording, "en") for one in page.newer.found.table.rows]
    assert f"Title: 旧名称 → {known[0].title} ({known[0].number})" in told
    assert page.table.rows[0].is_newer
    assert not page.table.rows[1].is_newer
    page.newer.requote.click()
    assert open_case.case.patents == known
    qtbot.waitUntil(lambda: not page.newer.isVisible(), timeout=PATIENCE)


def test_without_patents_one_button_begins(page, open_case, window):
    with_patents(open_case, ())
    button = window.findChild(QPushButton, "case_empty_quote")
    assert button.isVisible()
    assert not page.view.isVisible()


def test_eighty_patents_are_shown_and_copied(page, open_case, patents):
    many = [replace(p, number=f"CN20191052{n:05}8") for n, p in enumerate(patents)]
    many += [
        replace(p, number=f"CN20181052{n:05}8") for n, p in enumerate(patents[:20])
    ]
    with_patents(open_case, many)
    assert page.table.rowCount() == 80
    page.view.selectAll()
    page.view.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 80
    assert lines[0].split("\t")[0] == many[0].number
