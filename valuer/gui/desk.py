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
from typing import TYPE_CHECKING

from valuer.core.case import Case, Forecast, House
from valuer.core.files import write_whole
from valuer.core.patents import Patent
from valuer.core.problems import Issue
from valuer.core.progress import Progress
from valuer.store.cases import list_cases
from valuer.store.library import Library
from valuer.store.patents import count_patents, list_patents
from valuer.store.settings import HOUSE, LANGUAGE, put_setting, setting

if TYPE_CHECKING:
    from valuer.core.registry import Registry
    from valuer.store.reports import IssuedReport
    from valuer.store.revisions import Revision

Clock = Callable[[], datetime]


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
        self.writer = f"{self.author}@{socket.gethostname()}"
        self.clock = clock
        self._latest: dict[str, Revision] = {}

    @cached_property
    def methods(self) -> Registry:
        """The valuation methods."""
        return self._methods()

    def close(self) -> None:
        """Close the library."""
        self.library.close()

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

    def import_lists(self, paths: Sequence[Path], progress: Progress) -> Imported:
        """Read patent lists into the library; all of them or none."""
        from valuer.imports import read_file
        from valuer.store.batches import BatchFile, new_batch
        from valuer.store.putting import put_patents

        lists = [read_file(path, progress) for path in paths]
        told = []
        with self.library.change() as connection:
            files = [BatchFile(one.file, one.sha256) for one in lists]
            batch = new_batch(connection, files, self.clock())
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

    def take_back(self, batch: str) -> None:
        """Undo an import."""
        from valuer.store.batches import take_back

        with self.library.change() as connection:
            take_back(connection, batch, self.clock())

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
        self._latest[revision.case_id] = revision
        return revision.case_id

    def read_case(self, name: str) -> Case:
        """Return a case as it was saved last."""
        from valuer.store.revisions import load_case

        with self.library.read() as connection:
            case, self._latest[name] = load_case(connection, name)
        return case

    def save_case(self, name: str, case: Case, action: str) -> Case:
        """Save the next revision of a case; return it as saved.

        Raises:
            UserError: it was changed elsewhere, or the disk refuses.
        """
        from valuer.core.valuing import with_versions
        from valuer.store.revisions import save_revision

        case = with_versions(case, self.methods)
        with self.library.change() as connection:
            self._latest[name] = save_revision(
                connection,
                case,
                self._latest[name],
                self.author,
                action,
                self.clock(),
            )
        return case

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

    def put_house(self, house: House) -> None:
        """Keep the house."""
        with self.library.change() as connection:
            put_setting(connection, HOUSE, house)
