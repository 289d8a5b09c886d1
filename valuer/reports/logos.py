"""The logo of a house: taken up from a picture, carried by the report, drawn again.

Whoever recomputes a report takes its logo from the file, so the bytes count as
untrusted: bounded in size, named by their SHA-256 in the case, and read as a PNG only.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports.seals import Seal, read_seal

NAME = "valuer-logo.png"
"""The attachment's name in the PDF."""

WIDEST = 4000
"""Pixels on a side of a picture that is taken up."""

DRAWN = 600
"""Pixels on a side that are kept: 50 mm at 300 an inch."""

LARGEST = 1_500_000
"""Bytes of a logo as kept; 600 × 600 pixels without packing are 1.1 MB."""


def taken_up(data: bytes, file: str) -> bytes:
    """Return a picture as it is kept: the pixels alone, no larger than they are drawn.

    Raises:
        UserError: it is no PNG, damaged or too large.
    """
    from PIL import Image

    logo = read_seal(data, file, WIDEST, DRAWN)
    out = io.BytesIO()
    picture = Image.frombytes("RGB", (logo.width, logo.height), logo.pixels)
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def read_logo(data: bytes, digest: str) -> Seal | None:
    """Return the logo of a digest from its bytes; None where no logo is named.

    Raises:
        UserError: these are other bytes, or no logo as kept.
    """
    if not digest:
        return None
    if len(data) > LARGEST or hashlib.sha256(data).hexdigest() != digest:
        raise UserError(
            N_("The logo given is not the one of the case's template ({digest}…)."),
            digest=digest[:16],
        )
    return read_seal(data, NAME, DRAWN, DRAWN)


def draw_logo(
    canvas: Any, logo: Seal, left: float, bottom: float, size: tuple[float, float]
) -> None:
    """Draw a logo on a canvas of reportlab."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = Image.frombytes("RGB", (logo.width, logo.height), logo.pixels)
    canvas.drawImage(ImageReader(picture), left, bottom, *size)


def fitted(logo: Seal, width: float, height: float) -> tuple[float, float]:
    """Return the size in points at which a logo fits a room."""
    scale = min(width / logo.width, height / logo.height)
    return logo.width * scale, logo.height * scale
