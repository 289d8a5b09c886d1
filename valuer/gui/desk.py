"""What the window asks of the floors below: one library, by plain calls.

Pages know this and neither tables nor files. Each call is one look or one change;
what cannot be done is a ``UserError``.
"""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from valuer.core.case import Case, House
from valuer.core.patents import Patent
from valuer.core.registry import Registry
from valuer.core.valuing import with_versions
from valuer.store.cases import list_cases
from valuer.store.library import Library
from valuer.store.patents import count_patents, list_patents
from valuer.store.revisions import Revision, load_case, new_case, save_revision

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list: its name in the library, title, day of the last change."""

    name: str
    title: str
    saved: date


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def author() -> str:
    """Return who works at this machine, for the audit trail."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


class Desk:
    """The library on the desk."""

    def __init__(self, library: Library, methods: Registry, clock: Clock = now) -> None:
        self.library = library
        self.methods = methods
        self.author = author()
        self.writer = f"{self.author}@{socket.gethostname()}"
        self._clock = clock
        self._latest: dict[str, Revision] = {}

    def close(self) -> None:
        """Close the library."""
        self.library.close()

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

    def cases(self) -> tuple[CaseLine, ...]:
        """Return the cases, the last changed first."""
        with self.library.read() as connection:
            found = list_cases(connection)
        return tuple(
            CaseLine(one.case_id, one.name, one.at.astimezone().date()) for one in found
        )

    def new_case(self, case: Case, action: str) -> str:
        """Store a new case and return its name in the library."""
        with self.library.change() as connection:
            revision = new_case(connection, case, self.author, action, self._clock())
        self._latest[revision.case_id] = revision
        return revision.case_id

    def read_case(self, name: str) -> Case:
        """Return a case as it was saved last."""
        with self.library.read() as connection:
            case, self._latest[name] = load_case(connection, name)
        return case

    def save_case(self, name: str, case: Case, action: str) -> Case:
        """Save the next revision of a case; return it as saved.

        Raises:
            UserError: it was changed elsewhere, or the disk refuses.
        """
        case = with_versions(case, self.methods)
        with self.library.change() as connection:
            self._latest[name] = save_revision(
                connection,
                case,
                self._latest[name],
                self.author,
                action,
                self._clock(),
            )
        return case

    def house(self) -> House:
        """Return the house that works with this library."""
        return House()
