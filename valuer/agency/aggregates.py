"""Aggregates (汇总数): enough of many cases to reckon a metric anew, and none of them.

Whoever is given a report can check its figures without being given the docket: a rate
follows from two counts, a mean from a sum and the squares about it, a median or a time
from how many cases have each value. No number, name or day of a case is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from valuer.agency.cohorts import quarter_name
from valuer.agency.columns import Docket
from valuer.agency.figures import Figures, Rows, figures, of_counts, of_moments
from valuer.agency.metric import Metric, Question, Shape, View, view
from valuer.agency.metrics import METRICS, metric
from valuer.agency.quality import Counting, Row, counting, missing
from valuer.agency.statistics import Ints
from valuer.core.distributions import Floats

Cell = tuple[float, int, int]
"""A value, what became of it (0 open, 1, 2), and how many cases have both."""

_FATES = (Shape.TIME, Shape.SURVIVAL, Shape.INCIDENCE)
_COUNTS = (Shape.COUNT_PER, Shape.PER_UNIT)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What is needed of one metric and group.

    Attributes:
        group: agent, client, IPC section, month or quarter; None: all in one.
        n: how many count: cases, or agents where the metric is per agent.
        total: hits, or the sum of the values, or the largest count.
        squares: sum of the squares about the mean.
        cells: how many cases have each value, where the figure needs them all.
        excluded, lacking, missing: as in a ``Row``.
    """

    key: str
    group: str | None = None
    n: int = 0
    total: float = 0.0
    squares: float = 0.0
    cells: tuple[Cell, ...] = ()
    excluded: int = 0
    lacking: int = 0
    missing: tuple[str, ...] = ()


def aggregates(
    docket: Docket, question: Question, metrics: Sequence[Metric] = METRICS
) -> tuple[Aggregate, ...]:
    """Return the aggregates of the metrics for every group that has any case.

    Raises:
        UserError: the period ends before it begins.
    """
    seen = view(docket, question)
    return tuple(one for asked in metrics for one in _of_metric(seen, asked))


def row_of(one: Aggregate) -> Row:
    """Return the row that an aggregate gives."""
    if one.missing:
        return Row(one.key, one.group, 0, None, None, None, None, missing=one.missing)
    shown = _figures(metric(one.key), one)
    return Row(
        one.key,
        one.group,
        int(shown.n[0]),
        _number(shown.numerator),
        _number(shown.value),
        _number(shown.low),
        _number(shown.high),
        one.excluded,
        one.lacking,
    )


def _number(part: Floats) -> float | None:
    return float(part[0]) if np.isfinite(part[0]) else None


def followed(one: Aggregate) -> tuple[Ints, Ints]:
    """Return the days and the fates of the cases that an aggregate has cells of."""
    values, fates, counts = _columns(one)
    return np.repeat(values.astype(np.int64), counts), np.repeat(fates, counts)


def together(parts: Sequence[Aggregate], group: str) -> Aggregate:
    """Return several groups of one rate as one."""
    return Aggregate(
        parts[0].key,
        group,
        sum(one.n for one in parts),
        sum(one.total for one in parts),
        excluded=sum(one.excluded for one in parts),
        lacking=sum(one.lacking for one in parts),
    )


def cohort_aggregates(docket: Docket, question: Question, key: str) -> list[Aggregate]:
    """Return the aggregates of an incidence by quarter of the day its metric goes by."""
    asked = metric(key)
    if missing(docket, asked):
        return []
    found = counting(view(docket, question), asked)
    on = found.tally.on
    if on is None:
        return []
    rows = np.flatnonzero(found.counts)
    codes = on[rows].astype("datetime64[M]").astype(np.int64) // 3
    return [
        _aggregate(asked, found, rows[codes == code], quarter_name(code))
        for code in np.unique(codes).tolist()
    ]


def _of_metric(seen: View, asked: Metric) -> Iterator[Aggregate]:
    wanting = missing(seen.docket, asked)
    if wanting:
        yield Aggregate(asked.key, missing=wanting)
        return
    found = counting(seen, asked)
    rows = np.flatnonzero(found.counts)
    if found.group is None:
        yield _aggregate(asked, found, rows, None, _left_out(found, None))
        return
    codes = found.group[rows]
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(found.names) + 1))
    for code, name in enumerate(found.names):
        left = _left_out(found, code)
        here = rows[order[ends[code] : ends[code + 1]]]
        if len(here) or any(left):
            yield _aggregate(asked, found, here, name, left)


def _left_out(found: Counting, code: int | None) -> tuple[int, int]:
    if code is None or found.group is None:
        return int(found.excluded.sum()), int(found.lacking.sum())
    here = found.group == code
    return int((found.excluded & here).sum()), int((found.lacking & here).sum())


def _aggregate(
    asked: Metric,
    found: Counting,
    rows: Ints,
    group: str | None,
    left: tuple[int, int] = (0, 0),
) -> Aggregate:
    tally = found.tally
    n, total, squares = len(rows), 0.0, 0.0
    cells: tuple[Cell, ...] = ()
    hits = np.zeros(n) if tally.hits is None else tally.hits[rows]
    values = np.zeros(n) if tally.values is None else tally.values[rows].astype(float)
    unit = np.zeros(n) if tally.unit is None else tally.unit[rows]
    match asked.shape:
        case Shape.RATE:
            total = float(np.count_nonzero(hits))
        case Shape.MEAN:
            total = float(values.sum())
            squares = float(((values - (total / n if n else 0.0)) ** 2).sum())
        case Shape.MEDIAN:
            cells = _cells(values, np.zeros(n))
        case Shape.CONCENTRATION:
            sizes = np.unique(unit, return_counts=True)[1]
            cells = _cells(sizes.astype(float), np.zeros(len(sizes)))
        case Shape.PEAK:
            total = _largest(unit, tally.on[rows] if tally.on is not None else unit)
        case Shape.COUNT_PER | Shape.PER_UNIT:
            total = float(values.sum())
            n = len(np.unique(unit)) if asked.shape is Shape.PER_UNIT else n
        case _:
            cells = _cells(values, hits)
    return Aggregate(asked.key, group, n, total, squares, cells, *left)


def _cells(values: Floats, fates: Floats) -> tuple[Cell, ...]:
    pairs = np.stack([values, fates.astype(float)])
    kept, counts = np.unique(pairs, axis=1, return_counts=True)
    rows = zip(*kept.tolist(), counts.tolist(), strict=True)
    return tuple((value, int(fate), count) for value, fate, count in rows)


def _largest(unit: Floats, on: Floats) -> float:
    """Return the most rows of one unit on one day."""
    pairs = np.stack([unit.astype(np.int64), on.astype(np.int64)])
    counts = np.unique(pairs, axis=1, return_counts=True)[1]
    return float(counts.max(initial=0))


def _figures(asked: Metric, one: Aggregate) -> Figures:
    n, total = np.array([float(one.n)]), np.array([float(one.total)])
    if asked.shape is Shape.MEAN:
        return of_moments(n, total, np.array([float(one.squares)]))
    if asked.shape in _COUNTS:
        return of_counts(total, n, asked.per)
    if asked.shape is Shape.PEAK:
        nothing = np.array([np.nan])
        return Figures(n, total, total if one.n else nothing, nothing, nothing)
    return figures(asked, _rows(asked, one))


def _rows(asked: Metric, one: Aggregate) -> Rows:
    """Return as many rows as there were cases, alike in what the figure needs."""
    if asked.shape is Shape.RATE:
        return Rows(one.n, None, 1, hits=np.arange(one.n) < one.total)
    values, fates, counts = _columns(one)
    if asked.shape is Shape.CONCENTRATION:
        sizes = np.repeat(values.astype(np.int64), counts)
        unit = np.repeat(np.arange(len(sizes)), sizes)
        return Rows(len(unit), None, 1, unit=unit)
    size = int(counts.sum())
    hits = np.repeat(fates, counts) if asked.shape in _FATES else None
    return Rows(size, None, 1, hits=hits, values=np.repeat(values, counts))


def _columns(one: Aggregate) -> tuple[Floats, Ints, Ints]:
    """Return values, fates and counts of the cells."""
    table = np.array(one.cells, dtype=float).reshape(-1, 3)
    return table[:, 0], table[:, 1].astype(np.int64), table[:, 2].astype(np.int64)
