"""An sRGB colour profile, written by code.

A PDF/A needs to carry the meaning of its colours. Profiles that ship with programs
carry dates and makers; this one is computed from the standard and always the same.

Source: IEC 61966-2-1 for the curve; ICC.1:2001-04 for the file; Lindbloom, primaries
of sRGB adapted to D50 by Bradford's method.
"""

from __future__ import annotations

import struct

_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_CURVES = (b"rTRC", b"gTRC", b"bTRC")
_POINTS = 1024
_HEADER_SIZE = 128


def srgb() -> bytes:
    """Return the profile as the bytes of an ICC file, version 2.1."""
    curve = _curve()
    tags = [
        (b"desc", _description("sRGB IEC61966-2.1")),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0"),
        (b"wtpt", _xyz(_D50)),
        *((tag, _xyz(value)) for tag, value in _PRIMARIES.items()),
        *((tag, curve) for tag in _CURVES),
    ]
    start = at = _HEADER_SIZE + 4 + 12 * len(tags)
    table, body, places = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for tag, data in tags:
        if data not in places:  # the three curves are one
            places[data] = at
            padded = data + bytes(-len(data) % 4)
            body += padded
            at += len(padded)
        table += struct.pack(">4sII", tag, places[data], len(data))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    head = struct.pack(">I4xI4s4s4s", size, 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    date = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    head += date + b"acsp" + bytes(28) + _fixed(_D50)
    return head + bytes(_HEADER_SIZE - len(head))


def _fixed(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">3i", *(round(value * 65536) for value in values))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _description(text: str) -> bytes:
    plain = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(plain)) + plain + bytes(78)


def _curve() -> bytes:
    values = [round(65535 * _linear(i / (_POINTS - 1))) for i in range(_POINTS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_POINTS}H", _POINTS, *values)


def _linear(value: float) -> float:
    """Return the light of a coded value, both from 0 to 1."""
    if value <= 0.04045:
        return value / 12.92
    return float(((value + 0.055) / 1.055) ** 2.4)
