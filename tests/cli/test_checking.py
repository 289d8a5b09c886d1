"""``valuer check``: what it tells, its exit codes, answers; what a report refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

PORTFOLIO = Path(__file__).parent.parent / "reports" / "portfolio_case.json"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "l.valuer"


def make(valuer: Any, library: Path, **changes: Any) -> None:
    plain = json.loads(PORTFOLIO.read_text(encoding="utf-8")) | changes
    plain["runs"][0]["scenarios"] = 0
    source = library.with_name("case.json")
    source.write_text(json.dumps(plain), encoding="utf-8")
    assert valuer("case", "new", "--from", source, "--library", library).code == 0


def test_warnings_are_told_with_their_clauses_and_do_not_stop(valuer, library):
    make(valuer, library)
    answer = valuer("check", "C1", "--library", library, "--json")
    assert (answer.code, answer.json["errors"]) == (0, [])
    told = {one["where"]: one for one in answer.json["warnings"]}
    assert told["contract.signed"]["clause"] == "Asset Appraisal Law, art. 23"
    assert told["contract.signed"]["answer"] is None
    assert told["factors.legal"]["clause"].endswith("†")
    assert answer.json["unanswered"] == len(answer.json["warnings"])


def test_errors_are_told_all_at_once_and_the_report_is_refused(valuer, library):
    make(valuer, library, report_date="2026-09-01", client="")
    answer = valuer("check", "C1", "--library", library, "--json")
    assert answer.code == 1
    places = [one["where"] for one in answer.json["errors"]]
    assert places == ["client", "report_date"]
    out = library.with_name("r.pdf")
    refused = valuer("report", "C1", "--library", library, "--out", out)
    assert refused.code == 2
    assert "client" in refused.err
    assert "before the valuation date" in refused.err
    assert not out.exists()


def test_an_answer_is_one_revision_and_takes_the_warning_away(valuer, library):
    make(valuer, library)
    words = ("undeclared_interest", "declared.independent", "声明另附。")
    check = ("check", "C1", "--library", library)
    answer = valuer(*check, "--json", "--answer", *words)
    assert answer.code == 0
    found = {one["where"]: one["answer"] for one in answer.json["warnings"]}
    assert found["declared.independent"] == "声明另附。"
    history = valuer("history", "--library", library, "--case", "C1", "--json")
    assert len(history.json["revisions"]) == 2
    assert "Answer: 声明另附。" in valuer(*check).out.decode()


def test_what_nothing_warns_of_is_not_answered(valuer, library):
    make(valuer, library)
    words = ("undeclared_interest", "client", "x")
    refused = valuer("check", "C1", "--library", library, "--answer", *words)
    assert refused.code == 2
    assert "No warning" in refused.err


def test_another_kind_of_report_is_checked_as_such(valuer, library):
    make(valuer, library)
    check = ("check", "C1", "--library", library, "--json", "--kind")
    answer = valuer(*check, "value_analysis")
    assert answer.code == 1
    assert "wrong_house" in {one["check"] for one in answer.json["errors"]}
    assert valuer(*check, "certificate").code == 2
