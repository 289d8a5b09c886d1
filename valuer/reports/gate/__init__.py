"""The gate: what a report must pass before it is signed. To add a check: its group.

Each group is a module with ``CHECKS``; each check is tied to a clause. Errors stop a
report. A warning is printed with the answer that somebody gave in writing; in the
window nothing is signed before every warning has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from valuer.core.case import Case
from valuer.core.problems import Severity, UserError
from valuer.core.texts import N_, Message, message
from valuer.core.valuing import Valuation
from valuer.reports.clauses import Clause, clause_of
from valuer.reports.findings import Check, Finding, Gate, Material
from valuer.reports.gate import (
    dates,
    evidence,
    figures,
    items,
    results,
    rights,
    signers,
    statement,
    wording,
    work,
)
from valuer.reports.gate.answering import answering, orphans, with_answers
from valuer.reports.gate.refusals import INCOMPLETE, VALUATION, refusals
from valuer.reports.sections.kinds import KINDS, Kind, kind_of

if TYPE_CHECKING:
    from valuer.reports.package import Package

__all__ = [
    "CHECKS",
    "Clause",
    "Finding",
    "Gate",
    "answering",
    "check_case",
    "gate_of_package",
    "refuse",
    "with_used_answers",
]

CHECKS: tuple[Check, ...] = (
    *signers.CHECKS,
    *dates.CHECKS,
    *work.CHECKS,
    *statement.CHECKS,
    *rights.CHECKS,
    *figures.CHECKS,
    *wording.CHECKS,
    *results.CHECKS,
    *evidence.CHECKS,
    *items.CHECKS,
)


def check_case(case: Case, valuation: Valuation | None, kind: Kind) -> Gate:
    """Return what stands between a case and a report of this kind.

    Without a valuation only the case itself is checked, which costs next to nothing.
    """
    material = Material(case, kind, valuation)
    found = [*refusals(material), *_own(material)]
    found = list(dict.fromkeys(found))
    warnings = [one for one in found if one.severity is Severity.WARNING]
    return Gate(
        tuple(one for one in found if one.severity is Severity.ERROR),
        with_answers(warnings, case),
        orphans(warnings, case) if valuation is not None else (),
    )


def gate_of_package(package: Package) -> Gate:
    """Return what the case in a report's package has against it, without valuing it.

    Only checks that need no valuation are run: milliseconds, against seconds. What
    needs one was checked when the report was made, which refuses errors; and its
    figures are found anew by ``recompute``. The package holds what the report prints:
    of legal histories only entries after the valuation date, without their words
    unless an answer speaks of them.
    """
    kinds = [one for one in KINDS if one.key == package.kind]
    house = package.case.house.kind
    fitting = [one for one in kinds if house in one.houses]
    return check_case(package.case, None, (fitting or kinds or [kind_of(house)])[0])


def with_used_answers(case: Case, valuation: Valuation, kind: Kind) -> Case:
    """Return the case with those answers only that answer something."""
    if not case.answers:
        return case
    used = {id(one.answer) for one in check_case(case, valuation, kind).warnings}
    return replace(case, answers=tuple(one for one in case.answers if id(one) in used))


def refuse(gate: Gate, language: str) -> None:
    """Raise the errors of a gate as one ``UserError``, a line each with its clause.

    Where there are only such as making the report refuses in its own words, they are
    left to it. Clauses are named in ``language``: data, not texts of the program.

    Raises:
        UserError: there is an error of the gate's own.
    """
    line = N_("{where}: {wording} ({clause})")
    told = {
        f"error{number}": message(
            line, where=one.where, wording=one.message, clause=one.clause.say(language)
        )
        for number, one in enumerate(gate.errors)
    }
    if any(one.check not in (INCOMPLETE, VALUATION) for one in gate.errors):
        rows = "\n".join(f"{{{name}}}" for name in told)
        text = N_("The report cannot be made:\n{faults}")
        raise UserError(text, faults=Message(rows, tuple(told.items())))


def _own(material: Material) -> Iterator[Finding]:
    """Yield what the gate's own checks find."""
    for check in CHECKS:
        for where, words in check.find(material):
            tied = clause_of(check.clause, material.case)
            yield Finding(check.key, check.severity, tied, where, words)
