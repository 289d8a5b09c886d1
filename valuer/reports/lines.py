"""Break a text into lines and set the lines apart.

Greedy breaking: each line takes what fits. Where nothing but a long word or number
is left, the line breaks inside it, still not before 。 or after （ if that can be
avoided. A justified line spreads its spare width over its blanks and between Chinese
characters, narrowly there where it can, so that no blank is read back from the page
where none was written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from valuer.reports.characters import (
    CLOSING,
    OPENING,
    breaks,
    cleaned,
    is_cjk,
    is_ideograph,
    is_latin,
    kept_apart,
    shaped,
    squeeze,
)
from valuer.reports.fonts import SANS, report_font
from valuer.reports.style import TextStyle

_SMALL = 0.65
_TOLERANCE = 1e-6
_BLANK = 4.0
"""Share of a blank in a line's spare width; a gap between Chinese takes 1."""

_HOLE = 0.5
"""Blanks wider by more than half an em each are holes: such a line is not justified."""

_NARROW = 0.09
"""Gaps wider than a tenth of an em are read back as blanks by common programs."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph set alike.

    Attributes:
        text: plain text, no markup.
        bold: set in sans, as Chinese typesetters emphasise.
        shift: 1 for superscript, -1 for subscript.
    """

    text: str
    bold: bool = False
    shift: int = 0


Content = str | Run | Sequence[str | Run]
"""What a paragraph is made of."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a run's characters are drawn."""

    font: str
    size: float
    rise: float
    weight: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line: characters from ``start`` to ``stop`` and where they stand.

    Attributes:
        width: natural width in points, blanks at both ends taken off.
        hard: whether the text itself ends the line.
    """

    start: int
    stop: int
    width: float
    hard: bool


class Measured:
    """A text ready to be broken: characters, faces, advances and gaps in points."""

    def __init__(self, content: Content, style: TextStyle) -> None:
        runs = runs_of(content)
        self.text = shaped("".join(run.text for run in runs), style.language)
        self.faces: list[Face] = []
        for run in runs:
            self.faces.extend([face_of(run, style)] * len(run.text))
        self.allowed = breaks(self.text)
        self.advances = [
            report_font(face.font).source.width(c) * face.size * 0.001
            for c, face in zip(self.text, self.faces, strict=True)
        ]
        self.gaps = [0.0] * len(self.text)
        for i in range(1, len(self.text)):
            self.gaps[i] = self._gap(i, style.spacing) * self.faces[i].size

    def head(self, at: int) -> float:
        """Return the blank that a character gives up at the start of a line."""
        return self.faces[at].size / 2 if self.text[at] in OPENING else 0.0

    def tail(self, at: int) -> float:
        """Return the blank that a character gives up at the end of a line."""
        return self.faces[at].size / 2 if self.text[at] in CLOSING else 0.0

    def line(self, start: int, stop: int, *, hard: bool) -> Line:
        """Return a line of these characters, without the blanks at its end."""
        end = stop
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if end == start:
            return Line(start, start, 0.0, hard)
        width = sum(self.advances[start:end]) + sum(self.gaps[start + 1 : end])
        width -= self.head(start) + self.tail(end - 1)
        return Line(start, end, width, hard)

    def widest_word(self, start: int, stop: int) -> float:
        """Return the width of the widest stretch without a place to break."""
        first, widest = start, 0.0
        for at in range(start + 1, stop + 1):
            if at == stop or self.allowed[at] or self.text[at - 1] == "\n":
                widest = max(widest, self.line(first, at, hard=False).width)
                first = at
        return widest

    def gaps_of(self, line: Line, spare: float) -> list[float]:
        """Return the gap before each character, ``spare`` points spread over them.

        A line whose blanks would become holes stays ragged.
        """
        places = range(line.start + 1, line.stop)
        blanks = [i for i in places if self.text[i - 1].isspace()]
        squares = [i for i in places if self._is_square_gap(i)]
        seams = [i for i in places if self._is_seam(i)]
        gaps = [0.0, *(self.gaps[i] for i in places)]
        shares = len(blanks) * _BLANK + len(squares)
        if (
            blanks
            and not squares
            and spare > _HOLE * self.faces[line.start].size * len(blanks)
        ):
            spare = 0.0
        if shares:
            narrow = _NARROW * self.faces[line.start].size if blanks else spare
            square = min(spare / shares, narrow)
            rest = spare - square * len(squares)
            self._widen(gaps, line, squares, square * len(squares))
            self._widen(gaps, line, blanks, rest)
        else:
            self._widen(gaps, line, seams, spare)
        return gaps

    @staticmethod
    def _widen(gaps: list[float], line: Line, places: list[int], spare: float) -> None:
        for i in places:
            gaps[i - line.start] += spare / len(places)

    def _is_square_gap(self, at: int) -> bool:
        before, after = self.text[at - 1], self.text[at]
        return is_cjk(before) and is_cjk(after) and not self.faces[at].rise

    def _is_seam(self, at: int) -> bool:
        either = is_cjk(self.text[at - 1]) or is_cjk(self.text[at])
        return self.allowed[at] and either and not self.text[at].isspace()

    def _gap(self, at: int, spacing: float) -> float:
        before, after = self.text[at - 1], self.text[at]
        if is_ideograph(before) and is_latin(after):
            return 0.0 if self.faces[at].rise else spacing
        if is_latin(before) and is_ideograph(after):
            return spacing
        return -squeeze(before, after)


def runs_of(content: Content) -> tuple[Run, ...]:
    """Return a paragraph's content as runs of cleaned text."""
    parts = (content,) if isinstance(content, str | Run) else tuple(content)
    runs = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(Run(cleaned(r.text), r.bold, r.shift) for r in runs if r.text)


def face_of(run: Run, style: TextStyle) -> Face:
    """Return how a run is drawn in a paragraph of this style."""
    size = style.size * (_SMALL if run.shift else 1)
    rise = {1: 0.38, 0: 0.0, -1: -0.14}[run.shift] * style.size
    if not run.bold:
        return Face(style.font, size, rise, style.weight)
    weight = 0.03 if style.font == SANS else 0.012
    return Face(SANS, size, rise, max(weight, style.weight))


def lines_of(
    text: Measured, width: Callable[[int], float], start: int = 0, stop: int = -1
) -> list[Line]:
    """Break a text; ``width(n)`` is the room in line n, from 0."""
    end = len(text.text) if stop < 0 else stop
    lines: list[Line] = []
    at = start
    while at < end:
        following, hard = _next_break(text, at, end, width(len(lines)))
        lines.append(text.line(at, following, hard=hard))
        at = following
        while not hard and at < end and text.text[at] == " ":
            at += 1
    _keep_company(text, lines, end)
    return lines or [Line(start, start, 0.0, hard=True)]


def _keep_company(text: Measured, lines: list[Line], end: int) -> None:
    """Move a character down to the last line if a lone one stands there (孤字)."""
    if len(lines) < 2 or end < len(text.text) or lines[-2].hard:
        return
    before, last = lines[-2:]
    alone = text.text[last.start : last.stop]
    if len(alone) > 2 or not is_ideograph(alone[:1]) or alone[1:].isalnum():
        return
    places = range(
        before.stop - 1, before.start + (before.stop - before.start) // 2, -1
    )
    at = next((i for i in places if text.allowed[i]), None)
    if at is not None:
        lines[-2] = text.line(before.start, at, hard=False)
        lines[-1] = text.line(at, end, hard=last.hard)


def _next_break(text: Measured, start: int, end: int, room: float) -> tuple[int, bool]:
    """Return where the line that begins at ``start`` ends, and whether it must."""
    width = -text.head(start)
    last = 0
    for at in range(start, end):
        character = text.text[at]
        if character == "\n":
            return at + 1, True
        if at > start:
            width += text.gaps[at]
            if text.allowed[at]:
                last = at
        width += text.advances[at]
        too_wide = width - text.tail(at) > room + _TOLERANCE
        if too_wide and not character.isspace():
            return last or _forced_break(text, start, at), False
    return end, end == len(text.text)


def _forced_break(text: Measured, start: int, at: int) -> int:
    """Return where to break a line that offers no place to break."""
    for place in range(at, start, -1):
        if not kept_apart(text.text[place - 1], text.text[place]):
            return place
    return max(at, start + 1)
