"""Rates by agent, client and field: funnel, table, ranks where enough is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from valuer.agency.aggregates import row_of
from valuer.agency.figure_making import control_figure
from valuer.agency.metric import Grouping
from valuer.agency.quality import Row
from valuer.agency.quality_charts import funnel_of
from valuer.agency.ranking import WIDEST, ranked
from valuer.core.quality_figures import ControlFigure
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.quality.draft import NONE, QualityDraft
from valuer.reports.quality.facts import Groups
from valuer.reports.sections.blocks import Block, Chart, Column, Heading, Prose, Table

_TITLES = {
    Grouping.AGENT: N_("By agent"),
    Grouping.CLIENT: N_("By client"),
    Grouping.FIELD: N_("By IPC section"),
    Grouping.MONTH: N_("By month"),
}


def by_group(draft: QualityDraft) -> Iterator[Block]:
    """Yield the rates of agents, clients and fields."""
    last = None
    for groups in draft.facts.groups:
        if groups.by is not last:
            yield Heading(draft.say(_TITLES[groups.by]))
            last = groups.by
        yield from _one(draft, groups)


def _one(draft: QualityDraft, groups: Groups) -> Iterator[Block]:
    rows = [row_of(one) for one in groups.rows]
    rest = rows[-1:] if groups.others else []
    named = rows[: len(rows) - len(rest)]
    charted = funnel_of([row for row in named if row.group])
    if len(charted.rows) > 1:
        figure = control_figure(charted, groups.by, draft.language)
        yield Chart(_renamed(draft, groups, figure, charted.rows))
    placed = ranked(named)
    yield _table(draft, groups, placed, rest)
    yield from _said(draft, groups, placed, charted.chart.out.tolist(), charted.rows)


def _renamed(
    draft: QualityDraft, groups: Groups, figure: ControlFigure, rows: Sequence[Row]
) -> ControlFigure:
    """Return the figure with its groups called as in the table."""
    pairs = zip(figure.points, rows, strict=True)
    points = tuple(
        replace(point, label=_short(draft, groups, row)) for point, row in pairs
    )
    return replace(figure, points=points)


def _short(draft: QualityDraft, groups: Groups, row: Row) -> str:
    """Return what stands at a point: a section's letter, else the whole name."""
    if groups.by is Grouping.FIELD:
        return row.group or ""
    return draft.group(groups, row)


def _table(
    draft: QualityDraft,
    groups: Groups,
    placed: Sequence[tuple[int | None, Row]],
    rest: Sequence[Row],
) -> Table:
    key = groups.rows[0].key
    columns = (
        Column(draft.say(N_("Rank"))),
        Column(draft.say(_TITLES[groups.by]), weight=1),
        Column(draft.say(N_("Counted (n)")), is_figure=True),
        Column(draft.say(N_("Of these")), is_figure=True),
        Column(draft.name(key), is_figure=True),
        Column(draft.say(N_("95% interval")), is_figure=True),
    )
    rows = [
        (
            NONE if rank is None else str(rank),
            draft.group(groups, row),
            *_figures(draft, row),
        )
        for rank, row in placed
    ]
    rows += [
        (NONE, draft.group(groups, row, is_rest=True), *_figures(draft, row))
        for row in rest
    ]
    title = draft.say(
        N_("{metric}, {groups}"),
        metric=draft.name(key),
        groups=draft.say(_LOWER[groups.by]),
    )
    return Table(title, columns, tuple(rows))


def _figures(draft: QualityDraft, row: Row) -> tuple[str, ...]:
    return (
        draft.count(row.n),
        draft.count(row.numerator or 0),
        draft.value(row),
        draft.interval(row),
    )


def _said(
    draft: QualityDraft,
    groups: Groups,
    placed: Sequence[tuple[int | None, Row]],
    out: Sequence[bool],
    charted: Sequence[Row],
) -> Iterator[Block]:
    unranked = sum(1 for rank, _ in placed if rank is None)
    points = formats.amount(WIDEST * 100, 0)
    if unranked:
        text = N_(
            "{count} of {all} have no rank: their interval is wider than {points}"
            " percentage points either way."
        )
        count = draft.count(unranked)
        every = draft.count(len(placed))
        yield Prose(draft.say(text, count=count, all=every, points=points))
    far = [
        draft.say(
            N_("{group}: {value} of {n}"),
            group=draft.group(groups, row),
            value=draft.value(row),
            n=draft.count(row.n),
        )
        for row, is_out in zip(charted, out, strict=True)
        if is_out
    ]
    if far:
        text = N_("Beyond the 99.8% lines, so hardly by chance: {names}.")
        yield Prose(draft.say(text, names=draft.joined(far)))
    elif len(charted) > 1:
        text = N_("None of {count} lies beyond the 99.8% lines.")
        yield Prose(draft.say(text, count=draft.count(len(charted))))


_LOWER = {
    Grouping.AGENT: N_("by agent"),
    Grouping.CLIENT: N_("by client"),
    Grouping.FIELD: N_("by IPC section"),
    Grouping.MONTH: N_("by month"),
}
