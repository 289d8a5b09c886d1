"""Floor 5: the window, built and wired. No rules live here."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.store.library import Access, Library, open_library

if TYPE_CHECKING:
    from valuer.core.registry import Registry
    from valuer.gui.main_window import MainWindow


def build_window(
    library: str | Path | Library, language: str | None = None
) -> MainWindow:
    """Return the main window on a library, built and not shown.

    A library that does not exist is made. Without a language the window speaks the
    one that is set in the library. A QApplication must exist.

    Raises:
        UserError: the library cannot be opened.
    """
    from valuer.gui.desk import Desk
    from valuer.gui.main_window import MainWindow
    from valuer.gui.preferences import Preferences
    from valuer.gui.theme import Theme
    from valuer.gui.words import Words

    if not isinstance(library, Library):
        path = Path(library)
        library = open_library(path, create=True, access=Access.EITHER)
        # A window stays open for hours: its library stands there from the start.
        library.publish()
    desk, preferences = Desk(library, _methods), Preferences()
    words = Words(language or desk.language())
    theme = Theme(preferences.chosen.appearance)
    return MainWindow(desk, words, theme, preferences)


def run_window(library: Path | None = None, pdf: Path | None = None) -> int:
    """Show the window until it is closed; return the exit code.

    Without a library it opens the last one, else the user's own. Where a PDF is named,
    the window shows what can be said of it.
    """
    if not _has_screen():
        text = N_("There is no screen to open a window on.")
        sys.stderr.write(tr(text, "zh_CN") + " " + tr(text, "en") + "\n")
        return 2
    from valuer.gui.application import application, show_refusal
    from valuer.gui.preferences import forget_library

    running = application()
    try:
        path = _chosen(library)
        window = build_window(path)
    except UserError as error:
        said = "\n\n".join(error.say(language) for language in ("zh_CN", "en"))
        show_refusal(said)
        if library is None:
            # The next start opens the user's own, not what cannot be opened again.
            forget_library()
        return 2
    from valuer.gui.problems import Problems

    Problems(window).install()
    window.shell.preferences.keep(library=str(path.absolute()))
    window.show()
    window.shell.keeping.begin()
    running.file_wanted.connect(partial(_open_file, window))
    if pdf is not None:
        window.verify(pdf)
    return int(running.exec())


def _open_file(window: MainWindow, path: Path) -> None:
    """Show what can be said of a PDF that the desktop wants opened."""
    if path.suffix.lower() == ".pdf":
        window.verify(path)
        window.raise_()


def _methods() -> Registry:
    from valuer.methods import METHODS

    return METHODS


def _chosen(library: Path | None) -> Path:
    """Return the library named, the last one, or the user's own."""
    from valuer.gui.preferences import Preferences, default_library

    if library is not None:
        return library
    last = Preferences().chosen.library
    if last and Path(last).is_file():
        return Path(last)
    own = default_library()
    try:
        own.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = N_("{file} cannot be read or written: {reason}.")
        reason = error.strerror or ""
        raise UserError(text, file=str(own.parent), reason=reason) from None
    return own


def _has_screen() -> bool:
    """Whether Qt will find a screen; without one it ends the program by force."""
    if sys.platform in ("win32", "darwin"):
        return True
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in screens)
