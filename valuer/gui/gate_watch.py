"""The gate of the open case, found in the background a moment after it is valued.

What it needs takes most of a second to import, so it is far from the typing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from valuer.core.case import Case
from valuer.core.progress import Progress
from valuer.core.valuing import Valuation
from valuer.gui.shell import Shell
from valuer.gui.tasks import Task
from valuer.gui.valuations import Valuations

if TYPE_CHECKING:
    from valuer.reports.findings import Gate

PAUSE = 500
"""Milliseconds for which a valuation must stand."""


class GateWatch(QObject):
    """Keeps the gate of the newest valuation, as the house's own kind of report.

    Attributes:
        gate: the newest one found; None before the first.
        valuation: the one it was found for.
    """

    changed = Signal()

    def __init__(self, valuations: Valuations, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._valuations, self._shell = valuations, shell
        self.gate: Gate | None = None
        self.valuation: Valuation | None = None
        self._task: Task | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._check)
        valuations.changed.connect(self._wait)
        if valuations.valuation is not None:
            self._wait()

    @property
    def is_new(self) -> bool:
        """Whether the gate is that of the newest valuation."""
        return self.valuation is self._valuations.valuation

    def _wait(self) -> None:
        self._pause.start()

    def _check(self) -> None:
        case, valuation = self._valuations.valued, self._valuations.valuation
        if case is None or valuation is None:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self._shell.tasks.start(
            partial(_gate, case, valuation),
            partial(self._take, valuation),
            self._shell.notices.refuse,
            owner=self,
        )

    def _take(self, valuation: Valuation, gate: Gate) -> None:
        self.valuation, self.gate = valuation, gate
        self.changed.emit()


def _gate(case: Case, valuation: Valuation, progress: Progress) -> Gate:
    from valuer.reports.gate import check_case
    from valuer.reports.sections.kinds import kind_of

    progress(0, 0)
    return check_case(case, valuation, kind_of(case.house.kind))
