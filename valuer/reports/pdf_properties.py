"""The properties of a PDF (title, author, dates) in its XMP packet, compared.

Signing programs rewrite the packet to note when they saved. That is no change of the
document as long as all else in it stays what it was.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from valuer.reports.pdf_streams import inflate
from valuer.reports.pdf_syntax import PdfSyntaxError, Stream

PACKET = 1024 * 1024
"""How large the packet may be, in bytes."""

_XMP = "{http://ns.adobe.com/xap/1.0/}"
_DATES = {
    f"{_XMP}ModifyDate",
    f"{_XMP}MetadataDate",
    f"{_XMP}CreatorTool",
    "{http://ns.adobe.com/xap/1.0/mm/}InstanceID",
    "{http://ns.adobe.com/pdf/1.3/}Producer",
    "{adobe:ns:meta/}xmptk",
}


def same_properties(one: object, other: object) -> bool:
    """Say whether two XMP packets differ in nothing but dates and program.

    A first packet, where ``one`` is None, may state nothing else.
    """
    before = [] if one is None else _properties(one)
    return before is not None and before == _properties(other)


def _properties(stream: object) -> list[tuple[str, str]] | None:
    if not isinstance(stream, Stream):
        return None
    try:
        packet = inflate(stream, PACKET)
        # No entity may be declared: a packet needs none, an attack would.
        if b"<!" in packet:
            return None
        root = ET.fromstring(packet)  # noqa: S314 - no entities, see above
    except (PdfSyntaxError, ET.ParseError, ValueError, LookupError):
        return None
    found = []
    for element in root.iter():
        found += [(k, v) for k, v in element.attrib.items() if v and k not in _DATES]
        written = (element.text or "").strip()
        if element.tag not in _DATES and written:
            found.append((element.tag, written))
    return sorted(found)
