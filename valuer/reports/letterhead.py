"""What a house's template puts on the pages beside their text (信头、页眉、页脚)."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from valuer.reports.logos import draw_logo, fitted
from valuer.reports.seals import Seal
from valuer.reports.style import Colour

_LINE = 90.0
"""Length of the line on a cover, in points."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Head and foot of a house: its logo, a line of words each, a colour or ""."""

    logo: Seal | None = None
    header: str = ""
    footer: str = ""
    accent: str = ""


PLAIN = Letterhead()


def colour_of(accent: str) -> Colour:
    """Return a colour such as ``#1f4e8c`` in shares of red, green and blue."""
    red, green, blue = bytes.fromhex(accent[1:])
    return red / 255, green / 255, blue / 255


class Logo(Flowable):  # type: ignore[misc] # reportlab has no types
    """A logo at the left, as large as there is room; always as high as the room."""

    def __init__(self, logo: Seal, room: tuple[float, float]) -> None:
        super().__init__()
        self._logo, self._room = logo, room

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        del height
        self.width, self.height = width, self._room[1]
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, its top at the top of the room."""
        if self.canv.is_trial:
            return
        size = fitted(self._logo, *self._room)
        draw_logo(self.canv, self._logo, 0, self.height - size[1], size)


class Line(Flowable):  # type: ignore[misc] # reportlab has no types
    """A short line in the house's colour, in the middle."""

    def __init__(self, accent: str) -> None:
        super().__init__()
        self._colour = colour_of(accent)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken at a width."""
        del height
        self.width, self.height = width, 2.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas."""
        self.canv.saveState()
        self.canv.setStrokeColorRGB(*self._colour)
        self.canv.setLineWidth(1.6)
        left = (self.width - _LINE) / 2
        self.canv.line(left, 1, left + _LINE, 1)
        self.canv.restoreState()
