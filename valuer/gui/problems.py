"""What no one caught: a refusal is told in its place, anything else is a fault.

Installed once by ``app``; a fault is logged without figures and shown to be copied.
"""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QObject

from valuer.core.problems import Cancelled, UserError
from valuer.gui.dialogs.crash import CrashDialog, details_of
from valuer.gui.main_window import MainWindow

log = logging.getLogger(__name__)


class Problems(QObject):
    """Receives what flies out of a slot."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._shown: CrashDialog | None = None

    def install(self) -> None:
        """Take the place of Python's own hook."""
        sys.excepthook = self.handle

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Tell a refusal; show a fault; let Ctrl+C through."""
        if isinstance(error, UserError):
            self._window.notices.refuse(error)
            return
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        details = details_of(kind, error, trace)
        log.error("%s", details)
        self.show(details)

    def show(self, details: str) -> None:
        """Show a fault; one at a time, for one often brings the next."""
        if self._shown is not None and self._shown.isVisible():
            return
        self._shown = CrashDialog(details, self._window.shell.words, self._window)
        self._shown.show()
