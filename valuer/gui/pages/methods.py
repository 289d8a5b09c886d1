"""The methods of a case: its runs, the form of one, and what follows as one types."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Case, Run
from valuer.core.facts import facts
from valuer.core.method import Method
from valuer.core.problems import Issue, UserError
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.gui.case_figures import method_words
from valuer.gui.case_tools import CaseTools
from valuer.gui.closing import Closing
from valuer.gui.fields import Lines
from valuer.gui.forms import ParamsForm
from valuer.gui.grounds_form import GroundsForm
from valuer.gui.headings import Heading
from valuer.gui.method_chooser import MethodChooser
from valuer.gui.results import ResultsPanel
from valuer.gui.rows import FormArea, Rows
from valuer.gui.run_list import RunList
from valuer.gui.score_help import SheetOffer, begun_with, filled
from valuer.gui.source_pictures import SourcePictures
from valuer.gui.taking import offers

CHOOSER, SHEET = range(2)


class MethodsPage(QWidget):
    """The runs and the parameters of one left, what follows from them right."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._form: ParamsForm | None = None
        self._method: Method | None = None
        self._made = ("", "", 0)
        self._is_choosing = False
        self._run: Run | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.chooser = MethodChooser(self._shell, self)
        self.chooser.chosen.connect(self.choose)
        self.chooser.left.connect(self._leave_chooser)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.chooser)
        self._stack.addWidget(self._sheet())
        open_case, valuations = tools.open_case, tools.valuations
        open_case.changed.connect(self._show)
        self._shell.why.followed.connect(self._open)
        valuations.changed.connect(self._follow)
        self._shell.words.changed.connect(self._follow)
        self._show(open_case.case)

    def offer(self) -> None:
        """Show the methods to choose from."""
        has_runs = bool(self._tools.open_case.case.runs)
        self.chooser.back.setVisible(has_runs)
        self._is_choosing = has_runs
        self._stack.setCurrentIndex(CHOOSER)

    def choose(self, method: Method) -> None:
        """Apply a method to the case, once more if it is there."""
        case = self._tools.open_case.case
        keys = {run.key for run in case.runs}
        key, number = method.key, 2
        while key in keys:
            key, number = f"{method.key}_{number}", number + 1
        begun = begun_with(method.key, self._shell.words.language)
        run = Run(key, method.key, method.version, begun)
        self._leave_chooser()
        if self._change(N_("Choose a method"), replace(case, runs=(*case.runs, run))):
            self.select(key)

    def select(self, key: str) -> None:
        """Show a run; this is no change of the case."""
        self.runs.select(key)
        self._show(self._tools.open_case.case)

    def remove(self) -> None:
        """Take the method out of the case."""
        if self._run is not None:
            case = self._tools.open_case.case
            kept = tuple(run for run in case.runs if run.key != self._run.key)
            self._change(N_("Remove the method"), replace(case, runs=kept))

    def shift(self, step: int) -> None:
        """Move the run up (−1) or down (1) in the order of the report."""
        case = self._tools.open_case.case
        runs = list(case.runs)
        at = next((n for n, run in enumerate(runs) if run.key == self.runs.run), -1)
        if at >= 0 and 0 <= at + step < len(runs):
            runs.insert(at + step, runs.pop(at))
            self._change(N_("Order the methods"), replace(case, runs=tuple(runs)))

    def explain(self) -> None:
        """Tell of the step selected in the working."""
        self.results.explain()

    def _sheet(self) -> QWidget:
        sheet = QWidget(self)
        words, needs_writing = self._shell.words, self._shell.library.needs_writing
        self._heading = Heading(N_("Method"), words, sheet)
        for key, name, step in (
            ("method_up", N_("Move up"), -1),
            ("method_down", N_("Move down"), 1),
        ):
            button = self._heading.action(key, name)
            button.clicked.connect(partial(self.shift, step))
            needs_writing(button, words)
        remove = self._heading.action("method_remove", N_("Remove the method"))
        remove.clicked.connect(self.remove)
        needs_writing(remove, words)
        add = self._heading.action("method_add", N_("Add a method…"), primary=True)
        add.clicked.connect(self.offer)
        needs_writing(add, words)
        self.results = ResultsPanel(self._tools, sheet)
        split = QSplitter(Qt.Orientation.Horizontal, sheet)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left(sheet))
        split.addWidget(self.results)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 520])
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._heading)
        layout.addWidget(split, 1)
        return sheet

    def _left(self, sheet: QWidget) -> QWidget:
        left = QWidget(sheet)
        self.runs = RunList(self._tools, "method_runs", left)
        self.runs.chosen_run.connect(self.select)
        self._scroll = FormArea(left)
        self._inputs = QWidget(self._scroll)
        self.reason = Lines(2, self._inputs)
        self.reason.committed.connect(self._commit_reason)
        self._rows = Rows(self._shell.words, self._shell.theme, self._inputs)
        self._rows.add(
            "run_reason",
            N_("Reason for applying it"),
            self.reason,
            N_("Why this method fits the subject, the purpose and the data at hand."),
            wide=True,
        )
        Closing(self._shell.library, self._rows)
        self._unknown = QLabel(self._inputs)
        self._unknown.setProperty("part", "bad")
        self._unknown.setWordWrap(True)
        self._place = QVBoxLayout(self._inputs)
        self._place.setContentsMargins(0, 8, 8, 0)
        self._place.setSpacing(8)
        self._place.addWidget(self._rows)
        self._place.addWidget(self._unknown)
        self.grounds = GroundsForm(self._tools, self._inputs)
        self._place.addWidget(self.grounds)
        self._place.addStretch(1)
        self._scroll.setWidget(self._inputs)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.runs)
        layout.addWidget(self._scroll, 1)
        return left

    def _leave_chooser(self) -> None:
        self._is_choosing = False
        self._stack.setCurrentIndex(SHEET)

    def _show(self, case: Case) -> None:
        self.runs.refresh()
        run = next((one for one in case.runs if one.key == self.runs.run), None)
        self._run = run
        if run is None:
            self.offer()
            return
        if not self._is_choosing:
            self._stack.setCurrentIndex(SHEET)
        self._make_form(run)
        self.reason.put(run.reason)
        if self._form is not None:
            self._form.put(run.params or {}, facts(case))
        self.grounds.put(run, self._method)
        self._follow()

    def _make_form(self, run: Run) -> None:
        """Have a form for the run: what is half typed never goes to another one."""
        wanted = (run.key, run.method, run.version)
        if wanted == self._made:
            return
        self._made = wanted
        try:
            method = self._shell.desk.methods.find(run.method, run.version)
        except UserError as error:
            method = None
            self._unknown.setText(self._shell.words.say(error.wording))
        self._unknown.setVisible(method is None)
        self._method = method
        if self._form is not None:
            # What is half typed there must not be left into the run shown next.
            self._form.blockSignals(True)
            self._form.hide()
            self._form.setParent(None)
            self._form.deleteLater()
            self._form = None
        if method is None:
            return
        self._form = ParamsForm(method, self._shell, self._inputs)
        self._form.sheet_chosen.connect(self._fill)
        self._form.edited.connect(self._draft)
        self._form.committed.connect(self._commit)
        self._form.run_wanted.connect(self._open)
        SourcePictures(self._form, run.key, self._tools)
        self._place.insertWidget(2, self._form)

    def _draft(self) -> None:
        if self._form is not None:
            self._tools.open_case.draft(self._next())

    def _commit(self) -> None:
        if self._form is not None:
            self._change(N_("Change the inputs of the method"), self._next())

    def _fill(self, offer: SheetOffer) -> None:
        """Put the rows of a score sheet into the tables of the run."""
        if self._run is not None:
            language = self._shell.words.language
            params = filled(self._run.params or {}, offer, language)
            case = self._with_run(replace(self._run, params=params))
            self._change(N_("Fill in from a score sheet"), case)

    def _commit_reason(self) -> None:
        if self._run is not None:
            case = self._with_run(replace(self._run, reason=self.reason.value))
            self._change(N_("State the reason for the method"), case)

    def _next(self) -> Case:
        """Return the case with what the form states."""
        if self._form is None or self._run is None:
            return self._tools.open_case.case
        return self._with_run(replace(self._run, params=self._form.given))

    def _with_run(self, run: Run) -> Case:
        case = self._tools.open_case.case
        runs = tuple(run if one.key == run.key else one for one in case.runs)
        return replace(case, runs=runs)

    def _change(self, action: str, case: Case) -> bool:
        """Change the case; False where that was refused."""
        with self._shell.notices.guard(self._restore):
            self._tools.open_case.change(action, case)
            return True
        return False

    def _restore(self) -> None:
        open_case = self._tools.open_case
        open_case.draft(open_case.case)
        self._show(open_case.case)

    def _follow(self) -> None:
        """Show what was found of the run."""
        found = self._found()
        if self._form is None or self._run is None or self._method is None:
            self.results.put(None)
            return
        self._heading.title.setText(method_words(self._method, self._shell.words))
        result = found.result if found is not None else None
        if result is not None and result.outputs.get("periods"):
            self._form.put_periods(list(result.heads()))
        self._form.tell(self._issues())
        self._offer_figures()
        self.results.put(found)

    def _offer_figures(self) -> None:
        valuation, case = self._tools.valuations.valuation, self._tools.open_case.case
        if self._form is not None and self._run is not None and valuation is not None:
            found = offers(case, valuation.runs, self._run.key, self._shell)
            self._form.put_offers(found)

    def _open(self, key: str) -> None:
        """Show the run of which a link tells, if the case has it."""
        if any(run.key == key for run in self._tools.open_case.case.runs):
            self.select(key)

    def _found(self) -> RunResult | None:
        valuation = self._tools.valuations.valuation
        if valuation is None or self._run is None:
            return None
        key = self._run.key
        return next((one for one in valuation.runs if one.run.key == key), None)

    def _issues(self) -> list[tuple[str, Issue]]:
        """Return the issues of the run, each with its path among the parameters."""
        valuation, found = self._tools.valuations.valuation, []
        for issue in valuation.issues if valuation else ():
            key, _, where = issue.where.partition(".")
            if self._run is not None and key == self._run.key and where:
                found.append((where, issue))
        return found
