"""Framed blocks: a sentence nobody may overlook, and the places to sign."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from valuer.reports.fonts import SANS
from valuer.reports.lines import Content
from valuer.reports.paragraphs import Paragraph
from valuer.reports.style import LINE, MUTED, PALE, TEXT, Align, Style

_INSIDE = 7.0
_GAP = 4.0

BOX = (190.0, 62.0)
"""Size of a box for a signature that stands by itself."""

_ROW = {False: (150.0, 56.0), True: (108.0, 108.0)}
"""Sizes of the boxes that stand in a row: for a signature, for a seal."""


@dataclass(frozen=True, slots=True)
class BoxPlace:
    """Where an empty box stands.

    Attributes:
        name: of the signature field that will stand there.
        page: index of the page, from 0.
        rectangle: left, bottom, right and top in points from the page's corner.
    """

    name: str
    page: int
    rectangle: tuple[float, float, float, float]


class Framed(Flowable):  # type: ignore[misc] # reportlab has no types
    """A paragraph on a pale ground, in a frame."""

    def __init__(self, content: Content, style: Style) -> None:
        super().__init__()
        inner = replace(style.plain, font=SANS, after=0)
        self._paragraph = Paragraph(content, inner)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        self.width = width
        inner = self._paragraph.wrap(width - 2 * _INSIDE, height)[1]
        self.height = inner + 2 * _INSIDE
        return self.width, self.height

    def draw(self) -> None:
        """Draw frame and text on the canvas."""
        self.canv.saveState()
        self.canv.setFillColorRGB(*PALE)
        self.canv.setStrokeColorRGB(*TEXT)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=1)
        self.canv.restoreState()
        self._paragraph.drawOn(self.canv, _INSIDE, _INSIDE)

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space above."""
        return 6.0

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space below."""
        return 8.0


class SignatureBox(Flowable):  # type: ignore[misc] # reportlab has no types
    """An empty box for a signature or a seal, what it is for printed inside it.

    ``lines`` stand to the left of the box, under each other, or else above it. The
    document tells where the box came to stand, so that a signature field can be laid
    over it.
    """

    def __init__(
        self,
        name: str,
        caption: str,
        lines: tuple[str, ...],
        style: Style,
        *,
        size: tuple[float, float] = BOX,
        above: bool = False,
    ) -> None:
        super().__init__()
        self.name = name
        self._size = size
        self._is_above = above
        kind = style.cell if above else style.plain  # a row leaves little room
        plain = replace(kind, align=Align.LEFT, after=0)
        self._lines = [Paragraph(line, plain) for line in lines]
        small = replace(style.note, align=Align.CENTRE, colour=MUTED, after=0)
        self._caption = Paragraph(caption, small)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        self.width = width
        left = width if self._is_above else width - self._size[0] - 2 * _GAP
        text = sum(line.wrap(left, height)[1] for line in self._lines)
        self._caption.wrap(self._size[0] - 2 * _GAP, height)
        self.height = max(text, self._size[1])
        if self._is_above:
            self.height = text + _GAP + self._size[1]
        return self.width, self.height

    def draw(self) -> None:
        """Draw text and box on the canvas, and note where the box stands."""
        width, height = self._size
        left, foot = self.width - width, (self.height - height) / 2
        y = self.height - (self.height - sum(p.height for p in self._lines)) / 2
        if self._is_above:
            left, foot, y = 0.0, 0.0, self.height
        for line in self._lines:
            y -= line.height
            line.drawOn(self.canv, 0, y)
        self.canv.saveState()
        self.canv.setStrokeColorRGB(*LINE)
        self.canv.setLineWidth(0.6)
        self.canv.rect(left, foot, width, height)
        self.canv.restoreState()
        self._caption.drawOn(self.canv, left + _GAP, foot + _GAP)
        self._note_place(left, foot)

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space above."""
        return 6.0

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space below."""
        return 10.0

    def _note_place(self, left: float, foot: float) -> None:
        x, y = self.canv.absolutePosition(left, foot)
        right, top = x + self._size[0], y + self._size[1]
        rectangle = (round(x, 2), round(y, 2), round(right, 2), round(top, 2))
        note = getattr(self.canv, "note_box", None)
        if note is not None:  # a canvas that is not a document's forgets
            page = self.canv.getPageNumber() - 1
            note(BoxPlace(self.name, page, rectangle))


class SignatureRow(Flowable):  # type: ignore[misc] # reportlab has no types
    """Empty boxes beside each other, what is said of each standing above it.

    ``cells`` are field, caption, lines and whether it is for a seal.
    """

    def __init__(
        self, cells: tuple[tuple[str, str, tuple[str, ...], bool], ...], style: Style
    ) -> None:
        super().__init__()
        self._seals = [is_seal for *_, is_seal in cells]
        self._boxes = [
            SignatureBox(name, caption, lines, style, size=_ROW[is_seal], above=True)
            for name, caption, lines, is_seal in cells
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        room = width - 2 * _GAP * (len(self._boxes) - 1)
        room -= sum(_ROW[True][0] for is_seal in self._seals if is_seal)
        each = room / max(1, self._seals.count(False))
        self._widths = [_ROW[True][0] if one else each for one in self._seals]
        sizes = zip(self._boxes, self._widths, strict=True)
        self.width = width
        self.height = max(box.wrap(room, height)[1] for box, room in sizes)
        return self.width, self.height

    def draw(self) -> None:
        """Draw every box, feet in line."""
        x = 0.0
        for box, width in zip(self._boxes, self._widths, strict=True):
            box.drawOn(self.canv, x, 0)
            x += width + 2 * _GAP

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space above."""
        return 8.0
