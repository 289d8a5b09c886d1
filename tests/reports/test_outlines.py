from __future__ import annotations

import io
from types import SimpleNamespace

import pylopdf_fonts_zh_cn
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from valuer.reports import outlines
from valuer.reports.cff import small_font
from valuer.reports.outlines import VARIANTS

TEXT = "许可费节省法人民币壹仟元整，。：（）《》“”—…〓Vτρ ABCxyz0123456789.%½ΣμＡ㎡①"
NARROW_QUOTE = next(private for private, c in VARIANTS.items() if c == "“")


@pytest.fixture(params=["serif", "sans"])
def pair(request):
    """Our reading of a font, and fontTools' own."""
    font = getattr(outlines, request.param)()
    path = getattr(pylopdf_fonts_zh_cn, f"{request.param}_path")()
    with TTFont(path, lazy=True) as whole:
        yield font, whole


def small(font, text):
    glyphs = [(ord(c), font.outline(c)) for c in sorted(set(text))]
    fonts = CFFFontSet()
    holder = SimpleNamespace(recalcBBoxes=False)
    fonts.decompile(io.BytesIO(small_font("AAAAAA+X", font, glyphs)), holder)
    return fonts[0]


def drawn(glyph):
    pen = RecordingPen()
    glyph.draw(pen)
    return pen.value


def test_the_small_font_draws_each_character_as_the_shipped_font_does(pair):
    font, whole = pair
    names, glyphs = whole.getBestCmap(), whole.getGlyphSet()
    made = small(font, TEXT).CharStrings
    for character in TEXT:
        expected = drawn(glyphs[names[ord(character)]])
        assert drawn(made[f"cid{ord(character):05d}"]) == expected, character


def test_widths_are_the_shipped_fonts(pair):
    font, whole = pair
    names, advances = whole.getBestCmap(), whole["hmtx"]
    for character in TEXT:
        assert font.width(character) == advances[names[ord(character)]][0]


def test_the_small_font_tells_the_same_widths_as_the_document(pair):
    font, _ = pair
    made = small(font, TEXT + NARROW_QUOTE + "ₜ").CharStrings
    for character in TEXT + NARROW_QUOTE + "ₜ":
        glyph = made[f"cid{ord(character):05d}"]
        drawn(glyph)
        assert glyph.width == font.width(character), character


def test_the_same_characters_give_the_same_bytes(pair):
    font, _ = pair
    glyphs = [(ord(c), font.outline(c)) for c in sorted(set(TEXT))]
    assert small_font("A", font, glyphs) == small_font("A", font, glyphs)


def test_a_character_the_font_lacks_is_drawn_as_geta(pair):
    font, _ = pair
    assert not font.has("☑")
    assert font.outline("☑") == font.outline("〓")
    assert font.width("☑") == font.width("〓")


def test_subscripts_the_font_lacks_are_made_of_its_letters(pair):
    font, _ = pair
    assert font.has("ₜ")
    made = small(font, "ₜtn").CharStrings
    pen = BoundsPen(None)
    made[f"cid{ord('ₜ'):05d}"].draw(pen)
    assert pen.bounds[1] < 0
    assert font.width("ₜ") == round(font.width("t") * 0.62)


def test_quotation_marks_have_a_narrow_form(pair):
    font, _ = pair
    assert font.width("“") == 1000
    assert font.width(NARROW_QUOTE) < 500
