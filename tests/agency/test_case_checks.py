from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from valuer.agency.case_checks import (
    case_issues,
    docket_issues,
    sound_cases,
    status_issues,
)
from valuer.agency.docket import Case
from valuer.core.patents import PatentKind

AS_OF = date(2026, 9, 30)
CASE = Case(
    "CN2020100000019",
    PatentKind.INVENTION,
    filed=date(2020, 1, 6),
    granted=date(2022, 3, 1),
    status="专利权维持",
)


def places(issues):
    return [issue.where.partition(".")[2] for issue in issues]


def test_a_sound_case_has_no_issue():
    assert case_issues(CASE, AS_OF) == ()


def test_granted_before_filed_is_named():
    wrong = replace(CASE, granted=date(2019, 3, 1))
    (issue,) = case_issues(wrong, AS_OF)
    assert issue.where == "CN2020100000019.granted"
    assert "2019-03-01" in issue.say("en")
    assert "2020-01-06" in issue.say("en")


def test_a_priority_after_the_filing_day_is_named():
    assert places(case_issues(replace(CASE, priority=date(2020, 1, 7)), AS_OF)) == [
        "filed"
    ]
    assert case_issues(replace(CASE, priority=date(2020, 1, 6)), AS_OF) == ()


def test_granted_and_refused_without_restoration_is_named():
    wrong = replace(CASE, refused=date(2021, 3, 1))
    assert places(case_issues(wrong, AS_OF)) == ["refused"]
    restored = replace(wrong, restored=date(2021, 6, 1))
    assert case_issues(restored, AS_OF) == ()


def test_a_day_after_the_day_of_the_docket_is_named():
    assert places(case_issues(replace(CASE, lapsed=date(2027, 1, 1)), AS_OF)) == [
        "lapsed"
    ]


def test_a_status_against_the_days_is_named():
    assert places(case_issues(replace(CASE, status="驳回失效"), AS_OF)) == ["status"]
    assert places(case_issues(replace(CASE, status="等火星人"), AS_OF)) == ["status"]


def test_a_case_that_stands_twice_is_named_once():
    other = replace(CASE, number="CN2020100000020")
    found = docket_issues((CASE, other, CASE, CASE), AS_OF)
    assert [issue.where for issue in found] == ["CN2020100000019.number"]


def test_a_status_that_goes_backwards_is_named():
    pending = replace(CASE, granted=None, status="等待公布")
    assert places(status_issues(CASE, pending)) == ["status"]
    assert status_issues(pending, CASE) == ()


def test_a_restored_right_may_go_back():
    lost = replace(CASE, granted=None, status="逾期视撤失效")
    back = replace(lost, status="一通回案实审", restored=date(2023, 1, 5))
    assert status_issues(lost, back) == ()
    assert places(status_issues(lost, replace(back, restored=None))) == ["status"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("专利权维持", "未缴年费专利权终止，等恢复"),
        ("等年登印费", "视为放弃，等恢复"),
        ("未缴申请费视撤，等恢复", "初审待答复"),
        ("未缴年费专利权终止，等恢复", "专利权维持"),
    ],
)
def test_a_right_may_be_lost_and_restored_at_any_stage(before, after):
    earlier, later = Case("1", status=before), Case("1", status=after)
    assert status_issues(earlier, later) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("专利权维持", "驳回失效"),
        ("专利权维持", "逾期视撤，等恢复"),
        ("未缴年费终止失效", "国优视撤"),
        ("驳回失效", "未缴年费终止失效"),
        ("驳回失效", "逾期视撤失效"),
        ("国优视撤", "进入实审"),
        ("放弃专利权（同样发明创造）", "专利权维持"),
    ],
)
def test_what_ended_one_way_did_not_end_another(before, after):
    earlier, later = Case("1", status=before), Case("1", status=after)
    assert places(status_issues(earlier, later)) == ["status"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("进入实审", "国优视撤"),
        ("专利权维持", "放弃专利权（同样发明创造）"),
        ("未缴年费终止失效", "无效宣告失效"),
        ("国优视撤", "国优视撤"),
        ("驳回失效", "其他失效"),
    ],
)
def test_what_follows_is_not_asked_about(before, after):
    earlier, later = Case("1", status=before), Case("1", status=after)
    assert status_issues(earlier, later) == ()


def test_a_pair_known_from_another_list_is_not_asked_about():
    given_up = Case("1", PatentKind.UTILITY_MODEL, status="放弃专利权（主动放弃）")
    assert status_issues(replace(given_up, same_day=True), given_up) == ()


def test_what_is_closed_is_not_open_again_nor_what_is_granted_pending():
    closed = Case("1", status="逾期视撤失效")
    open_again = Case("1", status="逾期视撤，等恢复")
    assert places(status_issues(closed, open_again)) == ["status"]
    lapsed = Case("1", status="未缴年费专利权终止，等恢复")
    assert places(status_issues(lapsed, Case("1", status="等待公布"))) == ["status"]


def test_cases_that_contradict_themselves_wait_for_the_user():
    wrong = replace(CASE, number="CN2020100000020", granted=date(2019, 3, 1))
    twice = replace(CASE, number="CN2020100000021")
    other = replace(twice, title="Another")
    asked = replace(CASE, number="CN2020100000022", status="等火星人")
    cases = (CASE, CASE, wrong, twice, other, asked)
    sound, issues = sound_cases(cases, AS_OF)
    assert sound == (CASE, asked)
    assert {issue.where for issue in issues} == {
        "CN2020100000019.number",
        "CN2020100000020.granted",
        "CN2020100000021.number",
        "CN2020100000022.status",
    }
