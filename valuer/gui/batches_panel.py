"""Every import, deletion and edit of the library: taken back, or brought again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.store.batches import Batch, BatchKind

KIND_NAMES = {
    BatchKind.IMPORT: N_("Import"),
    BatchKind.DELETION: N_("Deletion"),
    BatchKind.DOCKET: N_("Docket import"),
    BatchKind.DOCKET_EDIT: N_("Docket edit"),
}


class BatchesPanel(QWidget):
    """Newest first; what was taken back stays in the list."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        empty = N_(
            "Each import and each deletion of patents, and what changed the docket, will"
            " stand here."
        )
        self.list: RecordList[Batch] = RecordList(
            "batches",
            N_("Imports and deletions"),
            empty,
            self._columns(),
            self._explained,
            shell,
            self,
        )
        self.list.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        heading, library, words = self.list.heading, shell.library, shell.words
        again = heading.action("batches_again", N_("Bring again"))
        again.clicked.connect(self.bring_again)
        back = heading.action("batches_back", N_("Take back"), primary=True)
        back.clicked.connect(self.take_back)
        self._may_bring = library.needs_writing(again, words)
        self._may_take = library.needs_writing(back, words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.list.view.selectionModel().selectionChanged.connect(self._allow)
        self.list.table.modelReset.connect(self._allow)
        shell.ways.library_changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Show the record as it is now."""
        with self._shell.notices.guard():
            self.list.put(self._shell.desk.records.batches())
            self._allow()

    def take_back(self) -> None:
        """Take the import or deletion chosen back."""
        records = self._shell.desk.records
        self._change(records.take_back, N_("Taking back {batch}"))

    def bring_again(self) -> None:
        """Bring the import or deletion chosen again."""
        records = self._shell.desk.records
        self._change(records.bring_again, N_("Bringing {batch} again"))

    def _change(self, do: Callable[[str], None], title: str) -> None:
        chosen = self.list.chosen
        if chosen is not None:
            name = chosen.batch
            self._shell.keeping.change(lambda: do(name), message(title, batch=name))

    def _allow(self) -> None:
        chosen = self.list.chosen
        stands = chosen is not None and chosen.taken_back_at is None
        self._may_take.want(wanted=stands, hint=N_("Undo what is chosen"))
        self._may_bring.want(
            wanted=chosen is not None and not stands,
            hint=N_("Do what was taken back again"),
        )

    def _columns(self) -> tuple[TableColumn[Batch], ...]:
        tell = self._shell.words.tell
        return (
            TableColumn(N_("Batch"), lambda b: b.batch, width=72),
            TableColumn(N_("Time"), lambda b: formats.moment(b.at), width=140),
            TableColumn(N_("Kind"), lambda b: tell(KIND_NAMES[b.kind]), width=116),
            TableColumn(N_("Files"), self._files, width=240),
            _count(N_("Added"), lambda b: b.added),
            _count(N_("Updated"), lambda b: b.updated),
            _count(N_("Deleted"), lambda b: b.removed),
            TableColumn(N_("Taken back"), _taken_back, width=140),
        )

    def _files(self, batch: Batch) -> str:
        return formats.listed([one.file for one in batch.files], self._shell.words)

    def _explained(self, batch: Batch) -> Explanation:
        files = "\n\n".join(f"{one.file}\nSHA-256 {one.sha256}" for one in batch.files)
        parts: list[tuple[Said, Said]] = [
            (N_("Time"), formats.moment(batch.at)),
            (N_("Files"), files),
            (N_("Added"), f"{batch.added:,}"),
            (N_("Updated"), f"{batch.updated:,}"),
            (N_("Unchanged"), f"{batch.unchanged:,}"),
            (N_("Deleted"), f"{batch.removed:,}"),
            (N_("Taken back"), _taken_back(batch)),
        ]
        title = message(
            N_("{kind} {batch}"),
            kind=message(KIND_NAMES[batch.kind]),
            batch=batch.batch,
        )
        return Explanation(title, [part for part in parts if part[1] not in ("", "0")])


def _taken_back(batch: Batch) -> str:
    return formats.moment(batch.taken_back_at)


def _count(label: str, of: Callable[[Batch], int]) -> TableColumn[Batch]:
    return TableColumn(label, lambda b: f"{of(b):,}", is_number=True, width=84)
