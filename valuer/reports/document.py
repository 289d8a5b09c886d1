"""Put a report's blocks on pages, and the pages into one file.

``build(spec, story)`` calls ``story(style)`` once; it returns the blocks in order,
each a reportlab flowable: ``Paragraph``, ``Heading``, ``Table``, charts, boxes,
``Contents``, ``page_break()``. The blocks are set on trial, until the contents and
"page x of y" agree with the pages, and then drawn. The first page is the cover if there is one:
it has neither head nor foot. Then the file is finished: metadata, attachments, dates.

The same spec and the same blocks give the same bytes, on any day.

Importing this module imports reportlab; whoever starts fast imports it late.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import takewhile
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import (
    ActionFlowable,
    BaseDocTemplate,
    FrameBreak,
    PageTemplate,
)
from reportlab.platypus.flowables import Flowable, KeepTogether, PageBreak, Spacer
from reportlab.platypus.frames import Frame

from valuer import __version__
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, tr
from valuer.reports.boxes import BoxPlace
from valuer.reports.fonts import SANS, SERIF, missing_characters, report_font
from valuer.reports.headings import Mark
from valuer.reports.letterhead import PLAIN, Letterhead, colour_of
from valuer.reports.logos import draw_logo, fitted
from valuer.reports.paragraphs import Paragraph
from valuer.reports.pdf_finish import Attachment, Facts, finish
from valuer.reports.style import (
    LINE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Align,
    Style,
)

# Streams are bytes; as letters they would take a quarter more room, and long to write.
rl_config.useA85 = 0

_PASSES = 6
_SHORT_DIGEST = 16
_HEAD, _FOOT = 26.0, 30.0
"""Distances of head and foot from the text, in points."""

_SMALL_LOGO = (110.0, 22.0)
"""Room for a house's logo in the head of a page."""

_PAGES = N_("Page {page} of {pages}")
_NUMBER = N_("Report {number}")
_DIGEST = N_("Revision digest {digest}")


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """What a document is, apart from its blocks.

    Attributes:
        title, author, subject: shown as the file's properties.
        language: ``zh_CN`` or ``en``, of all that the document says by itself.
        report_number: in the head of each page; without one the title stands there.
        digest: of the revision, in hex; the head shows its beginning.
        report_date: all dates of the file.
        has_cover: whether the first page goes without head and foot.
        attachments: files carried inside.
        scale: by how much all type is set smaller.
        letterhead: what the house has in head and foot besides.
    """

    title: str
    author: str
    subject: str
    language: str
    report_number: str
    digest: str
    report_date: date
    has_cover: bool = True
    attachments: tuple[Attachment, ...] = ()
    scale: float = 1.0
    letterhead: Letterhead = PLAIN


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A finished document.

    Attributes:
        pdf: the file's bytes.
        boxes: where the empty signature boxes stand, in the order of the pages.
        pages: how many there are.
        missing: characters that no font has; each was printed as 〓.
    """

    pdf: bytes
    boxes: tuple[BoxPlace, ...]
    pages: int
    missing: tuple[str, ...]


def build(
    spec: DocumentSpec,
    story: Callable[[Style], Sequence[Flowable]],
    progress: Progress = ignore,
) -> BuiltDocument:
    """Return the document that these blocks make."""
    for name in (SERIF, SANS):
        report_font(name)
    style = Style(spec.language, scale=spec.scale)
    blocks = list(story(style))
    known = _Record()
    for number in range(_PASSES):
        progress(number, _PASSES)
        _, record = _set(spec, style, list(blocks), known, is_trial=True)
        if record.agrees_with(known):
            break
        known = record
    written, record = _set(spec, style, list(blocks), known, is_trial=False)
    facts = Facts(
        title=spec.title,
        author=spec.author,
        subject=spec.subject,
        language=spec.language,
        producer=f"Valuer {__version__}",
        day=spec.report_date,
    )
    pdf = finish(written, facts, spec.attachments)
    progress(_PASSES, _PASSES)
    return BuiltDocument(pdf, tuple(record.boxes), record.pages, record.missing)


def page_break() -> Flowable:
    """Return what ends a page."""
    return PageBreak()


def space(height: float) -> Flowable:
    """Return a blank, in points."""
    return Spacer(1, height)


class _Record:
    """What one pass over the blocks found out."""

    def __init__(self) -> None:
        self.headings: list[Mark] = []
        self.boxes: list[BoxPlace] = []
        self.pages = 0
        self.missing: tuple[str, ...] = ()

    def agrees_with(self, other: _Record) -> bool:
        """Tell whether two passes put everything on the same pages."""
        return (self.headings, self.pages) == (other.headings, other.pages)


class _Canvas(Canvas):  # type: ignore[misc] # reportlab has no types
    """A canvas that notes where headings and boxes come to stand."""

    def __init__(
        self, *args: Any, record: _Record, known: _Record, is_trial: bool, **kw: Any
    ) -> None:
        super().__init__(*args, pdfVersion=(1, 7), **kw)
        self._record, self._known = record, known
        self.is_trial = is_trial

    @property
    def known_headings(self) -> tuple[Mark, ...]:
        """Where the headings stood the last time."""
        return tuple(self._known.headings)

    def note_heading(self, mark: Mark) -> str:
        """Take a heading and return its key; set its bookmark and outline entry."""
        headings = self._record.headings
        key = f"heading-{len(headings) + 1}"
        deepest = headings[-1].level + 1 if headings else 1
        headings.append(replace(mark, key=key, level=min(mark.level, deepest)))
        self.bookmarkPage(key, fit="XYZ", top=mark.top)
        self.addOutlineEntry(mark.text, key, level=headings[-1].level - 1)
        return key

    def note_box(self, place: BoxPlace) -> None:
        """Take the place of a signature box."""
        self._record.boxes.append(place)

    def save(self) -> None:
        """Write the file and note what it needed; a trial leaves nothing."""
        if self.is_trial:
            return
        self._record.missing = missing_characters(self._doc)
        super().save()


def _set(
    spec: DocumentSpec,
    style: Style,
    blocks: list[Flowable],
    known: _Record,
    *,
    is_trial: bool,
) -> tuple[bytes, _Record]:
    """Set the blocks once; return the pages and what was found.

    A trial finds out where everything comes to stand, and draws nothing.
    """
    record = _Record()
    out = io.BytesIO()
    furniture = _Furniture(spec, style, known)

    def frame() -> Frame:
        return Frame(MARGIN_LEFT, MARGIN_BOTTOM, TEXT_WIDTH, TEXT_HEIGHT, 0, 0, 0, 0)

    body = PageTemplate("body", [frame()], onPage=furniture.draw)
    cover = PageTemplate("cover", [frame()], autoNextPageTemplate="body")
    document = _Document(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageTemplates=[cover, body] if spec.has_cover else [body],
        invariant=1,
        pageCompression=1,
        initialFontName=SERIF,
    )
    maker = partial(_Canvas, record=record, known=known, is_trial=is_trial)
    document.set(blocks, maker)
    record.pages = document.page
    return out.getvalue(), record


class _Document(BaseDocTemplate):  # type: ignore[misc] # reportlab has no types
    """A document whose blocks can be set again."""

    def set(self, blocks: list[Flowable], canvasmaker: Callable[..., Canvas]) -> None:
        """Set the blocks, then take off the marks reportlab left on them."""
        edits: list[tuple[Any, ...]] = []
        self._multiBuildEdits = edits.append
        self.build(blocks, canvasmaker=canvasmaker)
        for function, *arguments in edits:
            function(*arguments)

    def handle_keepWithNext(  # noqa: N802 - reportlab's name
        self, flowables: list[Flowable]
    ) -> None:
        """Begin a new page if a heading and what follows it do not fit on this one.

        reportlab would move all that follows; its first lines are enough.
        """
        chain = list(takewhile(lambda block: block.getKeepWithNext(), flowables))
        following = flowables[len(chain) : len(chain) + 1]
        if not chain or self._at_top():
            return
        frame = self.frame
        width, room = TEXT_WIDTH, frame._y - frame._y1p  # noqa: SLF001 - no public way
        for block in chain:
            room -= block.wrapOn(self.canv, width, room)[1]
            room -= block.getSpaceBefore() + block.getSpaceAfter()
        if room < 0 or not all(self._begins(f, width, room) for f in following):
            flowables.insert(0, FrameBreak())

    def _at_top(self) -> bool:
        return bool(self.frame._atTop)  # noqa: SLF001 - no public way

    def _begins(self, block: Flowable, width: float, room: float) -> bool:
        """Tell whether a block, or its beginning, fits into what room is left."""
        if isinstance(block, ActionFlowable):
            return True
        room -= block.getSpaceBefore()
        height = block.wrapOn(self.canv, width, room)[1]
        if isinstance(block, KeepTogether):  # its wrap always asks to be split
            return bool(room >= block._H)  # noqa: SLF001 - no public way
        return height <= room or bool(block.splitOn(self.canv, width, room))


class _Furniture:
    """Head and foot of the pages."""

    def __init__(self, spec: DocumentSpec, style: Style, known: _Record) -> None:
        self._spec, self._known = spec, known
        self._left = replace(style.note, size=8, align=Align.LEFT)
        self._right = replace(self._left, align=Align.RIGHT)
        self._middle = replace(self._left, align=Align.CENTRE)

    def draw(self, canvas: Any, document: Any) -> None:
        """Draw head and foot of one page."""
        spec, language = self._spec, self._spec.language
        digest = spec.digest[:_SHORT_DIGEST]
        top = MARGIN_BOTTOM + TEXT_HEIGHT + _HEAD - 14
        number = tr(_NUMBER, language, number=spec.report_number)
        named = number if spec.report_number else spec.title
        self._line(canvas, top, named, self._left)
        self._line(canvas, top, tr(_DIGEST, language, digest=digest), self._right)
        canvas.saveState()
        accent = spec.letterhead.accent
        canvas.setStrokeColorRGB(*(colour_of(accent) if accent else LINE))
        canvas.setLineWidth(1.0 if accent else 0.4)
        canvas.line(MARGIN_LEFT, top - 2, MARGIN_LEFT + TEXT_WIDTH, top - 2)
        canvas.restoreState()
        page = document.page
        pages = max(page, self._known.pages)
        counted = tr(_PAGES, language, page=page, pages=pages)
        self._line(canvas, MARGIN_BOTTOM - _FOOT, counted, self._middle)
        self._draw_house(canvas, top + 12)

    def _draw_house(self, canvas: Any, y: float) -> None:
        """Draw what the house has in head and foot: its logo left, its words right."""
        house = self._spec.letterhead
        if house.logo is not None and not canvas.is_trial:
            size = fitted(house.logo, *_SMALL_LOGO)
            draw_logo(canvas, house.logo, MARGIN_LEFT, y + 1, size)
        if house.header:
            self._line(canvas, y, house.header, self._right)
        if house.footer:
            foot = MARGIN_BOTTOM - _FOOT - 12
            self._line(canvas, foot, house.footer, self._middle)

    @staticmethod
    def _line(canvas: Any, y: float, text: str, style: Any) -> None:
        paragraph = Paragraph(text, style)
        paragraph.wrap(TEXT_WIDTH, MARGIN_TOP)
        paragraph.drawOn(canvas, MARGIN_LEFT, y)
