"""Files that are no sound library, disks that refuse: told, and left as they were."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.library import Access, open_library
from valuer.store.revisions import load_case, new_case


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def save_case(library, at, name="一"):
    with library.change() as connection:
        return new_case(connection, Case(name=name), "wang", "New case", at).case_id


def case_names(library):
    with library.read() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM cases ORDER BY id")
        return [f"C{key}" for (key,) in rows]


def spoil_text(path):
    path.write_text("这不是库，只是一段文字。" * 200, encoding="utf-8")


def spoil_other_database(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE patents (id INTEGER)")


def spoil_truncated(path):
    path.write_bytes(path.read_bytes()[:9000])


def spoil_header_only(path):
    path.write_bytes(path.read_bytes()[:60])


def spoil_pages(path):
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))


def spoil_version_table(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE alembic_version")


def spoil_version(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9001'")


def spoil_version_text(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = CAST(x'E4' AS TEXT)")


def spoil_no_version(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DELETE FROM alembic_version")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (spoil_text, "is not a library"),
        (spoil_other_database, "is not a library"),
        (spoil_header_only, "is damaged"),
        (spoil_truncated, "is damaged"),
        (spoil_pages, "is damaged"),
        (spoil_version_table, "is damaged"),
        (spoil_version_text, "is damaged"),
        (spoil_no_version, "is damaged"),
        (spoil_version, "newer version"),
    ],
)
@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_sound_library_is_refused_and_kept(
    path, at, spoil, words, create, access
):
    with open_library(path, create=True) as library:
        save_case(library, at)
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(UserError, match=words):
        open_library(path, create=create, access=access)
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


def test_a_folder_is_no_library(tmp_path):
    with pytest.raises(UserError, match="is not a library"):
        open_library(tmp_path)


@pytest.mark.parametrize("create", [False, True])
def test_a_missing_folder_is_told(tmp_path, create):
    with pytest.raises(UserError, match=r"does not exist|There is no library"):
        open_library(tmp_path / "无" / "a.valuer", create=create)


def test_a_name_too_long_is_told(tmp_path):
    with pytest.raises(UserError, match="too long"):
        open_library(tmp_path / ("专" * 300), create=True).close()
    assert names(tmp_path) == []


def test_a_name_with_a_nul_is_told(tmp_path):
    with pytest.raises(UserError):
        open_library(tmp_path / "a\0b", create=True)


def test_a_library_locked_by_another_program_is_told(path, at):
    with open_library(path, create=True) as library:
        save_case(library, at)
    with open_library(path, patience=0.01) as library:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(UserError, match="being written by another program"):
                save_case(library, at)
            assert case_names(library) == ["C1"]
        save_case(library, at)
        assert case_names(library) == ["C1", "C2"]


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(library, at):
    def fill():
        with library.change() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100")
            case = Case(name="案" * 4_000_000)
            new_case(connection, case, "wang", "New case", at)

    save_case(library, at)
    with pytest.raises(UserError, match="disk is full"):
        fill()
    assert case_names(library) == ["C1"]
    with library.change() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    save_case(library, at)
    assert case_names(library) == ["C1", "C2"]


def test_damage_met_while_reading_is_told(path, at):
    def read_all():
        with open_library(path) as library, library.read() as connection:
            for number in range(1, 51):
                load_case(connection, f"C{number}")

    with open_library(path, create=True) as library:
        for _ in range(50):
            save_case(library, at, "案" * 500)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * len(data[8192:])
    path.write_bytes(data)
    with pytest.raises(UserError, match="is damaged"):
        read_all()


def test_a_full_disk_while_a_library_is_made_leaves_none(path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("valuer.store.making.create_schema", full)
    with pytest.raises(UserError, match="disk is full"):
        open_library(path, create=True)
    assert names(path.parent) == []


def test_a_library_is_made_on_a_disk_without_links(path, at, monkeypatch):
    monkeypatch.setattr(Path, "hardlink_to", refuse_links)
    with open_library(path, create=True) as library:
        save_case(library, at)
    assert names(path.parent) == [path.name]


def test_nothing_is_replaced_on_a_disk_without_links(path, at, monkeypatch):
    def make():
        with open_library(path, create=True) as library:
            path.write_text("someone else's")
            save_case(library, at)

    monkeypatch.setattr(Path, "hardlink_to", refuse_links)
    with pytest.raises(UserError, match="by another program"):
        make()
    assert path.read_text() == "someone else's"
    assert names(path.parent) == [path.name]


def refuse_links(*_):
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_a_mistake_in_our_own_sql_is_no_refusal(library):
    with library.read() as connection, pytest.raises(OperationalError):
        connection.exec_driver_sql("SELECT nothing FROM nowhere")


def test_trouble_with_other_files_inside_a_change_stays_what_it_is(library, tmp_path):
    def read_missing():
        with library.change():
            (tmp_path / "缺").read_bytes()

    with pytest.raises(FileNotFoundError):
        read_missing()


def test_another_programs_database_is_not_touched(path):
    """Its log belongs to it: SQLite would write it back on closing."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE pages (a INTEGER)")
        before = {one: one.read_bytes() for one in path.parent.iterdir()}
        with pytest.raises(UserError, match="is not a library"):
            open_library(path)
        assert {one: one.read_bytes() for one in path.parent.iterdir()} == before


AS_ANOTHER_USER = """
import os, pathlib, sys
from valuer.core.problems import UserError
from valuer.store.library import memory_library, open_library
memory_library().close()  # what is imported late may not be readable later
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
try:
    with open_library(pathlib.Path(sys.argv[1]), create=True) as library:
        with library.change() as connection:
            connection.exec_driver_sql("DELETE FROM settings")
except UserError as error:
    print(error.wording.text)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX knows them")
@pytest.mark.parametrize("create", [False, True])
def test_a_read_only_folder_is_told_and_left_as_it_was(create):
    """In a process of a user who may not write there; root may write everywhere."""
    with tempfile.TemporaryDirectory(prefix="只读 ") as name:
        folder = Path(name)
        path = folder / "库.valuer"
        if not create:
            open_library(path, create=True).close()
            path.chmod(0o444)
        folder.chmod(0o555)
        before = names(folder)
        done = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER_USER, str(path)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert names(folder) == before
        folder.chmod(0o755)
    assert done.stdout.startswith("{file} cannot be ")
