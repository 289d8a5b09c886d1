"""What the streams of a PDF hold: Flate with PNG predictors, inflated with a limit.

Only structure is read (cross-references, object streams, properties, revocation
lists), and all of that uses Flate or nothing. A bomb is refused, not followed.
"""

from __future__ import annotations

import itertools
import zlib
from typing import Any

from valuer.reports.pdf_syntax import Name, PdfSyntaxError, Stream

INFLATED = 16 * 1024 * 1024
"""How many bytes one stream may hold when inflated."""


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
    """Undo the filter of one row; of the five, structure uses the first three."""
    if kind == 0:
        return row
    if kind == 1:
        return bytes(total & 255 for total in itertools.accumulate(row))
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(row, above, strict=True))
    raise PdfSyntaxError("a predictor that is not known")
