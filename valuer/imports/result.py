"""What reading a file gives: patents, what is doubtful, what was refused.

Every row below the header with anything in it is either a patent or refused, and
each issue says where: sheet, row and column, counted from 1 as a spreadsheet does.
"""

from __future__ import annotations

from dataclasses import dataclass

from valuer.core.case import Forecast
from valuer.core.patents import Patent
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, Message, message


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A list as read; ``read == len(patents) + refused``.

    Attributes:
        file: name of the file, without its folder.
        sha256: digest of its bytes, in hex.
        format: key of the format it was recognised as.
        read: rows below the header with anything in them.
        patents: one a row, in the order of the rows, each with its source; the same
            patent may come twice.
        refused: rows that name no patent; each has an error among ``issues``.
        issues: what is doubtful and what was refused, in the order of the rows.
    """

    file: str
    sha256: str
    format: str
    read: int
    patents: tuple[Patent, ...]
    refused: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class ReadForecast:
    """A forecast as read, with its unit in yuan and what is doubtful.

    Attributes:
        forecast: revenue by period, in plain currency units.
        unit: the unit the sheet states, as in 万元, or "".
        read: periods found, with or without a usable figure.
        issues: what is doubtful or was left out.
    """

    forecast: Forecast
    unit: str
    read: int
    issues: tuple[Issue, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no future period lacks its figure."""
        return all(issue.severity is not Severity.ERROR for issue in self.issues)


class Report:
    """Gathers what is read from one table."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.patents: list[Patent] = []
        self.issues: list[Issue] = []
        self.refused = 0

    def note(self, wording: Message, row: int, column: int | None = None) -> None:
        """Tell something about a row."""
        self._add(Severity.NOTE, wording, row, column)

    def doubt(self, wording: Message, row: int, column: int | None = None) -> None:
        """Ask the user to look at a row, which is imported all the same."""
        self._add(Severity.WARNING, wording, row, column)

    def refuse(self, wording: Message, row: int, column: int | None = None) -> None:
        """Leave a row out, and say why."""
        text = N_("{reason} The row was not imported.")
        self._add(Severity.ERROR, message(text, reason=wording), row, column)
        self.refused += 1

    def _add(
        self, severity: Severity, wording: Message, row: int, column: int | None
    ) -> None:
        placed = at(self.sheet, row, wording)
        self.issues.append(Issue(severity, placed, "", self.sheet, row, column))


def at(sheet: str, row: int, wording: Message) -> Message:
    """Return a wording with its place before it."""
    if sheet:
        text = N_("Sheet “{sheet}”, row {row}: {reason}")
        return message(text, sheet=sheet, row=row, reason=wording)
    return message(N_("Row {row}: {reason}"), row=row, reason=wording)
