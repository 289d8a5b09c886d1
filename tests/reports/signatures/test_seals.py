"""A house's picture of its seal: taken as given, within bounds, drawn in its box."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from valuer.core.problems import UserError
from valuer.reports.seals import DRAWN, Seal, load_seal, read_seal
from valuer.reports.signature_wishes import Wish
from valuer.reports.signing import sign, sign_document


def png(*size: int, mode: str = "RGBA", colour: object = (200, 0, 0, 255)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "colour", "pixel"),
    [
        ("RGBA", (200, 0, 0, 255), b"\xc8\0\0"),
        ("RGBA", (200, 0, 0, 0), b"\xff\xff\xff"),
        ("RGB", (0, 10, 20), b"\0\x0a\x14"),
        ("L", 7, b"\7\7\7"),
        ("P", 0, None),
        ("1", 1, b"\xff\xff\xff"),
    ],
)
def test_every_kind_of_png_is_drawn_on_white(mode, colour, pixel):
    seal = read_seal(png(3, 2, mode=mode, colour=colour), "seal.png")

    assert (seal.width, seal.height, len(seal.pixels)) == (3, 2, 18)
    assert pixel is None or seal.pixels == pixel * 6


def test_a_large_picture_is_drawn_smaller():
    seal = read_seal(png(2000, 1000), "seal.png")

    assert (seal.width, seal.height) == (DRAWN, DRAWN // 2)


def test_a_picture_that_unfolds_without_end_is_not_unfolded():
    # 30,000 × 30,000 pixels of nothing: 3.6 GB from a few bytes.
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 6, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", b"")

    with pytest.raises(UserError, match="30000 × 30000 pixels"):
        read_seal(data, "seal.png")


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


@pytest.mark.parametrize("junk", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", png(3, 3)[:50]])
def test_what_is_no_png_is_told(folder, junk):
    path = folder / "印章.png"
    path.write_bytes(junk)

    with pytest.raises(UserError, match=r"印章\.png is no picture in PNG"):
        load_seal(path)


GOOD = png(40, 40)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_picture_is_read_or_refused(place, value):
    data = bytearray(GOOD)
    data[place] = value
    try:
        seal = read_seal(bytes(data), "seal.png")
    except UserError:
        return
    assert len(seal.pixels) == seal.width * seal.height * 3


def test_the_seal_stands_in_the_institutions_box(prepared, holders, now, verified):
    pdf = sign(prepared, holders.first, "appraiser", now, "en")
    pdf = sign(pdf, holders.second, "appraiser", now, "en")
    wish = Wish(seal=Seal(2, 1, b"\xc8\0\0" * 2))
    made = sign_document(pdf, holders.institution, "agency", now, "en", wish)

    assert verified(made.pdf).verdict == "intact"
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        form = document.Root.AcroForm.Fields[2].AP.N
        picture = form.Resources.XObject["/Im1"]
        assert picture.read_bytes() == b"\xc8\0\0" * 2
        assert b"/Im1 Do" in form.read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/XObject" not in document.Root.AcroForm.Fields[0].AP.N.Resources


def test_an_appraiser_has_no_seal(prepared, holders, now):
    with pytest.raises(UserError, match="Only the institution's signature"):
        sign_document(
            *(prepared, holders.first, "appraiser", now, "en"),
            Wish(seal=Seal(1, 1, b"\0\0\0")),
        )
