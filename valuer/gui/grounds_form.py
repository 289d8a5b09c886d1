"""The grounds of a run's inputs (参数依据): a row for each figure entered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.case import Case, Run
from valuer.core.justified import entered, grounds_of
from valuer.core.method import Method
from valuer.core.texts import N_
from valuer.gui.case_tools import CaseTools
from valuer.gui.closing import Closing
from valuer.gui.ground_field import GroundField
from valuer.gui.rows import Rows
from valuer.gui.words import Texts

CHANGED = N_("State what an input rests on")


class GroundsForm(QWidget):
    """Shows and saves them; grounds of inputs entered no more stay in the case."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools = tools
        self._run: Run | None = None
        self._inputs: tuple[str, ...] = ()
        self.fields: dict[str, GroundField] = {}
        self._rows: Rows | None = None
        title = QLabel(self)
        title.setProperty("part", "muted")
        Texts(tools.shell.words, self).put(title.setText, N_("Grounds of the inputs"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(title)

    def put(self, run: Run, method: Method | None) -> None:
        """Show the grounds of a run, a row for each figure that it states."""
        self._run = run
        found = entered(run, method.params) if method is not None else ()
        inputs = (run.key, *(one.name for one in found))
        if inputs != self._inputs:
            self._inputs = inputs
            self._make(run, method)
        told = grounds_of(run)
        for name, field in self.fields.items():
            field.put(told.get(name))
        self.setVisible(bool(found))

    def _make(self, run: Run, method: Method | None) -> None:
        shell = self._tools.shell
        if self._rows is not None:
            # What is half typed there must not be left into another run.
            for field in self.fields.values():
                field.blockSignals(True)
            self._rows.hide()
            self._rows.setParent(None)
            self._rows.deleteLater()
        self.fields = {}
        self._rows = Rows(shell.words, shell.theme, self)
        for one in entered(run, method.params) if method is not None else ():
            field = GroundField(one, shell.words, self._rows)
            self.fields[one.name] = field
            help_text = N_(
                "Where the figure was read, or how it was found and judged. Documents"
                " that support it are taken up on the page of evidence."
            )
            self._rows.add(f"ground_{one.name}", one.label, field, help_text, wide=True)
            field.committed.connect(self._commit)
        self._layout.addWidget(self._rows)
        Closing(shell.library, self._rows)

    def _commit(self) -> None:
        if self._run is None:
            return
        told = dict(grounds_of(self._run))
        for name, field in self.fields.items():
            told.pop(name, None)
            if (ground := field.value) is not None:
                told[name] = ground
        order = [name for name in self.fields if name in told]
        order += [name for name in told if name not in self.fields]
        run = replace(self._run, grounds=tuple(told[name] for name in order))
        if run == self._run:
            return
        with self._tools.shell.notices.guard(self._restore):
            self._tools.open_case.change(CHANGED, self._case_with(run))

    def _case_with(self, run: Run) -> Case:
        case = self._tools.open_case.case
        runs = tuple(run if one.key == run.key else one for one in case.runs)
        return replace(case, runs=runs)

    def _restore(self) -> None:
        for name, field in self.fields.items():
            field.put(grounds_of(self._run).get(name) if self._run else None)
