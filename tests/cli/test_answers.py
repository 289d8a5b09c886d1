"""What commands answer where the output, the locale or the reader is unkind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from valuer import cli
from valuer.cli import methods
from valuer.core.case import FORMAT

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "valuer"]


def start(*words: object, **streams: object) -> subprocess.Popen[bytes]:
    chosen = streams.pop("env", {})
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VALUER_LANGUAGE": "en"}
    return subprocess.Popen(
        [*COMMAND, *map(str, words)], env={**environment, **chosen}, **streams
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full disk")
def test_a_full_disk_under_the_answer_is_told_in_one_sentence():
    with Path("/dev/full").open("wb") as full:
        process = start("methods", "--json", stdout=full, stderr=subprocess.PIPE)
        _, err = process.communicate()
    assert process.returncode == 2
    assert b"No space left" in err
    assert b"Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-"])
def test_closed_streams_are_refused_not_a_crash(tmp_path, closed):
    words = f"'{sys.executable}' -m valuer value relief_from_royalty - {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=b"{}",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that closes early")
def test_a_reader_who_leaves_early_sees_no_traceback():
    process = start("methods", "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 1
    assert err == b""


@pytest.mark.skipif(sys.platform != "linux", reason="locales of Linux")
def test_names_in_chinese_come_out_as_utf_8_in_a_locale_of_ascii(tmp_path):
    file = tmp_path / "专利.pdf"
    file.write_bytes(b"no PDF")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    process = start("verify", file, "--json", stdout=subprocess.PIPE, env=plain)
    out, _ = process.communicate()
    assert json.loads(out.decode("utf-8"))["file"] == str(file)


class _Interrupted:
    """A stdin at which someone presses Ctrl+C."""

    @property
    def buffer(self):
        return self

    def read(self, count: int) -> bytes:
        raise KeyboardInterrupt


def test_cancelling_says_so_and_leaves_no_library(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("VALUER_LANGUAGE", "en")
    monkeypatch.setattr(sys, "stdin", _Interrupted())
    library = tmp_path / "库.valuer"
    words = ["case", "new", "--library", str(library), "--from", "-"]
    assert cli.main(words, lambda library: 0) == 2
    assert capfd.readouterr().err == "Cancelled.\n"
    assert not library.exists()


def test_json_on_stdin_that_is_too_large_is_told_as_such(valuer, monkeypatch):
    monkeypatch.setattr(methods, "LARGEST_JSON", 10)
    answer = valuer("value", "relief_from_royalty", "-", stdin=b'{"a": "0123456789"}')
    assert answer.code == 2
    assert "larger than" in answer.err


def test_a_form_that_this_program_cannot_read_again_is_refused(valuer, tmp_path):
    library = tmp_path / "库.valuer"
    case = valuer("case", "new", "--library", library, "--json").json["case"]
    for form in (0, FORMAT + 1):
        patch = json.dumps({"format": form}).encode()
        answer = valuer("case", "set", case, "-", "--library", library, stdin=patch)
        assert answer.code == 2
        assert str(form) in answer.err
    shown = valuer("case", "show", case, "--library", library)
    assert (shown.code, shown.json["format"]) == (0, FORMAT)


def test_a_run_that_cannot_be_valued_still_answers_every_key(valuer, tmp_path):
    library = tmp_path / "库.valuer"
    run = {"key": "a", "method": "relief_from_royalty", "params": {}}
    source = json.dumps({"valuation_date": "2026-09-30", "runs": [run]}).encode()
    words = ("--library", library, "--json")
    case = valuer("case", "new", *words, "--from", "-", stdin=source).json["case"]
    answer = valuer("case", "run", case, *words)
    assert answer.code == 2
    keys = "method version value currency working outputs issues simulation"
    assert set(keys.split()) <= set(answer.json["runs"][0])
    assert answer.json["conclusion"] is None


def test_demo_into_a_file_is_refused_even_by_force(valuer, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"kept")
    answer = valuer("demo", "--out", file, "--force", "--no-window")
    assert answer.code == 2
    assert "name a folder" in answer.err
    assert file.read_bytes() == b"kept"


@pytest.mark.skipif(os.name != "posix", reason="has no session without a terminal")
@pytest.mark.parametrize("stdin", [b"", b"a PIN that others see\n"])
def test_a_pin_is_asked_for_only_at_a_terminal(tmp_path, stdin):
    file, out = tmp_path / "file.pdf", tmp_path / "out.pdf"
    file.write_bytes(b"no PDF")
    process = start(
        "sign", file, "--p12", file, "--out", out, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    told, err = process.communicate(stdin)
    assert (process.returncode, told) == (2, b"")
    assert err.startswith(b"There is no terminal to ask for the PIN")
    assert not out.exists()


LONG = "专" * 200


@pytest.mark.parametrize(
    "words",
    [
        ("report", "C1", "--library", "LIBRARY", "--out", LONG),
        ("import", "LIST", "--library", LONG, "--dry-run"),
        ("demo", "--out", LONG, "--no-window"),
        ("sign", "LIBRARY", "--p12", "LIBRARY", "--pin-env", "PIN", "--out", LONG),
    ],
)
def test_a_name_too_long_for_the_disk_is_refused(valuer, tmp_path, words):
    library = tmp_path / "库.valuer"
    assert valuer("case", "new", "--library", library).code == 0
    listed = tmp_path / "list.csv"
    listed.write_text("申请号,名称\nCN201910524317.8,甲\n", encoding="utf-8")
    places = {"LIBRARY": library, "LIST": listed, LONG: tmp_path / LONG}
    answer = valuer(*(places.get(word, word) for word in words))
    assert answer.code == 2
    assert LONG in answer.err
    assert {path.name for path in tmp_path.iterdir()} == {"库.valuer", "list.csv"}
