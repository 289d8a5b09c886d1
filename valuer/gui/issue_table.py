"""Issues as a table: sign, place, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_
from valuer.gui.icons import icon
from valuer.gui.notices import SIGNS
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.why import Explanation, Said

SEVERITY_NAMES = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("Warning"),
    Severity.NOTE: N_("Note"),
}


MOST = 5
"""Rows in sight where the table is as high as what it holds."""


@dataclass(frozen=True, slots=True)
class Line:
    """An issue with the file it is from, or ""."""

    file: str
    issue: Issue


class IssueTable(Table):
    """Shows issues, the worst first."""

    def __init__(
        self, key: str, name: str, shell: Shell, parent: QWidget, *, placed: bool
    ) -> None:
        super().__init__(key, name, shell.words, parent)
        self._shell = shell
        self._fits = not placed
        columns: list[TableColumn[Line]] = [
            TableColumn(N_("Kind"), self._kind, width=100, sign=self._sign)
        ]
        if placed:
            columns += [
                TableColumn(N_("File"), lambda line: line.file, width=150),
                TableColumn(N_("Sheet"), lambda line: line.issue.sheet, width=80),
                TableColumn(N_("Row"), _row, is_number=True, width=64),
                TableColumn(N_("Column"), _column, is_number=True, width=72),
            ]
        columns.append(TableColumn(N_("What to do"), self._text, width=300))
        self.table = RowTable(columns, shell.words, self)
        self.setModel(self.table)
        self.fit(len(columns) - 1, [column.width for column in columns])
        shell.theme.changed.connect(self.table.refresh)
        self.selectionModel().currentRowChanged.connect(self._explain)

    def put(self, lines: Iterable[tuple[str, Issue]]) -> None:
        """Show issues, each with its file or ""."""
        order = list(Severity)
        found = [Line(file, issue) for file, issue in lines]
        found.sort(key=lambda line: order.index(line.issue.severity))
        self.table.put(found)
        if self._fits:
            shown = min(len(found), MOST)
            self.setFixedHeight(ROW * (shown + 1) + 4)

    def _explain(self) -> None:
        """Show the whole text and the place beside; a row may be too short for it."""
        line = self.table.row(self.currentIndex().row())
        if line is None:
            self._shell.why.tell(None)
            return
        parts: tuple[tuple[Said, Said], ...] = (
            (N_("What to do"), line.issue.wording),
            (N_("File"), line.file),
            (N_("Sheet"), line.issue.sheet),
            (N_("Row"), _row(line)),
            (N_("Column"), _column(line)),
        )
        kind = SEVERITY_NAMES[line.issue.severity]
        self._shell.why.tell(Explanation(kind, [part for part in parts if part[1]]))

    def _kind(self, line: Line) -> str:
        return self._shell.words.tell(SEVERITY_NAMES[line.issue.severity])

    def _sign(self, line: Line) -> QIcon:
        name, part = SIGNS[line.issue.severity]
        return icon(name, getattr(self._shell.theme.tokens, part))

    def _text(self, line: Line) -> str:
        return line.issue.say(self._shell.words.language)


def _row(line: Line) -> str:
    return "" if line.issue.row is None else str(line.issue.row)


def _column(line: Line) -> str:
    return "" if line.issue.column is None else str(line.issue.column)
