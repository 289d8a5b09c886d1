"""What a case has several of comes from the columns of its row."""

from __future__ import annotations

from datetime import date

from valuer.agency.docket import (
    Abnormal,
    AbnormalResult,
    Complaint,
    DueDate,
)
from valuer.agency.notices import Notice
from valuer.imports.dockets import docket_from_bytes


def read(rows, text):
    return docket_from_bytes(text(rows), "docket.csv")


def only(rows, text):
    found = read(rows, text)
    (case,) = found.cases
    return case


def said(found):
    return " ".join(issue.say("en") for issue in found.issues)


def test_days_of_office_actions_and_their_answers_are_kept_by_turn(text):
    rows = (
        (
            "申请号",
            "一通发文日",
            "一通答复日",
            "二通发文日",
            "二通答复日",
            "官方期限",
            "完成日",
        ),
        ("201811564288X", "2020-01-02", "2020-04-30", "2020-08-01", "", "", ""),
        ("2019106035651", "", "", "", "", "2021-02-03", "2021-02-01"),
    )
    first, second = read(rows, text).cases
    name = "审查意见通知书"

    assert first.notices == (
        Notice(name, date(2020, 1, 2), answered=date(2020, 4, 30)),
        Notice(name, date(2020, 8, 1)),
    )
    # The list has these columns: it tells that there was none.
    assert second.notices == ()
    assert first.due_dates == ()
    assert second.due_dates == (DueDate(date(2021, 2, 3), date(2021, 2, 1)),)


def test_columns_that_no_case_fills_tell_nothing(text):
    rows = (
        ("申请号", "名称", "一通发文日", "投诉日期"),
        ("201811564288X", "阀门", "", ""),
    )
    case = only(rows, text)

    assert (case.notices, case.complaints) == (None, None)


def test_an_office_action_without_its_day_is_kept_and_told(text):
    rows = (
        ("申请号", "一通发文日", "一通答复日"),
        ("201811564288X", "", "2020-04-30"),
        ("2019106035651", "2020-01-02", ""),
    )
    found = read(rows, text)

    assert found.cases[0].notices == (
        Notice("审查意见通知书", answered=date(2020, 4, 30)),
    )
    (issue,) = found.issues
    assert issue.row == 2
    assert "has no day on which it was sent" in issue.say("en")


def test_the_state_of_a_task_is_not_that_of_the_case(text):
    head = (
        "我方文号",
        "案件名称",
        "处理事项",
        "当前状态",
        "专利状态",
        "官方绝限",
        "完成日",
    )
    row = ("A1", "阀门", "答复一通", "进行中", "", "2021-02-03", "")
    found = read((head, row), text)

    assert found.cases[0].status == ""
    assert found.cases[0].due_dates == (DueDate(date(2021, 2, 3)),)
    assert "is the state of a task here" in said(found)


def test_how_many_office_actions_there_were_is_kept_without_their_days(text):
    rows = (("申请号", "审查意见次数"), ("201811564288X", "2"), ("2019106035651", ""))
    first, second = read(rows, text).cases

    assert first.notices == (Notice("审查意见通知书"),) * 2
    assert second.notices is None


def test_a_finding_of_abnormal_filing_keeps_its_day_and_result(text):
    head = ("申请号", "非正常通知日", "非正常结果", "投诉日期", "投诉结案日")
    rows = (
        head,
        ("201811564288X", "2024-03-01", "已排除", "", "2024-05-01"),
        ("2019106035651", "", "", "2024-04-01", ""),
    )
    found = read(rows, text)
    first, second = found.cases

    assert first.abnormal == (Abnormal(date(2024, 3, 1), AbnormalResult.CLEARED),)
    assert second.abnormal == ()
    assert second.complaints == (Complaint(date(2024, 4, 1)),)
    # A complaint that was closed and never made is none.
    assert first.complaints == ()
    assert "lacks its day or its name" in said(found)
