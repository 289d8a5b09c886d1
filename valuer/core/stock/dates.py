"""Days of many patents as years from the valuation date, without a loop over them.

Patents of a stock share their valuation date and first period, or a few of them: each
pair is laid out once, by the rules of a single run, and cut at each patent's expiry
day. Years never fall from one day to the next, so the earlier of two days is the lesser
of two figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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


def periods_of_rows(
    one: Any, days: Mapping[str, Days], count: int
) -> dict[str, Floats]:
    """Return ``start``, ``end`` and ``length`` of ``count`` periods; (rows, count).

    ``one`` stands for the settings of all rows; what all share has one row.
    """
    pairs, of_row = pairs_of(days["valuation_date"], days["first_period_end"])
    laid = [
        dated_arrays(
            replace(one, valuation_date=a, first_period_end=b, expiry_date=date.max),
            count,
        )
        for a, b in pairs
    ]
    left = _years(days["valuation_date"], days["expiry_date"], one.day_count)

    def cut(name: str) -> Floats:
        whole = np.stack([each[name] for each in laid])[of_row]
        return np.asarray(np.minimum(whole, left[:, np.newaxis], order="F"))

    length = np.stack([each["length"] for each in laid])[of_row]
    return {"start": cut("start"), "end": cut("end"), "length": length}


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
