"""A library copied whole, while it is open and others work in it.

The copy sees one moment, is one file, has reached the disk and has been checked
before anybody relies on it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from secrets import token_hex

from valuer.core.problems import Cancelled, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.store.failures import DAMAGED
from valuer.store.files import move_without_replacing, remove_whole, sync_folder

_PAGES = 1000
"""Pages of 4 kB copied between two reports of progress."""

_STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock during the check."""

_PAUSE = 0.05
"""Seconds between two reports during the check."""


def copy_library(
    source: sqlite3.Connection, copy: Path, name: str, progress: Progress = ignore
) -> None:
    """Copy what a connection sees to a new file, bring it to the disk and check it.

    Args:
        source: a connection, best in the middle of a transaction that has read: then
            no change of others makes the copy begin again.
        copy: the new file, which no one else has.
        name: the library's name, for messages.
        progress: told about pages.

    Raises:
        UserError: the copy, and so the library, is damaged.
        Cancelled: progress raised it.
        sqlite3.Error: the disk refuses.
    """
    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = OFF")  # one sync at the end will do
        source.backup(
            target,
            pages=_PAGES,
            progress=lambda _, left, total: progress(total - left, total),
        )
        target.execute("PRAGMA journal_mode = DELETE").fetchone()
        if not _is_sound(target, progress):
            raise UserError(DAMAGED, file=name)
    sync_file(copy)


def copy_to(
    place: Path, source: sqlite3.Connection, name: str, progress: Progress
) -> Path:
    """Copy what a connection sees to a place where nothing stands; return the place.

    Raises:
        UserError: something stands there, or the library is damaged.
        Cancelled: progress raised it; there is no copy.
        OSError: the disk refuses.
        sqlite3.Error: the disk refuses.
    """
    draft = place.with_name(f".valuer-{token_hex(8)}.part")
    try:
        copy_library(source, draft, name, progress)
        move_without_replacing(draft, place)
    except FileExistsError:
        text = N_("{file} exists; nothing was changed. Choose another name.")
        raise UserError(text, file=place.name) from None
    finally:
        remove_whole(draft)
    sync_folder(place.parent)
    return place


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _is_sound(target: sqlite3.Connection, progress: Progress) -> bool:
    cancelled: list[Cancelled] = []
    due = 0.0

    def step() -> int:
        nonlocal due
        if time.monotonic() < due:
            return 0
        due = time.monotonic() + _PAUSE
        try:
            progress(0, 0)
        except Cancelled as error:
            # SQLite lets no exception through; it stops, and we raise it then.
            cancelled.append(error)
        return len(cancelled)

    target.set_progress_handler(step, _STEPS)
    try:
        (told,) = target.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        if cancelled:
            raise cancelled[0] from None
        raise
    return bool(told == "ok")
