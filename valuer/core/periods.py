"""Dated periods: what a forecast's dates become before a formula sees them.

The first period runs from the valuation date to ``first_period_end``, the others are
whole years after it. Each period has, in years from the valuation date, a ``start``
and an ``end`` that stops at the expiry day, and the ``length`` it would have without
it. What lies after the expiry day has no length: a patent has no terminal value.

Source: mid-period and year-end exponents by act/365 as Excel's XNPV, or act/act by
anniversaries, so that whole years count 1 exactly; or by whole months, as Chinese
worksheets reckon.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.texts import N_


class DayCount(StrEnum):
    """How days become years."""

    ACT_365 = "act/365"
    ACT_ACT = "act/act"
    MONTHS = "months"


class Timing(StrEnum):
    """When in its period a flow counts: in the middle (期中) or at the end (期末)."""

    MID = "mid"
    END = "end"


DAY_COUNT_NAMES = (
    (DayCount.ACT_365.value, N_("Actual days / 365")),
    (DayCount.ACT_ACT.value, N_("Actual days / days of the year")),
    (DayCount.MONTHS.value, N_("Months / 12")),
)

TIMING_NAMES = (
    (Timing.MID.value, N_("Mid-period")),
    (Timing.END.value, N_("End of period")),
)


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods on the time axis, each array of shape (periods,), in years.

    Attributes:
        starts: first day of each period; ``ends``: its last day, by the calendar.
        start: years from the valuation date to the start, cut at the expiry day.
        end: years from the valuation date to the end, cut at the expiry day.
        length: years of the whole period.
    """

    starts: tuple[date, ...]
    ends: tuple[date, ...]
    start: Floats
    end: Floats
    length: Floats


def periods(
    count: int,
    *,
    valuation_date: date,
    first_period_end: date,
    expiry_date: date,
    day_count: DayCount,
) -> Periods:
    """Lay out ``count`` periods from the valuation date.

    Raises:
        OverflowError: a period would end after the year 9999.
    """
    ends = tuple(add_months(first_period_end, 12 * k) for k in range(count))
    starts = (valuation_date, *ends[:-1])
    cut_starts = [min(day, expiry_date) for day in starts]
    cut_ends = [min(day, expiry_date) for day in ends]

    def years(days: list[date] | tuple[date, ...]) -> Floats:
        return np.array([years_between(valuation_date, day, day_count) for day in days])

    return Periods(
        starts,
        ends,
        years(cut_starts),
        years(cut_ends),
        years(ends) - years(starts),
    )


def years_between(first: date, last: date, day_count: DayCount) -> float:
    """Return the years from ``first`` to ``last`` (not before it)."""
    if day_count is DayCount.ACT_365:
        return (last - first).days / 365
    if day_count is DayCount.MONTHS:
        return _months_between(first, last) / 12
    whole = last.year - first.year
    if add_months(first, 12 * whole) > last:
        whole -= 1
    anniversary = add_months(first, 12 * whole)
    if anniversary.year == date.max.year:  # the anniversary that follows is no date
        return whole + (last - anniversary).days / 365
    following = add_months(first, 12 * (whole + 1))
    return whole + (last - anniversary).days / (following - anniversary).days


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; the last of the month stays the last.

    Raises:
        OverflowError: the year would be after 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, last if _is_month_end(day) else min(day.day, last))


def same_day(day: date, months: int) -> date:
    """Return the same day so many months later; without one, the month's last day.

    Raises:
        OverflowError: the year would be after 9999.
    """
    moved = add_months(day, months)
    last = calendar.monthrange(moved.year, moved.month)[1]
    return moved.replace(day=min(day.day, last))


def _months_between(first: date, last: date) -> float:
    """Months as worksheets count them: of thirty days each, month ends meet."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    from_end = _is_month_end(first)
    first_day = 30 if from_end else min(first.day, 30)
    last_day = 30 if from_end and _is_month_end(last) else min(last.day, 30)
    return whole + (last_day - first_day) / 30


def _is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
