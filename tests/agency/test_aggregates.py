"""What a report carries in place of the docket gives the same figures, and no case."""

from __future__ import annotations

import math
from datetime import date

import pytest

from tests.agency.hand_docket import AS_OF as HAND_DAY
from tests.agency.hand_docket import DOCKET
from tests.agency.invented_agency import AS_OF, invented
from valuer.agency.aggregates import (
    Aggregate,
    aggregates,
    cohort_aggregates,
    followed,
    row_of,
    together,
)
from valuer.agency.cohorts import COHORT, cohorts
from valuer.agency.columns import columns_of
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import metric
from valuer.agency.quality import answer
from valuer.core.canonical import canonical, from_plain, to_plain

AGENCY = columns_of(invented(1500, 11)[0], AS_OF)
HAND = columns_of(DOCKET, HAND_DAY)


def same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other


@pytest.mark.parametrize("by", [None, *Grouping])
@pytest.mark.parametrize("docket", [AGENCY, HAND], ids=["invented", "by hand"])
def test_every_metric_and_group_comes_out_again(docket, by):
    question = Question(date(2023, 1, 1), date(2025, 12, 31), by)
    found = [row_of(one) for one in aggregates(docket, question)]
    expected = answer(docket, question)
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    for row, other in zip(found, expected, strict=True):
        assert all(map(same, row, other)), (row, other)


def test_an_aggregate_is_the_same_after_writing_and_reading():
    for one in aggregates(AGENCY, Question(by=Grouping.FIELD)):
        assert from_plain(to_plain(one), Aggregate) == one


def test_no_number_of_a_case_is_in_it():
    every = aggregates(AGENCY, Question())
    text = canonical(every).decode()
    assert not any(number in text for number in AGENCY.numbers)


def test_cohorts_come_out_again():
    question = Question(date(2022, 1, 1), date(2024, 12, 31))
    found = cohort_aggregates(AGENCY, question, COHORT)
    expected = cohorts(AGENCY, question)
    assert [(one.group, one.n) for one in found] == [
        (one.quarter, one.n) for one in expected
    ]
    days, fates = followed(found[0])
    assert len(days) == len(fates) == found[0].n


def test_a_docket_without_the_fields_has_no_cohorts():
    assert cohort_aggregates(columns_of((), AS_OF), Question(), COHORT) == []


def test_groups_together_have_the_rate_of_all():
    by_agent = aggregates(AGENCY, Question(by=Grouping.AGENT), (metric("Q01"),))
    (whole,) = aggregates(AGENCY, Question(), (metric("Q01"),))
    found, expected = row_of(together(by_agent, "others")), row_of(whole)
    assert found[2:] == expected[2:]
