"""Read PDF objects from bytes, strictly and with bounded work.

A verifier must see exactly what stands in the file, so this reader repairs nothing:
it follows ISO 32000-2, 7.3, and refuses what is doubtful: a key twice in a dictionary,
nesting without end, values of a megabyte. Names become ``Name``,
strings ``bytes``, hexadecimal strings ``HexString`` which know where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

DEPTH = 60
"""How deep arrays and dictionaries may nest."""

LONGEST = 1024 * 1024
"""How many bytes a string, an array or a dictionary may take."""

SPACE = 64 * 1024
"""How many bytes of white space and comments may stand in one place."""


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
        effort: about how many values had to be read for it.
    """

    ref: Ref
    value: Any
    start: int
    end: int
    effort: int


_SPACE = re.compile(rb"(?:[\x00\t\n\x0c\r ]++|%[^\r\n]*+)*+")
_ATOM = re.compile(
    rb"(\d{1,10})[\x00\t\n\x0c\r ]++(\d{1,5})[\x00\t\n\x0c\r ]++R(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
    rb"|([+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40}))(?!\d)"
    rb"|(true|false|null)(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
)
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)")
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

_MARKS = (
    b" ",
    b"/",
    b"[",
    b"(",
    b"<",
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"\\",
    b"+",
    b"-",
    b".",
)
_WORDS = {b"true": True, b"false": False, b"null": None}


def skip_space(data: bytes, at: int) -> int:
    """Return the position of the next byte that is no white space or comment."""
    match = _SPACE.match(data, at, at + SPACE)
    return match.end() if match else at


def read_value(data: bytes, at: int) -> tuple[Any, int]:
    """Return the object that begins at ``at`` and the position behind it.

    Raises:
        PdfSyntaxError: no object begins there.
    """
    return _read_value(data, skip_space(data, at), 0)


def effort(data: bytes, start: int, end: int) -> int:
    """Return about how many values stand in a part of the file."""
    return 1 + sum(data.count(mark, start, end) for mark in _MARKS)


def _read_value(data: bytes, at: int, depth: int) -> tuple[Any, int]:
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
    cost = effort(data, at, end)
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
    return Placed(ref, value, at, closing.end(), cost)


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
    if depth > DEPTH:
        raise PdfSyntaxError("nested too deep")
    items: list[Any] = []
    start = at
    while at - start < LONGEST:
        at = skip_space(data, at)
        if data[at : at + 1] == b"]":
            return items, at + 1
        item, at = _read_value(data, at, depth + 1)
        items.append(item)
    raise PdfSyntaxError("an array that is too long")


def _read_dictionary(data: bytes, at: int, depth: int) -> tuple[dict[str, Any], int]:
    if depth > DEPTH:
        raise PdfSyntaxError("nested too deep")
    entries: dict[str, Any] = {}
    start = at
    while at - start < LONGEST:
        at = skip_space(data, at)
        if data[at : at + 2] == b">>":
            return entries, at + 2
        key, at = _read_name(data, at)
        if key in entries:
            raise PdfSyntaxError("a key twice in a dictionary")
        at = skip_space(data, at)
        entries[key], at = _read_value(data, at, depth + 1)
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
    match = _ATOM.match(data, at)
    if not match:
        raise PdfSyntaxError("no object here")
    number, generation, digits, word = match.groups()
    if number:
        return Ref(int(number), int(generation)), match.end()
    if digits:
        return (float(digits) if b"." in digits else int(digits)), match.end()
    return _WORDS[word], match.end()
