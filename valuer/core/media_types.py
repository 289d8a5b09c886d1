"""What kind of file some bytes are, told by the bytes themselves and never by a name.

Nothing is unpacked or read in: only the marks at fixed places and the names of parts
that stand plainly in an archive are looked at. Source: the IANA register of media
types; the marks are those of the formats' own specifications.
"""

from __future__ import annotations

UNKNOWN = "application/octet-stream"

_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
)

_OFFICE = "application/vnd.openxmlformats-officedocument"
_PARTS = (
    (b"word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    (b"xl/workbook.", f"{_OFFICE}.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),  # 版式文件, GB/T 33190
    (b"mimetypeapplication/vnd.oasis.opendocument", "application/vnd.oasis"),
)

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r")) + b"\x7f"


def media_type(data: bytes) -> str:
    """Return the media type of some bytes; ``UNKNOWN`` where none is recognised."""
    for mark, name in _BEGINNINGS:
        if data.startswith(mark):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        named = (name for mark, name in _PARTS if mark in data)
        return next(named, "application/zip")
    return "text/plain" if _is_text(data) else UNKNOWN


def _is_text(data: bytes) -> bool:
    """Whether these are words: UTF-8, or GBK as older Chinese systems write it."""
    if not data or data.translate(None, _CONTROLS) != data:
        return False
    return any(_decodes(data, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
