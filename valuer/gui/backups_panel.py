"""The backups of the library: made, listed, and put in its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.notices import Notices, Offer
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.store.backups import Backup, Kind, list_backups

KIND_NAMES = {
    Kind.DAILY: N_("Daily"),
    Kind.UPGRADE: N_("Before an upgrade"),
    Kind.REPLACED: N_("Replaced by a backup"),
    Kind.MANUAL: N_("Made by hand"),
}


class BackupsPanel(QWidget):
    """Newest first. Before one is put in the library's place, that is asked here."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        empty = N_(
            "The backups of this library will stand here: one a day, one before each"
            " upgrade, and those made by hand."
        )
        self.list: RecordList[Backup] = RecordList(
            "backups",
            N_("Backups"),
            empty,
            self._columns(),
            self._explained,
            shell,
            self,
        )
        self.list.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._add_actions()
        self.question = Notices(shell.words, shell.theme, self, key="restore")
        self.list.body.insertWidget(1, self.question)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.list.view.selectionModel().selectionChanged.connect(self._allow)
        self.list.table.modelReset.connect(self._allow)
        shell.library.backed_up.connect(self.reload)
        shell.library.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Look for the backups there are; each file is opened, off the GUI thread."""
        path = self._shell.desk.library.path
        self._shell.tasks.start(
            lambda _: list_backups(path),
            self._put,
            self._shell.notices.refuse,
            owner=self,
        )

    def ask(self) -> None:
        """Ask whether the backup chosen is to be put in the library's place."""
        chosen = self.list.chosen
        if chosen is None:
            return
        text = N_(
            "Put the backup of {moment} in the library's place? The library as it is now"
            " is kept as a backup; the open case is closed."
        )
        offer = Offer("go", N_("Restore"), lambda: self._shell.keeping.restore(chosen))
        told = message(text, moment=formats.moment(chosen.made_at))
        self.question.tell(told, Severity.WARNING, (offer,))

    def _add_actions(self) -> None:
        shell, heading = self._shell, self.list.heading
        elsewhere = heading.action("backups_save_as", N_("Save as…"))
        elsewhere.clicked.connect(shell.keeping.save_as)
        restore = heading.action("backups_restore", N_("Restore…"))
        restore.clicked.connect(self.ask)
        now = heading.action("backups_make", N_("Back up now"), primary=True)
        now.clicked.connect(shell.keeping.back_up)
        self._may_restore = shell.library.needs_writing(restore, shell.words)

    def _put(self, backups: Sequence[Backup]) -> None:
        self.list.put(backups)
        self._allow()

    def _allow(self) -> None:
        chosen = self.list.chosen
        self.question.hide()
        self._may_restore.want(
            wanted=chosen is not None,
            hint=N_("Put the backup chosen in the library's place"),
        )

    def _columns(self) -> tuple[TableColumn[Backup], ...]:
        tell = self._shell.words.tell
        return (
            TableColumn(N_("No."), lambda b: str(b.number), is_number=True, width=84),
            TableColumn(N_("Made"), lambda b: formats.moment(b.made_at), width=160),
            TableColumn(N_("Kind"), lambda b: tell(KIND_NAMES[b.kind]), width=200),
            TableColumn(N_("Newest change in it"), self._newest, width=220),
            TableColumn(
                N_("Size"),
                lambda b: formats.file_size(b.size),
                is_number=True,
                width=110,
            ),
        )

    def _newest(self, backup: Backup) -> str:
        if not backup.revision:
            return self._shell.words.tell(N_("Cannot be read"))
        return formats.moment(backup.newest_change) or "—"

    def _explained(self, backup: Backup) -> Explanation:
        parts: tuple[tuple[Said, Said], ...] = (
            (N_("Kind"), KIND_NAMES[backup.kind]),
            (N_("Newest change in it"), self._newest(backup)),
            (N_("Size"), formats.file_size(backup.size)),
            (N_("File"), backup.path.name),
            (N_("Folder"), str(backup.path.parent)),
        )
        title = message(N_("Backup of {moment}"), moment=formats.moment(backup.made_at))
        return Explanation(title, parts)
