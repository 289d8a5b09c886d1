"""The preview of a report, beside work that reads the same library of PDF pages."""

from __future__ import annotations

import io
import threading

from reportlab.pdfgen.canvas import Canvas

from valuer.gui.main_window import MainWindow
from valuer.gui.preview import Preview
from valuer.reports.pdfium import Pages

ROUNDS = 150


def document(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(pages):
        for line in range(40):
            canvas.drawString(72, 780 - 18 * line, f"page {number} line {line} " * 3)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_pages_are_shown_while_another_thread_reads_pages(window: MainWindow, qtbot):
    pdf, read = document(3), []

    def recompute() -> None:
        for _ in range(ROUNDS):
            with Pages(pdf) as pages:
                read.append([pages.lines(n) for n in range(len(pages))])
                pages.picture(0)

    preview = Preview(window.shell, window)
    preview.resize(600, 700)
    preview.show()
    worker = threading.Thread(target=recompute)
    worker.start()
    while worker.is_alive():
        preview.put(pdf)
        qtbot.wait(1)
    worker.join()
    assert len(read) == ROUNDS
    assert all(one == read[0] for one in read)
    assert not preview.pages[0].pixmap().isNull()


def test_what_is_no_pdf_shows_no_page(window: MainWindow):
    preview = Preview(window.shell, window)
    preview.put(b"no PDF")
    assert preview.pages == []
