"""How a report looks: the sheet, its measures, and a style for each kind of text.

Lengths are in points. Running text is serif (宋体) at 10.5 pt (五号); headings,
emphasis, tables and charts are sans (黑体), whose figures are all of one width.
Colours are the few of Okabe and Ito that remain apart in grey print.

Source: Okabe and Ito, Color Universal Design (2008), for the colours.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from valuer.core.texts import N_, tr
from valuer.reports.fonts import SANS, SERIF

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
MARGIN_LEFT = MARGIN_RIGHT = 27 * MM
MARGIN_TOP, MARGIN_BOTTOM = 28 * MM, 25 * MM
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
TEXT: Colour = (0.1, 0.1, 0.1)
MUTED: Colour = (0.38, 0.38, 0.38)
LINE: Colour = (0.62, 0.62, 0.62)
GRID: Colour = (0.84, 0.84, 0.84)
PALE: Colour = (0.93, 0.94, 0.95)
BLUE: Colour = (0.0, 0.447, 0.698)
VERMILLION: Colour = (0.835, 0.369, 0.0)
ORANGE: Colour = (0.902, 0.624, 0.0)
SKY: Colour = (0.337, 0.706, 0.914)
GREEN: Colour = (0.0, 0.62, 0.451)


class Align(StrEnum):
    """Where the lines of a paragraph stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    JUSTIFIED = "justified"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one kind of paragraph is set.

    Attributes:
        font: ``SERIF`` or ``SANS``.
        language: whose habits of punctuation and quotation marks hold.
        size, leading: of the letters, and from line to line.
        indent: of the first line; ``left`` and ``right`` of all lines.
        before, after: space above and below.
        weight: thickness added to each stroke, in em: there is no bold face.
        spacing: blank between Chinese and Latin characters, in em.
    """

    language: str
    font: str = SERIF
    size: float = 10.5
    leading: float = 18
    align: Align = Align.JUSTIFIED
    indent: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    colour: Colour = TEXT
    weight: float = 0
    spacing: float = 0.09
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """All styles of a report in one language, and the numbers it counts."""

    language: str
    numbering: Numbering = field(default_factory=lambda: Numbering())
    scale: float = 1.0
    """By how much type is set smaller, for what must stand on one page."""

    @property
    def is_chinese(self) -> bool:
        """Whether Chinese habits hold: indented paragraphs, 一、（一）1."""
        return self.language != "en"

    @property
    def body(self) -> TextStyle:
        """Running text."""
        if self.is_chinese:
            return self._scaled(TextStyle(self.language, indent=21, after=3))
        return self._scaled(TextStyle(self.language, leading=15.5, after=6))

    @property
    def plain(self) -> TextStyle:
        """Running text that is not a paragraph of its own: no first indent."""
        return replace(self.body, indent=0)

    @property
    def note(self) -> TextStyle:
        """Small type under a table or a figure."""
        leading = 13.5 if self.is_chinese else 12
        small = TextStyle(self.language, SANS, 8.5, leading, after=6, colour=MUTED)
        return self._scaled(small)

    @property
    def cell(self) -> TextStyle:
        """A table's cell."""
        leading = 13.5 if self.is_chinese else 12.5
        cell = TextStyle(self.language, SANS, 9, leading, Align.LEFT)
        return self._scaled(cell)

    @property
    def head(self) -> TextStyle:
        """A table's head."""
        return replace(self.cell, weight=0.025)

    @property
    def caption(self) -> TextStyle:
        """The title of a table or a figure."""
        return TextStyle(
            self.language,
            font=SANS,
            size=9.5,
            leading=15,
            align=Align.LEFT,
            before=8,
            after=3,
            weight=0.02,
            keep_with_next=True,
        )

    @property
    def formula(self) -> TextStyle:
        """A formula on a line of its own."""
        return replace(self.plain, align=Align.LEFT, left=21, before=2, after=4)

    def table_title(self, text: str) -> str:
        """Return a table's title with the next number: ``表1　…``, ``Table 1  …``."""
        number = self.numbering.count("table")
        return tr(
            N_("Table {number}  {title}"), self.language, number=number, title=text
        )

    def figure_title(self, text: str) -> str:
        """Return a figure's title with the next number: ``图1　…``."""
        number = self.numbering.count("figure")
        return tr(
            N_("Figure {number}  {title}"), self.language, number=number, title=text
        )

    def heading(self, level: int) -> TextStyle:
        """The headings of the levels 1 to 3; 0 is the title of a page by itself."""
        size, leading, before, after = {
            0: (17, 28, 0, 16),
            1: (14, 22, 16, 8),
            2: (12, 19, 11, 5),
            3: (10.5, 17, 8, 3),
        }[level]
        return TextStyle(
            self.language,
            font=SANS,
            size=size,
            leading=leading,
            align=Align.LEFT if level else Align.CENTRE,
            before=before,
            after=after,
            colour=BLACK,
            weight=0.022,
            keep_with_next=True,
        )

    def _scaled(self, text: TextStyle) -> TextStyle:
        size, leading = text.size * self.scale, text.leading * self.scale
        return replace(text, size=size, leading=leading, after=text.after * self.scale)


class Numbering:
    """Counts headings, tables and figures through one report."""

    def __init__(self) -> None:
        self._headings = [0, 0, 0]
        self._counts: dict[str, int] = {}

    def heading(self, level: int, language: str) -> str:
        """Return the next number of a level: ``一、`` ``（一）`` ``1．`` or ``1.1``."""
        self._headings[level - 1] += 1
        self._headings[level:] = [0] * (3 - level)
        if language == "en":
            return ".".join(str(n) for n in self._headings[:level]) + "\u2002"
        number = self._headings[level - 1]
        return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}．")[
            level - 1
        ]

    def count(self, kind: str) -> int:
        """Return the next number of a kind of thing, from 1."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]


def chinese(number: int) -> str:
    """Return a number from 1 to 99 in Chinese: 十二."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return lead + (digits[ones] if ones else "")
