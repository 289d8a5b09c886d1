"""The list of a Chinese patent search."""

from __future__ import annotations

from datetime import date

import pytest

from valuer.core.patents import LegalEvent, LegalStatus, PatentKind
from valuer.core.problems import Severity
from valuer.imports import cnipa_list, read_bytes

ENGLISH = {
    "专利类型": "Patent type",
    "专利名称": "Title",
    "法律状态": "Legal status",
    "法律状态最后修改日期": "Legal status last modified date",
    "申请公布日/授权公告日": "Publication/grant date",
    "申请号": "Application number",
    "申请日": "Filing date",
    "申请人/专利权人": "Applicant/patentee",
    "发明人": "Inventors",
}


def changed(rows, row, column, value):
    """The list with one cell changed; rows and columns from 1."""
    made = [list(cells) for cells in rows]
    made[row - 1][column - 1] = value
    return made


def told(read):
    return [(one.severity, one.row, one.column) for one in read.issues]


def test_a_row_becomes_a_patent(cnipa, xls):
    read = read_bytes(xls(cnipa), "专利.xls")
    assert (read.format, read.read, read.refused) == (cnipa_list.KEY, 3, 0)
    first = read.patents[0]
    assert first.number == "CN201819990003X"
    assert (first.country, first.kind) == ("CN", PatentKind.INVENTION)
    assert first.title == "一种虚构的水位探针"
    assert first.owners == ("虚构大学",)
    assert first.inventors == ("甲一", "乙二", "丙三")
    assert first.filed == date(2018, 12, 20)
    assert (first.status, first.status_wording) == (LegalStatus.IN_FORCE, "授权")
    assert first.status_on == date(2020, 3, 6)
    assert first.history == (
        LegalEvent(LegalStatus.IN_FORCE, "授权", date(2020, 3, 6)),
    )


def test_every_patent_says_where_it_stood(cnipa, xls):
    read = read_bytes(xls(cnipa), "专利.xls")
    sources = [patent.source for patent in read.patents]
    assert [(one.file, one.sheet, one.row) for one in sources] == [
        ("专利.xls", "Sheet1", 2),
        ("专利.xls", "Sheet1", 3),
        ("专利.xls", "Sheet1", 4),
    ]
    assert {one.sha256 for one in sources} == {read.sha256}
    assert len(read.sha256) == 64


def test_the_day_of_grant_is_that_of_the_kind(cnipa, xls):
    invention, model, pending = read_bytes(xls(cnipa), "a.xls").patents
    assert invention.granted == date(2020, 3, 6)  # the day of the status 授权
    assert model.granted == date(2015, 11, 27)  # published when granted
    assert pending.granted is None


def test_shuffled_renamed_and_translated_the_rows_are_the_same(cnipa, xls, xlsx, text):
    expected = facts(read_bytes(xls(cnipa), "专利.xls"))
    order = [5, 0, 8, 3, 7, 1, 4, 2, 6]
    shuffled = [[row[place] for place in order] for row in cnipa]
    translated = [[ENGLISH[name] for name in cnipa[0]], *cnipa[1:]]
    titled = [["某大学"], ["导出于 2026-11-22"], *cnipa]
    for rows in (shuffled, translated, titled):
        assert facts(read_bytes(xlsx(rows), "x.dat")) == expected
        assert facts(read_bytes(text(rows, "\t", "gb18030"), "list.xls")) == expected


def facts(read):
    from dataclasses import replace

    from valuer.core.patents import Source

    return read.format, [replace(one, source=Source()) for one in read.patents]


def test_a_wrong_check_digit_refuses_the_row_and_names_the_right_one(cnipa, xls):
    read = read_bytes(xls(changed(cnipa, 3, 6, "CN201529990017.4")), "a.xls")
    assert (read.read, len(read.patents), read.refused) == (3, 2, 1)
    assert told(read) == [(Severity.ERROR, 3, 6)]
    wording = read.issues[0].say("en")
    assert "row 3" in wording
    assert "3 expected" in wording
    assert "not imported" in wording


def test_a_row_without_any_number_is_refused_at_its_place(cnipa, xls):
    read = read_bytes(xls(changed(cnipa, 4, 6, "")), "a.xls")
    assert (read.read, read.refused) == (3, 1)
    assert told(read) == [(Severity.ERROR, 4, 6)]


@pytest.mark.parametrize(
    ("row", "column", "value", "where"),
    [
        (2, 1, "实用新型", 1),  # the number says invention
        (2, 7, "2017.12.20", 7),  # the number is of 2018
        (2, 7, "2018.13.45", 7),  # no day
        (3, 5, "2014.11.27", 5),  # granted before it was filed
        (2, 3, "某种新的状态", 3),
        (4, 3, "专利申请权、专利权的转移", 3),
    ],
)
def test_a_doubt_is_told_at_its_cell_and_the_row_imported(
    cnipa, xls, row, column, value, where
):
    read = read_bytes(xls(changed(cnipa, row, column, value)), "a.xls")
    assert (len(read.patents), read.refused) == (3, 0)
    places = {(one.severity, one.row) for one in read.issues}
    assert places == {(Severity.WARNING, row)}
    assert all(one.say("en") for one in read.issues)
    assert where in {one.column for one in read.issues}


def test_a_transfer_after_the_grant_leaves_it_in_force(cnipa, xls):
    read = read_bytes(xls(changed(cnipa, 3, 3, "专利申请权、专利权的转移")), "a.xls")
    assert read.patents[1].status is LegalStatus.IN_FORCE


def test_a_missing_legal_status_is_told(cnipa, xls):
    rows = changed(changed(cnipa, 4, 3, "无数据"), 4, 4, "无数据")
    read = read_bytes(xls(rows), "a.xls")
    assert read.patents[2].status is LegalStatus.UNKNOWN
    assert told(read) == [(Severity.NOTE, 4, 3)]


def test_a_number_without_check_digit_is_completed_and_told(cnipa, xls):
    read = read_bytes(xls(changed(cnipa, 2, 6, "201819990003")), "a.xls")
    assert read.patents[0].number == "CN201819990003X"
    assert told(read) == [(Severity.NOTE, 2, 6)]


def test_days_and_numbers_kept_as_figures_are_understood(cnipa, xlsx):
    rows = changed(cnipa, 3, 6, 2015299900173)  # a number, not text
    rows = changed(rows, 3, 7, date(2015, 3, 11))  # a day, not text
    rows = changed(rows, 4, 7, 42860)  # Excel's number of 2017-05-05
    read = read_bytes(xlsx(rows), "a.xlsx")
    assert [one.number for one in read.patents][1] == "CN2015299900173"
    assert [one.filed for one in read.patents][1:] == [
        date(2015, 3, 11),
        date(2017, 5, 5),
    ]


def test_a_number_that_a_spreadsheet_rounded_says_what_to_do(cnipa, xlsx):
    rows = changed(cnipa, 2, 6, 20181999000300001)
    read = read_bytes(xlsx(rows), "a.xlsx")
    assert read.refused == 1
    assert "format the column as text" in read.issues[0].say("en")


def test_blank_rows_are_not_counted_and_sums_are_refused(cnipa, xls):
    rows = [*cnipa, ["", " "], [], ["合计", "3 件"]]
    read = read_bytes(xls(rows), "a.xls")
    assert (read.read, len(read.patents), read.refused) == (4, 3, 1)
    assert told(read) == [(Severity.ERROR, 7, 6)]


def test_titles_without_numbers_are_refused_row_by_row(xlsx):
    rows = [
        ["序号", "名称", "申请年份", "摘要"],
        [1, "一种\n系统", 2014, "某摘要"],
        [2, "一种方法", 2014, "某摘要"],
    ]
    read = read_bytes(xlsx(rows), "a.xlsx")
    assert (read.read, read.refused, read.patents) == (2, 2, ())
    assert [one.row for one in read.issues] == [2, 3]


def test_two_columns_of_one_thing_are_told(cnipa, xls):
    rows = [[*row, "x" if place else "标题"] for place, row in enumerate(cnipa)]
    read = read_bytes(xls(rows), "a.xls")
    assert told(read) == [(Severity.WARNING, 1, 10)]
    assert read.patents[0].title == "一种虚构的水位探针"


def test_sheets_that_hold_no_list_are_told(cnipa, xlsx):
    read = read_bytes(xlsx(专利=cnipa, 说明=[["请核对"], ["以上"]]), "a.xlsx")
    assert len(read.patents) == 3
    assert [(one.severity, one.sheet) for one in read.issues] == [
        (Severity.NOTE, "说明")
    ]


def test_lists_on_two_sheets_are_both_read(cnipa, xlsx):
    read = read_bytes(xlsx(一=cnipa, 二=cnipa), "a.xlsx")
    assert read.read == 6
    assert {one.source.sheet for one in read.patents} == {"一", "二"}


def test_a_list_of_grants_dates_them_by_its_own_columns(cnipa, xls):
    granted = changed(cnipa, 2, 1, "发明授权")
    assert read_bytes(xls(granted), "a.xls").patents[0].granted == date(2018, 11, 23)
    columns = [
        [*row, "授权公告日" if not place else "2020-04-07"]
        for place, row in enumerate(cnipa)
    ]
    assert read_bytes(xls(columns), "a.xls").patents[0].granted == date(2020, 4, 7)


def test_several_publications_stand_with_the_latest_last(cnipa, xls):
    numbers = ["公开（公告）号", "CN109876543B;CN109876543A", "?", ""]
    rows = [[*row, numbers[place]] for place, row in enumerate(cnipa)]
    read = read_bytes(xls(rows), "a.xls")
    assert read.patents[0].publications == ("CN109876543A", "CN109876543B")
    assert read.patents[0].number == "CN201819990003X"
    assert told(read) == [(Severity.WARNING, 3, 10)]


def test_numbers_are_found_under_a_name_nobody_knows(cnipa, xls):
    read = read_bytes(xls(changed(cnipa, 1, 6, "案卷")), "a.xls")
    assert read.format == cnipa_list.KEY
    assert read.patents[0].number == "CN201819990003X"


def test_a_patent_number_may_stand_where_either_kind_could(cnipa, xls):
    rows = changed(changed(cnipa, 1, 6, "专利号"), 2, 6, "ZL201819990003.X")
    assert read_bytes(xls(rows), "a.xls").patents[0].number == "CN201819990003X"
