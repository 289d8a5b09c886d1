"""Fields of a case while another program writes the library.

They show what holds and can be read to their end and copied from, but nothing can be
typed that would only be refused on leaving.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from valuer.gui.library_watch import LibraryWatch
from valuer.gui.series import SeriesGrid


class Closing(QObject):
    """Closes the fields inside a widget while this window may only read."""

    def __init__(self, library: LibraryWatch, around: QWidget) -> None:
        super().__init__(around)
        self._library, self._around = library, around
        library.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Close or open the fields that are there now."""
        closed = self._library.is_read_only
        for field in (self._around, *self._around.findChildren(QWidget)):
            if isinstance(field, QLineEdit | QPlainTextEdit):
                field.setReadOnly(closed)
            elif isinstance(field, SeriesGrid):
                field.lock(locked=closed)
            elif isinstance(field, QComboBox):
                field.setEnabled(not closed)
