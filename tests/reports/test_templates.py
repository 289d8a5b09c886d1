"""A template of a house is read without trusting it."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from valuer.core.look import Addition, Wording
from valuer.core.problems import UserError
from valuer.reports.logos import DRAWN
from valuer.reports.templates import read_template

PLAIN = {
    "format": 1,
    "accent": "#1F4E8C",
    "zh_CN": {
        "header": "某某资产评估有限公司",
        "cover": ["一行"],
        "sections": {"limits": ["甲 < 乙 也只是文字。"]},
    },
    "en": {"footer": "Some Road & Co."},
}


def png(width: int = 30, height: int = 10) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 30, 30, 128)).save(out, "PNG")
    return out.getvalue()


def folder(at: Path, plain: Any = PLAIN, logo: bytes | None = None) -> Path:
    at.mkdir(exist_ok=True)
    (at / "house.json").write_text(json.dumps(plain), encoding="utf-8")
    if logo is not None:
        (at / "logo.png").write_bytes(logo)
    return at


def packed(at: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(at, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return at


def words(change: dict[str, Any]) -> dict[str, Any]:
    return {"format": 1, "zh_CN": change}


def test_a_folder_tells_colour_words_and_logo(tmp_path: Path):
    found = read_template(folder(tmp_path / "模板", logo=png()))
    assert found.look.accent == "#1f4e8c"
    assert found.look.wording("zh_CN") == Wording(
        "zh_CN",
        "某某资产评估有限公司",
        cover=("一行",),
        additions=(Addition("limits", ("甲 < 乙 也只是文字。",)),),
    )
    assert found.look.wording("en").footer == "Some Road & Co."
    assert len(found.look.logo) == 64


def test_a_zip_of_the_folder_is_the_same_template(tmp_path: Path):
    plain, logo = json.dumps(PLAIN).encode(), png()
    entries = {"house.json": plain, "logo.png": logo}
    inner = {f"tpl/{name}": data for name, data in entries.items()}
    known = read_template(folder(tmp_path / "t", logo=logo))
    for number, content in enumerate((entries, inner)):
        assert read_template(packed(tmp_path / f"{number}.zip", **content)) == known


def test_a_large_logo_is_made_as_small_as_it_is_drawn(tmp_path: Path):
    found = read_template(folder(tmp_path / "t", logo=png(2000, 500)))
    assert Image.open(io.BytesIO(found.logo)).size == (DRAWN, DRAWN // 4)


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"accent": "#112233"}, "form"),
        ([], "form"),
        ({"format": 2}, "form"),
        ({"format": 1, "script": "x"}, "script"),
        ({"format": 1, "accent": "red"}, "colour"),
        (words({"header": "宽" * 41}), "longer"),
        (words({"header": "a\nb"}), "one line"),
        (words({"footer": "<b>x</b>"}), "markup"),
        (words({"footer": "&#x41;"}), "markup"),
        (words({"cover": ["\u202eabc"]}), "control"),
        (words({"cover": ["a"] * 7}), "6 lines"),
        (words({"sections": {"signatures": ["x"]}}), "signatures"),
        (words({"sections": {"nowhere": ["x"]}}), "nowhere"),
        (words({"sections": {"limits": ["x" * 1001]}}), "too long"),
        (words({"sections": {"limits": [" "]}}), "empty"),
    ],
)
def test_what_a_template_may_not_say_is_refused(plain: Any, said: str, tmp_path: Path):
    with pytest.raises(UserError, match=said):
        read_template(folder(tmp_path / "t", plain))


def head(width: int, height: int) -> bytes:
    """Return a PNG that says it has such a size, and little in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return (
            struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", size), chunk(b"IDAT", zlib.compress(b"\0" * 99)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (head(100_000, 100_000), "pixels"),
        (head(5000, 10), "pixels"),
        (png()[:60], "damaged"),
        (b"", "no picture"),
    ],
)
def test_what_is_no_fit_logo_is_refused(logo: bytes, said: str, tmp_path: Path):
    with pytest.raises(UserError, match=said):
        read_template(folder(tmp_path / "t", logo=logo))


@pytest.mark.parametrize(
    "entry",
    ["../house.json", "/house.json", "a/b/house.json", "run.py", "..\\logo.png"],
)
def test_a_zip_that_holds_anything_else_is_refused(entry: str, tmp_path: Path):
    path = packed(tmp_path / "t.zip", **{entry: json.dumps(PLAIN).encode()})
    with pytest.raises(UserError, match="no part of a template"):
        read_template(path)


def test_a_zip_that_unfolds_too_far_is_refused(tmp_path: Path):
    path = packed(tmp_path / "t.zip", **{"house.json": b" " * 50_000_000})
    with pytest.raises(UserError, match="larger than 256 kB"):
        read_template(path)


@pytest.mark.parametrize("data", [b"", b"PK\3\4" + b"\0" * 50, b"%PDF-1.7"])
def test_what_is_no_zip_is_refused(data: bytes, tmp_path: Path):
    path = tmp_path / "t.zip"
    path.write_bytes(data)
    with pytest.raises(UserError, match="no zip"):
        read_template(path)


def test_a_logo_that_points_elsewhere_is_refused(tmp_path: Path):
    target = folder(tmp_path / "t")
    (tmp_path / "secret.png").write_bytes(png())
    (target / "logo.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(UserError, match="points elsewhere"):
        read_template(target)


def test_a_folder_without_words_is_no_template(tmp_path: Path):
    with pytest.raises(UserError, match=r"house\.json"):
        read_template(tmp_path)
