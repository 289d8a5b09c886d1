"""The cases of the docket as columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIcon

from valuer.agency.docket import Case
from valuer.agency.statuses import OUTCOME_NAMES, Outcome
from valuer.core.patents import KIND_NAMES
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.icons import icon
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn

TITLE = 2
"""The place of the column that takes what is left."""


def docket_columns(shell: Shell) -> tuple[TableColumn[Case], ...]:
    """Return the columns of a list of cases."""
    words = shell.words

    def kind(case: Case) -> str:
        return words.tell(KIND_NAMES[case.kind]) if case.kind else ""

    def outcome(case: Case) -> str:
        return words.tell(OUTCOME_NAMES[case.outcome])

    def sign(case: Case) -> QIcon:
        if case.outcome is Outcome.UNKNOWN:
            return icon("warning", shell.theme.tokens.warn)
        return QIcon()

    def agents(case: Case) -> str:
        return formats.listed(case.agents, words)

    return (
        _column(N_("Our reference"), lambda c: c.reference, 104, "reference"),
        _column(N_("Application number"), lambda c: c.number, 138, "number"),
        _column(N_("Title"), lambda c: c.title, 160, "title"),
        _column(N_("Kind"), kind, 76, ""),
        _column(N_("Agency's client"), lambda c: c.client, 104, "client"),
        _column(N_("Agents"), agents, 80, "agent"),
        _column(N_("Filed"), lambda c: formats.day(c.filed), 86, "filed"),
        _column(N_("Case status"), lambda c: c.status, 100, "status"),
        TableColumn(
            N_("Outcome class"), outcome, width=124, order="outcome", sign=sign
        ),
    )


def _column(
    label: str, show: Callable[[Case], str], width: int, order: str
) -> TableColumn[Case]:
    return TableColumn(label, show, width=width, order=order)
