"""Times (周期): by when which part of the cases has ended.

Quantiles are read off Kaplan and Meier's curve, group by group; what is pending counts
as long as it was followed. ``growth`` is one minus that curve.

Source: as in ``statistics``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuer.agency.columns import Docket
from valuer.agency.figures import DAYS_OF_MONTH
from valuer.agency.metric import Metric, Question, View, view
from valuer.agency.quality import Counting, counting, missing
from valuer.agency.statistics import (
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
    """Which part of the cases has ended by each month, 95 % interval low to high."""

    n: int
    months: Ints
    ended: Floats
    low: Floats
    high: Floats


def growth(
    docket: Docket, question: Question, metric: Metric, longest: int = LONGEST
) -> Growth | None:
    """Return how the part that has ended grows, of a metric that is a time.

    None where no case counts.
    """
    followed = _followed(view(docket, question), metric)
    if followed is None:
        return None
    _, time, fate, _ = followed
    curve = curves(time, (fate > 0).astype(np.int64))
    # A month's last day is rounded to a whole one.
    last = min(int((time.max() + 0.5) / DAYS_OF_MONTH), longest)
    months = np.arange(last + 1, dtype=np.int64)
    found = [incidence_at(curve, round(m * DAYS_OF_MONTH)) for m in months.tolist()]
    ended, low, high = (
        np.concatenate([getattr(one, name) for one in found])
        for name in ("value", "low", "high")
    )
    return Growth(len(time), months, ended, low, high)


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
