"""The agency's own quality (代理质量): dashboard, docket and metrics, a leaf each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.agency.dashboard import Tile
from valuer.agency.metric import Question
from valuer.core.texts import N_, Message
from valuer.gui.agency.dashboard import Dashboard
from valuer.gui.leaves import Leaf, Leaves
from valuer.gui.shell import Shell
from valuer.gui.why import Explains


class QualityPage(QWidget):
    """Alt+1 … Alt+3 choose a leaf; each is built when it is first shown."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        leaves = (
            Leaf("overview", N_("Overview"), self._overview),
            Leaf("docket", N_("Docket"), self._docket),
            Leaf("metrics", N_("Metrics"), self._metrics),
        )
        name = N_("Parts of the agency's quality")
        self.leaves = Leaves("quality_tabs", name, leaves, shell, self)
        self.leaves.shown.connect(self.explain)
        self.tabs, self.leaf = self.leaves.tabs, self.leaves.leaf
        self.go = self.leaves.go
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.leaves)
        self.leaves.go(0)

    def explain(self) -> None:
        """Tell of what is selected on the leaf shown."""
        shown = self.leaves.current
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

    def _overview(self, parent: QWidget) -> QWidget:
        leaf = Dashboard(self._shell, parent)
        leaf.metric_wanted.connect(self.show_metric)
        leaf.cases_wanted.connect(self.show_cases)
        leaf.queue_wanted.connect(self.show_queue)
        leaf.import_wanted.connect(self.show_docket)
        leaf.credit_wanted.connect(
            partial(self._shell.ways.place_wanted.emit, "credit")
        )
        return leaf

    def _docket(self, parent: QWidget) -> QWidget:
        from valuer.gui.pages.docket import DocketPage

        return DocketPage(self._shell, parent)

    def _metrics(self, parent: QWidget) -> QWidget:
        from valuer.gui.pages.metrics import MetricsPage

        leaf = MetricsPage(self._shell, parent)
        leaf.cases_wanted.connect(self.show_cases)
        leaf.import_wanted.connect(self.show_docket)
        return leaf
