"""One library: one file on a disk, opened, read and changed.

Reading sees one moment of the library; a change is one transaction, kept whole or
not at all, and no two run at once. What is acknowledged has reached the disk. The
file is SQLite with write-ahead log; while it is open two companions lie beside it.
A new library is a draft beside its place until its first change is kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, insert

from valuer.core.problems import UserError
from valuer.store.connections import READ, WRITE, connect, engine_on
from valuer.store.failures import (
    DAMAGED,
    MISSING,
    NO_FOLDER,
    NOT_A_LIBRARY,
    plain_words,
)
from valuer.store.files import place_draft
from valuer.store.schema import (
    APPEND_ONLY,
    APPLICATION_ID,
    HEAD,
    alembic_version,
    metadata,
)

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_OURS = APPLICATION_ID.to_bytes(4, "big")

PATIENCE = 5.0
"""Seconds to wait for another program's change to end."""


class Library:
    """An open library. Use it in a ``with`` block, or ``close`` it.

    When the block that was to create the library fails before its first change was
    kept, there is no library: a refused command leaves nothing behind.
    """

    def __init__(
        self, path: Path, engine: Engine, patience: float, draft: Path | None = None
    ) -> None:
        self.path = path
        self._engine = engine
        self._patience = patience
        self._draft = draft

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees the library as it is at this moment.

        Raises:
            UserError: the file cannot be read.
        """
        with self._transaction(READ, keep=False) as connection:
            yield connection

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept when the block ends well.

        Raises:
            UserError: the file cannot be written; nothing was changed.
        """
        with self._transaction(WRITE, keep=True) as connection:
            yield connection
        self.publish()

    @contextmanager
    def rehearse(self) -> Iterator[Connection]:
        """Give a connection that may change everything and keeps nothing."""
        with self._transaction(WRITE, keep=False) as connection:
            yield connection

    def publish(self) -> None:
        """Put a new library in its place, if its first change has not done so yet.

        Raises:
            UserError: something else came to stand there in the meantime.
        """
        if self._draft is None:
            return
        with plain_words(self.path):
            self._engine.dispose()
            place_draft(self._draft, self.path)
            self._draft = None
            self._engine = _opened(self.path, self._patience)

    def close(self) -> None:
        """Close every connection; the library is one file again."""
        self.publish()
        with plain_words(self.path):
            self._engine.dispose()

    @contextmanager
    def _transaction(self, begin: str, *, keep: bool) -> Iterator[Connection]:
        # The block's own trouble with files is not ours to explain.
        with plain_words(self.path, files=False), self._engine.connect() as connection:
            connection.execution_options(begin=begin)
            with connection.begin() as transaction:
                yield connection
                if not keep:
                    transaction.rollback()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None and self._draft is not None:
            self._engine.dispose()
            self._draft.unlink(missing_ok=True)
            return
        self.close()


def open_library(
    path: Path, *, create: bool = False, patience: float = PATIENCE
) -> Library:
    """Open the library at ``path``; ``create`` makes one where there is none.

    A library of an older form is upgraded, after a copy of it was put beside it.

    Raises:
        UserError: there is none, it is no library, damaged, of a newer program,
            locked, or the disk refuses.
    """
    if "\0" in str(path):
        raise UserError(MISSING, file=ascii(str(path)))
    with plain_words(path):
        absent = not path.exists()
        if not absent and not path.is_file():
            raise UserError(NOT_A_LIBRARY, file=path.name)
        if absent and not create:
            raise UserError(MISSING, file=str(path))
        if not path.absolute().parent.is_dir():
            raise UserError(NO_FOLDER, file=str(path))
        if absent or (create and path.is_file() and not path.stat().st_size):
            return _draft(path, patience)
        if stored_revision(path, patience) != HEAD:
            # Alembic takes 0.2 s to import: only where there is work for it.
            from valuer.store.migrations import upgrade

            upgrade(path, patience=patience)
        return Library(path, _opened(path, patience), patience)


def memory_library() -> Library:
    """Return an empty library that lives in memory only, for rehearsals and tests."""
    engine = engine_on(None, PATIENCE)
    with engine.connect() as connection, connection.begin():
        create_schema(connection)
    return Library(Path(":memory:"), engine, PATIENCE)


def create_schema(connection: Connection) -> None:
    """Write all tables into an empty file and say that they are the newest."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    metadata.create_all(connection, checkfirst=False)
    for trigger in APPEND_ONLY:
        connection.exec_driver_sql(trigger)
    alembic_version.create(connection, checkfirst=False)
    connection.execute(insert(alembic_version).values(version_num=HEAD))


def stored_revision(path: Path, patience: float) -> str:
    """Return the schema revision of a library file, without changing a byte.

    Raises:
        UserError: the file is no library, or damaged.
    """
    # Only reading: SQLite would mend another program's file, which is not ours to do.
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if header and not _MAGIC.startswith(header[: len(_MAGIC)]):
        raise UserError(NOT_A_LIBRARY, file=path.name)
    if len(header) == _HEADER and header[68:72] != _OURS:
        raise UserError(NOT_A_LIBRARY, file=path.name)
    present = [one for one in _companions(path) if one.exists()]
    try:
        with closing(connect(path, patience)) as raw:
            query = "SELECT version_num FROM alembic_version"
            row = raw.execute(query).fetchone()
    except sqlite3.DatabaseError as error:
        _sweep(path, present)
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table
            raise UserError(DAMAGED, file=path.name) from error
        raise
    if row is None:
        raise UserError(DAMAGED, file=path.name)
    return str(row[0])


def _companions(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm"))


def _sweep(path: Path, present: Sequence[Path]) -> None:
    """Remove the empty companions that a vain attempt to open a file left behind."""
    log, _ = _companions(path)
    if not present and log.exists() and not log.stat().st_size:
        for one in _companions(path):
            one.unlink(missing_ok=True)


def _draft(path: Path, patience: float) -> Library:
    # Not a longer form of the name: a name may already be as long as it may be.
    draft = path.absolute().parent / f".valuer-{token_hex(8)}.new"
    engine = engine_on(draft, patience, mode="rwc")
    try:
        with engine.connect() as connection, connection.begin():
            create_schema(connection)
    except BaseException:
        engine.dispose()
        draft.unlink(missing_ok=True)
        raise
    return Library(path, engine, patience, draft)


def _opened(path: Path, patience: float) -> Engine:
    with closing(connect(path, patience)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    return engine_on(path, patience)
