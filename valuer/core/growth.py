"""Growth of revenue: from year to year, and compound over several years.

A rate is told between whole years alone: where the valuation date lies within a
period, its figure may cover a part of the year, and a rate would mislead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from valuer.core.case import ForecastPeriod
from valuer.core.periods import add_months


def growth_rates(
    periods: Sequence[ForecastPeriod], valuation_date: date | None
) -> tuple[float | None, ...]:
    """Return for each period its growth over the one before, a fraction, or None."""
    if not periods:
        return ()
    whole = [_is_whole(one, valuation_date) for one in periods]
    rates: list[float | None] = [None]
    for (one, other), (is_first, is_second) in zip(
        pairwise(periods), pairwise(whole), strict=True
    ):
        is_told = is_first and is_second and _is_next(one, other) and one.revenue > 0
        rates.append(float(other.revenue / one.revenue) - 1 if is_told else None)
    return tuple(rates)


def compound_growth(
    periods: Sequence[ForecastPeriod], valuation_date: date | None
) -> float | None:
    """Return the annual growth from the first to the last whole year, or None.

    (last / first)^(1 / years) − 1, by definition of the compound annual growth rate.
    """
    whole = [one for one in periods if _is_whole(one, valuation_date)]
    if len(whole) < 2 or whole[0].revenue <= 0 or whole[-1].revenue < 0:
        return None
    years = whole[-1].end.year - whole[0].end.year
    if years < 1 or not all(_is_next(*pair) for pair in pairwise(whole)):
        return None
    share: float = float(whole[-1].revenue / whole[0].revenue) ** (1 / years)
    return share - 1


def _is_whole(one: ForecastPeriod, valuation_date: date | None) -> bool:
    if valuation_date is None or one.end <= valuation_date or one.end.year < 2:
        return True
    return add_months(one.end, -12) >= valuation_date


def _is_next(one: ForecastPeriod, other: ForecastPeriod) -> bool:
    return one.end.year < 9999 and add_months(one.end, 12) == other.end
