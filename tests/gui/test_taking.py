"""A figure that another method found is taken with a click, and leads back there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from valuer.core.case import Run
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.methods import MethodsPage

PATIENCE = 30_000
CAPM = {
    "risk_free_rate": 0.02,
    "beta": 1.0,
    "equity_premium": 0.06,
    "country": "CN",
}


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MethodsPage:
    """The methods of a case that values by a rate and has a model of rates."""
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    view = cases.view_of_case
    assert view is not None
    page = view.page("methods")
    assert isinstance(page, MethodsPage)
    case = view.open_case.case
    runs = (case.runs[0], Run("rate", "capm", 1, CAPM))
    view.open_case.change("Choose a method", replace(case, runs=runs))
    page.select(case.runs[0].key)
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=PATIENCE)
    return page


def test_the_runs_that_fit_are_offered_and_taken(page: MethodsPage, qtbot: QtBot):
    rate = page._form.field("discount_rate").figure.take
    (action,) = rate.menu.actions()
    assert "8.00%" in action.text()
    assert "=rate" in action.text()
    action.trigger()
    valuations = page._tools.valuations
    qtbot.waitUntil(lambda: valuations.is_settled, timeout=PATIENCE)
    assert page._run.params["discount_rate"] == {"from": "rate"}
    assert (
        "8.00%" in page.window().findChild(QLabel, "param_discount_rate_taken").text()
    )
    found = page._found()
    assert found.given["discount_rate"] == pytest.approx(0.08)


def test_what_a_run_tells_beside_is_offered_below_it(page: MethodsPage, qtbot: QtBot):
    case = page._tools.open_case.case
    runs = (*case.runs, Run("other", "capm", 1, CAPM | {"beta": 1.2}))
    page._tools.open_case.change("Choose a method", replace(case, runs=runs))
    valuations = page._tools.valuations
    qtbot.waitUntil(lambda: valuations.is_settled, timeout=PATIENCE)
    page.select("rate")
    beta = page._form.field("beta").figure.take
    menus = [action.menu() for action in beta.menu.actions()]
    offered = [one for menu in menus if menu for one in menu.actions()]
    (action,) = (one for one in offered if one.text().endswith("=other.levered_beta"))
    assert "1.2" in action.text()
    action.trigger()
    qtbot.waitUntil(lambda: valuations.is_settled, timeout=PATIENCE)
    assert page._run.params["beta"] == {"from": "other", "output": "levered_beta"}
    assert page._found().given["beta"] == pytest.approx(1.2)
    taken = page.window().findChild(QLabel, "param_beta_taken").text()
    assert "1.2" in taken


def test_what_is_taken_leads_to_its_run(page: MethodsPage, qtbot: QtBot):
    first = page._run.key
    rate = page._form.field("discount_rate").figure.take
    rate.taken.emit({"from": "rate"})
    valuations = page._tools.valuations
    qtbot.waitUntil(lambda: valuations.is_settled, timeout=PATIENCE)
    rate.source.linkActivated.emit("rate")
    assert page._run.key == "rate"
    page.select(first)
    row = page.results.working.row_of("r")
    page.results.table.selectRow(row)
    why = page._shell.why
    assert why.body.toHtml().count('href="rate"') == 1
    why.body.anchorClicked.emit(QUrl("rate"))
    assert page._run.key == "rate"


def test_no_run_is_offered_what_rests_on_it(page: MethodsPage, qtbot: QtBot):
    page._form.field("discount_rate").figure.take.taken.emit({"from": "rate"})
    valuations = page._tools.valuations
    qtbot.waitUntil(lambda: valuations.is_settled, timeout=PATIENCE)
    page.select("rate")
    assert page._form.field("beta").figure.take.menu.actions() == []
