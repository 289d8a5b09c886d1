"""The writer's lock: one program at a time holds a library open for writing.

The operating system keeps the lock, on a small file beside the library, and frees it
the moment its holder ends, however it ends. The file's text says who writes, for the
others to read; who has the lock is never judged by that text.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from valuer.core.problems import UserError
from valuer.core.texts import N_, Message, message
from valuer.store.failures import HELD, NO_LOCKS
from valuer.store.files import beside, identity

PAUSE = 0.02
"""Seconds between two tries to get a lock."""

_LONGEST = 4096
_BYTE = 1 << 16
"""Windows locks what it locks against reading, too: a byte beyond the text."""

_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


class Program(StrEnum):
    """What writes: a window stays for hours, a command for a moment."""

    WINDOW = "window"
    COMMAND = "command"


_WORDS = {Program.WINDOW: N_("window"), Program.COMMAND: N_("command")}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes a library."""

    user: str
    host: str
    pid: int
    program: Program
    since: datetime

    @property
    def who(self) -> Message:
        """The holder in words, as in ``wang@pc (window, since 2026-11-22 16:30)``."""
        return message(
            N_("{user}@{host} ({program}, process {pid}, since {since})"),
            user=_plain(self.user),
            host=_plain(self.host),
            program=message(_WORDS[self.program]),
            pid=self.pid,
            since=self.since.astimezone().strftime("%Y-%m-%d %H:%M"),
        )


class HeldError(UserError):
    """Somebody else writes the library."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.who = holder.who if holder else message(N_("another program"))
        super().__init__(HELD, file=path.name, who=self.who)


class WriterLock:
    """The lock, held until ``release``."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back and take its file away."""
        if self._descriptor < 0:
            return
        if os.name == "posix":
            # While it is held: whoever locks this file later finds it nameless. If
            # somebody deleted it, what bears the name now is another one's.
            with contextlib.suppress(OSError):
                if identity(self._path) == identity(self._descriptor):
                    self._path.unlink()
        os.close(self._descriptor)
        self._descriptor = -1
        if os.name != "posix":
            # Windows refuses where somebody has it open, and then it is in use.
            with contextlib.suppress(OSError):
                self._path.unlink()


@contextlib.contextmanager
def locked(path: Path, program: Program, patience: float) -> Iterator[None]:
    """Hold the lock of a library for a block."""
    lock = take_lock(path, program, patience)
    try:
        yield
    finally:
        lock.release()


def lock_path(path: Path) -> Path:
    """Return the lock file of a library, whose path is without symbolic links.

    The library's own name is in it, so that a disk that does not tell ``A`` from
    ``a`` takes both for one lock, as it takes both for one library.
    """
    return beside(path, ".{}.lock")


def take_lock(path: Path, program: Program, patience: float) -> WriterLock:
    """Return the lock of the library at ``path``, a path without symbolic links.

    A command in the way is waited for, ``patience`` seconds; a window is not.

    Raises:
        HeldError: somebody else has it.
        UserError: this disk knows no locks.
        OSError: the lock file can be neither made nor opened.
    """
    place = lock_path(path)
    end = time.monotonic() + patience
    while True:
        descriptor = _try(path, place)
        if descriptor is not None:
            _write(descriptor, program)
            return WriterLock(place, descriptor)
        holder = read_holder(path)
        is_window = holder is not None and holder.program is Program.WINDOW
        if is_window or time.monotonic() >= end:
            raise HeldError(path, holder)
        time.sleep(PAUSE)


def read_holder(path: Path) -> Holder | None:
    """Return who wrote the lock file last, or None where it does not tell."""
    try:
        with lock_path(path).open("rb") as file:
            holder = msgspec.json.decode(file.read(_LONGEST), type=Holder)
        holder.since.astimezone()
    except (OSError, OverflowError, ValueError, msgspec.DecodeError):
        # Half written, of another program, or with a year that no calendar has.
        return None
    return holder


def _try(path: Path, place: Path) -> int | None:
    """Return an open lock file that is ours, or None where it is another's."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    while True:
        descriptor = os.open(place, flags, 0o666)
        is_ours = False
        try:
            if not _lock(descriptor, path):
                return None
            # Else its holder took the file away between our opening and locking;
            # Windows takes away no file that somebody has open.
            is_ours = os.name != "posix" or identity(place) == identity(descriptor)
            if is_ours:
                _open_to_all(path, descriptor)
                return descriptor
        finally:
            if not is_ours:
                os.close(descriptor)


def _lock(descriptor: int, path: Path) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        if error.errno in _NO_LOCKS:
            raise UserError(NO_LOCKS, file=path.name) from error
        raise
    return True


def _open_to_all(path: Path, descriptor: int) -> None:
    """Let everybody lock who may write the library."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, path.stat().st_mode & 0o666)


def _write(descriptor: int, program: Program) -> None:
    host = _plain(socket.gethostname())
    me = Holder(_plain(_user()), host, os.getpid(), program, datetime.now(UTC))
    # A full disk does not matter: the text is for others to read, not the lock.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, msgspec.json.encode(me))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _plain(text: str) -> str:
    """Return a name as one short line: another program may have written anything."""
    return "".join(sign for sign in text if sign.isprintable())[:60] or "?"
