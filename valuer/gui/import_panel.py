"""The account of an import: what each file brought, and what is doubtful."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from valuer.core.texts import N_, message
from valuer.gui.desk import Imported, ImportedFile
from valuer.gui.headings import Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW

COLUMNS: tuple[TableColumn[ImportedFile], ...] = (
    TableColumn(N_("File"), lambda one: one.file, width=220),
    TableColumn(N_("Read"), lambda one: f"{one.read:,}", is_number=True, width=90),
    TableColumn(N_("Added"), lambda one: f"{one.added:,}", is_number=True, width=90),
    TableColumn(
        N_("Updated"), lambda one: f"{one.updated:,}", is_number=True, width=90
    ),
    TableColumn(
        N_("Unchanged"), lambda one: f"{one.unchanged:,}", is_number=True, width=100
    ),
    TableColumn(
        N_("Refused"), lambda one: f"{one.refused:,}", is_number=True, width=90
    ),
)


class ImportPanel(QFrame):
    """Stands under the list until it is closed; the import can be taken back."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._imported: Imported | None = None
        words = shell.words
        self._heading = Heading(N_("Import"), words, self)
        back = self._heading.action("import_take_back", N_("Take this import back"))
        back.clicked.connect(self.take_back)
        shell.library.needs_writing(back, words)
        close = self._heading.action("import_close", N_("Close"))
        close.clicked.connect(self.hide)
        self.files = RowTable(COLUMNS, words, self)
        self.view = view = Table("import_files", N_("Files imported"), words, self)
        view.setModel(self.files)
        view.fit(0, [column.width for column in COLUMNS])
        self.issues = IssueTable(
            "import_issues",
            N_("What is doubtful or was refused"),
            shell,
            self,
            placed=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(view)
        layout.addWidget(self.issues, 1)
        self.hide()

    def put(self, imported: Imported) -> None:
        """Show the account of an import."""
        self._imported = imported
        self._heading.note.setText(imported.batch)
        self.files.put(imported.files)
        lines = min(len(imported.files), 3) + 1
        self.view.setFixedHeight(lines * ROW + 4)  # the rest is for what is doubtful
        self.issues.put(
            (one.file, issue) for one in imported.files for issue in one.issues
        )
        self.show()

    def take_back(self) -> None:
        """Undo the import shown."""
        if self._imported is not None:
            batch = self._imported.batch
            self._shell.keeping.change(
                lambda: self._shell.desk.records.take_back(batch),
                message(N_("Taking back {batch}"), batch=batch),
                self._gone,
            )

    def _gone(self, _: None) -> None:
        self._imported = None
        self.hide()
