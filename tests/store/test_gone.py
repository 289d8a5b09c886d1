"""A library that is moved, deleted or replaced, or whose disk ends, while it is open."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress

import pytest

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.cases import list_cases
from valuer.store.library import Access, memory_library, open_library
from valuer.store.revisions import new_case

# Windows keeps what is open from being moved or deleted.
pytestmark = pytest.mark.skipif(os.name != "posix", reason="files as POSIX knows them")


def save(library, at, name):
    with library.change() as connection:
        new_case(connection, Case(name=name), "wang", "New case", at)


def case_names(library):
    with library.read() as connection:
        return {line.name for line in list_cases(connection)}


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def delete(path):
    path.unlink()


def move(path):
    path.rename(path.with_name("moved.valuer"))


def move_folder(path):
    path.parent.rename(path.parent.with_name("moved"))


def replace_by_another(path):
    with open_library(path.with_name("other"), create=True):
        pass
    path.with_name("other").replace(path)


def replace_by_a_copy(path):
    shutil.copyfile(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


@pytest.fixture
def path(tmp_path):
    (tmp_path / "库").mkdir()
    return tmp_path / "库" / "专利.valuer"


@pytest.mark.parametrize(
    "go", [delete, move, move_folder, replace_by_another, replace_by_a_copy]
)
def test_the_next_change_is_refused_and_all_can_be_saved_elsewhere(
    path, tmp_path, at, go
):
    library = open_library(path, create=True)
    save(library, at, "一")
    save(library, at, "二")
    go(path)
    with pytest.raises(UserError, match="no longer in its place"):
        save(library, at, "三")
    assert case_names(library) == {"一", "二"}
    assert library.save_as(tmp_path / "另存.valuer") == tmp_path / "另存.valuer"
    library.close()
    with open_library(tmp_path / "另存.valuer") as saved:
        assert case_names(saved) == {"一", "二"}
        save(saved, at, "三")


def test_it_may_go_while_a_change_is_made(path, at):
    def save_and_move(library):
        with library.change() as connection:
            new_case(connection, Case(name="二"), "wang", "New case", at)
            move(path)

    with open_library(path, create=True) as library:
        save(library, at, "一")
        with pytest.raises(UserError, match="no longer in its place"):
            save_and_move(library)
    with open_library(path.with_name("moved.valuer")) as moved:
        assert case_names(moved) == {"一"}


@pytest.mark.parametrize("found_out", [True, False])
def test_a_moved_library_has_all_that_was_saved(path, at, found_out):
    """Its log stayed where the name was; the file alone must be whole."""
    library = open_library(path, create=True)
    save(library, at, "一")
    save(library, at, "二")
    move(path)
    if found_out:
        with pytest.raises(UserError, match="no longer in its place"):
            save(library, at, "三")
    else:
        library.close()
    shutil.copyfile(path.with_name("moved.valuer"), path.with_name("copy.valuer"))
    with open_library(path.with_name("copy.valuer")) as moved:
        assert case_names(moved) == {"一", "二"}
    library.close()
    assert names(path.parent) == ["copy.valuer", "moved.valuer"]


def test_a_deleted_log_loses_nothing(path, at):
    log = path.with_name(path.name + "-wal")
    library = open_library(path, create=True)
    save(library, at, "一")
    for name in ("二", "三"):
        log.unlink()
        save(library, at, name)
        kept = {one: one.read_bytes() for one in (path, log)}
    with library.change() as connection:
        new_case(connection, Case(name="四"), "wang", "New case", at)
        log.unlink()
    killed = path.with_name("killed.valuer")
    shutil.copyfile(path, killed)
    with open_library(killed) as alone:
        assert case_names(alone) == {"一", "二", "三", "四"}
    library.close()
    for one, data in kept.items():  # as it was after the third
        one.write_bytes(data)
    with open_library(path) as library:
        assert case_names(library) == {"一", "二", "三"}


def test_a_library_put_back_goes_on(path, at):
    with open_library(path, create=True) as library:
        save(library, at, "一")
        move(path)
        with pytest.raises(UserError, match="no longer in its place"):
            save(library, at, "二")
        path.with_name("moved.valuer").rename(path)
        save(library, at, "三")
    with open_library(path) as library:
        assert case_names(library) == {"一", "三"}


def test_nothing_is_replaced_by_saving_elsewhere(path, tmp_path, at):
    (tmp_path / "there").write_text("someone else's")
    with open_library(path, create=True) as library:
        save(library, at, "一")
        with pytest.raises(UserError, match="exists; nothing was changed"):
            library.save_as(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "someone else's"
    assert names(tmp_path) == ["there", "库"]


def test_a_library_in_memory_can_be_saved(tmp_path, at):
    library = memory_library()
    save(library, at, "一")
    library.save_as(tmp_path / "a.valuer")
    with open_library(tmp_path / "a.valuer") as saved:
        assert case_names(saved) == {"一"}


def test_a_reader_sees_the_file_that_stands_there_now(path, tmp_path, at):
    with open_library(path, create=True) as library:
        save(library, at, "一")
    with open_library(tmp_path / "b.valuer", create=True) as library:
        save(library, at, "二")
    with open_library(path, access=Access.READ) as reader:
        assert case_names(reader) == {"一"}
        (tmp_path / "b.valuer").replace(path)
        assert case_names(reader) == {"二"}
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '0001'")
        with pytest.raises(UserError, match="Open it again"):
            case_names(reader)
        path.unlink()
        with pytest.raises(UserError, match="cannot be opened"):
            case_names(reader)


FULL = r"""
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.backups import back_up_daily
from valuer.store.library import open_library
from valuer.store.revisions import new_case

def save(name):
    with library.change() as connection:
        new_case(connection, Case(name=name), "w", "New case", datetime.now(UTC))

library = open_library(Path(sys.argv[1]), create=True)
save("一")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
for step in (lambda: save("案" * 300_000), lambda: back_up_daily(library, datetime.now(UTC))):
    try:
        step()
    except UserError as error:
        print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
save("二")
library.close()
"""


@pytest.mark.parametrize("most", [1, 4096 + 100, 60_000, 200_000])
def test_a_disk_that_ends_in_the_middle_of_a_save_keeps_what_was_saved(path, most):
    """The system lets no file grow beyond a limit, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(most)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "disk" in done.stdout.splitlines()[0]
    with open_library(path) as library:
        assert case_names(library) == {"一", "二"}
        with library.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert list(path.parent.rglob(".*")) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte; only the system's own user may make one."""
    place = tmp_path / "盘"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", place]
    if not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", place], check=False, capture_output=True)


def test_a_disk_that_is_gone_is_told(small_disk, tmp_path, at):
    library = open_library(small_disk / "库.valuer", create=True)
    save(library, at, "一")
    subprocess.run(["umount", "-l", small_disk], check=True)
    with pytest.raises(UserError, match="its disk is gone"):
        save(library, at, "二")
    library.save_as(tmp_path / "另存.valuer")
    library.close()
    assert names(small_disk) == []
    with open_library(tmp_path / "另存.valuer") as saved:
        assert case_names(saved) == {"一"}


def test_a_disk_that_is_full_keeps_what_was_saved(small_disk, at):
    with open_library(small_disk / "库.valuer", create=True) as library:
        save(library, at, "一")
        for _ in range(2):
            with pytest.raises(UserError, match="disk is full"):
                save(library, at, "案" * 300_000)
        assert case_names(library) == {"一"}
        save(library, at, "二")
    with open_library(small_disk / "库.valuer") as library:
        assert case_names(library) == {"一", "二"}


def fill(path):
    with path.open("wb", buffering=0) as rest, suppress(OSError):
        while True:
            rest.write(bytes(4096))


def test_a_library_on_a_full_disk_can_be_opened_and_read(small_disk, at):
    path = small_disk / "库.valuer"
    with open_library(path, create=True) as library:
        save(library, at, "一")
    fill(small_disk / "rest")
    with open_library(path, access=Access.EITHER) as library:
        assert case_names(library) == {"一"}
        with pytest.raises(UserError, match="disk is full"):
            save(library, at, "二")
        (small_disk / "rest").unlink()
        save(library, at, "三")
    with open_library(path) as library:
        assert case_names(library) == {"一", "三"}
