"""Scenario sets (情景分析): named changes of the inputs, each with its weight.

Each scenario replaces parameters by others and is valued by itself; the weighted mean
is told with the weighted standard deviation. A key names a parameter
(``royalty_rate``), or one place within (``revenue[2]``, ``items[0].amount``).
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from valuer.core.asked import Scenario
from valuer.core.canonical import from_plain
from valuer.core.entries import params_or_refuse, plain_params
from valuer.core.method import Method
from valuer.core.params import Parameter, parameters
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.quantities import Place
from valuer.core.texts import N_, Message, message

MOST = 100
"""The most scenarios of a set."""

FIXED = ("currency", "valuation_date")
"""Facts that stay the same, else the values could not be weighed together."""

_STEP = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[([0-9]{1,4})\]|\.")
_SUM = 1e-9


@dataclass(frozen=True, slots=True)
class ScenarioValue:
    """What a scenario is worth, in the run's currency."""

    name: str
    weight: float
    value: float


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """What a set of scenarios is worth.

    Attributes:
        mean: the weighted mean; ``sd``: the weighted standard deviation.
    """

    scenarios: tuple[ScenarioValue, ...]
    mean: float
    sd: float

    def plain(self) -> dict[str, Any]:
        """Return the finding as JSON."""
        told = [
            {"name": one.name, "weight": one.weight, "value": one.value}
            for one in self.scenarios
        ]
        return {"scenarios": told, "mean": self.mean, "sd": self.sd}


def read_scenarios(plain: Any) -> tuple[Scenario, ...]:
    """Return a set from JSON: ``[{"name", "weight", "changes"}, …]``.

    Raises:
        UserError: it is no such list, or the weights do not sum to one.
    """
    return weighed(from_plain(plain, tuple[Scenario, ...]))


def weighed(found: tuple[Scenario, ...]) -> tuple[Scenario, ...]:
    """Return a set whose scenarios have names of their own and weights that sum to one.

    Raises:
        UserError: they do not.
    """
    if not 1 <= len(found) <= MOST:
        text = N_("A scenario set has 1 to {most} scenarios; this one has {count}.")
        raise UserError(text, most=MOST, count=len(found))
    names = [one.name for one in found]
    for one in found:
        if not one.name.strip() or names.count(one.name) > 1:
            text = N_("Each scenario needs a name of its own; “{name}” is none.")
            raise UserError(text, name=one.name)
        if not one.weight >= 0:
            text = N_("Scenario “{name}”: the weight must not be below nought.")
            raise UserError(text, name=one.name)
    total = sum(one.weight for one in found)
    if abs(total - 1) > _SUM:
        text = N_("The weights of the scenarios must sum to one; they sum to {total}.")
        raise UserError(text, total=f"{total:.10g}")
    return found


def value_scenarios(
    method: Method,
    params: Any,
    scenarios: tuple[Scenario, ...],
    progress: Progress = ignore,
) -> ScenarioSet:
    """Value every scenario, what it does not change standing as in ``params``.

    Raises:
        UserError: a change names no parameter, or a scenario cannot be valued.
        Cancelled: as ``progress`` raises it.
    """
    found = []
    for done, one in enumerate(scenarios):
        progress(done, len(scenarios))
        try:
            found.append(scenario_value(method, params, one))
        except UserError as error:
            text = N_("Scenario “{name}”: {reason}")
            raise UserError(text, name=one.name, reason=error.wording) from None
    progress(len(scenarios), len(scenarios))
    return weigh(tuple(found))


def scenario_value(method: Method, params: Any, scenario: Scenario) -> ScenarioValue:
    """Return what one scenario is worth.

    Raises:
        UserError: a change names no parameter, or it cannot be valued.
    """
    value = method.run(changed_params(method, params, scenario)).value
    return ScenarioValue(scenario.name, scenario.weight, value)


def weigh(found: tuple[ScenarioValue, ...]) -> ScenarioSet:
    """Return the set of scenarios that were valued, whose weights sum to one.

    Raises:
        UserError: their values are too far from each other for a deviation.
    """
    mean = math.fsum(one.weight * one.value for one in found)
    away = [one.value - mean for one in found]
    furthest = max(map(abs, away))
    if not math.isfinite(furthest):
        raise UserError(N_("Some scenarios give no finite value; narrow the inputs."))
    # Relative to the furthest: squares of great values are beyond a float.
    shares = [part / furthest for part in away] if furthest else away
    squares = (one.weight * share**2 for one, share in zip(found, shares, strict=True))
    return ScenarioSet(found, mean, furthest * math.sqrt(math.fsum(squares)))


def changed_params(method: Method, params: Any, scenario: Scenario) -> Any:
    """Return the parameters as a scenario changes them.

    Raises:
        UserError: a change names no place among them, or is none there.
    """
    changed = changed_plain(plain_params(params), scenario)
    names = changed_names(scenario)
    for one in parameters(method.params):
        if one.fact in FIXED and one.name in names:
            text = N_("{label} must be the same in all scenarios.")
            raise UserError(text, label=message(one.label))
    return params_or_refuse(method.params, changed)[0]


def changed_names(scenario: Scenario) -> set[str]:
    """Return which parameters a scenario changes, in whole or in part.

    Raises:
        UserError: a change names no place.
    """
    return {str(_steps(path)[0]) for path in scenario.changes}


def changed_plain(given: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Return parameters as JSON with the changes of a scenario in place.

    They are made in the order of their paths, as JSON keeps them: a whole before its
    parts.

    Raises:
        UserError: a change names no place among them.
    """
    changed = copy.deepcopy(dict(given))
    for path, value in sorted(scenario.changes.items()):
        steps = _steps(path)
        place: Any = changed
        for step in steps[:-1]:
            place = _within(place, step, path)
        if isinstance(place, list):
            _within(place, steps[-1], path)
        elif not isinstance(place, dict):
            raise _no_place(path)
        place[steps[-1]] = value
    return changed


def named(kind: type[Any], path: str) -> tuple[Parameter, Message]:
    """Return the parameter that reads what a change states, and what people call it.

    Raises:
        UserError: there is no such place among parameters of ``kind``.
    """
    first, *steps = _steps(path)
    one = _among(parameters(kind), first, path)
    table: tuple[Parameter, int] | None = None
    if one.columns and steps:
        row = int(_next(steps, int, path)) + 1
        if not steps:
            text = N_("{table}, row {row}")
            return one, message(text, table=message(one.label), row=row)
        table = one, row
        one = _among(one.columns, _next(steps, str, path), path)
    period = int(steps.pop(0)) + 1 if steps and isinstance(steps[0], int) else None
    key = str(_next(steps, str, path)) if steps else ""
    item = int(_next(steps, int, path)) + 1 if steps else None
    if steps:
        raise _no_place(path)
    return one, Place(one, period, key, table, item).label


def _among(known: tuple[Parameter, ...], name: str | int, path: str) -> Parameter:
    found = next((one for one in known if one.name == name), None)
    if found is None:
        raise _no_place(path)
    return found


def _next(steps: list[str | int], kind: type[Any], path: str) -> str | int:
    if not isinstance(steps[0], kind):
        raise _no_place(path)
    return steps.pop(0)


def _steps(path: str) -> list[str | int]:
    """Return the names and places of a path such as ``items[0].amount``."""
    found: list[str | int] = []
    end = 0
    for match in _STEP.finditer(path):
        if match.start() != end:
            break
        end = match.end()
        if match[1]:
            found.append(match[1])
        elif match[2]:
            found.append(int(match[2]))
    if end != len(path) or not found or isinstance(found[0], int):
        raise _no_place(path)
    return found


def _within(place: Any, step: str | int, path: str) -> Any:
    try:
        return place[step]
    except (LookupError, TypeError):
        raise _no_place(path) from None


def _no_place(path: str) -> UserError:
    return UserError(N_("“{path}” is no place among the inputs."), path=path[:60])
