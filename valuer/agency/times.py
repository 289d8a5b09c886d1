"""Times (周期): by when which part of the cases has ended, and how the chance grows.

Quantiles are read off Kaplan and Meier's curve, group by group; what is pending counts
as long as it was followed. ``growth`` is the chance of a grant, and of a loss, by each
month from filing, by Aalen and Johansen; for a time it is one minus Kaplan and Meier.

Source: as in ``statistics``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuer.agency.columns import Docket
from valuer.agency.figures import DAYS_OF_MONTH
from valuer.agency.metric import Metric, Question, Shape, View, view
from valuer.agency.quality import Counting, counting, missing
from valuer.agency.statistics import (
    Curves,
    Estimate,
    Ints,
    curves,
    incidence_at,
    quantiles,
)
from valuer.core.distributions import Floats

SHARES = (0.10, 0.25, 0.50, 0.75, 0.90)
"""The shares whose times are told."""

LONGEST = 72
"""Months that a curve of growth is followed at the most."""


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one group, in months; NaN: not reached yet, or end not known.

    Attributes:
        group: as in a row; ``n``: cases; ``ended``: how many of them have ended.
        shares: of the cases; months, low, high: by when so many had ended.
    """

    group: str | None
    n: int
    ended: int
    shares: tuple[float, ...]
    months: Floats
    low: Floats
    high: Floats


def times(
    docket: Docket,
    question: Question,
    metric: Metric,
    shares: tuple[float, ...] = SHARES,
) -> tuple[Times, ...]:
    """Return the quantiles of a metric that is a time, for each group of a question."""
    followed = _followed(view(docket, question), metric)
    if followed is None:
        return ()
    found, time, fate, group = followed
    groups = len(found.names)
    curve = curves(time, (fate > 0).astype(np.int64), group, groups)
    parts = [quantiles(curve, share) for share in shares]
    value, low, high = (
        np.stack([getattr(part, name) for part in parts], axis=-1) / DAYS_OF_MONTH
        for name in ("value", "low", "high")
    )
    ended = np.bincount(group, fate > 0, groups)
    return tuple(
        Times(
            found.names[place],
            int(curve.size[place]),
            int(ended[place]),
            shares,
            value[place],
            low[place],
            high[place],
        )
        for place in np.flatnonzero(curve.size).tolist()
    )


@dataclass(frozen=True, slots=True)
class Growth:
    """How the chance of an outcome grows with the months.

    Attributes:
        n: cases; ``months``: from the start, as far as any case was followed.
        hit: chance of the outcome asked for (a grant; of a time, the end) by each
            month, ``hit_low`` and ``hit_high`` its 95 % interval.
        other: chance of the competing outcome, with its interval; empty for a time.
    """

    n: int
    months: Ints
    hit: Floats
    hit_low: Floats
    hit_high: Floats
    other: Floats
    other_low: Floats
    other_high: Floats


def growth(
    docket: Docket, question: Question, metric: Metric, longest: int = LONGEST
) -> Growth | None:
    """Return how the chance grows of a metric that is a time or an incidence.

    None where no case counts.
    """
    followed = _followed(view(docket, question), metric)
    if followed is None:
        return None
    _, time, fate, _ = followed
    if metric.shape is Shape.TIME:
        fate = (fate > 0).astype(np.int64)
    # A month's last day is rounded to a whole one.
    last = min(int((time.max() + 0.5) / DAYS_OF_MONTH), longest)
    months = np.arange(last + 1, dtype=np.int64)
    hit = _at_each(curves(time, fate), months)
    if metric.shape is Shape.TIME:
        none = np.zeros(0)
        other = Estimate(none, none, none)
    else:
        other = _at_each(curves(time, np.where(fate > 0, 3 - fate, 0)), months)
    return Growth(
        len(time), months, hit.value, hit.low, hit.high, other.value, other.low,
        other.high,
    )  # fmt: skip


def _at_each(curve: Curves, months: Ints) -> Estimate:
    ends = [round(month * DAYS_OF_MONTH) for month in months.tolist()]
    found = [incidence_at(curve, end) for end in ends]
    parts = (
        np.concatenate([getattr(one, name) for one in found])
        for name in ("value", "low", "high")
    )
    return Estimate(*parts)


def _followed(seen: View, metric: Metric) -> tuple[Counting, Ints, Ints, Ints] | None:
    """Return the days, the fates and the groups of the rows that count, if any do."""
    if missing(seen.docket, metric):
        return None
    found = counting(seen, metric)
    keep, tally = np.flatnonzero(found.counts), found.tally
    if tally.values is None or tally.hits is None or not len(keep):
        return None
    group = np.zeros(len(keep)) if found.group is None else found.group[keep]
    parts = (tally.values[keep], tally.hits[keep], group)
    time, fate, owner = (part.astype(np.int64) for part in parts)
    return found, time, fate, owner
