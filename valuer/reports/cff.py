"""Write a small CID-keyed CFF font from the outlines a document uses.

Each glyph's CID is given by the caller; hints stay valid because every glyph keeps
the hinting values of the dictionary it came from. There are no subroutines, names
or dates in the font, so the same glyphs give the same bytes.

Source: Adobe Technical Note 5176, The Compact Font Format Specification.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from valuer.reports.outlines import Outline, OutlineFont

_PRIVATE = {
    "BlueValues": b"\x06",
    "OtherBlues": b"\x07",
    "FamilyBlues": b"\x08",
    "FamilyOtherBlues": b"\x09",
    "StdHW": b"\x0a",
    "StdVW": b"\x0b",
    "StemSnapH": b"\x0c\x0c",
    "StemSnapV": b"\x0c\x0d",
    "LanguageGroup": b"\x0c\x11",
    "defaultWidthX": b"\x14",
    "nominalWidthX": b"\x15",
}
"""The hinting values carried over; the fonts leave the others at their defaults."""

_HEADER = b"\x01\x00\x04\x04"
_REGISTRY = bytes.fromhex("f81bf81c8b0c1e")
"""The strings 391 and 392, Adobe and Identity, and the operator ROS; some readers
know a CID-keyed font by just these bytes."""


def small_font(
    name: str, source: OutlineFont, glyphs: Sequence[tuple[int, Outline]]
) -> bytes:
    """Return a CFF font of these glyphs, each given as (CID, outline), CIDs rising."""
    outlines = [source.notdef(), *(outline for _, outline in glyphs)]
    dictionaries = sorted({outline.dictionary for outline in outlines})
    place = {dictionary: i for i, dictionary in enumerate(dictionaries)}
    privates = [_private(source.private(d)) for d in dictionaries]
    charset = b"\x00" + b"".join(struct.pack(">H", cid) for cid, _ in glyphs)
    select = b"\x00" + bytes(place[outline.dictionary] for outline in outlines)
    programs = _index([outline.program for outline in outlines])
    front = _HEADER + _index([name.encode("ascii")])
    back = _index([b"Adobe", b"Identity"]) + _index([])
    box = source.box

    def top(at: int) -> bytes:
        """Return the top dictionary for a body that begins at ``at``."""
        charsets = at
        selects = charsets + len(charset)
        charstrings = selects + len(select)
        fonts = charstrings + len(programs)
        return b"".join(
            (
                _REGISTRY,
                _integers(*box) + b"\x05",
                _integers(max((cid for cid, _ in glyphs), default=0) + 1) + b"\x0c\x22",
                _integers(charsets) + b"\x0f",
                _integers(charstrings) + b"\x11",
                _integers(fonts) + b"\x0c\x24",
                _integers(selects) + b"\x0c\x25",
            )
        )

    # Every integer takes five bytes, so the sizes do not depend on the offsets.
    start = len(front) + len(_index([top(0)])) + len(back)
    body = charset + select + programs
    arrays = _font_dictionaries(privates, start + len(body))
    return front + _index([top(start)]) + back + body + arrays


def _font_dictionaries(privates: Sequence[bytes], at: int) -> bytes:
    """Return the array of font dictionaries and, behind it, their private ones."""

    def array(first: int) -> bytes:
        entries = []
        for private in privates:
            entries.append(_integers(len(private), first) + b"\x12")
            first += len(private)
        return _index(entries)

    return array(at + len(array(0))) + b"".join(privates)


def _private(values: Mapping[str, object]) -> bytes:
    out = b""
    for key, operator in _PRIVATE.items():
        value = values.get(key)
        if isinstance(value, list):
            steps = [int(b) - int(a) for a, b in zip([0, *value], value, strict=False)]
            out += _integers(*steps) + operator
        elif isinstance(value, int | float):
            out += _integers(int(value)) + operator
    return out


def _integers(*values: int) -> bytes:
    return b"".join(struct.pack(">Bi", 29, value) for value in values)


def _index(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\x00\x00"
    offsets, at = [], 1
    for item in (*items, b""):
        offsets.append(struct.pack(">I", at))
        at += len(item)
    head = struct.pack(">HB", len(items), 4)
    return head + b"".join(offsets) + b"".join(items)
