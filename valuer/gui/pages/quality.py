"""The agency's own quality (代理质量): dashboard, docket and metrics, a leaf each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.dashboard import Tile
from valuer.agency.metric import Question
from valuer.core.texts import N_, Message
from valuer.gui.agency.dashboard import Dashboard
from valuer.gui.shell import Shell
from valuer.gui.why import Explains
from valuer.gui.words import Texts

OVERVIEW, DOCKET, METRICS = range(3)
LEAVES = (
    ("overview", N_("Overview")),
    ("docket", N_("Docket")),
    ("metrics", N_("Metrics")),
)
"""Key and marked name of each leaf, in their order."""


class QualityPage(QWidget):
    """Alt+1 … Alt+3 choose a leaf; each is built when it is first shown."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self._leaves: dict[int, QWidget] = {}
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addWidget(self._stack, 1)
        self.go(OVERVIEW)

    def leaf(self, key: str) -> QWidget:
        """Show the leaf with this key and return it."""
        number = [one for one, _ in LEAVES].index(key)
        self.tabs.setCurrentIndex(number)
        return self._leaves[number]

    def go(self, number: int) -> None:
        """Show a leaf."""
        if number not in self._leaves:
            leaf = self._builders[number]()
            self._leaves[number] = leaf
            self._stack.addWidget(leaf)
            self._shell.ways.page_built.emit()
        self._stack.setCurrentWidget(self._leaves[number])
        self.explain()

    def explain(self) -> None:
        """Tell of what is selected on the leaf shown."""
        shown = self._stack.currentWidget()
        self._shell.why.tell(None)
        if isinstance(shown, Explains):
            shown.explain()

    def show_cases(self, numbers: Sequence[str], title: Message | str) -> None:
        """Show some cases of the docket under a title."""
        from valuer.gui.pages.docket import DocketPage

        page = self.leaf("docket")
        if isinstance(page, DocketPage):
            page.show_cases(numbers, title)

    def show_metric(self, tile: Tile) -> None:
        """Show the metric of a tile over the months of the tile."""
        from valuer.gui.agency.metrics_filters import Filter, Period
        from valuer.gui.pages.metrics import MetricsPage

        page = self.leaf("metrics")
        if not isinstance(page, MetricsPage):
            return
        today = self._shell.desk.docket.today
        wanted = Filter()
        if wanted.question(today) != Question(tile.first, tile.last):
            wanted = Filter(Period.CUSTOM, tile.first, tile.last)
        if page.filters.filter.question(today) != wanted.question(today):
            page.filters.put(wanted)
        page.choose(tile.key)

    def show_queue(self) -> None:
        """Show what of the docket waits for an answer."""
        from valuer.gui.pages.docket import DocketPage

        page = self.leaf("docket")
        if isinstance(page, DocketPage):
            page.show_queue()

    def show_docket(self) -> None:
        """Show the docket, where cases are imported."""
        self.leaf("docket")

    @property
    def _builders(self) -> tuple[Callable[[], QWidget], ...]:
        return self._overview, self._docket, self._metrics

    def _overview(self) -> QWidget:
        leaf = Dashboard(self._shell, self._stack)
        leaf.metric_wanted.connect(self.show_metric)
        leaf.cases_wanted.connect(self.show_cases)
        leaf.queue_wanted.connect(self.show_queue)
        leaf.import_wanted.connect(self.show_docket)
        leaf.credit_wanted.connect(
            partial(self._shell.ways.place_wanted.emit, "credit")
        )
        return leaf

    def _docket(self) -> QWidget:
        from valuer.gui.pages.docket import DocketPage

        return DocketPage(self._shell, self._stack)

    def _metrics(self) -> QWidget:
        from valuer.gui.pages.metrics import MetricsPage

        leaf = MetricsPage(self._shell, self._stack)
        leaf.cases_wanted.connect(self.show_cases)
        leaf.import_wanted.connect(self.show_docket)
        return leaf

    def _make_bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("part", "bar")
        self.tabs = QTabBar(bar)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self._texts.name(self.tabs, "quality_tabs", N_("Parts of the agency's quality"))
        for number, (_, title) in enumerate(LEAVES):
            self.tabs.addTab("")
            self._texts.put(partial(self.tabs.setTabText, number), title)
            key = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            key.activated.connect(partial(self.tabs.setCurrentIndex, number))
        self.tabs.currentChanged.connect(self.go)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(8, 0, 16, 0)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        return bar
