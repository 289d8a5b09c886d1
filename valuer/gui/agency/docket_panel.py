"""One case of the docket below the list: its facts, changed where they stand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from valuer.agency.docket import Case
from valuer.core.texts import N_
from valuer.gui.agency.docket_form import DocketForm
from valuer.gui.headings import Heading
from valuer.gui.shell import Shell

LONGEST = 60
"""Characters of the title in the heading."""


class CasePanel(QFrame):
    """Stands until it is closed; ``saved`` carries the case after each change."""

    saved = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._kept: Case | None = None
        self._heading = Heading(N_("Case of the docket"), shell.words, self)
        close = self._heading.action("docket_case_close", N_("Close"))
        close.clicked.connect(self.hide)
        self.form = DocketForm(shell, self)
        self.form.edited.connect(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(self.form, 1)
        self.hide()

    def put(self, case: Case) -> None:
        """Show a case."""
        self._kept = case
        self._heading.note.setText(
            f"{case.number or case.reference}  {case.title}"[:90]
        )
        self.form.put(case)

    def _save(self, case: Case) -> None:
        with self._shell.notices.guard(self._restore):
            before = self._kept or case
            self._shell.desk.docket.save(case, before.number or before.reference)
            self._kept = case
            self.saved.emit(case)
            self._shell.ways.library_changed.emit()

    def _restore(self) -> None:
        if self._kept is not None:
            self.form.put(self._kept)
