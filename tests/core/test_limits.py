"""Bounds of law and office: each by its day, with mark and source."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from valuer.core.limits import limit, limits


def test_every_bound_states_source_and_a_mark_that_the_table_explains():
    for one in limits().limits:
        assert one.source
        assert one.mark in limits().marks
        assert one.low is not None or one.high is not None


@pytest.mark.parametrize(
    ("on", "low", "high", "article"),
    [
        (date(2021, 5, 31), 10_000, 1_000_000, "第六十五条"),
        (date(2021, 6, 1), 30_000, 5_000_000, "第七十一条"),
    ],
)
def test_statutory_damages_go_by_the_law_of_the_day(on, low, high, article):
    found = limit("statutory_damages", on)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))
    assert article in found.source


def test_what_was_only_remembered_says_so():
    assert limit("statutory_damages", date(2026, 1, 1)).is_verified
    assert not limit("statutory_damages", date(2015, 1, 1)).is_verified


def test_no_multiple_before_the_law_had_one():
    assert limit("punitive_multiple", date(2021, 5, 31)) is None
    assert limit("punitive_multiple", date(2021, 6, 1)).high == 5
    assert limit("no_such_bound", date(2026, 1, 1)) is None


def test_a_bound_stands_once_for_every_day():
    day = date(2009, 9, 1)
    while day < date(2027, 1, 1):
        for key in {one.key for one in limits().limits}:
            holding = [
                one
                for one in limits().limits
                if one.key == key
                and (one.first is None or one.first <= day)
                and (one.last is None or day <= one.last)
            ]
            assert len(holding) <= 1
        day += timedelta(days=37)
