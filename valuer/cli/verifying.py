"""``valuer verify``: who signed, what changed, and whether the figures come out again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from valuer.cli.answers import Exit, print_json, print_text, tell
from valuer.cli.here import now
from valuer.core.files import read_whole
from valuer.core.texts import say


def verify_reports(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Say who signed, whether anything changed, and whether the figures recompute."""
    from valuer.reports.certificates import load_certificates

    trust = [one for path in arguments.trust for one in load_certificates(path)]
    told = [_verified(path, trust, arguments, tongue) for path in arguments.files]
    if arguments.json:
        answers = [answer for answer, _ in told]
        print_json(answers[0] if len(answers) == 1 else {"files": answers})
    return Exit.YES if all(good for _, good in told) else Exit.NO


def _verified(
    path: Path, trust: list[Any], arguments: argparse.Namespace, tongue: str
) -> tuple[dict[str, Any], bool]:
    from valuer.reports.verdicts import Verdict
    from valuer.reports.verifying import LARGEST, verify

    pdf = read_whole(path, LARGEST)
    found = verify(pdf, trust, now=now())
    answer = {"file": str(path), **found.to_plain()}
    good = found.verdict is Verdict.INTACT
    if arguments.trust:
        good = good and found.all_trusted
    if arguments.recompute and found.verdict is not Verdict.UNREADABLE:
        answer["recomputed"] = recomputed(pdf, tongue)
        good = good and bool(answer["recomputed"]["matches"])
    if not arguments.json:
        print_text(f"{path}: {answer['verdict']}")
        for one in answer["signatures"]:
            words = (one["signer"], one["role"], one["signed_at"], one["time_source"])
            print_text("  " + "  ".join(str(word) for word in words))
        for problem in found.problems:
            tell(say(problem, tongue))
        if answer["recomputed"]:
            print_text(f"  recomputed: {answer['recomputed']}")
    return answer, good


def recomputed(pdf: bytes, tongue: str) -> dict[str, Any]:
    """Return, as JSON, whether a report's figures come out again."""
    from valuer.methods import METHODS
    from valuer.reports.recompute import recompute

    found = recompute(pdf, METHODS, tongue)
    return {
        "matches": found.matches,
        "differences": [
            {
                "where": one.where,
                "printed": one.printed,
                "recomputed": one.recomputed,
            }
            for one in found.differences
        ],
    }
