"""What a run of the case is asked for beside its value: read, and changed."""

from __future__ import annotations

from dataclasses import replace

from valuer.core.asked import Asked
from valuer.core.problems import Issue
from valuer.gui.case_tools import CaseTools


def asked_of(tools: CaseTools, key: str) -> Asked:
    """Return what the case asks of a run; the one valued is asked for nothing."""
    runs = tools.open_case.case.runs
    return next((run.asked for run in runs if run.key == key), Asked())


def ask(tools: CaseTools, key: str, action: str, asked: Asked) -> bool:
    """Change what is asked of a run; False where that was refused."""
    case = tools.open_case.case
    runs = tuple(
        replace(run, asked=asked) if run.key == key else run for run in case.runs
    )
    with tools.shell.notices.guard():
        tools.open_case.change(action, replace(case, runs=runs))
        return True
    return False


def wrong_with(tools: CaseTools, key: str, name: str) -> Issue | None:
    """Return why something asked could not be made: ``two_way[0]``, ``scenarios``."""
    valuation = tools.valuations.valuation
    where = f"{key}.asked.{name}"
    issues = valuation.issues if valuation is not None else ()
    return next((one for one in issues if one.where == where), None)
