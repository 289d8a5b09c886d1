"""By when which part of the cases has ended."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from tests.agency.hand_docket import AS_OF, DOCKET, case
from valuer.agency.columns import columns_of
from valuer.agency.figures import DAYS_OF_MONTH
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import metric
from valuer.agency.times import growth, times

STATUS = {0: "一通出案待答复", 1: "专利权维持", 2: "驳回失效"}
FIELD = {1: "granted", 2: "refused"}


def followed(number: int, months: float, fate: int, **more):
    """A case that ended, or is seen pending, so many months after filing."""
    length = timedelta(days=round(months * DAYS_OF_MONTH))
    if fate == 0:
        return case(number, status=STATUS[0], filed=AS_OF - length, **more)
    filed = date(2020, 1, 6)
    days = {"filed": filed, FIELD[fate]: filed + length}
    return case(number, status=STATUS[fate], **days, **more)


def docket(*fates, **more):
    cases = [followed(n, months, fate, **more) for n, (months, fate) in fates]
    return columns_of(cases, AS_OF)


def test_the_time_by_which_parts_have_ended_counts_pending_cases():
    # Of four, one ends after 6, 12 and 18 months; one is pending after 24.
    asked = metric("Q07_filing")
    cases = docket(*enumerate([(6, 1), (12, 2), (18, 1), (24, 0)]))
    (found,) = times(cases, Question(), asked, (0.25, 0.5, 0.75, 0.9))
    assert (found.n, found.ended) == (4, 3)
    assert found.months[:3] == pytest.approx([6, 12, 18], abs=0.02)
    assert np.isnan(found.months[3])


def test_the_part_that_has_ended_grows_however_it_ended():
    cases = docket(*enumerate([(6, 1), (12, 2), (18, 1), (24, 0)]))
    found = growth(cases, Question(), metric("Q07_filing"))
    assert found is not None
    assert found.ended[[6, 12, 18, 24]] == pytest.approx([0.25, 0.5, 0.75, 0.75])
    assert (found.low[6:] < found.ended[6:]).all()
    assert (found.ended[6:] < found.high[6:]).all()


def test_each_agent_has_times_of_its_own():
    cases = [
        followed(1, 6, 1, agents=("甲",)),
        followed(2, 12, 1, agents=("乙",)),
    ]
    question = Question(by=Grouping.AGENT)
    found = times(columns_of(cases, AS_OF), question, metric("Q07_filing"))
    medians = {one.group: one.months[2] for one in found}
    assert medians == pytest.approx({"甲": 6, "乙": 12}, abs=0.02)


def test_a_docket_without_the_fields_has_no_times():
    lacking = columns_of(DOCKET, AS_OF)
    assert times(lacking, Question(), metric("Q07")) == ()
    assert growth(lacking, Question(), metric("Q07")) is None
