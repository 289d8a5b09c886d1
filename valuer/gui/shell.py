"""What a page is given: the tools of the window, wired once by ``main_window``."""

from __future__ import annotations

from dataclasses import dataclass

from valuer.gui.desk import Desk
from valuer.gui.dialogs.files import Files
from valuer.gui.formats import Scale
from valuer.gui.keeping import Keeping
from valuer.gui.library_watch import LibraryWatch
from valuer.gui.notices import Notices
from valuer.gui.preferences import Preferences
from valuer.gui.tasks import Tasks
from valuer.gui.theme import Theme
from valuer.gui.ways import Ways
from valuer.gui.why import WhyPanel
from valuer.gui.words import Words


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
