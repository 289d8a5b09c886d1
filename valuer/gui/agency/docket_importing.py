"""How cases come into the docket: files chosen or dropped, read, mapped, put.

What cannot be read for certain opens the mapping dialog. All files make one batch, put
at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from valuer.agency.list_days import with_list_day
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.gui.desk import Desk, Imported, ImportedFile
from valuer.gui.shell import Shell

if TYPE_CHECKING:
    from valuer.gui.agency.docket_reading import Reading
    from valuer.gui.agency.mapping import Sheet
    from valuer.gui.agency.mapping_dialog import MappingDialog
    from valuer.imports.docket_result import ReadDocket

DOCKETS = (
    N_("Lists and packages of cases"),
    "*.xls *.xlsx *.csv *.txt *.zip *.jsonl *.ods",
)


class DocketImporting(QObject):
    """Imports files for a page.

    ``imported`` carries the account, and how many rows wait for an answer.
    """

    imported = Signal(object, int)

    def __init__(self, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self._shell, self._page = shell, page
        self._read: list[ReadDocket] = []
        self._sheets: list[Sheet] = []
        self.dialog: MappingDialog | None = None

    def choose(self) -> None:
        """Ask for files and import them."""
        title = N_("Import cases")
        paths = self._shell.files.open_many(self._page, title, DOCKETS)
        self.take(paths)

    def choose_mapped(self) -> None:
        """Ask for a list and map its columns, whether it is known or not."""
        title = N_("Map the columns of a list")
        path = self._shell.files.open_one(self._page, title, DOCKETS)
        if path is not None:
            self.map(path)

    def take(self, paths: Sequence[Path]) -> None:
        """Read files in the background; lists that nothing knows are mapped first."""
        if paths:
            desk = self._shell.desk
            text = N_("Reading {count} files")
            self._start(partial(_read, desk, paths), text, len(paths))

    def map(self, path: Path) -> None:
        """Show the columns of a list to be mapped."""
        self._start(partial(_looked_at, path), N_("Reading {count} files"), 1)

    def _start(
        self, work: Callable[[Progress], Reading], text: str, count: int
    ) -> None:
        self._read, self._sheets = [], []
        self._shell.tasks.start(
            work,
            self._sort,
            self._shell.notices.refuse,
            owner=self,
            title=message(text, count=count),
        )

    def _sort(self, reading: Reading) -> None:
        self._read += reading.read
        self._sheets += reading.sheets
        self._go_on()

    def _go_on(self) -> None:
        """Map the next list; when none is left, put what was read."""
        if self._sheets:
            self._ask(self._sheets.pop(0))
        elif self._read:
            self._put()

    def _ask(self, sheet: Sheet) -> None:
        from valuer.gui.agency.mapping_dialog import MappingDialog

        with self._shell.notices.guard():
            profiles = self._shell.desk.docket.profiles()
            self.dialog = MappingDialog(sheet, profiles, self._shell, self._page)
            self.dialog.accepted.connect(partial(self._mapped, sheet))
            self.dialog.rejected.connect(self._skipped)
            self.dialog.open()

    def _mapped(self, sheet: Sheet) -> None:
        """Read a list by what was said of its columns; keep that under its name."""
        if self.dialog is None:
            return
        profile, is_named = self.dialog.profile, self.dialog.is_named
        self._close()
        docket = self._shell.desk.docket

        def work(progress: Progress) -> Reading:
            from valuer.gui.agency.docket_reading import Reading
            from valuer.imports.dockets import read_docket

            read = read_docket(sheet.path, profile, progress)
            if is_named:
                docket.put_profile(profile)
            return Reading((read,), ())

        self._shell.tasks.start(
            work,
            self._sort,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Reading {file}"), file=sheet.path.name),
        )

    def _skipped(self) -> None:
        """Leave a list out; the others go on."""
        self._close()
        self._go_on()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _put(self) -> None:
        read, self._read = self._read, []
        desk = self._shell.desk
        self._shell.tasks.start(
            partial(_put, desk, read),
            self._done,
            self._shell.notices.refuse,
            owner=self,
            keeps=True,
            title=message(N_("Importing {count} files"), count=len(read)),
        )

    def _done(self, done: tuple[Imported, int]) -> None:
        self._shell.ways.library_changed.emit()
        self.imported.emit(*done)


def _read(desk: Desk, paths: Sequence[Path], progress: Progress) -> Reading:
    from valuer.gui.agency.docket_reading import read_files

    return read_files(paths, desk.docket.profiles(), progress)


def _looked_at(path: Path, progress: Progress) -> Reading:
    from valuer.gui.agency.docket_reading import Reading
    from valuer.gui.agency.mapping import look_at

    return Reading((), (look_at(path, progress),))


def _put(
    desk: Desk, read: Sequence[ReadDocket], progress: Progress
) -> tuple[Imported, int]:
    """Put what was read into the docket, and return the account.

    With it comes how many rows wait for an answer.
    """
    from valuer.store.batches import BatchFile

    _tell_words(desk, read)
    read = [_dated(one, desk.clock().astimezone().date()) for one in read]
    files = [BatchFile(one.file, one.sha256) for one in read]
    batch, done = desk.docket.put(files, [one.cases for one in read], progress)
    told = tuple(
        ImportedFile(
            one.file,
            one.format,
            one.read,
            put.added,
            put.updated,
            put.unchanged,
            one.refused,
            (*one.issues, *put.issues),
        )
        for one, put in zip(read, done, strict=True)
    )
    return Imported(told, batch), sum(put.queued for put in done)


def _dated(read: ReadDocket, today: date) -> ReadDocket:
    """Return a list as read; one of years ago tells of its cases up to then alone."""
    cases, issues = with_list_day(read.cases, None, today)
    return replace(read, cases=cases, issues=(*read.issues, *issues))


def _tell_words(desk: Desk, read: Sequence[ReadDocket]) -> None:
    """Keep what a profile says that status words mean, where that is news."""
    known = dict(desk.docket.told_words())
    for word, means in dict(pair for one in read for pair in one.words).items():
        if known.get(word) != means:
            desk.docket.put_word(word, means)
