"""Outlines of the Chinese fonts that ship with the program.

reportlab embeds TrueType outlines only, the two Noto fonts hold CFF outlines. So
the program embeds CFF itself, which PDF has always allowed: it takes the characters
a document uses, writes out their subroutines in place, and makes a small CID-keyed
font of them. No curve is converted, and the same characters give the same bytes.

The number of a character in the small font (its CID) is its Unicode code point, so
text in a page's content is plain UTF-16 and text extraction cannot go wrong.

Source: Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings).
"""

from __future__ import annotations

import bisect
import struct
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

GETA = "〓"
"""Drawn where the fonts have no glyph, as Chinese typesetters do."""

WIDE = "—"
"""Drawn one em wide between Chinese characters."""

NARROW = "‘’“”…"
"""Drawn narrow between Latin letters; the fonts have the glyphs as ``pwid``."""

TRIMMED = "×÷±≤≥≠≈√∑∞→·‰§"
"""Drawn without their wide margins between Latin letters and figures."""

VARIANTS = {chr(0xF600 + i): c for i, c in enumerate(WIDE + NARROW + TRIMMED)}
"""Private characters that stand for the other form of a character."""

_BLANKS = {0x2002: 500, 0x2003: 1000, 0x2009: 200, 0x202F: 200}
_MARGIN = 60
_SMALL = 0.62
_RISE = {"<super>": 340, "<sub>": -140}


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph: its Type 2 program, its font dictionary, its width in 1/1000 em."""

    program: bytes
    dictionary: int
    width: int


class OutlineFont:
    """One OpenType font with CFF outlines, read as far as it is needed."""

    def __init__(self, path: Path) -> None:
        from fontTools.ttLib import TTFont

        self._lock = threading.Lock()
        with TTFont(path, lazy=True) as font:
            self._top = font["CFF "].cff.topDictIndex[0]  # holds its own bytes
            self._glyphs = _CharacterMap(font.reader["cmap"])
            self._widths = _advances(font)
            self._variants = _variants(font, self._glyphs)
            self.name = str(font["name"].getDebugName(6))
            self.ascent = int(font["OS/2"].sTypoAscender)
            self.descent = int(font["OS/2"].sTypoDescender)
            self.cap_height = int(font["OS/2"].sCapHeight)
        self._programs = self._top.CharStrings.charStringsIndex
        self._subroutines = [bytes(s.bytecode) for s in self._top.GlobalSubrs]
        self._local: dict[int, list[bytes]] = {}
        self.box = tuple(int(v) for v in self._top.FontBBox)
        self.stem = int(self.private(self._top.FDSelect[self._glyphs[0x49]])["StdVW"])

    def has(self, character: str) -> bool:
        """Tell whether the font can draw a character, variants included."""
        code = ord(VARIANTS.get(character, character))
        return code in self._glyphs or code in _BLANKS or self._parts(code) is not None

    @cache  # noqa: B019 - the fonts live as long as the program
    def width(self, character: str) -> int:
        """Return a character's advance in 1/1000 em; a missing one is geta-wide."""
        code = ord(character)
        if character in VARIANTS:
            return self.outline(character).width
        if code in _BLANKS:
            return _BLANKS[code]
        if code in self._glyphs:
            return self._widths[self._glyphs[code]]
        parts = self._parts(code)
        if parts is None:
            return self._widths[self._glyphs[ord(GETA)]]
        return round(self._widths[self._glyphs[parts[0]]] * _SMALL)

    @cache  # noqa: B019 - the fonts live as long as the program
    def outline(self, character: str) -> Outline:
        """Return how a character is drawn; a missing one as the geta mark."""
        code = ord(character)
        with self._lock:  # fontTools reads lazily from one stream
            if character in VARIANTS:
                return self._variant(VARIANTS[character])
            if code in self._glyphs:
                return self._glyph(self._glyphs[code])
            if code in _BLANKS:
                return self._blank(_BLANKS[code])
            parts = self._parts(code)
            if parts is None:
                return self._glyph(self._glyphs[ord(GETA)])
            base, rise = parts
            return self._redrawn(
                self._glyph(self._glyphs[base]), (_SMALL, 0, 0, _SMALL, 0, rise)
            )

    def private(self, dictionary: int) -> Mapping[str, Any]:
        """Return the hinting values of one of the font's dictionaries."""
        values: Mapping[str, Any] = self._top.FDArray[dictionary].Private.rawDict
        return values

    def notdef(self) -> Outline:
        """Return the glyph every font must begin with."""
        with self._lock:
            return self._glyph(0)

    def _parts(self, code: int) -> tuple[int, int] | None:
        """Return base and rise of a sub- or superscript the font lacks."""
        kind, _, base = unicodedata.decomposition(chr(code)).partition(" ")
        if kind not in _RISE or " " in base or int(base, 16) not in self._glyphs:
            return None
        return int(base, 16), _RISE[kind]

    def _glyph(self, glyph: int) -> Outline:
        dictionary = self._top.FDSelect[glyph]
        if dictionary not in self._local:
            private = self._top.FDArray[dictionary].Private
            subroutines = getattr(private, "Subrs", ())
            self._local[dictionary] = [bytes(s.bytecode) for s in subroutines]
        program = _Inliner(self._local[dictionary], self._subroutines)
        program.run(self._programs[glyph].bytecode)
        return Outline(bytes(program.out), dictionary, self._widths[glyph])

    def _variant(self, character: str) -> Outline:
        if character in self._variants:
            return self._glyph(self._variants[character])
        glyph = self._glyph(self._glyphs[ord(character)])
        left, _, right, _ = self._bounds(glyph)
        if left <= _MARGIN and glyph.width - right <= _MARGIN:
            return glyph
        width = round(right - left) + 2 * _MARGIN
        return self._redrawn(glyph, (1, 0, 0, 1, _MARGIN - left, 0), width)

    def _blank(self, width: int) -> Outline:
        space = self._glyphs[0x20]
        dictionary = self._top.FDSelect[space]
        return Outline(self._program(dictionary, width, None), dictionary, width)

    def _bounds(self, outline: Outline) -> tuple[float, float, float, float]:
        from fontTools.pens.boundsPen import BoundsPen

        pen = BoundsPen(None)
        self._drawn(outline).draw(pen)
        bounds: tuple[float, float, float, float] = pen.bounds
        return bounds

    def _redrawn(
        self,
        outline: Outline,
        matrix: tuple[float, ...],
        width: int | None = None,
    ) -> Outline:
        from fontTools.pens.t2CharStringPen import T2CharStringPen
        from fontTools.pens.transformPen import TransformPen

        new = round(outline.width * matrix[0]) if width is None else width
        pen = T2CharStringPen(None, None)
        self._drawn(outline).draw(TransformPen(pen, matrix))
        program = self._program(outline.dictionary, new, pen)
        return Outline(program, outline.dictionary, new)

    def _drawn(self, outline: Outline) -> Any:
        """Return a fontTools charstring, to be drawn with a pen."""
        from fontTools.misc.psCharStrings import T2CharString

        private = self._top.FDArray[outline.dictionary].Private
        return T2CharString(outline.program, None, private, [])

    def _program(self, dictionary: int, width: int, pen: Any) -> bytes:
        from fontTools.misc.psCharStrings import T2CharString

        nominal = self.private(dictionary).get("nominalWidthX", 0)
        drawn = ["endchar"] if pen is None else pen.getCharString().program
        charstring = T2CharString(program=[round(width - nominal), *drawn])
        charstring.compile()
        return bytes(charstring.bytecode)


@cache
def serif() -> OutlineFont:
    """Return Noto Serif SC (宋体), for running text."""
    import pylopdf_fonts_zh_cn

    return OutlineFont(pylopdf_fonts_zh_cn.serif_path())


@cache
def sans() -> OutlineFont:
    """Return Noto Sans SC (黑体), for headings, emphasis, tables and charts."""
    import pylopdf_fonts_zh_cn

    return OutlineFont(pylopdf_fonts_zh_cn.sans_path())


class _CharacterMap:
    """A cmap subtable of format 12, without the 30,000 names fontTools makes."""

    def __init__(self, table: bytes) -> None:
        (count,) = struct.unpack_from(">H", table, 2)
        offsets = [struct.unpack_from(">HHI", table, 4 + 8 * i) for i in range(count)]
        start = next(
            offset
            for platform, encoding, offset in offsets
            if struct.unpack_from(">H", table, offset) == (12,)
        )
        (groups,) = struct.unpack_from(">I", table, start + 12)
        self._groups = [
            struct.unpack_from(">III", table, start + 16 + 12 * i)
            for i in range(groups)
        ]

    def __contains__(self, code: int) -> bool:
        return self._find(code) is not None

    def __getitem__(self, code: int) -> int:
        glyph = self._find(code)
        if glyph is None:
            raise KeyError(code)
        return glyph

    def _find(self, code: int) -> int | None:
        place = bisect.bisect_right(self._groups, (code, 0xFFFFFFFF, 0)) - 1
        if place < 0:
            return None
        first, last, glyph = self._groups[place]
        return glyph + code - first if code <= last else None


def _advances(font: Any) -> list[int]:
    long = int(font["hhea"].numberOfHMetrics)
    total = int(font["maxp"].numGlyphs)
    pairs = struct.unpack_from(f">{long * 2}h", font.reader["hmtx"])
    widths = list(pairs[::2])
    return widths + widths[-1:] * (total - long)


def _variants(font: Any, glyphs: _CharacterMap) -> dict[str, int]:
    """Return the font's own glyphs for the wide and the narrow forms."""
    found: dict[str, int] = {}
    for tag, characters in (("fwid", WIDE), ("pwid", NARROW)):
        names = _substitutions(font["GSUB"].table, tag)
        for character in characters:
            name = names.get(font.getGlyphName(glyphs[ord(character)]))
            if name is not None:
                found[character] = font.getGlyphID(name)
    return found


def _substitutions(table: Any, tag: str) -> dict[str, str]:
    """Return what a feature puts in the place of each glyph, by name."""
    feature = next(
        record.Feature
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == tag
    )
    names: dict[str, str] = {}
    for place in feature.LookupListIndex:
        for subtable in table.LookupList.Lookup[place].SubTable:
            names.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return names


_HINTS = frozenset((1, 3, 18, 23))
_MASKS = frozenset((19, 20))
_FLEX = frozenset((34, 35, 36, 37))
_CALL, _RETURN, _ESCAPE, _END, _SHORT, _GLOBAL = 10, 11, 12, 14, 28, 29


class _Inliner:
    """Copies a Type 2 program, putting each subroutine in the place of its call."""

    def __init__(self, local: list[bytes], shared: list[bytes]) -> None:
        self.out = bytearray()
        self._routines = {_CALL: local, _GLOBAL: shared}
        self._hints = 0
        self._depth = 0
        self._number = 0  # where the last number begins in ``out``
        self._ended = False

    def run(self, code: bytes) -> None:
        """Copy one program or subroutine."""
        at = 0
        while at < len(code) and not self._ended:
            first = code[at]
            if first >= 32 or first == _SHORT:
                size = _number_size(first)
                self._number = len(self.out)
                self._depth += 1
            elif first in self._routines:
                self._call(self._routines[first])
                at += 1
                continue
            elif first == _RETURN:
                return
            else:
                size = self._operator(first, code[at + 1 : at + 2])
            self.out += code[at : at + size]
            at += size

    def _operator(self, operator: int, following: bytes) -> int:
        """Account for an operator and return how many bytes it takes."""
        size = 1
        if operator in _HINTS or operator in _MASKS:
            self._hints += self._depth // 2
        if operator in _MASKS:
            size += (self._hints + 7) // 8
        if operator == _ESCAPE:
            if following[0] not in _FLEX:
                raise ValueError("a glyph computes; this font is not supported")
            size = 2
        self._depth = 0
        self._ended = operator == _END
        return size

    def _call(self, routines: list[bytes]) -> None:
        bias = 107 if len(routines) < 1240 else 1131 if len(routines) < 33900 else 32768
        index = _number(bytes(self.out[self._number :])) + bias
        del self.out[self._number :]
        self._depth -= 1
        self.run(routines[index])


def _number_size(first: int) -> int:
    if first == _SHORT:
        return 3
    if first == 255:
        return 5
    return 1 if first < 247 else 2


def _number(code: bytes) -> int:
    first = code[0]
    if first == _SHORT:
        return int(struct.unpack(">h", code[1:3])[0])
    if first < 247:
        return first - 139
    if first < 251:
        return (first - 247) * 256 + code[1] + 108
    return -(first - 251) * 256 - code[1] - 108
