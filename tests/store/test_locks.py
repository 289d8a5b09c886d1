"""Who may write, and what the others are told."""

from __future__ import annotations

import json
import os
import threading
from datetime import UTC, datetime

import pytest

from valuer.core.problems import UserError
from valuer.core.texts import say
from valuer.store.locks import (
    HeldError,
    Program,
    lock_path,
    locked,
    read_holder,
    take_lock,
)

posix = pytest.mark.skipif(os.name != "posix", reason="files as POSIX knows them")


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def refusal(path, patience=0.0):
    with pytest.raises(HeldError) as refused:
        take_lock(path, Program.COMMAND, patience)
    return str(refused.value)


def test_one_at_a_time_has_the_lock_and_its_file_goes_with_it(path):
    with locked(path, Program.COMMAND, 0):
        assert names(path.parent) == [f".{path.name}.lock"]
        assert "is being edited by" in refusal(path)
    assert names(path.parent) == []
    with locked(path, Program.COMMAND, 0):
        pass


def test_the_holder_is_told_by_user_machine_program_and_time(path):
    with locked(path, Program.WINDOW, 0):
        holder = read_holder(path)
        assert holder.pid == os.getpid()
        assert holder.program is Program.WINDOW
        assert abs((datetime.now(UTC) - holder.since).total_seconds()) < 60
        told = say(holder.who, "en")
        assert told.startswith(f"{holder.user}@{holder.host} (window, process ")
        assert told in refusal(path)


def test_a_window_is_not_waited_for(path, monkeypatch):
    def sleep(_):
        raise AssertionError("it waited")

    monkeypatch.setattr("valuer.store.locks.time.sleep", sleep)
    with locked(path, Program.WINDOW, 0):
        refusal(path, patience=60)


def test_a_command_is_waited_for(path):
    first = take_lock(path, Program.COMMAND, 0)
    timer = threading.Timer(0.1, first.release)
    timer.start()
    with locked(path, Program.COMMAND, 60):
        timer.join()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"user":"w"}',
        b'{"user":"w","host":"h","pid":1,"program":"circus","since":"2026-11-22"}',
        b'{"user":"w","host":"h","pid":1,"program":"window","since":"0001-01-01T00:00:00+14:00"}',
        b"x" * 100_000,
    ],
)
def test_a_holder_that_cannot_be_read_is_another_program(path, text):
    with locked(path, Program.COMMAND, 0):
        lock_path(path).write_bytes(text)
        assert "edited by another program" in refusal(path)


def test_what_another_program_wrote_is_shown_as_one_short_line(path):
    with locked(path, Program.COMMAND, 0):
        words = json.loads(lock_path(path).read_bytes())
        words["user"] = "w\n\x1b[31m\u202e" + "a" * 1000
        lock_path(path).write_text(json.dumps(words), encoding="utf-8")
        told = refusal(path)
    assert len(told) < 400
    assert told.isprintable()


def test_a_lock_file_left_by_the_dead_holds_nobody(path):
    lock_path(path).write_text('{"user":"dead"}', encoding="utf-8")
    with locked(path, Program.COMMAND, 0):
        assert read_holder(path).pid == os.getpid()
    assert names(path.parent) == []


@posix
def test_a_lock_taken_away_in_between_is_not_held(path, monkeypatch):
    """Opened just before its holder released it: that file has no name any more."""
    first = take_lock(path, Program.COMMAND, 0)
    opened = os.open

    def open_then_release(*words, **named):
        descriptor = opened(*words, **named)
        first.release()
        return descriptor

    monkeypatch.setattr("valuer.store.locks.os.open", open_then_release)
    with locked(path, Program.COMMAND, 0):
        monkeypatch.undo()
        assert lock_path(path).exists()
        refusal(path)


def test_release_twice_releases_nobody_elses(path):
    first = take_lock(path, Program.COMMAND, 0)
    first.release()
    with locked(path, Program.COMMAND, 0):
        first.release()
        refusal(path)


@posix
def test_who_lost_the_lock_file_leaves_that_of_the_next_one(path):
    first = take_lock(path, Program.COMMAND, 0)
    lock_path(path).unlink()
    with locked(path, Program.COMMAND, 0):
        first.release()
        assert "is being edited by" in refusal(path)


@posix
def test_a_link_in_the_place_of_the_lock_is_not_followed(path, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("someone else's")
    lock_path(path).symlink_to(other)
    with pytest.raises(OSError, match="symbolic links"):
        take_lock(path, Program.COMMAND, 0)
    assert other.read_text() == "someone else's"


@posix
def test_everybody_may_lock_who_may_write_the_library(path):
    path.touch()
    path.chmod(0o660)
    with locked(path, Program.COMMAND, 0):
        assert lock_path(path).stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize("name", ["a.valuer", "专" * 66, "专" * 80 + ".valuer"])
def test_the_lock_has_a_name_that_a_disk_takes(tmp_path, name):
    with locked(tmp_path / name, Program.COMMAND, 0):
        refusal(tmp_path / name)
    assert len(os.fsencode(lock_path(tmp_path / name).name)) < 220


def test_two_long_names_have_two_locks(tmp_path):
    one, two = (tmp_path / ("专" * 80 + f" {n}.valuer") for n in (1, 2))
    assert lock_path(one) != lock_path(two)


@posix
def test_a_disk_without_locks_is_told(path, monkeypatch):
    def refuse(*_):
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(UserError, match="knows no file locks"):
        take_lock(path, Program.COMMAND, 0)
