"""How cases come into the docket: files chosen or dropped, read, mapped, put.

Each file is read by what it holds, or by the kept profile whose headings it has. A list
that nothing knows, or whose headings are not all known, opens the mapping dialog. All files make one batch, put at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.gui.desk import Desk, Imported, ImportedFile
from valuer.gui.shell import Shell

if TYPE_CHECKING:
    from valuer.gui.agency.mapping import Sheet
    from valuer.gui.agency.mapping_dialog import MappingDialog
    from valuer.imports.docket_result import ReadDocket

DOCKETS = (
    N_("Lists and packages of cases"),
    "*.xls *.xlsx *.csv *.txt *.zip *.xml *.jsonl *.ods",
)


_GENERAL = ("agency_system", "cnipa_list")
"""Formats known by common headings only: a profile of the agency's knows more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of files: read, or sheets whose columns are to be mapped."""

    read: tuple[ReadDocket, ...]
    sheets: tuple[Sheet, ...]


class DocketImporting(QObject):
    """Imports files for a page; ``imported`` carries the account."""

    imported = Signal(object)

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
            self._start(partial(_sorted, desk, paths), text, len(paths))

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

    def _done(self, imported: Imported) -> None:
        self._shell.ways.library_changed.emit()
        self.imported.emit(imported)


def _sorted(desk: Desk, paths: Sequence[Path], progress: Progress) -> Reading:
    """Return files read, and the sheets of those that nothing knows."""
    from valuer.gui.agency.mapping import best_fitting, look_at, strange_headings
    from valuer.imports.dockets import read_docket

    profiles = desk.docket.profiles()
    read, sheets = [], []
    for path in paths:
        found = _known(path, progress)
        if found is not None and found.format not in _GENERAL:
            read.append(found)
            continue
        sheet = look_at(path, progress)  # what is no table at all is refused here
        fitting = best_fitting(sheet, profiles)
        if fitting is not None:
            read.append(read_docket(path, fitting, progress))
        elif found is not None and not strange_headings(sheet):
            read.append(found)
        else:
            sheets.append(sheet)
    return Reading(tuple(read), tuple(sheets))


def _known(path: Path, progress: Progress) -> ReadDocket | None:
    """Return a file as read by what it holds; None: nothing knows it."""
    from valuer.imports.dockets import read_docket

    try:
        return read_docket(path, None, progress)
    except UserError:
        return None


def _looked_at(path: Path, progress: Progress) -> Reading:
    from valuer.gui.agency.mapping import look_at

    return Reading((), (look_at(path, progress),))


def _put(desk: Desk, read: Sequence[ReadDocket], progress: Progress) -> Imported:
    """Put what was read into the docket, all or none, and return the account."""
    from valuer.store.batches import BatchFile

    _tell_words(desk, read)
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
    return Imported(told, batch)


def _tell_words(desk: Desk, read: Sequence[ReadDocket]) -> None:
    """Keep what a profile says that status words mean, where that is news."""
    known = dict(desk.docket.told_words())
    for word, means in dict(pair for one in read for pair in one.words).items():
        if known.get(word) != means:
            desk.docket.put_word(word, means)
