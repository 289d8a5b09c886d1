"""What keeps the library safe: backups, a new place for it, taking over as writer.

All of it runs off the GUI thread; what fails is told and stops nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from valuer.core.problems import Cancelled, Severity, UserError
from valuer.core.progress import Progress
from valuer.core.texts import N_, Message, message
from valuer.gui.desk import Desk
from valuer.gui.dialogs.files import LIBRARIES, Files
from valuer.gui.library_watch import LibraryWatch
from valuer.gui.notices import Notices, nothing
from valuer.gui.tasks import Task, Tasks
from valuer.gui.ways import Ways

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from valuer.store.backups import Backup

HOUR = 3_600_000
"""Milliseconds between two looks whether a new day has begun."""

BUSY = N_("Other jobs are running. Restore the backup when they are done.")


T = TypeVar("T")


def drop(result: object) -> None:
    """Take a result and do nothing."""
    del result


class Keeping(QObject):
    """Keeps the library of the window.

    Attributes:
        save: saves what the disk refused before, or raises; set by the window.
    """

    def __init__(
        self,
        desk: Desk,
        library: LibraryWatch,
        tasks: Tasks,
        notices: Notices,
        files: Files,
        ways: Ways,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._library, self._tasks = desk, library, tasks
        self._notices, self._files, self._ways = notices, files, ways
        self._window = window
        self._indexing: Task | None = None
        self.save: Callable[[], None] = nothing
        self._hourly = QTimer(self)
        self._hourly.setInterval(HOUR)
        self._hourly.timeout.connect(self.daily)

    def begin(self) -> None:
        """Begin what goes on as long as the window is open."""
        self._hourly.start()
        self.daily()
        self.index()

    def change(
        self,
        work: Callable[[], T],
        title: Message,
        done: Callable[[T], object] = drop,
    ) -> None:
        """Change the library off the GUI thread; then show it as it is, and ``done``."""

        def landed(result: T) -> None:
            self._ways.library_changed.emit()
            done(result)

        self._tasks.start(
            lambda _: work(),
            landed,
            self._notices.refuse,
            owner=self,
            title=title,
            keeps=True,
        )

    def daily(self) -> None:
        """Make the backup of the day, if it is due."""
        from valuer.store.backups import back_up_daily

        if self._desk.is_read_only:
            return
        self._start(
            lambda progress: back_up_daily(
                self._desk.library, self._desk.clock(), progress
            ),
            lambda _: self._library.backed_up.emit(),
            N_("Making the backup of the day"),
        )

    def index(self) -> None:
        """Index the patents that a large import left for later, if any."""
        from valuer.store.indexing import catch_up, is_caught_up

        if self._indexing in self._tasks.running or self._desk.is_read_only:
            return
        with self._notices.guard():
            with self._desk.library.read() as connection:
                if is_caught_up(connection):
                    return
            self._indexing = self._start(
                lambda progress: catch_up(
                    self._desk.library.change, progress, rest=0.5
                ),
                lambda _: self._library.indexed.emit(),
                N_("Indexing the patents for search"),
            )

    def back_up(self) -> None:
        """Make a backup now."""
        from valuer.store.backups import make_backup

        self._start(
            lambda progress: make_backup(
                self._desk.library, self._desk.clock(), progress
            ),
            self._backed_up,
            N_("Backing up the library"),
        )

    def restore(self, backup: Backup) -> None:
        """Put a backup in the library's place; what it replaces is kept."""
        from valuer.store.backups import restore
        from valuer.store.locks import Program

        if self._tasks.running:
            self._notices.refuse(UserError(BUSY))
            return
        try:
            self.save()  # for the open case is closed
        except UserError as error:
            self._notices.refuse(error)
            return

        desk = self._desk

        def work(progress: Progress) -> Message | None:
            def put(path: Path) -> Path | None:
                now, program = desk.clock(), Program.WINDOW
                return restore(path, backup.path, now, progress, program=program)

            try:
                kept = desk.while_closed(put)
                if not desk.is_read_only:
                    desk.records.note_restored(backup.path.stem)
                return _told_restored(backup.made_at, kept)
            except Cancelled:
                return None  # it lands all the same, for the window waits for it

        self._library.rest()
        self._tasks.start(
            work,
            self._restored,
            self._not_restored,
            owner=self,
            keeps=True,
            title=message(N_("Restoring the backup")),
        )

    def save_as(self) -> None:
        """Ask for a new place, copy the library there and go on with the copy."""
        name = self._desk.library.path.name
        path = self._files.save(
            self._window, N_("Save the library as"), LIBRARIES, name
        )
        if path is None:
            return
        self._tasks.start(
            lambda progress: self._desk.save_as(path, progress),
            self._saved_as,
            self._notices.refuse,
            owner=self,
            title=message(N_("Saving the library as {file}"), file=path.name),
        )

    def try_again(self) -> None:
        """Open the library anew: to write it, where nobody else does any more."""
        with self._notices.guard():
            self._desk.reopen()
            self._library.tell()
            if not self._library.is_read_only:
                text = N_("This window writes the library now.")
                self._notices.tell(message(text))

    def _start(
        self,
        work: Callable[[Progress], object],
        done: Callable[[object], object],
        title: str,
    ) -> Task:
        return self._tasks.start(
            work, done, self._failed, owner=self, title=message(title)
        )

    def _failed(self, error: Exception) -> None:
        """Warn: what was saved is saved, backup or not."""
        if not isinstance(error, UserError):
            raise error
        self._notices.tell(error.wording, Severity.WARNING)

    def _backed_up(self, path: object) -> None:
        self._library.backed_up.emit()
        if isinstance(path, Path):
            text = N_("The backup {file} was made.")
            self._notices.tell(message(text, file=path.name))

    def _restored(self, told: Message | None) -> None:
        self._library.tell()
        self._library.backed_up.emit()
        if told is not None:
            self._notices.tell(told)

    def _not_restored(self, error: Exception) -> None:
        self._library.tell()
        self._notices.refuse(error)

    def _saved_as(self, path: Path) -> None:
        with self._notices.guard():
            self._desk.reopen(path)
            self._library.tell()
            text = N_("The library is now {file}.")
            self._notices.tell(message(text, file=str(path)))


def _told_restored(made_at: datetime, kept: Path | None) -> Message:
    moment = made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    if kept is None:
        text = N_("The library is as it was on {moment}.")
        return message(text, moment=moment)
    text = N_(
        "The library is as it was on {moment}. What it replaced is kept as the backup"
        " {file}."
    )
    return message(text, moment=moment, file=kept.name)
