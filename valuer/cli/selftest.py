"""``valuer self-test``: the whole path and every worked case, where it is installed."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from valuer.cli.answers import Exit, print_json, print_text
from valuer.cli.demo import walk
from valuer.core.examples import run_examples
from valuer.core.problems import UserError
from valuer.methods import METHODS

FOLDER = "自检 专利"
"""A folder with a name that careless programs stumble over."""


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Run every built-in check; 1 where one fails."""
    cases = [outcome.plain() for outcome in run_examples(METHODS)]
    cases += _whole_path(tongue)
    failed = sum(not case["passed"] for case in cases)
    if arguments.json:
        answer = {"passed": len(cases) - failed, "failed": failed, "cases": cases}
        print_json(answer)
    else:
        for case in cases:
            mark = "ok  " if case["passed"] else "FAIL"
            print_text(f"{mark} {case['id']}\t{case['expected']}\t{case['actual']}")
        print_text(f"{len(cases) - failed} passed, {failed} failed")
    return Exit.NO if failed else Exit.YES


def _whole_path(tongue: str) -> list[dict[str, Any]]:
    """Walk from a list to a signed report, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / FOLDER
        place.mkdir()
        try:
            found = walk(place, tongue)
        except UserError as error:
            return [_case("whole-path", "intact", error.say(tongue))]
    return [
        _case("whole-path/verdict", "intact", found["verdict"]),
        _case("whole-path/recomputed", True, found["recomputed"]["matches"]),
        _case("whole-path/signatures", 3, len(found["signatures"])),
    ]


def _case(name: str, expected: object, actual: object) -> dict[str, Any]:
    passed = expected == actual
    return {"id": name, "expected": expected, "actual": actual, "passed": passed}
