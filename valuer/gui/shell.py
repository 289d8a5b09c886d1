"""What a page is given: the tools of the window, wired once by ``main_window``."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from valuer.gui.desk import Desk
from valuer.gui.dialogs.files import Files
from valuer.gui.formats import Scale
from valuer.gui.keeping import Keeping
from valuer.gui.library_watch import LibraryWatch
from valuer.gui.notices import Notices
from valuer.gui.preferences import Preferences
from valuer.gui.tasks import Tasks
from valuer.gui.theme import Theme
from valuer.gui.why import WhyPanel
from valuer.gui.words import Words


class Ways(QObject):
    """The ways between places that do not know each other."""

    case_wanted = Signal(str)
    place_shown = Signal(str)
    page_built = Signal()
    library_changed = Signal()


@dataclass(frozen=True, slots=True)
class Shell:
    """The tools of the window."""

    words: Words
    theme: Theme
    scale: Scale
    tasks: Tasks
    notices: Notices
    why: WhyPanel
    desk: Desk
    library: LibraryWatch
    keeping: Keeping
    files: Files
    preferences: Preferences
    ways: Ways
