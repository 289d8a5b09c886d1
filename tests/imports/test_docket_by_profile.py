"""Any list is read by a profile, in its own words."""

from __future__ import annotations

from datetime import date

import pytest

from valuer.agency.docket_profiles import Profile, Word
from valuer.agency.statuses import Outcome
from valuer.core.problems import UserError
from valuer.imports.dockets import docket_from_bytes


def read(rows, text, profile):
    return docket_from_bytes(text(rows), "台账.csv", profile)


OURS = Profile(
    "ours",
    (
        ("卷宗", "reference"),
        ("官号", "number"),
        ("种类", "kind"),
        ("结果", "status"),
        ("谁写的", "drafter"),
        ("谁签的", "agents"),
        ("申请人一", "applicants"),
        ("申请人二", "applicants"),
        ("一审日", "office_actions.made"),
        ("二审日", "office_actions.made"),
        ("放弃是客户说的", "instructed"),
    ),
    (
        Word("kind", "发", "invention"),
        Word("status", "已下证", "专利权维持"),
        Word("instructed", "客户定的", "yes"),
    ),
)


def test_any_list_is_read_by_a_profile_in_its_own_words(text):
    rows = (
        ("本所台账",),
        (
            "卷宗",
            "官号",
            "种类",
            "谁写的",
            "谁签的",
            "申请人一",
            "申请人二",
            "一审日",
            "二审日",
            "结果",
            "放弃是客户说的",
        ),
        (
            "A1",
            "201811564288x",
            "发",
            "张三",
            "张三/李四",
            "甲公司",
            "乙大学；丙研究所",
            "2020/1/2",
            "",
            "已下证",
            "客户定的",
        ),
    )
    found = read(rows, text, OURS)
    (case,) = found.cases

    assert (found.format, case.reference) == ("profile", "A1")
    assert case.agents == ("张三", "李四")
    assert case.applicants == ("甲公司", "乙大学", "丙研究所")
    assert [one.made for one in case.notices] == [date(2020, 1, 2)]
    assert case.instructed is True
    # The word stays as it stands; what it means is beside it.
    assert (case.status, case.outcome) == ("已下证", Outcome.IN_FORCE)
    assert found.words == (("已下证", "专利权维持"),)
    assert found.issues == ()


def test_a_list_without_the_headings_of_the_profile_is_refused_by_name(text):
    with pytest.raises(UserError, match="no row has the headings of profile “ours”"):
        read((("申请号", "名称"), ("201811564288X", "阀门")), text, OURS)


def test_headings_of_the_profile_that_the_list_lacks_are_told(text):
    profile = Profile("ours", (("卷宗", "reference"), ("立案日", "filed")))
    found = read((("卷宗", "结果"), ("A1", "")), text, profile)
    (issue,) = found.issues
    assert len(found.cases) == 1
    assert "立案日" in issue.say("en")


def test_a_line_of_sums_is_no_case(text):
    profile = Profile("ours", (("卷宗", "reference"), ("结果", "status")))
    rows = (("序", "卷宗", "结果"), ("1", "A1", ""), ("合计", "1", ""))
    found = read(rows, text, profile)
    assert [case.reference for case in found.cases] == ["A1"]
    assert (found.read, found.refused) == (2, 1)
    assert "sums" in found.issues[0].say("en")
