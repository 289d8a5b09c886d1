"""Dates as people and offices write them.

One reading for lists and for the window's fields: 2016.10.13, 20170301, 2026-9-30,
2026年9月30日, 2026/9/30, full-width digits, a time after the date, names of months,
and American or European forms where the day gives them away. A form that can mean
two days is not guessed: it reads as no date.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*(?:([-./])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)"
    + _TIME
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})" + _TIME)
_DAY_MONTH = re.compile(r"(\d{1,2})[-. ]+([A-Za-z]{3,9})\.?[-, ]+(\d{4})" + _TIME)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SERIAL_START = date(1899, 12, 30)


@lru_cache(maxsize=65536)
def parse_date(text: str) -> date | None:
    """Return the day a text names, or None if it names none or may name two."""
    plain = text.strip()
    if not plain:
        return None
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    if match := _YEAR_FIRST.fullmatch(plain):
        year, _, month, day, month_cn, day_cn = match.groups()
        return _day(year, month or month_cn, day or day_cn)
    if match := _PACKED.fullmatch(plain):
        return _day(*match.groups())
    if match := _YEAR_LAST.fullmatch(plain):
        return _year_last(int(match[1]), int(match[3]), match[4])
    return _month_by_name(plain)


def excel_day(serial: float) -> date | None:
    """Return the day of an Excel serial number (1900 system), or None."""
    # Below 61 lies Excel's day that never was, 1900-02-29.
    if not 61 <= serial < 2_958_466:
        return None
    return _SERIAL_START + timedelta(days=int(serial))


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def _year_last(first: int, second: int, year: str) -> date | None:
    """Read 3/25/2016 and 25.3.2016; 3/4/2016 may be two days and is none."""
    if first > 12 or first == second:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    return None


def _month_by_name(text: str) -> date | None:
    if match := _DAY_MONTH.fullmatch(text):
        day, name, year = match[1], match[2], match[3]
    elif match := _MONTH_DAY.fullmatch(text):
        name, day, year = match[1], match[2], match[3]
    else:
        return None
    known = [i for i, m in enumerate(_MONTHS, 1) if m.startswith(name.casefold())]
    return _day(year, known[0], day) if len(known) == 1 else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
