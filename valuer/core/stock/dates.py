"""Days of many patents as years from the valuation date, without a loop over them.

Patents of a stock share their valuation date and first period, or a few of them: each
pair is laid out once, by the rules of a single run, and cut at each patent's expiry
day. Years never fall from one day to the next, so the earlier of two days is the lesser
of two figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuer.core.dated import dated_arrays
from valuer.core.distributions import Floats
from valuer.core.periods import DayCount, years_between

Days = NDArray[np.datetime64]
"""Shape (rows,), or (1,) where all rows have the same day."""

Pairs = tuple[list[tuple[date, date]], NDArray[np.intp]]
"""The different pairs of days, and which of them each row has."""

DATES = ("valuation_date", "first_period_end", "expiry_date")
"""The parameters of every dated method that its periods come from."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Periods of many patents, cut at their expiry days when they are asked for.

    Attributes:
        borders: years to the start of the first period and to the end of each, of
            each different pair; (pairs, count + 1). ``length``: (pairs, count).
        of_row: the pair of each row; (rows,), or (1,) where all have the same.
        left: years to the expiry day; (rows,) or (1,).
    """

    borders: Floats
    length: Floats
    of_row: NDArray[np.intp]
    left: Floats

    def of(self, rows: Any) -> dict[str, Floats]:
        """Return ``start``, ``end`` and ``length`` of some rows; (rows or 1, count)."""
        of_row, left = (
            one if len(one) == 1 else one[rows] for one in (self.of_row, self.left)
        )

        cut = np.minimum(self.borders[of_row], left[:, np.newaxis], order="F")
        length = self.length[of_row]
        return {"start": cut[:, :-1], "end": cut[:, 1:], "length": length}


def periods_of_rows(one: Any, days: Mapping[str, Days], count: int) -> Laid:
    """Return ``count`` periods of each row, which ``one`` has the settings of."""
    pairs, of_row = pairs_of(days["valuation_date"], days["first_period_end"])
    laid = [
        dated_arrays(
            replace(one, valuation_date=a, first_period_end=b, expiry_date=date.max),
            count,
        )
        for a, b in pairs
    ]
    left = _years(days["valuation_date"], days["expiry_date"], one.day_count)
    ends, length = (np.stack([each[k] for each in laid]) for k in ("end", "length"))
    # Each period starts where the one before it ends, the first at the valuation date.
    return Laid(np.insert(ends, 0, 0.0, axis=1), length, of_row, left)


def pairs_of(first: Days, second: Days) -> Pairs:
    """Return the different pairs of days of the rows."""
    if (first == first[0]).all() and (second == second[0]).all():
        return [(first[0].astype(object), second[0].astype(object))], np.zeros(
            1, np.intp
        )
    # One whole number for a pair: no calendar has as many days as _APART.
    both = first.astype(np.int64) * _APART + second.astype(np.int64)
    _, places, of_row = np.unique(both, return_index=True, return_inverse=True)
    firsts, seconds = np.broadcast_arrays(first, second)
    calendar = zip(
        firsts[places].astype(object), seconds[places].astype(object), strict=True
    )
    return list(calendar), of_row


_APART = 10_000_000


def _years(first: Days, last: Days, day_count: DayCount) -> Floats:
    """Return the years from one day to another; shape (rows,) or (1,)."""
    if day_count is DayCount.ACT_365:
        return np.asarray((last - first).astype(np.int64) / 365)
    pairs, of_row = pairs_of(first, last)
    return np.array([years_between(a, b, day_count) for a, b in pairs])[of_row]
