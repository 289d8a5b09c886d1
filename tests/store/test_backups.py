"""Backups: made when due, sound, kept in their sequence, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from tests.store.docket_lists import drop_docket
from valuer.core.case import Case
from valuer.core.problems import Cancelled, UserError
from valuer.store.backups import (
    KEPT,
    Kind,
    back_up_daily,
    list_backups,
    make_backup,
    restore,
)
from valuer.store.cases import list_cases
from valuer.store.files import backups_folder
from valuer.store.library import Access, memory_library, open_library
from valuer.store.locks import Program, locked
from valuer.store.revisions import new_case
from valuer.store.schema import HEAD

DAY = timedelta(days=1)
# Noon where the tests run, so that an hour later is the same day there.
NOW = datetime(2026, 11, 22, 12).astimezone()


def save(library, at, name="一"):
    with library.change() as connection:
        new_case(connection, Case(name=name), "wang", "New case", at)


def case_names(path):
    with (
        open_library(path, access=Access.READ) as library,
        library.read() as connection,
    ):
        return {line.name for line in list_cases(connection)}


def day_of_work(path, now, name="一"):
    """Open, back up as the program does, save, close; return the backup."""
    with open_library(path, create=True) as library:
        made = back_up_daily(library, now)
        save(library, now, name)
    return made


def open_only(path, now):
    with open_library(path) as library:
        return back_up_daily(library, now)


@pytest.fixture
def made(path):
    assert day_of_work(path, NOW) is None  # a new library has nothing to back up
    return path


def test_the_first_opening_of_a_day_makes_a_backup(made):
    backup = open_only(made, NOW)
    assert backup.parent == backups_folder(made)
    assert case_names(backup) == {"一"}
    assert open_only(made, NOW + timedelta(hours=1)) is None
    assert [one.name for one in made.parent.iterdir() if one.is_file()] == [made.name]


def test_the_next_day_makes_one_only_if_something_changed(made):
    open_only(made, NOW)
    assert open_only(made, NOW + DAY) is None
    assert open_only(made, NOW + 2 * DAY) is None
    day_of_work(made, NOW + 3 * DAY, "二")
    backup = open_only(made, NOW + 4 * DAY)
    assert case_names(backup) == {"一", "二"}
    assert open_only(made, NOW + 5 * DAY) is None


def test_a_change_after_the_backup_of_the_day_is_in_the_next(made):
    assert day_of_work(made, NOW, "二") is not None
    backup = open_only(made, NOW + DAY)
    assert case_names(backup) == {"一", "二"}


def test_what_a_killed_program_left_in_its_log_is_a_change(made):
    open_only(made, NOW)
    log = made.with_name(made.name + "-wal")
    with open_library(made) as library:
        save(library, NOW, "二")
        kept = {one: one.read_bytes() for one in (made, log)}
        time = made.stat().st_mtime_ns
    for one, data in kept.items():
        one.write_bytes(data)
    os.utime(made, ns=(time, time))
    assert case_names(open_only(made, NOW + DAY)) == {"一", "二"}


def test_ten_daily_backups_are_kept_and_all_the_others(made):
    with open_library(made) as library:
        by_hand = make_backup(library, NOW)
    for day in range(KEPT + 4):
        day_of_work(made, NOW + day * DAY)
    listed = list_backups(made)
    daily = [one for one in listed if one.kind is Kind.DAILY]
    assert len(daily) == KEPT
    assert [one.number for one in daily] == list(range(KEPT + 5, 5, -1))
    assert listed[-1].path == by_hand


@pytest.mark.parametrize("set_back", [DAY, 400 * DAY, 20_000 * DAY])
def test_a_clock_set_back_neither_stops_backups_nor_loses_newer_ones(made, set_back):
    for day in range(KEPT):
        day_of_work(made, NOW + day * DAY)
    newest = list_backups(made)[0].path
    made_at = NOW - set_back
    for day in range(3):
        assert day_of_work(made, made_at + day * DAY) is not None
    listed = list_backups(made)
    assert len(listed) == KEPT
    assert [one.made_at for one in listed[:3]] == [made_at + n * DAY for n in (2, 1, 0)]
    assert listed[3].path == newest


def test_a_backup_tells_what_it_is(made):
    with open_library(made) as library:
        backup = make_backup(library, NOW)
    (told,) = list_backups(made)
    assert told.path == backup
    assert (told.number, told.kind, told.revision) == (1, Kind.MANUAL, HEAD)
    assert told.made_at == NOW
    assert told.newest_change == NOW
    put_revision(backup, "0001")
    with closing(sqlite3.connect(backup, isolation_level=None)) as raw:
        raw.execute("DROP TABLE journal")
    (told,) = list_backups(made)
    assert (told.revision, told.newest_change) == ("0001", NOW)
    assert told.size == backup.stat().st_size


def test_other_files_in_the_folder_are_not_ours(made):
    with open_library(made) as library:
        make_backup(library, NOW)
    folder = backups_folder(made)
    others = ["notes.txt", "0002 2026-13-99T250000Z daily.valuer", ".valuer-1.draft"]
    for name in others:
        (folder / name).write_text("someone else's")
    (folder / "0009 2026-11-22T000000Z daily.valuer").mkdir()
    assert len(list_backups(made)) == 1
    for day in range(1, KEPT + 3):
        day_of_work(made, NOW + day * DAY)
    assert all((folder / name).exists() for name in others)


def test_a_backup_sees_one_moment_of_a_library_in_use(made, at):
    with open_library(made) as library:
        seen = []

        def progress(done, total):
            if not seen:
                save(library, at, "二")
            seen.append((done, total))

        backup = make_backup(library, NOW, progress)
        assert case_names(made) == {"一", "二"}
    assert seen
    assert case_names(backup) == {"一"}


def test_a_cancelled_backup_leaves_nothing(made):
    def cancel(done, total):
        raise Cancelled

    with open_library(made) as library, pytest.raises(Cancelled):
        make_backup(library, NOW, cancel)
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_the_check_of_a_backup_can_be_cancelled(made):
    seen = []

    def cancel(done, total):
        seen.append(total)
        if total == 0:  # the copy tells pages; the check does not know how many
            raise Cancelled

    grow(made)
    with open_library(made) as library, pytest.raises(Cancelled):
        make_backup(library, NOW, cancel)
    assert seen[0] > 0
    assert list_backups(made) == ()


def grow(path):
    rows = [(str(number), "x" * 100) for number in range(3000)]
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany("INSERT INTO settings VALUES (?, ?)", rows)


def test_a_full_disk_is_a_warning_and_work_goes_on(made, monkeypatch, at):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("valuer.store.copying.sync_file", full)
    with open_library(made) as library:
        with pytest.raises(UserError, match="was made today: The disk is full"):
            back_up_daily(library, NOW)
        save(library, at, "二")
    assert case_names(made) == {"一", "二"}
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_a_file_in_the_place_of_the_folder_is_told(made):
    backups_folder(made).write_text("someone else's")
    with open_library(made) as library, pytest.raises(UserError, match="backups; "):
        back_up_daily(library, NOW)
    assert list_backups(made) == ()


def test_a_damaged_library_makes_no_backup(made):
    grow(made)
    spoil(made)  # where opening does not meet it
    with open_library(made) as library, pytest.raises(UserError, match="is damaged"):
        make_backup(library, NOW)
    assert list_backups(made) == ()


def test_who_may_only_read_makes_no_daily_backup(made):
    with open_library(made, access=Access.READ) as library:
        assert back_up_daily(library, NOW) is None
    assert back_up_daily(memory_library(), NOW) is None


def test_who_may_only_read_can_make_one_by_hand(made, at):
    with open_library(made) as library, open_library(made, access=Access.READ) as other:
        save(library, at, "二")
        assert case_names(make_backup(other, NOW)) == {"一", "二"}


def test_a_backup_is_put_back_and_what_it_replaces_is_kept(made):
    backup = open_only(made, NOW)
    day_of_work(made, NOW, "二")
    kept = restore(made, backup, NOW)
    assert case_names(made) == {"一"}
    assert case_names(kept) == {"一", "二"}
    assert list_backups(made)[0].kind is Kind.REPLACED
    assert restore(made, kept, NOW) is not None
    assert case_names(made) == {"一", "二"}
    assert [one.name for one in made.parent.iterdir() if one.is_file()] == [made.name]


def test_the_log_of_the_replaced_file_is_not_read_into_the_restored_one(made, at):
    with open_library(made) as library:
        backup = make_backup(library, NOW)
        for number in range(5):
            save(library, at, f"多 {number}")
        kept = {one: one.read_bytes() for one in made.parent.iterdir() if one.is_file()}
    for one, data in kept.items():  # as if it had been killed
        one.write_bytes(data)
    replaced = restore(made, backup, NOW)
    assert case_names(made) == {"一"}
    assert len(case_names(replaced)) == 6


def test_a_library_in_use_is_not_replaced(made):
    backup = open_only(made, NOW)
    before = made.read_bytes()
    with (
        locked(made, Program.WINDOW, 0),
        pytest.raises(UserError, match="is being edited by"),
    ):
        restore(made, backup, NOW)
    assert made.read_bytes() == before


def test_a_library_that_is_gone_comes_back(made):
    backup = open_only(made, NOW)
    made.unlink()
    assert restore(made, backup, NOW) is None
    assert case_names(made) == {"一"}


def test_a_backup_of_an_older_form_is_upgraded_when_it_is_opened(made):
    backup = open_only(made, NOW)
    drop_docket(backup)
    put_revision(backup, "0005")
    restore(made, backup, NOW)
    assert case_names(made) == {"一"}


def put_revision(path, revision):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def spoil(path):
    """Damage the second page, that of imports: no log of a case holds it anew."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * 4096 + data[8192:])


def write_text(path):
    path.write_text("这不是库。" * 100, encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (spoil, "is damaged"),
        (write_text, "is not a library"),
        (lambda path: put_revision(path, "9001"), "newer version"),
        (lambda path: path.unlink(), "There is no library"),
    ],
)
def test_a_backup_that_cannot_be_opened_replaces_nothing(made, harm, words):
    backup = open_only(made, NOW)
    harm(backup)
    before = made.read_bytes()
    with pytest.raises(UserError, match=words):
        restore(made, backup, NOW)
    assert made.read_bytes() == before
    assert [one for one in list_backups(made) if one.kind is Kind.REPLACED] == []


@pytest.mark.parametrize("harm", [spoil, write_text])
def test_a_damaged_library_is_kept_byte_by_byte_when_it_is_replaced(made, at, harm):
    backup, log = open_only(made, NOW), made.with_name(made.name + "-wal")
    with open_library(made) as library:
        save(library, at, "二")
        kept = {one: one.read_bytes() for one in (made, log)}
    for one, data in kept.items():  # as if it had been killed
        one.write_bytes(data)
    harm(made)
    damaged = made.read_bytes()
    replaced = restore(made, backup, NOW)
    assert case_names(made) == {"一"}
    assert [one.name for one in made.parent.iterdir() if one.is_file()] == [made.name]
    assert replaced.read_bytes() == damaged
    assert replaced.with_name(replaced.name + "-wal").read_bytes() == kept[log]
    assert list_backups(made)[0].path == replaced
    with pytest.raises(UserError):
        restore(made, replaced, NOW)
    assert case_names(made) == {"一"}


def test_a_full_disk_while_restoring_changes_nothing(made, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    backup = open_only(made, NOW)
    before = made.read_bytes()
    monkeypatch.setattr("valuer.store.copying.sync_file", full)
    with pytest.raises(UserError, match="disk is full"):
        restore(made, backup, NOW)
    assert made.read_bytes() == before
    assert len([one for one in made.parent.rglob("*") if one.is_file()]) == 2


def test_drafts_of_the_dead_go_and_other_files_stay(made):
    folder = backups_folder(made)
    folder.mkdir()
    dead = [
        made.with_name(f".{made.name}.new"),
        made.with_name(f".{made.name}.new-journal"),
        made.with_name(f".{made.name}.restored"),
        folder / ".valuer-0123456789abcdef.draft",
        folder / ".valuer-0123456789abcdef.draft-journal",
    ]
    old = [
        made.with_name(".valuer-0123456789abcdef.new"),
        made.with_name(".valuer-0123456789abcdef.backup"),
        folder / ".valuer-0123456789abcdef.part",
    ]
    others = [
        made.with_name(".valuer-fedcba9876543210.new"),  # of today: perhaps alive
        made.with_name(".valuer-notes.new"),
        made.with_name(".other.valuer.new"),
        folder / ".valuer-fedcba9876543210.part",
    ]
    for one in (*dead, *old, *others):
        one.write_bytes(b"x")
    for one in old:
        os.utime(one, (0, 0))
    open_library(made).close()
    assert [one for one in (*dead, *old) if one.exists()] == []
    assert [one for one in others if not one.exists()] == []


def test_two_libraries_of_one_folder_have_their_own_backups(made):
    other = made.with_name("另.valuer")
    shutil.copyfile(made, other)
    open_only(made, NOW)
    assert list_backups(other) == ()
