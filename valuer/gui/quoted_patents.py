"""A patent as a case quotes it: its standing on the valuation date, its life left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QIcon

from valuer.core.case import Case
from valuer.core.patents import KIND_NAMES, STATUS_NAMES, LegalStatus, Patent
from valuer.core.problems import Issue, Severity
from valuer.core.standing import standing
from valuer.core.term import expiry_day, remaining_years
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.icons import icon
from valuer.gui.issue_table import SEVERITY_NAMES
from valuer.gui.notices import SIGNS
from valuer.gui.patent_table import explain_patent
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words


@dataclass(frozen=True, slots=True)
class QuotedPatent:
    """One row of the table.

    Attributes:
        status: on the valuation date; None while there is none.
        life: legal life left in years; None where it cannot be reckoned.
        issues: what is doubtful about its standing.
        is_newer: whether the library knows newer facts.
    """

    patent: Patent
    status: LegalStatus | None
    life: float | None
    issues: tuple[Issue, ...]
    is_newer: bool = False

    @classmethod
    def of(cls, patent: Patent, case: Case, *, is_newer: bool) -> QuotedPatent:
        """Return the row of a patent, judged on the valuation date of its case."""
        day = case.valuation_date
        if day is None:
            return cls(patent, None, None, (), is_newer)
        found = standing(patent, day, case.purpose)
        life = remaining_years(patent, day)
        return cls(patent, found.status, life, found.issues, is_newer)

    @property
    def severity(self) -> Severity | None:
        """The worst of its issues, or None."""
        order = list(Severity)
        found = [issue.severity for issue in self.issues]
        return min(found, key=order.index, default=None)


def quoted_columns(shell: Shell) -> tuple[TableColumn[QuotedPatent], ...]:
    """Return the columns of the patents of a case."""
    words = shell.words

    def sign(row: QuotedPatent) -> QIcon:
        if row.status is None:
            return QIcon()
        tokens = shell.theme.tokens
        if row.severity is None:
            return icon("good", tokens.good)
        name, part = SIGNS[row.severity]
        return icon(name, getattr(tokens, part))

    def newer_sign(row: QuotedPatent) -> QIcon:
        return icon("note", shell.theme.tokens.accent) if row.is_newer else QIcon()

    def kind(row: QuotedPatent) -> str:
        return words.tell(KIND_NAMES[row.patent.kind]) if row.patent.kind else ""

    def day(value: str) -> str:
        return value or "—"

    return (
        TableColumn(N_("Number"), lambda r: r.patent.identity, width=140),
        TableColumn(N_("Title"), lambda r: r.patent.title, width=160),
        TableColumn(N_("Kind"), kind, width=84),
        TableColumn(
            N_("Owners"), lambda r: formats.listed(r.patent.owners, words), width=96
        ),
        TableColumn(N_("Filed"), lambda r: formats.day(r.patent.filed), width=86),
        TableColumn(N_("Granted"), lambda r: formats.day(r.patent.granted), width=92),
        TableColumn(
            N_("Expires"), lambda r: day(formats.day(expiry_day(r.patent))), width=86
        ),
        TableColumn(
            N_("Status on the date"),
            lambda r: words.tell(STATUS_NAMES[r.status]) if r.status else "—",
            width=124,
            sign=sign,
        ),
        TableColumn(
            N_("Years left"),
            lambda r: "—" if r.life is None else f"{r.life:.2f}",
            is_number=True,
            width=98,
        ),
        TableColumn(
            N_("Library"),
            lambda r: words.tell(N_("newer")) if r.is_newer else "",
            width=86,
            sign=newer_sign,
        ),
    )


def explain_quoted(row: QuotedPatent, words: Words) -> Explanation:
    """Return what is doubtful about a patent, what is known of it, and from where."""
    known = explain_patent(row.patent, words)
    parts: list[tuple[Said, Said]] = [
        (SEVERITY_NAMES[issue.severity], issue.wording) for issue in row.issues
    ]
    if row.status is not None:
        parts.append((N_("Status on the valuation date"), STATUS_NAMES[row.status]))
    return Explanation(known.title, [*parts, *known.parts])
