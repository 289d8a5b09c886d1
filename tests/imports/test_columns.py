"""The header is found by what it says, in either language and any order."""

from __future__ import annotations

import random

import pytest

from valuer.imports.column_names import NAMES
from valuer.imports.columns import find_header


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("申请号", "number"),
        ("申请（专利）号", "number"),
        ("Application No.", "number"),
        ("APPLICATION_NUMBER", "number"),
        ("申请号 Application No.", "number"),
        ("公开（公告）号", "publication"),
        ("Display Key", "publication"),
        ("Inventor(s)", "inventors"),
        ("发明(设计)人", "inventors"),
        ("申请人/专利权人", "applicants"),
        ("当前专利权人：", "owners"),
        ("法律状态最后修改日期", "status_on"),
        ("Date of the latest legal status", "status_on"),
        ("Earliest Priority Date", "priority"),
        ("最早优先权日", "priority"),
        ("授权公告日", "granted"),
        ("公布公告日期", "published"),
        ("Application publication date / grant announcement date", "published"),
    ],
)
def test_a_column_is_known_by_its_name(name, field):
    header = find_header([["标题", name, "x"]])
    assert header.columns[field] == 1


@pytest.mark.parametrize(
    "name",
    [
        "申请人地址",
        "发明人数量",
        "代理机构",
        "NPL Citations",
        "Priority Numbers",
        "CPC分类号",
        "FI 分类号",
        "",
    ],
)
def test_other_columns_are_left_alone(name):
    assert find_header([["标题", name]]).columns == {"title": 0}


def test_no_two_things_share_a_name():
    names = [name for known in NAMES.values() for name in known]
    assert len(set(names)) == len(names)


def test_rows_above_the_header_are_passed_over():
    rows = [
        ["某大学专利清单"],
        [],
        ["导出日期", "2026-11-22"],
        ["申请号", "名称", "申请日"],
        ["CN201819990003.X", "申请日", "2018-12-20"],
    ]
    assert find_header(rows).row == 3


def test_the_order_of_columns_does_not_matter():
    names = [known[0] for known in NAMES.values()]
    random.Random(7).shuffle(names)
    header = find_header([names])
    assert len(header.columns) == len(names)
    assert all(names[place] in NAMES[field] for field, place in header.columns.items())


def test_a_name_twice_is_told():
    header = find_header([["申请号", "名称", "标题"]])
    assert header.doubled == ((1, 2),)


def test_without_a_header_there_are_no_columns():
    assert find_header([["a", "b"], ["1", "2"]]).columns == {}
