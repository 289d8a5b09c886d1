"""What the gate finds: errors, warnings with their answers, notes.

An error stops a report. A warning stands until someone answers it in writing, or
mends what it warns of; the answer belongs to one check and one place of the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuer.core.case import Case
from valuer.core.engagement import Answer
from valuer.core.problems import Severity
from valuer.core.texts import Message
from valuer.core.valuing import Valuation
from valuer.reports.clauses import Clause

if TYPE_CHECKING:
    from valuer.reports.sections.kinds import Kind

Found = tuple[str, Message]
"""A place in the case, and what is found there."""


@dataclass(frozen=True, slots=True)
class Material:
    """What is checked.

    Attributes:
        kind: the kind of report that is to be made of the case.
        valuation: of the case; None where only the case is at hand.
    """

    case: Case
    kind: Kind
    valuation: Valuation | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        key: stable name; an answer names it.
        clause: key of the clause that it is tied to.
        find: yields what it finds.
        severity: error or warning.
    """

    key: str
    clause: str
    find: Callable[[Material], Iterable[Found]]
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        check: key of the check.
        where: the place in the case, as in ``runs.rfr.discount_rate``.
        answer: to a warning, or None.
    """

    check: str
    severity: Severity
    clause: Clause
    where: str
    message: Message
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between a case and its report.

    Attributes:
        notes: of answers to nothing.
    """

    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """The warnings that nobody answered."""
        return tuple(one for one in self.warnings if one.answer is None)

    @property
    def answered(self) -> tuple[tuple[Finding, str], ...]:
        """The warnings that somebody answered, each with the words of the answer."""
        return tuple(
            (one, one.answer.text) for one in self.warnings if one.answer is not None
        )

    @property
    def is_open(self) -> bool:
        """Whether a report may be signed: no error, every warning answered."""
        return not self.errors and not self.unanswered


NOTHING_FOUND = Gate()
"""The gate of a case that nobody answers warnings of."""
