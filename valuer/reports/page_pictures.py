"""The pages of a signed PDF before and after what was added, as pictures.

Pages are drawn with all that lies upon them, as a reader sees them. Where a page was
added or removed the others are paired as they stood. Of a file that is not as signed,
pages that look otherwise are found even where its structure does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pypdfium2

from valuer.core.progress import Progress, ignore
from valuer.reports.additions import Addition, Kind
from valuer.reports.pdfium import PDFIUM

PICTURED = 12
"""How many pages are pictured; the words name all."""

COMPARED = 200
"""How many pages are looked at for differences that the structure does not tell."""

WIDTH, HEIGHT = 640, 1000
"""A picture's bounds, in pixels."""

_SMALL = 240


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture, three bytes a pixel: red, green, blue."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """A page before and after.

    Attributes:
        page: its number, from 1; of a page that was removed, the number that it had.
        before: None where there was no such page, or none that can be drawn; so after.
    """

    page: int
    before: Drawn | None
    after: Drawn | None


def pairs(
    pdf: bytes,
    end: int,
    added: Sequence[Addition],
    progress: Progress = ignore,
) -> tuple[Pair, ...]:
    """Return the pages to which something was added, before and after.

    Args:
        pdf: the file.
        end: how many bytes of it the signature covers.
        added: what was added since; where all of it is allowed, other pages are not
            looked at.
        progress: may raise ``Cancelled``.
    """
    with _opened(pdf[:end]) as before, _opened(pdf) as after:
        order = _Order(added, _count(before), _count(after))
        places = set(order.told)
        if not all(one.allowed for one in added):
            places |= set(_unlike(before, after, order, progress))
        found: list[Pair] = []
        for place in sorted(places)[:PICTURED]:
            progress(len(found), min(len(places), PICTURED))
            old, new = place
            one = _draw(before, old, WIDTH, HEIGHT)
            other = _draw(after, new, WIDTH, HEIGHT)
            found.append(Pair(new or old, one, other))
        return tuple(found)


class _Order:
    """Which page was which: pairs of numbers from 1, 0 where there is none."""

    def __init__(self, added: Sequence[Addition], old: int, new: int) -> None:
        come = _pages(added, Kind.PAGE_ADDED)
        gone = _pages(added, Kind.PAGE_REMOVED)
        stood = (number for number in range(1, old + 1) if number not in gone)
        kept = (number for number in range(1, new + 1) if number not in come)
        self.kept = list(zip(stood, kept, strict=False))
        both = {after: (before, after) for before, after in self.kept}
        changed = {
            page for one in added if one.kind not in _WHOLE for page in one.pages
        }
        self.told = {
            *((0, page) for page in come),
            *((page, 0) for page in gone),
            *(both.get(page, (0, page)) for page in changed),
        }


_WHOLE = (Kind.PAGE_ADDED, Kind.PAGE_REMOVED)


def _pages(added: Sequence[Addition], kind: Kind) -> set[int]:
    return {page for one in added if one.kind is kind for page in one.pages}


def _unlike(
    before: Any, after: Any, order: _Order, progress: Progress
) -> Iterator[tuple[int, int]]:
    """Yield the pages that look otherwise than they did."""
    for place, (old, new) in enumerate(order.kept[:COMPARED]):
        progress(place, len(order.kept[:COMPARED]))
        if _draw(before, old, _SMALL, _SMALL) != _draw(after, new, _SMALL, _SMALL):
            yield old, new


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """Open a document; None where there is nothing to be drawn."""
    document = None
    with PDFIUM, suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(pdf)
        if document.get_formtype():
            document.init_forms()
    try:
        yield document
    finally:
        if document is not None:
            with PDFIUM:
                document.close()


def _count(document: Any) -> int:
    if document is None:
        return 0
    with PDFIUM:
        return len(document)


def _draw(document: Any, number: int, width: int, height: int) -> Drawn | None:
    """Return a page by its number from 1, within bounds; None for none."""
    if document is None or number < 1:
        return None
    with PDFIUM, suppress(pypdfium2.PdfiumError, IndexError):
        page = document[number - 1]
        try:
            across, down = page.get_size()
            if across < 1 or down < 1:
                return None
            bitmap = page.render(
                scale=min(width / across, height / down), rev_byteorder=True
            )
            try:
                pixels = bytes(bitmap.buffer)
                return Drawn(bitmap.width, bitmap.height, bitmap.stride, pixels)
            finally:
                bitmap.close()
        finally:
            page.close()
    return None
