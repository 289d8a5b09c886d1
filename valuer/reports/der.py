"""Read DER strictly: one value has one encoding, and nothing else is taken.

A signature's container lies outside what it signs, so each of its bytes must be held
by a rule. This reader takes minimal lengths and single-byte tags only. Some signing
programs leave the length of the outer values open (BER); that is read, and written
back, as it stood.

Source: ITU-T X.690, clauses 8.1.3.6 and 10 (distinguished encoding rules).
"""

from __future__ import annotations

from dataclasses import dataclass

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 1, 2, 3, 4, 5, 6
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
SEQUENCE, SET = 0x30, 0x31

OPEN_DEPTH = 8
"""How deep values of open length may nest."""


class DerError(ValueError):
    """The bytes are not DER, or not what is wanted here."""


def require(condition: bool, reason: str) -> None:
    """Go on only if the condition holds.

    Raises:
        DerError: it does not.
    """
    if not condition:
        raise DerError(reason)


@dataclass(frozen=True, slots=True)
class Node:
    """One value: ``tag``, its whole encoding ``raw`` and its ``content``.

    Attributes:
        is_open: its length was left open and two zeros end it.
    """

    tag: int
    raw: bytes
    content: bytes
    is_open: bool = False

    def children(self) -> tuple[Node, ...]:
        """Return the values that the content consists of."""
        return read_all(self.content)

    def parts(self, count: int) -> tuple[Node, ...]:
        """Return the values that the content consists of, exactly so many.

        Raises:
            DerError: they are fewer or more.
        """
        children = self.children()
        require(len(children) == count, "parts are missing or too many")
        return children

    def expect(self, tag: int) -> Node:
        """Return this value if it has the tag.

        Raises:
            DerError: it has another.
        """
        if self.tag != tag:
            raise DerError("another kind of value is wanted")
        return self


def read(data: bytes) -> Node:
    """Return the one value that the bytes are.

    Raises:
        DerError: they are not exactly one value.
    """
    node, rest = read_first(data)
    require(not rest, "bytes behind the value")
    return node


def read_all(data: bytes) -> tuple[Node, ...]:
    """Return the values that follow one another in the bytes."""
    nodes = []
    at = 0
    while at < len(data):
        node = _read_at(data, at)
        nodes.append(node)
        at += len(node.raw)
    return tuple(nodes)


def read_first(data: bytes) -> tuple[Node, bytes]:
    """Return the first value and the bytes behind it."""
    node = _read_at(data, 0)
    return node, data[len(node.raw) :]


def _read_at(data: bytes, at: int, depth: int = 0) -> Node:
    if len(data) < at + 2 or data[at] & 0x1F == 0x1F:
        raise DerError("no value")
    size, begin = data[at + 1], at + 2
    if size == 0x80:
        return _read_open(data, at, depth)
    if size > 0x80:
        count = size & 0x7F
        require(count <= 4, "a length that is too long")
        size = int.from_bytes(data[begin : begin + count])
        begin += count
        if size < 0x80 or size >> (8 * (count - 1)) == 0:
            raise DerError("a length that is not minimal")
    end = begin + size
    require(end <= len(data), "a value that is cut off")
    return Node(data[at], data[at:end], data[begin:end])


def _read_open(data: bytes, at: int, depth: int) -> Node:
    """Read a value whose length was left open, up to its two zeros."""
    require(bool(data[at] & 0x20) and depth < OPEN_DEPTH, "an open length")
    end = at + 2
    while data[end : end + 2] != b"\0\0":
        end += len(_read_at(data, end, depth + 1).raw)
    return Node(data[at], data[at : end + 2], data[at + 2 : end], is_open=True)


def write(tag: int, *parts: bytes, is_open: bool = False) -> bytes:
    """Return the encoding of a value from the encodings of its parts."""
    content = b"".join(parts)
    if is_open:
        return bytes([tag, 0x80]) + content + b"\0\0"
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def integer(node: Node) -> int:
    """Return a small number that is not negative.

    Raises:
        DerError: it is negative, large, or not in its shortest form.
    """
    content = node.expect(INTEGER).content
    if not 1 <= len(content) <= 4 or content[0] & 0x80:
        raise DerError("a number that is out of range")
    if len(content) > 1 and content[0] == 0 and content[1] < 0x80:
        raise DerError("a number that is not minimal")
    return int.from_bytes(content)


def oid(node: Node) -> str:
    """Return an object identifier in dotted form."""
    content = node.expect(OID).content
    if not content or content[-1] & 0x80:
        raise DerError("no object identifier")
    arcs: list[int] = []
    arc = 0
    for byte in content:
        if byte == 0x80 and arc == 0:
            raise DerError("an object identifier that is not minimal")
        arc = (arc << 7) | (byte & 0x7F)
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def rewrite(node: Node, *parts: bytes) -> bytes:
    """Return the encoding of a value of this tag and form from other parts."""
    return write(node.tag, *parts, is_open=node.is_open)


def write_oid(dotted: str) -> bytes:
    """Return the encoding of an object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    content = bytearray()
    for arc in (40 * first + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | (arc & 0x7F))
        content.extend(reversed(groups))
    return write(OID, bytes(content))
