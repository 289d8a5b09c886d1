"""The term of a patent and what is left of it on a day.

Counted from the filing date, not the priority date. A patent filed on 2020-05-18 is
in force to 2040-05-17; its expiry day (期满终止日) is 2040-05-18, and it is not moved
over holidays, for the term is no procedural period. Compensation is added as granted.

Source: Patent Law art. 42 (invention 20, utility model 10, design 15 years); designs
filed before 2021-06-01: 10 years.
"""

from __future__ import annotations

from datetime import date, timedelta

from valuer.core.patents import Patent, PatentKind
from valuer.core.periods import DayCount, same_day, years_between

YEARS = {
    PatentKind.INVENTION: 20,
    PatentKind.UTILITY_MODEL: 10,
    PatentKind.DESIGN: 15,
}
"""Years of protection by kind, Chinese patents."""

FIFTEEN_YEAR_DESIGNS = date(2021, 6, 1)
"""Designs filed from this day on have 15 years, earlier ones 10."""


def term_years(kind: PatentKind, filed: date) -> int:
    """Return the years of protection of a Chinese patent."""
    if kind is PatentKind.DESIGN and filed < FIFTEEN_YEAR_DESIGNS:
        return 10
    return YEARS[kind]


def expiry_day(patent: Patent) -> date | None:
    """Return the day on which the term ends, or None where it cannot be reckoned.

    Outside China only inventions are reckoned, at twenty years from filing. Days of
    compensation that lead out of the calendar give None.
    """
    if patent.filed is None or patent.kind is None:
        return None
    if patent.country not in ("", "CN") and patent.kind is not PatentKind.INVENTION:
        return None
    years = term_years(patent.kind, patent.filed)
    try:
        end = same_day(patent.filed, 12 * years)
        return end + timedelta(days=patent.pta_days + patent.pte_days)
    except OverflowError:
        return None


def remaining_years(patent: Patent, on: date) -> float | None:
    """Return the legal life left on a day in years, nought after the expiry day."""
    end = expiry_day(patent)
    if end is None:
        return None
    return years_between(on, end, DayCount.ACT_ACT) if end > on else 0.0
