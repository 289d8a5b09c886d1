"""The evidence of a case (评估资料): the documents it rests on, and what each supports."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from valuer.core.case import Case
from valuer.core.engagement import Evidence
from valuer.core.problems import Issue
from valuer.core.texts import N_, message
from valuer.gui.case_tools import CaseTools
from valuer.gui.evidence_table import EvidenceTable, explain_evidence
from valuer.gui.evidence_taking import EvidenceTaking, local_files
from valuer.gui.headings import EmptyState, Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.library_watch import NeedsWriting

REMOVE, EDIT = N_("Remove evidence"), N_("Change the evidence")
ANY = (N_("Documents"), "*")


class EvidencePage(QWidget):
    """The table above; below it what a check found. Files may be dropped anywhere."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.taking = EvidenceTaking(tools, self)
        self._heading = self._head()
        self.view = EvidenceTable(self._shell, lambda: tools.open_case.case, self)
        self.view.lines.edited.connect(partial(self._put, EDIT))
        self.view.lines.unread.connect(self._shell.notices.tell)
        selection = self.view.selectionModel()
        selection.currentRowChanged.connect(self.explain)
        selection.selectionChanged.connect(self._allow)
        self.issues = IssueTable(
            "evidence_issues",
            N_("What is wrong with the evidence"),
            self._shell,
            self,
            placed=False,
        )
        self.issues.hide()
        self._lay_out()
        self._keys()
        tools.open_case.changed.connect(self._show)
        self._shell.words.changed.connect(self._count)
        self._show(tools.open_case.case)

    def remove(self) -> None:
        """Take the selected lines out of the case; the library keeps the documents."""
        gone = set(self.view.chosen())
        kept = [one for row, one in enumerate(self._lines) if row not in gone]
        if gone:
            self._put(REMOVE, tuple(kept))

    def save_copy(self) -> None:
        """Ask where to and write a copy of the document selected."""
        row = self.view.currentIndex().row()
        if not 0 <= row < len(self._lines):
            return
        line = self._lines[row]
        title = N_("Save a copy")
        path = self._shell.files.save(self, title, ANY, line.name)
        if path is not None:
            self.copy_out(line, path)

    def copy_out(self, line: Evidence, path: Path) -> None:
        """Write a copy of a document, in the background."""
        self._shell.tasks.start(
            lambda _: self._shell.desk.documents.copy_out(line.digest, path),
            self._copied,
            self._shell.notices.refuse,
            owner=self,
            keeps=True,
            title=message(N_("Saving a copy of {file}"), file=line.name),
        )

    def check(self) -> None:
        """See in the background that every document is there and as it was."""
        case = self._tools.open_case.case
        self._shell.tasks.start(
            lambda _: self._shell.desk.documents.check(case),
            self._checked,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Checking the evidence")),
        )

    def explain(self) -> None:
        """Tell of the document selected."""
        line = self.view.lines.row(self.view.currentIndex().row())
        if line is not None:
            place = self.view.lines.place(line)
            self._shell.why.tell(explain_evidence(line, place))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._judge(event)
        with self._shell.notices.guard():
            self.taking.take(event.mimeData())

    @property
    def _lines(self) -> tuple[Evidence, ...]:
        return self._tools.open_case.case.evidence

    def _judge(self, event: QDropEvent) -> None:
        """Say whether what is dragged can be dropped here; it is copied, never moved."""
        held, copied = event.mimeData(), Qt.DropAction.CopyAction
        is_wanted = bool(local_files(held)) or held.hasImage()
        is_free = not self._shell.library.is_read_only
        if is_wanted and is_free and event.possibleActions() & copied:
            event.setDropAction(copied)
            event.accept()
        else:
            event.ignore()

    def _head(self) -> Heading:
        heading = Heading(N_("Evidence on file"), self._shell.words, self)
        self.checking = heading.action("evidence_check", N_("Check"))
        self.checking.clicked.connect(self.check)
        self.copying = heading.action("evidence_copy", N_("Save a copy…"))
        self.copying.clicked.connect(self.save_copy)
        remove = heading.action("evidence_remove", N_("Remove"))
        remove.clicked.connect(self.remove)
        self._removing = self._gate(remove)
        hint = N_("Add the picture, or the files, on the clipboard")
        paste = heading.action("evidence_paste", N_("Paste a picture"))
        paste.clicked.connect(self.taking.paste)
        self._gate(paste, hint)
        add = heading.action("evidence_add", N_("Add files…"), primary=True)
        add.clicked.connect(self.taking.choose)
        self._gate(add)
        return heading

    def _gate(self, button: QWidget, hint: str = "") -> NeedsWriting:
        """Disable a button while this window may only read."""
        return self._shell.library.needs_writing(button, self._shell.words, hint)

    def _keys(self) -> None:
        paste = QAction(self)
        paste.setShortcut(QKeySequence.StandardKey.Paste)
        paste.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.triggered.connect(self.taking.paste)
        self._heading.texts.put(paste.setText, N_("Paste"))
        self.addAction(paste)

    def _lay_out(self) -> None:
        empty = EmptyState(
            N_(
                "The documents that the appraisal rests on will stand here, each with its"
                " SHA-256: contracts, certificates, quotations. Drop files here, or paste"
                " a screenshot."
            ),
            "evidence_empty_add",
            N_("Add files…"),
            self._shell.words,
            self,
        )
        empty.button.clicked.connect(self.taking.choose)
        self._gate(empty.button)
        full = QWidget(self)
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.view, 1)
        inner.addWidget(self.issues)
        place = QWidget(self)
        self._stack = QStackedLayout(place)
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._heading)
        layout.addWidget(place, 1)

    def _put(self, action: str, lines: tuple[Evidence, ...]) -> None:
        open_case = self._tools.open_case
        with self._shell.notices.guard(self._restore):
            open_case.change(action, replace(open_case.case, evidence=lines))

    def _restore(self) -> None:
        self._show(self._tools.open_case.case)

    def _show(self, case: Case) -> None:
        self.view.put(case.evidence)
        self._stack.setCurrentIndex(int(not case.evidence))
        self.issues.hide()
        self._count()
        self._allow()

    def _count(self) -> None:
        text, count = N_("Documents: {count}"), len(self._lines)
        told = self._shell.words.tell(text, count=count) if count else ""
        self._heading.note.setText(told)

    def _allow(self) -> None:
        chosen = self.view.chosen()
        self._removing.want(wanted=bool(chosen))
        self.copying.setEnabled(len(chosen) == 1)
        self.checking.setEnabled(bool(self._lines))

    def _copied(self, path: Path) -> None:
        self._shell.notices.tell(message(N_("{file} was written."), file=str(path)))

    def _checked(self, found: tuple[Issue, ...]) -> None:
        self.issues.put(("", issue) for issue in found)
        self.issues.setVisible(bool(found))
        if not found:
            text = N_("{count} pieces of evidence, each there and as it was taken up.")
            self._shell.notices.tell(message(text, count=len(self._lines)))
