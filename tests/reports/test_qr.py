from __future__ import annotations

import io

import pypdfium2
import segno
from reportlab.pdfgen.canvas import Canvas

from valuer.reports.fonts import SANS, report_font
from valuer.reports.qr import QRCode
from valuer.reports.style import Style

CONTENT = "3f9a61d0c2b74e58" * 4
CAPTION = "软件核验码，非中评协报备码"


def drawn():
    report_font(SANS)
    code = QRCode(CONTENT, CAPTION, Style("zh_CN"), size=165)
    out = io.BytesIO()
    width, height = code.wrap(400, 800)
    canvas = Canvas(out, pagesize=(width, height), initialFontName=SANS)
    code.drawOn(canvas, 0, 0)
    canvas.save()
    return out.getvalue(), width


def test_each_module_is_printed_in_its_place():
    pdf, width = drawn()
    matrix = segno.make(CONTENT, error="m", micro=False).matrix
    side = 165 / (len(matrix) + 8)
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=4, grayscale=True).to_pil()
    left = (width - 165) / 2 + 4 * side
    for row, modules in enumerate(matrix):
        for column, module in enumerate(modules):
            x, y = left + (column + 0.5) * side, (4 + row + 0.5) * side
            is_dark = image.getpixel((int(x * 4), int(y * 4))) < 128
            assert is_dark == bool(module), (row, column)


def test_the_caption_stands_below():
    pdf, _ = drawn()
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_textpage().get_text_range() == CAPTION
