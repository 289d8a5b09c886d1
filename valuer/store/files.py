"""How a finished file comes to its place: whole, and never over another one."""

from __future__ import annotations

import contextlib
import os
import re
import time
from hashlib import sha256
from pathlib import Path

from valuer.core.problems import UserError
from valuer.core.texts import N_

_LONGEST_NAME = 200
"""Bytes of a library's name that its companions repeat; a disk takes about 255."""

_DRAFT = re.compile(r"\.valuer-[0-9a-f]{16}\.(new|backup|part|draft)")
_DAY = 86_400.0


def real_path(path: Path) -> Path:
    """Return where a file stands: one path for all its names and links."""
    return Path(os.path.realpath(path))


def beside(path: Path, pattern: str) -> Path:
    """Return the place of a companion of a file; ``{}`` stands for the file's name."""
    name = path.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = sha256(os.fsencode(name.casefold())).hexdigest()[:32]
    return path.with_name(pattern.format(name))


def identity(file: Path | int) -> tuple[int, int] | None:
    """Return what tells a file from every other, whatever its name; None if gone."""
    try:
        found = file.stat() if isinstance(file, Path) else os.fstat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def time_of_change(path: Path) -> int | None:
    """Return when a file was changed last, in nanoseconds; None if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def put_time_of_change(path: Path, time_of_change: int | None) -> None:
    """Set when a file was changed last, where that is known and allowed."""
    if time_of_change is not None:
        with contextlib.suppress(OSError):
            os.utime(path, ns=(time_of_change, time_of_change))


def place_draft(draft: Path, path: Path) -> None:
    """Give a finished draft its name; only an empty file may be in the place.

    Raises:
        UserError: something else came to stand there in the meantime.
    """
    try:
        if path.is_file() and not path.stat().st_size:
            draft.replace(path)
        else:
            move_without_replacing(draft, path)
    except FileExistsError:
        raise UserError(
            N_("{file} has been made by another program in the meantime."),
            file=path.name,
        ) from None
    sync_folder(path.absolute().parent)


def move_without_replacing(draft: Path, path: Path) -> None:
    """Rename ``draft`` to ``path``.

    Raises:
        FileExistsError: something stands there; both files are as they were.
    """
    if os.name == "posix":
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            raise
        except OSError:
            # exFAT and some network disks know no links.
            if path.exists():
                raise FileExistsError(path) from None
        else:
            draft.unlink()
            return
    draft.rename(path)


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def companions(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite keeps beside an open library: its logs."""
    return tuple(
        path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")
    )


def remove_whole(path: Path) -> None:
    """Remove a draft of ours and its logs, where there is one."""
    for one in (path, *companions(path)):
        with contextlib.suppress(OSError):
            one.unlink(missing_ok=True)


def new_draft(path: Path) -> Path:
    """Return where a new library is made before it has its place."""
    return beside(path, ".{}.new")


def restored_draft(path: Path) -> Path:
    """Return where a backup is copied before it takes its library's place."""
    return beside(path, ".{}.restored")


def backups_folder(path: Path) -> Path:
    """Return the folder of a library's backups; it may not exist yet."""
    return beside(path, "{} backups")


def remove_leftovers(path: Path) -> None:
    """Remove what dead writers of a library left; for the one who holds its lock.

    Drafts with the library's name, and those of lock holders among its backups, are
    nobody's then. Others go when nobody has touched them for a day.
    """
    for draft in (new_draft(path), restored_draft(path)):
        remove_whole(draft)
    for folder in (path.parent, backups_folder(path)):
        for draft in _drafts(folder):
            if draft.suffix == ".draft" or _is_old(draft):
                remove_whole(draft)


def _drafts(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            ours = [one for one in found if _DRAFT.fullmatch(one.name)]
            return [
                Path(one.path) for one in ours if one.is_file(follow_symlinks=False)
            ]
    except OSError:
        return []


def _is_old(draft: Path) -> bool:
    """Whether nobody has touched a draft for a day; a living one is written to."""
    with contextlib.suppress(OSError):
        return time.time() - draft.stat().st_mtime > _DAY
    return False
