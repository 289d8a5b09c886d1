"""Files are read and written whole or not at all, and every refusal has words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from valuer.core.files import read_whole, refuse_existing, write_whole
from valuer.core.problems import UserError


def refuse(number: int):
    """A disk that refuses with one of the system's numbers."""

    def refusal(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refusal


def test_what_is_written_is_read(tmp_path: Path):
    path = tmp_path / "专利.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert read_whole(path) == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone.json", "does not exist"),
        ("gone/gone.json", "does not exist"),
        ("folder", "is a folder"),
        ("file/below", "does not exist"),
        ("a\0b", "does not exist"),
        ("n" * 300, "too long"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, told: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match=told):
        read_whole(tmp_path / name)


def test_a_file_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "large"
    path.write_bytes(bytes(11))
    assert len(read_whole(path, largest=11)) == 11
    with pytest.raises(UserError, match="larger than"):
        read_whole(path, largest=10)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permissions"),
        (errno.EIO, "cannot be read or written"),
    ],
)
def test_a_disk_that_refuses_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", refuse(number))

    with pytest.raises(UserError, match=told):
        write_whole(path, b"after")

    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_written_into_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(UserError, match="folder is missing"):
        write_whole(tmp_path / "gone" / "x", b"")


def test_what_exists_is_replaced_only_if_forced(tmp_path: Path):
    path = tmp_path / "out.pdf"
    refuse_existing(path, force=False)
    path.write_bytes(b"")
    refuse_existing(path, force=True)
    with pytest.raises(UserError, match="exists"):
        refuse_existing(path, force=False)
    with pytest.raises(UserError, match="is a folder"):
        refuse_existing(tmp_path, force=True)
    with pytest.raises(UserError, match="folder is missing"):
        refuse_existing(tmp_path / "gone" / "x", force=True)
