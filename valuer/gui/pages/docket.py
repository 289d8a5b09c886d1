"""The docket of the agency (案卷): its cases, what waits for an answer, and imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.docket import Case
from valuer.core.problems import Severity
from valuer.core.texts import N_, Message, message
from valuer.gui.agency.docket_around import Around, AroundReader
from valuer.gui.agency.docket_filters import DocketFilters, Picked
from valuer.gui.agency.docket_importing import DocketImporting
from valuer.gui.agency.docket_questions import Wanted, docket_source
from valuer.gui.agency.docket_table import TITLE, docket_columns
from valuer.gui.agency.docket_words import explain_case
from valuer.gui.desk import Imported
from valuer.gui.evidence_taking import local_files
from valuer.gui.finder import Finder
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.library_steps import LibrarySteps
from valuer.gui.long_list import LongList
from valuer.gui.notices import Offer
from valuer.gui.shell import Shell
from valuer.store.docket import DocketFilter

if TYPE_CHECKING:
    from valuer.gui.agency.docket_panel import CasePanel
    from valuer.gui.agency.docket_queue import QueuePanel
    from valuer.gui.import_panel import ImportPanel


class DocketPage(QWidget):
    """The list of cases; below it one case, or the account of an import."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._order, self._descending = "added", False
        self.account: ImportPanel | None = None
        self.panel: CasePanel | None = None
        self.queue: QueuePanel | None = None
        self.importing = DocketImporting(shell, self)
        self.importing.imported.connect(self._imported)
        self._around = Around()
        self._reader = AroundReader(shell, self)
        self._reader.told.connect(self._put_around)
        self.finder = Finder(
            docket_source(shell.desk), Wanted(), shell.tasks, shell.notices, self
        )
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._head()
        self._list()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.ask)
        shell.ways.library_changed.connect(self.reload)
        shell.words.changed.connect(self._count)
        self.reload()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown answers what was asked last."""
        is_read = self.finder.is_settled and self._reader.is_settled
        return is_read and not self._pause.isActive()

    def reload(self) -> None:
        """Show the docket as it is now."""
        self._reader.ask(listed=self._shows_queue)
        self.ask()

    def show_cases(self, numbers: Sequence[str], title: Message | str) -> None:
        """Show some cases only, under a title; the user may lift it."""
        self._pick(Picked(title, tuple(numbers)))

    def show_list(self) -> None:
        """Show the cases."""
        self._body.setCurrentWidget(self._split)
        self._show_filters()
        self.explain()

    def show_queue(self) -> None:
        """Show what waits for an answer."""
        if self.queue is None:
            from valuer.gui.agency.docket_queue import QueuePanel

            self.queue = QueuePanel(self._shell, self)
            self.queue.left.connect(self.show_list)
            self.queue.cases_wanted.connect(self._show_status)
            self._body.addWidget(self.queue)
            self._shell.ways.page_built.emit()
        self._body.setCurrentWidget(self.queue)
        self._show_filters()
        self.explain()

    def open_case(self) -> None:
        """Show the facts of the case selected below the list."""
        case = self._selected()
        if case is None:
            return
        if self.panel is None:
            from valuer.gui.agency.docket_panel import CasePanel

            self.panel = CasePanel(self._shell, self)
            self.panel.saved.connect(self._tell)
            self._split.addWidget(self.panel)
            self._shell.ways.page_built.emit()
        if self.account is not None:
            self.account.hide()
        self.panel.put(case)
        self.panel.show()
        self._split.setSizes([300] + [330] * (self._split.count() - 1))

    def explain(self) -> None:
        """Tell every fact of the case selected, or all about what waits."""
        if self.queue is not None and self._shows_queue:
            self.queue.explain()
            self._reader.ask(listed=True)  # it may have changed while out of sight
        else:
            self._tell(self._selected())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._judge(event)
        if event.isAccepted():
            self.importing.take(local_files(event.mimeData()))

    def _judge(self, event: QDropEvent) -> None:
        """Say whether what is dragged can be dropped here; it is read, never moved."""
        is_free = not self._shell.library.is_read_only
        copied = Qt.DropAction.CopyAction
        wanted = is_free and bool(local_files(event.mimeData()))
        if wanted and event.possibleActions() & copied:
            event.setDropAction(copied)
            event.accept()
        else:
            event.ignore()

    def _head(self) -> None:
        words, library = self._shell.words, self._shell.library
        self.heading = Heading(N_("Docket"), words, self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(240)
        self.search.textChanged.connect(self._wait)
        self.heading.texts.name(self.search, "docket_search", N_("Search the docket"))
        self.heading.texts.put(
            self.search.setPlaceholderText, N_("Number, reference, title, client")
        )
        self.heading.place(self.search)
        self.heading.place(LibrarySteps("docket", self._shell, self))
        self.edit = self.heading.action("docket_edit", N_("Edit the case"))
        self.edit.clicked.connect(self.open_case)
        self.waiting = self.heading.action("docket_waiting", N_("Waiting"))
        self.waiting.clicked.connect(self.show_queue)
        hint = N_("Import a list and say which column holds what")
        mapping = self.heading.action("docket_map", N_("Map columns…"), hint)
        mapping.clicked.connect(self.importing.choose_mapped)
        library.needs_writing(mapping, words, hint)
        button = self.heading.action("docket_import", N_("Import cases…"), primary=True)
        button.clicked.connect(self.importing.choose)
        library.needs_writing(button, words)
        find = QAction(self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self._find)
        self.addAction(find)
        self.filters = DocketFilters(self._shell, self)
        self.filters.changed.connect(self.ask)

    def _list(self) -> None:
        self.view: LongList[Wanted, Case] = LongList(
            "docket_table",
            N_("Cases of the docket"),
            docket_columns(self._shell),
            TITLE,
            self.finder,
            self._shell,
            self,
        )
        self.table = self.view.table
        self.view.told.connect(self._told)
        self.view.ordered.connect(self._sort)
        self.view.selectionModel().currentRowChanged.connect(self._select)
        self.view.doubleClicked.connect(self.open_case)
        for keys in ("Return", "Enter"):
            key = QShortcut(QKeySequence(keys), self.view)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(self.open_case)

    def _lay_out(self) -> None:
        empty = EmptyState(
            N_(
                "The cases of the agency will stand here, from the office's query list,"
                " e-filing packages, a commercial export or a spreadsheet of your own."
            ),
            "docket_empty_import",
            N_("Import cases…"),
            self._shell.words,
            self,
        )
        empty.button.clicked.connect(self.importing.choose)
        self._shell.library.needs_writing(empty.button, self._shell.words)
        rows = QWidget(self)
        self._stack = QStackedLayout(rows)
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(rows)
        self._body = QStackedWidget(self)
        self._body.addWidget(self._split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.filters)
        layout.addWidget(self._body, 1)

    def _find(self) -> None:
        self.show_list()
        self.search.setFocus()
        self.search.selectAll()

    def _wait(self) -> None:
        self._pause.start()

    def ask(self) -> None:
        """Ask for the cases that are wanted now."""
        filters, picked = self.filters, self.filters.picked
        which = DocketFilter(
            search=self.search.text().strip(),
            outcome=filters.outcome.value or None,
            kind=filters.kind.value or None,
            agent=filters.agent.value or "",
            client=filters.client.value or "",
            status="" if picked is None else picked.status,
            numbers=None if picked is None else picked.numbers,
        )
        wanted = Wanted(which, self._order, self._descending)
        if wanted == Wanted():
            with self._shell.notices.guard():
                self.finder.ask_here(wanted)
        else:
            self.finder.ask(wanted)

    def _sort(self, order: str, descending: bool) -> None:
        self._order, self._descending = order or "added", descending
        self.ask()

    @property
    def _shows_queue(self) -> bool:
        """Whether the queue stands in the place of the list."""
        return self.queue is not None and self._body.currentWidget() is self.queue

    @property
    def _is_narrowed(self) -> bool:
        return self.filters.is_any or bool(self.search.text().strip())

    def _told(self) -> None:
        self._count()
        is_empty = not self.view.total and not self._is_narrowed
        self._stack.setCurrentIndex(int(is_empty))
        self._show_filters()
        self._choose_again()
        self.edit.setEnabled(self._selected() is not None)
        if not self._shows_queue:
            self.explain()

    def _count(self) -> None:
        count = f"{self.view.total:,}"
        text = N_("{count} found") if self._is_narrowed else N_("{count} cases")
        tell = self._shell.words.tell
        is_empty = not self.view.total and not self._is_narrowed
        self.heading.note.setText("" if is_empty else tell(text, count=count))
        waiting = self._around.waiting
        text = N_("Waiting: {count}") if waiting else N_("Nothing waits")
        self.waiting.setText(tell(text, count=f"{waiting:,}"))

    def _show_filters(self) -> None:
        """Show the filters where there are cases that they can narrow."""
        is_list = self._body.currentWidget() is self._split
        self.filters.setVisible(is_list and self._stack.currentIndex() == 0)

    def _pick(self, picked: Picked) -> None:
        self.show_list()
        self.search.clear()
        self.filters.pick(picked)

    def _show_status(self, word: str) -> None:
        title = message(N_("Status “{word}”"), word=word)
        self._pick(Picked(title, status=word))

    def _choose_again(self) -> None:
        """Choose the case again whose facts are shown; it may have moved."""
        shown = self.panel.form.case if self.panel is not None else None
        if shown is None or self.panel is None or not self.panel.isVisible():
            return
        for row, case in enumerate(self.table.rows):
            if case is not None and _name(case) == _name(shown):
                self.view.selectRow(row)
                return

    def _selected(self) -> Case | None:
        return self.table.row(self.view.currentIndex().row())

    def _select(self) -> None:
        """Follow the selection: in the "why" panel, and in the facts where shown."""
        case = self._selected()
        self.edit.setEnabled(case is not None)
        self.explain()
        is_open = self.panel is not None and self.panel.isVisible()
        if self.panel is not None and is_open and case is not None:
            self.panel.put(case)

    def _tell(self, case: Case | None) -> None:
        """Tell every fact of a case, and where each was read."""
        if not self.isVisible():
            return  # the panel is another page's
        if case is None:
            self._shell.why.tell(None)
            return
        with self._shell.notices.guard():
            origins = self._shell.desk.docket.origins(case)
            self._shell.why.tell(explain_case(case, self._shell.words, origins))

    def _imported(self, imported: Imported, queued: int) -> None:
        if self.account is None:
            from valuer.gui.import_panel import ImportPanel

            self.account = ImportPanel(self._shell, self)
            self._split.addWidget(self.account)
        if self.panel is not None:
            self.panel.hide()
        self.show_list()
        self.account.put(imported)
        if queued:
            text = N_("Rows that wait for an answer: {count}")
            offer = Offer("queue", N_("Show what waits"), self.show_queue)
            told = message(text, count=f"{queued:,}")
            self._shell.notices.tell(told, Severity.WARNING, (offer,))
        self._split.setSizes([360] + [260] * (self._split.count() - 1))

    def _put_around(self, around: Around) -> None:
        """Offer the names; count what waits, and list it where the queue was opened."""
        self._around = around
        self.filters.offer(around.agents, around.clients)
        is_listed = around.pending is not None and self.isVisible()
        if self.queue is not None and is_listed and self._shows_queue:
            self.queue.put(around.pending or ())
        self._count()


def _name(case: Case) -> tuple[str, str, str]:
    return case.office, case.number, "" if case.number else case.reference
