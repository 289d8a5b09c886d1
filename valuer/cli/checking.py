"""``valuer check``: what stands between a case and its report; answers to warnings."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from valuer.cli.answers import Exit, print_json, print_text, progress_on_stderr
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.core.texts import N_, say, tr
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.store.revisions import load_case, save_revision

if TYPE_CHECKING:
    from valuer.reports.gate import Finding, Gate
    from valuer.reports.sections.kinds import Kind


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Check a case, after an answer is written where one is given."""
    from valuer.reports.gate import check_case

    if arguments.answer:
        case, gate = _answered(arguments, tongue)
    else:
        with (
            library_to_read(arguments.library) as library,
            library.read() as connection,
        ):
            case, _ = load_case(connection, arguments.case)
        valuation = value_case(case, METHODS, progress_on_stderr())
        gate = check_case(case, valuation, _kind(case, arguments.kind))
    if arguments.json:
        print_json(_plain(gate, tongue))
    else:
        _print(gate, tongue)
    return Exit.NO if gate.errors else Exit.YES


def _answered(arguments: argparse.Namespace, tongue: str) -> tuple[Case, Gate]:
    """Write an answer as one revision; what it answers must be warned of.

    Raises:
        UserError: nothing is warned of there by this check.
    """
    from valuer.reports.gate import answering, check_case

    check, where, text = arguments.answer
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        before, based_on = load_case(connection, arguments.case)
        valuation = value_case(before, METHODS, progress_on_stderr())
        kind = _kind(before, arguments.kind)
        gate = check_case(before, valuation, kind)
        if text.strip() and (check, where) not in {
            (one.check, one.where) for one in gate.warnings
        }:
            told = N_("No warning “{check}” stands at “{place}”; nothing is answered.")
            raise UserError(told, check=check[:80], place=where[:80])
        case = answering(before, check, where, text)
        save_revision(
            connection, case, based_on, author(), N_("Answer a warning"), now()
        )
    return case, check_case(case, valuation, kind)


def _kind(case: Case, key: str) -> Kind:
    """Return the kind of report asked for, in the words of the house if it has it."""
    from valuer.reports.sections.kinds import KINDS, kind_of

    if not key:
        return kind_of(case.house.kind)
    named = [one for one in KINDS if one.key == key]
    if not named:
        known = tuple(dict.fromkeys(one.key for one in KINDS))
        text = N_("There is no kind of report “{kind}”; there are {known}.")
        raise UserError(text, kind=key[:40], known=", ".join(known))
    fitting = [one for one in named if case.house.kind in one.houses]
    return (fitting or named)[0]


def _plain(gate: Gate, tongue: str) -> dict[str, Any]:
    return {
        "errors": _plain_findings(gate.errors, tongue),
        "warnings": [
            plain | {"answer": one.answer.text if one.answer else None}
            for one, plain in zip(
                gate.warnings, _plain_findings(gate.warnings, tongue), strict=True
            )
        ],
        "notes": _plain_findings(gate.notes, tongue),
        "unanswered": len(gate.unanswered),
    }


def _plain_findings(found: Iterable[Finding], tongue: str) -> list[dict[str, Any]]:
    return [
        {
            "check": one.check,
            "clause": one.clause.say(tongue),
            "mark": one.clause.mark,
            "source": one.clause.source,
            "where": one.where,
            "message": say(one.message, tongue),
        }
        for one in found
    ]


def _print(gate: Gate, tongue: str) -> None:
    for one in (*gate.errors, *gate.warnings, *gate.notes):
        words, clause = say(one.message, tongue), one.clause.say(tongue)
        place = f"{one.check} {one.where}".strip()
        print_text(f"[{one.severity.value}] {place}\n  {words}\n  {clause}")
        if one.answer is not None:
            text = tr(N_("Answer: {answer}"), tongue, answer=one.answer.text)
            print_text(f"  {text}")
    text = N_("Errors {errors}, warnings {warnings}, without an answer {unanswered}.")
    counts = {
        "errors": len(gate.errors),
        "warnings": len(gate.warnings),
        "unanswered": len(gate.unanswered),
    }
    print_text(tr(text, tongue, **counts))
    if any(not one.clause.is_checked for one in (*gate.errors, *gate.warnings)):
        print_text(tr(N_("†: clause not yet checked against its original."), tongue))
