"""Which inputs of a run were entered, and which of them rest on anything (参数依据)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from valuer.core.case import Run
from valuer.core.engagement import Evidence
from valuer.core.grounds import InputGround
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.references import is_reference

_FIGURES = (Kind.MONEY, Kind.RATE, Kind.NUMBER, Kind.YEARS, Kind.TABLE)


def entered(run: Run, params: type) -> tuple[Parameter, ...]:
    """Return the figures entered in a run: neither quoted, found above nor a choice."""
    stated = run.params or {}
    return tuple(
        one
        for one in parameters(params)
        if one.measure.kind in _FIGURES
        and stated.get(one.name) not in (None, [], ())
        and not is_reference(stated[one.name])
    )


def grounds_of(run: Run) -> Mapping[str, InputGround]:
    """Return the grounds of a run's inputs by the name of the input."""
    return {one.input: one for one in run.grounds}


def supporting(run: Run, name: str, evidence: tuple[Evidence, ...]) -> Iterator[int]:
    """Yield the places of the documents that support an input or a part of it."""
    where = f"runs.{run.key}.{name}"
    for place, one in enumerate(evidence):
        about = one.about
        if about == where or about.startswith((f"{where}.", f"{where}[")):
            yield place


def unjustified(
    run: Run, params: type, evidence: tuple[Evidence, ...]
) -> tuple[Parameter, ...]:
    """Return the figures entered of which neither a text nor a document tells more."""
    told = grounds_of(run)
    return tuple(
        one
        for one in entered(run, params)
        if not (one.name in told and told[one.name].text.strip())
        and next(supporting(run, one.name, evidence), None) is None
    )
