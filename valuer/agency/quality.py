"""Filing quality (代理质量): what the docket answers to a question.

``answer`` gives a row for every metric and group: how many cases, the value and its
interval, what was left out, what is missing. A metric whose fields the docket lacks says
which. ``behind`` gives the cases behind a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from valuer.agency.columns import FIELDS, KINDS, Column, Docket, told
from valuer.agency.figures import Rows, figures
from valuer.agency.metric import (
    Benchmark,
    Grouping,
    Mask,
    Metric,
    Question,
    Tally,
    View,
    Work,
    benchmarks,
    view,
)
from valuer.agency.metrics import METRICS
from valuer.agency.statistics import Ints


class Row(NamedTuple):
    """A metric of one group; a tuple, since there may be a hundred thousand of them.

    Attributes:
        group: agent, client, IPC section or month; None: all in one, "": not told.
        n: how many count; ``numerator``: how many of them are hits, or their sum.
        value: share, mean, median …, with its 95 % interval; None: there is none.
        excluded: how many never count, or are another agency's.
        lacking: how many would count, had they the facts.
        missing: fields that the docket lacks; the metric then has no value.
    """

    key: str
    group: str | None
    n: int
    numerator: float | None
    value: float | None
    low: float | None
    high: float | None
    excluded: int = 0
    lacking: int = 0
    missing: tuple[str, ...] = ()

    @property
    def benchmark(self) -> Benchmark | None:
        """The published figure to hold it against, if one is verified."""
        return benchmarks().get(self.key)

    @property
    def half_width(self) -> float | None:
        """Half the width of the interval."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / 2


def answer(
    docket: Docket, question: Question, metrics: Sequence[Metric] = METRICS
) -> tuple[Row, ...]:
    """Return the rows of the metrics, for every group that has any case.

    A metric that no day puts in a month has one row for all of them, by month.

    Raises:
        UserError: the period ends before it begins.
    """
    seen = view(docket, question)
    rows: list[Row] = []
    for one in metrics:
        rows += _answered(seen, one)
    return tuple(rows)


def missing(docket: Docket, metric: Metric) -> tuple[str, ...]:
    """Return the fields that a metric needs and the docket lacks."""
    lacking = (FIELDS.get(name, name) for name in metric.needs if not docket.has(name))
    return tuple(dict.fromkeys(lacking))


@dataclass(frozen=True, slots=True)
class Counting:
    """The rows of a tally that count, with what was left out.

    Attributes:
        counts, excluded, lacking: rows of the tally.
        group: of every row, a code; None: all in one. ``names``: of the codes.
    """

    tally: Tally
    counts: Mask
    excluded: Mask
    lacking: Mask
    group: Ints | None
    names: tuple[str | None, ...]


def counting(seen: View, metric: Metric) -> Counting:
    """Return which rows count for a metric, and in which group each stands."""
    tally, question = metric.count(seen), seen.question
    inside = _filtered(seen, metric, tally)
    if question.is_bounded and tally.on is not None:
        dated = told(tally.on)
        undated = inside & tally.rows & ~dated
        inside = inside & (_in_period(tally.on, question) | ~dated)
    elif question.by is Grouping.MONTH and tally.on is not None:
        undated = inside & tally.rows & ~told(tally.on)
    else:
        undated = np.zeros(len(tally.rows), dtype=bool)
    never = _never(seen, metric, tally)
    lacking = undated if tally.lacking is None else inside & tally.lacking | undated
    group, names = _groups(seen, metric, tally)
    counts = inside & tally.rows & ~never & ~undated
    excluded = inside & never & (tally.rows | _of_case(seen.excluded, tally))
    return Counting(tally, counts, excluded, lacking & ~never & ~counts, group, names)


def _answered(seen: View, metric: Metric) -> list[Row]:
    wanting = missing(seen.docket, metric)
    if wanting:
        return [Row(metric.key, None, 0, None, None, None, None, missing=wanting)]
    found = counting(seen, metric)
    groups = len(found.names)
    rows = _rows(found, groups)
    shown = figures(metric, rows)
    excluded = _count(found.excluded, found.group, groups)
    lacking = _count(found.lacking, found.group, groups)
    some = shown.n + excluded + lacking > 0
    if found.group is None:
        some = np.ones(1, dtype=bool)
    places = np.flatnonzero(some)
    names = [found.names[place] for place in places.tolist()]
    counts = (shown.n[places], excluded[places], lacking[places])
    parts = (shown.numerator, shown.value, shown.low, shown.high)
    whole = (column.astype(np.int64).tolist() for column in counts)
    columns = (_numbers_or_none(column[places]) for column in parts)
    n, left, lacks = whole
    return list(map(Row, repeat(metric.key), names, n, *columns, left, lacks))


def _numbers_or_none(column: Column) -> list[float | None]:
    """Return numbers; None for what is not known."""
    known = np.isfinite(column)
    if known.all():
        return list(column.tolist())
    found = column.astype(object)
    found[~known] = None
    return list(found.tolist())


def _rows(found: Counting, groups: int) -> Rows:
    """Return the rows that count, cut out of the tally."""
    tally, keep = found.tally, np.flatnonzero(found.counts)

    def cut(column: Column | None) -> Column | None:
        return None if column is None else column[keep]

    day = None if tally.unit is None or tally.on is None else tally.on[keep]
    return Rows(
        len(keep),
        cut(found.group),
        groups,
        cut(tally.hits),
        cut(tally.values),
        cut(tally.unit),
        None if day is None else day.astype("datetime64[D]").astype(np.int64),
    )


def _count(rows: Mask, group: Ints | None, groups: int) -> Column:
    if group is None:
        return np.array([np.count_nonzero(rows)])
    return np.bincount(group[rows], minlength=groups)


def _filtered(seen: View, metric: Metric, tally: Tally) -> Mask:
    """Return the rows of the kinds, agents, clients and fields asked for."""
    question = seen.question
    inside = np.ones(len(tally.rows), dtype=bool)
    for kinds in (metric.kinds, question.kinds):
        if kinds and len(kinds) < len(KINDS):
            inside &= _of_case(seen.is_kind(*kinds), tally)
    asked = (
        (Grouping.AGENT, question.agents),
        (Grouping.CLIENT, question.clients),
        (Grouping.FIELD, question.fields),
    )
    for by, names in asked:
        if names:
            codes, known = _codes(seen, metric, tally, by)
            inside &= np.array([name in names for name in known])[codes]
    return inside


def _in_period(on: Column, question: Question) -> Mask:
    inside = np.ones(len(on), dtype=bool)
    if question.first is not None:
        inside &= on >= np.datetime64(question.first, "D")
    if question.last is not None:
        inside &= on <= np.datetime64(question.last, "D")
    return inside


def _never(seen: View, metric: Metric, tally: Tally) -> Mask:
    """Return the rows of cases that never count, or are another agency's work."""
    never = _of_case(seen.excluded, tally)
    if metric.work is Work.DRAFTING:
        never = never | _of_case(told(seen["taken_over"]), tally)
    if tally.on is not None:
        gone = _of_case(seen["handed_over"], tally)
        never = never | (tally.on >= gone)
    return never


def _of_case(column: Column, tally: Tally) -> Column:
    """Return a column of cases for the rows of a tally."""
    return column if tally.case is None else column[tally.case]


def _groups(
    seen: View, metric: Metric, tally: Tally
) -> tuple[Ints | None, tuple[str | None, ...]]:
    by = seen.question.by
    if by is None or (by is Grouping.MONTH and tally.on is None):
        return None, (None,)
    codes, names = _codes(seen, metric, tally, by)
    return codes, names


def _codes(
    seen: View, metric: Metric, tally: Tally, by: Grouping
) -> tuple[Ints, tuple[str, ...]]:
    """Return the group of each row as a code, and the names of the codes."""
    if by is Grouping.MONTH:
        return _months(tally)
    name: str = by.value
    if by is Grouping.AGENT:
        if tally.agent is not None:
            return tally.agent, seen.docket.labels["agent"]
        name = "agent" if metric.work is Work.DRAFTING else "handler"
    return _of_case(seen[name], tally), seen.docket.labels[name]


def _months(tally: Tally) -> tuple[Ints, tuple[str, ...]]:
    """Return months as codes from 1; 0 is a row without a day."""
    on = tally.on if tally.on is not None else np.zeros(0, dtype="datetime64[D]")
    days = on.astype("datetime64[D]", copy=False).view(np.int64)
    dated = told(on) & tally.rows
    here = days[dated]
    if not len(here):
        return np.zeros(len(on), dtype=np.int64), ("",)
    first = int(here.min())
    calendar = np.arange(first, int(here.max()) + 1).astype("datetime64[D]")
    months = calendar.astype("datetime64[M]")
    codes = np.zeros(len(on), dtype=np.int64)
    codes[dated] = ((months - months[0]).astype(np.int64) + 1)[here - first]
    names = np.datetime_as_string(np.arange(months[0], months[-1] + 1))
    return codes, ("", *names.tolist())


def behind(
    docket: Docket, question: Question, metric: Metric, group: str | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers of the cases that count in a row, and of the hits among them."""
    if missing(docket, metric):
        return (), ()
    found = counting(view(docket, question), metric)
    here = found.counts
    if group is not None and found.group is not None:
        if group not in found.names:
            return (), ()
        here = here & (found.group == found.names.index(group))
    hits = found.tally.hits
    hit = here if hits is None else here & (hits == 1)
    return _numbers(docket, found.tally, here), _numbers(docket, found.tally, hit)


def _numbers(docket: Docket, tally: Tally, rows: Mask) -> tuple[str, ...]:
    places = np.flatnonzero(rows)
    if tally.case is not None:
        places = np.unique(tally.case[places])
    return tuple(docket.numbers[places].tolist())


def plain_row(row: Row) -> dict[str, Any]:
    """Return a row as the command line prints it."""
    mark = row.benchmark
    benchmark = mark and {
        "value": mark.value,
        "unit": mark.unit.value,
        "year": mark.year,
        "what": mark.what,
        "mark": mark.mark,
        "source": mark.source,
    }
    return {
        "key": row.key,
        "group": row.group,
        "n": row.n,
        "numerator": _whole(row.numerator),
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "excluded": row.excluded,
        "lacking": row.lacking,
        "missing": list(row.missing),
        "benchmark": benchmark,
    }


def _whole(value: float | None) -> float | None:
    """Return a count as a whole number, for JSON."""
    return int(value) if value is not None and value.is_integer() else value
