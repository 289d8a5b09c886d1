"""Below the metrics: the one selected, in groups, charts, cohorts, times, periods, cases."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from valuer.core.texts import N_, message
from valuer.gui.agency.metrics_asked import Asked, Behind
from valuer.gui.agency.metrics_cases import CasesPanel
from valuer.gui.agency.metrics_cohorts import CohortPanel
from valuer.gui.agency.metrics_compare import ComparePanel
from valuer.gui.agency.metrics_control import ControlPanel
from valuer.gui.agency.metrics_groups import GroupsPanel
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_times import TimesPanel
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

TABS = (
    N_("By group"),
    N_("Control chart"),
    N_("Cohorts"),
    N_("Time"),
    N_("Compare"),
    N_("Cases"),
)
GROUPS, CONTROL, COHORTS, TIME, COMPARE, CASES = range(len(TABS))


class Detail(QWidget):
    """Tabs; only the one in sight is reckoned. ``cases_wanted`` as of the cases."""

    cases_wanted = Signal(object, object)

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._behind: Behind | None = None
        self._shown: dict[int, object] = {}
        texts = Texts(shell.words, self)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        texts.name(self.tabs, "metrics_tabs", N_("Views of the metric"))
        for number, title in enumerate(TABS):
            self.tabs.addTab("")
            texts.put(partial(self.tabs.setTabText, number), title)
        self.groups = GroupsPanel(shell, reckoning, self)
        self.control = ControlPanel(shell, reckoning, self)
        self.cohorts = CohortPanel(shell, reckoning, self)
        self.times = TimesPanel(shell, reckoning, self)
        self.compare = ComparePanel(shell, reckoning, self)
        self.cases = CasesPanel(shell, reckoning, self)
        self.cases.cases_wanted.connect(self.cases_wanted)
        self._stack = QStackedWidget(self)
        for panel in self._panels:
            panel.behind.connect(self.show_behind)
            self._stack.addWidget(panel)
        self._stack.addWidget(self.cases)
        self.tabs.currentChanged.connect(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)

    def put(self, asked: Asked | None) -> None:
        """Show a metric."""
        self._asked = asked
        self._behind = None
        if asked is not None and not asked.row.missing:
            title = message(asked.metric.name)
            question = asked.question
            self._behind = Behind(title, asked.metric, question)
        self._shown.clear()
        self._turn()

    def show_behind(self, wanted: Behind) -> None:
        """Show the cases behind what was clicked."""
        self._behind = wanted
        self._shown.pop(CASES, None)
        if self.tabs.currentIndex() == CASES:
            self._turn()
        else:
            self.tabs.setCurrentIndex(CASES)

    @property
    def _panels(
        self,
    ) -> tuple[
        GroupsPanel | ControlPanel | CohortPanel | TimesPanel | ComparePanel, ...
    ]:
        return (self.groups, self.control, self.cohorts, self.times, self.compare)

    def _turn(self) -> None:
        """Show the tab chosen, reckoned anew where the metric is another one."""
        number = self.tabs.currentIndex()
        self._stack.setCurrentIndex(number)
        if number in self._shown:
            return
        self._shown[number] = self._asked
        if number == CASES:
            self.cases.put(self._behind)
        else:
            self._panels[number].put(self._asked)
