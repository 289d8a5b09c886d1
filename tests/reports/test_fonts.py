from __future__ import annotations

import io
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from valuer.reports.characters import shaped
from valuer.reports.fonts import SANS, SERIF, missing_characters, report_font

LINES = (
    "许可费节省法：S(t) = R(t) × ρ × (1 − τ)，V = Σ S(t) × (1 + r)^−(t − ½)",
    "“引号”（评估）‘单’……——《标题》、；！？人民币12,345.60元，占16.25%",
    "The applicant’s “quote” — 1,234.56 − 5.0% ± 2 ≤ 3 ≥ ≠ ≈ √ ∞ · ‰ §",
    "xₜ y₀ z⁻ⁿ 10² Ωμσφβα 李䶮 𬭚 ㎡ ① ￥ ¥ °C ℃ 〓",
)


@pytest.fixture(params=[SERIF, SANS])
def page(request):
    return written(LINES, request.param)


def written(lines, name):
    report_font(name)
    out = io.BytesIO()
    canvas = Canvas(out, initialFontName=name, invariant=1)
    for number, line in enumerate(lines):
        canvas.setFont(name, 12)
        canvas.drawString(40, 780 - 30 * number, shaped(line, "zh_CN"))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_pdfium_reads_back_exactly_what_was_set(page):
    with pypdfium2.PdfDocument(page) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert text.split("\r\n") == list(LINES)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_back_exactly_what_was_set(page, tmp_path):
    path = tmp_path / "专利.pdf"
    path.write_bytes(page)
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert [line for line in text.split("\n") if line.strip("\f")] == list(LINES)


def test_only_embedded_fonts_stand_in_the_file(page):
    with pikepdf.open(io.BytesIO(page)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        assert len(fonts) == 1
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert descriptor.FontFile3.Subtype == "/CIDFontType0C"


def test_a_missing_character_is_named_and_still_copied():
    report_font(SERIF)
    out = io.BytesIO()
    canvas = Canvas(out, initialFontName=SERIF, invariant=1)
    canvas.setFont(SERIF, 12)
    canvas.drawString(40, 700, "王☑𠮷")
    assert missing_characters(canvas._doc) == ("☑", "𠮷")
    canvas.save()
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        assert pdf[0].get_textpage().get_text_range() == "王☑𠮷"


def test_documents_do_not_share_characters():
    small, large = (
        written(("一",), SERIF),
        written(("一二三四五六七八九十" * 3,), SERIF),
    )
    assert written(("一",), SERIF) == small
    assert len(large) > len(small)
