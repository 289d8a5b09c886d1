"""From rows that count to figures: one function for each shape of a metric.

Every function takes the rows that count, with the group of each, and returns for every
group how many there are, the value, and its 95 % interval.

Source: rates E. B. Wilson (1927); means Student (1908); medians by order statistics,
Conover, Practical Nonparametric Statistics, 3.2; counts F. Garwood, Biometrika 28
(1936) 437; concentration by O. C. Herfindahl (1950), without an interval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from valuer.agency.columns import Column
from valuer.agency.metric import Metric, Shape
from valuer.agency.statistics import (
    Estimate,
    Ints,
    Z,
    curves,
    incidence_at,
    quantiles,
    survival_at,
    wilson,
)
from valuer.core.distributions import Floats

DAYS_OF_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that count; group None: all in one.

    Attributes:
        day: of each row in whole days, where the shape asks for it.
    """

    size: int
    group: Ints | None
    groups: int
    hits: Column | None = None
    values: Column | None = None
    unit: Column | None = None
    day: Column | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of every group; NaN where there is none."""

    n: Floats
    numerator: Floats
    value: Floats
    low: Floats
    high: Floats


def figures(metric: Metric, rows: Rows) -> Figures:
    """Return the figures of a metric for every group."""
    return _SHAPES[metric.shape](metric, rows)


def counted(rows: Rows, weights: Column | None = None) -> Floats:
    """Return how many rows each group has, or the sum of their weights."""
    if rows.group is None:
        return np.array([rows.size if weights is None else weights.sum()], dtype=float)
    return np.bincount(rows.group, weights, rows.groups).astype(float)


def _rate(metric: Metric, rows: Rows) -> Figures:
    n, hits = counted(rows), _hits(rows)
    low, high = wilson(hits, n)
    value = _over(hits, n)
    return Figures(n, hits, *(part * metric.per for part in (value, low, high)))


def _hits(rows: Rows) -> Floats:
    if rows.hits is None:
        return np.zeros(rows.groups)
    if rows.group is None:
        return np.array([np.count_nonzero(rows.hits)], dtype=float)
    return np.bincount(rows.group[rows.hits], minlength=rows.groups).astype(float)


def _mean(metric: Metric, rows: Rows) -> Figures:
    n, values = counted(rows), _values(rows)
    total = counted(rows, values)
    mean = _over(total, n)
    around = values - (mean[0] if rows.group is None else mean[rows.group])
    return of_moments(n, total, counted(rows, around * around))


def of_moments(n: Floats, total: Floats, squares: Floats) -> Figures:
    """Return means with Student's interval from counts, sums and squares about them.

    What is averaged is counted or measured and never below nought; nor is its mean.
    """
    from scipy import special

    mean, spread = _over(total, n), _over(squares, np.maximum(n - 1, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        half = special.stdtrit(n - 1, 0.975) * np.sqrt(spread / n)
    half = np.where(n > 1, half, np.nan)
    return Figures(n, total, mean, np.maximum(mean - half, 0.0), mean + half)


def _median(metric: Metric, rows: Rows) -> Figures:
    values, n = _values(rows), counted(rows)
    if rows.group is None:
        ordered, starts = np.sort(values), np.zeros(1)
    else:
        ordered = values[np.lexsort((values, rows.group))]
        starts = np.concatenate(([0.0], np.cumsum(n)[:-1]))

    def at(rank: Floats) -> Floats:
        place = (starts + np.clip(rank, 0, np.maximum(n - 1, 0))).astype(np.int64)
        safe = np.minimum(place, max(len(ordered) - 1, 0))
        found = ordered[safe] if len(ordered) else np.zeros(rows.groups)
        return np.where(n > 0, found, np.nan)

    middle = (at(np.floor((n - 1) / 2)) + at(np.ceil((n - 1) / 2))) / 2
    half = Z * np.sqrt(n) / 2
    low, high = np.floor(n / 2 - half), np.ceil(n / 2 + half)
    bounds = (
        np.where(low >= 0, at(low), np.nan),
        np.where(high <= n - 1, at(high), np.nan),
    )
    return Figures(n, np.floor(n / 2), middle, *bounds)


def _time(metric: Metric, rows: Rows) -> Figures:
    curve = curves(_days(rows), _fates(rows), rows.group, rows.groups)
    return _of_estimate(rows, quantiles(curve), 1 / DAYS_OF_MONTH)


def _survival(metric: Metric, rows: Rows) -> Figures:
    curve = curves(_days(rows), _fates(rows), rows.group, rows.groups)
    return _of_estimate(rows, survival_at(curve, metric.horizon), 1.0)


def _incidence(metric: Metric, rows: Rows) -> Figures:
    curve = curves(_days(rows), _fates(rows), rows.group, rows.groups)
    found = incidence_at(curve, metric.horizon)
    inside = (curve.time <= metric.horizon) * curve.hits
    hits = np.bincount(curve.group, inside, rows.groups).astype(float)
    return Figures(counted(rows), hits, found.value, found.low, found.high)


def _of_estimate(rows: Rows, found: Estimate, scale: float) -> Figures:
    ended = counted(rows, (_fates(rows) > 0).astype(float))
    parts = (found.value * scale, found.low * scale, found.high * scale)
    return Figures(counted(rows), ended, *parts)


def _count_per(metric: Metric, rows: Rows) -> Figures:
    n = counted(rows)
    return of_counts(counted(rows, _values(rows)), n, metric.per)


def _per_unit(metric: Metric, rows: Rows) -> Figures:
    """Sum the values over how many different units there are."""
    group = _group(rows)
    unit = np.zeros(rows.size, dtype=np.int64) if rows.unit is None else rows.unit
    width = int(unit.max(initial=0)) + 1
    pairs = np.unique(group * width + unit)
    units = np.bincount(pairs // width, minlength=rows.groups).astype(float)
    return of_counts(counted(rows, _values(rows)), units, metric.per)


def of_counts(count: Floats, n: Floats, per: int) -> Figures:
    """Return counts per n with Garwood's exact interval."""
    from scipy import special

    low = np.where(count > 0, special.gammaincinv(np.maximum(count, 1e-9), 0.025), 0.0)
    high = special.gammaincinv(count + 1, 0.975)
    parts = (_over(one, n) * per for one in (count, low, high))
    return Figures(n, count, *parts)


def _concentration(metric: Metric, rows: Rows) -> Figures:
    owner, sizes = _pairs(rows, _group(rows))
    n = counted(rows)
    squares = np.bincount(owner, sizes**2, rows.groups).astype(float)
    biggest = np.zeros(rows.groups)
    np.maximum.at(biggest, owner, sizes)
    nothing = np.full(rows.groups, np.nan)
    return Figures(n, biggest, _over(squares, n * n), nothing, nothing)


def _peak(metric: Metric, rows: Rows) -> Figures:
    days = np.zeros(rows.size, dtype=np.int64) if rows.day is None else rows.day
    first = int(days.min(initial=0))
    width = int(days.max(initial=0)) - first + 1
    owner, sizes = _pairs(rows, _group(rows) * width + days - first)
    biggest = np.zeros(rows.groups)
    np.maximum.at(biggest, owner // width, sizes)
    n, nothing = counted(rows), np.full(rows.groups, np.nan)
    return Figures(n, biggest, np.where(n > 0, biggest, np.nan), nothing, nothing)


def _pairs(rows: Rows, owner: Ints) -> tuple[Ints, Floats]:
    """Return for each pair of an owner and a unit the owner and how many rows."""
    unit = np.zeros(rows.size, dtype=np.int64) if rows.unit is None else rows.unit
    width = int(unit.max(initial=0)) + 1
    pairs, sizes = np.unique(owner * width + unit, return_counts=True)
    return pairs // width, sizes.astype(float)


def _group(rows: Rows) -> Ints:
    return np.zeros(rows.size, dtype=np.int64) if rows.group is None else rows.group


def _values(rows: Rows) -> Floats:
    return np.zeros(rows.size) if rows.values is None else rows.values


def _days(rows: Rows) -> Ints:
    return _values(rows).astype(np.int64)


def _fates(rows: Rows) -> Ints:
    found = np.zeros(rows.size) if rows.hits is None else rows.hits
    return found.astype(np.int64)


def _over(above: Floats, below: Floats) -> Floats:
    """Return a quotient; NaN where it has no denominator."""
    nothing = np.full(np.broadcast(above, below).shape, np.nan)
    found: Floats = np.divide(above, below, out=nothing, where=below > 0)
    return found


_SHAPES: dict[Shape, Callable[[Metric, Rows], Figures]] = {
    Shape.RATE: _rate,
    Shape.MEAN: _mean,
    Shape.MEDIAN: _median,
    Shape.TIME: _time,
    Shape.SURVIVAL: _survival,
    Shape.INCIDENCE: _incidence,
    Shape.COUNT_PER: _count_per,
    Shape.PER_UNIT: _per_unit,
    Shape.CONCENTRATION: _concentration,
    Shape.PEAK: _peak,
}
