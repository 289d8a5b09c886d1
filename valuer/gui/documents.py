"""The documents of the library, as the window asks for them.

Plain calls, each one look or one change; what cannot be done is a ``UserError``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    from valuer.store.evidence import Document


class Documents:
    """Takes documents into a library and gives them out again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take_files(
        self, paths: Sequence[Path], progress: Progress = ignore
    ) -> tuple[Evidence, ...]:
        """Take files up, all of them or none, and return what a case says of them."""
        # One after the other: a folder of scans need not fit into memory.
        return self.take(_read(paths, progress))

    def take(self, held: Iterable[tuple[str, bytes]]) -> tuple[Evidence, ...]:
        """Take up bytes under names, all of them or none."""
        from valuer.store.evidence import plain_name, take_up

        found = []
        with self._desk.library.change() as connection:
            for name, data in held:
                made = take_up(connection, name, data, self._desk.clock())
                found.append(Evidence(made.digest, plain_name(name), made.size))
        return tuple(found)

    def listed(self) -> tuple[tuple[Document, bool], ...]:
        """Return every document, the last first, and whether a case rests on it."""
        from valuer.store.evidence import list_documents, list_unused

        with self._desk.library.read() as connection:
            unused = {one.digest for one in list_unused(connection)}
            found = list_documents(connection)
        return tuple((one, one.digest not in unused) for one in found)

    def named(self, digests: Sequence[str]) -> dict[str, Document]:
        """Return the documents of digests that are in the library, by digest."""
        from valuer.store.evidence import list_documents

        if not digests:
            return {}
        with self._desk.library.read() as connection:
            found = {one.digest: one for one in list_documents(connection)}
        return {one: found[one] for one in digests if one in found}

    def remove(self, digest: str) -> None:
        """Remove a document that no case rests on any more."""
        from valuer.store.evidence import remove_document

        desk = self._desk
        with desk.library.change() as connection:
            remove_document(connection, digest, desk.author, desk.clock())

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


def _read(paths: Sequence[Path], progress: Progress) -> Iterator[tuple[str, bytes]]:
    for number, path in enumerate(paths):
        progress(number, len(paths))
        yield path.name, read_whole(path, LARGEST)
