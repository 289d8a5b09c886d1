"""Inputs that move together: stated, kept in the case, told as achieved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from valuer.core.sampling import Coupling, RankCorrelation, Sequence
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.simulation import CORRELATION, SimulationPage

PATIENCE = 30_000


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SimulationPage:
    """The page of a run with three uncertain inputs, at its correlations."""
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    view = cases.view_of_case
    assert view is not None
    page = view.page("simulation")
    assert isinstance(page, SimulationPage)
    run = view.open_case.case.runs[0]
    spread = {"dist": "uniform", "low": 0.14, "high": 0.2}
    uncertain = {"discount_rate": spread, "tax_rate": spread}
    changed = replace(run, params=(run.params or {}) | uncertain)
    view.open_case.change("Change", replace(view.open_case.case, runs=(changed,)))
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=PATIENCE)
    page.tabs.setCurrentIndex(CORRELATION)
    return page


def stored(page: SimulationPage):
    return page._tools.open_case.case.runs[0]


def state(page: SimulationPage, a: str, b: str, text: str) -> None:
    panel = page.correlations
    panel.first.put(a)
    panel.second.put(b)
    panel.coefficient.setText(text)
    panel.state.click()


def test_a_correlation_is_kept_and_its_achievement_told(
    page: SimulationPage, qtbot: QtBot
):
    state(page, "royalty_rate", "discount_rate", "-0.6")
    wanted = RankCorrelation("royalty_rate", "discount_rate", -0.6)
    assert stored(page).correlations == (wanted,)
    page.bar.scenarios.put(2000)
    page.bar.start.click()
    qtbot.waitUntil(lambda: page.bar.simulation is not None, timeout=PATIENCE)
    (pair,) = page.correlations.lines.rows
    assert pair.asked == -0.6
    assert pair.achieved == pytest.approx(-0.6, abs=0.05)
    page.correlations.table.selectRow(0)
    page.correlations.remove.click()
    assert stored(page).correlations == ()


def test_what_contradicts_is_mended_and_said(page: SimulationPage, qtbot: QtBot):
    pairs = (
        ("royalty_rate", "discount_rate", "0.9"),
        ("royalty_rate", "tax_rate", "0.9"),
        ("discount_rate", "tax_rate", "-0.9"),
    )
    for a, b, text in pairs:
        state(page, a, b, text)
    page.bar.scenarios.put(2000)
    page.bar.start.click()
    qtbot.waitUntil(lambda: page.bar.simulation is not None, timeout=PATIENCE)
    assert len(page.correlations.lines.rows) == 3
    assert "一并满足" in page.correlations.note.text() or (
        "No draws" in page.correlations.note.text()
    )


def test_what_cannot_be_is_not_kept(page: SimulationPage):
    state(page, "royalty_rate", "discount_rate", "1.2")
    state(page, "royalty_rate", "royalty_rate", "0.5")
    assert stored(page).correlations == ()


def test_sequence_and_coupling_are_kept(page: SimulationPage):
    page.bar.sequence.put(Sequence.SOBOL)
    page.bar.sequence.committed.emit()
    page.correlations.coupling.put(Coupling.GAUSSIAN_COPULA)
    page.correlations.coupling.committed.emit()
    run = stored(page)
    assert (run.sequence, run.coupling) == (Sequence.SOBOL, Coupling.GAUSSIAN_COPULA)
