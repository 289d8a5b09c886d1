"""Rates by agent, client and field: funnel, table, ranks where enough is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from valuer.agency.aggregates import row_of
from valuer.agency.figure_making import control_figure
from valuer.agency.metric import Grouping
from valuer.agency.quality import Row
from valuer.agency.quality_charts import Charted, funnel_of
from valuer.agency.quality_words import GROUPING_NAMES
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
    centre = groups.whole.total / groups.whole.n if groups.whole.n else None
    charted = funnel_of([row for row in named if row.group], centre)
    placed = ranked(named)
    yield from _said(draft, groups, placed, charted)
    if len(charted.rows) > 1:
        figure = control_figure(charted, groups.by, draft.language)
        yield Chart(_renamed(draft, groups, figure, charted.rows))
    yield _table(draft, groups, placed, rest)


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
    key = groups.whole.key
    is_ranked = _is_ranked(placed)
    columns = (
        Column(draft.say(N_("Rank"))),
        Column(draft.say(GROUPING_NAMES[groups.by]), weight=1),
        Column(draft.say(N_("Counted (n)")), is_figure=True),
        Column(draft.say(N_("Of these")), is_figure=True),
        Column(draft.say(N_("Rate or figure")), is_figure=True),
        Column(draft.say(N_("95% interval")), is_figure=True),
    )
    lines = [(rank, draft.group(groups, row), row) for rank, row in placed]
    lines += [(None, draft.group(groups, row, is_rest=True), row) for row in rest]
    lines.append((None, draft.say(N_("All together")), row_of(groups.whole)))
    cells = tuple(
        (NONE if rank is None else str(rank), name, *_figures(draft, row))
        for rank, name, row in lines
    )
    title = N_("{metric}, {groups}")
    named = {"metric": draft.name(key), "groups": draft.say(_LOWER[groups.by])}
    first = 0 if is_ranked else 1
    shown = tuple(row[first:] for row in cells)
    return Table(draft.say(title, **named), columns[first:], shown, last_is_total=True)


def _is_ranked(placed: Sequence[tuple[int | None, Row]]) -> bool:
    """Whether two groups at least have a rank; one alone would be first of none."""
    return sum(1 for rank, _ in placed if rank is not None) > 1


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
    charted: Charted,
) -> Iterator[Block]:
    """Yield who stands out, and why some have no rank."""
    far = [
        draft.say(
            N_("{group}: {value} of {n}"),
            group=draft.group(groups, row),
            value=draft.value(row),
            n=draft.count(row.n),
        )
        for row, is_out in zip(charted.rows, charted.chart.out.tolist(), strict=True)
        if is_out
    ]
    name = draft.name(groups.whole.key)
    if far:
        text = N_("{metric}. Beyond the 99.8% lines, so hardly by chance: {names}.")
        names = draft.joined(far)
        yield Prose(draft.say(text, metric=name, names=names), leads=True)
    else:
        text = N_("{metric}. None of {count} lies beyond the 99.8% lines.")
        count = draft.count(len(charted.rows))
        yield Prose(draft.say(text, metric=name, count=count), leads=True)
    unranked = sum(1 for rank, _ in placed if rank is None)
    if not _is_ranked(placed):
        text = N_(
            "There is no ranking: not even two of {all} have an interval of"
            " {points} percentage points either way or less."
        )
        every, points = draft.count(len(placed)), formats.amount(WIDEST * 100, 0)
        yield Prose(draft.say(text, all=every, points=points), leads=True)
    elif unranked:
        text = N_(
            "{count} of {all} have no rank: their interval is wider than {points}"
            " percentage points either way."
        )
        every, points = draft.count(len(placed)), formats.amount(WIDEST * 100, 0)
        count = draft.count(unranked)
        said = draft.say(text, count=count, all=every, points=points)
        yield Prose(said, leads=True)


_LOWER = {
    Grouping.AGENT: N_("by agent"),
    Grouping.CLIENT: N_("by client"),
    Grouping.FIELD: N_("by IPC section"),
    Grouping.MONTH: N_("by month"),
}
