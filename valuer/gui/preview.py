"""The pages of a finished report, as they will be printed.

Pages are drawn when they come into sight; signatures' pictures are drawn with them.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from valuer.core.texts import N_
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

GAP = 12
"""Pixels between two pages."""

WIDEST = 900
"""A page is never wider, in pixels."""


class Preview(QScrollArea):
    """Shows a PDF, page under page."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._document: Any = None
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
        """Show a document, or nothing."""
        import pypdfium2

        for page in self.pages:
            page.deleteLater()
        self.pages, self._drawn = [], {}
        if self._document is not None:
            self._document.close()
            self._document = None
        if pdf is None:
            return
        try:
            self._document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            # The verdict beside says what is wrong with the file.
            return
        if self._document.get_formtype():
            self._document.init_forms()
        for number in range(len(self._document)):
            page = QLabel(self._column)
            page.setAlignment(Qt.AlignmentFlag.AlignCenter)
            page.setAccessibleName(str(number + 1))
            self.pages.append(page)
            self._layout.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Give every page its size, so that the bar tells how long the report is."""
        if self._document is None:
            return
        width = self._page_width()
        for number, page in enumerate(self.pages):
            across, down = self._document.get_page_size(number)
            page.setFixedSize(width, round(width * down / across))
        self._draw_seen()

    def _page_width(self) -> int:
        return max(200, min(WIDEST, self.viewport().width() - 2 * GAP))

    def _draw_seen(self) -> None:
        if self._document is None:
            return
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for number, page in enumerate(self.pages):
            if page.y() <= bottom and page.y() + page.height() >= top:
                self._draw(number, page)

    def _draw(self, number: int, page: QLabel) -> None:
        ratio = self.devicePixelRatioF()
        wanted = round(page.width() * ratio)
        if self._drawn.get(number) == wanted:
            return
        self._drawn[number] = wanted
        across, _ = self._document.get_page_size(number)
        bitmap = self._document[number].render(
            scale=wanted / across, rev_byteorder=True
        )
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGB888,
        )
        drawn = QPixmap.fromImage(image)
        drawn.setDevicePixelRatio(ratio)
        page.setPixmap(drawn)
