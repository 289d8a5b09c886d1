"""The working of one run: formulas, then every figure (测算过程).

Figures along one axis stand in one table: years or cost items down the rows, cases
that are compared across the columns. Single figures stand in a list of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from valuer.core.concluding import RULES
from valuer.core.figures import BarFigure
from valuer.core.method import Result
from valuer.core.params import parameters
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.core.working import PERIODS, Step, Unit
from valuer.reports import formats
from valuer.reports.sections.blocks import (
    Block,
    Chart,
    Column,
    Formula,
    Heading,
    Note,
    Prose,
    Table,
)
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.inputs import period_head
from valuer.reports.sections.notation import notation
from valuer.reports.sections.scores import radar
from valuer.reports.sections.stages import stages
from valuer.reports.sections.subject import with_numbers

_ROOM = 385
"""Width in points that a page leaves beside the period."""

_WIDTHS = {
    Unit.MONEY: 68,
    Unit.RATE: 46,
    Unit.YEARS: 46,
    Unit.FACTOR: 52,
    Unit.NUMBER: 46,
}
"""Width in points of a column of figures below a million million."""

_ACROSS = 6
"""The most places that stand across a page, and bars that keep their labels."""

_CROWDED = 4
"""Columns of figures beside which names get no more room than they need."""

_NAMED = 8
"""The most symbols that one sentence explains where tables name them too."""

_AXES = {
    "changes": N_("changes of the figures"),
    "counted": N_("licences counted"),
    "tax_years": N_("tax years"),
}
"""What the places along an axis are where it is no table of the inputs."""

_STEP = re.compile(r"step(\d+)")

_EXPONENT = re.compile(r"\^(?:\(([^()]+)\)|(\w))")


def working(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield the formulas of a run, its figures by axis, and its result."""
    steps = result.working
    yield Heading(draft.say(N_("Formulas and working")), 3)
    for step in steps:
        if step.formula:
            yield Formula(
                readable(f"{step.symbol} = {step.formula}"), draft.told(step.label)
            )
    yield _where(draft, steps)
    yield from notation(draft, steps)
    if draft.rules >= RULES:
        yield from _singles(draft, steps)
    for axis in dict.fromkeys(step.axis for step in steps if step.is_series):
        along = [step for step in steps if step.is_series and step.axis == axis]
        few = axis != PERIODS and len(result.heads(axis)) <= _ACROSS
        if few and len(list(_groups(along))) > 1:
            yield from _across(draft, one, result, along)
        else:
            yield from _down(draft, one, result, along)
    text = N_(
        "Formulas of version {version}. Figures are computed in full and rounded for"
        " print."
    )
    yield Note(draft.say(text, version=result.version))
    yield from _bars(draft, result)
    if draft.rules >= RULES:
        yield from stages(draft, result)
        yield from radar(draft, result)
    text = N_("The result of {method} is {value}.")
    name, value = draft.say(one.method.title), draft.money(result.amount)
    if result.unit is not Unit.MONEY:
        value = formats.result_figure(result.value, result.unit, draft.language)
    yield Prose(draft.say(text, method=name, value=value))


def readable(formula: str) -> tuple[str, ...]:
    """Return a formula in parts, every second one an exponent: ``(1 + r)``, ``−t``."""
    parts: list[str] = []
    at = 0
    for match in _EXPONENT.finditer(formula):
        parts += [formula[at : match.start()], match[1] or match[2]]
        at = match.end()
    return (*parts, formula[at:])


def axis_name(draft: Draft, one: RunResult, axis: str) -> str:
    """Return what the places along an axis are: periods, or the rows of a table."""
    if axis == PERIODS:
        return draft.say(period_head(one))
    known = {p.name: p for p in parameters(one.method.params)}
    if axis not in known or not known[axis].columns:
        return draft.say(N_("No."))
    return draft.told(known[axis].columns[0].label)


def _where(draft: Draft, steps: Sequence[Step]) -> Prose:
    """Return the sentence that says for what each symbol stands."""
    given = tuple(
        f"{step.symbol} {draft.told(step.label)}" for step in steps if not step.formula
    )
    text = N_(
        "Where: {symbols}. In a table each symbol stands for the figure of its own row or"
        " column; Σ is the sum over all of them."
    )
    axes = {step.axis for step in steps if step.is_series}
    if not axes:
        text = N_("Where: {symbols}.")
    elif axes == {PERIODS}:
        text = N_(
            "Where: {symbols}. Each symbol stands for the figure of its own period; Σ is"
            " the sum over all periods."
        )
    elif len(given) > _NAMED:
        text = N_(
            "What each symbol stands for is told beside its figures in the tables below:"
            " in a table the figure of its own row or column; Σ is the sum over all of"
            " them."
        )
    return Prose(draft.say(text, symbols=draft.joined(given)))


def _singles(draft: Draft, steps: Sequence[Step]) -> Iterator[Table]:
    """Yield the figures that stand alone, in the order of the working."""
    alone = [step for step in steps if not step.is_series]
    if len(alone) < 2:
        return
    rows = tuple(
        (
            draft.told(step.label),
            step.symbol,
            *formats.step_figures(step.values, step.unit),
        )
        for step in alone
    )
    yield Table(
        draft.say(N_("Single figures of the working")),
        (
            Column(draft.say(N_("Figure")), weight=1),
            Column(draft.say(N_("Symbol"))),
            Column(draft.say(N_("Amount or rate")), is_figure=True),
        ),
        rows,
        draft.unit if any(step.unit is Unit.MONEY for step in alone) else "",
        last_is_total=not steps[-1].is_series,
    )


def _down(
    draft: Draft, one: RunResult, result: Result, along: Sequence[Step]
) -> Iterator[Table]:
    """Yield tables with a row for each place of an axis, a column for each step."""
    axis = along[0].axis
    groups = list(_groups(along))
    for place, group in enumerate(groups, 1):
        has_room = axis != PERIODS and len(group) < _CROWDED
        columns = (
            Column(axis_name(draft, one, axis), weight=float(has_room)),
            *(
                Column(f"{draft.told(step.label)}\n{step.symbol}", is_figure=True)
                for step in group
            ),
        )
        figures = (formats.step_figures(step.values, step.unit) for step in group)
        rows = list(zip(_heads(draft, result, axis), *figures, strict=True))
        total = _total(draft, result.working, group)
        if total:
            rows.append((draft.say(N_("Total")), *total))
        unit = draft.unit if any(step.unit is Unit.MONEY for step in group) else ""
        title = _title(draft, one, axis, place, len(groups))
        yield Table(title, columns, tuple(rows), unit, last_is_total=bool(total))


def _across(
    draft: Draft, one: RunResult, result: Result, along: Sequence[Step]
) -> Iterator[Table]:
    """Yield a table with a row for each step, a column for each place of an axis."""
    axis = along[0].axis
    figures = (formats.step_figures(step.values, step.unit) for step in along)
    yield Table(
        _title(draft, one, axis, 1, 1),
        (
            Column(draft.say(N_("Figure")), weight=1),
            Column(draft.say(N_("Symbol"))),
            *(Column(head, is_figure=True) for head in _heads(draft, result, axis)),
        ),
        tuple(
            (draft.told(step.label), step.symbol, *row)
            for step, row in zip(along, figures, strict=True)
        ),
        draft.unit if any(step.unit is Unit.MONEY for step in along) else "",
    )


def _title(draft: Draft, one: RunResult, axis: str, place: int, count: int) -> str:
    title = draft.say(N_("Working by period"))
    part = N_("Working by period, part {place} of {count}")
    name = ""
    if axis != PERIODS:
        name = _axis_title(draft, one, axis)
        title = draft.say(N_("Working: {table}"), table=name)
        part = N_("Working: {table}, part {place} of {count}")
    return draft.say(part, table=name, place=place, count=count) if count > 1 else title


def _axis_title(draft: Draft, one: RunResult, axis: str) -> str:
    table = next((p for p in parameters(one.method.params) if p.name == axis), None)
    if table is not None:
        return draft.told(table.label)
    if match := _STEP.fullmatch(axis):
        return draft.say(N_("states after step {number}"), number=match[1])
    return draft.say(_AXES[axis]) if axis in _AXES else axis


def _groups(series: Sequence[Step]) -> Iterator[list[Step]]:
    """Share the columns out evenly among as many tables as the page asks for."""
    whole = sum(_WIDTHS[step.unit] for step in series)
    target = whole / max(1, math.ceil(whole / _ROOM))
    group: list[Step] = []
    taken = 0
    for step in series:
        width = _WIDTHS[step.unit]
        if group and taken + width / 2 > target:
            yield group
            group, taken = [], 0
        group.append(step)
        taken += width
    if group:
        yield group


def _total(
    draft: Draft, steps: Sequence[Step], group: Sequence[Step]
) -> tuple[str, ...]:
    """Return the row of totals, where sums of the working make up a whole column."""
    row = tuple(_sum(draft, steps, step) for step in group)
    return row if any(row) else ()


def _sum(draft: Draft, steps: Sequence[Step], column: Step) -> str:
    """Return the total of a column that the working sums, in one sum or in several."""
    sums = [
        step
        for step in steps
        if not step.is_series and step.formula.split()[:2] == ["Σ", column.symbol]
    ]
    if draft.rules < RULES:
        sums = [step for step in sums[-1:] if step.formula == f"Σ {column.symbol}"]
    found = math.fsum(step.values[0] for step in sums)
    whole = math.fsum(column.values)
    if not sums or not math.isclose(found, whole, rel_tol=1e-12):
        return ""
    (figure,) = formats.step_figures((found,), column.unit)
    return figure


def _bars(draft: Draft, result: Result) -> Iterator[Block]:
    """Yield a chart of the last amount that the working finds along an axis."""
    amounts = [
        step
        for step in result.working
        if step.is_series and step.unit is Unit.MONEY and step.formula
    ]
    if not amounts:
        return
    step = amounts[-1]
    heads = _heads(draft, result, step.axis)
    by_period = step.axis == PERIODS
    if not by_period and len(heads) > 2 * _ACROSS:
        return
    scale, unit = formats.chart_unit(step.values, draft.case.currency, draft.language)
    text = N_("{label} by period") if by_period else N_("{label}, one by one")
    yield Chart(
        BarFigure(
            draft.say(text, label=draft.told(step.label)),
            unit,
            tuple(head[:4] if by_period else head for head in heads),
            tuple(value / scale for value in step.values),
        )
    )


def _heads(draft: Draft, result: Result, axis: str) -> tuple[str, ...]:
    """Return what the places of an axis are called, in the report's way."""
    return tuple(with_numbers(draft, head) for head in result.heads(axis))
