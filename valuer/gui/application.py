"""The Qt application around the window."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMessageBox


def application() -> QApplication:
    """Make the application; the first widget needs it."""
    made = QApplication([sys.argv[0]])
    made.setApplicationName("valuer")
    made.setDesktopFileName("valuer")
    return made


def show_refusal(text: str) -> None:
    """Say why no window opens; there is none yet to say it in."""
    QMessageBox.warning(None, "Valuer", text)
