"""The commands ``evidence add``, ``list``, ``show``, ``out``, ``check`` and the rest."""

from __future__ import annotations

import hashlib
import json

import pytest

PDF = b"%PDF-1.7\n1 0 obj\n"
CASE = {
    "name": "甲",
    "runs": [
        {
            "key": "capm",
            "method": "listed_companies_rate",
            "params": {"companies": [{"name": "某某股份"}]},
        }
    ],
}


@pytest.fixture
def run(valuer, tmp_path):
    """Run a command on a library with one case, ``C1``."""
    path = tmp_path / "库.valuer"
    made = valuer(
        *("case", "new", "--from", "-", "--library", path),
        stdin=json.dumps(CASE).encode(),
    )
    assert made.code == 0
    return lambda *words: valuer(*words, "--library", path)


@pytest.fixture
def files(tmp_path):
    contract, terminal = tmp_path / "合同.pdf", tmp_path / "行情 终端.png"
    contract.write_bytes(PDF)
    terminal.write_bytes(b"\x89PNG\r\n\x1a\nx")
    return contract, terminal


def test_documents_are_taken_up_in_one_revision_and_told_in_the_case(run, files):
    told = ("--kind", "price", "--about", "runs.capm.companies")
    made = ("--source", "终端", "--obtained", "2026-09-30", "--note", "截图")
    answer = run("evidence", "add", "C1", *files, *told, *made, "--json")
    assert answer.code == 0
    assert (answer.json["revision"], answer.json["added"]) == (2, 2)
    first = answer.json["evidence"][0]
    assert first == {
        "digest": hashlib.sha256(PDF).hexdigest(),
        "name": "合同.pdf",
        "size": len(PDF),
        "kind": "price",
        "about": "runs.capm.companies",
        "source": "终端",
        "obtained": "2026-09-30",
        "note": "截图",
    }
    assert run("evidence", "list", "C1", "--json").json["evidence"][0] == first
    assert run("case", "show", "C1").json["evidence"][0] == first
    assert run("history", "--case", "C1", "--json").json["undoable"] == {
        "action": "Add evidence",
        "restores": 1,
    }


def test_what_is_there_already_is_not_added_twice(run, files):
    run("evidence", "add", "C1", *files)
    again = run("evidence", "add", "C1", files[0], "--json").json
    assert (again["revision"], again["added"]) == (2, 0)
    elsewhere = run("evidence", "add", "C1", files[0], "--about", "forecast", "--json")
    assert elsewhere.json["added"] == 1


def test_a_copy_has_the_very_bytes(run, files, tmp_path):
    digest = run("evidence", "add", "C1", *files, "--json").json["evidence"][0]
    out = tmp_path / "副本.pdf"
    told = run("evidence", "out", digest["digest"][:12], "--out", out, "--json")
    assert out.read_bytes() == PDF
    assert told.json["media_type"] == "application/pdf"
    assert run("evidence", "out", digest["digest"], "--out", out).code == 2
    shown = run("evidence", "show", digest["digest"])
    assert "合同.pdf" in shown.out.decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--about", "runs.wacc"), "no place “runs.wacc”"),
        (("--about", "runs.capm.companies[7]"), "no place"),
        (("--about", "companies"), "runs.capm."),
        (("--obtained", "2026-02-30"), "no date"),
    ],
)
def test_a_place_or_day_that_is_none_is_refused_and_nothing_kept(
    run, files, words, told
):
    answer = run("evidence", "add", "C1", files[0], *words)
    assert answer.code == 2
    assert told in answer.err
    assert run("evidence", "list", "C1", "--json").json["revision"] == 1
    assert run("evidence", "unused", "--json").json["documents"] == []


def test_where_one_file_is_refused_none_is_taken_up(run, files, tmp_path):
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    for wrong in (empty, tmp_path / "无.pdf", tmp_path):
        assert run("evidence", "add", "C1", files[0], wrong).code == 2
    assert run("evidence", "list", "C1", "--json").json["evidence"] == []
    assert run("evidence", "unused", "--json").json["documents"] == []


def test_a_check_says_no_where_a_document_is_not_in_the_library(run, files, valuer):
    run("evidence", "add", "C1", *files)
    good = run("evidence", "check", "C1", "--json")
    assert (good.code, good.json["sound"], good.json["evidence"]) == (0, True, 2)
    run("undo", "--case", "C1")
    digest = hashlib.sha256(PDF).hexdigest()
    assert len(run("evidence", "unused", "--json").json["documents"]) == 2
    assert run("evidence", "remove", digest[:16]).code == 0
    run("redo", "--case", "C1")
    bad = run("evidence", "check", "C1", "--json")
    assert (bad.code, bad.json["sound"]) == (1, False)
    assert bad.json["issues"][0]["where"] == "evidence[0]"
    assert run("evidence", "remove", bad.json["case"]).code == 2


def test_a_check_warns_of_a_place_that_is_gone(run, files, tmp_path):
    run("evidence", "add", "C1", files[0], "--about", "runs.capm.companies")
    patch = tmp_path / "p.json"
    patch.write_text('{"runs": []}')
    run("case", "set", "C1", patch)
    answer = run("evidence", "check", "C1", "--json")
    assert (answer.code, answer.json["sound"]) == (0, True)
    assert answer.json["issues"][0]["severity"] == "warning"
