"""The documents of the library, as the window asks for them.

Plain calls, each one look or one change; what cannot be done is a ``UserError``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from valuer.core.case import Case
from valuer.core.engagement import Evidence
from valuer.core.evidence import LARGEST
from valuer.core.files import read_whole, write_whole
from valuer.core.problems import Issue
from valuer.core.progress import Progress, ignore

if TYPE_CHECKING:
    from valuer.gui.desk import Desk


class Documents:
    """Takes documents into a library and gives them out again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take_files(
        self, paths: Sequence[Path], progress: Progress = ignore
    ) -> tuple[Evidence, ...]:
        """Take files up, all of them or none, and return what a case says of them."""
        held = []
        for number, path in enumerate(paths):
            progress(number, len(paths))
            held.append((path.name, read_whole(path, LARGEST)))
        return self.take(held)

    def take(self, held: Sequence[tuple[str, bytes]]) -> tuple[Evidence, ...]:
        """Take up bytes under names, all of them or none."""
        from valuer.store.evidence import plain_name, take_up

        found = []
        with self._desk.library.change() as connection:
            for name, data in held:
                made = take_up(connection, name, data, self._desk.clock())
                found.append(Evidence(made.digest, plain_name(name), made.size))
        return tuple(found)

    def read(self, digest: str) -> bytes:
        """Return the bytes of a document as they were taken up."""
        from valuer.store.evidence import read_back

        with self._desk.library.read() as connection:
            return read_back(connection, digest)

    def copy_out(self, digest: str, path: Path) -> Path:
        """Write a copy of a document and return where it is."""
        write_whole(path, self.read(digest))
        return path

    def check(self, case: Case) -> tuple[Issue, ...]:
        """Return what is wrong with the documents of a case; each is read."""
        from valuer.core.evidence import place_issues
        from valuer.store.evidence import check_evidence

        with self._desk.library.read() as connection:
            found = check_evidence(connection, case)
        return (*found, *place_issues(case, self._desk.methods))
