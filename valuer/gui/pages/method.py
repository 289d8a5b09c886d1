"""The method: its form, and value, working and charts that follow as one types."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Case, Run
from valuer.core.facts import facts
from valuer.core.method import Method
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.gui.case_figures import method_words
from valuer.gui.case_tools import CaseTools
from valuer.gui.forms import ParamsForm
from valuer.gui.headings import Heading
from valuer.gui.results import ResultsPanel
from valuer.gui.rows import FormArea
from valuer.gui.words import Texts
from valuer.gui.working_table import period_heads


class MethodPage(QWidget):
    """One run of a case: parameters left, what follows from them right."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._form: ParamsForm | None = None
        self._run: Run | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._chooser())
        self._stack.addWidget(self._sheet())
        open_case, valuations = tools.open_case, tools.valuations
        open_case.changed.connect(self._show)
        valuations.changed.connect(self._follow)
        self._shell.words.changed.connect(self._follow)
        self._show(open_case.case)

    def choose(self, method: Method) -> None:
        """Apply a method to the case."""
        case = self._tools.open_case.case
        keys = {run.key for run in case.runs}
        key, number = method.key, 2
        while key in keys:
            key, number = f"{method.key}_{number}", number + 1
        run = Run(key, method.key, method.version, {})
        self._change(N_("Choose a method"), replace(case, runs=(*case.runs, run)))

    def remove(self) -> None:
        """Take the method out of the case."""
        if self._run is not None:
            case = self._tools.open_case.case
            kept = tuple(run for run in case.runs if run.key != self._run.key)
            self._change(N_("Remove the method"), replace(case, runs=kept))

    def _chooser(self) -> QWidget:
        page = QWidget(self)
        texts = Texts(self._shell.words, page)
        label = QLabel(page)
        label.setProperty("part", "muted")
        texts.put(
            label.setText,
            N_("Choose a method; its inputs and its value will stand here."),
        )
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)
        for method in self._shell.desk.methods:
            button = QPushButton(page)
            button.clicked.connect(partial(self.choose, method))
            texts.put(button.setText, method.title)
            texts.name(button, f"choose_{method.key}", method.title, method.idea)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(2)
        return page

    def _sheet(self) -> QWidget:
        sheet = QWidget(self)
        self._heading = Heading(N_("Method"), self._shell.words, sheet)
        remove = self._heading.action("method_remove", N_("Remove the method"))
        remove.clicked.connect(self.remove)
        self._scroll = FormArea(sheet)
        self.results = ResultsPanel(self._tools, sheet)
        split = QSplitter(Qt.Orientation.Horizontal, sheet)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._scroll)
        split.addWidget(self.results)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 520])
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._heading)
        layout.addWidget(split, 1)
        return sheet

    def _show(self, case: Case) -> None:
        run = case.runs[0] if case.runs else None
        self._stack.setCurrentIndex(int(run is not None))
        if run is None:
            self._run = None
            return
        if self._run is None or self._run.method != run.method:
            self._make_form(run)
        self._run = run
        if self._form is not None:
            self._form.put(run.params or {}, facts(case))
        self._follow()

    def _make_form(self, run: Run) -> None:
        method = self._shell.desk.methods.find(run.method, run.version)
        self._form = ParamsForm(method.params, self._shell, self._scroll)
        self._form.edited.connect(self._draft)
        self._form.committed.connect(self._commit)
        self._scroll.setWidget(self._form)

    def _draft(self) -> None:
        if self._form is not None and self._form.is_readable:
            self._tools.open_case.draft(self._next())

    def _commit(self) -> None:
        if self._form is None or not self._form.is_readable:
            return
        self._change(N_("Change the inputs of the method"), self._next())

    def _next(self) -> Case:
        """Return the case with what the form states."""
        case, run = self._tools.open_case.case, self._run
        if self._form is None or run is None:
            return case
        stated = replace(run, params=self._form.given)
        runs = tuple(stated if one.key == run.key else one for one in case.runs)
        return replace(case, runs=runs)

    def _change(self, action: str, case: Case) -> None:
        with self._shell.notices.guard(self._restore):
            self._tools.open_case.change(action, case)

    def _restore(self) -> None:
        open_case = self._tools.open_case
        open_case.draft(open_case.case)
        self._show(open_case.case)

    def _follow(self) -> None:
        """Show what was found of the run."""
        found = self._found()
        if self._form is None or self._run is None:
            return
        if found is not None:
            self._heading.title.setText(method_words(found.method, self._shell.words))
            heads = list(period_heads(found.result))
            if heads:
                self._form.put_periods(heads)
        self._form.tell(self._issues())
        self.results.put(found)

    def _found(self) -> RunResult | None:
        valuation = self._tools.valuations.valuation
        if valuation is None or self._run is None:
            return None
        key = self._run.key
        return next((one for one in valuation.runs if one.run.key == key), None)

    def _issues(self) -> dict[str, Issue]:
        """Return the worst issue of each parameter, by its name."""
        valuation = self._tools.valuations.valuation
        found: dict[str, Issue] = {}
        if valuation is None or self._run is None:
            return found
        order = list(Severity)
        for issue in sorted(valuation.issues, key=lambda i: -order.index(i.severity)):
            key, _, where = issue.where.partition(".")
            if key == self._run.key and where:
                found[where.partition("[")[0].partition(".")[0]] = issue
        return found
