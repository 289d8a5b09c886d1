"""The inputs of one run, each in full with its origin (参数及其来源)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from valuer.core.case import Case, Run
from valuer.core.facts import facts
from valuer.core.grounds import OBSERVABILITY_NAMES, InputGround
from valuer.core.justified import entered, grounds_of
from valuer.core.method import Result
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.problems import Severity
from valuer.core.references import is_reference
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.reports import formats
from valuer.reports.sections.blocks import (
    DASH,
    Block,
    Column,
    Heading,
    Points,
    Prose,
    Table,
)
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.file import support
from valuer.reports.sections.table_inputs import table_of_inputs


class Origin(StrEnum):
    """Where an input comes from."""

    TYPED = "typed"
    FOUND = "found"
    QUOTED = "quoted"
    COMPUTED = "computed"
    DEFAULT = "default"


ORIGIN_NAMES = {
    Origin.TYPED: N_("entered"),
    Origin.FOUND: N_("found above"),
    Origin.QUOTED: N_("quoted"),
    Origin.COMPUTED: N_("computed"),
    Origin.DEFAULT: N_("default"),
}

ORIGIN_MEANINGS = {
    Origin.TYPED: N_("entered in the case for this method"),
    Origin.FOUND: N_("found by another method of this case, shown with its working"),
    Origin.QUOTED: N_("quoted from the case: its forecast, its dates, its currency"),
    Origin.COMPUTED: N_("computed from the kind and the filing date of the patents"),
    Origin.DEFAULT: N_("the program's default, set by no standard"),
}

_COMPUTED_FACTS = ("expiry_date",)


def inputs(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield every input of a run, and what is to be noted on them."""
    one = replace(one, given=_readable(one))
    yield Heading(draft.say(N_("Inputs")), 3)
    known = [p for p in parameters(one.method.params) if p.name in one.given]
    tables = [p for p in known if p.measure.kind is Kind.TABLE and one.given[p.name]]
    series = [
        p
        for p in known
        if p.measure.kind is not Kind.TABLE
        and isinstance(one.given[p.name], list | tuple)
    ]
    quoted = [p for p in series if origin(draft.case, one.run, p) is Origin.QUOTED]
    series = [p for p in series if p not in quoted]
    shown = {p.name: N_("see the forecast above") for p in quoted}
    shown |= {p.name: N_("see the table by period") for p in series}
    shown |= {p.name: N_("see the table below") for p in tables}
    rows = (
        (
            draft.told(p.label) + (f" {p.symbol}" if p.symbol else ""),
            draft.say(shown[p.name])
            if p.name in shown
            else formats.given_figure(p, one.given[p.name], draft.language),
            draft.say(ORIGIN_NAMES[origin(draft.case, one.run, p)]),
        )
        for p in known
    )
    yield Table(
        draft.say(N_("Inputs")),
        (
            Column(draft.say(N_("Input")), weight=0.36),
            Column(draft.say(N_("Figure given")), weight=0.48),
            Column(draft.say(N_("Origin")), weight=0.16),
        ),
        tuple(rows),
    )
    if series:
        yield _by_period(draft, one, result.heads(), series)
    for table in tables:
        yield from table_of_inputs(draft, table, one.given)
    yield from grounds(draft, one)
    yield from _notes(draft, one)


def grounds(draft: Draft, one: RunResult) -> Iterator[Block]:
    """Yield on what the figures entered rest, as far as anybody has said."""
    told = grounds_of(one.run)
    rows = []
    for each in entered(one.run, one.method.params):
        ground = told.get(each.name, InputGround(each.name))
        parts = (ground.text.strip(), support(draft, one.run, each.name))
        seen = ground.observability
        row = (
            draft.told(each.label),
            "\n".join(filter(None, parts)) or DASH,
            draft.say(OBSERVABILITY_NAMES[seen]) if seen else DASH,
        )
        if row[1:] != (DASH, DASH):
            rows.append(row)
    if rows:
        yield Table(
            draft.say(N_("Grounds of the inputs entered")),
            (
                Column(draft.say(N_("Input")), weight=0.26),
                Column(draft.say(N_("What the figure rests on")), weight=0.56),
                Column(draft.say(N_("Observability")), weight=0.18),
            ),
            tuple(rows),
        )


def _readable(one: RunResult) -> dict[str, Any]:
    """Return the parameters, figures taken from other runs as those runs print them."""
    kinds = {p.name: p for p in parameters(one.method.params)}
    taken = {found.where for found in one.taken}

    def shown(value: Any, where: str, of: Parameter | None) -> Any:
        if isinstance(value, Mapping):
            columns = {p.name: p for p in of.columns} if of is not None else {}
            return {
                name: shown(item, f"{where}.{name}", columns.get(name))
                for name, item in value.items()
            }
        if where in taken and of is not None:
            return _rounded(value, of)
        if isinstance(value, list | tuple):
            return [shown(item, f"{where}[{at}]", of) for at, item in enumerate(value)]
        return value

    return {
        name: shown(value, name, kinds.get(name)) for name, value in one.given.items()
    }


def _rounded(value: Any, of: Parameter) -> Any:
    if isinstance(value, list | tuple):
        return [_rounded(item, of) for item in value]
    if isinstance(value, int | float):
        return formats.taken_number(of.measure.kind, value)
    return value


def origin(case: Case, run: Run, one: Parameter) -> Origin:
    """Return where an input of a run comes from."""
    stated = run.params or {}
    if one.name in stated:
        return Origin.FOUND if is_reference(stated[one.name]) else Origin.TYPED
    if one.fact not in facts(case):
        return Origin.DEFAULT
    return Origin.COMPUTED if one.fact in _COMPUTED_FACTS else Origin.QUOTED


def _by_period(
    draft: Draft,
    one: RunResult,
    ends: Sequence[str],
    series: Sequence[Parameter],
) -> Table:
    columns = (
        Column(draft.say(period_head(one))),
        *(
            Column(f"{draft.told(p.label)}\n{p.symbol}", not _is_uncertain(one, p))
            for p in series
        ),
    )
    most = max(len(one.given[p.name]) for p in series)
    # A series may run along something else than the periods of the method.
    heads = ends if len(ends) == most else [str(place + 1) for place in range(most)]
    rows = tuple(
        (head, *(_figure(draft, p, one.given[p.name], i) for p in series))
        for i, head in enumerate(heads)
    )
    unit = draft.unit if any(p.measure.kind is Kind.MONEY for p in series) else ""
    return Table(draft.say(N_("Inputs by period")), columns, rows, unit)


def period_head(one: RunResult) -> str:
    """Return what periods are called: by the day they end, where they have one."""
    is_dated = one.result is not None and bool(one.result.outputs.get("periods"))
    return N_("Period to") if is_dated else N_("Period")


def _is_uncertain(one: RunResult, parameter: Parameter) -> bool:
    return any(isinstance(item, Mapping) for item in one.given[parameter.name])


def _figure(draft: Draft, one: Parameter, given: Sequence[Any], place: int) -> str:
    if place >= len(given):
        return DASH
    return formats.given_figure(one, given[place], draft.language)


def _notes(draft: Draft, one: RunResult) -> Iterator[Block]:
    notes = tuple(
        draft.told(issue.wording)
        for issue in draft.valuation.issues
        if issue.severity is Severity.NOTE and issue.where.split(".")[0] == one.run.key
    )
    if notes:
        yield Prose(draft.say(N_("To be noted on the inputs:")), leads=True)
        yield Points(notes)
