"""The analyses that a run is asked for beside its value, made with it (附加分析).

Two-way tables, break-even and a scenario set go by the run's parameters as resolved:
figures from the case and from other runs in place. What cannot be made is an error of
the case, for a report must not lack in silence what it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from valuer.core.asked import MOST, Scenario, Target, TwoInputs
from valuer.core.break_even import BreakEven, break_even
from valuer.core.case import Case, Run
from valuer.core.entries import plain_params
from valuer.core.facts import contradictions
from valuer.core.method import Method
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.scenario_sets import (
    ScenarioSet,
    changed_names,
    changed_plain,
    value_scenarios,
    weighed,
)
from valuer.core.texts import N_, message
from valuer.core.two_way import TwoWay, two_way

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Analyses:
    """What was made of what a run is asked for.

    Attributes:
        two_way: a table for each asked, in order; None where it cannot be made.
        break_even: a finding for each target, in order; likewise.
        scenarios: the scenario set; None where none is asked, or it cannot be valued.
    """

    two_way: tuple[TwoWay | None, ...] = ()
    break_even: tuple[BreakEven | None, ...] = ()
    scenarios: ScenarioSet | None = None

    @property
    def tables(self) -> tuple[TwoWay, ...]:
        """The two-way tables that were made."""
        return tuple(filter(None, self.two_way))

    @property
    def targets(self) -> tuple[BreakEven, ...]:
        """The targets that were looked for."""
        return tuple(filter(None, self.break_even))

    def plain(self) -> dict[str, Any]:
        """Return what was made as JSON, nothing else."""
        told: dict[str, Any] = {}
        if self.tables:
            told["two_way"] = [one.plain() for one in self.tables]
        if self.targets:
            told["break_even"] = [one.plain() for one in self.targets]
        if self.scenarios is not None:
            told["scenarios"] = self.scenarios.plain()
        return told


NONE_MADE = Analyses()


def analysed(
    case: Case, run: Run, method: Method, params: Any, progress: Progress = ignore
) -> tuple[Analyses, tuple[Issue, ...]]:
    """Return the analyses of a run by its parameters, and why some cannot be made.

    Raises:
        Cancelled: as ``progress`` raises it.
    """
    issues: list[Issue] = []
    asked = run.asked

    def table(one: TwoInputs) -> TwoWay:
        steps = one.across or None, one.down or None
        return two_way(method, params, one.columns, one.rows, *steps, progress)

    def target(one: Target) -> BreakEven:
        return break_even(method, params, one.input, one.target, progress)

    def scenarios(found: tuple[Scenario, ...]) -> ScenarioSet:
        valued = value_scenarios(method, params, weighed(found), progress)
        for one in found:
            _refuse_contradiction(case, run, method, params, one)
        return valued

    tables = _each(_few(run, asked.two_way, issues), table, run, "two_way", issues)
    evens = _each(
        _few(run, asked.break_even, issues), target, run, "break_even", issues
    )
    sets = [asked.scenarios] if asked.scenarios else []
    (weighted,) = _each(sets, scenarios, run, "scenarios", issues) or (None,)
    return Analyses(tables, evens, weighted), tuple(issues)


_WORDS = {
    "two_way": N_("{run}: two-way table {number} cannot be made. {reason}"),
    "break_even": N_("{run}: break-even {number} cannot be found. {reason}"),
    "scenarios": N_("{run}: the scenario set cannot be valued. {reason}"),
}


def _each(
    asked: Iterable[Any],
    make: Callable[[Any], T],
    run: Run,
    name: str,
    issues: list[Issue],
) -> tuple[T | None, ...]:
    """Make each; what cannot be made is None, and an issue."""
    found: list[T | None] = []
    for place, one in enumerate(asked):
        try:
            found.append(make(one))
        except UserError as error:
            values = {"run": run.key, "number": place + 1, "reason": error.wording}
            index = "" if name == "scenarios" else f"[{place}]"
            where = f"{run.key}.asked.{name}{index}"
            words = message(_WORDS[name], **values)
            issues.append(Issue(Severity.ERROR, words, where))
            found.append(None)
    return tuple(found)


def _few(run: Run, asked: tuple[T, ...], issues: list[Issue]) -> tuple[T, ...]:
    if len(asked) > MOST:
        text = N_(
            "{run}: at most {most} two-way tables and {most} targets are reckoned of a"
            " run; ask for fewer."
        )
        words = message(text, run=run.key, most=MOST)
        issues.append(Issue(Severity.ERROR, words, f"{run.key}.asked"))
    return asked[:MOST]


def _refuse_contradiction(
    case: Case, run: Run, method: Method, params: Any, one: Scenario
) -> None:
    """Refuse a scenario that contradicts the case, as one of its runs must not.

    Raises:
        UserError: it does.
    """
    changed = changed_plain(plain_params(params), one)
    stated = {name: changed[name] for name in changed_names(one) if name in changed}
    supposed = replace(run, params=(run.params or {}) | stated)
    for issue in contradictions(case, supposed, method.params):
        if issue.severity is Severity.ERROR:
            text = N_("Scenario “{name}”: {reason}")
            raise UserError(text, name=one.name, reason=issue.wording)
