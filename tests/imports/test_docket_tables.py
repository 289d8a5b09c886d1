"""Lists of cases, in the layouts that agencies have, become a docket."""

from __future__ import annotations

from datetime import date

import pytest

from valuer.agency.docket import (
    Dealing,
)
from valuer.agency.statuses import Outcome
from valuer.core.patents import PatentKind
from valuer.core.problems import Severity, UserError
from valuer.imports.dockets import docket_from_bytes

QUERY = (
    "申请号/专利号", "发明名称", "申请日", "主分类号", "副分类号", "案件状态", "法律状态",
    "申请人姓名或名称", "国籍或总部所在地", "邮政编码", "详细地址", "发明人姓名", "代理机构名称",
    "第一代理人", "企业",
)  # fmt: skip
INCOPAT = (
    "标题 (中文)", "申请号", "申请日", "公开（公告）号", "公开（公告）日", "专利类型", "申请人",
    "标准化申请人", "申请人类型", "代理机构", "代理人", "实质审查生效日", "失效日", "权利要求数量",
    "独立权利要求数量", "文献页数", "首权字数", "简单同族个数", "同族国家/地区", "一案双申", "当前法律状态",
    "转让次数", "许可次数", "质押次数", "合享价值度",
)  # fmt: skip
PATSNAP = (
    "公开(公告)号", "标题", "申请号", "申请日", "公开(公告)日", "授权日", "[标]当前申请(专利权)人",
    "当前申请(专利权)人", "IPC主分类号", "专利类型", "受理局", "法律状态/事件", "[标]代理机构", "权利要求数",
    "简单同族", "权利转移生效日",
)  # fmt: skip


def read(rows, text, profile=None):
    return docket_from_bytes(text(rows), "docket.csv", profile)


def only(rows, text, profile=None):
    found = read(rows, text, profile)
    (case,) = found.cases
    return case


def said(found):
    return " ".join(issue.say("en") for issue in found.issues)


def test_the_query_list_of_the_office_is_read_with_its_blanks(text):
    row = (
        "2018115642888", "一种阀门", "2018-12-20", "F16K 1/00", "--", "一通出案待答复", "--",
        "甲公司;乙大学", "中国", "--", "--", "丙", "丁事务所", "张三", "甲公司",
    )  # fmt: skip
    row = ("201811564288X", *row[1:])
    found = read((QUERY, row), text)
    (case,) = found.cases

    assert (found.format, found.read, found.refused) == ("cpquery", 1, 0)
    assert case.number == "CN201811564288X"
    assert case.kind is PatentKind.INVENTION
    assert case.filed == date(2018, 12, 20)
    assert (case.field, case.client) == ("F16K 1/00", "甲公司")
    assert case.applicants == ("甲公司", "乙大学")
    assert case.agents == ("张三",)
    assert case.outcome is Outcome.PENDING_SUBSTANTIVE
    assert case.notices is None
    assert found.issues == ()


def test_where_the_case_status_is_blank_the_legal_status_tells(text):
    row = ("201811564288X", "阀门", "2018-12-20", "", "", "--", "授权") + ("",) * 8

    assert only((QUERY, row), text).status == "授权"


@pytest.mark.parametrize(
    ("document", "at_filing", "at_grant"),
    [("CN109611111A", 10, None), ("CN109611111B", None, 10), ("", 10, None)],
)
def test_counts_of_a_search_service_are_those_of_the_document(
    text, document, at_filing, at_grant
):
    row = (
        "一种阀门", "CN201811564288.X", "2018.12.20", document, "2020-03-10", "发明专利",
        "甲大学", "甲大学", "大专院校", "丁事务所", "张三; 李四", "2019-05-01", "",
        "10", "2", "14", "320", "3", "CN; US; EP", "否", "专利权维持", "1", "0", "0", "7",
    )  # fmt: skip
    found = read((INCOPAT, row), text)
    (case,) = found.cases

    assert found.format == "incopat"
    assert (case.claims, case.claims_granted) == (at_filing, at_grant)
    assert case.independent_claims == (2 if at_filing else None)
    assert case.agents == ("张三", "李四")
    assert case.exam_effective == date(2019, 5, 1)
    assert case.family_countries == 3
    assert case.same_day is False
    assert case.applicant_type == "大专院校"
    # How often it was transferred says nothing of when.
    assert case.dealings is None
    assert "how often and not when" in said(found)
    assert "pages of the whole document" in said(found)


def test_the_day_of_a_document_is_of_publication_or_of_grant_by_its_letter(text):
    def day_of(document, kind="发明专利"):
        cells = dict.fromkeys(INCOPAT, "")
        cells |= {"申请号": "CN201811564288.X", "公开（公告）日": "2020-03-10"}
        cells |= {"公开（公告）号": document, "专利类型": kind}
        case = only((INCOPAT, tuple(cells.values())), text)
        return case.published, case.granted

    day = date(2020, 3, 10)
    assert day_of("CN109611111A") == (day, None)
    assert day_of("CN109611111B") == (None, day)
    assert day_of("", "发明授权") == (None, day)
    assert day_of("", "发明申请") == (day, None)
    # Nothing tells which of the two it is: neither is filled in.
    assert day_of("", "发明专利") == (None, None)


def test_the_day_a_right_ended_is_the_day_of_what_the_status_tells(text):
    cells = dict.fromkeys(INCOPAT, "")
    cells |= {"申请号": "CN201811564288.X", "失效日": "2022-01-05"}

    def of(status):
        return only((INCOPAT, tuple((cells | {"当前法律状态": status}).values())), text)

    assert of("逾期视撤失效").deemed_withdrawn == date(2022, 1, 5)
    assert of("未缴年费终止失效").lapsed == date(2022, 1, 5)
    # In force: the day is that of its term, and nothing has ended.
    assert of("专利权维持").lapsed is None


def test_a_day_that_the_list_tells_itself_is_not_replaced_by_that_of_the_status(text):
    rows = (
        ("申请号", "专利状态", "视撤日", "法律状态日期"),
        ("201811564288X", "逾期视撤失效", "2021-03-01", "2021-06-01"),
    )

    assert only(rows, text).deemed_withdrawn == date(2021, 3, 1)


def test_a_word_that_names_two_kinds_names_none(text):
    rows = (("我方文号", "申请类型"), ("A1", "发明/实用新型"), ("A2", "PCT发明"))
    found = read(rows, text)

    assert [one.kind for one in found.cases] == [None, PatentKind.INVENTION]
    assert [one.row for one in found.issues] == [2]


def test_lists_within_cells_are_parted_and_the_status_stands_among_events(text):
    row = (
        "CN109611111B", "阀门", "CN201811564288.X", "2018-12-20", "2020-03-10", "2020-03-10",
        "甲 | 乙", "甲公司 | 乙公司", "F16K1/00", "授权发明", "中国", "授权 | 权利转移", "丁",
        "8", "CN109611111A | CN109611111B | US2020111111A1", "2021-01-05 | 2022-02-06",
    )  # fmt: skip
    found = read((PATSNAP, row), text)
    (case,) = found.cases

    assert found.format == "patsnap"
    assert case.applicants == ("甲公司", "乙公司")
    assert (case.kind, case.status) == (PatentKind.INVENTION, "授权")
    assert case.granted == date(2020, 3, 10)
    assert case.claims_granted == 8
    assert case.family_countries == 2
    assert case.dealings == (Dealing(date(2021, 1, 5)), Dealing(date(2022, 2, 6)))


def test_a_status_of_several_words_that_disagree_stays_as_it_stands_and_is_asked(text):
    cells = dict.fromkeys(PATSNAP, "")
    cells |= {"申请号": "CN201811564288.X", "法律状态/事件": "授权 | 撤回专利申请"}
    found = read((PATSNAP, tuple(cells.values())), text)

    assert found.cases[0].status == "授权 | 撤回专利申请"
    assert found.cases[0].outcome is Outcome.UNKNOWN
    assert "tells no outcome" in said(found)


def test_an_agency_systems_export_is_read_below_its_title(xlsx):
    rows = (
        ("专利基本信息表",),
        (),
        ("申请人姓名", "专利编号", "申请类型", "专利名称", "发明人姓名", "申请日期", "专利状态",
         "客户名称", "代理机构"),
        ("甲公司", "2018115642888", "新型专利", "阀门", "丙", "2018-12-20", "专利权维持", "甲公司", "丁"),
        ("甲公司", "ZL201811564288.X", "新型专利", "阀门", "丙", "2018-12-20", "专利权维持", "乙", "丁"),
    )  # fmt: skip
    found = docket_from_bytes(xlsx(rows), "专利基本信息表.xlsx")

    assert (found.format, found.read, found.refused) == ("agency_system", 2, 1)
    (case,) = found.cases
    # The number says invention, and is believed.
    assert (case.kind, case.client) == (PatentKind.INVENTION, "乙")
    assert case.source.row == 5
    assert "the number was taken" in said(found)
    refused = next(one for one in found.issues if one.severity is Severity.ERROR)
    assert (refused.sheet, refused.row, refused.column) == ("Sheet1", 4, 2)


def test_a_case_not_yet_filed_stands_by_our_reference(text):
    rows = (
        ("我方文号", "案件名称", "申请号", "客户名称", "承办人"),
        ("P2026001", "阀门", "待定", "甲", "张三"),
        ("", "泵", "", "甲", "张三"),
    )
    found = read(rows, text)

    assert [(one.reference, one.number) for one in found.cases] == [("P2026001", "")]
    assert found.cases[0].handler == "张三"
    assert (found.read, found.refused) == (2, 1)
    assert "neither an application number nor a reference" in said(found)


def test_what_is_not_understood_is_left_out_and_told_with_its_place(text):
    rows = (
        ("申请号", "申请日", "权利要求数量", "申请类型", "一案双申"),
        ("201811564288X", "2018年冬", "约十项", "植物", "或许"),
    )
    found = read(rows, text)
    (case,) = found.cases

    assert (case.filed, case.claims, case.same_day) == (None, None, False)
    assert case.kind is PatentKind.INVENTION
    places = {(one.row, one.column) for one in found.issues}
    assert places == {(2, 2), (2, 3), (2, 4), (2, 5)}


def test_a_heading_that_stands_twice_is_told_and_the_first_is_read(text):
    rows = (
        ("申请号", "申请日", "申请日"),
        ("201811564288X", "2018-12-20", "2019-01-01"),
    )
    found = read(rows, text)

    assert found.cases[0].filed == date(2018, 12, 20)
    assert "the first was read" in said(found)


def test_an_unknown_list_is_refused_and_told_what_to_do(text):
    with pytest.raises(UserError, match="say in a profile which column"):
        read((("甲", "乙"), ("1", "2")), text)


def test_a_sheet_that_is_no_list_is_told_and_the_others_are_read(xlsx):
    data = xlsx(
        案件=(("申请号", "名称"), ("201811564288X", "阀门")),
        说明=(("本表由系统导出",),),
    )
    found = docket_from_bytes(data, "a.xlsx")

    assert len(found.cases) == 1
    assert "Sheet “说明” is no list of cases" in said(found)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_chinese_spreadsheets_are_read(text, encoding):
    rows = (QUERY, ("201811564288X", "一种阀门", "2018-12-20") + ("--",) * 12)
    found = docket_from_bytes(text(rows, encoding=encoding), "a.csv")

    assert found.cases[0].title == "一种阀门"


def test_a_list_without_a_row_is_a_list_all_the_same(text):
    found = read((QUERY,), text)

    assert (found.format, found.read) == ("cpquery", 0)


def test_counts_of_a_list_that_names_no_document_are_those_at_filing(text):
    # A utility model is published when it is granted; this list says nothing of that.
    rows = (("申请号", "权利要求数量"), ("2015201376873", "6"))

    assert (only(rows, text).claims, only(rows, text).claims_granted) == (6, None)


def test_where_no_row_has_a_number_every_row_is_refused(text):
    found = read((("申请号", "名称"), ("", "阀门"), ("--", "泵")), text)

    assert (found.read, found.refused) == (2, 2)


def test_a_number_that_a_spreadsheet_rounded_is_refused_with_the_reason(xlsx):
    rows = (("申请号", "名称"), (20181156428812345, "阀门"), ("2019106035651", "泵"))
    found = docket_from_bytes(xlsx(rows), "a.xlsx")

    assert (found.read, found.refused) == (2, 1)
    assert "keeps 15 digits" in said(found)


def test_licences_belong_to_agents_or_are_left_out(text):
    head = ("申请号", "代理人", "工作证号")
    rows = (
        head,
        ("201811564288X", "张三;李四", "3210012345.6;3210012346.7"),
        ("2019106035651", "张三;李四", "3210012345.6"),
    )
    found = read(rows, text)

    assert found.cases[0].agent_licences == ("3210012345.6", "3210012346.7")
    assert found.cases[1].agent_licences == ()
    assert found.issues[0].row == 3


def test_the_first_of_several_days_of_priority_counts(text):
    rows = (("申请号", "优先权日"), ("201811564288X", "2018-03-02 | 2018-01-05"))

    assert only(rows, text).priority == date(2018, 1, 5)


def test_a_family_told_by_its_countries_or_members_is_counted_once_each(text):
    head = ("申请号", "同族国家/地区")
    rows = (
        head,
        ("201811564288X", "中国; 美国; 中国"),
        ("2019106035651", "CN1A|US2B2|US3A1"),
    )

    assert [one.family_countries for one in read(rows, text).cases] == [2, 2]


def test_a_class_in_full_width_is_the_same_class(text):
    rows = (("申请号", "主分类号"), ("201811564288X", "Ｈ０４Ｌ９／００；Ｇ０６Ｆ"))

    assert only(rows, text).field == "H04L9/00"


def test_what_a_spreadsheet_writes_for_no_day_is_none(text):
    head = ("申请号", "申请日", "主分类号")
    found = read((head, ("201811564288X", "1900-01-01", "——")), text)

    assert (found.cases[0].filed, found.cases[0].field) == (None, "")
    assert said(found) == ""
