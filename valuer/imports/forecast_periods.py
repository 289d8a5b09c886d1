"""Read the name of a forecast's period: its last day, and whether it is history.

Understood are 2026年10-12月, 2026年, 2026年度, FY2026, 2026E, 2026A, 2026Q4,
2026年第四季度, 2026年下半年, 2026年12月, 2026-12-31, spans of two dates, and the day
numbers of Excel.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from valuer.core.dates import excel_day, month_end, parse_date

_DASH = r"\s*(?:-|–|—|~|～|至|到|to)\s*"
_HISTORY = re.compile(r"实际|历史|已审|审定|已发生|actual|audited|history|historic")
_FORECAST = re.compile(r"预测|预计|估计|forecast|projected|estimate|budget|预算")
_MARK = re.compile(r"(?<=[\d年度])\s*([aefpb])$")
_NOISE = re.compile(
    r"实际数?|历史(?:数据|年度)?|已审数?|审定数?|已发生|预测(?:数|期|年度)?|预计数?|估计数?|预算数?"
    r"|actual|audited|historical?|forecast|projected|estimated?|budget|年度?末?合计|[()\[\]'’]"
)
_YEAR = re.compile(r"(?:fy|cy)?\s*((?:19|20|21)\d\d)(?:\s*年度?|\s*fy)?(?:\.0)?")
_MONTHS = re.compile(
    r"((?:19|20|21)\d\d)\s*[年./-]\s*(\d{1,2})\s*月?" + _DASH + r"(\d{1,2})\s*月(?:份)?"
)
_MONTH = re.compile(r"((?:19|20|21)\d\d)\s*[年./-]\s*(\d{1,2})\s*(?:月(?:份)?)?")
_QUARTER = re.compile(
    r"((?:19|20|21)\d\d)\s*年?\s*(?:q([1-4])|第?([一二三四1-4])\s*季度?)"
    r"|q([1-4])\s*[' ]?\s*((?:19|20|21)\d\d)"
)
_HALF = re.compile(
    r"((?:19|20|21)\d\d)\s*年?\s*(?:(上|下)半年度?|h([12]))|h([12])\s*((?:19|20|21)\d\d)"
)
_SPAN = re.compile(r"(.{8,16}?)" + _DASH + r"(.{8,16})")
_SERIAL = re.compile(r"[345]\d{4}")
_Span = tuple[date | None, date, date | None]
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """A period as its name tells it.

    Attributes:
        end: its last day.
        start: its first day, where the name tells a part of a year.
        is_history: whether it is marked as past; None if it is not marked.
        first_day: the day the name gave, where it was the first of a month and so
            is meant as the start; ``end`` is then that of the month or year.
        is_serial: whether the name was a day number of Excel, or could be a figure.
    """

    end: date
    start: date | None = None
    is_history: bool | None = None
    first_day: date | None = None
    is_serial: bool = False


def parse_period(text: str) -> Period | None:
    """Return the period a header cell names, or None."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if not 4 <= len(plain) <= 40 or not any(map(str.isdigit, plain)):
        return None
    is_history = _marked(plain)
    bare = _NOISE.sub(" ", plain).strip()
    bare = _MARK.sub("", bare).strip(" :")
    span = _span(bare)
    if span is None:
        return None
    start, end, first_day = span
    return Period(end, start, is_history, first_day, bool(_SERIAL.fullmatch(bare)))


def marks_history(text: str) -> bool | None:
    """Tell whether a heading over periods says history or forecast; None if neither."""
    return _marked(unicodedata.normalize("NFKC", text).casefold())


def _marked(plain: str) -> bool | None:
    if _HISTORY.search(plain):
        return True
    if _FORECAST.search(plain):
        return False
    mark = _MARK.search(plain.strip(" ()"))
    return None if mark is None else mark[1] == "a"


def _span(text: str) -> _Span | None:
    if match := _YEAR.fullmatch(text):
        return None, date(int(match[1]), 12, 31), None
    for pattern in (_months, _quarter, _half):
        if found := pattern(text):
            return found
    if day := parse_date(text) or _serial(text):
        return _from_day(day)
    if match := _MONTH.fullmatch(text):
        return _between(match[1], int(match[2]), int(match[2]))
    if match := _SPAN.fullmatch(text):
        start, end = parse_date(match[1].strip()), parse_date(match[2].strip())
        if start and end and start <= end:
            return start, end, None
    return None


def _serial(text: str) -> date | None:
    return excel_day(float(text)) if _SERIAL.fullmatch(text) else None


def _from_day(day: date) -> _Span:
    """Take a day as the period's end, but the first of a month as that period."""
    if day.day != 1:
        return None, day, None
    end = date(day.year, 12, 31) if day.month == 1 else month_end(day.year, day.month)
    return None, end, day


def _months(text: str) -> _Span | None:
    match = _MONTHS.fullmatch(text)
    return _between(match[1], int(match[2]), int(match[3])) if match else None


def _quarter(text: str) -> _Span | None:
    match = _QUARTER.fullmatch(text)
    if not match:
        return None
    mark = match[2] or match[3] or match[4]
    quarter = _QUARTERS.get(mark) or int(mark)
    return _between(match[1] or match[5], 3 * quarter - 2, 3 * quarter)


def _half(text: str) -> _Span | None:
    match = _HALF.fullmatch(text)
    if not match:
        return None
    is_second = (match[2] or match[3] or match[4]) in ("下", "2")
    first = 7 if is_second else 1
    return _between(match[1] or match[5], first, first + 5)


def _between(year: str, first: int, last: int) -> _Span | None:
    if not 1 <= first <= last <= 12:
        return None
    return date(int(year), first, 1), month_end(int(year), last), None
