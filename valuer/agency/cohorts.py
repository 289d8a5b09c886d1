"""Cohorts (按申请季度分组): what becomes of the inventions filed in one quarter.

Cases closed in a period are biased while filings grow, for what ends early is there too
often. A cohort follows those filed together: the chance by each month that they were
granted, or lost, by Aalen and Johansen, and what is still open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from valuer.agency.columns import Docket
from valuer.agency.figures import DAYS_OF_MONTH
from valuer.agency.metric import Question, view
from valuer.agency.metrics import metric
from valuer.agency.quality import Row, answer, counting
from valuer.agency.statistics import Ints, curves, incidence_at
from valuer.core.distributions import Floats

COHORT = "Q03_36"
"""The metric whose cases the cohorts are."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """The inventions filed in one quarter.

    Attributes:
        quarter: as in ``2024Q3``; "" is the whole period. ``n``: how many.
        months: from filing; the other columns have a value for each, NaN where none
            was followed so far.
        granted, granted_low, granted_high: chance of a grant by then, 95 % interval.
        lost, lost_low, lost_high: chance of a loss by then, 95 % interval.
    """

    quarter: str
    n: int
    months: Ints
    granted: Floats
    granted_low: Floats
    granted_high: Floats
    lost: Floats
    lost_low: Floats
    lost_high: Floats


def cohorts(
    docket: Docket, question: Question, months: tuple[int, ...] = (12, 24, 36)
) -> tuple[Cohort, ...]:
    """Return the cohorts of the question's period by quarter of filing."""
    return _followed(docket, question, months, by_quarter=True)


def whole_cohort(
    docket: Docket, question: Question, months: tuple[int, ...]
) -> Cohort | None:
    """Return all filed in the question's period as one cohort; None: no case."""
    return next(iter(_followed(docket, question, months, by_quarter=False)), None)


def _followed(
    docket: Docket, question: Question, months: tuple[int, ...], *, by_quarter: bool
) -> tuple[Cohort, ...]:
    found = counting(view(docket, replace(question, by=None)), metric(COHORT))
    keep = np.flatnonzero(found.counts)
    tally = found.tally
    if tally.on is None or tally.hits is None or tally.values is None or not len(keep):
        return ()
    quarter = tally.on[keep].astype("datetime64[M]").astype(np.int64) // 3
    codes, group = np.unique(
        quarter if by_quarter else np.zeros_like(quarter), return_inverse=True
    )
    names = [quarter_name(code) if by_quarter else "" for code in codes.tolist()]
    fate = tally.hits[keep].astype(np.int64)
    return cohorts_of(tally.values[keep].astype(np.int64), fate, group, names, months)


def quarter_name(code: int) -> str:
    """Return the name of a quarter counted from 1970: ``2024Q3``."""
    return f"{1970 + code // 4}Q{code % 4 + 1}"


def cohorts_of(
    time: Ints, fate: Ints, group: Ints, names: Sequence[str], months: Sequence[int]
) -> tuple[Cohort, ...]:
    """Return cohorts of cases with days, fates (0 open, 1 granted, 2 lost) and groups."""
    grants = curves(time, fate, group, len(names))
    losses = curves(time, np.where(fate > 0, 3 - fate, 0), group, len(names))
    ends = [round(month * DAYS_OF_MONTH) for month in months]
    columns = [
        np.stack([getattr(one, name) for one in chances], axis=-1)
        for chances in (
            [incidence_at(grants, end) for end in ends],
            [incidence_at(losses, end) for end in ends],
        )
        for name in ("value", "low", "high")
    ]
    return tuple(
        Cohort(
            name,
            int(grants.size[place]),
            np.array(months, dtype=np.int64),
            *(column[place] for column in columns),
        )
        for place, name in enumerate(names)
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """A metric of one group in two periods.

    Attributes:
        change: later value minus earlier one; for a share with Newcombe's interval.
    """

    earlier: Row
    later: Row
    change: float | None
    low: float | None
    high: float | None

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the change leaves nought out."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0 or self.high < 0


def compared(
    docket: Docket, earlier: Question, later: Question, key: str
) -> tuple[Compared, ...]:
    """Return a metric in two periods side by side, for the groups that have both.

    Source: R. G. Newcombe, Statist. Med. 17 (1998) 873, method 10, for shares; the
    same combination of the two intervals for other figures.
    """
    one = (metric(key),)
    before = {row.group: row for row in answer(docket, earlier, one)}
    after = {row.group: row for row in answer(docket, later, one)}
    return tuple(
        side_by_side(before[group], row)
        for group, row in after.items()
        if group in before
    )


def side_by_side(earlier: Row, later: Row) -> Compared:
    """Return a metric in two periods, as ``compared`` does."""
    if earlier.value is None or later.value is None:
        return Compared(earlier, later, None, None, None)
    change = later.value - earlier.value
    bounds = (earlier.low, earlier.high, later.low, later.high)
    if any(one is None for one in bounds):
        return Compared(earlier, later, change, None, None)
    first_low, first_high, then_low, then_high = (one or 0.0 for one in bounds)
    down = np.hypot(later.value - then_low, first_high - earlier.value)
    up = np.hypot(then_high - later.value, earlier.value - first_low)
    return Compared(earlier, later, change, change - float(down), change + float(up))
