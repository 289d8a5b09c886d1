"""The log needs memory that programs share: where there is none, it goes without."""

from __future__ import annotations

import os
import sys

import pytest

from valuer.core.case import Case
from valuer.store.cases import list_cases
from valuer.store.disks import is_network
from valuer.store.library import Access, open_library
from valuer.store.revisions import new_case

MOUNTS = """\
22 1 999:9 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:99 / /mnt/\u5171\u4eab\\040a rw,relatime shared:2 master:3 - {kind} server:/share rw
{number} 22 {device} / /here rw - {kind} source rw
"""


def save(library, at, name):
    with library.change() as connection:
        new_case(connection, Case(name=name), "wang", "New case", at)


def case_names(path):
    with (
        open_library(path, access=Access.READ) as library,
        library.read() as connection,
    ):
        return {line.name for line in list_cases(connection)}


def journal(library):
    with library.read() as connection:
        return connection.exec_driver_sql("PRAGMA journal_mode").scalar()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells it by the drive")
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ext4", False),
        ("btrfs", False),
        ("fuse.ntfs-3g", False),
        ("nfs4", True),
        ("cifs", True),
        ("9p", True),
        ("fuse.sshfs", True),
    ],
)
def test_a_disk_of_another_machine_is_told_by_its_kind(tmp_path, kind, expected):
    device = tmp_path.stat().st_dev
    mounts = tmp_path / "mountinfo"
    here = f"{os.major(device)}:{os.minor(device)}"
    text = MOUNTS.format(kind=kind, number=24, device=here)
    mounts.write_text(text, encoding="utf-8")
    assert is_network(tmp_path, mounts) is expected


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells it by the drive")
@pytest.mark.parametrize("text", ["", "\n\n", "one two", "1 2 3 - ", "\udcff - nfs"])
def test_what_cannot_be_told_counts_as_local(tmp_path, text):
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert not is_network(tmp_path, mounts)
    assert not is_network(tmp_path, tmp_path / "none")


def test_a_library_on_a_local_disk_keeps_a_log_while_it_is_open(path, at):
    with open_library(path, create=True) as library:
        save(library, at, "一")
        assert journal(library) == "wal"
    with open_library(path) as library:
        assert journal(library) == "wal"
        assert path.with_name(path.name + "-wal").exists()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_library_on_the_network_goes_without(path, at, monkeypatch):
    with open_library(path, create=True) as library:
        save(library, at, "一")
    monkeypatch.setattr("valuer.store.connections.is_network", lambda _: True)
    with open_library(path) as library:
        save(library, at, "二")
        assert journal(library) == "delete"
        with library.read() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    assert case_names(path) == {"一", "二"}


def test_a_disk_without_shared_memory_goes_without(path, at):
    """A folder where SQLite wants that memory's file refuses it, as such disks do."""
    with open_library(path, create=True) as library:
        save(library, at, "一")
    path.with_name(path.name + "-shm").mkdir()
    for name in ("二", "三"):
        with open_library(path) as library:
            save(library, at, name)
            assert journal(library) == "delete"
    assert case_names(path) == {"一", "二", "三"}


def test_a_log_that_came_along_to_a_network_disk_is_ended(path, at, monkeypatch):
    with open_library(path, create=True) as library:
        save(library, at, "一")
        save(library, at, "二")
        log = path.with_name(path.name + "-wal")
        kept = {one: one.read_bytes() for one in (path, log)}
    for one, data in kept.items():
        one.write_bytes(data)
    monkeypatch.setattr("valuer.store.connections.is_network", lambda _: True)
    monkeypatch.setattr("valuer.store.opening.is_network", lambda _: True)
    with open_library(path) as library:
        assert journal(library) == "delete"
        assert not log.exists()
    assert case_names(path) == {"一", "二"}
