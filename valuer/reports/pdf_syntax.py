"""Read PDF objects from bytes, strictly and with bounded work.

A verifier must see exactly what stands in the file, so this reader repairs nothing:
it follows ISO 32000-2, 7.3, refuses what is doubtful (a key twice in a dictionary,
nesting without end) and inflates no more than it was allowed. Names become ``Name``,
strings ``bytes``, hexadecimal strings ``HexString`` which know where they stood.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

DEPTH = 60
"""How deep arrays and dictionaries may nest."""

INFLATED = 16 * 1024 * 1024
"""How many bytes one stream may hold when inflated."""

LONGEST = 4 * 1024 * 1024
"""How many bytes a string, an array or a dictionary may take."""


class PdfSyntaxError(ValueError):
    """The bytes are not what PDF allows here."""


class Name(str):
    """A PDF name without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    """An indirect reference."""

    number: int
    generation: int


class HexString(bytes):
    """A hexadecimal string; ``start`` and ``end`` enclose it with its brackets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its dictionary and where its raw bytes stand."""

    entries: dict[str, Any]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """An indirect object with the bytes it takes, ``start`` to ``end``.

    Attributes:
        effort: how many bytes had to be read for it, raw streams left out.
    """

    ref: Ref
    value: Any
    start: int
    end: int
    effort: int


_SPACE = re.compile(rb"(?:[\x00\t\n\x0c\r ]++|%[^\r\n]*+)*+")
_REF = re.compile(
    rb"(\d{1,10})[\x00\t\n\x0c\r ]+(\d{1,5})[\x00\t\n\x0c\r ]+R(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
)
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)")
_WORD = re.compile(rb"(true|false|null)(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])")
_HEX = re.compile(rb"<([0-9A-Fa-f\x00\t\n\x0c\r ]*)>")
_OBJECT = re.compile(
    rb"(\d{1,10})[\x00\t\n\x0c\r ]+(\d{1,5})[\x00\t\n\x0c\r ]+obj(?![0-9A-Za-z])"
)
_STREAM = re.compile(rb"stream(\r\n|\n)")
_END_STREAM = re.compile(rb"(?:\r\n|\n|\r)?endstream(?![0-9A-Za-z])")
_END_OBJECT = re.compile(rb"endobj(?![0-9A-Za-z])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OCTAL = re.compile(rb"[0-7]{1,3}")
_PAREN = re.compile(rb"[()\\]")

_WORDS = {b"true": True, b"false": False, b"null": None}


def skip_space(data: bytes, at: int) -> int:
    """Return the position of the next byte that is no white space or comment."""
    match = _SPACE.match(data, at)
    return match.end() if match else at


def read_value(data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
    """Return the object that begins at ``at`` and the position behind it.

    Raises:
        PdfSyntaxError: no object begins there.
    """
    if depth > DEPTH:
        raise PdfSyntaxError("nested too deep")
    at = skip_space(data, at)
    head = data[at : at + 1]
    if head == b"/":
        return _read_name(data, at)
    if head == b"<":
        if data[at : at + 2] == b"<<":
            return _read_dictionary(data, at + 2, depth)
        return _read_hex(data, at)
    if head == b"[":
        return _read_array(data, at + 1, depth)
    if head == b"(":
        return _read_string(data, at + 1)
    return _read_atom(data, at)


def is_object(data: bytes, at: int) -> bool:
    """Say whether an indirect object begins exactly here."""
    return _OBJECT.match(data, at) is not None


def read_object(
    data: bytes, at: int, length: Callable[[Ref], int] | None = None
) -> Placed:
    """Return the indirect object that begins at ``at``, to its ``endobj``.

    Args:
        data: the file.
        at: where its number stands.
        length: tells the length of a stream that states it by reference.

    Raises:
        PdfSyntaxError: no object begins there, or it does not end as it must.
    """
    header = _OBJECT.match(data, at)
    if not header:
        raise PdfSyntaxError("no object here")
    value, end = read_value(data, header.end())
    effort = end - at
    end = skip_space(data, end)
    begin = _STREAM.match(data, end)
    if begin:
        if not isinstance(value, dict):
            raise PdfSyntaxError("a stream without a dictionary")
        size = _length(value, length)
        closing = _END_STREAM.match(data, begin.end() + size)
        if not closing:
            raise PdfSyntaxError("a stream of a wrong length")
        value = Stream(value, data[begin.end() : begin.end() + size])
        end = skip_space(data, closing.end())
    closing = _END_OBJECT.match(data, end)
    if not closing:
        raise PdfSyntaxError("an object without its end")
    ref = Ref(int(header[1]), int(header[2]))
    return Placed(ref, value, at, closing.end(), effort)


def inflate(stream: Stream, limit: int = INFLATED) -> bytes:
    """Return what a stream holds; only Flate and PNG predictors are known.

    Raises:
        PdfSyntaxError: another filter, damaged, or larger than ``limit``.
    """
    filters = stream.entries.get("Filter")
    parms = stream.entries.get("DecodeParms")
    if isinstance(filters, list) and len(filters) == 1:
        filters = filters[0]
        parms = parms[0] if isinstance(parms, list) and parms else parms
    if filters in (None, []):
        return stream.raw
    if filters not in (Name("FlateDecode"), Name("Fl")):
        raise PdfSyntaxError("a filter that is not known")
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(stream.raw, limit)
    except zlib.error as error:
        raise PdfSyntaxError("a damaged stream") from error
    if unpacker.unconsumed_tail:
        raise PdfSyntaxError("a stream that is too large")
    return _predicted(plain, parms if isinstance(parms, dict) else {})


def same(one: Any, other: Any) -> bool:
    """Say whether two objects are the same, type for type."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same(value, other[key]) for key, value in one.items()
        )
    if isinstance(one, Stream) and isinstance(other, Stream):
        return one.raw == other.raw and same(one.entries, other.entries)
    if isinstance(one, Ref) or isinstance(other, Ref):
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bytes) and isinstance(other, bytes):
        return bytes(one) == bytes(other)
    return type(one) is type(other) and bool(one == other)


def _length(entries: dict[str, Any], length: Callable[[Ref], int] | None) -> int:
    size = entries.get("Length")
    if isinstance(size, Ref) and length:
        size = length(size)
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise PdfSyntaxError("a stream without a length")
    return size


def _read_name(data: bytes, at: int) -> tuple[Name, int]:
    match = _NAME.match(data, at)
    if not match:
        raise PdfSyntaxError("no name")
    plain = match[1]
    if b"#" in plain:
        plain = _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), plain)
    return Name(plain.decode("latin-1")), match.end()


def _read_hex(data: bytes, at: int) -> tuple[HexString, int]:
    match = _HEX.match(data, at)
    if not match:
        raise PdfSyntaxError("no hexadecimal string")
    digits = match[1].translate(None, b"\x00\t\n\x0c\r ")
    text = HexString(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
    text.start, text.end = match.span()
    return text, match.end()


def _read_array(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    start = at
    while at - start < LONGEST:
        at = skip_space(data, at)
        if data[at : at + 1] == b"]":
            return items, at + 1
        item, at = read_value(data, at, depth + 1)
        items.append(item)
    raise PdfSyntaxError("an array that is too long")


def _read_dictionary(data: bytes, at: int, depth: int) -> tuple[dict[str, Any], int]:
    entries: dict[str, Any] = {}
    start = at
    while at - start < LONGEST:
        at = skip_space(data, at)
        if data[at : at + 2] == b">>":
            return entries, at + 2
        key, at = _read_name(data, at)
        if key in entries:
            raise PdfSyntaxError("a key twice in a dictionary")
        entries[key], at = read_value(data, at, depth + 1)
    raise PdfSyntaxError("a dictionary that is too long")


_ESCAPES = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
}


def _read_string(data: bytes, at: int) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    start, level = at, 1
    while at - start < LONGEST:
        match = _PAREN.search(data, at)
        if not match:
            raise PdfSyntaxError("a string without end")
        pieces.append(data[at : match.start()])
        at = match.end()
        if match[0] == b"\\":
            piece, at = _unescaped(data, at)
            pieces.append(piece)
            continue
        level += 1 if match[0] == b"(" else -1
        if level == 0:
            return b"".join(pieces), at
        pieces.append(match[0])
    raise PdfSyntaxError("a string that is too long")


def _unescaped(data: bytes, at: int) -> tuple[bytes, int]:
    digits = _OCTAL.match(data, at)
    if digits:
        return bytes([int(digits[0], 8) & 255]), digits.end()
    if data[at : at + 2] == b"\r\n":
        return b"", at + 2
    char = data[at : at + 1]
    return (b"" if char == b"\r" else _ESCAPES.get(char, char)), at + 1


def _read_atom(data: bytes, at: int) -> tuple[Any, int]:
    match = _REF.match(data, at)
    if match:
        return Ref(int(match[1]), int(match[2])), match.end()
    match = _NUMBER.match(data, at)
    if match:
        if len(match[0]) > 40:
            raise PdfSyntaxError("a number that is too long")
        digits = match[0]
        return (float(digits) if b"." in digits else int(digits)), match.end()
    match = _WORD.match(data, at)
    if match:
        return _WORDS[match[1]], match.end()
    raise PdfSyntaxError("no object here")


def _predicted(plain: bytes, parms: dict[str, Any]) -> bytes:
    predictor = parms.get("Predictor", 1)
    if predictor == 1:
        return plain
    columns = parms.get("Columns", 1)
    if not isinstance(predictor, int) or predictor < 10 or not isinstance(columns, int):
        raise PdfSyntaxError("a predictor that is not known")
    if not 0 < columns < 1_000 or parms.get("Colors", 1) != 1:
        raise PdfSyntaxError("a predictor that is not known")
    rows = []
    above = bytes(columns)
    for at in range(0, len(plain) - columns, columns + 1):
        above = _row(plain[at], plain[at + 1 : at + 1 + columns], above)
        rows.append(above)
    return b"".join(rows)


def _row(kind: int, row: bytes, above: bytes) -> bytes:
    if kind == 0:
        return row
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(row, above, strict=True))
    done = bytearray()
    for index, byte in enumerate(row):
        left = done[index - 1] if index else 0
        corner = above[index - 1] if index else 0
        guess = {1: left, 3: (left + above[index]) // 2}.get(kind)
        if guess is None:
            guess = _paeth(left, above[index], corner)
        done.append((byte + guess) & 255)
    return bytes(done)


def _paeth(left: int, above: int, corner: int) -> int:
    estimate = left + above - corner
    return min(
        (abs(estimate - left), 0, left),
        (abs(estimate - above), 1, above),
        (abs(estimate - corner), 2, corner),
    )[2]
