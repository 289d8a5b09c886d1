"""Set a section's blocks in type: each block becomes flowables of the engine.

Importing this module imports reportlab; whoever starts fast imports it late.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from valuer.reports import boxes, charts, tables
from valuer.reports.document import page_break, space
from valuer.reports.fonts import SANS
from valuer.reports.headings import Contents, Heading
from valuer.reports.house_wording import blocks_of
from valuer.reports.letterhead import Line, Logo
from valuer.reports.paragraphs import Paragraph, Run, superscript
from valuer.reports.qr import QRCode
from valuer.reports.sections import Part, blocks, sections_of
from valuer.reports.sections.draft import Draft
from valuer.reports.style import TEXT_HEIGHT, TEXT_WIDTH, Align, Style, TextStyle

_FOOT = 40.0
"""Blank left under the last line of the cover."""

_LOGO = (220.0, 64.0)
"""Room for the house's logo on the cover."""

_SEAL = (124.0, 124.0)
"""Size of the box for a seal: seals of institutions are round, some 42 mm wide."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A section of a document of any kind, its title in the document's language.

    Attributes:
        title: "" stands without a heading; that of contents stands above by itself.
    """

    key: str
    part: Part
    title: str
    blocks: Iterable[blocks.Block]
    begins_page: bool = False


def story(draft: Draft, style: Style) -> list[Flowable]:
    """Return the whole report as flowables, in the order of print."""
    return laid(_sections(draft), style)


def _sections(draft: Draft) -> Iterator[Titled]:
    appendices = 0
    for section in sections_of(draft.kind, draft.case):
        appendices += section.part is Part.APPENDIX
        title = section.titles[draft.kind.key]
        said = draft.say(title, number=appendices) if title else ""
        shown = blocks_of(section, draft)
        yield Titled(section.key, section.part, said, shown, section.begins_page)


def laid(sections: Iterable[Titled], style: Style) -> list[Flowable]:
    """Return the sections of a document as flowables, in the order of print."""
    found: list[Flowable] = []
    part = None
    for section in sections:
        begins = section.begins_page or section.part is Part.FRONT
        if found and (begins or section.part is not part):
            found.append(page_break())
        part = section.part
        if section.title:
            found.append(_title(section, style))
        for block in section.blocks:
            found.extend(_set(block, style))
    return found


class _PageTitle(Heading):
    """The title of a page by itself, centred; contents and outline know it."""

    def __init__(self, text: str, style: Style) -> None:
        Paragraph.__init__(self, text, style.heading(0))
        self.level = 1


def _title(section: Titled, style: Style) -> Flowable:
    text = section.title
    if section.key == "contents":
        return Paragraph(text, style.heading(0))
    if section.part is Part.FRONT:
        return _PageTitle(text, style)
    is_numbered = section.part is Part.BODY
    return Heading(text, 1, style, is_numbered=is_numbered)


def _set(block: blocks.Block, style: Style) -> Iterator[Flowable]:
    match block:
        case blocks.Heading():
            yield Heading(block.text, block.level, style)
        case blocks.Prose():
            body = replace(style.body, keep_with_next=block.leads)
            for text in block.text.splitlines():
                yield Paragraph(text, body)
        case blocks.Note():
            yield Paragraph(block.text, style.note)
        case blocks.Banner():
            yield boxes.Framed(block.text, style)
        case blocks.Points():
            yield from _points(block, style)
        case blocks.Formula():
            yield from _formula(block, style)
        case blocks.Facts():
            columns = (tables.Column(weight=0.3), tables.Column(weight=0.7))
            yield tables.Table(columns, block.rows, style)
        case blocks.Table():
            yield _table(block, style)
        case blocks.Chart():
            yield charts.figure(block.figure, style)
        case _:
            yield from _set_page_piece(block, style)


def _set_page_piece(block: blocks.Block, style: Style) -> Iterator[Flowable]:
    """Set what has a page, or a place on it, to itself."""
    match block:
        case blocks.Cover():
            yield from _cover(block, style)
        case blocks.PageTitle():
            yield _PageTitle(block.text, style)
        case blocks.TableOfContents():
            yield Contents(style)
        case blocks.SigningBox():
            yield _signing_box(block, style)
        case blocks.SigningRow():
            yield boxes.SignatureRow(
                tuple((b.field, b.caption, b.lines, b.is_seal) for b in block.boxes),
                style,
            )
        case blocks.CheckCode():
            for line in block.content.splitlines():
                yield Paragraph(line, _left(style.plain))
            yield space(8)
            code = QRCode(block.content, block.caption, style, size=120)
            code.hAlign = "CENTER"
            yield code
            yield space(8)
        case _:
            raise TypeError(f"{type(block).__name__} cannot be set")


def _points(block: blocks.Points, style: Style) -> Iterator[Flowable]:
    for place, text in enumerate(block.texts, 1):
        mark = f"{place}." if style.language == "en" else f"（{place}）"
        first, *rest = text.splitlines() or [""]
        yield Paragraph(
            f"{mark} {first}" if style.language == "en" else mark + first, style.body
        )
        for line in rest:
            yield Paragraph(line, style.body)


def _formula(block: blocks.Formula, style: Style) -> Iterator[Flowable]:
    runs: list[str | Run] = [
        superscript(part) if place % 2 else part
        for place, part in enumerate(block.parts)
    ]
    yield Paragraph([f"{block.label}\u2003", *runs], style.formula)


def _table(block: blocks.Table, style: Style) -> Flowable:
    columns = tuple(
        tables.Column(column.head, column.is_figure, column.weight)
        for column in block.columns
    )
    return tables.Table(
        columns,
        block.rows,
        style,
        title=style.table_title(block.title),
        unit=block.unit,
        totals=int(block.last_is_total),
    )


def _cover(block: blocks.Cover, style: Style) -> Iterator[Flowable]:
    centred = replace(style.plain, align=Align.CENTRE, font=SANS, spacing=0)
    above: list[Flowable] = [
        Paragraph(block.number, replace(style.plain, align=Align.RIGHT)),
    ]
    if block.logo is not None:
        above += [Logo(block.logo, _LOGO), space(120 - _LOGO[1])]
    else:
        above.append(space(120))
    if block.subject:
        above += [
            _balanced(block.subject, replace(centred, size=14, leading=23)),
            space(18),
        ]
    title = replace(centred, size=26, leading=40, weight=0.025)
    above.append(Paragraph(block.title, title))
    if block.accent:
        above += [space(14), Line(block.accent)]
    if block.banner:
        above += [space(24), boxes.Framed(block.banner, style)]
    below: list[Flowable] = [
        Paragraph(block.house, replace(centred, size=14, leading=24)),
        Paragraph(block.day, replace(centred, size=12, leading=22)),
        space(16),
    ]
    small = replace(style.note, align=Align.CENTRE, after=0)
    below += [Paragraph(line, small) for line in block.lines]
    yield from above
    yield space(max(24.0, TEXT_HEIGHT - _height(above) - _height(below) - _FOOT))
    yield from below


def _height(flowables: Sequence[Flowable]) -> float:
    """Return the height of flowables under each other, at the width of the text."""
    heights: Iterator[float] = (
        one.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1]
        + one.getSpaceBefore()
        + one.getSpaceAfter()
        for one in flowables
    )
    return sum(heights)


def _balanced(text: str, style: TextStyle) -> Paragraph:
    """Return a title whose lines are of about one length."""
    natural = Paragraph(text, style).natural_width()
    lines = math.ceil(natural / TEXT_WIDTH)
    margin = max(0.0, (TEXT_WIDTH - natural / lines - 2 * style.size) / 2)
    return Paragraph(text, replace(style, left=margin, right=margin))


def _signing_box(block: blocks.SigningBox, style: Style) -> Flowable:
    size = _SEAL if block.is_seal else boxes.BOX
    return boxes.SignatureBox(block.field, block.caption, block.lines, style, size=size)


def _left(style: TextStyle) -> TextStyle:
    return replace(style, align=Align.LEFT)
