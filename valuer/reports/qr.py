"""A QR code as vector squares, with its caption."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from valuer.reports.paragraphs import Paragraph
from valuer.reports.style import Align, Style

_QUIET = 4
"""Blank modules around the code that readers need (ISO/IEC 18004, 6.3.8)."""

_GAP = 2.0


class QRCode(Flowable):  # type: ignore[misc] # reportlab has no types
    """A QR code of a text, ``size`` points wide, its caption below."""

    def __init__(
        self, content: str, caption: str, style: Style, *, size: float = 84
    ) -> None:
        import segno

        super().__init__()
        self.hAlign = "CENTRE"
        self._matrix = segno.make(content, error="m", micro=False).matrix
        self._size = size
        centred = replace(style.note, align=Align.CENTRE, after=0)
        self._caption = Paragraph(caption, centred)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size taken: the caption may be wider than the code."""
        self.width = min(width, max(self._size, self._caption.natural_width() + 1))
        self.height = self._size + _GAP + self._caption.wrap(self.width, height)[1]
        return self.width, self.height

    def draw(self) -> None:
        """Draw the code and its caption on the canvas."""
        module = self._size / (len(self._matrix) + 2 * _QUIET)
        left = (self.width - self._size) / 2 + _QUIET * module
        path = self.canv.beginPath()
        for row, modules in enumerate(self._matrix):
            top = self.height - (_QUIET + row + 1) * module
            for first, length in _dark(modules):
                path.rect(left + first * module, top, length * module, module)
        self.canv.saveState()
        self.canv.setFillColorRGB(0, 0, 0)
        self.canv.drawPath(path, stroke=0, fill=1)
        self.canv.restoreState()
        self._caption.drawOn(self.canv, 0, 0)


def _dark(modules: bytes | bytearray) -> list[tuple[int, int]]:
    """Return where dark modules begin in a row and how many stand together."""
    runs: list[tuple[int, int]] = []
    start = None
    for at, module in enumerate([*modules, 0]):
        if module and start is None:
            start = at
        elif not module and start is not None:
            runs.append((start, at - start))
            start = None
    return runs
