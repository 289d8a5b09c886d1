from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.agency.docket import (
    Abnormal,
    AbnormalResult,
    Annuity,
    Case,
    Complaint,
    DueDate,
)
from valuer.agency.docket_merge import EVENTS, agree, joined, taken
from valuer.agency.docket_queue import Reason
from valuer.agency.notices import Notice
from valuer.core.patents import PatentKind, Source

AS_OF = date(2026, 9, 30)
JANUARY, MARCH = (Source("a.csv", on=date(2026, month, 5)) for month in (1, 3))
CASE = Case(
    "CN2023100000011",
    PatentKind.INVENTION,
    title="Screw",
    client="甲公司",
    agents=("王", "李"),
    agent_licences=("111", "222"),
    filed=date(2023, 1, 9),
    status="一通出案待答复",
    source=JANUARY,
)
ACTION = Notice("审查意见通知书", date(2024, 5, 6), due=date(2024, 9, 6))


def merged(stands, came):
    found = joined(stands, came, AS_OF)
    assert found.doubt is None
    return found.case


def doubted(stands, came):
    """Why nothing was joined."""
    found = joined(stands, came, AS_OF)
    assert found.case == stands
    assert found.doubt is not None
    assert all(issue.where.startswith(CASE.number) for issue in found.doubt.issues)
    return found.doubt.reason


def test_a_newer_fact_goes_over_an_older_one_and_a_blank_over_none():
    came = Case(CASE.number, title="Bolt", source=MARCH)

    assert merged(CASE, came) == replace(CASE, title="Bolt", source=MARCH)


def test_an_older_list_fills_what_is_blank_and_changes_nothing_else():
    stands = replace(CASE, source=MARCH)
    came = Case(CASE.number, title="Bolt", field="F16B 1/00", source=JANUARY)

    assert merged(stands, came) == replace(stands, field="F16B 1/00")


def test_none_told_is_a_fact_where_nothing_was_told():
    assert merged(CASE, replace(CASE, notices=())).notices == ()
    told = replace(CASE, notices=(ACTION,))
    assert merged(told, replace(CASE, notices=())).notices == (ACTION,)


def test_events_of_both_lists_are_united_and_what_both_tell_is_joined():
    first = replace(ACTION, due=None, answered=date(2024, 8, 2))
    other = Notice("驳回决定", date(2025, 2, 3))
    stands = replace(CASE, notices=(ACTION,))
    both = merged(stands, replace(CASE, notices=(other, first)))

    assert both.notices == (replace(ACTION, answered=date(2024, 8, 2)), other)


def test_annuities_are_known_by_their_year_and_complaints_by_their_day():
    stands = replace(
        CASE,
        annuities=(Annuity(3, date(2026, 1, 9)), Annuity(4)),
        complaints=(Complaint(date(2025, 1, 6)),),
    )
    came = replace(
        CASE,
        annuities=(Annuity(5), Annuity(3, paid=date(2026, 1, 5))),
        complaints=(Complaint(date(2025, 1, 6), date(2025, 2, 6)),),
    )
    both = merged(stands, came)

    paid = Annuity(3, date(2026, 1, 9), date(2026, 1, 5))
    assert both.annuities == (paid, Annuity(4), Annuity(5))
    assert both.complaints == (Complaint(date(2025, 1, 6), date(2025, 2, 6)),)


def test_two_complaints_of_one_day_stay_two():
    two = (Complaint(date(2025, 1, 6)), Complaint(date(2025, 1, 6)))
    stands = replace(CASE, complaints=two)

    assert merged(stands, replace(CASE, complaints=two)).complaints == two


def test_a_loss_and_a_finding_are_not_taken_back_by_silence():
    due, noticed = date(2024, 5, 6), date(2024, 3, 4)
    stands = replace(
        CASE,
        same_day=True,
        due_dates=(DueDate(due, lost=True),),
        abnormal=(Abnormal(noticed, AbnormalResult.CONFIRMED),),
    )
    came = replace(CASE, due_dates=(DueDate(due),), abnormal=(Abnormal(noticed),))

    assert merged(stands, came) == stands


def test_no_is_an_answer():
    stands = replace(CASE, instructed=True, claims=9)
    both = merged(stands, replace(CASE, instructed=False, claims=0))

    assert (both.instructed, both.claims) == (False, 0)


def test_licences_go_with_their_agents():
    other = replace(CASE, agents=("赵",), agent_licences=())
    assert merged(CASE, other).agent_licences == ()
    assert merged(other, CASE).agent_licences == ("111", "222")

    older = replace(other, agent_licences=("333",))
    stands = replace(CASE, agent_licences=(), source=MARCH)
    assert merged(stands, older) == stands


@pytest.mark.parametrize("source", [JANUARY, MARCH])
def test_a_granted_case_that_a_list_says_is_pending_stays_granted(source):
    stands = replace(CASE, status="专利权维持", granted=date(2025, 3, 4))
    stands = replace(stands, source=JANUARY)

    assert doubted(stands, replace(CASE, source=source)) is Reason.STATUS_BACK


def test_days_that_contradict_each_other_only_together_are_not_joined():
    stands = replace(CASE, published=date(2024, 7, 9), status="")
    came = Case(CASE.number, exam_requested=date(2022, 1, 4))

    assert doubted(stands, came) is Reason.CONTRADICTION


def test_what_contradicted_itself_before_does_not_stop_other_facts():
    stands = replace(CASE, published=date(2022, 7, 9))

    assert merged(stands, replace(stands, title="Bolt")).title == "Bolt"


@pytest.mark.parametrize(
    "other", [{"filed": date(2023, 1, 10)}, {"kind": PatentKind.UTILITY_MODEL}]
)
def test_kind_and_filing_day_never_change(other):
    assert doubted(CASE, replace(CASE, **other)) is Reason.CONTRADICTION


def test_rows_that_tell_different_facts_agree_and_those_that_differ_do_not():
    one, other = Case("1", title="Screw"), Case("1", client="甲公司", title="")
    assert agree(one, other)
    assert not agree(one, replace(other, title="Bolt"))


def test_every_list_of_a_case_has_something_that_tells_its_members_apart():
    several = {
        one.name
        for one in fields(Case)
        if "tuple" in str(one.type) and "None" in str(one.type)
    }
    assert several == set(EVENTS)


DAYS = st.dates(date(2024, 1, 1), date(2024, 1, 4))
NOTICES = st.builds(
    Notice,
    st.sampled_from(["审查意见通知书", "补正通知书"]),
    st.none() | DAYS,
    due=st.none() | DAYS,
    answered=st.none() | DAYS,
)
CASES = st.builds(
    Case,
    st.just(CASE.number),
    title=st.sampled_from(["", "Screw", "Bolt"]),
    claims=st.none() | st.integers(0, 2),
    instructed=st.none() | st.booleans(),
    agents=st.sampled_from([(), ("王",), ("李", "王")]),
    agent_licences=st.sampled_from([(), ("111",)]),
    published=st.none() | DAYS,
    status=st.sampled_from(["", "专利权维持", "一通出案待答复", "等火星人"]),
    notices=st.none() | st.lists(NOTICES, max_size=3).map(tuple),
    source=st.sampled_from([Source(), JANUARY, MARCH]),
)


@given(CASES, CASES)
def test_what_came_a_second_time_changes_nothing(stands, came):
    once = joined(stands, came, AS_OF)
    again = joined(once.case, came, AS_OF)

    assert again.case == once.case
    assert (again.doubt is None) is (once.doubt is None)


@given(CASES, CASES)
def test_nothing_told_is_ever_lost(stands, came):
    both = taken(stands, came)
    for name in ("title", "claims", "instructed", "published", "status"):
        told = {getattr(one, name) for one in (stands, came)} - {None, ""}
        assert getattr(both, name) in told or not told
    days = {(n.name, n.made) for one in (stands, came) for n in one.notices or ()}
    assert {(n.name, n.made) for n in both.notices or ()} == days


@given(CASES)
def test_a_case_taken_with_itself_is_itself(case):
    assert taken(case, case) == case


def test_a_list_of_first_agents_leaves_the_others_and_their_licences():
    stands = Case("CN2016108954131", agents=("周一", "吴二"), agent_licences=("1", "2"))
    for came, agents, licences in (
        (Case(stands.number, agents=("周一",)), ("周一", "吴二"), ("1", "2")),
        (Case(stands.number, agents=("吴二",)), ("吴二",), ()),
    ):
        case = joined(stands, came, date(2026, 11, 23)).case
        assert (case.agents, case.agent_licences) == (agents, licences)
