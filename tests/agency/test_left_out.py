"""What a metric leaves out is told by reason, and is what its row counts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.agency.hand_docket import AS_OF, DOCKET, GRANTED, UTILITY, case
from valuer.agency.columns import columns_of
from valuer.agency.left_out import left_out
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import METRICS, metric
from valuer.agency.quality import answer, behind

EXTRA = (
    case(31, status="国优视撤", deemed_withdrawn=date(2024, 5, 6)),
    case(32, **GRANTED, taken_over=date(2024, 1, 8)),
    case(33, **GRANTED, handed_over=date(2024, 1, 8)),
    case(34, status="说不清的状态"),
)


def reasons(key: str, *cases) -> dict[str, tuple[str, ...]]:
    found = left_out(columns_of(cases, AS_OF), Question(), metric(key))
    return {one.reason: one.numbers for one in found}


def test_every_reason_names_its_cases():
    assert reasons("Q01", *EXTRA) == {
        "Deemed withdrawn for a later one's domestic priority": (EXTRA[0].number,),
        "After the hand-over to another agency": (EXTRA[2].number,),
        "Would count, but a fact or a day is not told": (EXTRA[3].number,),
    }


def test_drafting_leaves_out_what_another_agency_wrote():
    found = reasons("Q10", *EXTRA)
    assert found["Taken over from another agency after filing"] == (EXTRA[1].number,)


def test_a_utility_model_given_up_for_its_invention_is_told_so():
    given_up = case(
        35,
        kind=UTILITY,
        status="放弃专利权（主动放弃）",
        granted=date(2023, 9, 5),
        lapsed=date(2025, 3, 4),
        same_day=True,
    )
    found = reasons("Q01_utility_model", given_up)
    assert found["Given up for the invention of the same day"] == (given_up.number,)


def test_a_group_that_is_not_there_has_no_cases_behind_it():
    docket = columns_of(DOCKET, AS_OF)
    question = Question(by=Grouping.AGENT)
    assert behind(docket, question, metric("Q01"), "丁") == ((), ())


@pytest.mark.parametrize("one", METRICS, ids=lambda one: one.key)
def test_the_reasons_add_up_to_what_the_row_says(one):
    docket = columns_of((*DOCKET, *EXTRA), AS_OF)
    (row,) = answer(docket, Question(), (one,))
    found = left_out(docket, Question(), one)
    assert sum(part.count for part in found) == row.excluded + row.lacking
