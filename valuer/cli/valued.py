"""Results of methods and cases as the JSON that the command line answers."""

from __future__ import annotations

from typing import Any

from valuer.cli.answers import plain_issues
from valuer.core.method import Result, plain_amount
from valuer.core.problems import Issue
from valuer.core.simulation import Simulation
from valuer.core.valuing import Concluded, Differences, RunResult, Valuation


def plain_result(
    result: Result,
    simulation: Simulation | None,
    issues: tuple[Issue, ...],
    tongue: str,
) -> dict[str, Any]:
    """Return one result; ``issues`` are those of reading and running."""
    return {
        "method": result.method,
        "version": result.version,
        "value": plain_amount(result.amount),
        "currency": result.currency,
        "finds": result.finds.value,
        "working": [step.plain(tongue) for step in result.working],
        "outputs": dict(result.outputs),
        "issues": plain_issues(issues, tongue),
        "simulation": simulation.plain() if simulation else None,
    }


def plain_valuation(valuation: Valuation, tongue: str) -> dict[str, Any]:
    """Return what a case is worth, run by run."""
    return {
        "runs": [_plain_run(run, tongue) for run in valuation.runs],
        "conclusion": plain_conclusion(valuation.conclusion),
        "differences": _plain_differences(valuation.differences),
        "issues": plain_issues(valuation.issues, tongue),
    }


def plain_conclusion(found: Concluded | None) -> dict[str, Any] | None:
    """Return the conclusion in figures and capitals, or None."""
    if found is None:
        return None
    return {
        "value": plain_amount(found.value),
        "low": None if found.low is None else plain_amount(found.low),
        "high": None if found.high is None else plain_amount(found.high),
        "currency": found.currency,
        "capitals": found.capitals,
    }


def _plain_differences(found: Differences | None) -> dict[str, Any] | None:
    """Return how far the results lie apart, ``spread`` as (high − low) / low."""
    if found is None:
        return None
    return {
        "low": plain_amount(found.low),
        "high": plain_amount(found.high),
        "spread": None if found.spread is None else float(found.spread),
    }


def _plain_run(one: RunResult, tongue: str) -> dict[str, Any]:
    head = {"key": one.run.key, "params": one.given}
    if one.result is None:
        return head | {
            "method": one.method.key,
            "version": one.method.version,
            "value": None,
            "currency": one.given.get("currency"),
            "working": [],
            "outputs": {},
            "issues": [],
            "simulation": None,
            "sensitivity": [],
            "analyses": {},
        }
    swings = [
        {"name": swing.name, "low": swing.low, "high": swing.high}
        for swing in one.swings
    ]
    result = plain_result(one.result, one.simulation, one.result.issues, tongue)
    analyses = one.analyses.plain()
    return head | result | {"sensitivity": swings, "analyses": analyses}
