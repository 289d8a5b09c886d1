"""What a run is asked for beside its value: 双因素敏感性、盈亏平衡、情景分析."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valuer.core.asked import Scenario
from valuer.core.break_even import BreakEven
from valuer.core.levers import Lever
from valuer.core.method import Result
from valuer.core.params import Parameter
from valuer.core.scenario_sets import ScenarioSet, named
from valuer.core.texts import N_
from valuer.core.two_way import TwoWay
from valuer.core.valuing import RunResult
from valuer.core.working import Unit
from valuer.reports import formats
from valuer.reports.sections.blocks import (
    DASH,
    Block,
    Column,
    Heading,
    Note,
    Prose,
    Table,
)
from valuer.reports.sections.draft import Draft

_ROOM = 360
"""Width in points that a page leaves beside the positions down a two-way table."""

_DIGIT, _BETWEEN = 4.6, 12.0
"""Width in points of a digit in a table, and what lies between two columns."""

_MARK = "* "
"""Stands before where the inputs stand in the working, and before its value."""


def analyses(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield the two-way tables, the targets and the scenario set of a run."""
    found = one.analyses
    if found.tables:
        yield Heading(draft.say(N_("Sensitivity to two inputs")), 3)
        text = N_(
            "Two inputs move together while the others stay, an uncertain one at its"
            " centre. Each value is computed anew by the formulas above."
        )
        yield Prose(draft.say(text))
    for table in found.tables:
        yield from _two_way(draft, table, result)
    if found.targets:
        yield Heading(draft.say(N_("Break-even analysis")), 3)
    for even in found.targets:
        yield Prose(_even(draft, even, result))
    if found.scenarios is not None:
        yield from _scenarios(draft, one, found.scenarios, result)


def _two_way(draft: Draft, found: TwoWay, result: Result) -> Iterator[Block]:
    heads = _positions(draft, found.columns, found.across)
    sides = _positions(draft, found.rows, found.down)
    cells = _cells(found, result)
    rows, columns = _name(draft, found.rows), _name(draft, found.columns)
    parts = list(_parts(heads, cells))
    for number, part in enumerate(parts, 1):
        text = N_("{rows} (down) and {columns} (across)")
        if len(parts) > 1:
            text = N_("{rows} (down) and {columns} (across), part {part} of {count}")
        named_so = {"rows": rows, "columns": columns}
        yield Table(
            draft.say(text, **named_so, part=number, count=len(parts)),
            (
                Column(rows, is_figure=True),
                *(Column(heads[at], is_figure=True) for at in part),
            ),
            tuple(
                (side, *(row[at] for at in part))
                for side, row in zip(sides, cells, strict=True)
            ),
            draft.unit if result.unit is Unit.MONEY else "",
        )
    text = N_(
        "*: where the inputs stand in the working; {row}: {down}, {column}: {across}."
    )
    stands = {
        "down": _reached(draft, found.rows, found.rows.centre),
        "across": _reached(draft, found.columns, found.columns.centre),
    }
    yield Note(draft.say(text, row=rows, column=columns, **stands))
    if any(value is None for row in found.values for value in row):
        yield Note(draft.say(N_("—: the method has no value there.")))


def _name(draft: Draft, one: Lever) -> str:
    label = draft.told(one.label)
    return draft.say(N_("{label}, factor"), label=label) if one.is_factor else label


def _positions(draft: Draft, one: Lever, positions: Sequence[float]) -> tuple[str, ...]:
    """Return the positions as printed; the one that the working goes by is marked."""
    return tuple(
        _MARK * (at == one.centre) + _position(draft, one, at) for at in positions
    )


def _position(draft: Draft, one: Lever, at: float) -> str:
    exact = float(f"{at:.6g}")
    if one.is_factor:
        return f"× {formats.plain_number(exact)}"
    return formats.given_figure(one.given[0][0].parameter, exact, draft.language)


def _cells(found: TwoWay, result: Result) -> list[tuple[str, ...]]:
    """Return the values as printed, all rounded alike."""
    known = [value for row in found.values for value in row if value is not None]
    shown = iter(formats.step_figures(known, result.unit))
    return [
        tuple(
            DASH
            if value is None
            else _MARK * ((at, side) == (found.columns.centre, found.rows.centre))
            + next(shown)
            for at, value in zip(found.across, row, strict=True)
        )
        for side, row in zip(found.down, found.values, strict=True)
    ]


def _parts(
    heads: Sequence[str], cells: Sequence[Sequence[str]]
) -> Iterator[Sequence[int]]:
    """Share the columns out evenly among as many tables as the page asks for."""
    longest = max(
        len(cell.removeprefix(_MARK)) for row in (heads, *cells) for cell in row
    )
    fit = max(1, int(_ROOM / (longest * _DIGIT + _BETWEEN)))
    count = math.ceil(len(heads) / fit)
    for part in range(count):
        yield range(part * len(heads) // count, (part + 1) * len(heads) // count)


def _even(draft: Draft, found: BreakEven, result: Result) -> str:
    """Return where the target is reached, or what is met instead."""
    one = found.input
    values = {
        "input": draft.told(one.label),
        "target": _value(draft, found.target, result),
    }
    if found.positions:
        text = N_(
            "The result is {target} where “{input}” is {positions}, the other inputs as"
            " given."
        )
        if one.is_factor:
            text = N_(
                "The result is {target} where “{input}” is multiplied by {positions}, the"
                " other inputs as given."
            )
        told = tuple(_reached(draft, one, at) for at in found.positions)
        return draft.say(text, **values, positions=draft.joined(told))
    text = N_(
        "The result is nowhere {target} while “{input}” goes from {low} to {high}, the"
        " other inputs as given; it lies between {least} and {greatest}."
    )
    ends = {
        "low": _position(draft, one, found.low),
        "high": _position(draft, one, found.high),
        "least": _value(draft, found.least, result),
        "greatest": _value(draft, found.greatest, result),
    }
    return draft.say(text, **values, **ends)


def _reached(draft: Draft, one: Lever, at: float) -> str:
    """Return a position in a sentence."""
    shown = _position(draft, one, at)
    return shown.removeprefix("× ")


def _value(draft: Draft, value: float, result: Result) -> str:
    """Return a result in a sentence, with its currency or unit."""
    if result.unit is Unit.MONEY:
        return draft.money(value)
    return formats.result_figure(value, result.unit, draft.language)


def _scenarios(
    draft: Draft, one: RunResult, found: ScenarioSet, result: Result
) -> Iterator[Block]:
    yield Heading(draft.say(N_("Scenario analysis")), 3)
    text = N_(
        "Each scenario replaces the inputs named and is valued by itself, the other"
        " inputs as given. The {opinion} rests on the working above."
    )
    yield Prose(draft.say(text))
    values = [*(each.value for each in found.scenarios), found.mean]
    shown = formats.step_figures(values, result.unit)
    weights = [formats.percent(each.weight) for each in found.scenarios]
    rows = [
        (each.name, _changes(draft, one, each), weight, value)
        for each, weight, value in zip(
            one.run.asked.scenarios, weights, shown, strict=False
        )
    ]
    total = (draft.say(N_("Weighted mean")), "", formats.percent(1), shown[-1])
    yield Table(
        draft.say(N_("Scenarios and their results")),
        (
            Column(draft.say(N_("Scenario supposed")), weight=0.25),
            Column(draft.say(N_("Inputs replaced")), weight=0.75),
            Column(draft.say(N_("Weight")), is_figure=True),
            Column(draft.say(N_("Result")), is_figure=True),
        ),
        (*rows, total),
        draft.unit if result.unit is Unit.MONEY else "",
        last_is_total=True,
    )
    text = N_("The weighted standard deviation of the scenarios is {sd}.")
    yield Prose(draft.say(text, sd=_value(draft, found.sd, result)))


def _changes(draft: Draft, one: RunResult, scenario: Scenario) -> str:
    """Return what a scenario replaces, in full, so that a reader can compute again."""
    told = []
    for path, value in sorted(scenario.changes.items()):
        parameter, label = named(one.method.params, path)
        figure = _told(draft, parameter, value, path)
        text = N_("{label} {figure}")
        told.append(draft.say(text, label=draft.told(label), figure=figure))
    return draft.joined(tuple(told)) or draft.say(N_("all inputs as given"))


def _told(draft: Draft, one: Parameter, value: Any, path: str = "") -> str:
    """Return a figure, a list of them, or the entries of rows."""
    if isinstance(value, list | tuple):
        return " / ".join(_told(draft, one, item) for item in value) or DASH
    if one.columns and isinstance(value, Mapping):
        return ", ".join(
            f"{draft.told(column.label)} {_told(draft, column, value[column.name])}"
            for column in one.columns
            if column.name in value
        )
    key = path.rpartition(".")[2] if "." in path else ""
    return formats.stated_figure(one, key, value, draft.language)
