"""Cross-reference sections: where the objects of a PDF stand.

A section may have millions of rows of which a verifier needs a few, so a row is read
when it is asked for; rows that are not exactly as wide as they must be are read at
once, and only so many.

Source: ISO 32000-2, 7.5.4 (tables), 7.5.8 (streams, hybrid files).
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from valuer.reports.pdf_streams import inflate
from valuer.reports.pdf_syntax import (
    Name,
    PdfSyntaxError,
    Placed,
    Stream,
    read_value,
)

SPANS = 100_000
"""How many ranges of numbers a section may list."""

ODD_ROWS = 100_000
"""How many rows of another than the standard width a section may have."""

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


class Span(NamedTuple):
    """A range of numbers whose rows stand from ``start`` in the section's rows."""

    first: int
    size: int
    start: int


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a section, by object number.

    Attributes:
        rows: the bytes that hold them: a table's text, or a stream's numbers.
        spans: ranges by rising number; no number is in two of them.
        widths: bytes of the three numbers in a row of a stream; () for a table.
        odd: entries read beforehand.
        hidden: those of a hybrid file that old readers do not see.
    """

    rows: bytes = b""
    spans: tuple[Span, ...] = ()
    widths: tuple[int, ...] = ()
    odd: Mapping[int, Entry] = field(default_factory=dict)
    hidden: Entries | None = None

    def __len__(self) -> int:
        return sum(span.size for span in self.spans) + len(self.odd)

    def get(self, number: int) -> Entry | None:
        """Return where an object stands, or None if the section does not tell."""
        own = self._own(number)
        if self.hidden is not None and (own is None or own.kind == FREE):
            return self.hidden.get(number) or own
        return own

    def items(self) -> Iterator[tuple[int, Entry]]:
        """Yield the section's own entries."""
        yield from self.odd.items()
        for span in self.spans:
            for number in range(span.first, span.first + span.size):
                yield number, self._row(span, number)

    def _own(self, number: int) -> Entry | None:
        if number in self.odd:
            return self.odd[number]
        place = bisect.bisect_right(self.spans, number, key=lambda span: span.first) - 1
        span = self.spans[place] if place >= 0 else None
        if span is None or number >= span.first + span.size:
            return None
        return self._row(span, number)

    def _row(self, span: Span, number: int) -> Entry:
        width = sum(self.widths) if self.widths else _ROW
        at = span.start + (number - span.first) * width
        if self.widths:
            return _packed_entry(self.rows[at : at + width], self.widths)
        kind = PLAIN if self.rows[at + 17 : at + 18] == b"n" else FREE
        where, place = self.rows[at : at + 10], self.rows[at + 11 : at + 16]
        return Entry(kind, int(where), int(place))


@dataclass(frozen=True, slots=True)
class Section:
    """One cross-reference section: its offset, entries and trailer."""

    offset: int
    end: int
    entries: Entries
    trailer: Mapping[str, Any]

    def with_hidden(self, other: Section) -> Section:
        """Return the section of a hybrid file with its hidden part."""
        return replace(self, entries=replace(self.entries, hidden=other.entries))


_ROW = 20
_ROWS = re.compile(rb"(?:\d{10} \d{5} [nf](?: \r| \n|\r\n))*+")
_ODD_ROW = re.compile(rb"(\d{1,10}) (\d{1,5}) ([nf])[ \r\n]{0,4}")
_TABLE = re.compile(rb"xref[\x00\t\x0c ]*[\r\n][\x00\t\n\x0c\r ]*")
_RANGE = re.compile(rb"(\d{1,10})[ \t]+(\d{1,10})[ \t]*(?:\r\n|\r|\n)[\r\n ]*")
_TRAILER = re.compile(rb"[\x00\t\n\x0c\r ]*trailer(?![A-Za-z])")


def read_table(data: bytes, offset: int) -> Section:
    """Return the cross-reference table at an offset with its trailer.

    Raises:
        PdfSyntaxError: there is none, or it is damaged.
    """
    match = _TABLE.match(data, offset)
    if not match:
        raise PdfSyntaxError("no cross-reference table")
    begin = at = match.end()
    spans: list[Span] = []
    odd: dict[int, Entry] = {}
    while (part := _RANGE.match(data, at)) and len(spans) < SPANS:
        first, count = int(part[1]), int(part[2])
        at, end = part.end(), part.end() + count * _ROW
        rows = _ROWS.match(data, at, end)
        if rows and rows.end() == end:
            spans.append(Span(first, count, at - begin))
            at = end
        else:
            at = _read_odd(data, at, first, count, odd)
    head = _TRAILER.match(data, at)
    trailer, end = read_value(data, head.end()) if head else (None, at)
    if not isinstance(trailer, dict):
        raise PdfSyntaxError("a table without trailer")
    entries = Entries(data[begin:at], _in_order(spans), (), odd)
    return Section(offset, end, entries, trailer)


def _read_odd(
    data: bytes, at: int, first: int, count: int, odd: dict[int, Entry]
) -> int:
    """Read rows that are narrower or wider than they should be."""
    if count + len(odd) > ODD_ROWS:
        raise PdfSyntaxError("a damaged cross-reference table")
    for number in range(first, first + count):
        row = _ODD_ROW.match(data, at)
        if not row:
            raise PdfSyntaxError("a damaged cross-reference table")
        kind = PLAIN if row[3] == b"n" else FREE
        odd[number] = Entry(kind, int(row[1]), int(row[2]))
        at = row.end()
    return at


def is_section_stream(value: Any) -> bool:
    """Say whether an object is a cross-reference stream."""
    return isinstance(value, Stream) and value.entries.get("Type") == Name("XRef")


def section_of_stream(placed: Placed) -> Section:
    """Return the section that a cross-reference stream holds.

    Raises:
        PdfSyntaxError: it is no such stream, or damaged.
    """
    stream = placed.value
    if not is_section_stream(stream):
        raise PdfSyntaxError("no cross-reference section here")
    widths = counts(stream.entries.get("W"))
    ranges = counts(stream.entries.get("Index", [0, stream.entries.get("Size")]))
    if len(widths) != 3 or max(widths) > 8 or not widths[1]:
        raise PdfSyntaxError("a damaged cross-reference stream")
    rows = inflate(stream)
    spans, at = [], 0
    for first, count in zip(ranges[::2], ranges[1::2], strict=False):
        spans.append(Span(first, count, at))
        at += count * sum(widths)
        if at > len(rows):
            raise PdfSyntaxError("a damaged cross-reference stream")
    entries = Entries(rows, _in_order(spans), tuple(widths))
    return Section(placed.start, placed.end, entries, stream.entries)


def counts(values: Any) -> list[int]:
    """Return an array of numbers that may count something.

    Raises:
        PdfSyntaxError: it is no such array.
    """
    if not isinstance(values, list):
        raise PdfSyntaxError("an array is missing")
    for value in values:
        if type(value) is not int or not 0 <= value < 2**40:
            raise PdfSyntaxError("a number that counts nothing")
    return values


def _in_order(spans: list[Span]) -> tuple[Span, ...]:
    rising = sorted(span for span in spans if span.size)
    for one, other in itertools.pairwise(rising):
        if one.first + one.size > other.first:
            raise PdfSyntaxError("an entry twice in a section")
    return tuple(rising)


def _packed_entry(row: bytes, widths: tuple[int, ...]) -> Entry:
    one, two, _ = widths
    kind = int.from_bytes(row[:one]) if one else PLAIN
    where = int.from_bytes(row[one : one + two])
    place = int.from_bytes(row[one + two :])
    if kind not in (FREE, PLAIN, PACKED):
        raise PdfSyntaxError("an entry of an unknown kind")
    return Entry(kind, where, place)
