"""Connections to a library file: how each is set, and how a transaction begins."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_from_bytes

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from valuer.store.disks import is_network

READ = "BEGIN"
WRITE = "BEGIN IMMEDIATE"
"""Waits for its turn at the start, so that no change fails half way for a lock."""

_CLOSING = 1.0
"""Seconds that closing waits for others who read at that moment."""


def connect(
    path: Path | None, patience: float, *, mode: str = "rw", keys: bool = True
) -> sqlite3.Connection:
    """Return a bare connection with the settings that every connection has.

    Args:
        path: the file, or None for memory.
        patience: seconds to wait for another program's lock.
        mode: ``rw`` opens what is there, ``rwc`` also creates, ``ro`` only reads.
        keys: whether foreign keys are kept; off only while tables are rebuilt.
    """
    raw = sqlite3.connect(
        f"{_uri(path)}?mode={mode}" if path else ":memory:",
        uri=path is not None,
        timeout=patience,
        isolation_level=None,  # else the driver commits before a change of schema
        check_same_thread=False,  # the pool hands it to one thread at a time
    )
    raw.execute(f"PRAGMA foreign_keys = {int(keys)}")
    raw.execute("PRAGMA recursive_triggers = ON")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA cache_size = -32768")  # 32 MB: a long import stays in memory
    return raw


def engine_on(
    path: Path | None,
    patience: float,
    *,
    mode: str = "rw",
    keys: bool = True,
    opened: Callable[[], None] = lambda: None,
) -> Engine:
    """Return an engine whose transactions begin with our BEGIN, schema included.

    A reader keeps no connection between two looks: it stands in nobody's way, and
    sees a file that was put in the place of another.

    Args:
        path: the file, or None for memory.
        patience: seconds to wait for another program's lock.
        mode: as for ``connect``.
        keys: as for ``connect``.
        opened: called after each opening; it may refuse.
    """

    def creator() -> sqlite3.Connection:
        raw = connect(path, patience, mode=mode, keys=keys)
        opened()
        return raw

    kept = QueuePool if path else StaticPool
    engine = create_engine(
        "sqlite://",
        creator=creator,
        poolclass=NullPool if mode == "ro" else kept,
        pool_reset_on_return=None,  # every transaction of ours is ended by its block
        hide_parameters=True,  # figures of a case belong in no traceback
    )
    event.listen(engine, "begin", _begin)
    return engine


def start_log(path: Path, patience: float) -> bool:
    """Turn a library to the write-ahead log; return whether this disk can keep one.

    Raises:
        sqlite3.OperationalError: somebody reads just now, or the disk is full.
    """
    if is_network(path):
        return False
    try:
        with closing(connect(path, patience)) as raw:
            _hurry(raw)
            (mode,) = raw.execute("PRAGMA journal_mode = WAL").fetchone()
            raw.execute("BEGIN IMMEDIATE")  # the shared memory can be written
            raw.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL):
            raise
        _give_up_log(path)
        return False
    return bool(mode == "wal")


def end_log(path: Path) -> bool:
    """Bring what is in the log into the file, and end the log; False if others read.

    The file is whole then, or the log stays beside it for the next one.
    """
    with closing(connect(path, _CLOSING)) as raw:
        try:
            row = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if row[0]:
                return False
            _hurry(raw)
            raw.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
    return True


def _hurry(raw: sqlite3.Connection) -> None:
    """Let the next statement not wait for the disk: it only notes the kind of log.

    The note is in the first sector of the file and thus old or new, never half; and a
    log that lies beside the file is read whatever the note says.
    """
    raw.execute("PRAGMA synchronous = OFF")


def _give_up_log(path: Path) -> None:
    """Take back a log that cannot be used for want of shared memory."""
    with closing(sqlite3.connect(f"{_uri(path)}?mode=rw", uri=True)) as raw:
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")  # needs no shared memory
        raw.execute("PRAGMA journal_mode = DELETE")


def _uri(path: Path) -> str:
    """Return a path as SQLite reads it: a network folder of Windows has no host."""
    name = path.absolute().as_posix()
    return (
        "file://"
        + ("" if name[0] == "/" else "/")
        + quote_from_bytes(os.fsencode(name), "/:")
    )


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", WRITE)
    connection.exec_driver_sql(begin)
