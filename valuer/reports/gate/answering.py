"""Written answers to warnings: which warning each belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from valuer.core.case import Case
from valuer.core.engagement import Answer
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.clauses import clause_of
from valuer.reports.findings import Finding

ORPHAN = "answer_to_nothing"


def with_answers(warnings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """Return the warnings, each with its answer; one without words is none."""
    given = {(one.check, one.where): one for one in case.answers if one.text.strip()}
    return tuple(
        replace(one, answer=given.get((one.check, one.where))) for one in warnings
    )


def orphans(warnings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """Return a note for each answer to what is not, or no more, warned of."""
    warned = {(one.check, one.where) for one in warnings}
    text = N_("The answer to “{check}” at {place} answers nothing now; take it out.")
    return tuple(
        Finding(
            ORPHAN,
            Severity.NOTE,
            clause_of("program", case),
            f"answers[{place}]",
            message(text, check=one.check, place=one.where or "—"),
        )
        for place, one in enumerate(case.answers)
        if (one.check, one.where) not in warned
    )


def answering(case: Case, check: str, where: str, text: str) -> Case:
    """Return the case with a warning answered; a blank text takes the answer out."""
    words = text.strip()
    kept = [one for one in case.answers if (one.check, one.where) != (check, where)]
    place = next(
        (
            number
            for number, one in enumerate(case.answers)
            if (one.check, one.where) == (check, where)
        ),
        len(kept),
    )
    if words:
        kept.insert(place, Answer(check, where, words))
    return replace(case, answers=tuple(kept))
