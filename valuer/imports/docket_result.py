"""What reading a file of the docket gives: cases, what is doubtful, what was refused.

Every row, line or application with anything in it is either a case or refused, and each
issue says where: sheet, row and column, counted from 1 as a spreadsheet does.
"""

from __future__ import annotations

from dataclasses import dataclass

from valuer.agency.docket import Case
from valuer.core.problems import Issue


@dataclass(frozen=True, slots=True)
class ReadDocket:
    """A file of the docket as read; ``read == len(cases) + refused``.

    Attributes:
        file: name of the file, without its folder.
        sha256: digest of its bytes, in hex.
        format: key of the format it was recognised as.
        read: rows, lines or applications with anything in them.
        cases: one for each that was understood, each with its source; the same case
            may come twice.
        refused: those that name no case; each has an error among ``issues``.
        issues: what is doubtful and what was refused, in the order of the rows.
        words: pairs of a status word met and the listed word that the profile says it
            means; the docket keeps them when the cases are put into it.
    """

    file: str
    sha256: str
    format: str
    read: int
    cases: tuple[Case, ...]
    refused: int
    issues: tuple[Issue, ...]
    words: tuple[tuple[str, str], ...] = ()
