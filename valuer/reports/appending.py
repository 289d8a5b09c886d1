"""Append to a document without touching what stands in it."""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class Appender(IncrementalPdfFileWriter):
    """Appends a revision; the document's dates and properties stay as they are.

    They belong to the document that others have signed.
    """

    def _update_meta(self) -> None:
        """Leave title, producer and dates as the document states them."""
