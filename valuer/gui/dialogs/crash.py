"""The crash dialog: what to send to those who can mend the program.

It shows versions and the traceback, never a figure of a case; the case is saved.
"""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from valuer import __version__
from valuer.core.texts import N_
from valuer.gui.words import Texts, Words


class CrashDialog(QDialog):
    """Says what happened and lets the details be copied."""

    def __init__(self, details: str, words: Words, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("crash_dialog")
        self._details = details
        texts = Texts(words, self)
        texts.put(self.setWindowTitle, N_("A fault in the program"))
        label = QLabel(self)
        label.setWordWrap(True)
        texts.put(
            label.setText,
            N_(
                "The last action failed because of a fault in the program. Your case is"
                " kept as it was saved last. Copy the details and send them to the"
                " program's maintainers; they hold no figures of your cases."
            ),
        )
        text = QPlainTextEdit(details, self)
        text.setReadOnly(True)
        texts.name(text, "crash_details", N_("Details of the fault"))
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Close, self)
        copy = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        texts.put(copy.setText, N_("Copy the details"))
        texts.name(copy, "crash_copy", N_("Copy the details"))
        copy.clicked.connect(self.copy)
        close = buttons.button(kinds.Close)
        texts.put(close.setText, N_("Close"))
        texts.name(close, "crash_close", N_("Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (label, text, buttons):
            layout.addWidget(widget)
        self.resize(680, 420)

    def copy(self) -> None:
        """Copy the details."""
        QGuiApplication.clipboard().setText(self._details)


def details_of(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> str:
    """Return versions and traceback, without the values that the error speaks of."""
    lines = [
        f"valuer {__version__}",
        f"Python {sys.version.split()[0]}, PySide6 {qt_version}",
        platform.platform(),
        "",
        *_frames(error, trace),
        kind.__name__,
    ]
    return "\n".join(lines)


def _frames(error: BaseException, trace: TracebackType | None) -> list[str]:
    """Return where it happened, causes first; messages may hold figures of a case."""
    found = []
    if error.__cause__ is not None:
        found += _frames(error.__cause__, error.__cause__.__traceback__)
        found += [type(error.__cause__).__name__, ""]
    for frame in traceback.extract_tb(trace):
        found.append(f"{frame.filename}:{frame.lineno} {frame.name}")
        found.append(f"    {frame.line}")
    return found
