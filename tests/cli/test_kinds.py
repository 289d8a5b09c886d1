"""``valuer report --kind``: what the house may issue, and the register of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from valuer.store.library import open_library
from valuer.store.reports import list_reports

PORTFOLIO = Path(__file__).parents[1] / "reports" / "portfolio_case.json"


@pytest.fixture
def library(valuer, tmp_path) -> Path:
    """A library with one case of an appraisal institution, nothing simulated."""
    path = tmp_path / "案卷.valuer"
    plain = json.loads(PORTFOLIO.read_text(encoding="utf-8"))
    plain["runs"][0]["scenarios"] = 0
    source = tmp_path / "case.json"
    source.write_text(json.dumps(plain), encoding="utf-8")
    assert valuer("case", "new", "--from", source, "--library", path).code == 0
    return path


def printed(valuer, library: Path, kind: str):
    out = library.with_name(f"{kind}.pdf")
    words = ("report", "C1", "--library", library, "--out", out, "--json")
    return valuer(*words, "--kind", kind), out


def test_a_summary_is_printed_registered_and_computed_anew(valuer, library):
    answer, out = printed(valuer, library, "summary")
    assert answer.code == 0
    assert (answer.json["kind"], answer.json["pages"]) == ("summary", 1)
    with open_library(library) as opened, opened.read() as connection:
        assert [one.kind for one in list_reports(connection)] == ["summary"]
    found = valuer("verify", out, "--recompute", "--json")
    assert found.json["verdict"] == "unsigned"
    assert found.json["recomputed"]["matches"] is True


def test_a_kind_that_the_house_may_not_issue_is_refused(valuer, library):
    for kind, words in (("value_analysis", "may not issue"), ("x", "There is no kind")):
        answer, out = printed(valuer, library, kind)
        assert answer.code == 2
        assert words in answer.err
        assert not out.exists()
    with open_library(library) as opened, opened.read() as connection:
        assert list_reports(connection) == ()
