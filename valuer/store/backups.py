"""Backups of a library: a folder of whole copies beside it.

One a day, of which the last ten are kept; one before each upgrade, one of whatever a
restored backup replaces, and those that somebody asked for: these are kept for good.
A backup's number tells its place in the sequence: a clock may be wrong, and set back.
A backup bears the library file's own time of change, so that the next day can tell
whether anything has changed since.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.store.connections import connect, end_log
from valuer.store.copying import copy_library, sync_file
from valuer.store.failures import DAMAGED, LOCKED, MISSING, NOT_A_LIBRARY, plain_words
from valuer.store.files import (
    backups_folder,
    companions,
    move_without_replacing,
    put_time_of_change,
    real_path,
    remove_whole,
    restored_draft,
    sync_folder,
    time_of_change,
)
from valuer.store.locks import Program, locked
from valuer.store.opening import refuse_foreign, stored_form

if TYPE_CHECKING:
    from valuer.store.library import Library

KEPT = 10
"""Daily backups that are kept."""

_PATIENCE = 5.0
_NAME = re.compile(
    r"(\d{4,12}) (\d{4}-\d\d-\d\dT\d{6})Z (daily|upgrade|replaced|manual)\.valuer"
)
_TIME = "%Y-%m-%dT%H%M%S"
_TOLD_IN = ("revisions", "batches", "reports", "journal")
"""Tables of which each row says when; the last row is the newest."""


class Kind(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    UPGRADE = "upgrade"
    REPLACED = "replaced"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    Attributes:
        path: its file, a library like any other.
        number: its place in the sequence.
        made_at: when, by the clock of that day, in UTC.
        kind: why.
        size: bytes.
        revision: the schema revision in it, or "" where it cannot be read.
        newest_change: the last change of a case or of the patents in it, or None.
    """

    path: Path
    number: int
    made_at: datetime
    kind: Kind
    size: int
    revision: str
    newest_change: datetime | None


def list_backups(path: Path) -> tuple[Backup, ...]:
    """Return the backups of a library, the newest first.

    Raises:
        UserError: the folder cannot be read.
    """
    folder = backups_folder(real_path(path))
    with plain_words(folder):
        return tuple(_told(found) for found in reversed(_found(folder)))


def make_backup(
    library: Library,
    now: datetime,
    progress: Progress = ignore,
    kind: Kind = Kind.MANUAL,
) -> Path:
    """Copy an open library, as it is at this moment, to its folder of backups.

    Raises:
        UserError: the disk refuses, or the library is damaged.
        Cancelled: progress raised it; there is no new backup.
    """
    # Before the moment that the copy sees: what comes later counts as a change.
    rest_time = library.rest_time
    is_alone = not library.is_read_only
    with plain_words(library.path), _draft(library.path, is_alone=is_alone) as draft:
        with library.snapshot() as source:
            copy_library(source, draft, library.path.name, progress)
        put_time_of_change(draft, rest_time)
        return _number(draft, now, kind)


def back_up_daily(
    library: Library, now: datetime, progress: Progress = ignore
) -> Path | None:
    """Make the backup of the day, where it is due; for the first opening of a day.

    It may run in another thread while the library is in use. Work goes on where it
    fails: the caller tells, and no more.

    Returns:
        The new backup, or None where the day has one, nothing changed since the last
        or the library is read-only.

    Raises:
        UserError: the disk refuses, or the library is damaged.
        Cancelled: progress raised it; there is no new backup.
    """
    if library.is_read_only or library.is_new:
        return None
    folder = backups_folder(library.path)
    try:
        with plain_words(folder):
            daily = [one for one in _found(folder) if one.kind is Kind.DAILY]
            if daily and not _is_due(library, daily[-1], now):
                return None
        made = make_backup(library, now, progress, Kind.DAILY)
    except UserError as error:
        text = N_("No backup of {file} was made today: {reason}")
        wording = error.wording
        raise UserError(text, file=library.path.name, reason=wording) from error
    for old in daily[: max(0, len(daily) + 1 - KEPT)]:
        with contextlib.suppress(OSError):
            old.path.unlink()
    return made


def back_up_before_upgrade(path: Path, patience: float) -> Path:
    """Copy a library that is about to be upgraded; its lock is held.

    Raises:
        UserError: the library is damaged.
        OSError: the disk refuses.
        sqlite3.Error: the disk refuses.
    """
    with closing(connect(path, patience)) as source, _draft(path) as draft:
        copy_library(source, draft, path.name)
        return _number(draft, datetime.now(UTC), Kind.UPGRADE)


def restore(
    path: Path,
    backup: Path,
    now: datetime,
    progress: Progress = ignore,
    *,
    program: Program = Program.COMMAND,
) -> Path | None:
    """Put a backup in a library's place; what it replaces becomes a backup itself.

    A backup of an older form is upgraded when the library is opened. The caller has
    closed the library.

    Returns:
        The backup of what was replaced, or None where there was nothing.

    Raises:
        UserError: somebody else writes the library, the backup is damaged or of a
            newer program, or the disk refuses; nothing was changed.
        Cancelled: progress raised it; nothing was changed.
    """
    place = real_path(path)
    with plain_words(place), locked(place, program, _PATIENCE):
        draft = restored_draft(place)
        remove_whole(draft)
        try:
            with plain_words(backup):
                _copy_sound(backup, draft, progress)
            kept = _keep_replaced(place, now, progress) if place.exists() else None
            # A log of the file that goes would be read into the one that comes.
            for one in companions(place):
                one.unlink(missing_ok=True)
            draft.replace(place)
        finally:
            remove_whole(draft)
        sync_folder(place.parent)
    return kept


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    number: int
    made_at: datetime
    kind: Kind


def _found(folder: Path) -> list[_Found]:
    """Return the backups in a folder, in their sequence; other files are not ours."""
    if not folder.is_dir():
        return []
    found = []
    for one in folder.iterdir():
        match = _NAME.fullmatch(one.name)
        # A day that no calendar has, or only that of another time zone.
        with contextlib.suppress(ValueError, OverflowError):
            if match and one.is_file():
                at = datetime.strptime(match[2], _TIME).replace(tzinfo=UTC)
                at.astimezone()
                found.append(_Found(one, int(match[1]), at, Kind(match[3])))
    return sorted(found, key=lambda one: (one.number, one.path.name))


def _told(found: _Found) -> Backup:
    revision, newest = "", None
    # Damaged or not, it is listed: it may be all there is.
    with contextlib.suppress(UserError, OSError, sqlite3.Error, ValueError, TypeError):
        if not _has_log(found.path):
            revision, _ = stored_form(found.path, _PATIENCE, mode="ro")
            newest = _newest_change(found.path)
    size = found.path.stat().st_size
    return Backup(
        found.path, found.number, found.made_at, found.kind, size, revision, newest
    )


def _newest_change(path: Path) -> datetime | None:
    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    with closing(connect(path, _PATIENCE, mode="ro")) as raw:
        present = {name for (name,) in raw.execute(tables)}
        told = [
            row[0]
            for table in _TOLD_IN
            if table in present  # an older form lacks some
            for row in raw.execute(
                f"SELECT at FROM {table} ORDER BY rowid DESC LIMIT 1"  # noqa: S608 - ours
            )
        ]
    return max(map(datetime.fromisoformat, told), default=None)


def _is_due(library: Library, last: _Found, now: datetime) -> bool:
    if last.made_at.astimezone().date() == now.astimezone().date():
        return False
    return library.rest_time != time_of_change(last.path)


@contextlib.contextmanager
def _draft(path: Path, *, is_alone: bool = True) -> Iterator[Path]:
    """Give the place of a backup in the making; what is left of it is removed.

    The name tells the next writer whether the lock's holder was at it, or anybody.
    """
    folder = backups_folder(path)
    with plain_words(folder):
        folder.mkdir(exist_ok=True)
    draft = folder / f".valuer-{token_hex(8)}.{'draft' if is_alone else 'part'}"
    try:
        yield draft
    finally:
        remove_whole(draft)
        with contextlib.suppress(OSError):  # the first backup failed
            folder.rmdir()


def _number(draft: Path, now: datetime, kind: Kind) -> Path:
    """Give a finished backup its name, after all that are there."""
    folder = draft.parent
    number = max((one.number for one in _found(folder)), default=0) + 1
    made_at = now.astimezone(UTC).strftime(_TIME)
    while True:
        backup = folder / f"{number:04} {made_at}Z {kind}.valuer"
        try:
            move_without_replacing(draft, backup)
        except FileExistsError:
            number += 1
            continue
        sync_folder(folder)
        sync_folder(folder.parent)
        return backup


def _has_log(path: Path) -> bool:
    """Whether a file was copied byte by byte, for it was damaged, with its log."""
    with path.open("rb") as file:
        return file.read(20)[18:19] == b"\2"


def _copy_sound(backup: Path, draft: Path, progress: Progress) -> None:
    """Copy a backup that this program can open."""
    from valuer.store.migrations import steps_after

    if not backup.is_file():
        raise UserError(MISSING, file=str(backup))
    refuse_foreign(backup)
    revision, _ = stored_form(backup, _PATIENCE, mode="ro")
    steps_after(revision, backup)
    with closing(connect(backup, _PATIENCE, mode="ro")) as source:
        copy_library(source, draft, backup.name, progress)


def _keep_replaced(place: Path, now: datetime, progress: Progress) -> Path:
    """Make a backup of a library that is about to go, sound or not."""
    # Closed too soon, SQLite would bring the log into what is kept as it is.
    with _draft(place) as draft, contextlib.ExitStack() as until_kept:
        try:
            with plain_words(place):
                _copy_replaced(place, draft, progress, until_kept)
        except UserError as error:
            if error.wording.text not in (DAMAGED, NOT_A_LIBRARY):
                raise
        else:
            return _number(draft, now, Kind.REPLACED)
        remove_whole(draft)
        return _keep_bytes(place, draft, now)


def _copy_replaced(
    place: Path, draft: Path, progress: Progress, until_kept: contextlib.ExitStack
) -> None:
    refuse_foreign(place)
    source = until_kept.enter_context(closing(connect(place, _PATIENCE)))
    copy_library(source, draft, place.name, progress)
    until_kept.close()
    if not end_log(place):
        raise UserError(LOCKED, file=place.name)


def _keep_bytes(place: Path, draft: Path, now: datetime) -> Path:
    """Make a backup of a damaged library, byte by byte, with its logs."""
    shutil.copyfile(place, draft)
    sync_file(draft)
    kept = _number(draft, now, Kind.REPLACED)
    for log, copy in zip(companions(place), companions(kept), strict=True):
        if log.exists():
            shutil.copyfile(log, copy)
            sync_file(copy)
    sync_folder(kept.parent)
    return kept
