"""Worked cases with published answers, as data, and the one runner of them.

``resources/examples/`` holds a JSON file for each case: its source, what is run (a
method, a time-value function or a distribution) and the figures that must come out.
Tests and ``valuer self-test`` run the same files. A file that cannot be read or run
is a failed case with its reason, never a crash: self-test is asked when in doubt.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from valuer.core.break_even import break_even
from valuer.core.canonical import from_plain, parse_json
from valuer.core.distributions import DISTRIBUTIONS, Lognormal, stated
from valuer.core.entries import params_or_refuse
from valuer.core.files import read_whole
from valuer.core.method import Result, decimal_of
from valuer.core.problems import UserError
from valuer.core.registry import Registry
from valuer.core.resources import resource
from valuer.core.sampling import FUNCTIONS as CORRELATION_FUNCTIONS
from valuer.core.sampling import Sampling
from valuer.core.simulation import Simulation, simulate
from valuer.core.texts import N_, Message, message
from valuer.core.timevalue import FUNCTIONS
from valuer.core.valuing import rounded


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a case.

    Attributes:
        expected: the figure from outside the program.
        tolerance: how far the program's may be from it, absolutely.
        pick: which of the results it is: ``["value"]``, ``["step", "P", 3]`` (period
            from 1), ``["output", "share"]`` (a path of names and places from 1),
            ``["root", 2]`` (from 1), ``["quantile", 0.05]``, ``["mean"]``, ``["achieved", 1]`` (a rank
            correlation), ``["held_by_top", 0.01]``.
        part: its name within the case, or "" for the only one.
        round_to: the figure is rounded half up to a multiple of this first.
        published: the figure as printed, where that one is rounded or wrong.
    """

    expected: float
    tolerance: float
    pick: list[Any]
    part: str = ""
    round_to: Decimal | None = None
    published: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One worked case.

    Attributes:
        id: the truth's name for ever; files may share one, with other parts.
        kind: published, derived or constructed.
        source: who printed the figures, or from what they follow.
        run: ``{"method", "params"}``, ``{"function", "arguments"}``,
            ``{"distribution"}``, ``{"simulation"}`` or ``{"break_even"}`` (below).
        note: what a reader must know, as where the printed figure is rounded.
    """

    id: str
    title: str
    kind: str
    source: str
    run: dict[str, Any]
    figures: tuple[Figure, ...]
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """How one figure came out.

    Attributes:
        id: the case's id, with ``/part`` where it has several figures.
        actual: what the program found, or None where it found nothing.
        reason: why there is no figure, or None.
    """

    id: str
    expected: float | None
    actual: float | None
    passed: bool
    reason: Message | None = None

    def plain(self) -> dict[str, Any]:
        """Return the outcome as JSON."""
        found = {
            "id": self.id,
            "expected": self.expected,
            "actual": self.actual,
            "passed": self.passed,
        }
        return found | ({"reason": str(self.reason)} if self.reason else {})


@dataclass(frozen=True, slots=True)
class SimulationRun:
    """A simulation of a worked case."""

    method: str
    params: dict[str, Any]
    scenarios: int
    seed: int = 0
    sampling: Sampling = Sampling()  # noqa: RUF009 - a value that never changes


@dataclass(frozen=True, slots=True)
class BreakEvenRun:
    """A search for the positions of an input at which the value is the target."""

    method: str
    params: dict[str, Any]
    input: str
    target: float


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {**FUNCTIONS, **CORRELATION_FUNCTIONS}

_NUMBERS = ("mean", "variance", "sigma", "mu", "median", "mode", "se", "sd")
"""What a distribution or a simulation tells by one name."""


def example_files() -> tuple[Path, ...]:
    """Return the files of the built-in worked cases, by name."""
    folder = resource("examples")
    return tuple(sorted(folder.glob("*.json")))


def read_example(path: Path) -> Example:
    """Return the worked case in a file.

    Raises:
        UserError: it cannot be read, or is none.
    """
    example = from_plain(parse_json(read_whole(path), path.name), Example)
    if not example.figures:
        raise UserError(N_("{file} names no figure."), file=path.name)
    return example


def run_examples(
    methods: Registry, files: tuple[Path, ...] | None = None
) -> tuple[ExampleOutcome, ...]:
    """Return how every figure of the worked cases comes out."""
    paths = example_files() if files is None else files
    if not paths:
        reason = message(N_("The folder of worked cases is empty."))
        return (ExampleOutcome("examples", None, None, passed=False, reason=reason),)
    return tuple(one for path in paths for one in _outcomes(path, methods))


def _outcomes(path: Path, methods: Registry) -> Iterator[ExampleOutcome]:
    try:
        example = read_example(path)
    except UserError as error:
        yield ExampleOutcome(path.stem, None, None, passed=False, reason=error.wording)
        return
    found, reason = _result(example, methods)
    for figure in example.figures:
        yield _compared(example, figure, found, reason)


def _result(example: Example, methods: Registry) -> tuple[Any, Message | None]:
    """Return what the case's run gives, or None and the reason."""
    try:
        with np.errstate(all="ignore"):
            return _run(example.run, methods), None
    except UserError as error:
        return None, error.wording
    # What numpy says of flows and dates that do not go together.
    except (ArithmeticError, ValueError, TypeError) as error:
        return None, message(N_("It cannot be run: {error}."), error=str(error))


def _run(run: dict[str, Any], methods: Registry) -> Any:
    match run:
        case {"method": str(key), "params": dict(given), **rest} if not rest:
            method = methods.find(key)
            params, _ = params_or_refuse(method.params, given)
            return method.run(params)
        case {"function": str(name), "arguments": dict(given), **rest} if not rest:
            if name not in _FUNCTIONS:
                raise UserError(N_("There is no function “{name}”."), name=name)
            arguments = {key: _argument(value) for key, value in given.items()}
            inspect.signature(_FUNCTIONS[name]).bind(**arguments)
            return _FUNCTIONS[name](**arguments)
        case {"distribution": dict(given), **rest} if not rest:
            numbers = {str(key): value for key, value in given.items()}
            name = str(numbers.pop("dist", ""))
            if name not in DISTRIBUTIONS:
                raise UserError(N_("There is no distribution “{name}”."), name=name)
            return stated(name, numbers)
        case {"simulation": dict(given), **rest} if not rest:
            return _simulated(from_plain(given, SimulationRun), methods)
        case {"break_even": dict(given), **rest} if not rest:
            asked = from_plain(given, BreakEvenRun)
            method = methods.find(asked.method)
            params, _ = params_or_refuse(method.params, asked.params)
            return break_even(method, params, asked.input, asked.target).positions
    raise UserError(
        N_("The run of a worked case names a method, a function or a distribution.")
    )


def _simulated(asked: SimulationRun, methods: Registry) -> Simulation:
    method = methods.find(asked.method)
    params, _ = params_or_refuse(method.params, asked.params)
    sampling = asked.sampling
    return simulate(method, params, asked.scenarios, asked.seed, sampling=sampling)


def _argument(given: Any) -> Any:
    """Return an argument of a function: numbers as they are, texts as dates."""
    if isinstance(given, list):
        return [_argument(one) for one in given]
    return date.fromisoformat(given) if isinstance(given, str) else given


def _compared(
    example: Example, figure: Figure, found: Any, reason: Message | None
) -> ExampleOutcome:
    name = f"{example.id}/{figure.part}" if figure.part else example.id
    actual = None if reason else _picked(found, figure.pick)
    if actual is None or not math.isfinite(actual):
        reason = reason or message(N_("The run gives no such figure."))
        return ExampleOutcome(name, figure.expected, None, passed=False, reason=reason)
    if figure.round_to is not None:
        actual = float(rounded(decimal_of(actual), figure.round_to))
    passed = abs(actual - figure.expected) <= figure.tolerance
    return ExampleOutcome(name, figure.expected, actual, passed)


def _picked(found: Any, pick: list[Any]) -> float | None:
    """Return one figure of a result, or None where it has none such."""
    match pick:
        case ["value"] if isinstance(found, Result):
            return found.value
        case ["value"] if isinstance(found, float):
            return found
        case ["step", str(symbol), int(period)] if isinstance(found, Result):
            rows = [step.values for step in found.working if step.symbol == symbol]
            return rows[0][period - 1] if rows and 0 < period <= len(rows[0]) else None
        case ["output", *path] if isinstance(found, Result):
            return _within(found.outputs, path)
        case ["root", int(place)] if isinstance(found, tuple):
            return float(found[place - 1]) if 0 < place <= len(found) else None
        case ["quantile", float(share)] if hasattr(found, "quantile"):
            return float(found.quantile(np.asarray(share)))
        case ["held_by_top", float(share)] if isinstance(found, Lognormal):
            return found.held_by_top(share)
        case ["achieved", int(place)] if isinstance(found, Simulation):
            pairs = found.correlations
            return pairs[place - 1].achieved if 0 < place <= len(pairs) else None
        case [str(name)] if name in _NUMBERS and hasattr(found, name):
            return float(getattr(found, name))
    return None


def _within(outputs: Any, path: list[Any]) -> float | None:
    """Return the number at a path of names and places (from 1), or None."""
    for part in path:
        if isinstance(part, int) and isinstance(outputs, list | tuple):
            outputs = outputs[part - 1] if 0 < part <= len(outputs) else None
        else:
            outputs = outputs.get(part) if isinstance(outputs, Mapping) else None
    return float(outputs) if isinstance(outputs, int | float) else None
