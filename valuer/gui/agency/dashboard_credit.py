"""Grade and total of today on the dashboard, with the line of the coming 18 months.

Without events nothing is claimed: the base of the rules is no score that an authority
gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.agency.credit import Score, score
from valuer.agency.credit_events import checked
from valuer.agency.credit_figures import credit_figure
from valuer.agency.credit_line import (
    MONTHS_AHEAD,
    Deadline,
    Step,
    deadlines,
    plain_points,
    timeline,
)
from valuer.core.problems import Severity, UserError
from valuer.core.texts import N_, Message, message
from valuer.gui.credit_desk import Basis
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.gui.charts import Chart


@dataclass(frozen=True, slots=True)
class Outlook:
    """The agency's score today and how it goes on.

    Attributes:
        basis: None where no agency is entered.
        score: None where nothing is recorded, or where the ledger contradicts itself.
        fault: why there is none, where something is recorded.
    """

    basis: Basis | None = None
    score: Score | None = None
    steps: tuple[Step, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    fault: Message | None = None


def outlook(basis: Basis | None) -> Outlook:
    """Return what comes of a ledger; nothing where nothing is recorded."""
    if basis is None or not basis.events:
        return Outlook(basis)
    faults = checked(basis.pack, basis.subject, basis.events)
    wrong = next((one for one in faults if one.severity is Severity.ERROR), None)
    if wrong is not None:
        return Outlook(basis, fault=wrong.wording)
    chosen = basis.readings.in_use(basis.pack)
    asked = (basis.pack, basis.subject, basis.events, basis.as_of, chosen)
    try:
        return Outlook(basis, score(*asked), timeline(*asked), deadlines(*asked))
    except UserError as error:
        return Outlook(basis, fault=error.wording)


class CreditCard(QWidget):
    """``wanted`` says that one wants to see the ledger."""

    wanted = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._outlook: Outlook | None = None
        self._chart: Chart | None = None
        texts = Texts(shell.words, self)
        title = QLabel(self)
        title.setProperty("part", "heading")
        texts.put(title.setText, N_("Credit score"))
        self.value = QLabel(self)
        self.value.setProperty("part", "value")
        self.standing = QLabel(self)
        self.standing.setProperty("part", "muted")
        self.standing.setWordWrap(True)
        self.button = QPushButton(self)
        texts.put(self.button.setText, N_("Open the credit ledger"))
        texts.name(self.button, "dashboard_credit", N_("Open the credit ledger"))
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self.value)
        column.addWidget(self.standing)
        column.addStretch(1)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self._layout.addLayout(column, 2)
        shell.words.changed.connect(self._show)
        self._show()

    @property
    def chart(self) -> Chart | None:
        """The line, once there is one."""
        return self._chart

    def put(self, found: Outlook) -> None:
        """Show what comes of the ledger."""
        self._outlook = found
        self._show()

    def _show(self) -> None:
        words, found = self._shell.words, self._outlook
        value, standing = _told(found)
        self.value.setText(words.tell(value))
        self.standing.setText(words.tell(standing))
        self.value.setVisible(bool(value))
        self._draw(found)

    def _draw(self, found: Outlook | None) -> None:
        """Draw the line where something is recorded."""
        if found is None or found.score is None or found.basis is None:
            if self._chart is not None:
                self._chart.hide()
            return
        if self._chart is None:
            from valuer.gui.charts import Chart

            shell = self._shell
            self._chart = Chart("dashboard_line", shell.theme, shell.words, self)
            self._chart.setMinimumHeight(170)
            self._layout.addWidget(self._chart, 5)
        language = self._shell.words.language
        pack = found.basis.pack
        self._chart.put(credit_figure(found.score, found.steps, pack, language))
        self._chart.show()


def _told(found: Outlook | None) -> tuple[Message | str, Message | str]:
    """Return the value, and what it is worth."""
    if found is None:
        return "…", ""
    if found.fault is not None:
        text = N_("The ledger contradicts itself: {reason}")
        return N_("No score"), message(text, reason=found.fault)
    now = found.score
    if now is None:
        text = N_(
            "The ledger has no events. What the authority keeps is not known here:"
            " enter its notices, and score, grade and the coming {count} months stand"
            " here."
        )
        return N_("Nothing recorded"), message(text, count=MONTHS_AHEAD)
    if now.total is None:
        text = N_(
            "Points of rules in use are not known: {rules}. Copy them from the notice."
        )
        return N_("No total"), message(text, rules=now.unknown_rules)
    values = {"grade": now.grade or "", "points": plain_points(now.total)}
    shown = message(N_("{grade}  {points} points"), **values)
    if now.official:
        return shown, N_("Every rule used is verified.")
    text = N_("Reckoned, not official: {count} rules in use are not verified.")
    return shown, message(text, count=len(now.unknown_rules))
