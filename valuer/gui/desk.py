"""What the window asks of the floors below: one library, by plain calls.

Pages know this and neither tables nor files. Each call is one look or one change;
what cannot be done is a ``UserError``.
"""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from valuer.core.case import Case, Forecast, House
from valuer.core.files import write_whole
from valuer.core.look import Look
from valuer.core.patents import Patent
from valuer.core.problems import Issue, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message, message
from valuer.gui.records import Records
from valuer.store.cases import list_cases
from valuer.store.failures import GONE
from valuer.store.files import companions
from valuer.store.library import Access, Library, open_library
from valuer.store.patents import count_patents, list_patents
from valuer.store.settings import HOUSE, LANGUAGE, put_setting, setting

if TYPE_CHECKING:
    from valuer.core.registry import Registry
    from valuer.gui.case_record import CaseRecord
    from valuer.gui.credit_desk import CreditDesk
    from valuer.gui.docket_desk import DocketDesk
    from valuer.gui.documents import Documents
    from valuer.store.reports import IssuedReport
    from valuer.store.revisions import Revision

T = TypeVar("T")

Clock = Callable[[], datetime]
Stamp = tuple[int, int, int] | None
"""Which file it is, when it was written and how long it is; None where it is not."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list: its name in the library, title, last revision and day."""

    name: str
    title: str
    revision: int
    saved: date


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file; ``read`` is the sum of the four counts."""

    file: str
    format: str
    read: int
    added: int
    updated: int
    unchanged: int
    refused: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import, and the batch by which it is taken back."""

    files: tuple[ImportedFile, ...]
    batch: str


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def author() -> str:
    """Return who works at this machine, for the audit trail."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


class Desk:
    """The library on the desk.

    What the list of patents does not need is imported where it is used: the window
    opens with that list, and numpy alone takes a fifth of a second.
    """

    def __init__(
        self, library: Library, methods: Callable[[], Registry], clock: Clock = now
    ) -> None:
        self.library = library
        self._methods = methods
        self.author = author()
        self._writer = message(
            N_("{user}@{host}"), user=self.author, host=socket.gethostname()
        )
        self.clock = clock
        self._latest: dict[str, Revision] = {}

    @cached_property
    def methods(self) -> Registry:
        """The valuation methods."""
        return self._methods()

    @cached_property
    def records(self) -> Records:
        """What was done with the library as a whole."""
        return Records(self)

    @cached_property
    def documents(self) -> Documents:
        """The documents that cases rest on."""
        from valuer.gui.documents import Documents

        return Documents(self)

    @cached_property
    def credit(self) -> CreditDesk:
        """The credit ledger and the rules by which it is reckoned."""
        from valuer.gui.credit_desk import CreditDesk

        return CreditDesk(self)

    @cached_property
    def docket(self) -> DocketDesk:
        """The agency's own cases."""
        from valuer.gui.docket_desk import DocketDesk

        return DocketDesk(self)

    def close(self) -> None:
        """Close the library."""
        self.library.close()

    # The library's file

    @property
    def is_read_only(self) -> bool:
        """Whether this window may only read."""
        return self.library.is_read_only

    @property
    def why_read_only(self) -> Message | None:
        """Why this window may only read; None where it may write."""
        return self.library.why_read_only

    @property
    def who_writes(self) -> Message | None:
        """Who writes the library; None where nobody can."""
        return self.library.held_by if self.is_read_only else self._writer

    def stamp(self) -> tuple[Stamp, ...]:
        """Return what differs after every change of the file, whoever made it."""
        path = self.library.path
        return tuple(map(_stamp, (path, companions(path)[0])))

    def reopen(self, path: Path | None = None) -> None:
        """Open the library, or another one, anew: to write where that is possible.

        Raises:
            UserError: it cannot be opened; the one before stays.
        """
        before = self.library
        if path is None and not before.is_read_only:
            if not before.path.exists():
                raise UserError(GONE, file=before.path.name)
            before.close()  # its own lock would be in the way
        self.library = open_library(path or before.path, access=Access.EITHER)
        with suppress(UserError):  # its disk may be gone, and it is of no more use
            before.close()

    def while_closed(self, work: Callable[[Path], T]) -> T:
        """Do something with the file that no one has open, and open it again."""
        path = self.library.path
        self.library.close()
        try:
            return work(path)
        finally:
            self.library = open_library(path, access=Access.EITHER)

    def save_as(self, path: Path, progress: Progress = ignore) -> Path:
        """Copy the library as it is to a new file, and return where that is."""
        return self.library.save_as(path, progress)

    # Patents

    def patents(
        self, search: str, order: str, count: int, first: int, *, descending: bool
    ) -> tuple[Patent, ...]:
        """Return some of the patents in which every word of ``search`` occurs."""
        with self.library.read() as connection:
            return list_patents(
                connection, search, count, first, order=order, descending=descending
            )

    def count(self, search: str) -> int:
        """Return how many patents there are for a search."""
        with self.library.read() as connection:
            return count_patents(connection, search)

    def known(self, patents: Sequence[Patent]) -> tuple[Patent | None, ...]:
        """Return what the library knows today of some patents, None of strangers."""
        from valuer.store.patents import find_patent

        with self.library.read() as connection:
            return tuple(find_patent(connection, one.identity) for one in patents)

    def import_lists(self, paths: Sequence[Path], progress: Progress) -> Imported:
        """Read patent lists into the library; all of them or none."""
        from valuer.imports import read_file
        from valuer.store.batches import BatchFile, new_batch
        from valuer.store.putting import put_patents

        lists = [read_file(path, progress) for path in paths]
        told = []
        with self.library.change() as connection:
            files = [BatchFile(one.file, one.sha256) for one in lists]
            batch = new_batch(connection, files, self.clock(), self.author)
            for one in lists:
                rows = [(patent.source.row or 0, patent) for patent in one.patents]
                done = put_patents(connection, batch, rows, progress)
                told.append(
                    ImportedFile(
                        one.file,
                        one.format,
                        one.read,
                        done.added,
                        done.updated,
                        done.unchanged,
                        one.refused,
                        (*one.issues, *done.issues),
                    )
                )
        return Imported(tuple(told), batch)

    def read_forecast(
        self, path: Path, valuation_date: date | None, progress: Progress
    ) -> tuple[Forecast, tuple[Issue, ...]]:
        """Return the forecast in a file and what is doubtful in it."""
        from valuer.imports import read_forecast

        read = read_forecast(path, progress, valuation_date)
        return read.forecast, read.issues

    def pasted_forecast(
        self, text: str, valuation_date: date | None
    ) -> tuple[Forecast, tuple[Issue, ...]]:
        """Return the forecast in pasted text and what is doubtful in it."""
        from valuer.imports import read_pasted_forecast

        read = read_pasted_forecast(text, valuation_date)
        return read.forecast, read.issues

    # Cases

    def cases(self) -> tuple[CaseLine, ...]:
        """Return the cases, the last changed first."""
        with self.library.read() as connection:
            found = list_cases(connection)
        return tuple(
            CaseLine(one.case_id, one.name, one.revision, one.at.astimezone().date())
            for one in found
        )

    def new_case(self, case: Case, action: str) -> str:
        """Store a new case and return its name in the library."""
        from valuer.store.revisions import new_case

        with self.library.change() as connection:
            revision = new_case(connection, case, self.author, action, self.clock())
        self.remember(revision)
        return revision.case_id

    def record(self, name: str) -> CaseRecord:
        """Return the record of a case, read as it was saved last."""
        from valuer.gui.case_record import CaseRecord

        return CaseRecord(self, name)

    def remember(self, revision: Revision) -> None:
        """Note the revision of a case that is on screen."""
        self._latest[revision.case_id] = revision

    def revision(self, name: str) -> Revision:
        """Return the record of the newest revision of an open case."""
        return self._latest[name]

    def trail(self, name: str) -> tuple[Revision, ...]:
        """Return the audit trail of a case, newest first."""
        from valuer.store.revisions import trail

        with self.library.read() as connection:
            return tuple(reversed(tuple(trail(connection, name))))

    def case_at(self, name: str, number: int) -> Case:
        """Return a case as it was at a revision."""
        from valuer.store.revisions import load_case

        with self.library.read() as connection:
            case, _ = load_case(connection, name, number)
        return case

    def verify_trail(self, name: str) -> tuple[Issue, ...]:
        """Return what does not fit in the record of a case."""
        from valuer.store.revisions import verify_chain

        with self.library.read() as connection:
            return verify_chain(connection, name)

    def issue_report(self, line: IssuedReport, path: Path, pdf: bytes) -> None:
        """Enter a report in the register and write its file, both or neither."""
        from valuer.store.reports import add_report

        with self.library.change() as connection:
            add_report(connection, line)
            write_whole(path, pdf)

    # Settings

    def language(self) -> str:
        """Return the language set in the library."""
        with self.library.read() as connection:
            return setting(connection, LANGUAGE)

    def put_language(self, language: str) -> None:
        """Keep the language."""
        with self.library.change() as connection:
            put_setting(connection, LANGUAGE, language)

    def house(self) -> House:
        """Return the house that works with this library."""
        with self.library.read() as connection:
            return setting(connection, HOUSE)

    def logo(self, case: Case) -> bytes:
        """Return the logo that a case's template names, b"" without one."""
        from valuer.store.templates import logo_of

        with self.library.read() as connection:
            return logo_of(connection, case)

    def put_template(self, look: Look, logo: bytes) -> None:
        """Keep a template for the house; ``Look()`` removes it."""
        from valuer.store.templates import put_template

        with self.library.change() as connection:
            put_template(connection, look, logo, self.author, self.clock())

    def put_house(self, house: House) -> None:
        """Keep the house; the journal tells that it was changed."""
        from valuer.store.journal import EntryKind, note

        if house == self.house():
            return
        with self.library.change() as connection:
            put_setting(connection, HOUSE, house)
            note(connection, EntryKind.HOUSE, "", self.author, self.clock())
