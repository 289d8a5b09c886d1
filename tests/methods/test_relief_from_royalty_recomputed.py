"""Relief from royalty against a second reckoning that shares nothing with it.

Plain Python: one period after the other, dates by ``datetime``, sums by ``fsum``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")
DAY = timedelta(days=1)


def worth(given: dict[str, Any]) -> float:
    """Reckon the value anew."""
    valued = date.fromisoformat(given["valuation_date"])
    first = date.fromisoformat(given["first_period_end"])
    expiry = date.fromisoformat(given["expiry_date"])
    begin, parts = valued, []
    for k, revenue in enumerate(given["revenue"]):
        end = years_after(first, k)
        if begin >= expiry:
            break

        def years(day: date) -> float:
            return years_from(valued, day, given["day_count"])

        whole = years(end) - years(begin)
        if k == 0 and given["first_amount"] == "year":
            fiscal = years_from(years_after(first, -1), first, given["day_count"])
            whole = max(whole, fiscal)
        until = min(end, expiry)
        saved = float(revenue) * kth(given["royalty_rate"], k)
        saved *= (years(until) - years(begin)) / whole
        if given["tax_basis"] == "after_tax":
            saved *= 1 - kth(given["tax_rate"], k)
        when = years(until)
        if given["timing"] == "mid":
            when = years(begin) + (years(until) - years(begin)) / 2
        parts.append(saved / math.exp(when * math.log1p(given["discount_rate"])))
        begin = end
    return math.fsum(parts)


def kth(rate: Any, k: int) -> float:
    return rate[k] if isinstance(rate, list) else rate


def years_after(day: date, count: int) -> date:
    """The same day of another year; from the last day of a month to the last day."""
    if (day + DAY).day == 1:
        follows = day + DAY
        return date(follows.year + count, follows.month, 1) - DAY
    return date(day.year + count, day.month, day.day)


def years_from(first: date, last: date, day_count: str) -> float:
    if day_count == "act/365":
        return (last - first).days / 365
    if day_count == "months":
        return (thirty_days(last, first) - thirty_days(first, first)) / 360
    passed = max(n for n in range(200) if years_after(first, n) <= last)
    birthday, following = years_after(first, passed), years_after(first, passed + 1)
    return passed + (last - birthday).days / (following - birthday).days


def thirty_days(day: date, first: date) -> int:
    """Days since the year 0 in months of thirty; from a month's end to month ends."""
    is_end, from_end = (day + DAY).day == 1, (first + DAY).day == 1
    in_month = 30 if is_end and from_end else min(day.day, 30)
    return day.year * 360 + day.month * 30 + in_month


@st.composite
def inputs(draw: st.DrawFn) -> dict[str, Any]:
    month_ends = st.sampled_from(list(all_month_ends()))
    valued = draw(st.dates(date(1930, 1, 1), date(2120, 1, 1)) | month_ends)
    longest = (years_after(valued, 1) - valued).days
    count = draw(st.integers(1, 25))
    rates = st.floats(0, 1)
    either = rates | st.lists(rates, min_size=count, max_size=count)
    first = valued + draw(st.integers(1, longest) | st.just(longest)) * DAY
    amounts = st.floats(0, 1e12) | st.decimals(0, 10**12, places=2).map(
        lambda amount: format(amount, "f")
    )
    return {
        "revenue": draw(st.lists(amounts, min_size=count, max_size=count)),
        "royalty_rate": draw(either),
        "tax_rate": draw(either),
        "discount_rate": draw(rates),
        "valuation_date": valued.isoformat(),
        "first_period_end": first.isoformat(),
        "expiry_date": (valued + draw(st.integers(1, 11000)) * DAY).isoformat(),
        "timing": draw(st.sampled_from(["mid", "end"])),
        "tax_basis": draw(st.sampled_from(["after_tax", "pre_tax"])),
        "day_count": draw(st.sampled_from(["act/365", "act/act", "months"])),
        "first_amount": draw(st.sampled_from(["period", "year"])),
    }


def all_month_ends() -> Iterator[date]:
    for year in (1999, 2000, 2023, 2024, 2099, 2100):
        for month in range(2, 13):
            yield date(year, month, 1) - DAY


REAL_SHEET = {
    "revenue": [593.94, 1001.49, 890.21, 730.25, 534.98, 386.38, 262.18, 166.05],
    "royalty_rate": 1.0,
    "tax_rate": 0.0,
    "discount_rate": 0.23673,
    "valuation_date": "2008-05-31",
    "first_period_end": "2008-12-31",
    "expiry_date": "2015-12-31",
    "timing": "mid",
    "tax_basis": "pre_tax",
    "day_count": "months",
    "first_amount": "period",
}


@given(inputs())
@example(REAL_SHEET)
@settings(max_examples=100)
def test_the_value_agrees_with_a_second_reckoning(given):
    params, _ = params_or_refuse(METHOD.params, given)
    found = METHOD.run(params).value
    assert found == pytest.approx(worth(given), rel=1e-9, abs=1e-9)


def test_the_second_reckoning_gives_the_published_figure():
    assert round(worth(REAL_SHEET)) == 2770
