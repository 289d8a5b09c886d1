"""The pages of a PDF as a reader sees them: text by line, size, picture.

Filled fields and other annotations are left out: what is read is the page itself.
pdfium may be used by one thread at a time; whoever uses it holds ``PDFIUM`` while it
does, and not for longer than one page takes.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from itertools import islice
from types import TracebackType

import pypdfium2

PDFIUM = threading.RLock()
"""Held by the thread that is inside pdfium."""

_MOST_ENTRIES = 2000
"""Entries of an outline that are read."""

_POINT = 1.0
"""Pixels a point: figures of nine points are five pixels high, and in grey."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey, one byte a pixel, rows from the top."""

    width: int
    height: int
    pixels: bytes

    def first_difference(self, other: Picture) -> tuple[int, int, int, int] | None:
        """Return the first band of rows that differ: left, top, right, bottom."""
        import numpy as np

        shape = (self.height, self.width)
        mine = np.frombuffer(self.pixels, np.uint8).reshape(shape)
        differs = mine != np.frombuffer(other.pixels, np.uint8).reshape(shape)
        rows = np.flatnonzero(differs.any(axis=1))
        if not len(rows):
            return None
        gaps = np.flatnonzero(np.diff(rows) > 2)
        last = rows[gaps[0]] if len(gaps) else rows[-1]
        columns = np.flatnonzero(differs[rows[0] : last + 1].any(axis=0))
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(last) + 1


class Pages:
    """The pages of one document; close it, or use it in a ``with``."""

    def __init__(self, pdf: bytes) -> None:
        with PDFIUM:
            self._document = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Pages:
        """Return the pages."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the document."""
        with PDFIUM:
            self._document.close()

    def __len__(self) -> int:
        """Return how many pages there are."""
        with PDFIUM:
            return len(self._document)

    def measures(self, index: int) -> tuple[float, ...]:
        """Return all that decides what part of a page is seen, and which way up."""
        with PDFIUM:
            page = self._document[index]
            try:
                boxes = (page.get_mediabox(), page.get_cropbox())
                return (*page.get_size(), page.get_rotation(), *boxes[0], *boxes[1])
            finally:
                page.close()

    def lines(self, index: int) -> tuple[str, ...]:
        """Return the text of a page, line by line."""
        with PDFIUM:
            page = self._document[index]
            text = page.get_textpage()
            try:
                return tuple(str(text.get_text_range()).splitlines())
            finally:
                text.close()
                page.close()

    def text_within(self, index: int, box: tuple[int, int, int, int]) -> str:
        """Return the text that touches a box of the page's picture."""
        left, top, right, bottom = (edge / _POINT for edge in box)
        with PDFIUM:
            page = self._document[index]
            text = page.get_textpage()
            try:
                height = page.get_height()
                found = text.get_text_bounded(
                    left - 1, height - bottom - 1, right + 1, height - top + 1
                )
                return " ".join(str(found).split())
            finally:
                text.close()
                page.close()

    def picture(self, index: int) -> Picture:
        """Return a page drawn without fields and other annotations."""
        with PDFIUM:
            page = self._document[index]
            bitmap = page.render(
                scale=_POINT, grayscale=True, may_draw_forms=False, draw_annots=False
            )
            try:
                rows, width = bitmap.height, bitmap.width
                whole, stride = bytes(bitmap.buffer), bitmap.stride
                pixels = b"".join(
                    whole[row * stride : row * stride + width] for row in range(rows)
                )
                return Picture(width, rows, pixels)
            finally:
                bitmap.close()
                page.close()

    def headings(self) -> tuple[str, ...]:
        """Return the titles of the first level of the outline, in order."""
        return tuple(title for level, title in self.outline() if level == 0)

    def outline(self) -> tuple[tuple[int, str], ...]:
        """Return the levels, from 0, and the titles of the outline, in order."""
        with PDFIUM:
            entries = islice(self._document.get_toc(max_depth=4), _MOST_ENTRIES)
            return tuple((entry.level, str(entry.get_title())) for entry in entries)
