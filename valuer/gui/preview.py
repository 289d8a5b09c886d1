"""The pages of a finished report, as they will be printed.

Pages are drawn when they come into sight; signatures' pictures are drawn with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from valuer.core.texts import N_
from valuer.gui.shell import Shell
from valuer.gui.words import Texts
from valuer.reports.pdfium import PDFIUM

GAP = 12
"""Pixels between two pages."""

MOST = 2000
"""Pages shown; a file made to hold up the window may have millions."""

WIDEST = 900
"""A page is never wider, in pixels."""


class Preview(QScrollArea):
    """Shows a PDF, page under page."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._drawn: dict[int, int] = {}
        self.pages: list[QLabel] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts = Texts(shell.words, self)
        texts.name(self, "report_preview", N_("Pages of the report"))
        self._column = QWidget(self)
        self._layout = QVBoxLayout(self._column)
        self._layout.setSpacing(GAP)
        self.setWidget(self._column)
        self.verticalScrollBar().valueChanged.connect(self._draw_seen)
        self.verticalScrollBar().rangeChanged.connect(self._draw_seen)

    def put(self, pdf: bytes | None) -> None:
        """Show a document, or nothing; what is no PDF shows no page."""
        for page in self.pages:
            page.deleteLater()
        self.pages, self._drawn, self._sizes = [], {}, []
        self._pdf = pdf or b""
        with suppress(pypdfium2.PdfiumError), self._document() as document:
            count = min(len(document), MOST)
            sizes = [document.get_page_size(number) for number in range(count)]
            self._sizes = [(max(across, 1), max(down, 1)) for across, down in sizes]
        for number in range(len(self._sizes)):
            page = QLabel(self._column)
            page.setAlignment(Qt.AlignmentFlag.AlignCenter)
            page.setAccessibleName(str(number + 1))
            self.pages.append(page)
            self._layout.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.verticalScrollBar().setValue(0)
        self._measure()

    def show_page(self, number: int) -> None:
        """Bring a page into sight; they count from 1."""
        if 1 <= number <= len(self.pages):
            self._column.adjustSize()
            self.verticalScrollBar().setValue(self.pages[number - 1].y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Give every page its size, so that the bar tells how long the report is."""
        width = max(200, min(WIDEST, self.viewport().width() - 2 * GAP))
        for page, (across, down) in zip(self.pages, self._sizes, strict=True):
            page.setFixedSize(width, round(width * down / across))
        self._draw_seen()

    def _draw_seen(self) -> None:
        """Draw the pages in sight that are not drawn in their present size."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        ratio = self.devicePixelRatioF()
        wanted = [
            (number, round(page.width() * ratio))
            for number, page in enumerate(self.pages)
            if page.y() <= bottom and page.y() + page.height() >= top
        ]
        wanted = [
            (number, size) for number, size in wanted if self._drawn.get(number) != size
        ]
        if not wanted:
            return
        with self._document() as document:
            for number, size in wanted:
                self._drawn[number] = size
                scale = size / self._sizes[number][0]
                page = document[number]
                drawn = _picture(page, scale)
                page.close()
                drawn.setDevicePixelRatio(ratio)
                self.pages[number].setPixmap(drawn)

    @contextmanager
    def _document(self) -> Iterator[Any]:
        """Open the document for a moment; parsing it again takes milliseconds.

        pdfium ends the program when two threads are in it, and a report may be
        recomputed at this very moment: nothing of it is used outside.
        """
        with PDFIUM:
            document = pypdfium2.PdfDocument(self._pdf)
            try:
                if document.get_formtype():
                    document.init_forms()
                yield document
            finally:
                document.close()


def _picture(page: Any, scale: float) -> QPixmap:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    image = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGB888,
    )
    drawn = QPixmap.fromImage(image)
    bitmap.close()
    return drawn
