"""Paragraphs in Chinese and English, as blocks of a page.

A ``Paragraph`` takes plain text, or runs of it: what a user typed is never read as
markup. It justifies both scripts, keeps words, figures and their units whole, and
leaves no single line behind when a page ends in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus.flowables import Flowable

from valuer.reports.drawing import Part, draw_text, is_trial
from valuer.reports.lines import Content, Line, Measured, Run, lines_of
from valuer.reports.outlines import VARIANTS
from valuer.reports.style import Align, TextStyle

__all__ = ["Content", "Paragraph", "Run", "bold", "subscript", "superscript"]

_ALONE = 2
"""Lines that must stay together at either side of a page break."""

_MIDDLE = 0.38
"""Height of a character's middle above its baseline, in em."""

_PLAIN = str.maketrans(VARIANTS)


def bold(text: str) -> Run:
    """Return emphasised text."""
    return Run(text, bold=True)


def subscript(text: str) -> Run:
    """Return lowered small text."""
    return Run(text, shift=-1)


def superscript(text: str) -> Run:
    """Return raised small text."""
    return Run(text, shift=1)


class Paragraph(Flowable):  # type: ignore[misc] # reportlab has no types
    """A paragraph in one style, or the part of it that stands on one page.

    A ``label``, such as ``(1)``, stands before the first line, where the style's
    ``left`` leaves room for it.
    """

    def __init__(
        self,
        content: Content | Measured,
        style: TextStyle,
        *,
        label: str = "",
        start: int = 0,
        stop: int | None = None,
    ) -> None:
        super().__init__()
        self.style = style
        self.label = label
        self.keepWithNext = style.keep_with_next
        self._text = (
            content if isinstance(content, Measured) else Measured(content, style)
        )
        self._start = start
        self._stop = len(self._text.text) if stop is None else stop
        self._broken: tuple[float, list[Line]] = (-1.0, [])

    @property
    def text(self) -> str:
        """The plain text, as a reader copies it."""
        return self._text.text[self._start : self._stop].translate(_PLAIN)

    def lines(self, width: float) -> list[str]:
        """Return the text of each line at a width, blanks at its ends taken off."""
        text = self._text.text.translate(_PLAIN)
        return [text[line.start : line.stop] for line in self._lines(width)]

    def line_widths(self, width: float) -> list[float]:
        """Return how wide each line is by nature, not justified, in points."""
        return [line.width for line in self._lines(width)]

    def natural_width(self) -> float:
        """Return the width at which the text alone breaks the lines."""
        lines = lines_of(self._text, lambda _: float("inf"), self._start, self._stop)
        longest = max(line.width for line in lines)
        return longest + self.style.left + self.style.right + self.style.indent

    def smallest_width(self) -> float:
        """Return the width at which no word need be broken."""
        widest = self._text.widest_word(self._start, self._stop)
        return widest + self.style.left + self.style.right

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        self.width = width
        self.height = len(self._lines(width)) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the part that fits the height and the rest; [] if none may stand."""
        lines = self._lines(width)
        fit = int(height / self.style.leading + 1e-6)
        if fit >= len(lines):
            return [self]
        fit = min(fit, len(lines) - _ALONE)
        if fit < _ALONE:
            return []
        middle = lines[fit].start
        return [
            self._part(self._start, middle, self.label),
            self._part(middle, self._stop, ""),
        ]

    def draw(self) -> None:
        """Draw the lines on the canvas."""
        if is_trial(self.canv):
            return
        y = self.height - self.style.leading / 2 - _MIDDLE * self.style.size
        if self.label:
            label = Measured(self.label, self.style)
            line = label.line(0, len(label.text), hard=True)
            self._draw_parts(label, line, label.gaps_of(line, 0), 0, y)
        for number, line in enumerate(self._lines(self.width)):
            if line.stop > line.start:
                self._draw_line(number, line, y)
            y -= self.style.leading

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space above."""
        return self.style.before if self._start == 0 else 0.0

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space below."""
        return self.style.after if self._stop == len(self._text.text) else 0.0

    def _part(self, start: int, stop: int, label: str) -> Paragraph:
        return Paragraph(self._text, self.style, label=label, start=start, stop=stop)

    def _lines(self, width: float) -> list[Line]:
        if self._broken[0] != width:
            lines = lines_of(
                self._text,
                lambda number: self._room(width, number),
                self._start,
                self._stop,
            )
            self._broken = (width, lines)
        return self._broken[1]

    def _first_indent(self, number: int) -> float:
        return self.style.indent if number == 0 and self._start == 0 else 0.0

    def _room(self, width: float, number: int) -> float:
        taken = self.style.left + self.style.right + self._first_indent(number)
        return width - taken

    def _draw_line(self, number: int, line: Line, y: float) -> None:
        spare = self._room(self.width, number) - line.width
        x = self.style.left + self._first_indent(number) - self._text.head(line.start)
        spread = 0.0
        if self.style.align is Align.JUSTIFIED and not line.hard:
            spread = max(0.0, spare)
        elif self.style.align is Align.RIGHT:
            x += spare
        elif self.style.align is Align.CENTRE:
            x += spare / 2
        self._draw_parts(self._text, line, self._text.gaps_of(line, spread), x, y)

    def _draw_parts(
        self, text: Measured, line: Line, gaps: Sequence[float], x: float, y: float
    ) -> None:
        draw_text(self.canv, x, y, _parts(text, line, gaps), self.style.colour)


def _parts(text: Measured, line: Line, gaps: Sequence[float]) -> Iterator[Part]:
    """Yield the stretches of a line that are set in one face."""
    at = line.start
    while at < line.stop:
        face, first = text.faces[at], at
        while at < line.stop and text.faces[at] == face:
            at += 1
        part = slice(first - line.start, at - line.start)
        yield face, text.text[first:at], gaps[part]
