"""Value a case: every run, the issues, and the conclusion that follows.

Nothing here is typed or kept: value, working and conclusion are found anew from the
case each time, which is what makes a signed report recomputable.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from valuer.core.analyses import analysed
from valuer.core.case import PURPOSE_NAMES, Case, Run
from valuer.core.concluding import (
    RULES,
    Concluded,
    Differences,
    conclude,
    differences,
    rounded,
)
from valuer.core.entries import plain_params, read_params
from valuer.core.facts import bound, contradictions
from valuer.core.method import Method, is_uncertain
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.rate_fit import rate_fit
from valuer.core.references import in_order, resolved, taken
from valuer.core.registry import Registry
from valuer.core.run_results import RunResult
from valuer.core.sensitivity import one_way
from valuer.core.share_evidence import BLANK_SOURCE
from valuer.core.simulation import Simulation, simulate
from valuer.core.standing import Standing, standing
from valuer.core.texts import N_, message
from valuer.core.work import of_run

__all__ = [
    "Concluded",
    "Differences",
    "RunResult",
    "Valuation",
    "rounded",
    "value_case",
    "valuing_runs",
    "with_analyses",
    "with_versions",
]


@dataclass(frozen=True, slots=True)
class Valuation:
    """Everything found of a case.

    Attributes:
        rules: number of the rules of conclusion by which it was judged.
        methods: those it was valued with.
    """

    runs: tuple[RunResult, ...]
    standings: tuple[Standing, ...]
    conclusion: Concluded | None
    issues: tuple[Issue, ...]
    rules: int = RULES
    methods: Registry = field(default=Registry(), compare=False)

    @property
    def valuing(self) -> tuple[RunResult, ...]:
        """The runs whose results are values; the others found rates, shares, lives."""
        return tuple(one for one in self.runs if one.method.is_valuing)

    @property
    def differences(self) -> Differences | None:
        """How far the results lie apart; None with fewer than two of them."""
        return differences(self.valuing)

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop a report."""
        return tuple(one for one in self.issues if one.severity is Severity.ERROR)


def value_case(
    case: Case,
    methods: Registry,
    progress: Progress = ignore,
    rules: int = RULES,
    most_work: float = math.inf,
) -> Valuation:
    """Value a case; what is wrong with it is among the issues.

    ``rules`` are those of the conclusion; a report of old is judged by its own. A case
    that takes more than ``most_work`` is not valued beyond it.

    Raises:
        Cancelled: as ``progress`` raises it.
    """
    standings = _standings(case)
    issues = [issue for one in standings for issue in one.issues]
    if case.valuation_date is None:
        issues.append(_error(N_("State the valuation date."), "valuation_date"))
    runs, found = _value_runs(case, methods, progress, most_work)
    issues += [*found, *_twice(case)]
    stopped = any(issue.severity is Severity.ERROR for issue in issues)
    conclusion = None
    if case.conclusion is not None and not stopped:
        valuing = [one for one in runs if one.method.is_valuing]
        conclusion, found = conclude(case, case.conclusion, valuing, rules)
        issues.extend(found)
    return Valuation(tuple(runs), standings, conclusion, tuple(issues), rules, methods)


def with_analyses(
    valuation: Valuation, case: Case, progress: Progress = ignore
) -> Valuation:
    """Return a valuation that was made without them with the analyses of its runs.

    ``case`` is the one valued, asking for them.

    Raises:
        Cancelled: as ``progress`` raises it.
    """
    asking = {run.key: run for run in case.runs}
    runs, issues = [], [*valuation.issues]
    for one in valuation.runs:
        params = None
        if one.result is not None and one.run.key in asking:
            params, _ = read_params(one.method.params, one.given)
        if params is None:
            runs.append(one)
            continue
        run = replace(asking[one.run.key], params=one.given)
        made, unmade = analysed(case, run, one.method, params, progress)
        kept = replace(one.run, asked=run.asked)
        runs.append(replace(one, run=kept, analyses=made))
        issues += unmade
    return replace(valuation, runs=tuple(runs), issues=tuple(issues))


def _standings(case: Case) -> tuple[Standing, ...]:
    if case.valuation_date is None:
        return ()
    return tuple(
        standing(patent, case.valuation_date, case.purpose) for patent in case.patents
    )


def _value_runs(
    case: Case, methods: Registry, progress: Progress, most_work: float
) -> tuple[list[RunResult], list[Issue]]:
    """Value the runs, those needed by others first; return them in the case's order."""
    places, issues = in_order(case.runs)
    valued: dict[int, RunResult] = {}
    told: dict[int, list[Issue]] = {}
    for place in places:
        before = [valued[one] for one in places if one in valued]
        left = most_work - math.fsum(one.work for one in before)
        found, told[place] = _value_run(
            case, case.runs[place], methods, before, progress, left
        )
        if found is not None:
            valued[place] = found
    in_turn = [issue for place in sorted(told) for issue in told[place]]
    return [valued[place] for place in sorted(valued)], [*issues, *in_turn]


def _value_run(
    case: Case,
    run: Run,
    methods: Registry,
    before: Sequence[RunResult],
    progress: Progress,
    most_work: float,
) -> tuple[RunResult | None, list[Issue]]:
    try:
        method = methods.find(run.method, run.version)
    except UserError as error:
        return None, [Issue(Severity.ERROR, error.wording, run.key)]
    stated = run.params or {}
    plain, wrong = resolved(run, stated, method.params, before)
    if wrong:
        return RunResult(run, method, stated, None, None, (), taken(stated)), [*wrong]
    used = taken(stated)
    unfit = list(rate_fit(case, run, used, {one.run.key: one for one in before}))
    plainly = replace(run, params=plain)
    found, issues = _value_plain(case, plainly, method, progress, most_work)
    answered = {f"{run.key}.{one.where}" for one in used}
    told = (
        one
        for one in issues
        if one.wording.text != BLANK_SOURCE or one.where not in answered
    )
    return replace(found, run=run, taken=used), [*unfit, *told]


def _value_plain(
    case: Case, run: Run, method: Method, progress: Progress, most_work: float
) -> tuple[RunResult, list[Issue]]:
    """Value a run whose figures all stand in its own parameters or in the case."""
    given = bound(case, run, method.params)
    params, found = read_params(method.params, given)
    issues = [*contradictions(case, run, method.params), *_of_run(run, found)]
    issues.extend(_off_purpose(case, run, method))
    if params is not None:
        issues.extend(_of_run(run, method.check(params)))
    if params is None or any(one.severity is Severity.ERROR for one in issues):
        return RunResult(run, method, given, None, None, ()), issues
    work = of_run(method, params, run.scenarios, run.asked)
    if work > most_work:
        issues.append(_error(TOO_MUCH_WORK, run.key, run=run.key))
        return RunResult(run, method, given, None, None, ()), issues
    try:
        result = method.run(params)
        simulation = _simulation(run, method, params, progress)
        swings = one_way(method, params)
    except UserError as error:
        issues.append(Issue(Severity.ERROR, error.wording, run.key))
        return RunResult(run, method, given, None, None, ()), issues
    analyses, unmade = analysed(case, run, method, params, progress)
    given = plain_params(params) | given
    valued = RunResult(run, method, given, result, simulation, swings)
    return replace(valued, work=work, analyses=analyses), [*issues, *unmade]


TOO_MUCH_WORK = N_(
    "To compute the report anew would take too long, with “{run}” among its runs; use"
    " fewer scenarios, paths or steps, or ask for fewer analyses."
)


def _off_purpose(case: Case, run: Run, method: Method) -> list[Issue]:
    """Warn of a method whose result is not meant for the purpose of the case."""
    if not method.purposes or case.purpose in method.purposes:
        return []
    text = N_(
        "{run}: {method} serves another purpose than that of the case, “{purpose}”; its"
        " result must not be adopted or weighed as the value."
    )
    purpose = message(PURPOSE_NAMES[case.purpose])
    words = message(text, run=run.key, method=message(method.title), purpose=purpose)
    return [Issue(Severity.WARNING, words, run.key)]


def _simulation(
    run: Run, method: Method, params: Any, progress: Progress
) -> Simulation | None:
    if not run.scenarios or not is_uncertain(params):
        return None
    return simulate(method, params, run.scenarios, run.seed, progress, run.sampling)


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


def _error(text: str, where: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def valuing_runs(case: Case, methods: Registry) -> tuple[Run, ...]:
    """Return the runs that value, among them those whose method is not known here."""

    def is_valuing(run: Run) -> bool:
        try:
            return methods.find(run.method, run.version).is_valuing
        except UserError:
            return True

    return tuple(filter(is_valuing, case.runs))


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
