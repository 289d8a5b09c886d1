"""Every file of the docket, changed at random: read or refused, nothing lost unsaid."""

from __future__ import annotations

import json
import random

import pytest

from tests.imports.efiling import package, with_changes
from tests.imports.test_efiling_tables import NOTICES, PATENTS
from valuer.agency.docket_profiles import Profile
from valuer.core.patent_numbers import check_digit
from valuer.core.problems import Severity, UserError
from valuer.imports.dockets import docket_from_bytes

CPQUERY = (
    (
        "申请号/专利号",
        "发明名称",
        "申请日",
        "主分类号",
        "案件状态",
        "申请人姓名或名称",
        "国籍或总部所在地",
        "第一代理人",
    ),
    (
        "2026100000019",
        "一种虚构的水位探针",
        "2026-01-05",
        "G01F23/00",
        "一通出案待答复",
        "虚构大学",
        "中国",
        "丙三",
    ),
    (
        "2026200000014",
        "一种虚构的支架",
        "2026-01-06",
        "--",
        "专利权维持",
        "虚构大学",
        "中国",
        "丁四",
    ),
)
INCOPAT = (
    (
        "标题",
        "申请号",
        "申请日",
        "公开（公告）号",
        "专利类型",
        "申请人",
        "代理人",
        "链接到incoPat",
        "合享价值度",
        "首权字数",
        "权利要求数量",
        "当前法律状态",
        "授权公告日",
    ),
    (
        "一种虚构的支架",
        "CN202620000001.4",
        "20260106",
        "CN299999999U",
        "实用新型",
        "虚构大学",
        "丁四",
        "https://x.invalid/1",
        "7",
        "120",
        "8",
        "授权",
        "20260606",
    ),
)
PATSNAP = (
    (
        "公开(公告)号",
        "标题",
        "申请号",
        "申请日",
        "授权日",
        "[标]当前申请(专利权)人",
        "发明人",
        "法律状态/事件",
        "[标]代理机构",
        "权利要求数",
    ),
    (
        "CN299999999U",
        "一种虚构的支架",
        "CN202620000001.4",
        "2026-01-06",
        "2026-06-06",
        "虚构大学",
        "甲一 | 乙二",
        "授权 | 权利转移",
        "虚构专利代理事务所",
        "8",
    ),
)
OWN = (
    ("案件总表",),
    ("我方文号", "案号", "立案日", "类型", "状态", "绝限", "完成日", "一通发文日"),
    ("SW1", "2026100000019", "2026/1/5", "发明", "审", "2026-09-23", "", "2026-05-08"),
    ("SW2", "2026200000014", 46028, "新型", "授", "", "", ""),
)
PROFILE = Profile(
    "ours",
    (
        ("我方文号", "reference"),
        ("案号", "number"),
        ("立案日", "filed"),
        ("状态", "status"),
        ("一通发文日", "office_actions.made"),
    ),
)
LISTS = (PATENTS, NOTICES, CPQUERY, INCOPAT, PATSNAP, OWN)
STRANGE = (
    b"\x00",
    b'"',
    b",",
    b"\r",
    b"9" * 400,
    b"1E+400",
    b"NaN",
    b"\xef\xbf\xbf",
    "２０２６".encode(),
    b"0000-00-00",
    b"2026-02-30",
    b"{" * 50,
)


@pytest.fixture(scope="module")
def files(text, xlsx, xls):
    """A file of every format."""
    record = {
        "application_number": "16100000",
        "filing_date": "2018-11-08",
        "status": "Patented Case",
        "prosecution_events": [{"code": "CTNF", "date": "2020-08-16"}],
    }
    made = [make(rows) for rows in LISTS for make in (text, xlsx, xls)]
    made += [text(rows, "\t", "utf-16") for rows in LISTS]
    made += [text(rows, ",", "gb18030") for rows in LISTS]
    made.append("\n".join([json.dumps(record)] * 3).encode())
    made.append(package(with_changes(number="202610000001.9")))
    return made


def changed(data, drawn):
    """Some bytes with a few changes, cuts, repetitions and strange things in them."""
    found = bytearray(data)
    for _ in range(drawn.randint(1, 6)):
        if not found:
            break
        place = drawn.randrange(len(found))
        match drawn.randrange(6):
            case 0 | 1:
                found[place] = drawn.randrange(256)
            case 2:
                del found[place : place + drawn.randint(1, 30)]
            case 3:
                found[place:place] = found[place : place + drawn.randint(1, 60)]
            case 4:
                found[place:place] = drawn.choice(STRANGE)
            case _ if drawn.random() < 0.3:
                del found[place:]
    return bytes(found)


def test_every_file_is_read_as_it_is(files):
    for data in files:
        found = docket_from_bytes(data, "file")
        assert found.cases
        assert found.refused == 0


def test_files_changed_at_random_are_read_or_refused(files):
    drawn = random.Random(20261123)
    for _ in range(400):
        profile = PROFILE if drawn.random() < 0.1 else None
        try:
            found = docket_from_bytes(changed(drawn.choice(files), drawn), "x", profile)
        except UserError as error:
            error.say("zh_CN")
            continue
        errors = [one.severity for one in found.issues].count(Severity.ERROR)
        assert found.read == len(found.cases) + found.refused
        assert errors >= found.refused
        assert all(issue.say("zh_CN") for issue in found.issues)


def test_rows_that_a_quotation_mark_took_in_are_told(text):
    rows = [CPQUERY[0]]
    for place in range(10):
        digits = f"20261000{place:04}"
        rows.append((digits + check_digit(digits), *CPQUERY[1][1:]))
    lines = text(rows).decode().splitlines()
    lines[2] = lines[2].replace(",一种", ',"一种')
    lines[5] = lines[5].replace(",一种", ',"一种')
    found = docket_from_bytes("\n".join(lines).encode(), "list.csv")

    assert found.read == 7
    assert any("reads as whole rows" in one.say("en") for one in found.issues)


def test_hostile_and_messy_files_of_others_are_read_or_refused(shared_data):
    files = [path for path in (shared_data / "messy").rglob("*") if path.is_file()]
    assert len(files) > 40
    for path in files:
        try:
            found = docket_from_bytes(path.read_bytes(), path.name)
        except UserError as error:
            assert path.name in str(error)  # noqa: PT017 - most of them are refused
        else:
            assert found.read == len(found.cases) + found.refused
