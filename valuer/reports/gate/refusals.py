"""What is refused or warned of elsewhere, told here with its clause.

What a report may not lack stands in ``sections/completeness``, what a case may not be
in ``core/valuing`` and the methods; the gate repeats both, so that one list holds all.
A warning of a method has no name of its own: its check is named by a digest of its
wording, so that an answer stays with it, whatever else is warned of in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from valuer.core.case import Case
from valuer.core.problems import Issue, Severity
from valuer.core.standing import ENDED_LATER
from valuer.core.texts import Message
from valuer.reports.clauses import Clause, clause_of
from valuer.reports.findings import Finding, Material
from valuer.reports.gate.rights import ended_later_is_told
from valuer.reports.sections.completeness import faults

INCOMPLETE = "incomplete"
VALUATION = "valuation"

_CLAUSES = (
    ("client", "report_client"),
    ("house", "law_27"),
    ("report_number", "report_number"),
    ("valuation_date", "report_dates"),
    ("report_date", "report_dates"),
    ("patents", "report_subject"),
    ("statutory", "law_28"),
    ("conclusion.ground_kind", "one_method"),
    ("conclusion.ground", "law_26"),
    ("conclusion", "report_conclusion"),
    ("range_agreed", "report_conclusion"),
    ("forecast", "ip_forecast"),
)
"""The clause by the beginning of a place; the first that fits holds."""

_RUN_CLAUSES = (
    ("discount_rate", "ip_discount_rate"),
    ("sources", "ip_discount_rate"),
    ("country", "ip_discount_rate"),
    ("comparables", "ip_market"),
    ("licences", "ip_market"),
    ("scores", "ip_factors"),
)
"""The clause by what a place within a run names."""


def refusals(material: Material) -> Iterator[Finding]:
    """Yield every error and warning that is found outside the gate."""
    case, valuation = material.case, material.valuation
    if valuation is None:
        return
    told = set()
    stopped = bool(valuation.errors)
    for where, words in faults(case, valuation, material.kind):
        if where == "conclusion" and case.conclusion is not None and stopped:
            continue  # there is none because of the errors told below
        told.add((where, words))
        yield _finding(case, INCOMPLETE, Severity.ERROR, where, words)
    for issue in valuation.issues:
        where = _place(case, issue)
        if issue.severity is Severity.NOTE or (where, issue.wording) in told:
            continue
        ended = issue.wording.text == ENDED_LATER
        if ended and ended_later_is_told(case):
            continue
        check = "untold_end" if ended else _named(issue)
        yield _finding(case, check, issue.severity, where, issue.wording)


def _finding(
    case: Case, check: str, severity: Severity, where: str, words: Message
) -> Finding:
    return Finding(check, severity, _clause(case, where), where, words)


def _named(issue: Issue) -> str:
    if issue.severity is Severity.ERROR:
        return VALUATION
    return f"{VALUATION}_{sha256(issue.wording.text.encode()).hexdigest()[:8]}"


def _place(case: Case, issue: Issue) -> str:
    """Return the place in the case that an issue of the valuation speaks of."""
    head = issue.where.partition(".")[0]
    if head in {run.key for run in case.runs}:
        return f"runs.{issue.where}"
    if issue.where and issue.where in {
        name for one in case.patents for name in (one.identity, one.title)
    }:
        return f"patents.{issue.where}"
    return issue.where


def _clause(case: Case, where: str) -> Clause:
    if where == "appraisers":
        return clause_of("law_28" if case.statutory else "law_27", case)
    if where.startswith("runs."):
        named = (key for name, key in _RUN_CLAUSES if name in where)
        return clause_of(next(named, "law_25"), case)
    if where.startswith("patents."):
        return clause_of("patent_status", case)
    named = (key for name, key in _CLAUSES if where.startswith(name))
    return clause_of(next(named, "program"), case)
