"""What a disk or a foreign file can do to a library, in plain words.

The one place that knows SQLite's and the operating system's codes. What is not in
the list is a bug of ours and flies.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from valuer.core.problems import UserError
from valuer.core.texts import N_

MISSING = N_("There is no library {file}.")
NOT_A_LIBRARY = N_("{file} is not a library of this program; nothing was changed.")
NEWER = N_(
    "{file} was written by a newer version of this program. Open it with that version;"
    " nothing was changed."
)
DAMAGED = N_(
    "The library {file} is damaged. Restore it from a backup and keep this file as it"
    " is."
)
NO_FOLDER = N_("The folder of {file} does not exist.")
HELD = N_(
    "The library {file} is being edited by {who}. Repeat the step when it is closed"
    " there; nothing was changed."
)
NO_LOCKS = N_(
    "The disk of {file} cannot keep two programs apart (it knows no file locks). Copy"
    " the library to another disk; nothing was changed."
)
GONE = N_(
    "The library {file} is no longer in its place: it was moved, deleted or replaced,"
    " or its disk is gone. The change was not saved. Put it back, or save the library"
    " under a new name."
)
OLDER = N_(
    "{file} was written by an older version and must be upgraded, which cannot be done"
    " here: the file or its folder is read-only. Copy it to a folder that can be"
    " written and open it there."
)
CHANGED_FORM = N_(
    "The library {file} was upgraded or replaced by another program. Open it again."
)
READ_ONLY = N_(
    "{file} cannot be written: the file or its folder is read-only. Nothing was"
    " changed."
)
UNFINISHED = N_(
    "{file} was left in the middle of a change, which can be put in order only where it"
    " can be written. Copy it and its companion {file}-journal or {file}-wal to a"
    " folder that can be written and open it there."
)
WITHOUT_LOG = N_(
    "{file} can be opened only where it can be written: it is of an older version, or"
    " was copied while it was open. Copy it to a folder that can be written and open"
    " it there."
)
_FULL = N_(
    "The disk is full: {file} was not changed. Free some space and repeat the step."
)
LOCKED = N_(
    "The library {file} is being written by another program. Repeat the step when that"
    " one is done; nothing was changed."
)
_NOT_OPENED = N_(
    "{file} cannot be opened: the file or its folder is missing or may not be read and"
    " written."
)
_TOO_LONG = N_("The name {file} is too long for this disk.")
_TOO_LARGE = N_(
    "The disk takes no file as large as {file}; it was not changed. Move the library to"
    " another disk."
)
_IN_THE_WAY = N_("Something else stands at {file}; nothing was changed. Move it away.")
_DISK = N_(
    "The disk reported an error at {file}. Check that the drive is connected; what was"
    " saved before is kept."
)

_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: NOT_A_LIBRARY,
    sqlite3.SQLITE_CANTOPEN: _NOT_OPENED,
    sqlite3.SQLITE_PERM: _NOT_OPENED,
    sqlite3.SQLITE_AUTH: _NOT_OPENED,
    sqlite3.SQLITE_IOERR: _DISK,
}

_EXACT = {
    sqlite3.SQLITE_READONLY_DBMOVED: GONE,
    sqlite3.SQLITE_READONLY_ROLLBACK: UNFINISHED,
    sqlite3.SQLITE_READONLY_RECOVERY: UNFINISHED,
    sqlite3.SQLITE_READONLY_CANTINIT: UNFINISHED,
}
"""Where the kind alone would mislead."""

_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: _NOT_OPENED,
    errno.EPERM: _NOT_OPENED,
    errno.ENOENT: _NOT_OPENED,
    errno.ENOTDIR: _NOT_OPENED,
    errno.EISDIR: _NOT_OPENED,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EEXIST: _IN_THE_WAY,
    errno.ELOOP: _NOT_OPENED,
    errno.EIO: _DISK,
    errno.ENXIO: _DISK,
    errno.ENODEV: _DISK,
    errno.ESTALE: _DISK,
    errno.ENOTCONN: _DISK,
    errno.ETIMEDOUT: _DISK,
    errno.EFBIG: _TOO_LARGE,
}

UNWRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}
"""What the system says of a file or folder that may only be read."""


@contextmanager
def plain_words(path: Path, *, files: bool = True) -> Iterator[None]:
    """Turn what SQLite, or the system too, refuses into a ``UserError`` on ``path``."""
    kinds = (DBAPIError, sqlite3.Error, *((OSError,) if files else ()))
    try:
        yield
    except kinds as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        text = _text(cause)
        if text is None:
            raise
        raise UserError(text, file=path.name) from error


def _text(error: BaseException | None) -> str | None:
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0)
    if str(error).startswith("Could not decode"):
        return DAMAGED
    code = getattr(error, "sqlite_errorcode", 0)
    # The low byte is the kind; the rest tells the place inside SQLite.
    return _EXACT.get(code, _SQLITE.get(code & 0xFF))
