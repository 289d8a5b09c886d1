"""Draw lines of set text on a canvas: the one place that writes PDF operators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from valuer.reports.fonts import report_font
from valuer.reports.lines import Face
from valuer.reports.outlines import VARIANTS
from valuer.reports.style import Colour

Part = tuple[Face, str, Sequence[float]]
"""Characters in one face, with the gap in points before each of them."""

_READ_AS_BLANK = 0.095
"""Readers of pages take a gap of a tenth of an em for a blank."""

_PLAIN = str.maketrans(VARIANTS)


def is_trial(canvas: Any) -> bool:
    """Whether a canvas only finds out where blocks come to stand."""
    return bool(getattr(canvas, "is_trial", False))


def draw_text(
    canvas: Any, x: float, y: float, parts: Iterable[Part], colour: Colour
) -> None:
    """Draw one line whose baseline begins at (x, y)."""
    text = canvas.beginText(x, y)
    # reportlab spaces words and characters evenly; a set line needs each gap.
    code, document = text._code, canvas._doc  # noqa: SLF001 - no public way
    parts = tuple(parts)
    loose = _is_loose(parts)
    if loose:
        wording = "".join(characters for _, characters, _ in parts).translate(_PLAIN)
        actual = wording.encode("utf-16-be").hex().upper()
        code.append(f"/Span <</ActualText <FEFF{actual}>>> BDC")
    code.append(f"{_colour(colour)} rg")
    weight = 0.0
    for face, characters, gaps in parts:
        font = report_font(face.font)
        name = font.getSubsetInternalName(0, document)
        code.append(f"{name} {face.size:.3f} Tf {face.rise:.3f} Ts")
        if face.weight != weight:
            weight = face.weight
            code.append(_stroke(weight * face.size, colour))
        code.append(_spread(font.codes(characters, document), gaps, face.size))
    code.append("0 Ts 0 Tr EMC" if loose else "0 Ts 0 Tr")
    canvas.saveState()
    canvas.drawText(text)
    canvas.restoreState()


def _is_loose(parts: Sequence[Part]) -> bool:
    """Tell whether a line is spread so far that it must say what it reads."""
    before = " "
    for face, characters, gaps in parts:
        for character, gap in zip(characters, gaps, strict=True):
            beside_blank = before.isspace() or character.isspace()
            if gap > _READ_AS_BLANK * face.size and not beside_blank:
                return True
            before = character
    return False


def _stroke(width: float, colour: Colour) -> str:
    """Return the operators that thicken, or no longer thicken, what follows."""
    return f"2 Tr {width:.3f} w {_colour(colour)} RG" if width else "0 Tr"


def _colour(colour: Colour) -> str:
    return " ".join(f"{part:.3f}" for part in colour)


def _spread(codes: bytes, gaps: Sequence[float], size: float) -> str:
    """Return the operator that shows these codes with gaps between them."""
    parts: list[str] = []
    waiting = ""
    for i, gap in enumerate(gaps):
        if gap:
            if waiting:
                parts.append(f"<{waiting}>")
            parts.append(f"{-1000 * gap / size:.1f}")
            waiting = ""
        waiting += codes[2 * i : 2 * i + 2].hex()
    return f"[{' '.join([*parts, f'<{waiting}>'])}] TJ"
