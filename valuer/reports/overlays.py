"""What a PDF has besides the text and the picture of its pages.

A page is read without the annotations upon it, so these are compared by themselves: a
note laid over a figure, a layer that can be switched on, a form that a viewer shows in
the page's stead. A report has links, and signatures in the boxes made for them. A page
that draws what a report never draws is told and not drawn at all, however much it may
hold.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.problems import UserError
from valuer.core.texts import N_

_SIGNED_ROOT = frozenset(("/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version"))
"""What signing adds to the catalogue of a file."""

_FORM = frozenset(("/Fields", "/SigFlags", "/DR", "/DA"))
_DRAWN = ("/XObject", "/Pattern", "/Shading", "/ExtGState", "/Properties")
_QUIET = frozenset(("/Annots", "/CropBox", "/Tabs"))
"""What a page may have that the page made anew has not: annotations and its size are
compared by themselves, and in which order fields are reached is not seen."""

_LINK = frozenset(
    ("/Type", "/Subtype", "/Rect", "/Border", "/Dest", "/Contents", "/F", "/P")
)
"""What a link of ours has: it leads to a page of the report, and draws nothing."""

_NAME = 80
"""How much of an attachment's name is told."""

_MOST_FILES = 64
_TOLERANCE = 0.5
_MORE = 65_536
_MOST_ANNOTATIONS = 2000

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page has besides its text and picture.

    Attributes:
        links: rectangles of its links.
        boxes: rectangles of its signature fields, those without area left out.
        others: kinds of whatever else lies upon it.
        drawn: names of the kinds of things its content may call up.
        keys: what its dictionary holds: actions, files and units among them.
        size: bytes of its content, unfolded; None where that cannot be told cheaply.
    """

    links: tuple[Rectangle, ...]
    boxes: tuple[Rectangle, ...]
    others: tuple[str, ...]
    drawn: frozenset[str]
    keys: frozenset[str]
    size: int | None


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A file's pages, and what its catalogue holds besides, each file by its name."""

    extras: frozenset[str]
    sheets: tuple[Sheet, ...]


def skeleton(pdf: bytes, most_pages: int, most_content: int) -> Skeleton:
    """Return what a PDF has besides text and pictures.

    Raises:
        UserError: no PDF, or one with other than ``most_pages`` pages at most.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as document:
            if len(document.pages) > most_pages:
                text = N_("The file has {count} pages; the report has {wanted}.")
                raise UserError(text, count=len(document.pages), wanted=most_pages)
            sheets = tuple(_sheet(page.obj, most_content) for page in document.pages)
            return Skeleton(frozenset(_extras(document.Root)), sheets)
    except pikepdf.PdfError:
        raise UserError(N_("The file is damaged, or no PDF.")) from None


def unplanned(does: Sheet, should: Sheet) -> Iterator[str]:
    """Yield the kinds of things that a page has and should not have, or lacks."""
    if Counter(does.links) != Counter(should.links):
        yield "Link"
    if any(not _stands_in(box, should.boxes) for box in does.boxes):
        yield "Sig"
    yield from does.others
    yield from sorted(does.drawn - should.drawn)
    yield from sorted(does.keys - should.keys - _QUIET)
    limit = 2 * (should.size or 0) + _MORE
    if does.size is None or does.size > limit:
        yield "Contents"


def _extras(root: Any) -> Iterator[str]:
    """Yield what the catalogue holds beyond what signing adds."""
    import pikepdf

    yield from (key for key in root if key not in _SIGNED_ROOT)
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        yield from (f"/AcroForm{key}" for key in form if key not in _FORM)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        yield from (f"/Names{key}" for key in names)
        yield from (f"/EmbeddedFiles {name}" for name in _attached(root, names))


def _attached(root: Any, names: Any) -> Iterator[str]:
    """Yield the names of the files carried, each as often as it is listed."""
    import pikepdf

    tree = names.get("/EmbeddedFiles")
    listed = tree.get("/Names") if isinstance(tree, pikepdf.Dictionary) else None
    lists = [(root.get("/AF"), 1), (listed, 2)]
    for found, step in lists:
        size = len(found) if isinstance(found, pikepdf.Array) else 0
        for place in range(step - 1, min(size, _MOST_FILES), step):
            file = found[place]
            is_file = isinstance(file, pikepdf.Dictionary)
            yield str(file.get("/UF", file.get("/F", "")))[:_NAME] if is_file else ""
        if size > _MOST_FILES:
            yield str(size)


def _sheet(page: Any, most_content: int) -> Sheet:
    import pikepdf

    links: list[Rectangle] = []
    boxes: list[Rectangle] = []
    others: list[str] = []
    annotations = page.get("/Annots", ())
    if not isinstance(annotations, pikepdf.Array | tuple):
        annotations, others = (), ["/Annots"]
    if len(annotations) > _MOST_ANNOTATIONS:
        annotations, others = (), ["/Annots"]
    for one in annotations:
        kind, rectangle = _kind(one), _rectangle(one)
        if rectangle is None:
            others.append(kind)
        elif kind == "/Link" and _is_plain(one):
            links.append(rectangle)
        elif kind == "/Sig":
            if rectangle[2] > rectangle[0] and rectangle[3] > rectangle[1]:
                boxes.append(rectangle)
        else:
            others.append(kind)
    return Sheet(
        tuple(links),
        tuple(boxes),
        tuple(others),
        frozenset(_drawn(page)),
        frozenset(page.keys()),
        _size(page, most_content),
    )


def _is_plain(link: Any) -> bool:
    """Whether a link is as ours are: its border could cover what stands beside it."""
    border = [str(side) for side in link.get("/Border", ())]
    return set(link.keys()) <= _LINK and border == ["0", "0", "0"]


def _kind(annotation: Any) -> str:
    """Return an annotation's kind; a signature field is ``/Sig``."""
    import pikepdf

    if not isinstance(annotation, pikepdf.Dictionary):
        return "/Annot"
    kind = str(annotation.get("/Subtype", "/Annot"))
    field = annotation
    if kind == "/Widget" and "/FT" not in field:
        parent = field.get("/Parent")
        field = parent if isinstance(parent, pikepdf.Dictionary) else field
    if kind == "/Widget" and str(field.get("/FT", "")) == "/Sig":
        return "/Sig"
    return kind


def _rectangle(annotation: Any) -> Rectangle | None:
    import pikepdf

    if not isinstance(annotation, pikepdf.Dictionary):
        return None
    corners = annotation.get("/Rect")
    if not isinstance(corners, pikepdf.Array) or len(corners) != 4:
        return None
    try:
        left, bottom, right, top = (round(float(edge), 2) for edge in corners)
    except (TypeError, ValueError):
        return None
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _stands_in(box: Rectangle, planned: tuple[Rectangle, ...]) -> bool:
    return any(
        all(abs(a - b) <= _TOLERANCE for a, b in zip(box, one, strict=True))
        for one in planned
    )


def _drawn(page: Any) -> Iterator[str]:
    """Yield the kinds of things that a page's content may call up, fonts apart."""
    import pikepdf

    resources = page.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return
    for kind in _DRAWN:
        held = resources.get(kind)
        if held is not None and not (
            isinstance(held, pikepdf.Dictionary) and not held.keys()
        ):
            yield kind


def _size(page: Any, most: int) -> int | None:
    """Return how long a page's content is, unfolding no more than ``most`` bytes."""
    import pikepdf

    content = page.get("/Contents", ())
    streams = [content] if isinstance(content, pikepdf.Stream) else content
    if not isinstance(streams, list | tuple | pikepdf.Array) or len(streams) > 16:
        return None
    total = 0
    for stream in streams:
        if not isinstance(stream, pikepdf.Stream) or "/DecodeParms" in stream:
            return None
        raw = bytes(stream.read_raw_bytes())
        way = str(stream.get("/Filter", ""))
        if way == "/FlateDecode":
            try:
                raw = zlib.decompressobj().decompress(raw, most + 1)
            except zlib.error:
                return None
        elif way:
            return None
        total += len(raw)
        if total > most:
            return None
    return total
