"""The commands ``undo``, ``redo``, ``history``, ``case restore`` and those of the bin."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from valuer.store.deleting import delete_patents
from valuer.store.library import open_library
from valuer.store.reports import IssuedReport, add_report

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
LIST = "申请号,专利名称\nCN201910524317.8,一种复合相变材料\nCN201510218873.4,一种装置\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "库.valuer"


@pytest.fixture
def run(valuer, path):
    """Run a command on the library."""

    def command(*words, stdin=b""):
        return valuer(*words, "--library", path, stdin=stdin)

    return command


@pytest.fixture
def case(run):
    """C1, named 一, then 二, then 三."""
    for words, name in (
        (("case", "new", "--from", "-"), "一"),
        (("case", "set", "C1", "-"), "二"),
        (("case", "set", "C1", "-"), "三"),
    ):
        assert run(*words, stdin=json.dumps({"name": name}).encode()).code == 0
    return "C1"


@pytest.fixture
def imported(run, tmp_path):
    """B1, an import of two patents."""
    path = tmp_path / "清单.csv"
    path.write_text(LIST, encoding="utf-8")
    assert run("import", path).code == 0
    return "B1"


def name_of(run, *words):
    return run("case", "show", "C1", *words).json["name"]


def patents(run):
    return len(run("patents", "--json").json["patents"])


def test_a_case_goes_a_step_back_and_forth(run, case):
    answer = run("undo", "--case", case, "--json")
    assert answer.code == 0
    told = answer.json
    assert (told["case"], told["revision"], told["kind"]) == ("C1", 4, "undo")
    assert (told["action"], told["restores"]) == ("Change the case", 2)
    assert name_of(run) == "二"
    again = run("redo", "--case", case, "--json").json
    assert (again["kind"], again["restores"]) == ("redo", 3)
    assert name_of(run) == "三"


def test_the_digest_told_is_that_of_the_revision_restored(run, case):
    before = run("history", "--case", case, "--json").json["revisions"]
    told = run("undo", "--case", case, "--json").json
    assert told["digest"] == before[1]["digest"]
    shown = [run("case", "show", case, "--revision", n).out for n in (2, 4)]
    assert shown[0] == shown[1]


def test_a_step_is_told_in_words(run, case):
    assert run("undo", "--case", case).out.decode() == (
        "Case C1, revision 4: Undo: Change the case\n"
    )
    assert "Redo: Change the case" in run("redo", "--case", case).out.decode()
    assert "(revision 1)" in run("case", "restore", case, "--revision", 1).out.decode()


def test_where_there_is_nothing_to_undo_the_command_is_refused(run, case):
    for words in (("undo",), ("redo",), ("redo", "--case", case)):
        answer = run(*words)
        assert answer.code == 2
        assert "there is nothing to" in answer.err


def test_any_revision_is_restored(run, case):
    told = run("case", "restore", case, "--revision", 1, "--json").json
    assert (told["revision"], told["kind"], told["restores"]) == (4, "change", 1)
    assert name_of(run) == "一"
    assert run("case", "restore", case, "--revision", 9).code == 2


def test_an_import_goes_back_and_forth(run, imported):
    answer = run("undo", "--json")
    assert answer.code == 0
    told = answer.json
    assert (told["kind"], told["subject"], told["undoes"]) == ("take_back", "B1", 1)
    assert patents(run) == 0
    told = run("redo", "--json").json
    assert (told["kind"], told["subject"], told["undoes"]) == ("bring_again", "B1", 2)
    assert patents(run) == 2


def test_an_import_taken_back_by_name_can_be_undone(run, imported):
    assert run("import", "--take-back", imported).code == 0
    assert patents(run) == 0
    assert run("undo").out.decode() == "Bring B1 again\n"
    assert patents(run) == 2


def test_a_deletion_is_taken_back_by_name(run, imported, path):
    with open_library(path) as library, library.change() as connection:
        batch = delete_patents(connection, ["CN2019105243178"], "王", AT)
    assert patents(run) == 1
    answer = run("import", "--take-back", batch)
    assert answer.out.decode() == "Deletion B2 was taken back.\n"
    assert patents(run) == 2


def test_restoring_a_backup_stands_in_the_journal(run, imported):
    made = run("backup", "make", "--json").json["backup"]
    run("undo")
    assert run("backup", "restore", made).code == 0
    assert patents(run) == 2
    told = run("history", "--json").json
    assert [one["kind"] for one in told["entries"]] == ["import", "restore_backup"]
    assert told["undoable"]["action"] == "Import B1"


def test_a_case_goes_into_the_bin_and_out(run, case):
    assert run("case", "delete", case, "--json").json == {"case": "C1", "binned": True}
    assert run("case", "list", "--json").json == {"cases": []}
    (line,) = run("case", "bin", "--json").json["cases"]
    assert (line["case"], line["name"], line["revision"]) == ("C1", "三", 3)
    assert datetime.fromisoformat(line["binned_at"]).tzinfo
    assert run("case", "bin").out.decode() == "C1\tr3\t三\n"
    assert run("case", "set", case, "-", stdin=b"{}").code == 0
    refused = run("case", "set", case, "-", stdin=b'{"name": "x"}')
    assert refused.code == 2
    assert "Take it out first" in refused.err
    out = run("case", "take-out", case, "--json").json
    assert out == {"case": "C1", "binned": False}
    assert run("case", "bin", "--json").json == {"cases": []}


def test_the_bin_is_undone_with_the_library(run, case):
    run("case", "delete", case)
    assert run("undo").out.decode() == "Take case C1 out of the bin\n"
    assert len(run("case", "list", "--json").json["cases"]) == 1
    assert run("case", "take-out", case).code == 2


def test_a_case_with_an_issued_report_is_not_deleted(run, case, path):
    kind = ("appraisal_report", "zh_CN", "评报字第1号", date(2026, 11, 22))
    line = IssuedReport("C1", 3, *kind, None, "CNY", "0.2.0", "ab" * 32, AT)
    with open_library(path) as library, library.change() as connection:
        add_report(connection, line)
    answer = run("case", "delete", case)
    assert answer.code == 2
    assert "评报字第1号" in answer.err


def test_the_history_of_a_case_tells_what_was_restored(run, case):
    run("undo", "--case", case)
    told = run("history", "--case", "c1", "--json").json
    assert (told["case"], told["sound"], told["issues"]) == ("C1", True, [])
    kinds = [(one["kind"], one["restores"]) for one in told["revisions"]]
    assert kinds == [("change", None)] * 3 + [("undo", 2)]
    assert set(told["revisions"][0]) == {
        "revision",
        "at",
        "author",
        "kind",
        "action",
        "restores",
        "digest",
        "chain",
    }
    assert told["undoable"] == {"action": "Change the case", "restores": 1}
    assert told["redoable"] == {"action": "Change the case", "restores": 3}
    lines = run("history", "--case", case).out.decode().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["1", "2", "3", "4"]
    assert lines[3].endswith("Undo: Change the case")


def test_the_history_of_the_library_tells_its_steps(run, imported, case):
    run("case", "delete", case)
    run("undo")
    told = run("history", "--json").json
    kinds = [one["kind"] for one in told["entries"]]
    assert kinds == ["import", "bin_case", "take_out_case"]
    assert [one["undoes"] for one in told["entries"]] == [None, None, 2]
    assert told["entries"][0]["detail"]["files"][0]["file"] == "清单.csv"
    assert set(told["entries"][0]) == {
        "entry",
        "at",
        "author",
        "kind",
        "subject",
        "action",
        "detail",
        "undoes",
        "chain",
    }
    assert told["undoable"] == {"action": "Import B1", "entry": 1}
    assert told["redoable"] == {"action": "Put case C1 into the bin", "entry": 3}
    assert told["sound"] is True
    assert run("history").out.decode().splitlines()[1].endswith("C1 into the bin")


@pytest.mark.parametrize("words", [("history",), ("history", "--case", "C1")])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_record_that_was_tampered_with_is_no(run, imported, case, path, words, form):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for table in ("revisions", "journal"):
            raw.execute(f"DROP TRIGGER {table}_stay")
            raw.execute(f"UPDATE {table} SET author = 'x' WHERE number = 1")  # noqa: S608 - ours
    answer = run(*words, *form)
    assert answer.code == 1
    if form:
        assert answer.json["sound"] is False
        assert "not as it was" in answer.json["issues"][0]["message"]
    else:
        assert "not as it was" in answer.err


def test_a_case_that_is_not_there_is_refused(run, case):
    for words in (
        ("undo", "--case", "C9"),
        ("history", "--case", "C9"),
        ("case", "delete", "C9"),
        ("case", "take-out", "C9"),
        ("case", "restore", "C9", "--revision", 1),
    ):
        answer = run(*words)
        assert answer.code == 2
        assert "has no case C9" in answer.err
