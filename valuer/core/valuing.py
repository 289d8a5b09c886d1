"""Value a case: every run, the issues, and the conclusion that follows.

Nothing here is typed or kept: value, working and conclusion are found anew from the
case each time, which is what makes a signed report recomputable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from valuer.core.capitals import capitals
from valuer.core.case import Case, Conclusion, Run
from valuer.core.entries import plain_params, read_params
from valuer.core.facts import bound, contradictions
from valuer.core.method import Method, Result, decimal_of, is_uncertain
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.registry import Registry
from valuer.core.sensitivity import Swing, one_way
from valuer.core.simulation import Simulation, simulate
from valuer.core.standing import Standing, standing
from valuer.core.texts import N_, message

_DIGITS = 400
"""Digits that hold any float and any unit, so that rounding never fails."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """One run as valued; ``result`` is None where it could not be.

    Attributes:
        given: its parameters as JSON, those from the case filled in.
    """

    run: Run
    method: Method
    given: dict[str, Any]
    result: Result | None
    simulation: Simulation | None
    swings: tuple[Swing, ...]


@dataclass(frozen=True, slots=True)
class Concluded:
    """The conclusion in figures: rounded to its unit, in digits and capitals."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    currency: str
    capitals: str


@dataclass(frozen=True, slots=True)
class Valuation:
    """Everything found of a case."""

    runs: tuple[RunResult, ...]
    standings: tuple[Standing, ...]
    conclusion: Concluded | None
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop a report."""
        return tuple(one for one in self.issues if one.severity is Severity.ERROR)


def value_case(case: Case, methods: Registry, progress: Progress = ignore) -> Valuation:
    """Value a case; what is wrong with it is among the issues.

    Raises:
        Cancelled: as ``progress`` raises it.
    """
    standings = _standings(case)
    issues = [issue for one in standings for issue in one.issues]
    if case.valuation_date is None:
        issues.append(_error(N_("State the valuation date."), "valuation_date"))
    runs = []
    for run in case.runs:
        valued, found = _value_run(case, run, methods, progress)
        issues.extend(found)
        if valued is not None:
            runs.append(valued)
    issues.extend(_twice(case))
    stopped = any(issue.severity is Severity.ERROR for issue in issues)
    conclusion = None
    if case.conclusion is not None and not stopped:
        conclusion, found = _conclude(case, case.conclusion, runs)
        issues.extend(found)
    return Valuation(tuple(runs), standings, conclusion, tuple(issues))


def _standings(case: Case) -> tuple[Standing, ...]:
    if case.valuation_date is None:
        return ()
    return tuple(
        standing(patent, case.valuation_date, case.purpose) for patent in case.patents
    )


def _value_run(
    case: Case, run: Run, methods: Registry, progress: Progress
) -> tuple[RunResult | None, list[Issue]]:
    try:
        method = methods.find(run.method, run.version)
    except UserError as error:
        return None, [Issue(Severity.ERROR, error.wording, run.key)]
    given = bound(case, run, method.params)
    params, found = read_params(method.params, given)
    issues = [*contradictions(case, run, method.params), *_of_run(run, found)]
    if params is not None:
        issues.extend(_of_run(run, method.check(params)))
    if params is None or any(one.severity is Severity.ERROR for one in issues):
        return RunResult(run, method, given, None, None, ()), issues
    try:
        result = method.run(params)
        simulation = _simulation(run, method, params, progress)
        swings = one_way(method, params)
    except UserError as error:
        issues.append(Issue(Severity.ERROR, error.wording, run.key))
        return RunResult(run, method, given, None, None, ()), issues
    given = plain_params(params) | given
    return RunResult(run, method, given, result, simulation, swings), issues


def _simulation(
    run: Run, method: Method, params: Any, progress: Progress
) -> Simulation | None:
    if not run.scenarios or not is_uncertain(params):
        return None
    return simulate(method, params, run.scenarios, run.seed, progress)


def _of_run(run: Run, issues: tuple[Issue, ...]) -> list[Issue]:
    return [
        Issue(one.severity, one.wording, f"{run.key}.{one.where}") for one in issues
    ]


def _twice(case: Case) -> list[Issue]:
    keys = [run.key for run in case.runs]
    return [
        _error(N_("Two runs have the key “{key}”."), "runs", key=key)
        for key in sorted({key for key in keys if keys.count(key) > 1})
    ]


def _conclude(
    case: Case, conclusion: Conclusion, runs: list[RunResult]
) -> tuple[Concluded | None, list[Issue]]:
    if conclusion.unit <= 0:
        return None, [
            _error(
                N_("The unit of the conclusion must be above nought."),
                "conclusion.unit",
            )
        ]
    exact, issues = _exact(conclusion, runs)
    if exact is None:
        return None, issues
    value = rounded(exact, conclusion.unit)
    low, high = conclusion.low, conclusion.high
    if (low is not None and low > value) or (high is not None and high < value):
        text = N_("The range of the conclusion does not hold its value {value}.")
        issues.append(_error(text, "conclusion", value=value))
        return None, issues
    words = capitals(value, case.currency)
    return Concluded(value, low, high, case.currency, words), issues


def _exact(
    conclusion: Conclusion, runs: list[RunResult]
) -> tuple[Decimal | None, list[Issue]]:
    valued = {one.run.key: one.result for one in runs if one.result is not None}
    if conclusion.run:
        result = valued.get(conclusion.run)
        if result is None:
            text = N_(
                "The conclusion adopts the run “{key}”, which the case does not have."
            )
            return None, [_error(text, "conclusion.run", key=conclusion.run)]
        return decimal_of(result.value), []
    if len(valued) == 1:
        return decimal_of(next(iter(valued.values())).value), []
    return _weighted(runs)


def _weighted(runs: list[RunResult]) -> tuple[Decimal | None, list[Issue]]:
    weights = [one.run.weight for one in runs]
    if not runs or any(weight is None for weight in weights):
        text = N_("The conclusion adopts no run; name one, or give each run a weight.")
        return None, [_error(text, "conclusion.run")]
    if any(weight < 0 for weight in weights if weight is not None):
        return None, [
            _error(N_("The weight of a run must not be below nought."), "runs")
        ]
    if sum(weight for weight in weights if weight is not None) != 1:
        return None, [_error(N_("The weights of the runs must add to 1."), "runs")]
    missing = [one.run.key for one in runs if not one.run.reason]
    if missing:
        text = N_("The run “{key}” is weighted; state the reason.")
        return None, [_error(text, f"{missing[0]}.reason", key=missing[0])]
    # Without errors every run has its result and, seen above, its weight.
    shares = [
        decimal_of(one.result.value) * one.run.weight
        for one in runs
        if one.result is not None and one.run.weight is not None
    ]
    return sum(shares, Decimal(0)), []


def rounded(amount: Decimal, unit: Decimal) -> Decimal:
    """Return an amount as the nearest multiple of ``unit``, halves up."""
    with localcontext(prec=_DIGITS):
        count = (amount / unit).quantize(Decimal(1), ROUND_HALF_UP)
        return count * unit


def _error(text: str, where: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def with_versions(case: Case, methods: Registry) -> Case:
    """Return the case with each run's newest formula version written down.

    Raises:
        UserError: a run names a method or a version that is not known.
    """
    runs = tuple(
        replace(run, version=methods.find(run.method, run.version).version)
        for run in case.runs
    )
    return case if runs == case.runs else replace(case, runs=runs)
