"""Pending cases of an old list are followed to the day of the list, not to today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from valuer.agency.columns import columns_of
from valuer.agency.docket import Case, Dealing, DueDate
from valuer.agency.docket_merge import joined
from valuer.agency.list_days import with_list_day
from valuer.agency.metric import Question
from valuer.agency.metrics import metric
from valuer.agency.quality import answer
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError

TODAY = date(2026, 11, 23)
PENDING = Case(
    "CN2016108954131",
    PatentKind.INVENTION,
    filed=date(2016, 10, 13),
    status="进入实审",
)
GRANTED = replace(
    PENDING,
    number="CN2015100526878",
    filed=date(2015, 2, 2),
    granted=date(2017, 3, 1),
    status="专利权维持",
)


def test_an_old_list_is_dated_by_its_newest_day_and_says_so():
    cases, (issue,) = with_list_day((PENDING, GRANTED), None, TODAY)
    assert {one.seen for one in cases} == {date(2017, 3, 1)}
    assert "2017-03-01" in issue.say("zh_CN")


def test_whatever_happened_in_a_case_tells_the_day_of_its_list():
    sold = replace(GRANTED, dealings=(Dealing(date(2018, 5, 7)),))
    left = replace(PENDING, handed_over=date(2018, 6, 4))
    due = replace(PENDING, due_dates=(DueDate(date(2019, 1, 7), date(2018, 7, 2)),))
    for one, day in ((sold, (5, 7)), (left, (6, 4)), (due, (7, 2))):
        cases, _ = with_list_day((one,), None, TODAY)
        assert cases[0].seen == date(2018, *day)


def test_a_list_of_this_year_needs_no_day():
    fresh = replace(GRANTED, granted=date(2026, 3, 1))
    assert with_list_day((fresh,), None, TODAY) == ((fresh,), ())
    assert with_list_day((), None, TODAY) == ((), ())


def test_a_day_said_holds_and_must_be_possible():
    cases, issues = with_list_day((GRANTED,), date(2019, 1, 1), TODAY)
    assert (cases[0].seen, issues) == (date(2019, 1, 1), ())
    assert with_list_day((GRANTED,), TODAY, TODAY)[0][0].seen is None
    for wrong in (date(2016, 1, 1), date(2027, 1, 1)):
        with pytest.raises(UserError):
            with_list_day((GRANTED,), wrong, TODAY)


def test_years_in_which_nobody_looked_do_not_count():
    """One granted after 25 months; one pending, seen for 4.6 months and then no more.

    Followed to today it would make 1 of 2 granted within 36 months; nobody knows that.
    """
    cases, _ = with_list_day((PENDING, GRANTED), None, TODAY)
    (row,) = answer(columns_of(cases, TODAY), Question(), (metric("Q03_36"),))
    (blind,) = answer(
        columns_of((PENDING, GRANTED), TODAY), Question(), (metric("Q03_36"),)
    )
    assert row.value == 1.0
    assert blind.value == 0.5


def test_a_newer_list_follows_on_and_an_older_one_takes_nothing_back():
    (old,), _ = with_list_day((PENDING,), date(2017, 3, 1), TODAY)
    (later,), _ = with_list_day((PENDING,), date(2019, 3, 1), TODAY)
    assert joined(old, later, TODAY).case.seen == date(2019, 3, 1)
    assert joined(later, old, TODAY).case.seen == date(2019, 3, 1)
    assert joined(old, PENDING, TODAY).case.seen is None
    assert joined(PENDING, old, TODAY).case.seen is None
    assert joined(replace(PENDING, status=""), old, TODAY).case.seen == old.seen
    titled = replace(PENDING, status="", title="一种方法")
    assert joined(old, titled, TODAY).case.seen == date(2017, 3, 1)
