"""Tables of the e-filing client: pinyin columns, notices joined to their cases."""

from __future__ import annotations

from datetime import date

import pytest

from valuer.agency.notices import NoticeKind
from valuer.agency.statuses import Outcome
from valuer.core.patents import PatentKind
from valuer.imports.dockets import docket_from_bytes

PATENTS = (
    (
        "SHENQINGH",
        "SHENQINGBH",
        "NEIBUBH",
        "FAMINGMC",
        "SHENQINGLX",
        "ANJIANYWZT",
        "SHENQINGR",
        "ANJUANH",
        "FAMINGRXM",
        "SHENQINGRXM",
        "DAILIJGMC",
        "DIYIDLRXM",
        "ZHUFENLH",
    ),
    (
        "2026100000019",
        "9f1c",
        "SW2026-0001",
        "一种虚构的水位探针",
        "0",
        "一通出案待答复",
        "2026-01-05 00:00:00",
        "A1",
        "甲一",
        "虚构大学,某某仪器有限公司",
        "虚构专利代理事务所",
        "丙三",
        "G01F23/00",
    ),
    (
        "2026200000014",
        "9f1d",
        "SW2026-0002",
        "一种虚构的支架",
        "1",
        "专利权维持",
        "20260106",
        "A2",
        "乙二",
        "虚构大学",
        "虚构专利代理事务所",
        "丁四",
        "F16M11/04",
    ),
)
NOTICES = (
    (
        "TONGZHISBH",
        "TONGZHISDM",
        "TONGZHISMC",
        "FAWENXLH",
        "FAWENRQ",
        "DAFURQ",
        "XIAZAIRQ",
        "SHENQINGH",
        "SHENQINGBH",
        "ZHUANGTAI",
    ),
    ("1", "200101", "专利申请受理通知书", "01", "2026-01-07", "", "2026-01-08", "2026100000019", "9f1c", "1"),
    ("2", "210401", "第一次审查意见通知书", "02", "2026-05-08", "2026-09-23", "", "2026100000019", "9f1c", "1"),
    ("3", "200602", "办理登记手续通知书", "03", "2026-06-09", "2026-08-24", "", "2026200000014", "9f1d", "1"),
    ("4", "220601", "授予实用新型专利权通知书", "04", "2026-06-09", "1900-01-01", "", "2026200000014", "9f1d", "1"),
)  # fmt: skip


def read(rows, text):
    return docket_from_bytes(text(rows), "客户端.csv")


def changed(rows, row, heading, value):
    cells = list(rows[row])
    cells[rows[0].index(heading)] = value
    return (*rows[:row], tuple(cells), *rows[row + 1 :])


def said(found):
    return [issue.say("en") for issue in found.issues]


@pytest.mark.parametrize("made_by", ["text", "xlsx", "xls"])
def test_the_table_of_applications_is_read_by_its_pinyin_columns(made_by, request):
    made = request.getfixturevalue(made_by)
    found = docket_from_bytes(made(PATENTS), "客户端")
    first, second = found.cases

    assert (found.format, found.read, found.refused) == ("efiling_patents", 2, 0)
    assert found.issues == ()
    assert (first.number, first.reference) == ("CN2026100000019", "SW2026-0001")
    assert first.title == "一种虚构的水位探针"
    assert first.kind is PatentKind.INVENTION
    assert (first.status, first.outcome) == (
        "一通出案待答复",
        Outcome.PENDING_SUBSTANTIVE,
    )
    assert first.filed == date(2026, 1, 5)
    assert first.applicants == ("虚构大学", "某某仪器有限公司")
    assert (first.agents, first.field) == (("丙三",), "G01F23/00")
    assert first.notices is None
    assert second.kind is PatentKind.UTILITY_MODEL
    assert second.filed == date(2026, 1, 6)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_tables_are_read_in_every_encoding_that_occurs(encoding, text):
    found = docket_from_bytes(text(PATENTS, "\t", encoding), "客户端.txt")

    assert [case.agents for case in found.cases] == [("丙三",), ("丁四",)]


def test_columns_may_stand_in_any_order_below_a_title(text):
    turned = [tuple(reversed(row)) for row in PATENTS]
    found = read([("专利列表",), *turned], text)

    assert [case.reference for case in found.cases] == ["SW2026-0001", "SW2026-0002"]
    assert [case.source.row for case in found.cases] == [3, 4]


def test_a_kind_that_contradicts_the_number_is_told(text):
    found = read(changed(PATENTS, 1, "SHENQINGLX", "2"), text)

    assert found.cases[0].kind is PatentKind.INVENTION
    assert any("number was taken" in one for one in said(found))


def test_a_case_without_a_number_is_known_by_its_reference(text):
    found = read(changed(PATENTS, 1, "SHENQINGH", ""), text)
    assert (found.cases[0].number, found.cases[0].reference) == ("", "SW2026-0001")

    nameless = changed(changed(PATENTS, 1, "SHENQINGH", ""), 1, "NEIBUBH", "")
    found = read(nameless, text)
    assert (len(found.cases), found.refused) == (1, 1)


def test_rows_of_notices_are_joined_to_one_case_each(text):
    found = read(NOTICES, text)
    invention, model = found.cases

    assert (found.format, found.read, found.refused) == ("efiling_notices", 2, 0)
    assert said(found) == ["Row 1: The rows tell of 4 notices of 2 cases."]
    assert [one.name for one in invention.notices] == [
        "专利申请受理通知书",
        "第一次审查意见通知书",
    ]
    action = invention.notices[1]
    assert (action.made, action.due) == (date(2026, 5, 8), date(2026, 9, 23))
    assert action.answered is None
    assert action.kind is NoticeKind.SUBSTANTIVE
    assert invention.allowed is None
    assert model.allowed == date(2026, 6, 9)


def test_a_notice_tells_nothing_of_what_was_done_by_its_due_date(text):
    # Whether an answer was given is not in the table: neither met nor missed.
    assert [case.due_dates for case in read(NOTICES, text).cases] == [None, None]


def test_where_the_client_writes_1900_there_is_no_day(text):
    (granting,) = (one for one in read(NOTICES, text).cases[1].notices if not one.due)

    assert granting.name == "授予实用新型专利权通知书"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("驳回决定", NoticeKind.REFUSAL),
        ("专利权终止通知书", NoticeKind.ENDED),
        ("视为撤回通知书", NoticeKind.ENDED),
        ("缴费通知书", NoticeKind.FEE),
        ("第2次补正通知书", NoticeKind.FORMALITY),
    ],
)
def test_a_loss_that_can_be_restored_or_appealed_is_no_day_of_the_case(
    name, kind, text
):
    found = read(changed(NOTICES, 2, "TONGZHISMC", name), text)
    case = found.cases[0]

    assert case.notices[1].kind is kind
    assert (case.refused, case.deemed_withdrawn, case.lapsed) == (None, None, None)
    assert not case.has_ended_by_date


def test_a_notice_that_is_not_listed_is_told_and_kept(text):
    found = read(changed(NOTICES, 1, "TONGZHISMC", "天书"), text)

    assert found.cases[0].notices[0].name == "天书"
    assert any("“天书” is not listed" in one for one in said(found))


def test_a_notice_due_before_it_was_sent_is_told_and_has_no_due_date(text):
    found = read(changed(NOTICES, 2, "DAFURQ", "2026-05-07"), text)

    assert found.cases[0].notices[1].due is None
    assert any("2026-05-07, before it was sent" in one for one in said(found))


def test_a_notice_without_a_day_is_told(text):
    found = read(changed(NOTICES, 2, "FAWENRQ", ""), text)

    assert found.cases[0].notices[1].made is None
    assert any("has no day on which it was sent" in one for one in said(found))


def test_a_notice_of_no_case_is_refused_and_the_others_are_read(text):
    found = read(changed(NOTICES, 2, "SHENQINGH", ""), text)

    assert (found.read, len(found.cases), found.refused) == (3, 2, 1)
    assert any(one.startswith("Row 3:") for one in said(found))


def test_a_notice_that_stands_twice_is_one(text):
    found = read((*NOTICES, NOTICES[2]), text)

    assert [len(case.notices) for case in found.cases] == [2, 2]


def test_rows_of_a_case_that_differ_are_told_and_the_first_is_taken(text):
    heads = (*NOTICES[0], "NEIBUBH")
    rows = [(*row, f"SW-{place}") for place, row in enumerate(NOTICES[1:], 1)]
    found = read((heads, *rows), text)

    assert [case.reference for case in found.cases] == ["SW-1", "SW-3"]
    assert sum("that row was taken" in one for one in said(found)) == 2


def test_what_one_row_of_a_case_lacks_another_tells(text):
    heads = (*NOTICES[0], "NEIBUBH", "ANJIANYWZT")
    said_later = ("", ""), ("SW-1", "一通出案待答复"), ("", ""), ("SW-2", "")
    rows = [(*row, *more) for row, more in zip(NOTICES[1:], said_later, strict=True)]
    found = read((heads, *rows), text)

    assert [case.reference for case in found.cases] == ["SW-1", "SW-2"]
    assert found.cases[0].outcome is Outcome.PENDING_SUBSTANTIVE


def test_other_lists_are_not_taken_for_the_client_s(text):
    found = read(
        [("申请号", "NEIBUBH", "发明名称"), ("2026100000019", "x", "一种")], text
    )

    assert found.format == "cnipa_list"


def test_a_number_that_a_spreadsheet_made_a_figure_of_is_read_where_it_is_proven(xlsx):
    rows = changed(NOTICES, 1, "SHENQINGH", 2026100000019.0)
    assert docket_from_bytes(xlsx(rows), "x.xlsx").cases[0].number == "CN2026100000019"

    rounded = changed(NOTICES, 1, "SHENQINGH", "2.0261E+12")
    found = docket_from_bytes(xlsx(rounded), "x.xlsx")
    assert found.refused == 1
    assert any("last digits are gone" in one for one in said(found))
