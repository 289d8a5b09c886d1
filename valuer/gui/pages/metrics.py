"""Filing quality (代理质量指标): what the docket says of the agency's own work.

The metrics above, the one selected below in groups, charts and periods, its definition
in the "why" panel. Everything is reckoned off the window's thread; another choice in the
filter bar stops what is under way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from valuer.agency.columns import Docket
from valuer.agency.left_out import LeftOut, left_out
from valuer.agency.metric import Grouping, Question
from valuer.agency.quality import Row, answer
from valuer.agency.quality_words import GROUPS
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.metrics_asked import Asked
from valuer.gui.agency.metrics_detail import CASES, Detail
from valuer.gui.agency.metrics_exporting import write_workbook
from valuer.gui.agency.metrics_filters import FilterBar
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_table import MetricsTable
from valuer.gui.agency.metrics_words import explain_metric
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.shell import Shell

if TYPE_CHECKING:
    from valuer.gui.agency.metrics_report import ReportSheet

WORKBOOKS = (N_("Workbooks (xlsx)"), "*.xlsx")

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
        self._is_stale = True
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reckoning = Reckoning(shell, self)
        self.report: ReportSheet | None = None
        self.heading = self._head()
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

    @property
    def is_settled(self) -> bool:
        """Whether what is shown answers what was chosen last."""
        return self.reckoning.is_settled

    def reload(self) -> None:
        """Reckon the metrics of what is chosen; what is under way is dropped.

        Out of sight nothing is reckoned until it comes into sight.
        """
        self.reckoning.stop()
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        question = self._question

        def work(docket: Docket, progress: Progress) -> Answer:
            return answered(docket, question, progress)

        self.reckoning.ask("metrics", work, self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def _follow(self) -> None:
        """Show what is chosen now; another grouping leaves the metrics as they are."""
        found, row = self._answer, self.table.metric_row
        question = self._question
        is_known = found is not None and found.question == replace(question, by=None)
        if row is not None and is_known and not self._is_stale:
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

    def choose_workbook(self) -> None:
        """Ask where the workbook goes, and write it."""
        name = f"{self._shell.words.tell(N_('Quality metrics'))}.xlsx"
        title = N_("Export to a workbook")
        path = self._shell.files.save(self, title, WORKBOOKS, name)
        if path is not None:
            self.write_workbook(path)

    def write_workbook(self, path: Path) -> None:
        """Write what is chosen as a workbook, in the background."""
        question, desk = self._question, self._shell.desk
        language = self._shell.words.language
        self.reckoning.write(
            message(N_("Writing {file}"), file=path.name),
            lambda docket, progress: write_workbook(
                docket, question, desk, language, path, progress
            ),
            self._written,
        )

    def show_report(self) -> None:
        """Show what the quality report shall say, in the page's place."""
        if self.report is None:
            from valuer.gui.agency.metrics_report import ReportSheet

            self.report = ReportSheet(self._shell, self.reckoning, self)
            self.report.left.connect(self._show_metrics)
            self._sheets.addWidget(self.report)
            self._shell.ways.page_built.emit()
        self.report.put(replace(self._question, by=None))
        self._sheets.setCurrentWidget(self.report)

    @property
    def _question(self) -> Question:
        return self.filters.filter.question(self.reckoning.today)

    def _show_metrics(self) -> None:
        self._sheets.setCurrentIndex(0)

    def _written(self, path: Path) -> None:
        text = N_("{file} was written.")
        self._shell.notices.tell(message(text, file=str(path)))

    def _head(self) -> Heading:
        heading = Heading(N_("Quality metrics"), self._shell.words, self)
        self.exporting = heading.action("metrics_export", N_("Export to a workbook…"))
        self.exporting.clicked.connect(self.choose_workbook)
        self.reporting = heading.action(
            "metrics_report", N_("Quality report…"), primary=True
        )
        self.reporting.clicked.connect(self.show_report)
        return heading

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
        sheet = QWidget(self)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(place, 1)
        self._sheets = QStackedLayout(self)
        self._sheets.addWidget(sheet)

    def _show(self, found: Answer) -> None:
        is_known = self._answer is not None and self._answer.docket is found.docket
        self._answer = found
        is_empty = not found.docket.count
        self._stack.setCurrentIndex(int(is_empty))
        for button in (self.exporting, self.reporting):
            button.setEnabled(not is_empty)
        if not is_known:
            self.filters.offer(found.docket)
        self.table.put(() if is_empty else found.rows)
        if is_empty and self.isVisible():
            self.explain()
        self._tell()

    def _choose(self, row: Row) -> None:
        """Show the metric selected below, and what it leaves out at the side."""
        found = self._answer
        if found is None:
            return
        asked = Asked(row, self._question)
        self._left = None
        if self.isVisible():
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
        if self.isVisible():  # the panel is another page's then
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
