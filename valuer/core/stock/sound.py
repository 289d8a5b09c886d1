"""Which rows of a stock are plainly sound, so that none of them need be asked alone.

What a method's ``check`` finds of one patent, these find of columns of them, and only
the plain case: where a rarely used setting comes in, no row is plainly sound, and each
is checked by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuer.core.dated import prices_wanted
from valuer.core.dated_checks import EARLIEST, series_errors
from valuer.core.decline import Decline
from valuer.core.periods import add_months
from valuer.core.share_evidence import Jurisdiction
from valuer.core.stock.dates import Days, pairs_of

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows alike in all but their numbers and days.

    Attributes:
        one: the parameters of one of them: settings and lengths are those of all.
        days: days by parameter, shape (rows,), or (1,) where all rows have the same.
    """

    one: Any
    days: Mapping[str, Days]


def always_sound(alike: Alike) -> Bools:
    """Say that every row is sound: nothing but single parameters can be wrong."""
    del alike
    return np.array([True])


def dated_sound(alike: Alike, lead: str) -> Bools:
    """Return which rows ``dated_issues`` finds no error of; (rows,) or (1,).

    ``lead`` names the series that says how many periods there are.
    """
    one, days = alike.one, alike.days
    count = len(getattr(one, lead))
    is_plain = not one.flow_dates and prices_wanted(one) is None
    if not is_plain or any(series_errors(one, lead, count)):
        return np.array([False])
    valued, first = days["valuation_date"], days["first_period_end"]
    expiry = days["expiry_date"]
    last = np.datetime64(date(date.max.year - count, 12, 31))
    pairs, of_row = _pairs_within(valued, first)
    is_next = np.array([a < b <= add_months(a, 12) for a, b in pairs])[of_row]
    return np.asarray(
        (valued >= np.datetime64(EARLIEST))
        & (first <= last)
        & is_next
        & (expiry > valued)
        & (expiry <= np.datetime64(date.max))
    )


def _pairs_within(valued: Days, first: Days) -> Any:
    # What lies off the calendar is no day of any row; it must not stop the others.
    least, most = (
        np.datetime64(date.min),
        np.datetime64(date(date.max.year - 1, 12, 31)),
    )

    def tame(days: Days) -> Days:
        is_day = (days >= least) & (days <= most)
        return np.where(is_day, days, least)

    return pairs_of(tame(valued), tame(first))


def earning_sound(alike: Alike) -> Bools:
    """Return which rows ``earning_issues`` and ``decline_issues`` find no error of."""
    one = alike.one
    is_plain = one.survival is None and one.tax_life is None
    is_plain = is_plain and one.amortisation_tax_rate is None
    return np.array([is_plain and one.decline is Decline.NONE])


def sharing_sound(alike: Alike) -> Bools:
    """Return which rows ``revenue_share_issues`` finds no error of.

    Only what depends on figures: what settings alone refuse shows in the first row.
    """
    one = alike.one
    in_china = one.jurisdiction is Jurisdiction.CHINA
    return np.array([in_china and one.profit_margin is None])
