"""Metrics of filings, drafting, patents and care, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.agency.hand_docket import (
    AS_OF,
    DOCKET,
    GRANTED,
    REFUSED,
    case,
    row,
)
from valuer.agency.columns import columns_of
from valuer.agency.docket import (
    Abnormal,
    AbnormalResult,
    Annuity,
    Case,
    Complaint,
    Dealing,
    DueDate,
    Invalidation,
    InvalidationResult,
    Reexamination,
)
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import metric
from valuer.agency.quality import answer


def test_abnormal_filings_suspected_and_confirmed():
    suspected = (Abnormal(date(2023, 3, 1)),)
    confirmed = (Abnormal(date(2023, 3, 1), AbnormalResult.CONFIRMED),)
    cases = (
        case(1, abnormal=suspected, status="等待公布"),
        case(2, abnormal=confirmed, status="等待公布"),
        case(3, abnormal=(), status="等待公布"),
        case(4, status="等待公布"),
    )
    both, sure = row(cases, "Q09_suspected"), row(cases, "Q09_confirmed")
    assert (both.numerator, both.n, both.lacking) == (2, 3, 1)
    assert (sure.numerator, sure.n) == (1, 3)


def test_cases_per_agent_share_a_case_signed_by_several():
    # Filed in 2023; asked at the end of 2023: 甲 10½, 乙 2½.
    docket = columns_of(DOCKET, AS_OF)
    end = Question(last=date(2023, 12, 31))
    (whole,) = answer(docket, end, (metric("Q24"),))
    each = answer(docket, replace(end, by=Grouping.AGENT), (metric("Q24"),))
    assert (whole.n, whole.value) == (2, 11 / 2)
    assert {one.group: one.value for one in each} == {"甲": 8.5, "乙": 2.5}


def test_concentration_and_bursts():
    cases = (case(1), case(1, client="客户二"), case(2), case(2))
    cases = tuple(replace(c, number=str(n)) for n, c in enumerate(cases))
    assert row(cases, "Q25").value == pytest.approx((9 + 1) / 16)
    assert row(cases, "Q25_day").value == 2


def test_cases_not_filed_yet_are_no_burst():
    found = row((case(1), case(2, filed=None), case(3, filed=None)), "Q25_day")
    assert (found.value, found.n, found.lacking) == (1, 1, 2)


def test_due_dates_lost_restored_and_met():
    due = date(2025, 2, 5)
    days = (
        DueDate(due, due),
        DueDate(due, due - timedelta(days=10), agent="丁"),
        DueDate(due, lost=True, restored=date(2025, 3, 5)),
        DueDate(due, due + timedelta(days=1), lost=True),
        DueDate(date(2027, 1, 5)),
    )
    cases = (case(1, due_dates=days),)
    lost = row(cases, "Q27")
    assert (lost.numerator, lost.n, lost.value) == (2, 4, 500)
    assert row(cases, "Q27_restored").value == 0.5
    assert row(cases, "Q28").value == 0.5
    assert row(cases, "Q28", Question(days_before=5)).value == 0.25
    docket = columns_of(cases, AS_OF)
    found = answer(docket, Question(by=Grouping.AGENT), (metric("Q28"),))
    assert {one.group: one.n for one in found} == {"甲": 3, "丁": 1}


def test_signed_and_reviewed_by():
    cases = (
        case(1, drafter="甲", reviewer="乙"),
        case(2, drafter="丙", reviewer="甲"),
        case(3, drafter="丙", reviewer="丙"),
        case(4),
    )
    signed, second = row(cases, "Q29"), row(cases, "Q30")
    assert (signed.numerator, signed.n, signed.lacking) == (2, 3, 1)
    assert (second.numerator, second.n) == (2, 3)


def test_complaints_per_hundred_active_cases():
    made = Complaint(date(2025, 5, 5), date(2025, 5, 25))
    earlier = Complaint(date(2024, 5, 5))
    cases = (case(1, complaints=(made, earlier), **GRANTED), *DOCKET[1:])
    found = row(cases, "Q26", Question(date(2025, 1, 1), date(2025, 12, 31)))
    # Active: 1, 2, 3, 12 in force, 8 pending, 9 to be restored.
    assert (found.numerator, found.n) == (1, 6)
    assert found.value == pytest.approx(100 / 6)
    assert row(cases, "Q26_time").n == 2


def test_of_a_case_handed_over_complaints_count_until_then():
    gone = date(2025, 5, 1)
    after, before = Complaint(date(2025, 5, 5)), Complaint(date(2025, 4, 5))
    cases = (
        case(1, handed_over=gone, complaints=(after,), **GRANTED),
        case(2, handed_over=gone, complaints=(before,), **GRANTED),
        case(3, handed_over=date(2027, 1, 4), complaints=(), **GRANTED),
    )
    found = row(cases, "Q26")
    assert (found.numerator, found.n) == (1, 2)


def test_drafting_figures():
    cases = (
        case(1, **GRANTED, claims=10, claim_length=200, claim_length_granted=300),
        case(2, claims=8, pages=20),
    )
    assert row(cases, "Q11").value == 9
    assert row(cases, "Q11_median").value == 9
    assert row(cases, "Q13").lacking == 1
    assert row(cases, "Q12_kept").value == 1.5


def test_five_year_survival_counts_the_young_as_long_as_they_were_followed():
    def patent(number: int, granted: str, lapsed: str | None) -> Case:
        return case(
            number,
            filed=date(2012, 1, 3),
            granted=date.fromisoformat(granted),
            lapsed=lapsed and date.fromisoformat(lapsed),
            status="未缴年费终止失效" if lapsed else "专利权维持",
            annuities=(Annuity(4),),
        )

    cases = (
        patent(1, "2015-01-06", "2017-01-06"),
        patent(2, "2015-01-06", None),
        patent(3, "2015-01-06", "2023-01-06"),
        patent(4, "2026-01-06", None),
    )
    # One of the four at risk in the second year (one left at 9 months): 1 − 1/3.
    assert row(cases, "Q17").value == pytest.approx(2 / 3)


def test_disputes_and_dealings():
    kept, fallen = InvalidationResult.MAINTAINED, InvalidationResult.INVALID
    first = Invalidation(date(2024, 1, 9), kept)
    old = {
        "granted": date(2020, 1, 7),
        "filed": date(2018, 1, 9),
        "status": "专利权维持",
    }
    cases = (
        case(1, **old, invalidations=(Invalidation(date(2025, 1, 7), fallen), first)),
        case(2, **old, invalidations=(first,)),
        case(3, **old, dealings=(Dealing(date(2021, 1, 7)),)),
        case(4, **old, dealings=(Dealing(date(2021, 1, 7), inside=True),)),
        case(
            5, **REFUSED, reexaminations=(Reexamination(date(2024, 5, 7), won=False),)
        ),
    )
    invalid, dealt = row(cases, "Q20"), row(cases, "Q21")
    assert (invalid.numerator, invalid.n) == (1, 2)
    assert (dealt.numerator, dealt.n) == (1, 4)
    assert row(cases, "Q19").value == 0
