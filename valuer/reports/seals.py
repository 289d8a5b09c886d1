"""The house's own picture of its seal (机构印章), read from a PNG within bounds.

A picture proves nothing; the signature does. It is drawn as the user gave it, on white,
since a signature's picture covers what stood in its box.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import Path

from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_

LARGEST = 4 * 1024 * 1024
"""How long the file may be, in bytes."""

WIDEST = 6000
"""How many pixels the picture may have on a side."""

DRAWN = 900
"""How many pixels of a side are drawn at most: 40 mm at 570 a inch."""

_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """A picture: 8 bits each of red, green and blue, row after row from the top."""

    width: int
    height: int
    pixels: bytes


def load_seal(path: Path) -> Seal:
    """Return the picture in a PNG file.

    Raises:
        UserError: it cannot be read, is no PNG or is too large.
    """
    return read_seal(read_whole(path, LARGEST), path.name)


def read_seal(data: bytes, file: str, widest: int = WIDEST, drawn: int = DRAWN) -> Seal:
    """Return the picture in PNG bytes; ``file`` is their name for messages.

    Its sides may have ``widest`` pixels, and are made smaller to ``drawn``.

    Raises:
        UserError: they are no PNG, damaged, or the picture is too large.
    """
    # 50 ms to import, and few who sign have a seal.
    from PIL import Image, UnidentifiedImageError

    unfit = UserError(N_("{file} is no picture in PNG, or damaged."), file=file)
    if not data.startswith(_HEAD) or len(data) < len(_HEAD) + 8:
        raise unfit
    width, height = struct.unpack(">II", data[len(_HEAD) : len(_HEAD) + 8])
    if not (0 < width <= widest and 0 < height <= widest):
        raise UserError(
            N_("{file} has {width} × {height} pixels; {most} on a side are allowed."),
            file=file,
            width=width,
            height=height,
            most=widest,
        )
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as opened:
            if opened.size != (width, height):
                raise unfit  # a second head, further on, would have another size
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error):
        raise unfit from None
    picture.thumbnail((drawn, drawn))
    white = Image.new("RGBA", picture.size, "white")
    opaque = Image.alpha_composite(white, picture).convert("RGB")
    return Seal(*opaque.size, opaque.tobytes())
