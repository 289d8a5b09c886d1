"""Records of prosecution events become a docket; each action counts once."""

from __future__ import annotations

import json
from datetime import date

import pytest

from valuer.agency.columns import columns_of
from valuer.agency.metric import Question
from valuer.agency.metrics import metric
from valuer.agency.quality import answer
from valuer.core.problems import UserError
from valuer.imports import read_file
from valuer.imports.docket_events import events_from_bytes, is_events, read_events
from valuer.imports.docket_patents import docket_of

AS_OF = date(2026, 9, 30)
RECORD = {
    "application_number": "16100000",
    "filing_date": "2018-11-08",
    "app_type": "REGULAR",
    "status": "Patented Case",
    "prosecution_events": [
        {"code": "MCTNF", "date": "2020-08-27"},
        {"code": "CTNF", "date": "2020-08-16"},
    ],
}


def answers(cases, *keys):
    metrics = tuple(metric(key) for key in keys)
    rows = answer(columns_of(cases, AS_OF), Question(), metrics)
    return {row.key: (row.numerator, row.n) for row in rows}


def test_metrics_of_the_real_sample_are_those_counted_by_hand(shared_data):
    found = read_events(shared_data / "outcomes" / "uspto_peds_sample.jsonl")

    # Counted with another program: 82 patented (2 ended since), 13 silent, 1 issue fee
    # unpaid, 1 expressly abandoned, 1 allowed, 1 finally rejected and still open.
    # CTNF and CTFR of the 82, not their mailings: 133; 16 of them have none.
    assert (found.read, found.refused) == (99, 0)
    told = answers(found.cases, "Q01", "Q04", "Q05", "Q08_no_answer")
    assert told["Q01"] == (82, 97)
    assert told["Q05"] == (133, 82)
    assert told["Q08_no_answer"] == (13, 97)


def test_metrics_of_a_real_chinese_list_are_those_counted_by_hand(shared_data):
    listed = read_file(shared_data / "exports" / "cnipa" / "szu_专利.xls")
    cases = docket_of(listed.patents)

    # 90 inventions: 21 granted and 1 ended since, 3 refused, 1 deemed withdrawn, 58
    # published or in examination, 5 whose word tells nothing, 1 without a word;
    # 16 utility models, one ended since, and 4 designs, all granted.
    keys = ("Q01", "Q01_utility_model", "Q01_design", "Q08", "Q10")
    assert answers(cases, *keys) == {
        "Q01": (22, 26),
        "Q01_utility_model": (16, 16),
        "Q01_design": (4, 4),
        "Q08": (1, 46),
        "Q10": (90, 110),
    }
    (row,) = answer(columns_of(cases, AS_OF), Question(), (metric("Q01"),))
    assert row.lacking == 5


def test_a_line_that_is_no_record_is_refused_with_its_row():
    lines = (json.dumps(RECORD), "{", "[]", '{"application_number": 7}')
    found = events_from_bytes("\n".join(lines).encode(), "x.jsonl")
    assert (found.read, len(found.cases), found.refused) == (4, 1, 3)
    assert [issue.row for issue in found.issues] == [2, 3, 4]


def test_what_a_record_has_without_a_day_or_a_code_is_told():
    events = [
        {"code": "CTNF", "date": "2020-13-45"},
        {"code": "CTFR"},
        {"date": "2020-01-02"},
        "CTRS",
    ]
    record = RECORD | {"filing_date": "someday", "prosecution_events": events}
    found = events_from_bytes(json.dumps(record).encode(), "x.jsonl")
    told = [issue.say("en") for issue in found.issues]

    assert [one.on for one in found.cases[0].notices] == [None, None]
    assert found.cases[0].filed is None
    assert told == [
        "Row 1: “someday” names no filing day; it was left out.",
        "Row 1: events without a code were left out.",
        "Row 1: an event “CTNF” has no day; add it.",
        "Row 1: an event “CTFR” has no day; add it.",
    ]


def test_a_file_without_any_record_is_refused_as_a_whole():
    with pytest.raises(UserError, match=r"No line of x\.jsonl is the record"):
        events_from_bytes(b'{"a": 1}\n{"b": 2}\n', "x.jsonl")


def test_words_that_are_not_listed_are_told():
    strange = RECORD | {
        "status": "Lost in space",
        "prosecution_events": [{"code": "?"}],
    }
    found = events_from_bytes(json.dumps(strange).encode(), "x.jsonl")
    told = " ".join(issue.say("en") for issue in found.issues)
    assert "Lost in space" in told
    assert "“?”" in told


def test_an_empty_file_is_refused():
    with pytest.raises(UserError, match="is empty"):
        events_from_bytes(b" \n", "x.jsonl")


def test_other_json_is_no_record_of_events():
    assert is_events(json.dumps(RECORD).encode())
    assert not is_events(b'{"lines": [1, 2]}')
    assert not is_events(b"{\n  1: 2\n}")
    assert not is_events(b"")
