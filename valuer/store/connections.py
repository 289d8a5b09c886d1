"""Connections to a library file: how each is set, and how a transaction begins."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

READ = "BEGIN"
WRITE = "BEGIN IMMEDIATE"
"""Waits for its turn at the start, so that no change fails half way for a lock."""


def connect(
    path: Path | None, patience: float, *, mode: str = "rw", keys: bool = True
) -> sqlite3.Connection:
    """Return a bare connection with the settings that every connection has.

    Args:
        path: the file, or None for memory.
        patience: seconds to wait for another program's lock.
        mode: ``rw`` opens what is there, ``rwc`` also creates.
        keys: whether foreign keys are kept; off only while tables are rebuilt.
    """
    target = f"{path.absolute().as_uri()}?mode={mode}" if path else ":memory:"
    raw = sqlite3.connect(
        target,
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
    path: Path | None, patience: float, *, mode: str = "rw", keys: bool = True
) -> Engine:
    """Return an engine whose transactions begin with our BEGIN, schema included."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, patience, mode=mode, keys=keys),
        poolclass=QueuePool if path else StaticPool,
        hide_parameters=True,  # figures of a case belong in no traceback
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", WRITE)
    connection.exec_driver_sql(begin)
