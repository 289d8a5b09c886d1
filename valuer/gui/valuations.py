"""The value of the open case, following as one types.

Each change starts one valuation off the GUI thread; while one runs, only the newest
case waits. The analyses that runs are asked for follow the value, until the next
change. Simulation is left out here: it has its own button.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from valuer.core.asked import Asked
from valuer.core.case import Case
from valuer.core.progress import Progress
from valuer.core.registry import Registry
from valuer.core.valuing import Valuation, value_case, with_analyses
from valuer.gui.notices import Notices
from valuer.gui.open_case import OpenCase
from valuer.gui.tasks import Task, Tasks


class Valuations(QObject):
    """Keeps the newest valuation of what is shown."""

    changed = Signal(object)

    def __init__(
        self, open_case: OpenCase, methods: Registry, tasks: Tasks, notices: Notices
    ) -> None:
        super().__init__(open_case)
        self.valuation: Valuation | None = None
        self.valued: Case | None = None
        self._methods, self._tasks, self._notices = methods, tasks, notices
        self._waiting: Case | None = None
        self._running: Case | None = None
        self._analysing: Task | None = None
        open_case.changed.connect(self.follow)
        open_case.drafted.connect(self.follow)
        self.follow(open_case.case)

    @property
    def is_settled(self) -> bool:
        """Whether the valuation is that of the newest case."""
        return self._running is None and self._analysing is None

    def follow(self, case: Case) -> None:
        """Value a case, after the one that is being valued."""
        if self._running is not None:
            self._waiting = case
            return
        self._running = case
        if self._analysing is not None:
            self._analysing.cancel()
            self._analysing = None
        quiet = quietly(case)

        def work(progress: Progress) -> Valuation:
            return value_case(quiet, self._methods, progress)

        self._tasks.start(work, self._done, self._failed, owner=self)

    def _done(self, valuation: Valuation) -> None:
        self.valuation, self.valued = valuation, self._running
        waiting = self._next()
        self.changed.emit(valuation)
        if waiting is not None:
            self.follow(waiting)
        elif self._running is None:
            self._analyse(valuation)

    def _analyse(self, valuation: Valuation) -> None:
        """Make what the runs are asked for beside their values."""
        case = self.valued
        if case is None or all(run.asked == Asked() for run in case.runs):
            return

        def work(progress: Progress) -> Valuation:
            return with_analyses(valuation, case, progress)

        self._analysing = self._tasks.start(
            work, self._analysed, self._not_analysed, owner=self
        )

    def _analysed(self, valuation: Valuation) -> None:
        self.valuation, self._analysing = valuation, None
        self.changed.emit(valuation)

    def _not_analysed(self, error: Exception) -> None:
        self._analysing = None
        self._notices.refuse(error)

    def _failed(self, error: Exception) -> None:
        waiting = self._next()
        if waiting is not None:
            self.follow(waiting)
        self._notices.refuse(error)

    def _next(self) -> Case | None:
        waiting, self._waiting, self._running = self._waiting, None, None
        return waiting


def quietly(case: Case) -> Case:
    """Return the case with simulations and analyses switched off."""
    runs = (replace(run, scenarios=0, asked=Asked()) for run in case.runs)
    return replace(case, runs=tuple(runs))
