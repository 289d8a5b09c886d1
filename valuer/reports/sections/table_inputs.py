"""A table among the inputs of a run, each entry in full (成本项目、可比案例、比较因素).

A table with many words is printed in two: figures first, then words, both by the name
in the first column. A series within its rows is printed as a matrix: factors down,
subject and cases across.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valuer.core.params import Kind, Parameter, Shape
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.sections.blocks import DASH, Block, Column, Table
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.subject import with_numbers

_BESIDE = 5
"""The most columns that stand beside each other where words are among them."""

_ACROSS = 6
"""The most places of a matrix that stand across a page."""

_NARROWEST, _WIDEST = 8, 30
"""Characters that a column of words is laid out for, at least and at most."""

Rows = Sequence[Mapping[str, Any]]


def table_of_inputs(
    draft: Draft, table: Parameter, given: Mapping[str, Any]
) -> Iterator[Block]:
    """Yield one table parameter as it was given, in as many tables as it takes."""
    rows: Rows = given[table.name]
    used = [
        column
        for column in table.columns
        if any(_given(column, row) not in (None, "") for row in rows)
    ]
    matrices = [one for one in used if one.measure.shape is Shape.SERIES]
    beside = [one for one in used if one not in matrices]
    key, others = beside[:1], beside[1:]
    words = [one for one in others if one.measure.kind is Kind.TEXT]
    figures = [one for one in others if one not in words]
    if matrices:
        for one in matrices:
            yield from _matrix(draft, table, one, [*key, *figures], given)
        figures = []
    if len(others) < _BESIDE and not matrices:
        figures, words = others, []
    if figures or not (words or matrices):
        yield _table(draft, table, rows, [*key, *figures])
    if words:
        yield _table(draft, table, rows, [*key, *words])


def _table(
    draft: Draft, table: Parameter, rows: Rows, columns: Sequence[Parameter]
) -> Table:
    is_money = any(one.measure.kind is Kind.MONEY for one in columns)
    return Table(
        draft.told(table.label),
        tuple(_column(draft, one, rows) for one in columns),
        tuple(tuple(_entry(draft, one, row) for one in columns) for row in rows),
        draft.unit if is_money else "",
    )


def _matrix(
    draft: Draft,
    table: Parameter,
    series: Parameter,
    beside: Sequence[Parameter],
    given: Mapping[str, Any],
) -> Iterator[Table]:
    """Yield the series of every row, its places across, so many at a time."""
    rows: Rows = given[table.name]
    # Rows without a word of their own are numbered.
    number = () if beside else (Column(draft.say(N_("No."))),)
    heads = _heads(given.get(series.measure.across, ()))
    for start in range(0, len(heads), _ACROSS):
        part = range(start, min(start + _ACROSS, len(heads)))
        text = N_("{table}: {series}")
        title = draft.say(
            text, table=draft.told(table.label), series=draft.told(series.label)
        )
        yield Table(
            title,
            (
                *number,
                *(_column(draft, one, rows) for one in beside),
                *(Column(heads[at], is_figure=True) for at in part),
            ),
            tuple(
                (
                    *((str(place),) if number else ()),
                    *(_entry(draft, one, row) for one in beside),
                    *(_shown(draft, series, row[series.name][at]) for at in part),
                )
                for place, row in enumerate(rows, 1)
            ),
        )


def _heads(rows: Rows) -> tuple[str, ...]:
    """Return what the rows of another table are called: their first words."""
    return tuple(
        next((text for text in row.values() if isinstance(text, str)), str(number))
        if "name" not in row
        else str(row["name"])
        for number, row in enumerate(rows, 1)
    )


def _column(draft: Draft, one: Parameter, rows: Rows) -> Column:
    head = draft.told(one.label) + (f"\n{one.symbol}" if one.symbol else "")
    is_words = one.measure.kind in (Kind.TEXT, Kind.CHOICE)
    return Column(head, one.is_number, _share(draft, one, rows) if is_words else 0)


def _share(draft: Draft, one: Parameter, rows: Rows) -> float:
    """Return how much room words need beside others, within reason."""
    longest = max(len(_entry(draft, one, row)) for row in rows)
    return float(min(max(longest, _NARROWEST), _WIDEST))


def _entry(draft: Draft, one: Parameter, row: Mapping[str, Any]) -> str:
    return _shown(draft, one, _given(one, row))


def _given(one: Parameter, row: Mapping[str, Any]) -> Any:
    """Return an entry; what is left out stands at its default."""
    return row.get(one.name, one.default)


def _shown(draft: Draft, one: Parameter, value: Any) -> str:
    if value is None or value == "":
        return DASH
    if one.measure.kind is Kind.DATE:
        return str(value)
    if one.measure.kind is Kind.TEXT:
        return with_numbers(draft, str(value))
    return formats.given_figure(one, value, draft.language)
