"""By when cases have ended, and how the chance of a grant grows."""

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

# Months and outcomes of the published example: 1 grant, 2 lost, 0 pending.
FATES = (
    (10, 1), (12, 1), (12, 0), (14, 2), (15, 1),
    (16, 0), (18, 1), (20, 2), (22, 0), (24, 0),
)  # fmt: skip
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


def test_the_chance_of_a_grant_grows_as_in_the_worked_example():
    found = growth(docket(*enumerate(FATES)), Question(), metric("Q03_36"))
    assert found is not None
    told = {9: 0.0, 10: 0.1, 12: 0.2, 15: 0.3143, 18: 0.4571, 24: 0.4571}
    for month, chance in told.items():
        assert found.hit[month] == pytest.approx(chance, abs=5e-5)
        assert found.hit_low[month] <= chance < found.hit_high[month]
    assert found.other[14] == pytest.approx(0.1143, abs=5e-5)
    assert found.other[20] == pytest.approx(0.2571, abs=5e-5)
    assert found.n == 10
    assert found.months[-1] == 24


def test_the_time_by_which_parts_have_ended_counts_pending_cases():
    # Of four, one ends after 6, 12 and 18 months; one is pending after 24.
    asked = metric("Q07_filing")
    cases = docket(*enumerate([(6, 1), (12, 2), (18, 1), (24, 0)]))
    (found,) = times(cases, Question(), asked, (0.25, 0.5, 0.75, 0.9))
    assert (found.n, found.ended) == (4, 3)
    assert found.months[:3] == pytest.approx([6, 12, 18], abs=0.02)
    assert np.isnan(found.months[3])


def test_what_has_ended_grows_without_a_competing_outcome():
    cases = docket(*enumerate([(6, 1), (12, 2), (18, 1), (24, 0)]))
    found = growth(cases, Question(), metric("Q07_filing"))
    assert found is not None
    assert found.hit[[6, 12, 18, 23]] == pytest.approx([0.25, 0.5, 0.75, 0.75])
    assert not len(found.other)


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
