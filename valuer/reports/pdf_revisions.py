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
from typing import Any, NamedTuple

from valuer.reports.pdf_syntax import (
    Name,
    PdfSyntaxError,
    Placed,
    Ref,
    Stream,
    inflate,
    is_object,
    read_object,
    read_value,
    skip_space,
)

SECTIONS = 400
"""How many cross-reference sections a file may chain."""

ENTRIES = 1_500_000
"""How many cross-reference entries a file may have in all."""

PACKED_SIZE = 8 * 1024 * 1024
"""How many bytes an object stream may hold when inflated."""

EFFORT = 750_000
"""How much may be read in all: objects, and 32 bytes of their syntax count as one."""

FREE, PLAIN, PACKED = 0, 1, 2


class Entry(NamedTuple):
    """Where an object stands.

    Attributes:
        kind: ``FREE``, ``PLAIN`` or ``PACKED``.
        where: its offset; or the number of the object stream that holds it.
        place: its generation; or its place in that stream.
    """

    kind: int
    where: int
    place: int


@dataclass(frozen=True, slots=True)
class Section:
    """One cross-reference section: its offset, entries and trailer."""

    offset: int
    end: int
    entries: Mapping[int, Entry]
    trailer: Mapping[str, Any]


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
_TABLE = re.compile(rb"xref[\x00\t\x0c ]*[\r\n][\x00\t\n\x0c\r ]*")
_RANGE = re.compile(rb"(\d{1,10})[ \t]+(\d{1,10})[ \t]*(?:\r\n|\r|\n)[\r\n ]*")
_LINE = re.compile(rb"(\d{1,10}) (\d{1,5}) ([nf])[ \r\n]{0,4}")
_TRAILER = re.compile(rb"[\x00\t\n\x0c\r ]*trailer(?![A-Za-z])")


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
    _entries: int = 0
    _effort: int = 0

    def spend(self, size: int) -> None:
        """Count the reading of an object of so many bytes.

        Raises:
            PdfSyntaxError: it was too much in all.
        """
        self._effort += 1 + size // 32
        if self._effort > EFFORT:
            raise PdfSyntaxError("too many objects")

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
            section = self._read_section(offset)
            self._entries += len(section.entries)
            if self._entries > ENTRIES:
                raise PdfSyntaxError("too many cross-reference entries")
            self._sections[offset] = section
        return self._sections[offset]

    def _read_section(self, offset: int) -> Section:
        at = skip_space(self.data, offset)
        if not self.data.startswith(b"xref", at):
            return self._read_section_stream(at)
        section = read_table(self.data, at)
        hidden = section.trailer.get("XRefStm")
        if not isinstance(hidden, int):
            return section
        more = self._read_section_stream(skip_space(self.data, hidden))
        shown = {n: e for n, e in section.entries.items() if e.kind != FREE}
        entries = {**section.entries, **more.entries, **shown}
        return Section(offset, section.end, entries, section.trailer)

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
            placed = read_object(self.data, at, state.length)
            self.spend(placed.effort)
            self._parsed[offset] = placed
        return self._parsed[offset]

    def packed(self, offset: int, state: State) -> dict[int, Any]:
        """Return the objects of the object stream at an offset, by number."""
        if offset not in self._packed:
            objects, size = unpack(self.placed(offset, state).value)
            self.spend(size)
            self._packed[offset] = objects
        return self._packed[offset]


@dataclass(frozen=True, slots=True)
class State:
    """A file as of one revision: finds objects by number."""

    document: Document
    chain: tuple[Section, ...]

    @property
    def trailer(self) -> Mapping[str, Any]:
        """The trailer in force."""
        return self.chain[0].trailer

    def entry(self, number: int) -> Entry | None:
        """Return where an object stands, or None where there is none."""
        for section in self.chain:
            found = section.entries.get(number)
            if found is not None:
                return None if found.kind == FREE else found
        return None

    def get(self, number: int) -> Any:
        """Return an object by number; None where there is none.

        Raises:
            PdfSyntaxError: it is not where its entry says.
        """
        entry = self.entry(number)
        self.document.spend(0)
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
    match = _WHITE.match(data, at)
    return match.end() if match else at


def read_table(data: bytes, at: int) -> Section:
    """Return the cross-reference table at an offset with its trailer."""
    offset = at
    match = _TABLE.match(data, at)
    if not match:
        raise PdfSyntaxError("no cross-reference table")
    at = match.end()
    entries: dict[int, Entry] = {}
    while part := _RANGE.match(data, at):
        first, count = int(part[1]), int(part[2])
        at = part.end()
        if count > ENTRIES or len(entries) + count > ENTRIES:
            raise PdfSyntaxError("too many cross-reference entries")
        for number in range(first, first + count):
            line = _LINE.match(data, at)
            if not line:
                raise PdfSyntaxError("a damaged cross-reference table")
            kind = PLAIN if line[3] == b"n" else FREE
            entries[number] = Entry(kind, int(line[1]), int(line[2]))
            at = line.end()
    head = _TRAILER.match(data, at)
    if not head:
        raise PdfSyntaxError("a table without trailer")
    trailer, end = read_value(data, head.end())
    if not isinstance(trailer, dict):
        raise PdfSyntaxError("a table without trailer")
    return Section(offset, end, entries, trailer)


def is_section_stream(value: Any) -> bool:
    """Say whether an object is a cross-reference stream."""
    return isinstance(value, Stream) and value.entries.get("Type") == Name("XRef")


def section_of_stream(placed: Placed) -> Section:
    """Return the section that a cross-reference stream holds."""
    stream = placed.value
    if not is_section_stream(stream):
        raise PdfSyntaxError("no cross-reference section here")
    widths = _counts(stream.entries.get("W"))
    spans = _counts(stream.entries.get("Index", [0, stream.entries.get("Size")]))
    if len(widths) != 3 or max(widths) > 8:
        raise PdfSyntaxError("a damaged cross-reference stream")
    packed = inflate(stream)
    width = sum(widths)
    entries: dict[int, Entry] = {}
    at = 0
    for first, count in zip(spans[::2], spans[1::2], strict=False):
        if count * max(width, 1) > len(packed) - at:
            raise PdfSyntaxError("a damaged cross-reference stream")
        for number in range(first, first + count):
            entries[number] = _entry(packed[at : at + width], widths)
            at += width
    return Section(placed.start, placed.end, entries, stream.entries)


def unpack(stream: Any) -> tuple[dict[int, Any], int]:
    """Return the objects of an object stream by number, and its size inflated."""
    if not isinstance(stream, Stream) or stream.entries.get("Type") != Name("ObjStm"):
        raise PdfSyntaxError("an object stream that is none")
    count, first = _counts([stream.entries.get("N"), stream.entries.get("First")])
    plain = inflate(stream, PACKED_SIZE)
    head = plain[:first].split()
    if len(head) < 2 * count or not all(word.isdigit() for word in head):
        raise PdfSyntaxError("a damaged object stream")
    objects: dict[int, Any] = {}
    for number, offset in zip(
        head[: 2 * count : 2], head[1 : 2 * count : 2], strict=True
    ):
        objects[int(number)], _ = read_value(plain, first + int(offset))
    return objects, len(plain)


def _counts(values: Any) -> list[int]:
    """Return an array of numbers that may count something."""
    if not isinstance(values, list):
        raise PdfSyntaxError("an array is missing")
    for value in values:
        if type(value) is not int or not 0 <= value < 2**40:
            raise PdfSyntaxError("a number that counts nothing")
    return values


def _entry(row: bytes, widths: list[int]) -> Entry:
    one, two, _ = widths
    kind = int.from_bytes(row[:one]) if one else PLAIN
    where = int.from_bytes(row[one : one + two])
    place = int.from_bytes(row[one + two :])
    if kind not in (FREE, PLAIN, PACKED):
        raise PdfSyntaxError("an entry of an unknown kind")
    return Entry(kind, where, place)
