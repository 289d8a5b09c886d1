"""The file of an open library: its connections, its log, and that it is still there.

A file can lose its name while it is open: moved, deleted, replaced, its disk gone.
What is written then is found by nobody, so every change makes sure before and after.
One connection is held from the first to the last moment: through it, all that is in
the file can still be saved, and its log stays one and the same. Who only reads holds
nothing, and sees whatever file has the name.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from valuer.core.problems import UserError
from valuer.store.connections import connect, end_log, engine_on, start_log
from valuer.store.failures import GONE, plain_words
from valuer.store.files import companions, identity

log = logging.getLogger(__name__)


class OpenFile:
    """A file held open by its only writer, or looked at by a reader.

    Attributes:
        path: the file, or None for memory.
        engine: gives connections to it.
    """

    def __init__(
        self,
        path: Path | None,
        patience: float,
        *,
        mode: str = "rw",
        may_log: bool = False,
        has_log: bool = False,
    ) -> None:
        self.path = path
        self._patience = patience
        self._mode = mode
        self._may_log = may_log
        self._has_log = has_log
        self._held: sqlite3.Connection | None = None
        self._log = companions(path)[0] if path else None
        self._identity = identity(path) if path else None
        self._log_identity: tuple[int, int] | None = None
        self.engine = self._opened()

    def ready_to_change(self) -> None:
        """See that a change would be found again.

        Raises:
            UserError: the file has gone.
        """
        self.confirm()
        self._start_log()

    def confirm(self) -> None:
        """See that what was written is in the file that has the library's name.

        Raises:
            UserError: the file has gone.
        """
        if self._is_in_place() and not self._has_lost_log():
            return
        is_whole = self._fold_log()
        self.refuse_another()
        if not is_whole:
            raise UserError(GONE, file=self._name())
        # Somebody deleted the log: all of it is in the file now. A new one begins.
        self._let_go()
        self.engine = self._opened()

    def refuse_another(self) -> None:
        """Refuse where the name no longer leads to the file that was opened.

        Raises:
            UserError: the file has gone.
        """
        if not self._is_in_place():
            raise UserError(GONE, file=self._name())

    def close(self) -> bool:
        """Close every connection; return whether a writer's file is in its place.

        The file is whole by itself then, wherever it is.

        Raises:
            UserError: the disk refuses.
        """
        if self.path is None or self._held is None:
            self._let_go()
            return False
        with plain_words(self.path):
            is_in_place = self._is_in_place()
            is_whole = is_in_place or self._fold_log()
            self._let_go()
            if is_in_place and self._has_log:
                end_log(self.path)
            elif is_whole and identity(self.path) is None:
                # What lies here belonged to the file that is elsewhere, and is empty.
                for one in companions(self.path):
                    one.unlink(missing_ok=True)
        return is_in_place

    def _opened(self) -> Engine:
        self._start_log()
        if self.path and self._mode == "rw":
            self._held = connect(self.path, self._patience)
            self._look()
        engine = engine_on(
            self.path, self._patience, mode=self._mode, opened=self.refuse_another
        )
        if self._held is not None:
            # One for others to read by, even when the file has gone.
            engine.connect().close()
        return engine

    def _let_go(self) -> None:
        self.engine.dispose()
        if self._held is not None:
            self._held.close()
            self._held = None

    def _look(self) -> None:
        """Read, so that the log is open, and remember which it is."""
        if self._log and self._held is not None:
            self._held.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._log_identity = identity(self._log)

    def _name(self) -> str:
        return self.path.name if self.path else ""

    def _is_in_place(self) -> bool:
        if self.path is None or self._mode == "ro":
            return True
        return identity(self.path) == self._identity

    def _has_lost_log(self) -> bool:
        if self._log is None or not self._has_log:
            return False
        return identity(self._log) != self._log_identity

    def _start_log(self) -> None:
        """Turn to the write-ahead log, where the disk can keep one."""
        if self._has_log or not self._may_log or self.path is None:
            return
        with plain_words(self.path):
            try:
                self._has_log = self._may_log = start_log(self.path, self._patience)
            except sqlite3.OperationalError:
                # Somebody reads just now, or the disk is full: a change tries again.
                log.info("no write-ahead log yet")
            self._look()

    def _fold_log(self) -> bool:
        """Bring the log into the file, wherever it is now; return whether it is whole.

        Who moved the file away from its log takes it for all there is.
        """
        if self._held is not None:
            with suppress(sqlite3.Error):
                row = self._held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not row[0]
        return False
