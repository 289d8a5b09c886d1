"""What a file is and what it needs, before a library is opened.

Another program's file is only looked at: SQLite would mend it, which is not ours to
do. One of ours is brought to the form of today.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from valuer.core.problems import UserError
from valuer.store.connections import connect, end_log
from valuer.store.disks import is_network
from valuer.store.failures import (
    DAMAGED,
    MISSING,
    NO_FOLDER,
    NOT_A_LIBRARY,
    OLDER,
    UNFINISHED,
    UNWRITABLE,
    WITHOUT_LOG,
)
from valuer.store.files import companions
from valuer.store.locks import Program, lock_path, locked
from valuer.store.schema import APPLICATION_ID, HEAD

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_OURS = APPLICATION_ID.to_bytes(4, "big")
_NOT_BY_READERS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
"""What SQLite says of a log that only a writer can read."""


def refuse_place(path: Path, *, create: bool) -> None:
    """Refuse a place where no library is and none may be made.

    Raises:
        UserError: nothing or something else stands there.
        OSError: it may not be looked at.
    """
    if path.exists():
        if not path.is_file():
            raise UserError(NOT_A_LIBRARY, file=path.name)
    elif not create:
        raise UserError(MISSING, file=str(path))
    elif not path.parent.is_dir():
        raise UserError(NO_FOLDER, file=str(path))


def ready_to_write(path: Path, patience: float) -> bool:
    """Bring a library to the form of today; its lock is held. Return if it has a log.

    Raises:
        UserError: it is none, damaged or of a newer program.
        OSError: the file cannot be written.
        sqlite3.Error: it cannot be opened.
    """
    refuse_foreign(path, writable=True)
    revision, has_log = stored_form(path, patience)
    if revision != HEAD:
        # Alembic takes 0.2 s to import: only where there is work for it.
        from valuer.store.migrations import upgrade

        upgrade(path, patience=patience)
    if has_log and is_network(path):
        return not end_log(path)
    return has_log


def ready_to_read(path: Path, patience: float) -> None:
    """See that a library can be read as it is; only one of an older form is changed.

    Raises:
        UserError: it is none, damaged, of a newer program, or of an older one and
            cannot be upgraded here.
        OSError: the file cannot be read.
        sqlite3.Error: it cannot be opened.
    """
    if not lock_path(path).exists():
        # Else its writer has looked, and it may be this very process.
        refuse_foreign(path)
    try:
        revision, _ = stored_form(path, patience, mode="ro")
    except sqlite3.OperationalError as error:
        # What a dead writer left undone must be finished first.
        if error.sqlite_errorcode & 0xFF not in _NOT_BY_READERS:
            raise
        revision = ""
    if revision == HEAD:
        return
    if revision:
        from valuer.store.migrations import steps_after

        steps_after(revision, path)
    try:
        with locked(path, Program.COMMAND, patience):
            if ready_to_write(path, patience):
                end_log(path)
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        text = OLDER if revision else _unreadable(path)
        raise UserError(text, file=path.name) from error


def refuse_foreign(path: Path, *, writable: bool = False) -> None:
    """Refuse a file that is no library of ours.

    Args:
        path: the file. No other part of this process may have it open: on POSIX
            systems closing it here would drop the locks that SQLite has on it.
        writable: whether it must be possible to write it.

    Raises:
        UserError: its header is not that of a library.
        OSError: it cannot be read, or not be written.
    """
    with path.open("rb+" if writable else "rb") as file:
        header = file.read(_HEADER)
    if header and not _MAGIC.startswith(header[: len(_MAGIC)]):
        raise UserError(NOT_A_LIBRARY, file=path.name)
    if len(header) == _HEADER and header[68:72] != _OURS:
        raise UserError(NOT_A_LIBRARY, file=path.name)


def stored_form(path: Path, patience: float, *, mode: str = "rw") -> tuple[str, bool]:
    """Return the schema revision of a library file, and whether it keeps a log.

    Raises:
        UserError: the file is no library, or damaged.
        sqlite3.Error: it cannot be opened.
    """
    present = [one for one in companions(path) if one.exists()]
    try:
        with closing(connect(path, patience, mode=mode)) as raw:
            query = "SELECT version_num FROM alembic_version"
            row = raw.execute(query).fetchone()
            (number,) = raw.execute("PRAGMA application_id").fetchone()
            (journal,) = raw.execute("PRAGMA journal_mode").fetchone()
    except sqlite3.DatabaseError as error:
        _sweep(path, present)
        # No such table; without a code the driver speaks, of a text that is no UTF-8.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code == sqlite3.SQLITE_ERROR:
            raise UserError(DAMAGED, file=path.name) from error
        raise
    if number != APPLICATION_ID:
        raise UserError(NOT_A_LIBRARY, file=path.name)
    if row is None:
        raise UserError(DAMAGED, file=path.name)
    return str(row[0]), journal == "wal"


def stored_revision(path: Path, patience: float) -> str:
    """Return the schema revision of a library file.

    Raises:
        UserError: the file is no library, or damaged.
        OSError: it cannot be read.
        sqlite3.Error: it cannot be opened.
    """
    refuse_foreign(path)
    return stored_form(path, patience)[0]


def _unreadable(path: Path) -> str:
    """Return why a library cannot be read where it cannot be written."""
    return UNFINISHED if any(map(Path.exists, companions(path))) else WITHOUT_LOG


def _sweep(path: Path, present: Sequence[Path]) -> None:
    """Remove the empty companions that a vain attempt to open a file left behind."""
    log = companions(path)[0]
    if not present and log.exists() and not log.stat().st_size:
        for one in companions(path):
            one.unlink(missing_ok=True)
