"""The working of one run: formulas, then every figure, years down the rows (测算过程)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from valuer.core.figures import BarFigure
from valuer.core.method import Result
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.core.working import Step, Unit
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

_ROOM = 385
"""Width in points that a page leaves beside the period."""

_WIDTHS = {Unit.MONEY: 68, Unit.RATE: 46, Unit.YEARS: 46, Unit.FACTOR: 52}
"""Width in points of a column of figures below a million million."""

_EXPONENT = re.compile(r"\^(?:\(([^()]+)\)|(\w))")


def working(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield the formulas of a run, its figures by period, and its result."""
    steps = result.working
    yield Heading(draft.say(N_("Formulas and working")), 3)
    for step in steps:
        if step.formula:
            yield Formula(
                readable(f"{step.symbol} = {step.formula}"), draft.told(step.label)
            )
    text = N_(
        "Where: {symbols}. Each symbol stands for the figure of its own period; Σ is the"
        " sum over all periods."
    )
    given = tuple(
        f"{step.symbol} {draft.told(step.label)}" for step in steps if not step.formula
    )
    yield Prose(draft.say(text, symbols=draft.joined(given)))
    yield from _tables(draft, result)
    yield from _bars(draft, result)
    text = N_("{method} gives {value}.")
    name = draft.say(one.method.title)
    yield Prose(draft.say(text, method=name, value=draft.money(result.amount)))


def readable(formula: str) -> tuple[str, ...]:
    """Return a formula in parts, every second one an exponent: ``(1 + r)``, ``−t``."""
    parts: list[str] = []
    at = 0
    for match in _EXPONENT.finditer(formula):
        parts += [formula[at : match.start()], match[1] or match[2]]
        at = match.end()
    return (*parts, formula[at:])


def periods(result: Result) -> tuple[str, ...]:
    """Return what each period is called: the day it ends, else its number."""
    laid = result.outputs.get("periods", ())
    if laid:
        return tuple(str(period["end"]) for period in laid)
    longest = max((len(step.values) for step in result.working), default=0)
    return tuple(str(place) for place in range(1, longest + 1))


def _tables(draft: Draft, result: Result) -> Iterator[Block]:
    steps = result.working
    series = [step for step in steps if step.is_series]
    groups = list(_groups(series))
    ends = periods(result)
    for place, group in enumerate(groups, 1):
        title = draft.say(N_("Working by period"))
        if len(groups) > 1:
            text = N_("Working by period, part {place} of {count}")
            title = draft.say(text, place=place, count=len(groups))
        columns = (
            Column(draft.say(N_("Period to"))),
            *(
                Column(f"{draft.told(step.label)}\n{step.symbol}", is_figure=True)
                for step in group
            ),
        )
        figures = (formats.step_figures(step.values, step.unit) for step in group)
        rows = list(zip(ends, *figures, strict=True))
        total = _total(steps[-1], group)
        if total:
            rows.append((draft.say(N_("Total")), *total))
        unit = draft.unit if any(step.unit is Unit.MONEY for step in group) else ""
        yield Table(title, columns, tuple(rows), unit, last_is_total=bool(total))
    text = N_(
        "Formulas of version {version}. Figures are computed in full and rounded for"
        " print."
    )
    yield Note(draft.say(text, version=result.version))


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


def _total(last: Step, group: Sequence[Step]) -> tuple[str, ...]:
    """Return the row of a sum, where the last step sums a column of this group."""
    summed = last.formula.removeprefix("Σ ") if last.formula.startswith("Σ ") else ""
    if last.is_series or all(step.symbol != summed for step in group):
        return ()
    (figure,) = formats.step_figures(last.values, last.unit)
    return tuple(figure if step.symbol == summed else "" for step in group)


def _bars(draft: Draft, result: Result) -> Iterator[Block]:
    """Yield a chart of the last amount that each period has: its present value."""
    amounts = [
        step for step in result.working if step.is_series and step.unit is Unit.MONEY
    ]
    if not amounts:
        return
    step = amounts[-1]
    scale, unit = formats.chart_unit(step.values, draft.case.currency, draft.language)
    text = N_("{label} by period")
    yield Chart(
        BarFigure(
            draft.say(text, label=draft.told(step.label)),
            unit,
            tuple(end[:4] for end in periods(result)),
            tuple(value / scale for value in step.values),
        )
    )
