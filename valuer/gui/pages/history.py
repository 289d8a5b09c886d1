"""The audit trail (留痕) of a case: every revision, and what differs between any two."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from valuer.core.differences import differences
from valuer.core.files import write_whole
from valuer.core.problems import Severity
from valuer.core.telling import Difference
from valuer.core.texts import N_, Message, message
from valuer.gui.case_tools import CaseTools
from valuer.gui.dialogs.files import TABLES
from valuer.gui.difference_table import DifferenceTable
from valuer.gui.headings import Heading
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.trail_file import trail_file
from valuer.gui.why import Explanation, Said
from valuer.store.revision_rows import Revision, RevisionKind

_DONE = {
    RevisionKind.UNDO: N_("Undo: {step}"),
    RevisionKind.REDO: N_("Redo: {step}"),
}


class HistoryPage(QWidget):
    """Revisions above, newest first; below, what the one or two selected changed."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self._said = message("")
        self._is_stale = True
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line = QLabel(self)
        self.line.setObjectName("history_line")
        self.line.setProperty("part", "muted")
        self.line.setWordWrap(True)
        self.view = self._revisions()
        self.found = DifferenceTable("history_differences", self._shell, self)
        below = QWidget(self)
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.addWidget(self.line)
        inner.addWidget(self.found, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.view)
        split.addWidget(below)
        split.setSizes([300, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._heading())
        layout.addWidget(split, 1)
        self._shell.words.changed.connect(self._speak)
        tools.open_case.changed.connect(self._follow)
        self.reload()

    @property
    def chosen(self) -> tuple[Revision, ...]:
        """The revisions selected, the newest first."""
        rows = (self.table.row(number) for number in self.view.chosen())
        return tuple(row for row in rows if row is not None)

    def reload(self) -> None:
        """Show the revisions as they are now, the newest selected."""
        with self._shell.notices.guard():
            self.table.put(self._shell.desk.trail(self._tools.open_case.name))
        self._is_stale = False
        self.view.selectRow(0)

    def verify(self) -> None:
        """Check the chain of the record and say what was found."""
        with self._shell.notices.guard():
            issues = self._shell.desk.verify_trail(self._tools.open_case.name)
            if issues:
                self._shell.notices.tell(issues[0].wording, Severity.ERROR)
                return
            text = N_("All {count} revisions are as they were saved.")
            count = len(self.table.rows)
            self._shell.notices.tell(message(text, count=count), Severity.NOTE)

    def restore(self) -> None:
        """Bring the value of the revision selected back, as a new revision."""
        if len(self.chosen) == 1:
            with self._shell.notices.guard():
                self._tools.open_case.restore(self.chosen[0].number)

    def choose_file(self) -> None:
        """Ask where to write the trail, and write it."""
        name = f"{self._tools.open_case.name}.csv"
        title = N_("Export the trail")
        path = self._shell.files.save(self, title, TABLES, name)
        if path is None:
            return
        rows = [row for row in self.table.rows if row is not None]
        with self._shell.notices.guard():
            write_whole(path, trail_file(rows, self._shell.words))
            text = N_("The trail was written to {file}.")
            self._shell.notices.tell(message(text, file=path.name), Severity.NOTE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def explain(self) -> None:
        """Tell of the newest revision selected."""
        if self.chosen:
            self._explain(self.chosen[0])

    def _heading(self) -> Heading:
        heading = Heading(N_("History"), self._shell.words, self)
        export = heading.action("history_export", N_("Export the trail…"))
        export.clicked.connect(self.choose_file)
        restore = heading.action("history_restore", N_("Restore this revision"))
        restore.clicked.connect(self.restore)
        self._restoring = self._shell.library.needs_writing(
            restore,
            self._shell.words,
            N_("Saves the revision selected once more, as the newest"),
        )
        verify = heading.action(
            "history_verify",
            N_("Check the record"),
            N_("Compare every digest and every link of the chain"),
            primary=True,
        )
        verify.clicked.connect(self.verify)
        return heading

    def _revisions(self) -> Table:
        words = self._shell.words
        columns: tuple[TableColumn[Revision], ...] = (
            TableColumn(
                N_("Revision"), lambda r: str(r.number), is_number=True, width=84
            ),
            TableColumn(N_("Time"), _moment, width=160),
            TableColumn(N_("Who"), lambda r: r.author, width=130),
            TableColumn(N_("What was done"), lambda r: words.say(_done(r)), width=260),
            TableColumn(N_("Digest"), lambda r: r.digest[:16], width=150),
        )
        self.table = RowTable(columns, words, self)
        view = Table("history_table", N_("Revisions of the case"), words, self)
        view.setModel(self.table)
        view.fit(3, [column.width for column in columns])
        view.selectionModel().selectionChanged.connect(self._compare)
        return view

    def _follow(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.reload()

    def _compare(self) -> None:
        """Tell what differs between the oldest and the newest selected."""
        chosen = self.chosen
        is_older = len(chosen) == 1 and chosen[0] != self.table.row(0)
        self._restoring.want(wanted=is_older)
        if not chosen:
            self.found.put(())
            self._tell(message(N_("Select one revision, or two to compare them.")))
            self._shell.why.tell(None)
            return
        newest = chosen[0].number
        oldest = chosen[-1].number if len(chosen) > 1 else newest - 1
        with self._shell.notices.guard():
            found = self._differences(oldest, newest)
            self.found.put(found)
            self._tell(_account(oldest, newest, len(found)))
        self._explain(chosen[0])

    def _differences(self, oldest: int, newest: int) -> tuple[Difference, ...]:
        name, desk = self._tools.open_case.name, self._shell.desk
        before = desk.case_at(name, oldest) if oldest else None
        return differences(before, desk.case_at(name, newest), desk.methods)

    def _tell(self, wording: Message) -> None:
        self._said = wording
        self._speak()

    def _speak(self) -> None:
        self.line.setText(self._shell.words.say(self._said))

    def _explain(self, revision: Revision) -> None:
        if not self.isVisible():
            return  # the panel is another page's
        parts: list[tuple[Said, Said]] = [
            (N_("What was done"), _done(revision)),
            (N_("Who"), revision.author),
            (N_("Time"), _moment(revision)),
            (N_("Digest (SHA-256)"), revision.digest),
            (N_("Chain"), revision.chain),
        ]
        title = message(N_("Revision {number}"), number=revision.number)
        self._shell.why.tell(Explanation(title, parts))


def _account(oldest: int, newest: int, count: int) -> Message:
    values = {"newest": newest, "oldest": oldest, "count": count}
    if not oldest:
        text = N_("Revision {newest}, the first: {count} entries")
    elif not count:
        text = N_("Revision {newest} does not differ from revision {oldest}.")
    else:
        text = N_("Revision {newest} against revision {oldest}; differences: {count}")
    return message(text, **values)


def _done(revision: Revision) -> Message:
    """Return what a revision did: changed, undid, did again or brought back."""
    step = message(revision.action)
    if revision.kind in _DONE:
        return message(_DONE[revision.kind], step=step)
    if revision.restores is None:
        return step
    text = N_("{step} (revision {number})")
    return message(text, step=step, number=revision.restores)


def _moment(revision: Revision) -> str:
    return revision.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
