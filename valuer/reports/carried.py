"""Take the recompute package, and the logo, out of a PDF that anybody may have made.

Only what our own reports have is followed: one flat list of attachments, one of our
name, one stream, deflated or plain, that unfolds to no more than a package may hold.
"""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from valuer.core.problems import UserError
from valuer.core.texts import N_, Message, message
from valuer.reports.logos import LARGEST as LARGEST_LOGO
from valuer.reports.logos import NAME as LOGO
from valuer.reports.package import LARGEST, NAME, Package, read

if TYPE_CHECKING:
    from valuer.reports.quality.package import QualityPackage

LARGEST_FILE = 64 * 1024 * 1024
"""The most bytes of a signed report that is looked into."""

_MOST_FILES = 32
_NONE = message(N_("The file carries no recompute package ({name})."), name=NAME)
_SEVERAL = message(N_("The file carries several recompute packages; one is wanted."))
_NO_LOGO = message(
    N_("The file does not carry the logo that it prints ({name})."), name=LOGO
)


def package_of(pdf: bytes) -> Package:
    """Return the recompute package that a PDF carries.

    Raises:
        UserError: no PDF, protected, without a package or with several, or with one
            from which no report can have been made.
    """
    return read(_taken(pdf, NAME, LARGEST, _NONE, _SEVERAL))


def quality_package_of(pdf: bytes) -> QualityPackage:
    """Return the recompute package that a quality report carries.

    Raises:
        UserError: as ``package_of`` does.
    """
    from valuer.reports.quality import package as quality

    none = message(
        N_("The file carries no recompute package ({name})."), name=quality.NAME
    )
    return quality.read(_taken(pdf, quality.NAME, quality.LARGEST, none, _SEVERAL))


def logo_of(pdf: bytes) -> bytes:
    """Return the logo that a PDF carries, as it is attached.

    Raises:
        UserError: no PDF, protected, without a logo or with several.
    """
    return _taken(pdf, LOGO, LARGEST_LOGO, _NO_LOGO, _NO_LOGO)


def language_of(pdf: bytes, otherwise: str) -> str:
    """Return the language of a report of ours, or ``otherwise`` for another file."""
    with contextlib.suppress(UserError):
        return package_of(pdf).language
    with contextlib.suppress(UserError):
        return quality_package_of(pdf).facts.language
    return otherwise


def _taken(
    pdf: bytes, name: str, largest: int, none: Message, several: Message
) -> bytes:
    """Return the one attachment of a name."""
    if len(pdf) > LARGEST_FILE:
        text = N_("The file is larger than {most} MB; it is none of our reports.")
        raise UserError(text, most=LARGEST_FILE // 1024**2)
    import pikepdf

    try:
        # Pages are not asked for: to walk through a million takes longer than a reader.
        with pikepdf.open(
            io.BytesIO(pdf), suppress_warnings=True, inherit_page_attributes=False
        ) as document:
            found = _streams(document, name, none)
            streams = {stream.objgen: stream for stream in found}
            if len(streams) != 1:
                raise _refusal(several if streams else none)
            return _unfolded(next(iter(streams.values())), largest, none)
    except pikepdf.PasswordError:
        text = N_("The file is protected by a password; save it without one first.")
        raise UserError(text) from None
    except pikepdf.PdfError:
        raise UserError(N_("The file is damaged, or no PDF.")) from None


def _refusal(wording: Message) -> UserError:
    return UserError(wording.text, **dict(wording.values))


def _streams(document: Any, wanted: str, none: Message) -> Iterator[Any]:
    """Yield the streams of every attachment that has this name."""
    import pikepdf

    for file in _files(document.Root, none):
        names = [file.get(key) for key in ("/F", "/UF")]
        if all(str(name) != wanted for name in names if name is not None):
            continue
        embedded = file.get("/EF")
        if not isinstance(embedded, pikepdf.Dictionary):
            raise _refusal(none)
        for stream in embedded.as_dict().values():
            if not isinstance(stream, pikepdf.Stream):
                raise _refusal(none)
            yield stream


def _files(root: Any, none: Message) -> Iterator[Any]:
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
                raise _refusal(none)
    if len(found) > _MOST_FILES:
        raise _refusal(none)
    yield from (one for one in found if isinstance(one, pikepdf.Dictionary))


def _array(value: Any) -> list[Any]:
    import pikepdf

    if not isinstance(value, pikepdf.Array) or len(value) > 2 * _MOST_FILES:
        return []
    return list(value)


def _unfolded(stream: Any, largest: int, none: Message) -> bytes:
    """Return what a stream holds, never much more than it may."""
    raw = bytes(stream.read_raw_bytes())
    way = str(stream.get("/Filter", ""))
    if "/DecodeParms" in stream or len(raw) > largest:
        raise _refusal(none)
    if not way:
        return raw
    if way != "/FlateDecode":
        raise _refusal(none)
    inflater = zlib.decompressobj()
    try:
        return inflater.decompress(raw, largest + 1)
    except zlib.error:
        raise UserError(N_("The file is damaged, or no PDF.")) from None
