"""Two programs at one library: real ones, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from valuer import cli
from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.cases import list_cases
from valuer.store.library import Access, open_library
from valuer.store.revisions import new_case

HOLDER = r"""
import os, sys
from datetime import UTC, datetime
from pathlib import Path

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.library import Access, open_library
from valuer.store.revisions import new_case

with open_library(Path(sys.argv[1]), create=True, access=Access(sys.argv[2])) as library:
    print("read-only" if library.is_read_only else "writing", flush=True)
    for line in sys.stdin:
        with library.change() as connection:
            case = Case(name=line.strip())
            new_case(connection, case, "w", "New case", datetime.now(UTC))
        print("saved", flush=True)
"""


class Other:
    """Another process that holds a library until told otherwise."""

    def __init__(self, path, access):
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(path), access],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.pid = self._process.pid
        self.state = self._process.stdout.readline().strip()

    def save(self, name):
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "saved\n"

    def close(self):
        self._process.communicate()

    def kill(self):
        self._process.kill()
        self._process.communicate()


@contextmanager
def other(path, access=Access.EITHER):
    holder = Other(path, access)
    try:
        yield holder
    finally:
        holder.kill()


def case_names(library):
    with library.read() as connection:
        return {line.name for line in list_cases(connection)}


def save(library, at, name):
    with library.change() as connection:
        new_case(connection, Case(name=name), "wang", "New case", at)


@pytest.fixture
def made(path, at):
    with open_library(path, create=True) as library:
        save(library, at, "一")
    return path


def test_the_second_window_reads_what_the_first_saves(made, at):
    with other(made) as first:
        assert first.state == "writing"
        with open_library(made, access=Access.EITHER) as second:
            assert second.is_read_only
            told = str(second.why_read_only)
            assert f"(window, process {first.pid}, since " in told
            assert case_names(second) == {"一"}
            first.save("二")
            assert case_names(second) == {"一", "二"}
            with pytest.raises(UserError, match=f"process {first.pid}"):
                save(second, at, "三")
            first.close()
            assert case_names(second) == {"一", "二"}
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_a_reader_goes_on_while_a_writer_comes_and_goes(made):
    with open_library(made, access=Access.READ) as reader:
        assert case_names(reader) == {"一"}
        with other(made) as writer:
            writer.save("二")
            assert case_names(reader) == {"一", "二"}
            writer.close()
        assert case_names(reader) == {"一", "二"}
        assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_a_writer_ends_well_while_somebody_is_reading(made):
    with (
        open_library(made, access=Access.READ) as reader,
        other(made) as writer,
        reader.read() as connection,
    ):
        writer.save("二")
        writer.close()
        assert {line.name for line in list_cases(connection)} == {"一"}
    with open_library(made) as library:
        assert case_names(library) == {"一", "二"}
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_the_lock_of_a_killed_program_is_free_at_once(made, at):
    with other(made) as holder:
        holder.save("二")
        holder.kill()
        with open_library(made, patience=0) as library:
            save(library, at, "三")
            assert case_names(library) == {"一", "二", "三"}
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_a_reader_needs_nothing_of_a_killed_program(made):
    with other(made) as holder:
        holder.save("二")
        holder.kill()
    before = made.read_bytes()
    with open_library(made, access=Access.READ) as library:
        assert case_names(library) == {"一", "二"}
    assert made.read_bytes() == before


ALONE = """
import sqlite3, sys
raw = sqlite3.connect(sys.argv[1], timeout=0)
print(raw.execute("PRAGMA journal_mode = DELETE").fetchone())
"""


def test_looking_again_drops_no_lock_of_the_same_program(made, at):
    """On POSIX systems, who closes a file loses all its locks on it."""
    with open_library(made) as library:
        save(library, at, "二")
        with open_library(made, access=Access.READ) as reader:
            assert case_names(reader) == {"一", "二"}
        done = subprocess.run(
            [sys.executable, "-c", ALONE, str(made)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "database is locked" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX knows them")
def test_two_names_of_one_file_are_one_library(made, tmp_path):
    link = tmp_path / "elsewhere"
    link.mkdir()
    (link / "b.valuer").symlink_to(made)
    with other(made), pytest.raises(UserError, match="is being edited by"):
        open_library(link / "b.valuer")
    with other(link / "b.valuer"), pytest.raises(UserError, match="being edited by"):
        open_library(made)
    assert [one.name for one in link.iterdir()] == ["b.valuer"]


def test_a_rehearsal_beside_a_writer_keeps_nothing(made, at):
    with (
        other(made) as holder,
        open_library(made, access=Access.READ) as reader,
    ):
        holder.save("二")
        with reader.rehearse() as connection:
            assert len(list_cases(connection)) == 2
            new_case(connection, Case(name="试"), "wang", "New case", at)
        assert case_names(reader) == {"一", "二"}


@pytest.fixture
def valuer(capsysbinary, monkeypatch):
    """Gives a command in this process, beside the other one."""
    monkeypatch.setenv("VALUER_LANGUAGE", "en")

    def run(*words):
        capsysbinary.readouterr()
        code = cli.main([str(word) for word in words], lambda library: 0)
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return run


def test_a_writing_command_is_refused_with_the_holders_name(made, tmp_path, valuer):
    patch = tmp_path / "patch.json"
    patch.write_text('{"name": "新"}', encoding="utf-8")
    with other(made) as holder:
        for words in (
            ("case", "new"),
            ("case", "set", "C1", patch),
            ("import", "--take-back", "B1"),
            ("report", "C1", "--out", tmp_path / "r.pdf"),
            ("backup", "restore", made),
        ):
            code, out, err = valuer(*words, "--library", made)
            assert (code, out) == (2, ""), words
            assert f"process {holder.pid}, since" in err
    with open_library(made) as library:
        assert case_names(library) == {"一"}


def test_a_reading_command_looks_beside_the_writer(made, valuer):
    with other(made) as holder:
        holder.save("二")
        code, out, err = valuer("case", "list", "--json", "--library", made)
        assert code == 0, err
        assert {one["name"] for one in json.loads(out)["cases"]} == {"一", "二"}
        for words in (
            ("case", "show", "C1"),
            ("patents",),
            ("backup", "list"),
            ("backup", "make"),
        ):
            code, _, err = valuer(*words, "--library", made)
            assert code == 0, err
        holder.save("三")
