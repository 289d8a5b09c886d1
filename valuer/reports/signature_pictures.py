"""What a signature looks like on the page.

An appraiser's shows name, part and date. The institution's is an empty box with the
caption 机构盖章处: a seal is never drawn from an institution's name. One made with a
sample certificate says so. The picture fills its field, so it covers what stood there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from valuer.core.texts import N_, tr
from valuer.reports.cff import small_font
from valuer.reports.fonts import subset_tag, to_unicode
from valuer.reports.outlines import OutlineFont, sans
from valuer.reports.signature_roles import ROLE_NAMES, Role

SEAL_CAPTION = N_("Institution seal here")
SAMPLE_TEXT = N_("Sample certificate, without legal effect")
SIGNED_BY = N_("{role}, electronic signature")

_INK = (0.11, 0.20, 0.36)
_GREY = (0.38, 0.41, 0.46)
_RARE = 0xD800
"""Codes of characters beyond U+FFFF begin here: no character can have them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a picture: its text, its size as a share of the box's height."""

    text: str
    share: float
    colour: tuple[float, float, float] = _INK


def picture_lines(
    role: Role, name: str, day: str, *, sample: bool, language: str
) -> tuple[Line, ...]:
    """Return the lines of a signature's picture, from top to bottom."""
    mark = (Line(tr(SAMPLE_TEXT, language), 0.13, _GREY),) if sample else ()
    if role == Role.AGENCY:
        return (Line(tr(SEAL_CAPTION, language), 0.18, _GREY), *mark)
    part = tr(SIGNED_BY, language, role=tr(ROLE_NAMES[role], language))
    return (Line(name, 0.28), Line(part, 0.13), Line(day, 0.13), *mark)


def draw_picture(writer: Any, box: tuple[float, float], lines: Iterable[Line]) -> Any:
    """Return a reference to a form that shows the lines in a box.

    Args:
        writer: pyHanko's writer of the document.
        box: width and height in points.
        lines: from top to bottom.
    """
    from pyhanko.pdf_utils import generic

    shown = list(lines)
    font = sans()
    codes = _codes("".join(line.text for line in shown))
    content = _content(font, codes, box, shown)
    fonts = generic.DictionaryObject()
    fonts["/F1"] = _embed(writer, font, codes)
    form = generic.StreamObject(
        dict_data={
            generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
            generic.pdf_name("/BBox"): _numbers(0, 0, *box),
            generic.pdf_name("/Resources"): _dictionary({"/Font": fonts}),
        },
        stream_data=content,
    )
    form.compress()
    return writer.add_object(form)


def _content(
    font: OutlineFont,
    codes: dict[str, int],
    box: tuple[float, float],
    lines: list[Line],
) -> bytes:
    """Return the operators that draw frame and lines, centred in the box."""
    width, height = box
    sizes = [_size(font, line, box) for line in lines]
    gap = 0.35
    total = sum(size * (1 + gap) for size in sizes) - gap * (sizes[-1] if sizes else 0)
    parts = [
        f"q 1 1 1 rg 0 0 {width:.2f} {height:.2f} re f",
        "{:.2f} {:.2f} {:.2f} RG 0.5 w".format(*_INK),
        f"0.25 0.25 {width - 0.5:.2f} {height - 0.5:.2f} re S",
    ]
    top = (height + total) / 2
    for line, size in zip(lines, sizes, strict=True):
        left = (width - _width(font, line.text, size)) / 2
        base = top - size * 0.86
        text = "".join(f"{codes[character]:04X}" for character in line.text)
        parts.append("{:.2f} {:.2f} {:.2f} rg".format(*line.colour))
        parts.append(f"BT /F1 {size:.2f} Tf {left:.2f} {base:.2f} Td <{text}> Tj ET")
        top -= size * (1 + gap)
    return "\n".join([*parts, "Q"]).encode("ascii")


def _size(font: OutlineFont, line: Line, box: tuple[float, float]) -> float:
    """Return the size in points at which a line fits its share of the box."""
    width, height = box
    wide = _width(font, line.text, 1)
    return min(line.share * height, 0.92 * width / wide if wide else height, 16)


def _width(font: OutlineFont, text: str, size: float) -> float:
    return 0.001 * size * sum(map(font.width, text))


def _codes(text: str) -> dict[str, int]:
    """Give each character its code: its own, or one of the spare ones."""
    codes: dict[str, int] = {}
    for character in dict.fromkeys(text):
        spare = _RARE + sum(code >= _RARE for code in codes.values())
        codes[character] = ord(character) if ord(character) < _RARE else spare
    return codes


def _embed(writer: Any, font: OutlineFont, codes: dict[str, int]) -> Any:
    """Return a reference to a small font that holds the characters."""
    from pyhanko.pdf_utils import generic

    pairs = sorted((code, character) for character, code in codes.items())
    glyphs = [(code, font.outline(character)) for code, character in pairs]
    name = f"{subset_tag(codes)}+{font.name}"
    named = generic.pdf_name
    descriptor = {
        "/Type": named("/FontDescriptor"),
        "/FontName": named(f"/{name}"),
        "/Flags": _number(4),
        "/FontBBox": _numbers(*font.box),
        "/ItalicAngle": _number(0),
        "/Ascent": _number(font.ascent),
        "/Descent": _number(font.descent),
        "/CapHeight": _number(font.cap_height),
        "/StemV": _number(font.stem),
        "/FontFile3": _stream(
            writer,
            small_font(name, font, glyphs),
            {"/Subtype": named("/CIDFontType0C")},
        ),
    }
    widths = generic.ArrayObject()
    for code, outline in glyphs:
        widths.extend((_number(code), _numbers(outline.width)))
    descendant = {
        "/Type": named("/Font"),
        "/Subtype": named("/CIDFontType0"),
        "/BaseFont": named(f"/{name}"),
        "/CIDSystemInfo": _dictionary(
            {
                "/Registry": generic.pdf_string("Adobe"),
                "/Ordering": generic.pdf_string("Identity"),
                "/Supplement": _number(0),
            }
        ),
        "/FontDescriptor": writer.add_object(_dictionary(descriptor)),
        "/DW": _number(1000),
        "/W": widths,
    }
    composite = {
        "/Type": named("/Font"),
        "/Subtype": named("/Type0"),
        "/BaseFont": named(f"/{name}-Identity-H"),
        "/Encoding": named("/Identity-H"),
        "/DescendantFonts": generic.ArrayObject(
            [writer.add_object(_dictionary(descendant))]
        ),
        "/ToUnicode": _stream(writer, to_unicode(pairs), {}),
    }
    return writer.add_object(_dictionary(composite))


def _dictionary(entries: dict[str, Any]) -> Any:
    from pyhanko.pdf_utils import generic

    return generic.DictionaryObject(
        {generic.pdf_name(key): value for key, value in entries.items()}
    )


def _stream(writer: Any, content: bytes, entries: dict[str, Any]) -> Any:
    from pyhanko.pdf_utils import generic

    made = generic.StreamObject(dict_data=_dictionary(entries), stream_data=content)
    made.compress()
    return writer.add_object(made)


def _number(value: float) -> Any:
    from pyhanko.pdf_utils import generic

    whole = isinstance(value, int)
    return generic.NumberObject(value) if whole else generic.FloatObject(value)


def _numbers(*values: float) -> Any:
    from pyhanko.pdf_utils import generic

    return generic.ArrayObject([_number(value) for value in values])
