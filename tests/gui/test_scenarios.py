"""The scenario set of a run: stated, valued as it is stated, and kept in the case."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from valuer.core.asked import Scenario
from valuer.gui.fields import Entry
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.simulation import SCENARIOS, SimulationPage
from valuer.gui.scenarios import ScenariosPanel

PATIENCE = 30_000


class Scenarios:
    """The panel, as somebody uses it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        window.open_case("C1")
        cases = window.place("cases")
        assert isinstance(cases, CasesPage)
        assert cases.view_of_case is not None
        self.view, self.qtbot = cases.view_of_case, qtbot
        page = self.view.page("simulation")
        assert isinstance(page, SimulationPage)
        self.page, self.tasks = page, window.shell.tasks
        self.settle()
        page.tabs.setCurrentIndex(SCENARIOS)

    @property
    def panel(self) -> ScenariosPanel:
        return self.page.scenarios

    @property
    def kept(self) -> tuple[Scenario, ...]:
        return self.view.open_case.case.runs[0].asked.scenarios

    @property
    def value(self) -> float:
        found = self.view.valuations.valuation.runs[0].result
        assert found is not None
        return found.value

    def settle(self) -> None:
        self.qtbot.waitUntil(
            lambda: self.view.valuations.is_settled and not self.tasks.running,
            timeout=PATIENCE,
        )

    def add(self) -> None:
        self.panel.add.click()
        self.settle()

    def type(self, entry: Entry, text: str) -> None:
        entry.setFocus()
        entry.selectAll()
        self.qtbot.keyClicks(entry, text)
        entry.editingFinished.emit()
        self.settle()

    def replace(self, key: str, text: str) -> None:
        self.choose(key)
        entry = self.panel.form.figure.entry
        assert entry is not None
        self.type(entry.number, text)

    def choose(self, key: str) -> None:
        self.panel.form.input.put(key)
        self.panel.form.input.committed.emit()

    def results(self) -> list[str]:
        return [str(self.panel.lines.index(n, 3).data()) for n in range(len(self.kept))]


@pytest.fixture
def scenarios(window: MainWindow, qtbot: QtBot) -> Scenarios:
    return Scenarios(window, qtbot)


def test_scenarios_are_stated_valued_and_weighed(scenarios: Scenarios):
    panel = scenarios.panel
    scenarios.add()
    scenarios.add()
    assert [one.weight for one in scenarios.kept] == [1, 0]
    assert panel._chosen == 1
    scenarios.type(panel.form.name, "hopeful")
    scenarios.type(panel.form.weight, "40%")
    assert "140%" in panel.sum.text()
    assert scenarios.view.valuations.valuation.errors
    panel.table.selectRow(0)
    scenarios.type(panel.form.weight, "60%")
    assert not scenarios.view.valuations.valuation.errors
    # All revenue by a factor, all royalties with it: worth half of it, at 60 %.
    scenarios.replace("× revenue", "0.5")
    first, second = scenarios.kept
    assert first.changes["revenue"][1] == pytest.approx(30_157_000 / 2)
    assert second.name == "hopeful"
    half, whole = scenarios.results()
    assert half == f"{scenarios.value / 20_000:,.2f}"
    assert whole == f"{scenarios.value / 10_000:,.2f}"
    assert f"{scenarios.value * 0.7 / 10_000:,.2f}" in panel.told.text()
    panel.form.restore.click()
    scenarios.settle()
    assert scenarios.kept[0].changes == {}
    panel.remove.click()
    scenarios.settle()
    assert [one.name for one in scenarios.kept] == ["hopeful"]
    scenarios.view.open_case.undo()
    assert len(scenarios.kept) == 2


def test_figures_and_choices_are_replaced_and_shown(scenarios: Scenarios):
    panel = scenarios.panel
    scenarios.add()
    scenarios.choose("royalty_rate")
    assert panel.form.figure.value == 0.025  # what is uncertain begins at its centre
    scenarios.replace("royalty_rate", "3%")
    scenarios.choose("timing")
    panel.form.word.put("end")
    panel.form.word.committed.emit()
    scenarios.settle()
    (one,) = scenarios.kept
    assert one.changes == {"royalty_rate": 0.03, "timing": "end"}
    changes = panel.form.lines
    shown = [changes.index(row, 2).data() for row in range(2)]
    assert shown[0] == "3%"
    assert changes.index(0, 1).data() == "1.8% / 2.5% / 3.4%"
    scenarios.replace("royalty_rate", "300%")
    assert "300" in panel.told.text()
    assert scenarios.results() == ["—"]
    scenarios.replace("royalty_rate", "=other")
    assert scenarios.kept[0].changes["royalty_rate"] == 3.0
