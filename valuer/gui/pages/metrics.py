"""Filing quality (代理质量指标): what the docket says of the agency's own work.

The metrics above, the one selected below in groups, charts and periods, its definition
in the "why" panel. Everything is reckoned off the window's thread; another choice in the
filter bar stops what is under way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from valuer.agency.columns import Docket
from valuer.agency.left_out import LeftOut, left_out
from valuer.agency.metric import Grouping, Question
from valuer.agency.quality import Row, answer
from valuer.agency.quality_words import GROUPS
from valuer.core.progress import Progress
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.agency.metrics_asked import Asked
from valuer.gui.agency.metrics_detail import CASES, Detail
from valuer.gui.agency.metrics_filters import FilterBar
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_table import MetricsTable
from valuer.gui.agency.metrics_words import explain_metric
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.shell import Shell

_EMPTY = N_(
    "The metrics of the agency's own filings will stand here once its cases are imported"
    " into the docket."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the docket answers to a question, over all cases in one."""

    docket: Docket
    question: Question
    rows: tuple[Row, ...]


class MetricsPage(QWidget):
    """``cases_wanted`` carries numbers and a title, ``import_wanted`` that there are none."""

    cases_wanted = Signal(object, object)
    import_wanted = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._answer: Answer | None = None
        self._left: tuple[LeftOut, ...] | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reckoning = Reckoning(shell, self)
        self.heading = Heading(N_("Quality metrics"), shell.words, self)
        self.filters = FilterBar(shell.words, self.reckoning.today, self)
        self.filters.changed.connect(self._follow)
        self.table = MetricsTable(shell, self)
        self.table.chosen_metric.connect(self._choose)
        self.table.opened.connect(self._open)
        self.detail = Detail(shell, self.reckoning, self)
        self.detail.cases_wanted.connect(self.cases_wanted)
        self._lay_out()
        shell.ways.library_changed.connect(self.reload)
        shell.library.changed.connect(self.reload)
        shell.library.touched.connect(self.reload)
        shell.words.changed.connect(self._tell)
        self.reckoning.changed.connect(self._tell)
        self.reload()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown answers what was chosen last."""
        return self.reckoning.is_settled

    def reload(self) -> None:
        """Reckon the metrics of what is chosen; what is under way is dropped."""
        self.reckoning.stop()
        question = self.filters.filter.question(self.reckoning.today)

        def work(docket: Docket, progress: Progress) -> Answer:
            return answered(docket, question, progress)

        self.reckoning.ask("metrics", work, self._show)

    def _follow(self) -> None:
        """Show what is chosen now; another grouping leaves the metrics as they are."""
        found, row = self._answer, self.table.metric_row
        question = self.filters.filter.question(self.reckoning.today)
        if found and row and found.question == replace(question, by=None):
            self.detail.put(Asked(row, question))
        else:
            self.reload()

    def choose(self, key: str, by: Grouping | None = None) -> None:
        """Show a metric, as the dashboard asks for it."""
        if by is not None and self.filters.filter.by is not by:
            self.filters.group(by)
        self.table.choose(key)

    def explain(self) -> None:
        """Tell of the metric selected."""
        row = self.table.metric_row
        words = self._shell.words
        told = explain_metric(row, self._left, words) if row is not None else None
        self._shell.why.tell(told)

    def _lay_out(self) -> None:
        self._empty = EmptyState(
            _EMPTY,
            "metrics_empty_import",
            N_("Import the docket…"),
            self._shell.words,
            self,
        )
        self._empty.button.clicked.connect(self.import_wanted)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.detail)
        self._split.setSizes([260, 340])
        full = QWidget(self)
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.filters)
        inner.addWidget(self._split, 1)
        place = QWidget(self)
        self._stack = QStackedLayout(place)
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(place, 1)

    def _show(self, found: Answer) -> None:
        is_known = self._answer is not None and self._answer.docket is found.docket
        self._answer = found
        self._stack.setCurrentIndex(int(not found.docket.count))
        if not is_known:
            self.filters.offer(found.docket)
        self.table.put(found.rows)
        self._tell()

    def _choose(self, row: Row) -> None:
        """Show the metric selected below, and what it leaves out at the side."""
        found = self._answer
        if found is None:
            return
        question = self.filters.filter.question(self.reckoning.today)
        asked = Asked(row, question)
        self._left = None
        self.explain()
        self.detail.put(asked)
        if row.excluded or row.lacking:
            whole = found.question
            self.reckoning.ask(
                "left out",
                lambda docket, _: left_out(docket, whole, asked.metric),
                self._tell_left,
            )

    def _tell_left(self, found: tuple[LeftOut, ...]) -> None:
        self._left = found
        self.explain()

    def _open(self) -> None:
        self.detail.tabs.setCurrentIndex(CASES)

    def _tell(self) -> None:
        """Tell how many cases there are on which day, or that figures are reckoned."""
        tell, found = self._shell.words.tell, self._answer
        if found is None or not found.docket.count:
            self.heading.note.setText("")
            return
        text = N_("{count} cases as of {day}")
        day = formats.day(found.docket.as_of)
        shown = tell(text, count=f"{found.docket.count:,}", day=day)
        if not self.reckoning.is_settled:
            shown = tell(N_("{cases}; being reckoned …"), cases=shown)
        self.heading.note.setText(shown)


def answered(docket: Docket, question: Question, progress: Progress) -> Answer:
    """Return every metric over all cases in one; stops between groups of metrics."""
    whole = replace(question, by=None)
    rows: list[Row] = []
    for place, (_, _, metrics) in enumerate(GROUPS):
        progress(place, len(GROUPS))
        rows += answer(docket, whole, metrics)
    progress(len(GROUPS), len(GROUPS))
    return Answer(docket, whole, tuple(rows))
