"""What one run of a case takes from another: a rate, a share, a life found there.

Among the parameters of a run ``{"from": "wacc"}`` stands for the result of the run of
that key, and ``{"from": "licences", "output": "median"}`` for one of its outputs. So a
discount rate has its own working in the case, and the value that rests on it follows
when it changes. Runs are valued in the order in which they need each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valuer.core.case import Run
from valuer.core.method import Finds
from valuer.core.params import Kind, parameters
from valuer.core.problems import Issue, Severity
from valuer.core.run_results import RunResult, Taken
from valuer.core.texts import N_, message

FROM, OUTPUT = "from", "output"

_FITTING = {
    Kind.MONEY: (Finds.VALUE, Finds.AMOUNT),
    Kind.RATE: (Finds.RATE, Finds.SHARE, Finds.FACTOR),
    Kind.YEARS: (Finds.YEARS,),
    Kind.NUMBER: tuple(Finds),
}
"""What results may stand for a figure of each kind."""


def is_reference(given: Any) -> bool:
    """Whether this entry stands for what another run found."""
    return isinstance(given, Mapping) and FROM in given


def fits(finds: Finds, kind: Kind) -> bool:
    """Whether a result of this meaning may stand for a figure of this kind."""
    return finds in _FITTING.get(kind, ())


def taken(params: Mapping[str, Any]) -> tuple[Taken, ...]:
    """Return every reference among the parameters of a run, in their order."""
    return tuple(found for name in params for found in _within(params[name], name))


def in_order(runs: Sequence[Run]) -> tuple[tuple[int, ...], tuple[Issue, ...]]:
    """Return the places of the runs, those needed first, and what cannot be ordered.

    Runs that need each other in a circle are left out, each with an error.
    """
    needs = {place: _needed(place, runs) for place in range(len(runs))}
    ordered: list[int] = []
    left = list(needs)
    while ready := [place for place in left if needs[place] <= {*ordered}]:
        ordered += ready
        left = [place for place in left if place not in ready]
    text = N_(
        "{run} takes a figure from a run that itself needs this one; break the circle."
    )
    issues = (
        Issue(Severity.ERROR, message(text, run=runs[place].key), runs[place].key)
        for place in left
    )
    return tuple(ordered), tuple(issues)


def resolved(
    run: Run, given: Mapping[str, Any], params: type[Any], found: Sequence[RunResult]
) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Return parameters with the figures taken in place, and what is wrong with them.

    An entry that cannot be resolved is left out.
    """
    known = {one.run.key: one for one in found}
    kinds = {one.name: one.measure.kind for one in parameters(params)}
    issues = []
    figures: dict[str, Any] = {}
    for one in taken(given):
        figure, wrong = _figure(run, one, kinds.get(one.where), known)
        issues += wrong
        if figure is not None:
            figures[one.where] = figure
    plain = {
        name: _put(value, name, figures)
        for name, value in given.items()
        if not is_reference(value) or name in figures
    }
    return plain, tuple(issues)


def _within(given: Any, where: str) -> Iterator[Taken]:
    if is_reference(given):
        yield Taken(where, str(given[FROM]), str(given.get(OUTPUT) or ""))
    elif isinstance(given, Mapping):
        for name, value in given.items():
            yield from _within(value, f"{where}.{name}")
    elif isinstance(given, list | tuple):
        for place, value in enumerate(given):
            yield from _within(value, f"{where}[{place}]")


def _needed(place: int, runs: Sequence[Run]) -> set[int]:
    keys = {one.run for one in taken(runs[place].params or {})}
    return {other for other, run in enumerate(runs) if run.key in keys}


def _put(given: Any, where: str, figures: Mapping[str, Any]) -> Any:
    if is_reference(given):
        return figures.get(where)
    if isinstance(given, Mapping):
        return {
            name: _put(value, f"{where}.{name}", figures)
            for name, value in given.items()
        }
    if isinstance(given, list | tuple):
        return [
            _put(value, f"{where}[{place}]", figures)
            for place, value in enumerate(given)
        ]
    return given


def _figure(
    run: Run, one: Taken, kind: Kind | None, known: Mapping[str, RunResult]
) -> tuple[Any, list[Issue]]:
    """Return the figure that a reference stands for, or None and why not."""
    source = known.get(one.run)
    if source is None:
        text = N_("{run}: the case has no run “{key}” to take a figure from.")
        return None, [_error(run, one, text, key=one.run)]
    if source.result is None:
        text = N_("{run}: “{key}” has no result yet to take a figure from.")
        return None, [_error(run, one, text, key=one.run)]
    if one.output:
        figure = source.result.outputs.get(one.output)
        if isinstance(figure, list) and _are_numbers(figure):
            return figure, []
        if not _are_numbers([figure]):
            text = N_("{run}: “{key}” tells no figure “{output}”.")
            return None, [_error(run, one, text, key=one.run, output=one.output)]
        return figure, []
    if kind is not None and not fits(source.method.finds, kind):
        text = N_(
            "{run}: “{key}” finds something else than is wanted here; it cannot be"
            " taken for “{where}”."
        )
        return None, [_error(run, one, text, key=one.run, where=one.where)]
    return source.result.value, []


def _are_numbers(given: list[Any]) -> bool:
    return all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in given
    )


def _error(run: Run, one: Taken, text: str, **values: object) -> Issue:
    wording = message(text, run=run.key, **values)
    return Issue(Severity.ERROR, wording, f"{run.key}.{one.where}")
