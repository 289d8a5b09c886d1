"""The Qt application around the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMessageBox


class Application(QApplication):
    """The application; on macOS the desktop hands it the files to be opened."""

    file_wanted = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Pass on a file that the desktop wants opened."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit(Path(event.file()))
            return True
        return super().event(event)


def application() -> Application:
    """Make the application; the first widget needs it."""
    made = Application([sys.argv[0]])
    made.setApplicationName("valuer")
    made.setDesktopFileName("valuer")
    return made


def show_refusal(text: str) -> None:
    """Say why no window opens; there is none yet to say it in."""
    QMessageBox.warning(None, "Valuer", text)
