"""What can go wrong, in two kinds that never mix.

An ``Issue`` is returned: the user can mend it, and it is shown in its place. A
``UserError`` is raised: the action cannot go on, and its text is shown as it is.
Anything else is a bug and flies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from valuer.core.texts import N_, Message, message, say


class Severity(StrEnum):
    """How much an issue matters: an error stops, a warning asks, a note tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the user can mend.

    Attributes:
        severity: error, warning or note.
        wording: what happened, where, and what to do.
        where: what it is about: a parameter, a patent's number, a field's path.
        sheet: name of the sheet in a table, or "".
        row: row in the file, from 1, or None.
        column: column in the file, from 1, or None.
    """

    severity: Severity
    wording: Message
    where: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None

    def say(self, language: str) -> str:
        """Return the text in a language."""
        return say(self.wording, language)


class UserError(Exception):
    """The action cannot go on, for a reason the user can understand.

    Raise it with a marked text and its values::

        raise UserError(N_("{file} is not a workbook."), file=path.name)
    """

    def __init__(self, text: str | Message, **values: object) -> None:
        self.wording = text if isinstance(text, Message) else message(text, **values)
        super().__init__(str(self.wording))

    def say(self, language: str) -> str:
        """Return the text in a language."""
        return say(self.wording, language)


def refuse_errors(issues: Iterable[Issue]) -> None:
    """Raise the errors among issues as one ``UserError``, a line each with its place.

    Where an issue has no place of its own, its text tells it.

    Raises:
        UserError: there is at least one error.
    """
    line = N_("{where}: {wording}")
    errors = {
        f"error{number}": message(line, where=issue.where, wording=issue.wording)
        if issue.where
        else issue.wording
        for number, issue in enumerate(issues)
        if issue.severity is Severity.ERROR
    }
    if errors:
        raise UserError("\n".join(f"{{{name}}}" for name in errors), **errors)


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """The user cancelled; nothing was changed."""
