"""The patents of the library: search, import, and where each fact came from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from valuer.core.patents import Patent
from valuer.core.texts import N_, message
from valuer.gui.desk import Imported
from valuer.gui.dialogs.files import LISTS
from valuer.gui.finder import Finder
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.library_steps import LibrarySteps
from valuer.gui.long_list import LongList
from valuer.gui.notices import Offer
from valuer.gui.patent_questions import Question, patent_source
from valuer.gui.patent_table import explain_patent, patent_columns
from valuer.gui.shell import Shell

if TYPE_CHECKING:
    from valuer.gui.import_panel import ImportPanel


class PatentsPage(QWidget):
    """The list of patents. Only the rows looked at are read from the library."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._order, self._descending = "added", False
        self.finder = Finder(
            patent_source(shell.desk), Question(), shell.tasks, shell.notices, self
        )
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head()
        self._body()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        self.account: ImportPanel | None = None
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._list)
        layout.addWidget(self._split, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.reload)
        shell.ways.library_changed.connect(self.reload)
        shell.words.changed.connect(self._count)
        self.reload()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown answers what was typed last."""
        return self.finder.is_settled and not self._pause.isActive()

    def reload(self) -> None:
        """Show the library as it is now."""
        question = Question(self.search.text().strip(), self._order, self._descending)
        if question == Question():
            with self._shell.notices.guard():
                self.finder.ask_here(question)
        else:
            self.finder.ask(question)

    def delete(self) -> None:
        """Take the patents chosen out of the library; it can be undone."""
        numbers = self.view.chosen()
        if not numbers or not self.finder.is_settled:
            return
        known = [self.table.row(number) for number in numbers]
        finder, records = self.finder, self._shell.desk.records
        question = finder.asked

        def work() -> int:
            unknown = [n for n, one in zip(numbers, known, strict=True) if one is None]
            chosen = [one for one in known if one is not None]
            records.delete_patents([*chosen, *finder.rows(question, unknown)])
            return len(numbers)

        title = message(N_("Deleting {count} patents"), count=len(numbers))
        self._shell.keeping.change(work, title, self._deleted)

    def _deleted(self, count: int) -> None:
        undo = Offer("undo", N_("Undo"), self._steps.step_back)
        text = N_("Patents deleted: {count}")
        self._shell.notices.tell(message(text, count=count), offers=(undo,))

    def choose_lists(self) -> None:
        """Ask for lists and import them."""
        paths = self._shell.files.open_many(self, N_("Import patent lists"), LISTS)
        if paths:
            self.import_lists(paths)

    def import_lists(self, paths: Sequence[Path]) -> None:
        """Import lists in the background; the account follows."""
        desk, notices = self._shell.desk, self._shell.notices
        self._shell.tasks.start(
            lambda progress: desk.import_lists(paths, progress),
            self._imported,
            notices.refuse,
            owner=self,
            keeps=True,
            title=message(N_("Importing {count} files"), count=len(paths)),
        )

    def _imported(self, imported: Imported) -> None:
        if self.account is None:
            from valuer.gui.import_panel import ImportPanel

            self.account = ImportPanel(self._shell, self)
            self._split.addWidget(self.account)
            self._split.setSizes([400, 260])
        self.account.put(imported)
        self._shell.ways.library_changed.emit()

    def _head(self) -> None:
        self.heading = Heading(N_("Patents"), self._shell.words, self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(260)
        self.search.textChanged.connect(self._wait)
        self.heading.texts.name(self.search, "patents_search", N_("Search the patents"))
        self.heading.texts.put(
            self.search.setPlaceholderText, N_("Number, title, owner, inventor, class")
        )
        self.heading.place(self.search)
        self._steps = LibrarySteps("patents", self._shell, self)
        self.heading.place(self._steps)
        remove = self.heading.action("patents_delete", N_("Delete"))
        remove.clicked.connect(self.delete)
        button = self.heading.action(
            "patents_import", N_("Import lists…"), primary=True
        )
        button.clicked.connect(self.choose_lists)
        library, words = self._shell.library, self._shell.words
        self._may_delete = library.needs_writing(remove, words)
        library.needs_writing(button, words)
        find = QAction(self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self.search.setFocus)
        self.addAction(find)

    def _body(self) -> None:
        words = self._shell.words
        self.view: LongList[Question, Patent] = LongList(
            "patents_table",
            N_("Patents of the library"),
            patent_columns(words),
            1,
            self.finder,
            self._shell,
            self,
        )
        self.table = self.view.table
        self.view.told.connect(self._told)
        self.view.ordered.connect(self._sort)
        self.view.selectionModel().currentRowChanged.connect(self.explain)
        self.view.selectionModel().selectionChanged.connect(self._allow)
        self.table.modelReset.connect(self._allow)
        self._allow()
        key = QShortcut(QKeySequence.StandardKey.Delete, self.view)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.delete)
        self._empty = EmptyState(
            N_(
                "The patents of the library will stand here, from lists of the patent office or of a database."
            ),
            "patents_empty_import",
            N_("Import lists…"),
            words,
            self,
        )
        self._list = QWidget(self)
        self._stack = QStackedLayout(self._list)
        self._empty.button.clicked.connect(self.choose_lists)
        self._shell.library.needs_writing(self._empty.button, words)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)

    def _wait(self) -> None:
        self._pause.start()

    def _sort(self, order: str, descending: bool) -> None:
        self._order, self._descending = order or "added", descending
        self.reload()

    def _told(self) -> None:
        self._count()
        is_empty = not self.view.total and not self.search.text().strip()
        self._stack.setCurrentIndex(int(is_empty))

    def _allow(self) -> None:
        chosen = self.view.selectionModel().hasSelection()
        hint = N_("Take the patents chosen out of the library")
        self._may_delete.want(wanted=chosen, hint=hint)

    def explain(self) -> None:
        """Tell of the patent selected."""
        patent: Patent | None = self.table.row(self.view.currentIndex().row())
        known = patent and explain_patent(patent, self._shell.words)
        self._shell.why.tell(known or None)

    def _count(self) -> None:
        shown = f"{self.view.total:,}"
        if self.search.text().strip():
            shown = self._shell.words.tell(N_("{count} found"), count=shown)
        self.heading.note.setText(shown)
