"""``valuer disclose``: chosen before signing, written for recipients, opened."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from valuer.reports.carried import package_of
from valuer.reports.package import NAME, written

CASE = Path(__file__).parents[1] / "reports" / "portfolio_case.json"
PIN = "2468"


@pytest.fixture
def run(valuer, tmp_path):
    """Run a command on a library with one case, ``C1``, and a document it rests on."""
    path = tmp_path / "库.valuer"
    plain = json.loads(CASE.read_text(encoding="utf-8"))
    plain["runs"][0]["scenarios"] = 0
    made = valuer(
        *("case", "new", "--from", "-", "--library", path),
        stdin=json.dumps(plain).encode(),
    )
    assert made.code == 0
    (tmp_path / "合同.PDF").write_bytes(b"%PDF-1.7 paper")

    def run(*words):
        return valuer(*words, "--library", path)

    assert run("evidence", "add", "C1", tmp_path / "合同.PDF").code == 0
    return run


def test_nothing_more_is_disclosed_than_the_case_tells(run, bank, tmp_path):
    out = tmp_path / "out.p7m"
    written = ("disclose", "C1", "--to", bank[0], "--out", out)
    assert run(*written).code == 2
    run("disclose", "C1", "--choose", "--to", bank[0])
    assert run(*written, "--with", "evidence").code == 2
    assert not out.exists()


def test_a_recipient_opens_the_case_and_its_evidence(
    run, valuer, bank, tmp_path, monkeypatch
):
    chosen = run(
        *("disclose", "C1", "--choose", "--with", "evidence"),
        *("--to", bank[0], "--json"),
    )
    assert chosen.json["disclosure"]["recipients"][0]["name"] == "示例银行"
    report = tmp_path / "报告.pdf"
    made = run("report", "C1", "--out", report, "--json").json
    out = tmp_path / "披露.p7m"
    assert run("disclose", "C1", "--to", bank[0], "--out", out).code == 0
    assert b"paper" not in out.read_bytes()
    (entry,) = (
        one
        for one in run("history", "--json").json["entries"]
        if "示例银行" in json.dumps(one, ensure_ascii=False)
    )
    assert "C1" in json.dumps(entry)
    monkeypatch.setenv("BANK_PIN", PIN)
    opening = ("disclose", "--open", out, "--p12", bank[1], "--pin-env", "BANK_PIN")
    told = valuer(*opening, "--out", tmp_path / "开", "--json").json
    assert told["digest"] == made["digest"]
    case = (tmp_path / "开" / "case.json").read_bytes()
    assert hashlib.sha256(case).hexdigest() == made["digest"]
    (paper,) = (tmp_path / "开" / "evidence").iterdir()
    assert paper.read_bytes() == b"%PDF-1.7 paper"
    # What the report carries lies there, byte for byte, and nothing of the rest.
    inner = (tmp_path / "开" / NAME).read_bytes()
    assert inner == written(package_of(report.read_bytes()))
    assert valuer(*opening, "--out", tmp_path / "开").code == 2


def test_the_whole_case_goes_without_evidence_where_that_is_chosen(run, bank, tmp_path):
    run("disclose", "C1", "--choose", "--with", "case", "--to", bank[0])
    out = tmp_path / "out.p7m"
    written = run("disclose", "C1", "--to", bank[0], "--out", out, "--json")
    paths = [one["path"] for one in written.json["files"]]
    assert paths == ["case.json", "valuer-recompute.json"]


def test_a_choice_is_taken_back(run, bank):
    run("disclose", "C1", "--choose", "--to", bank[0])
    assert run("disclose", "C1", "--choose").code == 0
    plain = run("case", "show", "C1").json["disclosure"]
    assert plain == {"extent": "printed", "recipients": []}
