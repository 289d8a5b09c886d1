"""``valuer methods`` and ``valuer value``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from valuer.cli.analyses import Analyses, sampling_asked, tell_sampling
from valuer.cli.answers import (
    Exit,
    print_json,
    print_text,
    progress_on_stderr,
    tell_issues,
)
from valuer.cli.valued import plain_result
from valuer.core.canonical import parse_json
from valuer.core.entries import params_or_refuse
from valuer.core.files import read_whole
from valuer.core.method import plain_amount
from valuer.core.problems import UserError
from valuer.core.schema import params_schema
from valuer.core.simulation import Simulation, simulate
from valuer.core.texts import LANGUAGES, N_, say, tr
from valuer.methods import METHODS

LARGEST_JSON = 64 * 1024 * 1024
"""No JSON that we read is larger, in bytes."""


def read_json(name: str) -> Any:
    """Return the JSON in a file, or on stdin where the name is ``-``."""
    if name == "-":
        return parse_json(_stdin(), "stdin")
    return parse_json(read_whole(Path(name), LARGEST_JSON), Path(name).name)


def methods(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the methods."""
    if not arguments.json:
        for method in METHODS:
            title = tr(method.title, tongue)
            print_text(f"{method.key}  v{method.version}  {title}")
        return Exit.YES
    listed = [
        {
            "key": method.key,
            "version": method.version,
            "approach": method.approach.value if method.approach else None,
            "topic": method.topic.value,
            "finds": method.finds.value,
            "title": {one: tr(method.title, one) for one in LANGUAGES},
            "source": method.source,
            "schema": params_schema(method.params, tongue),
        }
        for method in METHODS
    ]
    print_json({"methods": listed})
    return Exit.YES


def value(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Run one method on parameters."""
    method = METHODS.find(arguments.method, arguments.formula)
    params, doubts = params_or_refuse(method.params, read_json(arguments.params))
    result = method.run(params)
    if arguments.correlate and arguments.simulate is None:
        raise UserError(N_("Correlations need a simulation; state --simulate."))
    simulation = None
    if arguments.simulate is not None:
        simulation = simulate(
            method,
            params,
            arguments.simulate,
            arguments.seed,
            progress_on_stderr(),
            sampling_asked(arguments),
        )
    analyses = Analyses(arguments, method, params)
    issues = (*doubts, *result.issues)
    if arguments.json:
        answer = plain_result(result, simulation, issues, tongue)
        print_json(answer | analyses.plain())
        return Exit.YES
    for step in result.working:
        numbers = "  ".join(f"{number:,.6g}" for number in step.values)
        formula = f"{step.symbol} = {step.formula}" if step.formula else step.symbol
        print_text(f"{say(step.label, tongue)}\t{formula}\t{numbers}")
    print_text(
        f"{tr(N_('Value'), tongue)}\t{plain_amount(result.amount)} {result.currency}"
    )
    if simulation is not None:
        _tell_simulation(simulation)
        tell_sampling(simulation, tongue)
    analyses.tell(tongue)
    tell_issues(issues, tongue)
    return Exit.YES


def _tell_simulation(simulation: Simulation) -> None:
    found = simulation.plain()
    found.pop("correlations", None)  # told in words
    percentiles = {f"p{one}": at for one, at in found.pop("percentiles").items()}
    for name, number in (found | percentiles).items():
        # The seed is told in full: it is to be typed in again.
        is_exact = isinstance(number, int | str)
        shown = str(number) if is_exact else f"{number:,.10g}"
        print_text(f"{name}\t{shown}")


def _stdin() -> bytes:
    data: bytes = b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST_JSON + 1)
    if len(data) > LARGEST_JSON:
        text = N_("{file} is larger than {most} MB; it was not read.")
        raise UserError(text, file="stdin", most=LARGEST_JSON // 1024**2)
    return data
