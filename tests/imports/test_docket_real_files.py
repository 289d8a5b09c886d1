"""Metrics from real lists are those that another way of counting gives.

What is counted here is counted from the cells and lines themselves, without the
program: by the words of the list and the digits of the number.
"""

from __future__ import annotations

import json
from datetime import date

import pytest
import python_calamine

from valuer.agency.columns import columns_of
from valuer.agency.metric import Question
from valuer.agency.metrics import metric
from valuer.agency.quality import answer
from valuer.core.problems import Severity
from valuer.imports.dockets import read_docket

AS_OF = date(2026, 9, 30)
GRANTED = ("授权", "发明专利权授予", "实用新型专利权授予")
ACTIONS = ("CTNF", "CTFR")


def told(cases, *keys):
    rows = answer(columns_of(cases, AS_OF), Question(), tuple(map(metric, keys)))
    return {row.key: (row.numerator, row.n) for row in rows}


def day(text):
    digits = text.replace(".", "").strip()
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


@pytest.fixture
def listed(shared_data):
    """The list of a university as dicts, and how the program reads it."""
    path = shared_data / "exports" / "cnipa" / "szu_专利.xls"
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    head, *rows = sheet.to_python()
    return [dict(zip(head, row, strict=True)) for row in rows], read_docket(path)


@pytest.fixture
def recorded(shared_data):
    """The records of the American office as dicts, and how the program reads them."""
    path = shared_data / "outcomes" / "uspto_peds_sample.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines], read_docket(path)


def test_every_row_of_a_real_list_is_a_case(listed):
    rows, found = listed

    assert (len(rows), found.read, len(found.cases), found.refused) == (
        110,
        110,
        110,
        0,
    )
    assert [case.title for case in found.cases] == [row["专利名称"] for row in rows]
    assert [case.filed for case in found.cases] == [day(row["申请日"]) for row in rows]
    unknown = {case.status for case in found.cases if case.outcome.value == "unknown"}
    assert unknown == {
        "专利权人的姓名或者名称、地址的变更",
        "专利申请权、专利权的转移",
        "著录事项变更",
    }
    assert len(found.issues) == len(unknown)


def test_shares_of_a_real_list_are_those_of_its_own_words(listed):
    rows, found = listed
    kind = {"1": [], "2": [], "3": []}
    for row in rows:
        kind[row["申请号"].strip()[6]].append(row["法律状态"])
    ended, refused = "专利权的终止", "发明专利申请公布后的驳回"
    withdrawn = "发明专利申请公布后的视为撤回"

    def closed(words):
        grants = sum(word in (*GRANTED, ended) for word in words)
        return grants, grants + words.count(refused) + words.count(withdrawn)

    # Seen in the list: 90 inventions, 21 granted and 1 ended, 3 refused, 1 withdrawn;
    # 16 utility models and 4 designs, all granted.
    keys = ("Q01", "Q01_utility_model", "Q01_design", "Q08", "Q10")
    assert told(found.cases, *keys) == {
        "Q01": closed(kind["1"]),
        "Q01_utility_model": closed(kind["2"]),
        "Q01_design": closed(kind["3"]),
        "Q08": (1, 46),
        "Q10": (90, 110),
    }
    assert closed(kind["1"]) == (22, 26)


def test_times_of_a_real_list_are_those_of_its_own_days(listed):
    rows, found = listed
    inventions = [row for row in rows if row["申请号"].strip()[6] == "1"]
    granted = [row for row in inventions if row["法律状态"] in GRANTED]
    days = sorted(
        (day(row["法律状态最后修改日期"]) - day(row["申请日"])).days for row in granted
    )
    # 21 inventions: 385 days the shortest, 7 within two years, 18 within three.
    assert (len(days), days[0], days[-1]) == (21, 385, 1289)
    within = {
        "Q03_12": sum(one <= 365.25 for one in days),
        "Q03_24": sum(one <= 730.5 for one in days),
        "Q03_36": sum(one <= 1095.75 for one in days),
    }
    assert within == {"Q03_12": 0, "Q03_24": 7, "Q03_36": 18}
    assert {
        key: hits for key, (hits, _) in told(found.cases, *within).items()
    } == within

    years = sum((AS_OF - day(row["申请日"])).days / 365.25 for row in granted)
    (numerator, count) = told(found.cases, "Q18")["Q18"]
    assert (numerator, count) == (pytest.approx(years), 21)


def test_a_real_list_without_numbers_is_refused_row_by_row(shared_data):
    path = shared_data / "exports" / "cnipa" / "cnipr_59x5.xlsx"
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    found = read_docket(path)

    assert (found.read, found.cases, found.refused) == (59, (), 59)
    assert len(sheet.to_python()) == 60
    places = [(one.severity, one.sheet, one.row) for one in found.issues]
    assert places == [(Severity.ERROR, "Sheet1", row) for row in range(2, 61)]


def test_metrics_of_real_events_are_those_of_their_own_codes(recorded):
    records, found = recorded
    patented = [one for one in records if one["status"].startswith("Patent")]
    closed = [one for one in records if one in patented or "bandoned" in one["status"]]
    actions = [
        sum(event["code"] in ACTIONS for event in one["prosecution_events"])
        for one in patented
    ]
    silent = [one for one in closed if "Failure to Respond" in one["status"]]

    # Seen in the file: 82 patented, 2 of them ended; 15 abandoned, 13 by silence.
    assert (found.read, found.refused) == (len(records), 0) == (99, 0)
    assert (len(patented), len(closed), len(silent)) == (82, 97, 13)
    assert (sum(actions), actions.count(0)) == (133, 17)
    assert told(found.cases, "Q01", "Q05", "Q06", "Q08", "Q08_no_answer") == {
        "Q01": (82, 97),
        "Q05": (133, 82),
        "Q06": (1, 99),
        "Q08": (13, 97),
        "Q08_no_answer": (13, 97),
    }
    # No action before the grant, of those that were granted, allowed or acted upon.
    assert told(found.cases, "Q04")["Q04"][0] == 17
    mailed = sum(
        event["code"] in ("MCTNF", "MCTFR")
        for one in records
        for event in one["prosecution_events"]
    )
    made = sum(
        event["code"] in ACTIONS
        for one in records
        for event in one["prosecution_events"]
    )
    assert mailed == made == 173
