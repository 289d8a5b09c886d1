"""Tables of metrics, as several sections have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from valuer.agency import quality_words
from valuer.agency.metric import Metric, Shape, Unit
from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.core.texts import N_
from valuer.reports.quality.draft import NONE, QualityDraft
from valuer.reports.sections.blocks import Block, Column, Note, Table

KEY_METRICS = (
    "Q01",
    "Q01_utility_model",
    "Q01_design",
    "Q02",
    "Q03_36",
    "Q04",
    "Q05",
    "Q07",
    "Q08",
    "Q08_uninstructed",
    "Q09_suspected",
    "Q09_confirmed",
    "Q26",
    "Q27",
    "Q28",
    "Q29",
    "Q30",
)
"""Metrics of the summary and of the comparison, in their order."""


def rows_of(draft: QualityDraft, metrics: Sequence[Metric]) -> list[Row]:
    """Return the rows of metrics that have a figure."""
    found = (draft.row(one.key) for one in metrics)
    return [row for row in found if row is not None]


def metric_table(draft: QualityDraft, title: str, rows: Iterable[Row]) -> Table:
    """Return a table of metrics with what was left out of each."""
    columns = (
        Column(draft.say(N_("Metric")), weight=1),
        Column(draft.say(N_("Counted (n)")), is_figure=True),
        Column(draft.say(N_("Of these")), is_figure=True),
        Column(draft.say(N_("Rate or figure")), is_figure=True),
        Column(draft.say(N_("95% interval")), is_figure=True),
        Column(draft.say(N_("Left out")), is_figure=True),
        Column(draft.say(N_("Facts lacking")), is_figure=True),
    )
    return Table(title, columns, tuple(_cells(draft, row) for row in rows))


def left_out_note(draft: QualityDraft) -> Note:
    """Return what the last columns of a table of metrics say."""
    text = N_(
        "Of these: how many of those counted are hits, or the sum of the values. Left"
        " out: cases that never count, or were another agency's work. Facts lacking:"
        " cases that would count, had the docket their facts."
    )
    return Note(draft.say(text))


def with_benchmarks(draft: QualityDraft, title: str, rows: Iterable[Row]) -> Table:
    """Return a table of metrics with the published figure beside each."""
    columns = (
        Column(draft.say(N_("Metric")), weight=1),
        Column(draft.say(N_("Counted (n)")), is_figure=True),
        Column(draft.say(N_("Rate or figure")), is_figure=True),
        Column(draft.say(N_("95% interval")), is_figure=True),
        Column(draft.say(N_("Published figure (year)")), is_figure=True),
    )
    cells = tuple(
        (
            draft.name(row.key),
            draft.count(row.n),
            draft.value(row),
            draft.interval(row),
            draft.told(quality_words.benchmark_words(row.benchmark)) or NONE,
        )
        for row in rows
    )
    return Table(title, columns, cells)


def group_section(draft: QualityDraft, key: str) -> Iterator[Block]:
    """Yield the table of a group of metrics, where any has a figure."""
    _, title, metrics = next(one for one in quality_words.GROUPS if one[0] == key)
    rows = rows_of(draft, metrics)
    if rows:
        yield metric_table(draft, draft.say(title), rows)


def has_group(draft: QualityDraft, *keys: str) -> bool:
    """Whether any metric of these groups has a figure."""
    groups = [metrics for key, _, metrics in quality_words.GROUPS if key in keys]
    return any(rows_of(draft, metrics) for metrics in groups)


def _of_these(row: Row) -> str:
    """Return the hits or the sum; a sum of years or of ratios says nothing."""
    asked = metric(row.key)
    if asked.shape is Shape.MEAN and asked.unit is not Unit.NUMBER:
        return NONE
    return quality_words.numerator_words(row) or NONE


def _cells(draft: QualityDraft, row: Row) -> tuple[str, ...]:
    return (
        draft.name(row.key),
        draft.count(row.n),
        _of_these(row),
        draft.value(row),
        draft.interval(row),
        draft.count(row.excluded),
        draft.count(row.lacking),
    )
