"""What a signature looks like on the page.

An appraiser's shows name, qualification number, part and date. The institution's is
the house's own picture of its seal, else an empty box with the caption 机构盖章处: a seal
is never drawn from an institution's name. One made with a sample certificate says so. The picture fills its field, so it covers what stood there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from valuer.core.texts import N_, tr
from valuer.reports.cff import small_font
from valuer.reports.fonts import subset_tag, to_unicode
from valuer.reports.outlines import OutlineFont, sans
from valuer.reports.seals import Seal
from valuer.reports.signature_roles import ROLE_NAMES, SEALING, Role

SEAL_CAPTION = N_("Institution seal here")
SAMPLE_TEXT = N_("SAMPLE · NOT VALID")
SIGNED_BY = N_("{role}, electronic signature")
NUMBER = N_("Qualification No.: {number}")

_INK = (0.11, 0.20, 0.36)
_GREY = (0.38, 0.41, 0.46)
_RED = (0.70, 0.11, 0.11)
_GAP = 0.35  # between lines, as a share of their size
_MARGIN = 3.0
_RARE = 0xD800
"""Codes of characters beyond U+FFFF begin here: no character can have them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a picture: its text, its size as a share of the box's height."""

    text: str
    share: float
    colour: tuple[float, float, float] = _INK


@dataclass(frozen=True, slots=True)
class Signer:
    """What a signature's picture says of who signs.

    Attributes:
        number: the qualification number, where the case tells it.
        sample: the certificate is one of the program's own samples.
        sealed: the house's own seal is drawn, so no caption asks for one.
    """

    role: Role
    name: str
    number: str = ""
    sample: bool = False
    sealed: bool = False


def picture_lines(signer: Signer, day: str, language: str) -> tuple[Line, ...]:
    """Return the lines of a signature's picture, from top to bottom."""
    sample = (Line(tr(SAMPLE_TEXT, language), 0.15, _RED),)
    mark = sample if signer.sample else ()
    if signer.role in SEALING:
        caption = (Line(tr(SEAL_CAPTION, language), 0.18, _GREY),)
        return (*(() if signer.sealed else caption), *mark)
    part = tr(SIGNED_BY, language, role=tr(ROLE_NAMES[signer.role], language))
    number = tr(NUMBER, language, number=signer.number)
    return (
        Line(signer.name, 0.28),
        *((Line(number, 0.13),) if signer.number else ()),
        Line(part, 0.13),
        Line(day, 0.13),
        *mark,
    )


def draw_picture(
    writer: Any,
    box: tuple[float, float],
    lines: Iterable[Line],
    seal: Seal | None = None,
) -> Any:
    """Return a reference to a form that shows the lines, and a seal above them.

    Args:
        writer: pyHanko's writer of the document.
        box: width and height in points.
        lines: from top to bottom.
        seal: the house's own picture of its seal.
    """
    from pyhanko.pdf_utils import generic

    shown = list(lines)
    font = sans()
    codes = _codes("".join(line.text for line in shown))
    content = _content(font, codes, box, shown, seal)
    resources = {}
    if codes:
        fonts = {"/F1": _embed(writer, font, codes)}
        resources["/Font"] = _dictionary(fonts)
    if seal:
        pictures = {"/Im1": _picture(writer, seal)}
        resources["/XObject"] = _dictionary(pictures)
    form = generic.StreamObject(
        dict_data={
            generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
            generic.pdf_name("/BBox"): _numbers(0, 0, *box),
            generic.pdf_name("/Resources"): _dictionary(resources),
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
    seal: Seal | None,
) -> bytes:
    """Return the operators that draw frame, seal and lines, centred in the box."""
    width, height = box
    parts = [
        f"q 1 1 1 rg 0 0 {width:.2f} {height:.2f} re f",
        "{:.2f} {:.2f} {:.2f} RG 0.5 w".format(*_INK),
        f"0.25 0.25 {width - 0.5:.2f} {height - 0.5:.2f} re S",
    ]
    sizes = _sizes(font, lines, box)
    total = sum(size * (1 + _GAP) for size in sizes) - (
        _GAP * sizes[-1] if sizes else 0
    )
    top = (height + total) / 2
    if seal:
        floor = total + 2 * _MARGIN if sizes else _MARGIN
        parts.append(_placed(seal, width, floor, height - _MARGIN))
        top = _MARGIN + total
    for line, size in zip(lines, sizes, strict=True):
        left = (width - _width(font, line.text, size)) / 2
        base = top - size * 0.86
        text = "".join(f"{codes[character]:04X}" for character in line.text)
        parts.append("{:.2f} {:.2f} {:.2f} rg".format(*line.colour))
        parts.append(f"BT /F1 {size:.2f} Tf {left:.2f} {base:.2f} Td <{text}> Tj ET")
        top -= size * (1 + _GAP)
    return "\n".join([*parts, "Q"]).encode("ascii")


def _placed(seal: Seal, width: float, floor: float, ceiling: float) -> str:
    """Return the operators that draw a seal, as large as there is room."""
    scale = min((width - 2 * _MARGIN) / seal.width, (ceiling - floor) / seal.height)
    wide, high = seal.width * scale, seal.height * scale
    left, bottom = (width - wide) / 2, (floor + ceiling - high) / 2
    return f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {bottom:.2f} cm /Im1 Do Q"


def _sizes(
    font: OutlineFont, lines: list[Line], box: tuple[float, float]
) -> list[float]:
    """Return the sizes in points at which all lines fit the box."""
    sizes = [_size(font, line, box) for line in lines]
    total = sum(sizes) * (1 + _GAP)
    shrunk = min(1.0, 0.94 * box[1] / total) if total else 1.0
    return [size * shrunk for size in sizes]


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


def _picture(writer: Any, seal: Seal) -> Any:
    """Return a reference to the picture of a seal."""
    named = _named
    entries = {
        "/Type": named("/XObject"),
        "/Subtype": named("/Image"),
        "/Width": _number(seal.width),
        "/Height": _number(seal.height),
        "/ColorSpace": named("/DeviceRGB"),
        "/BitsPerComponent": _number(8),
    }
    return _stream(writer, seal.pixels, entries)


def _named(name: str) -> Any:
    from pyhanko.pdf_utils import generic

    return generic.pdf_name(name)


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
