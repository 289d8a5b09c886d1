"""How large the sheets of an ods file are, before anything is laid out.

A row or a cell may be repeated a million times in a few bytes.

Source: OpenDocument 1.3 part 3, 9.1 and 19.675 (repetition of rows and columns).
"""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from valuer.core.progress import Progress
from valuer.imports.extents import Extent

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_PIECE = 1_000_000


def extents(stream: IO[bytes], progress: Progress) -> list[Extent]:
    """Return the rectangle of each sheet in ``content.xml``.

    Raises:
        ExpatError: not well-formed.
        ValueError: a document type, which no spreadsheet has, or a false count.
    """
    found = _Counter()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.StartDoctypeDeclHandler = _refuse_document_type
    while piece := stream.read(_PIECE):
        progress(0, 0)
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found.sheets


class _Counter:
    """Adds up repeated rows and cells; blank ones count only before full ones."""

    def __init__(self) -> None:
        self.sheets: list[Extent] = []
        self._row = 0
        self._column = 0
        self._last = 0
        self._repeated = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear the start of an element."""
        if name == _TABLE + "table":
            self.sheets.append(Extent())
            self._row = 0
        elif name == _TABLE + "table-row":
            self._column = self._last = 0
            self._repeated = int(attributes.get(_TABLE + "number-rows-repeated", 1))
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            key = _TABLE + "number-columns-repeated"
            self._column += max(int(attributes.get(key, 1)), 0)
            if any(one.startswith(_OFFICE) for one in attributes):
                self._last = self._column

    def end(self, name: str) -> None:
        """Hear the end of an element."""
        if name != _TABLE + "table-row" or not self.sheets:
            return
        self._row += max(self._repeated, 0)
        if self._last:
            self.sheets[-1].include(self._row - 1, self._last - 1)


def _refuse_document_type(*_: object) -> None:
    raise ValueError("a document type in a spreadsheet")
