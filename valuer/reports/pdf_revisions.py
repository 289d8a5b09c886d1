"""The revisions of a PDF: how it stood at each signature, and what came after.

A PDF grows by appending: each save adds objects and a cross-reference section that
points back to the one before. This module reads that chain as far as asked, finds
objects as of any revision, and reads appended revisions byte for byte: whatever is
neither an object, nor a cross-reference section, nor white space is told.

It repairs nothing. A file whose chain cannot be followed is ``PdfSyntaxError``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from valuer.reports.pdf_sections import (
    FREE,
    PACKED,
    PLAIN,
    Entry,
    Section,
    counts,
    is_section_stream,
    read_table,
    section_of_stream,
)
from valuer.reports.pdf_streams import inflate
from valuer.reports.pdf_syntax import (
    SPACE,
    Name,
    PdfSyntaxError,
    Placed,
    Ref,
    Stream,
    effort,
    is_object,
    read_object,
    read_value,
    skip_space,
)

SECTIONS = 400
"""How many cross-reference sections a file may chain."""

PACKED_SIZE = 8 * 1024 * 1024
"""How many bytes an object stream may hold when inflated."""

EFFORT = 1_500_000
"""How many values may be read in all."""

FAILURE = 100_000
"""What an object that cannot be read counts, since it may have taken long."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One appended revision, every byte of it accounted for.

    Attributes:
        start: where it begins; ``end`` is behind its ``%%EOF`` and line end.
        objects: what it defines, by number.
    """

    start: int
    end: int
    objects: Mapping[int, Placed]
    section: Section


_WHITE = re.compile(rb"[\x00\t\n\x0c\r ]*+")
_START = re.compile(
    rb"startxref[\x00\t\n\x0c\r ]+(\d{1,19})[\x00\t\n\x0c\r ]+%%EOF(\r\n|\r|\n)?"
)
_START_LAX = re.compile(rb"startxref[\x00\t\n\x0c\r ]*(\d{1,19})(?!\d)")


def last_section(data: bytes, end: int) -> int:
    """Return where the last ``startxref`` before ``end`` points.

    Raises:
        PdfSyntaxError: there is none, or it points outside.
    """
    at = data.rfind(b"startxref", max(0, end - 2048), end)
    match = _START_LAX.match(data, at, end) if at >= 0 else None
    if not match or int(match[1]) >= end:
        raise PdfSyntaxError("no startxref")
    return int(match[1])


@dataclass(slots=True)
class Document:
    """A PDF file with the cross-reference sections found in it so far."""

    data: bytes
    _sections: dict[int, Section] = field(default_factory=dict)
    _parsed: dict[int, Placed] = field(default_factory=dict)
    _packed: dict[int, dict[int, Any]] = field(default_factory=dict)
    _effort: int = 0

    def spend(self, count: int) -> None:
        """Count the reading of so many values.

        Raises:
            PdfSyntaxError: it was too much in all.
        """
        self._effort += count
        if self._effort > EFFORT:
            raise PdfSyntaxError("too many objects")

    def renew(self) -> None:
        """Allow as much again, for another question about the file."""
        self._effort = 0

    def chain(self, end: int) -> tuple[Section, ...]:
        """Return the sections in force in the first ``end`` bytes, newest first.

        Raises:
            PdfSyntaxError: the chain cannot be followed.
        """
        chain: list[Section] = []
        seen: set[int] = set()
        offset: Any = last_section(self.data, end)
        while offset is not None:
            if not isinstance(offset, int) or isinstance(offset, bool):
                raise PdfSyntaxError("a section at no number")
            if offset in seen or not 0 <= offset < end or len(chain) >= SECTIONS:
                raise PdfSyntaxError("a chain of sections without end")
            seen.add(offset)
            chain.append(self.section(offset))
            offset = chain[-1].trailer.get("Prev")
        return tuple(chain)

    def section(self, offset: int) -> Section:
        """Return the cross-reference section at an offset, with its hidden part."""
        if offset not in self._sections:
            self._sections[offset] = self._read_section(offset)
        return self._sections[offset]

    def _read_section(self, offset: int) -> Section:
        at = skip_space(self.data, offset)
        if not self.data.startswith(b"xref", at):
            return self._read_section_stream(at)
        section = read_table(self.data, at)
        hidden = section.trailer.get("XRefStm")
        if not isinstance(hidden, int):
            return section
        at = skip_space(self.data, hidden)
        return section.with_hidden(self._read_section_stream(at))

    def _read_section_stream(self, at: int) -> Section:
        placed = read_object(self.data, at)
        if not isinstance(placed.value, Stream):
            raise PdfSyntaxError("no cross-reference section here")
        return section_of_stream(placed)

    def state(self, chain: tuple[Section, ...]) -> State:
        """Return the file as it stands under these sections, newest first."""
        if not chain:
            raise PdfSyntaxError("no cross-reference section")
        return State(self, chain)

    def placed(self, offset: int, state: State) -> Placed:
        """Return the object at an offset; streams may state lengths by reference."""
        if offset not in self._parsed:
            at = skip_space(self.data, offset)
            try:
                placed = read_object(self.data, at, state.length)
            except PdfSyntaxError:
                self.spend(FAILURE)
                raise
            self.spend(placed.effort)
            self._parsed[offset] = placed
        return self._parsed[offset]

    def packed(self, offset: int, state: State) -> dict[int, Any]:
        """Return the objects of the object stream at an offset, by number."""
        if offset not in self._packed:
            objects, cost = unpack(self.placed(offset, state).value)
            self.spend(cost)
            self._packed[offset] = objects
        return self._packed[offset]


@dataclass(frozen=True, slots=True)
class State:
    """A file as of one revision: finds objects by number.

    Attributes:
        chain: the sections in force, newest first.
        older: the file under all of them but the newest, where it is at hand.
    """

    document: Document
    chain: tuple[Section, ...]
    older: State | None = field(default=None, compare=False, repr=False)
    _known: dict[int, Entry | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def trailer(self) -> Mapping[str, Any]:
        """The trailer in force."""
        return self.chain[0].trailer

    def entry(self, number: int) -> Entry | None:
        """Return where an object stands, or None where there is none."""
        if number not in self._known:
            found = self._found(number)
            free = found is None or found.kind == FREE
            self._known[number] = None if free else found
        return self._known[number]

    def _found(self, number: int) -> Entry | None:
        state = self
        while state.older is not None:
            found = state.chain[0].entries.get(number)
            if found is not None:
                return found
            state = state.older
            if number in state._known:  # noqa: SLF001 - another of this class
                return state._known[number]  # noqa: SLF001 - another of this class
        entries = (section.entries.get(number) for section in state.chain)
        return next((found for found in entries if found is not None), None)

    def get(self, number: int) -> Any:
        """Return an object by number; None where there is none.

        Raises:
            PdfSyntaxError: it is not where its entry says.
        """
        entry = self.entry(number)
        self.document.spend(1)
        if entry is None:
            return None
        if entry.kind == PACKED:
            container = self.entry(entry.where)
            if container is None or container.kind != PLAIN:
                raise PdfSyntaxError("an object stream that is missing")
            objects = self.document.packed(container.where, self)
            if number not in objects:
                raise PdfSyntaxError("an object that is not in its stream")
            return objects[number]
        placed = self.document.placed(entry.where, self)
        if placed.ref.number != number:
            raise PdfSyntaxError("another object than its entry says")
        return placed.value

    def follow(self, value: Any) -> Any:
        """Return what a value refers to, or the value itself."""
        for _ in range(8):
            if not isinstance(value, Ref):
                return value
            value = self.get(value.number)
        raise PdfSyntaxError("references without end")

    def dictionary(self, value: Any) -> dict[str, Any]:
        """Return what a value refers to as a dictionary; empty if it is none."""
        found = self.follow(value)
        return found if isinstance(found, dict) else {}

    def array(self, value: Any) -> list[Any]:
        """Return what a value refers to as an array; empty if it is none."""
        found = self.follow(value)
        return found if isinstance(found, list) else []

    def length(self, ref: Ref) -> int:
        """Return the number that a stream states as its length by reference."""
        entry = self.entry(ref.number)
        if entry is None or entry.kind != PLAIN:
            raise PdfSyntaxError("a stream without a length")
        size = read_object(self.document.data, entry.where).value
        if not isinstance(size, int):
            raise PdfSyntaxError("a stream without a length")
        return size


def revisions(state: State, start: int) -> Iterator[Revision]:
    """Yield the revisions appended from ``start`` to the end, oldest first.

    Raises:
        PdfSyntaxError: bytes that belong to no object and no section.
    """
    data = state.document.data
    while skip_white(data, start) < len(data):
        state.document.spend(1)
        revision = read_revision(state, start)
        yield revision
        start = revision.end


def read_revision(state: State, start: int) -> Revision:
    """Read one appended revision; ``state`` tells lengths stated by reference."""
    data = state.document.data
    objects: dict[int, Placed] = {}
    last: Placed | None = None
    at = skip_space(data, start)
    while is_object(data, at):
        last = read_object(data, at, state.length)
        state.document.spend(last.effort)
        if last.ref.number in objects:
            raise PdfSyntaxError("an object twice in a revision")
        objects[last.ref.number] = last
        at = skip_space(data, last.end)
    if data.startswith(b"xref", at):
        section = read_table(data, at)
        at = skip_space(data, section.end)
    elif last and is_section_stream(last.value):
        section = section_of_stream(last)
        del objects[last.ref.number]
    else:
        raise PdfSyntaxError("bytes that belong to nothing")
    match = _START.match(data, at)
    if not match or int(match[1]) != section.offset:
        raise PdfSyntaxError("a revision without its end")
    return Revision(start, match.end(), objects, section)


def skip_white(data: bytes, at: int) -> int:
    """Return the position of the next byte that is no white space."""
    match = _WHITE.match(data, at, at + SPACE)
    return match.end() if match else at


def unpack(stream: Any) -> tuple[dict[int, Any], int]:
    """Return the objects of an object stream by number, and what that took."""
    if not isinstance(stream, Stream) or stream.entries.get("Type") != Name("ObjStm"):
        raise PdfSyntaxError("an object stream that is none")
    count, first = counts([stream.entries.get("N"), stream.entries.get("First")])
    plain = inflate(stream, PACKED_SIZE)
    head = plain[:first].split()
    if len(head) < 2 * count or not all(word.isdigit() for word in head):
        raise PdfSyntaxError("a damaged object stream")
    objects: dict[int, Any] = {}
    for number, offset in zip(
        head[: 2 * count : 2], head[1 : 2 * count : 2], strict=True
    ):
        objects[int(number)], _ = read_value(plain, first + int(offset))
    return objects, effort(plain, 0, len(plain))
