"""Floor 5: the window, built and wired. No rules live here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from valuer.methods import METHODS
from valuer.store.library import Library, open_library

if TYPE_CHECKING:
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
        library = open_library(Path(library), create=True)
    preferences = Preferences()
    desk = Desk(library, METHODS)
    words = Words(language or desk.language())
    theme = Theme(preferences.chosen.appearance)
    return MainWindow(desk, words, theme, preferences)
