"""The two faces of a report, as reportlab and the PDF see them.

Serif (宋体) sets running text, sans (黑体) headings, emphasis, tables and charts.
A ``ReportFont`` is registered with reportlab once; each document it is used in has
its own list of characters, and the small font that holds them is made when the
document is written. Text in a page is UTF-16, told to readers by a ToUnicode map,
so a copied or searched text is exactly what was set.
"""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterable
from functools import cache
from typing import Any

from valuer.reports import outlines
from valuer.reports.cff import small_font
from valuer.reports.outlines import VARIANTS, OutlineFont

SERIF = "ValuerSerif"
SANS = "ValuerSans"

_RARE = 0xD800
"""Codes of characters beyond U+FFFF begin here: no character can have them."""


class ReportFont:
    """A font in the shape reportlab expects of a dynamic one."""

    _multiByte = 1  # noqa: N815 - reportlab's name
    _dynamicFont = 1  # noqa: N815 - reportlab's name
    shapable = False

    def __init__(self, name: str, source: OutlineFont) -> None:
        self.fontName = name
        self.source = source
        self.face = _Metrics(name, source)
        self.substitutionFonts: list[ReportFont] = []
        self._uses: weakref.WeakKeyDictionary[Any, _Use] = weakref.WeakKeyDictionary()

    def stringWidth(  # noqa: N802 - reportlab's name
        self, text: str | bytes, size: float, encoding: str = "utf-8"
    ) -> float:
        """Return the width of a text in points."""
        shown = text.decode(encoding) if isinstance(text, bytes) else text
        return 0.001 * size * sum(map(self.source.width, shown))

    def splitString(  # noqa: N802 - reportlab's name
        self, text: str | bytes, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return the codes of a text; all characters live in subset 0."""
        shown = text.decode(encoding) if isinstance(text, bytes) else text
        return [(0, self.codes(shown, doc))]

    def codes(self, text: str, doc: Any) -> bytes:
        """Return two bytes for each character and note that it is used."""
        return self._use(doc).codes(text)

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        """Return the font's name in the page's resources, as in ``/F1``."""
        use = self._use(doc)
        if not use.internal:
            use.internal = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = f"/{use.internal}"
            doc.delayedFonts.append(self)
        return f"/{use.internal}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Write the font into the document, now that all its text is known."""
        use = self._use(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[use.internal] = _embedded(self.source, use, doc)

    def missing(self, doc: Any) -> tuple[str, ...]:
        """Return the characters of a document that the font cannot draw."""
        return tuple(c for c in sorted(self._use(doc).known) if not self.source.has(c))

    def _use(self, doc: Any) -> _Use:
        if doc not in self._uses:
            self._uses[doc] = _Use()
        return self._uses[doc]


@cache
def report_font(name: str) -> ReportFont:
    """Return one of the two fonts, ``SERIF`` or ``SANS``, registered with reportlab."""
    from reportlab.pdfbase import pdfmetrics

    source = outlines.serif() if name == SERIF else outlines.sans()
    font = ReportFont(name, source)
    pdfmetrics.registerFont(font)
    return font


def missing_characters(doc: Any) -> tuple[str, ...]:
    """Return what was asked of the fonts in a document and is in none of them."""
    found = {c for name in (SERIF, SANS) for c in report_font(name).missing(doc)}
    return tuple(sorted(found))


class _Metrics:
    """What reportlab asks of a face."""

    def __init__(self, name: str, source: OutlineFont) -> None:
        self.name = name
        self.ascent = source.ascent
        self.descent = source.descent


class _Use:
    """The characters of one font in one document."""

    def __init__(self) -> None:
        self.internal = ""
        self.known: dict[str, int] = {}

    def codes(self, text: str) -> bytes:
        known = self.known
        out = bytearray()
        for character in text:
            code = known.get(character)
            if code is None:
                code = known[character] = self._new(character)
            out += code.to_bytes(2, "big")
        return bytes(out)

    def _new(self, character: str) -> int:
        code = ord(character)
        if code <= 0xFFFF:
            return code
        return _RARE + sum(1 for c in self.known if ord(c) > 0xFFFF)


def _embedded(source: OutlineFont, use: _Use, doc: Any) -> Any:
    """Return a reference to the composite font and all that hangs on it."""
    from reportlab.pdfbase import pdfdoc

    pairs = sorted((code, character) for character, code in use.known.items())
    glyphs = [(code, source.outline(character)) for code, character in pairs]
    name = f"{subset_tag(use.known)}+{source.name}"

    def stream(content: bytes, **entries: Any) -> Any:
        made = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content)
        made.filters = [pdfdoc.PDFZCompress]
        return doc.Reference(made)

    def dictionary(entries: dict[str, Any]) -> Any:
        return doc.Reference(pdfdoc.PDFDictionary(entries))

    program = small_font(name, source, glyphs)
    descriptor = {
        "Type": pdfdoc.PDFName("FontDescriptor"),
        "FontName": pdfdoc.PDFName(name),
        "Flags": 4,
        "FontBBox": pdfdoc.PDFArray(list(source.box)),
        "ItalicAngle": 0,
        "Ascent": source.ascent,
        "Descent": source.descent,
        "CapHeight": source.cap_height,
        "StemV": source.stem,
        "FontFile3": stream(program, Subtype=pdfdoc.PDFName("CIDFontType0C")),
    }
    system = {
        "Registry": pdfdoc.PDFString("Adobe"),
        "Ordering": pdfdoc.PDFString("Identity"),
        "Supplement": 0,
    }
    descendant = {
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("CIDFontType0"),
        "BaseFont": pdfdoc.PDFName(name),
        "CIDSystemInfo": pdfdoc.PDFDictionary(system),
        "FontDescriptor": dictionary(descriptor),
        "DW": 1000,
        "W": pdfdoc.PDFArray(
            [
                part
                for code, outline in glyphs
                if outline.width != 1000
                for part in (code, pdfdoc.PDFArray([outline.width]))
            ]
        ),
    }
    composite = {
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("Type0"),
        "BaseFont": pdfdoc.PDFName(f"{name}-Identity-H"),
        "Encoding": pdfdoc.PDFName("Identity-H"),
        "DescendantFonts": pdfdoc.PDFArray([dictionary(descendant)]),
        "ToUnicode": stream(to_unicode(pairs)),
    }
    return dictionary(composite)


def subset_tag(characters: Iterable[str]) -> str:
    """Return the six letters that tell one subset from another."""
    digest = hashlib.sha256("".join(sorted(characters)).encode("utf-8")).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""

_CMAP_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def to_unicode(pairs: list[tuple[int, str]]) -> bytes:
    """Return the map from codes to the characters they stand for."""
    lines = [
        f"<{code:04X}> <{VARIANTS.get(c, c).encode('utf-16-be').hex().upper()}>"
        for code, c in pairs
    ]
    parts = [_CMAP_HEAD]
    for at in range(0, len(lines), 100):
        block = lines[at : at + 100]
        parts.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    parts.append(_CMAP_FOOT)
    return "".join(parts).encode("ascii")
