"""The workbook of a docket's figures: who asked what, and figures that count again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from tests.agency.hand_docket import AS_OF, DOCKET
from valuer.agency.columns import columns_of
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import METRICS
from valuer.agency.quality import answer
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError
from valuer.reports.quality.workbook import Stamp, quality_workbook

AT = datetime(2026, 10, 8, 9, 30, tzinfo=UTC)
STAMP = Stamp("示例专利代理事务所", "wang", AT, "en")
CASES = (replace(DOCKET[0], title="=1+1", reference="@R1"), *DOCKET[1:])
HAND = columns_of(CASES, AS_OF)


def book(question=Question(), cases=CASES, docket=HAND, stamp=STAMP):  # noqa: B008 - a value
    data = quality_workbook(docket, question, cases, stamp)
    return openpyxl.load_workbook(io.BytesIO(data))


def table(page) -> list[dict[str, object]]:
    heads, *rows = page.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_first_sheet_says_who_asked_for_what_and_when():
    asked = Question(
        date(2025, 1, 1),
        date(2025, 12, 31),
        kinds=(PatentKind.INVENTION,),
        agents=("甲",),
        days_before=3,
    )
    page = book(asked)["About"]
    told = {row[0]: row[1] for row in page.iter_rows(values_only=True)}
    assert told["Filing quality"] == "示例专利代理事务所"
    assert told["Made by"] == "wang"
    assert told["Made at"] == "2026-10-08 09:30 +0000"
    assert told["Docket as of"] == "2026-09-30"
    assert told["Cases in the docket"] == "13"
    assert told["From"] == "2025-01-01"
    assert told["To"] == "2025-12-31"
    assert told["Kind"] == "Invention"
    assert told["Agent"] == "甲"
    assert told["On time"] == "3 days before the last day"


def test_the_metrics_are_those_of_the_docket_as_numbers():
    rows = {row["Key"]: row for row in table(book()["Metrics"])}
    expected = {row.key: row for row in answer(HAND, Question(), METRICS)}
    assert set(rows) == set(expected)
    first = rows["Q01"]
    assert (first["Counted (n)"], first["Of these"]) == (7, 3)
    assert first["Rate or figure"] == pytest.approx(3 / 7)
    assert first["Interval from"] == pytest.approx(expected["Q01"].low)
    assert first["Left out"] == expected["Q01"].excluded
    assert first["Published figure"] == 0.55
    assert first["Year"] == 2021
    assert rows["Q27"]["Fields missing"] == "Due dates"
    assert rows["Q27"]["Rate or figure"] is None


def test_shares_are_percentages_and_counts_are_whole():
    page = book()["Metrics"]
    heads = [cell.value for cell in page[1]]
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == "Q01")
    form = dict(zip(heads, (cell.number_format for cell in row), strict=True))
    assert form["Rate or figure"] == form["Interval from"] == "0.0%"
    assert form["Counted (n)"] == "#,##0"


def test_the_cases_behind_give_every_rate_again():
    found = book()
    cases = table(found["Cases behind"])
    heads = [head for head in cases[0] if str(head).startswith("Q")]
    rows = {row["Key"]: row for row in table(found["Metrics"])}
    assert heads
    for head in heads:
        marks = [case[head] for case in cases if case[head] is not None]
        row = rows[head.partition(" ")[0]]
        assert (len(marks), sum(marks)) == (row["Counted (n)"], row["Of these"]), head


def test_titles_and_references_stay_texts():
    page = book()["Cases behind"]
    assert page["C2"].value == "=1+1"
    assert page["C2"].data_type == "s"
    assert page["B2"].value == "@R1"
    assert page["J2"].value == "Granted, in force"


def test_groups_have_their_rows_and_no_rank_where_little_is_known():
    rows = table(book()["By group"])
    mine = [row for row in rows if (row["By"], row["Key"]) == ("Agent", "Q01")]
    assert {row["Group of cases"]: row["Counted (n)"] for row in mine} == {
        "甲": 4,
        "乙": 3,
    }
    assert all(row["Rank"] is None for row in mine)


def test_by_month_the_groups_are_months():
    rows = table(book(Question(by=Grouping.MONTH))["By group"])
    assert {row["By"] for row in rows} == {"Month"}
    assert "2025-03" in {row["Group of cases"] for row in rows}


def test_cohorts_and_definitions_are_there():
    found = book()
    (first,) = table(found["Cohorts"])
    assert first["Filed in"] == "2023Q1"
    counts = (first["Granted so far"], first["Lost so far"], first["Pending"])
    assert counts == (3, 4, 2)
    definitions = {row["Key"]: row for row in table(found["Definitions"])}
    assert len(definitions) == len(METRICS)
    assert "55.0" in definitions["Q01"]["Published figure"]
    assert definitions["Q01"]["Mark"].startswith("V1")


def test_a_name_that_is_a_text_of_the_program_is_not_translated():
    cases = tuple(replace(case, client="Grants") for case in CASES)
    rows = table(
        book(
            cases=cases,
            docket=columns_of(cases, AS_OF),
            stamp=replace(STAMP, language="zh_CN"),
        ).worksheets[2]
    )
    assert any(value == "Grants" for row in rows for value in row.values())


def test_cases_without_a_number_keep_their_own_reference():
    cases = tuple(
        replace(case, number="", reference=f"R{place}")
        for place, case in enumerate(CASES)
    )
    rows = table(book(cases=cases, docket=columns_of(cases, AS_OF))["Cases behind"])
    references = [row["Reference"] for row in rows]
    assert len(set(references)) == len(references) > 5


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(UserError):
        book(Question(date(2026, 2, 1), date(2026, 1, 1)))
