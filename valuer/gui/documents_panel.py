"""The documents of the library: those no case rests on any more may be removed."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.notices import Notices, Offer
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.store.evidence import Document

Line = tuple[Document, bool]
"""A document, and whether a case rests on it."""

IN_USE, UNUSED = N_("A case rests on it"), N_("No case rests on it")


class DocumentsPanel(QWidget):
    """Newest first. Before one goes for good, that is asked here."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        empty = N_(
            "The documents taken up as evidence will stand here, each once, whatever"
            " cases rest on it."
        )
        self.list: RecordList[Line] = RecordList(
            "documents",
            N_("Documents"),
            empty,
            self._columns(),
            self._explained,
            shell,
            self,
        )
        self.list.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        remove = self.list.heading.action("documents_remove", N_("Remove…"))
        remove.clicked.connect(self.ask)
        self._may_remove = shell.library.needs_writing(remove, shell.words)
        self.question = Notices(shell.words, shell.theme, self, key="documents")
        self.list.body.insertWidget(1, self.question)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.list.view.selectionModel().selectionChanged.connect(self._allow)
        self.list.table.modelReset.connect(self._allow)
        shell.ways.library_changed.connect(self.reload)
        shell.ways.place_shown.connect(self._return)
        self.reload()

    def reload(self) -> None:
        """Look the documents up; every case is read for it, off the GUI thread."""
        documents = self._shell.desk.documents
        self._shell.tasks.start(
            lambda _: documents.listed(),
            self.list.put,
            self._shell.notices.refuse,
            owner=self,
        )

    def ask(self) -> None:
        """Ask whether the document chosen is to go."""
        chosen = self.list.chosen
        if chosen is None:
            return
        document, _ = chosen
        text = N_(
            "Remove {file} from the library for good? Earlier revisions of cases that"
            " name it will lack it; taking the same file up again brings it back."
        )
        offer = Offer("go", N_("Remove"), lambda: self.remove(document))
        told = message(text, file=document.name)
        self.question.tell(told, Severity.WARNING, (offer,))

    def remove(self, document: Document) -> None:
        """Remove a document."""
        self._shell.keeping.change(
            lambda: self._shell.desk.documents.remove(document.digest),
            message(N_("Removing {file}"), file=document.name),
        )

    def _return(self, place: str) -> None:
        if place == "data":
            self.reload()

    def _allow(self) -> None:
        chosen = self.list.chosen
        self.question.hide()
        is_used = chosen is not None and chosen[1]
        hint = IN_USE if is_used else N_("Remove the document from the library")
        self._may_remove.want(wanted=chosen is not None and not is_used, hint=hint)

    def _columns(self) -> tuple[TableColumn[Line], ...]:
        tell = self._shell.words.tell
        return (
            TableColumn(N_("Document"), lambda one: one[0].name, width=300),
            TableColumn(
                N_("Use"), lambda one: tell(IN_USE if one[1] else UNUSED), width=160
            ),
            TableColumn("SHA-256", lambda one: f"{one[0].digest[:12]}…", width=120),
            TableColumn(
                N_("Taken up"), lambda one: formats.moment(one[0].at), width=140
            ),
            TableColumn(
                N_("Size"),
                lambda one: formats.file_size(one[0].size),
                is_number=True,
                width=100,
            ),
        )

    def _explained(self, line: Line) -> Explanation:
        document, is_used = line
        parts: tuple[tuple[Said, Said], ...] = (
            (N_("Use"), IN_USE if is_used else UNUSED),
            ("SHA-256", document.digest),
            (N_("Kind of file"), document.media_type),
            (N_("Taken up"), formats.moment(document.at)),
            (N_("Size"), formats.file_size(document.size)),
        )
        return Explanation(document.name, parts)
