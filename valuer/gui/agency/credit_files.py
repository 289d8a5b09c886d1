"""The documents behind an event of the ledger: taken up by SHA-256, listed by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from valuer.core.engagement import Evidence
from valuer.core.files import write_whole
from valuer.core.media_types import media_type
from valuer.core.problems import UserError
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.evidence_taking import DOCUMENTS, local_files
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts
from valuer.store.evidence import Document

ANY = (N_("Documents"), "*")

ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "text/plain": ".txt",
}
"""What may be opened: told by the bytes, and under an ending that only shows it."""

SHOWN = 3
"""Rows in sight."""


class EvidenceFiles(QWidget):
    """Holds digests. ``committed`` follows each file that came or went."""

    committed = Signal()

    def __init__(self, key: str, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._key = shell, key
        self._texts = Texts(shell.words, self)
        self._value: tuple[str, ...] = ()
        self._known: dict[str, Document] = {}
        self.setAcceptDrops(True)
        self._copies = QTemporaryDir()  # gone with the window
        columns: tuple[TableColumn[str], ...] = (
            TableColumn(N_("File"), self._name, width=200),
            TableColumn(N_("Size"), self._size, is_number=True, width=80),
            TableColumn("SHA-256", lambda digest: digest[:12], width=110),
        )
        self.table = RowTable(columns, shell.words, self)
        self.view = Table(f"{key}_files", N_("Evidence"), shell.words, self)
        self.view.setModel(self.table)
        self.view.fit(0, [column.width for column in columns])
        self.view.setFixedHeight(ROW * (SHOWN + 1) + 4)
        self.view.doubleClicked.connect(self.open)
        self.view.selectionModel().selectionChanged.connect(self._allow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.view)
        layout.addLayout(self._buttons())
        self._allow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._judge(event)
        self.take(local_files(event.mimeData()))

    @property
    def value(self) -> tuple[str, ...]:
        """The digests, in order."""
        return self._value

    def put(self, digests: Sequence[str]) -> None:
        """Show documents by their digests."""
        self._value = tuple(digests)
        with self._shell.notices.guard():
            self._known = self._shell.desk.documents.named(self._value)
        self.table.put(self._value)
        self._allow()

    def choose(self) -> None:
        """Ask for files and take them up."""
        title = N_("Documents behind the event")
        self.take(self._shell.files.open_many(self, title, DOCUMENTS))

    def take(self, paths: Sequence[Path]) -> None:
        """Take files up into the library, all of them or none."""
        if paths:
            documents = self._shell.desk.documents
            self._shell.tasks.start(
                lambda progress: documents.take_files(list(paths), progress),
                self._taken,
                self._shell.notices.refuse,
                owner=self,
                title=message(N_("Taking up the documents")),
            )

    def remove(self) -> None:
        """Take the files selected off the event; the library keeps them."""
        gone = set(self.view.chosen())
        self.put([one for row, one in enumerate(self._value) if row not in gone])
        self.committed.emit()

    def save_copy(self) -> None:
        """Ask where to and write a copy of the file selected."""
        digest = self._chosen()
        if digest is None:
            return
        title = N_("Save a copy")
        path = self._shell.files.save(self, title, ANY, self._name(digest))
        if path is not None:
            with self._shell.notices.guard():
                self._shell.desk.documents.copy_out(digest, path)
                text = N_("{file} was written.")
                self._shell.notices.tell(message(text, file=str(path)))

    def open(self) -> None:
        """Show the file selected in the program that the desktop has for it."""
        digest = self._chosen()
        if digest is not None:
            with self._shell.notices.guard():
                data = self._shell.desk.documents.read(digest)
                show_document(data, digest, Path(self._copies.path()))

    def _judge(self, event: QDropEvent) -> None:
        """Say whether files can be dropped here; they are copied, never moved."""
        copied = Qt.DropAction.CopyAction
        is_free = not self._shell.library.is_read_only
        if local_files(event.mimeData()) and is_free:
            event.setDropAction(copied)
            event.accept()
        else:
            event.ignore()

    def _taken(self, found: Sequence[Evidence]) -> None:
        new = [one.digest for one in found if one.digest not in self._value]
        self.put((*self._value, *dict.fromkeys(new)))
        self.committed.emit()

    def _chosen(self) -> str | None:
        rows = self.view.chosen()
        return self.table.row(rows[0]) if len(rows) == 1 else None

    def _allow(self) -> None:
        is_one = self._chosen() is not None
        self.opening.setEnabled(is_one)
        self.copying.setEnabled(is_one)
        self._may_remove.want(wanted=bool(self.view.chosen()))

    def _name(self, digest: str) -> str:
        known = self._known.get(digest)
        if known is None:
            return self._shell.words.tell(N_("not in the library"))
        return known.name

    def _size(self, digest: str) -> str:
        known = self._known.get(digest)
        return "" if known is None else formats.file_size(known.size)

    def _buttons(self) -> QHBoxLayout:
        shell, line = self._shell, QHBoxLayout()
        line.setSpacing(8)
        self.adding = self._button("add", N_("Add files…"), line)
        self.adding.clicked.connect(self.choose)
        self.opening = self._button("open", N_("Open"), line)
        self.opening.clicked.connect(self.open)
        self.copying = self._button("copy", N_("Save a copy…"), line)
        self.copying.clicked.connect(self.save_copy)
        self.removing = self._button("remove", N_("Remove"), line)
        self.removing.clicked.connect(self.remove)
        line.addStretch(1)
        self._may_add = shell.library.needs_writing(self.adding, shell.words)
        self._may_remove = shell.library.needs_writing(self.removing, shell.words)
        return line

    def _button(self, name: str, text: str, line: QHBoxLayout) -> QPushButton:
        button = QPushButton(self)
        self._texts.put(button.setText, text)
        self._texts.name(button, f"{self._key}_{name}", text)
        line.addWidget(button)
        return button


def show_document(data: bytes, digest: str, folder: Path) -> Path:
    """Let the desktop show a copy of a document in a folder; return where it is.

    Raises:
        UserError: it is of a kind that a program might run; a copy can be saved.
    """
    ending = ENDINGS.get(media_type(data))
    if ending is None:
        text = N_("Only PDF, pictures and plain text are opened here; save a copy.")
        raise UserError(text)
    path = folder / f"{digest[:16]}{ending}"
    write_whole(path, data)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    return path
