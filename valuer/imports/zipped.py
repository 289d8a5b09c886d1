"""Look through an xlsx or ods file before it is read.

Is it a workbook, does it unpack to a reasonable size, how large are its sheets, which
cells hold errors?

Each part is unpacked once, in pieces and to no more than its declared size, so a
file that lies about its size is found damaged and never fills the memory.

Source: ECMA-376 part 1, 18.3 (cells); OpenDocument 1.3 part 3, 9 (tables).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.core.zips import BROKEN_ZIP
from valuer.imports import open_document
from valuer.imports.extents import LIMIT_CELLS, Extent, damaged, protected, refuse_vast

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
LIMIT_UNPACKED = 600_000_000
LIMIT_PARTS = 20_000

_PIECE = 2_000_000
_OVERLAP = 2_000
_QUOTED = rb"\s*=\s*[\"']([^\"']*)[\"']"
# Attributes as every program writes them are found fast by their literal beginning;
# other spacing or quotes, which only a hand or a foe writes, are looked at slowly.
_FAR = re.compile(rb'r="(?:([A-Za-z]{2,4})\d+|[A-Za-z]?0*(\d{6,9}))"')
_FAR_ROW = re.compile(rb'r="[A-Za-z]{2,4}0*(\d{6,9})"')
_UNUSUAL = re.compile(rb"r(?:='|[ \t\r\n]+=|=[ \t\r\n])")
_CELL = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,4})0*(\d{1,9})[\"']")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\st=[\"']e[\"'])[^>]*\sr=[\"']([A-Z]+)(\d{1,9})[\"'][^>]*>"
    rb"(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>(#[^<]{1,20})<"
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\s\w+:id" + _QUOTED)
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_LINK_ID = re.compile(rb"\sId" + _QUOTED)
_LINK_TARGET = re.compile(rb"\sTarget" + _QUOTED)
_NEAR = (100_000, 26)
_BROKEN: tuple[type[Exception], ...] = (*BROKEN_ZIP, expat.ExpatError)
_OTHERS = (
    ("word/document.xml", N_("a text document")),
    ("ppt/presentation.xml", N_("a presentation")),
    ("xl/workbook.bin", N_("a binary workbook (xlsb)")),
)


def scan(data: bytes, name: str, progress: Progress) -> list[Extent]:
    """Return the errors in each sheet, in the sheets' order, once all is in bounds.

    Raises:
        UserError: no workbook, protected, damaged, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {_key(one.filename): one for one in archive.infolist()}
            _refuse_bomb(archive.infolist(), name)
            if "xl/workbook.xml" in parts:
                return _office_sheets(archive, parts, name, progress)
            if "content.xml" in parts and "meta-inf/manifest.xml" in parts:
                return _open_document_sheets(archive, parts, name, progress)
    except _BROKEN:
        raise damaged(name) from None
    for part, kind in _OTHERS:
        if part in parts:
            text = N_("{file} is {kind}; save the list as xlsx or csv and import that.")
            raise UserError(text, file=name, kind=message(kind))
    text = N_(
        "{file} is an archive, not a workbook; unpack it and import the list inside."
    )
    raise UserError(text, file=name)


def _key(part: str) -> str:
    """Return a part's name as the standard writes it; not every program does."""
    return part.replace("\\", "/").lstrip("/").casefold()


def _refuse_bomb(parts: list[zipfile.ZipInfo], name: str) -> None:
    if any(one.flag_bits & 1 for one in parts):
        raise protected(name)
    size = sum(one.file_size for one in parts)
    if size > LIMIT_UNPACKED or len(parts) > LIMIT_PARTS:
        text = N_(
            "{file} would unpack to more than {most} MB and was not opened; copy the"
            " list into a new workbook."
        )
        raise UserError(text, file=name, most=LIMIT_UNPACKED // 1_000_000)


def _office_sheets(
    archive: zipfile.ZipFile,
    parts: dict[str, zipfile.ZipInfo],
    name: str,
    progress: Progress,
) -> list[Extent]:
    found = {}
    for part in archive.infolist():
        extent = _near(_pieces(archive, part, progress))
        if extent.rows * extent.columns > LIMIT_CELLS:
            # The quick bound was not enough: look at every cell.
            refuse_vast([_exact(_pieces(archive, part, progress))], name)
        found[_key(part.filename)] = Extent(errors=extent.errors)
    return [found.get(part, Extent()) for part in _sheet_parts(archive, parts)]


def _open_document_sheets(
    archive: zipfile.ZipFile,
    parts: dict[str, zipfile.ZipInfo],
    name: str,
    progress: Progress,
) -> list[Extent]:
    if b"encryption-data" in archive.read(parts["meta-inf/manifest.xml"]):
        raise protected(name)
    with archive.open(parts["content.xml"]) as stream:
        refuse_vast(open_document.extents(stream, progress), name)
    return []


def _pieces(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, progress: Progress
) -> Iterator[bytes]:
    """Yield a part in pieces that overlap, so that nothing is cut in two."""
    tail = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            progress(0, 0)
            yield tail + piece
            tail = piece[-_OVERLAP:]


def _near(pieces: Iterable[bytes]) -> Extent:
    """Return a rectangle that holds all cells, mostly larger than need be."""
    found = Extent(*_NEAR)
    for piece in pieces:
        if _UNUSUAL.search(piece):
            _include_cells(found, piece)
        for letters, row in set(_FAR.findall(piece)):
            found.columns = max(found.columns, _column(letters))
            found.rows = max(found.rows, int(row or 0))
        if found.columns > _NEAR[1]:
            found.rows = max(found.rows, *map(int, _FAR_ROW.findall(piece)), 0)
        if b't="e"' in piece or b"t='e'" in piece:
            for letters, row, text in _ERROR.findall(piece):
                place = (int(row) - 1, _column(letters) - 1)
                found.errors[place] = text.decode("utf-8", "replace")
    return found


def _exact(pieces: Iterable[bytes]) -> Extent:
    found = Extent()
    for piece in pieces:
        _include_cells(found, piece)
    return found


def _include_cells(found: Extent, piece: bytes) -> None:
    for letters, row in _CELL.findall(piece):
        found.include(int(row) - 1, _column(letters) - 1)


def _column(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheet_parts(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]
) -> list[str]:
    """Return the names of the parts that hold the sheets, in the sheets' order."""
    links = {}
    for link in _LINK.findall(archive.read(parts["xl/_rels/workbook.xml.rels"])):
        key, target = _LINK_ID.search(link), _LINK_TARGET.search(link)
        if key and target:
            place = target[1].decode("utf-8", "replace")
            links[key[1]] = _key(place if place.startswith("/") else f"xl/{place}")
    sheets = _SHEET.findall(archive.read(parts["xl/workbook.xml"]))
    return [links.get(key, "") for key in sheets]
