"""One library: one file on a disk, opened, read and changed.

One program at a time holds it for writing (``locks``); others read. Reading sees one
moment of the library; a change is one transaction, kept whole or not at all, and no
two run at once. What is acknowledged has reached the disk, in the file that still has
the library's name. The file is SQLite; while its writer holds it open it has a
write-ahead log beside it. A new library is a draft until its first change.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from sqlalchemy import Connection, select

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message, message
from valuer.store.connections import READ, WRITE
from valuer.store.copying import copy_to
from valuer.store.failures import (
    CHANGED_FORM,
    HELD,
    MISSING,
    READ_ONLY,
    UNWRITABLE,
    plain_words,
)
from valuer.store.files import (
    new_draft,
    place_draft,
    put_time_of_change,
    real_path,
    remove_leftovers,
    remove_whole,
    time_of_change,
)
from valuer.store.locks import HeldError, Program, WriterLock, take_lock
from valuer.store.making import create_schema, make_library
from valuer.store.open_file import OpenFile
from valuer.store.opening import ready_to_read, ready_to_write, refuse_place
from valuer.store.schema import HEAD, alembic_version

_MEMORY = Path(":memory:")

PATIENCE = 5.0
"""Seconds to wait for another program's change to end."""


class Access(StrEnum):
    """What a library is opened for.

    A window takes what it can get: it writes, or reads where another one writes. A
    command that changes something writes or is refused; one that looks only reads.
    """

    WRITE = "write"
    READ = "read"
    EITHER = "either"


class Library:
    """An open library. Use it in a ``with`` block, or ``close`` it.

    When the block that was to create the library fails before its first change was
    kept, there is no library: a refused command leaves nothing behind.

    Attributes:
        path: where the library is, links followed.
        held_by: who writes the library, where that is why it is read-only.
    """

    def __init__(
        self,
        path: Path,
        file: OpenFile,
        patience: float,
        *,
        lock: WriterLock | None = None,
        held_by: Message | None = None,
        rest_time: int | None = None,
    ) -> None:
        self.path = path
        self.held_by = held_by
        self._file = file
        self._patience = patience
        self._lock = lock
        self._rest_time = rest_time

    @property
    def is_read_only(self) -> bool:
        """Whether changes are refused: somebody else writes, or the disk is so."""
        return self._lock is None and not self.is_new

    @property
    def is_new(self) -> bool:
        """Whether there is no file yet: nothing was kept, or it lives in memory."""
        return self._file.path != self.path

    @property
    def rest_time(self) -> int | None:
        """The file's time of change, in nanoseconds, while all is as it was then."""
        return self._rest_time

    @property
    def why_read_only(self) -> Message | None:
        """Why changes are refused, for the window to say; None where they are not."""
        if not self.is_read_only:
            return None
        if self.held_by is not None:
            text = N_("The library is being edited by {who}; it was opened read-only.")
            return message(text, who=self.held_by)
        text = N_(
            "{file} was opened read-only: the file or its folder cannot be written."
        )
        return message(text, file=self.path.name)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees the library as it is at this moment.

        Raises:
            UserError: the file cannot be read.
        """
        with self._transaction(READ, keep=False) as connection:
            if self.is_read_only:
                # Its writer may have upgraded it, or restored an older one.
                query = select(alembic_version.c.version_num)
                if connection.scalar(query) != HEAD:
                    raise UserError(CHANGED_FORM, file=self.path.name)
            yield connection

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept when the block ends well.

        Raises:
            UserError: the file may not be written, or is no longer in its place;
                nothing was changed.
        """
        if self.is_read_only and self.held_by is not None:
            raise UserError(HELD, file=self.path.name, who=self.held_by)
        if self.is_read_only:
            raise UserError(READ_ONLY, file=self.path.name)
        self._file.ready_to_change()
        with self._transaction(WRITE, keep=True) as connection:
            yield connection
            self._file.refuse_another()
            self._rest_time = None
        # It may have gone while the disk was busy: then nobody would find the change.
        self._file.confirm()
        self.publish()

    @contextmanager
    def rehearse(self) -> Iterator[Connection]:
        """Give a connection that may change everything and keeps nothing."""
        if self.is_read_only:
            with closing(self._in_memory()) as copy, copy.rehearse() as connection:
                yield connection
            return
        with self._transaction(WRITE, keep=False) as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give a bare connection that sees one moment, to copy the library from.

        It works as long as the library is open, even when its file has gone.
        """
        with self.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            yield _driver(connection)

    def save_as(self, path: Path, progress: Progress = ignore) -> Path:
        """Copy the library as it is now to a new file, and return where that is.

        Raises:
            UserError: something stands there, or the disk refuses.
        """
        with plain_words(path), self.snapshot() as source:
            return copy_to(real_path(path), source, self.path.name, progress)

    def publish(self) -> None:
        """Put a new library in its place, if its first change has not done so yet.

        Raises:
            UserError: something else came to stand there in the meantime.
        """
        draft = self._file.path
        if draft is None or not self.is_new:
            return
        with plain_words(self.path):
            self._file.close()
            place_draft(draft, self.path)
            self._file = OpenFile(self.path, self._patience, may_log=True)

    def close(self) -> None:
        """Close every connection; the library is one file again."""
        try:
            self.publish()
            if self._file.close():
                # The log alone is no change: there is nothing new to back up.
                put_time_of_change(self.path, self._rest_time)
        finally:
            self._release()

    @contextmanager
    def _transaction(self, begin: str, *, keep: bool) -> Iterator[Connection]:
        # The block's own trouble with files is not ours to explain.
        with (
            plain_words(self.path, files=False),
            self._file.engine.connect() as connection,
        ):
            connection.execution_options(begin=begin)
            with connection.begin() as transaction:
                yield connection
                if not keep:
                    transaction.rollback()

    def _in_memory(self) -> Library:
        """Return a copy that lives in memory."""
        copy = Library(_MEMORY, OpenFile(None, self._patience), self._patience)
        with self.snapshot() as source, copy._file.engine.connect() as target:
            source.backup(_driver(target))
        return copy

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        draft = self._file.path
        if error is not None and draft is not None and self.is_new:
            self._file.close()
            remove_whole(draft)
            self._release()
            return
        self.close()


def open_library(
    path: Path,
    *,
    create: bool = False,
    patience: float = PATIENCE,
    access: Access = Access.WRITE,
) -> Library:
    """Open the library at ``path``; ``create`` makes one where there is none.

    A library of an older form is upgraded, after a copy of it was put beside it.

    Args:
        path: the file; links are followed.
        create: whether to make what is missing; reading makes nothing.
        patience: seconds to wait for a command that writes, or for a lock of SQLite.
            For a window nobody waits: it may stay for the day.
        access: what the library is opened for.

    Raises:
        UserError: there is none, it is no library, damaged, of a newer program, held
            by another program, or the disk refuses.
    """
    if "\0" in str(path):
        raise UserError(MISSING, file=ascii(str(path)))
    with plain_words(path):
        place = real_path(path)
        refuse_place(place, create=create and access is not Access.READ)
        if access is Access.READ:
            return _for_reading(place, patience)
        try:
            return _for_writing(place, patience, access, create=create)
        except (HeldError, OSError) as error:
            if access is Access.WRITE or not place.exists():
                _refuse_read_only(place, error)
                raise
            if isinstance(error, HeldError):
                return _for_reading(place, patience, error.who)
            if error.errno not in UNWRITABLE:
                raise
            return _for_reading(place, patience)


def memory_library() -> Library:
    """Return an empty library that lives in memory only, for rehearsals and tests."""
    library = Library(_MEMORY, OpenFile(None, PATIENCE), PATIENCE)
    with library.change() as connection:
        create_schema(connection)
    return library


def _driver(connection: Connection) -> sqlite3.Connection:
    # ``connect`` made it; SQLAlchemy does not say of what type it is.
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _refuse_read_only(place: Path, error: Exception) -> None:
    """Say so where a library may be read, and only writing is in the way."""
    is_unwritable = isinstance(error, OSError) and error.errno in UNWRITABLE
    if is_unwritable and os.access(place, os.R_OK):
        raise UserError(READ_ONLY, file=place.name) from error


def _for_reading(
    place: Path, patience: float, held_by: Message | None = None
) -> Library:
    ready_to_read(place, patience)
    file = OpenFile(place, patience, mode="ro")
    return Library(place, file, patience, held_by=held_by)


def _for_writing(
    place: Path, patience: float, access: Access, *, create: bool
) -> Library:
    is_window = access is Access.EITHER
    program = Program.WINDOW if is_window else Program.COMMAND
    lock = take_lock(place, program, patience)
    try:
        # Nobody else makes this library now: what is left was left by the dead.
        remove_leftovers(place)
        if not place.exists() or (create and not place.stat().st_size):
            draft = new_draft(place)
            make_library(draft, patience)
            return Library(place, OpenFile(draft, patience), patience, lock=lock)
        has_log = ready_to_write(place, patience)
        rest_time = None if has_log else time_of_change(place)
        file = OpenFile(place, patience, may_log=True, has_log=has_log)
        return Library(place, file, patience, lock=lock, rest_time=rest_time)
    except BaseException:
        lock.release()
        raise
