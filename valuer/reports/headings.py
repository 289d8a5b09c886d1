"""Headings, and the contents that list them with their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from valuer.reports.fonts import SANS
from valuer.reports.paragraphs import Paragraph
from valuer.reports.style import Align, Style

_NUMBER_ROOM = 30.0
_INDENT = 18.0
_LEADERS = 3
_TIGHTER = (0.9, 0.8)
"""Leadings tried, of the usual one, that a list somewhat too long keeps to a page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a heading stands.

    Attributes:
        text: with its number.
        level: 1 to 3.
        page: from 1.
        top: height of its upper edge on the page, in points.
        key: names the place within the file.
    """

    text: str
    level: int
    page: int
    top: float
    key: str = ""


class Heading(Paragraph):
    """A heading of level 1 to 3; known to contents and outline of the document."""

    def __init__(
        self, text: str, level: int, style: Style, *, is_numbered: bool = True
    ) -> None:
        number = style.numbering.heading(level, style.language) if is_numbered else ""
        super().__init__(number + text, style.heading(level))
        self.level = level

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return nothing: a heading stands whole."""
        return []

    def draw(self) -> None:
        """Draw the heading and note where it stands."""
        note = getattr(self.canv, "note_heading", None)
        if note is not None:  # a canvas that is not a document's forgets
            _, top = self.canv.absolutePosition(0, self.height)
            text = " ".join(self.text.split())
            page = self.canv.getPageNumber()
            note(Mark(text, self.level, page, round(top, 2)))
        super().draw()


class Contents(Flowable):  # type: ignore[misc] # reportlab has no types
    """The list of headings down to a level, each linked to its page."""

    def __init__(
        self,
        style: Style,
        *,
        depth: int = 2,
        marks: Sequence[Mark] | None = None,
    ) -> None:
        super().__init__()
        self._style, self._depth, self._marks = style, depth, marks

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        self.width = width
        for leading in (1.0, *_TIGHTER):
            self._entries = self._set(width, leading)
            self.height = sum(entry.height for entry in self._entries)
            if self.height <= height:
                return width, self.height
        self._entries = self._set(width, 1.0)
        self.height = sum(entry.height for entry in self._entries)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the entries that fit the height and the rest."""
        marks = self._shown()
        fit = 0
        for mark in marks:
            height -= _Entry(mark, self._style, width).height
            if height < 0:
                break
            fit += 1
        if fit == 0 or fit == len(marks):
            return [self] if fit else []
        return [
            Contents(self._style, depth=self._depth, marks=part)
            for part in (marks[:fit], marks[fit:])
        ]

    def draw(self) -> None:
        """Draw the entries on the canvas."""
        y = self.height
        for entry in self._entries:
            y -= entry.height
            entry.drawOn(self.canv, 0, y)

    def _set(self, width: float, leading: float) -> list[_Entry]:
        return [_Entry(mark, self._style, width, leading) for mark in self._shown()]

    def _shown(self) -> Sequence[Mark]:
        if self._marks is not None:
            return self._marks
        known: Sequence[Mark] = getattr(self.canv, "known_headings", ())
        return [mark for mark in known if mark.level <= self._depth]


class _Entry(Flowable):  # type: ignore[misc] # reportlab has no types
    """One line of the contents: heading, leaders, page."""

    def __init__(
        self, mark: Mark, style: Style, width: float, leading: float = 1.0
    ) -> None:
        super().__init__()
        first = mark.level == 1
        text = replace(
            style.plain,
            leading=style.plain.leading * leading,
            font=SANS if first else style.plain.font,
            align=Align.LEFT,
            left=_INDENT * (mark.level - 1),
            right=_NUMBER_ROOM,
        )
        self._mark = mark
        self._text = Paragraph(mark.text, text)
        self._page = Paragraph(
            str(mark.page), replace(text, align=Align.RIGHT, left=0, right=0)
        )
        self.width = width
        self._above = 4.0 * leading**4 if first else 0.0
        self.height = self._text.wrap(width, 0)[1] + self._above

    def draw(self) -> None:
        self._text.drawOn(self.canv, 0, 0)
        self._page.wrap(self.width, 0)
        self._page.drawOn(self.canv, 0, 0)
        self._draw_leaders()
        self.canv.linkRect(
            self._mark.text,
            self._mark.key,
            (0, 0, self.width, self.height - self._above),
            relative=1,
        )

    def _draw_leaders(self) -> None:
        style = self._text.style
        inner = self.width - style.right
        start = style.left + self._text.line_widths(self.width)[-1] + 6
        end = inner + _NUMBER_ROOM - self._page.natural_width() - 5
        if end - start < _LEADERS * 4:
            return
        y = style.leading / 2 - 0.33 * style.size
        self.canv.saveState()
        self.canv.setLineWidth(0.7)
        self.canv.setLineCap(1)
        self.canv.setDash(0.01, 3.6)
        self.canv.setStrokeColorRGB(*style.colour)
        self.canv.line(start, y, end, y)
        self.canv.restoreState()
