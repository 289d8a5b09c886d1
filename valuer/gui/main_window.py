"""The one window: rail, work area, "why" panel, status bar.

It wires the tools that pages are given and knows which place is shown; what stands
there is the pages' own.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from valuer.core.problems import Severity, UserError
from valuer.core.texts import N_, message
from valuer.gui.desk import Desk
from valuer.gui.dialogs.files import Files
from valuer.gui.formats import Scale
from valuer.gui.keeping import Keeping
from valuer.gui.library_watch import LibraryWatch
from valuer.gui.notices import Notices, Offer
from valuer.gui.open_case import DiskError
from valuer.gui.pages.registry import PLACES, Leafed
from valuer.gui.preferences import Preferences
from valuer.gui.rail import Rail
from valuer.gui.shell import Shell
from valuer.gui.status import StatusBar
from valuer.gui.tasks import Tasks
from valuer.gui.theme import Theme
from valuer.gui.ways import Ways
from valuer.gui.why import Explains, WhyPanel
from valuer.gui.words import Words
from valuer.store.failures import GONE

if TYPE_CHECKING:
    from valuer.gui.palette import Palette, Wish


class MainWindow(QMainWindow):
    """The window on one library."""

    def __init__(
        self, desk: Desk, words: Words, theme: Theme, preferences: Preferences
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._desk = desk
        for tool in (words, theme):
            tool.setParent(self)
        centre = QWidget(self)
        self.setCentralWidget(centre)
        self.notices = Notices(words, theme, centre)
        self.notices.remedies = self._remedies
        self.standing = Notices(words, theme, centre, key="standing")
        self.standing.stay()
        self.why = WhyPanel(words, theme, centre)
        self.shell = self._tools(words, theme, preferences)
        self._places: dict[int, QWidget] = {}
        self._is_given_up = False
        self._lay_out(centre)
        self.setStatusBar(StatusBar(words, self.shell.tasks, desk, self.shell.library))
        self.resize(1366, 768)
        self.setAcceptDrops(True)
        self.shell.keeping.save = self._save_case
        self._palette: Palette | None = None
        self._show_library()
        self._connect()
        self.go(self._first_place())

    def go(self, number: int) -> None:
        """Show a place of the rail, building it the first time."""
        if number not in self._places:
            page = PLACES[number].build(self.shell, self._stack)
            self._places[number] = page
            self._stack.addWidget(page)
            self._order_focus()
        self._rail.show_chosen(number)
        self.why.tell(None)
        self.why.setVisible(PLACES[number].explains)
        self._stack.setCurrentWidget(self._places[number])
        page = self._places[number]
        if isinstance(page, Explains):
            page.explain()
        self.shell.ways.place_shown.emit(PLACES[number].key)

    def place(self, key: str) -> QWidget:
        """Show the place with this key and return its page."""
        number = [place.key for place in PLACES].index(key)
        self.go(number)
        return self._places[number]

    def verify(self, path: Path) -> None:
        """Show what can be said of a PDF, wherever it comes from."""
        from valuer.gui.pages.verify import VerifyPage

        page = self.place("verify")
        if isinstance(page, VerifyPage):
            page.check(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_pdf(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_pdf(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.verify(path)

    def wish(self) -> None:
        """Open the palette: every place, page and case, and what is done often."""
        from valuer.gui.palette import Palette

        if self._palette is None:
            self._palette = Palette(self.shell.words, self)
        with self.notices.guard():
            self._palette.open(self.wishes())

    def closeEvent(self, event: QCloseEvent) -> None:
        field = self.focusWidget()
        if field is not None:
            field.clearFocus()  # what is being typed is kept as if it were left
        if not self._is_given_up and not self._save():
            event.ignore()
            return
        self.shell.tasks.close()
        # What was acknowledged is on the disk; if that is gone, closing changes nothing.
        with suppress(UserError):
            self._desk.close()
        super().closeEvent(event)

    def _save(self) -> bool:
        """Save what the disk refused before; return whether all is saved."""
        try:
            self._save_case()
        except UserError as error:
            text = N_("The last changes of the case are not saved. {reason}")
            offers = (
                *self._remedies(error),
                Offer("give_up", N_("Close without saving"), self._give_up),
            )
            wording = message(text, reason=error.wording)
            self.notices.tell(wording, Severity.ERROR, offers)
            return False
        return True

    def _save_case(self) -> None:
        from valuer.gui.pages.cases import CasesPage

        for page in self._places.values():
            if isinstance(page, CasesPage):
                page.save()

    def wishes(self) -> list[Wish]:
        """Return all that the palette offers now."""
        from valuer.gui.pages.cases import CasesPage
        from valuer.gui.palette import Wish

        keeping, found = self.shell.keeping, []
        for number, place in enumerate(PLACES):
            found.append(Wish(place.title, partial(self.go, number)))
            for leaf, title in place.leaves:
                found.append(Wish(title, partial(self._go_leaf, place.key, leaf)))
        for page in self._places.values():
            if isinstance(page, CasesPage):
                found += page.wishes(partial(self.place, "cases"))
        found.append(Wish(N_("Back up now"), keeping.back_up))
        found.append(Wish(N_("Save as…"), keeping.save_as))
        for line in self._desk.cases():
            name = line.title or N_("Case without a name")
            found.append(Wish(name, partial(self.open_case, line.name)))
        return found

    def _go_leaf(self, place: str, leaf: str) -> None:
        page = self.place(place)
        if isinstance(page, Leafed):
            page.leaf(leaf)

    def _give_up(self) -> None:
        self._is_given_up = True
        self.close()

    def _remedies(self, error: UserError) -> Sequence[Offer]:
        """Offer a new place where the library's own is gone or refuses."""
        elsewhere = Offer("save_as", N_("Save as…"), self.shell.keeping.save_as)
        if error.wording.text == GONE:
            again = Offer("again", N_("Try again"), self.shell.keeping.try_again)
            return (elsewhere, again)
        return (elsewhere,) if isinstance(error, DiskError) else ()

    def _tools(self, words: Words, theme: Theme, preferences: Preferences) -> Shell:
        tasks, files, ways = Tasks(self), Files(words), Ways(self)
        desk, library = self._desk, LibraryWatch(self._desk, self)
        return Shell(
            words=words,
            theme=theme,
            scale=Scale(words.language, self),
            tasks=tasks,
            notices=self.notices,
            why=self.why,
            desk=desk,
            library=library,
            keeping=Keeping(desk, library, tasks, self.notices, files, ways, self),
            files=files,
            preferences=preferences,
            ways=ways,
        )

    def _connect(self) -> None:
        shell = self.shell
        shell.ways.case_wanted.connect(self.open_case)
        shell.ways.place_wanted.connect(self.place)
        shell.ways.page_built.connect(self._order_focus)
        shell.ways.library_changed.connect(shell.keeping.index)
        shell.library.changed.connect(self._show_library)
        shell.library.touched.connect(shell.ways.library_changed)
        shell.library.rested.connect(self._rest)
        shell.library.gone.connect(self.notices.refuse)
        shell.words.changed.connect(self._show_title)
        key = QShortcut(QKeySequence("Ctrl+K"), self)
        key.activated.connect(self.wish)

    def _show_library(self) -> None:
        """Show which library it is, and whether it may be written."""
        self._show_title()
        self._stack.setEnabled(True)
        library = self.shell.library
        if self.shell.preferences.chosen.library:  # else the next start asks for none
            self.shell.preferences.keep(library=str(self._desk.library.path))
        if library.why_read_only is None:
            self.standing.hide()
        else:
            again = Offer("again", N_("Try again"), self.shell.keeping.try_again)
            self.standing.tell(library.why_read_only, Severity.WARNING, (again,))
        self.shell.ways.library_changed.emit()

    def _show_title(self) -> None:
        text = N_("Valuer – {library}")
        if self.shell.library.is_read_only:
            text = N_("Valuer – {library} (read-only)")
        name = self._desk.library.path.name
        self.setWindowTitle(self.shell.words.tell(text, library=name))

    def _rest(self) -> None:
        """Let nobody act while the library is closed for a moment."""
        self._stack.setEnabled(False)

    def _first_place(self) -> int:
        """Cases, unless there are none and patents are waiting to be valued."""
        with self.notices.guard():
            if not self._desk.cases() and self._desk.count(""):
                return 1
        return 0

    def _order_focus(self) -> None:
        """Let Tab reach the "why" panel after the page, as the eye does."""
        last = self.previousInFocusChain()
        if last is not None and last is not self.why.body:
            self.setTabOrder(last, self.why.body)

    def _lay_out(self, centre: QWidget) -> None:
        shell = self.shell
        self._rail = Rail(PLACES, shell.words, shell.theme, centre)
        self._rail.chosen.connect(self.go)
        self._stack = QStackedWidget(centre)
        work = QWidget(centre)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.standing)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal, centre)
        self._split.setHandleWidth(1)
        self._split.addWidget(work)
        self._split.addWidget(self.why)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([1030, 260])
        self._split.setChildrenCollapsible(False)
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addWidget(self._split, 1)

    def open_case(self, name: str) -> None:
        """Open a case of the library."""
        from valuer.gui.pages.cases import CasesPage

        page = self.place("cases")
        if isinstance(page, CasesPage):
            page.open(name)


def dropped_pdf(carried: QMimeData) -> Path | None:
    """Return the one PDF that is dropped, or None."""
    paths = [Path(url.toLocalFile()) for url in carried.urls() if url.isLocalFile()]
    is_pdf = len(paths) == 1 and paths[0].suffix.lower() == ".pdf"
    return paths[0] if is_pdf else None
