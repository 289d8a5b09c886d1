"""Take the recompute package out of a PDF that anybody may have made.

Only what our own reports have is followed: one flat list of attachments, one of our
name, one stream, deflated or plain, that unfolds to no more than a package may hold.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports.package import LARGEST, NAME, Package, read

LARGEST_FILE = 64 * 1024 * 1024
"""The most bytes of a signed report that is looked into."""

_MOST_FILES = 32
_NONE = N_("The file carries no recompute package ({name}).")


def package_of(pdf: bytes) -> Package:
    """Return the recompute package that a PDF carries.

    Raises:
        UserError: no PDF, protected, without a package or with several, or with one
            from which no report can have been made.
    """
    if len(pdf) > LARGEST_FILE:
        text = N_("The file is larger than {most} MB; it is none of our reports.")
        raise UserError(text, most=LARGEST_FILE // 1024**2)
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as document:
            streams = {stream.objgen: stream for stream in _streams(document)}
            if not streams:
                raise UserError(_NONE, name=NAME)
            if len(streams) > 1:
                text = N_("The file carries several recompute packages; one is wanted.")
                raise UserError(text)
            return read(_unfolded(next(iter(streams.values()))))
    except pikepdf.PasswordError:
        text = N_("The file is protected by a password; save it without one first.")
        raise UserError(text) from None
    except pikepdf.PdfError:
        raise UserError(N_("The file is damaged, or no PDF.")) from None


def language_of(pdf: bytes, otherwise: str) -> str:
    """Return the language of a report of ours, or ``otherwise`` for another file."""
    try:
        return package_of(pdf).language
    except UserError:
        return otherwise


def _streams(document: Any) -> Iterator[Any]:
    """Yield the streams of every attachment that has our name."""
    import pikepdf

    for file in _files(document.Root):
        names = [file.get(key) for key in ("/F", "/UF")]
        if all(str(name) != NAME for name in names if name is not None):
            continue
        embedded = file.get("/EF")
        if not isinstance(embedded, pikepdf.Dictionary):
            raise UserError(_NONE, name=NAME)
        for stream in embedded.as_dict().values():
            if not isinstance(stream, pikepdf.Stream):
                raise UserError(_NONE, name=NAME)
            yield stream


def _files(root: Any) -> Iterator[Any]:
    """Yield the attachments, by name and as associated files."""
    import pikepdf

    found = _array(root.get("/AF"))
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        tree = names.get("/EmbeddedFiles")
        if isinstance(tree, pikepdf.Dictionary):
            found += _array(tree.get("/Names"))[1::2]
            # Our own list is flat; what hides in branches is not ours.
            if "/Kids" in tree:
                raise UserError(_NONE, name=NAME)
    if len(found) > _MOST_FILES:
        raise UserError(_NONE, name=NAME)
    yield from (one for one in found if isinstance(one, pikepdf.Dictionary))


def _array(value: Any) -> list[Any]:
    import pikepdf

    if not isinstance(value, pikepdf.Array) or len(value) > 2 * _MOST_FILES:
        return []
    return list(value)


def _unfolded(stream: Any) -> bytes:
    """Return what a stream holds, never more than a package may."""
    raw = bytes(stream.read_raw_bytes())
    way = str(stream.get("/Filter", ""))
    if "/DecodeParms" in stream or len(raw) > LARGEST:
        raise UserError(_NONE, name=NAME)
    if not way:
        return raw
    if way != "/FlateDecode":
        raise UserError(_NONE, name=NAME)
    inflater = zlib.decompressobj()
    try:
        return inflater.decompress(raw, LARGEST + 1)
    except zlib.error:
        raise UserError(N_("The file is damaged, or no PDF.")) from None
