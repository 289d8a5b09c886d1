"""A library that may only be read: by its file, its folder or its disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.library import Access, open_library
from valuer.store.revisions import new_case

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="permissions as POSIX knows them"
)

READER = """
import os, pathlib, sys
from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.cases import list_cases
from valuer.store.library import Access, memory_library, open_library
from valuer.store.backups import list_backups
import valuer.store.migrations
memory_library().close()  # what is imported late may not be readable later
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
path = pathlib.Path(sys.argv[1])
try:
    with open_library(path, access=Access(sys.argv[2])) as library:
        with library.read() as connection:
            print(*sorted(line.name for line in list_cases(connection)))
        print(library.why_read_only)
        list_backups(path)
        with library.change():
            print("changed")
except UserError as error:
    print(error)
"""


def save(library, at, name):
    with library.change() as connection:
        new_case(connection, Case(name=name), "wang", "New case", at)


def read_as_another_user(path, access=Access.EITHER):
    """In a process of a user who may not write there; root may write everywhere."""
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path), access],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def folder():
    """A folder that other users can reach; pytest's own are private."""
    with tempfile.TemporaryDirectory(prefix="只读 ") as name:
        place = Path(name)
        place.chmod(0o755)
        yield place
        place.chmod(0o755)


def seal(folder):
    folder.chmod(0o555)
    return {one: one.read_bytes() for one in folder.iterdir()}


@pytest.mark.parametrize("access", [Access.READ, Access.EITHER])
def test_a_library_in_a_read_only_folder_is_read(folder, at, access):
    path = folder / "库.valuer"
    with open_library(path, create=True) as library:
        save(library, at, "一")
    before = seal(folder)
    read, why, refused = read_as_another_user(path, access)
    assert read == "一"
    assert (
        why
        == "库.valuer was opened read-only: the file or its folder cannot be written."
    )
    assert refused.startswith("库.valuer cannot be written: ")
    assert {one: one.read_bytes() for one in folder.iterdir()} == before


def test_a_read_only_file_in_a_folder_of_ones_own_is_read(folder, at):
    path = folder / "库.valuer"
    with open_library(path, create=True) as library:
        save(library, at, "一")
    path.chmod(0o444)
    folder.chmod(0o777)
    read, why, refused = read_as_another_user(path)
    assert (read, "read-only" in why) == ("一", True)
    assert refused.startswith("库.valuer cannot be written: ")
    assert [one.name for one in folder.iterdir()] == [path.name]


def test_what_its_writer_saves_is_read_from_a_read_only_folder(folder, at):
    path = folder / "库.valuer"
    with open_library(path, create=True) as library:
        save(library, at, "一")
        save(library, at, "二")
        folder.chmod(0o555)
        assert read_as_another_user(path)[0] == "一 二"
        folder.chmod(0o755)
        save(library, at, "三")


def test_what_a_dead_writer_saved_is_read_from_a_read_only_folder(folder, at):
    dead = folder / "dead"
    dead.mkdir()
    with open_library(folder / "库.valuer", create=True) as library:
        save(library, at, "一")
        save(library, at, "二")
        for one in folder.glob("库*"):
            shutil.copyfile(one, dead / one.name)
    before = seal(dead)
    assert len(before) == 3  # with the log
    assert read_as_another_user(dead / "库.valuer")[0] == "一 二"
    assert {one: one.read_bytes() for one in dead.iterdir()} == before
    dead.chmod(0o755)


def test_a_library_of_an_older_form_is_left_where_it_may_not_be_written(folder, at):
    path = folder / "库.valuer"
    with open_library(path, create=True) as library:
        save(library, at, "一")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    before = seal(folder)
    for access in (Access.READ, Access.EITHER):
        (told,) = read_as_another_user(path, access)
        assert told.startswith("库.valuer was written by an older version")
    assert {one: one.read_bytes() for one in folder.iterdir()} == before


def test_a_change_left_half_done_is_told_where_it_may_not_be_mended(folder, at):
    path = folder / "库.valuer"
    with open_library(path, create=True) as library:
        save(library, at, "一")
    half_done(path)
    before = seal(folder)
    for access in (Access.READ, Access.EITHER):
        (told,) = read_as_another_user(path, access)
        assert told.startswith("库.valuer was left in the middle of a change")
    assert {one: one.read_bytes() for one in folder.iterdir()} == before


def test_a_log_without_its_index_is_told_where_it_may_not_be_mended(folder, at):
    dead = folder / "dead"
    dead.mkdir()
    with open_library(folder / "库.valuer", create=True) as library:
        save(library, at, "一")
        save(library, at, "二")
        for one in ("库.valuer", "库.valuer-wal"):
            shutil.copyfile(folder / one, dead / one)
    before = seal(dead)
    for access in (Access.READ, Access.EITHER):
        (told,) = read_as_another_user(dead / "库.valuer", access)
        assert told.startswith("库.valuer was left in the middle of a change")
    assert {one: one.read_bytes() for one in dead.iterdir()} == before
    dead.chmod(0o755)


def test_a_library_copied_without_its_log_is_told_where_it_may_not_be_written(
    folder, at
):
    copy = folder / "copy"
    copy.mkdir()
    with open_library(folder / "库.valuer", create=True) as library:
        save(library, at, "一")
        save(library, at, "二")
        shutil.copyfile(folder / "库.valuer", copy / "库.valuer")
    before = seal(copy)
    for access in (Access.READ, Access.EITHER):
        (told,) = read_as_another_user(copy / "库.valuer", access)
        assert told.startswith("库.valuer can be opened only where it can be written")
    assert {one: one.read_bytes() for one in copy.iterdir()} == before
    copy.chmod(0o755)


def test_who_wants_to_change_what_may_only_be_read_is_told_so(folder, at):
    path = folder / "库.valuer"
    with open_library(path, create=True) as library:
        save(library, at, "一")
    path.chmod(0o666)
    seal(folder)
    (told,) = read_as_another_user(path, Access.WRITE)
    assert told.startswith("库.valuer cannot be written: the file or its folder is")


def test_a_change_left_half_done_is_undone_by_the_next_reader(path, at):
    with open_library(path, create=True) as library:
        save(library, at, "一")
    half_done(path)
    with (
        open_library(path, access=Access.READ) as library,
        library.read() as connection,
    ):
        count = "SELECT count(*) FROM settings"
        assert connection.exec_driver_sql(count).scalar() == 0
    assert [one.name for one in path.parent.iterdir()] == [path.name]


HALF = """
import os, sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA cache_size = 1")
raw.execute("BEGIN")
for number in range(500):
    raw.execute("INSERT INTO settings VALUES (?, ?)", (str(number), "x" * 1000))
os._exit(0)
"""


def half_done(path):
    """Let a process die in the middle of a change without a write-ahead log."""
    subprocess.run([sys.executable, "-c", HALF, str(path)], check=True)
    assert path.with_name(path.name + "-journal").exists()
    for one in path.parent.iterdir():
        one.chmod(0o644)


@pytest.fixture
def read_only_disk(tmp_path):
    """A folder as a read-only disk shows it; only the system's own user has one."""
    inner, place = tmp_path / "inner", tmp_path / "盘"
    inner.mkdir()
    place.mkdir()

    def mounted():
        command = ["mount", "--bind", "-o", "ro", inner, place]
        if not shutil.which("mount") or subprocess.run(command, check=False).returncode:
            pytest.skip("this user may not mount a disk")
        return place

    yield inner, mounted
    subprocess.run(["umount", place], check=False, capture_output=True)


def test_a_library_on_a_read_only_disk_is_read(read_only_disk, at):
    inner, mounted = read_only_disk
    with open_library(inner / "库.valuer", create=True) as library:
        save(library, at, "一")
    place = mounted()
    for access in (Access.READ, Access.EITHER):
        with open_library(place / "库.valuer", access=access) as library:
            assert library.is_read_only
            with library.read() as connection:
                ids = connection.exec_driver_sql("SELECT id FROM cases").all()
            assert len(ids) == 1
            with pytest.raises(UserError, match="cannot be written"):
                save(library, at, "二")
    with pytest.raises(UserError, match="cannot be written"):
        open_library(place / "库.valuer")
