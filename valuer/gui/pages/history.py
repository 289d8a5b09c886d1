"""The audit trail (留痕) of a case: every revision, who saved it, and what changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.canonical import to_plain
from valuer.core.case import Case
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.gui.case_fields import CASE_FIELDS, REPORT_FIELDS
from valuer.gui.case_tools import CaseTools
from valuer.gui.headings import Heading
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.why import Explanation
from valuer.gui.words import Words
from valuer.store.revisions import Revision

PARTS = {
    **{field.key: field.label for field in (*CASE_FIELDS, *REPORT_FIELDS)},
    "house": N_("House"),
    "patents": N_("Patents"),
    "forecast": N_("Forecast"),
    "runs": N_("Method"),
    "conclusion": N_("Conclusion"),
    "currency": N_("Currency"),
}
"""What people call the parts of a case."""


class HistoryPage(QWidget):
    """Revisions, newest first; the "why" panel says what each changed."""

    def __init__(self, tools: CaseTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._shell = tools, tools.shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = self._shell.words
        heading = Heading(N_("History"), words, self)
        verify = heading.action(
            "history_verify",
            N_("Check the record"),
            N_("Compare every digest and every link of the chain"),
            primary=True,
        )
        verify.clicked.connect(self.verify)
        columns: tuple[TableColumn[Revision], ...] = (
            TableColumn(
                N_("Revision"), lambda r: str(r.number), is_number=True, width=84
            ),
            TableColumn(N_("Time"), _moment, width=160),
            TableColumn(N_("Who"), lambda r: r.author, width=130),
            TableColumn(N_("What was done"), lambda r: words.tell(r.action), width=260),
            TableColumn(N_("Digest"), lambda r: r.digest[:16], width=150),
        )
        self.table = RowTable(columns, words, self)
        self.view = Table("history_table", N_("Revisions of the case"), words, self)
        self.view.setModel(self.table)
        self.view.fit(3, [column.width for column in columns])
        self.view.selectionModel().currentRowChanged.connect(self._explain)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(self.view, 1)
        tools.open_case.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Show the revisions as they are now."""
        with self._shell.notices.guard():
            self.table.put(self._shell.desk.trail(self._tools.open_case.name))

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

    def _explain(self) -> None:
        revision = self.table.row(self.view.currentIndex().row())
        if revision is None:
            self._shell.why.tell(None)
            return
        with self._shell.notices.guard():
            name, desk = revision.case_id, self._shell.desk
            after = desk.case_at(name, revision.number)
            before = (
                desk.case_at(name, revision.number - 1) if revision.number > 1 else None
            )
            changed = "\n".join(changes(before, after, self._shell.words))
            self._shell.why.tell(
                Explanation(
                    message(N_("Revision {number}"), number=revision.number),
                    (
                        (N_("Changed"), changed),
                        (N_("Digest (SHA-256)"), revision.digest),
                        (N_("Chain"), revision.chain),
                    ),
                )
            )


def changes(before: Case | None, after: Case, words: Words) -> list[str]:
    """Return which fields of a case changed, each with its new value, shortened."""
    old: dict[str, Any] = to_plain(before) if before else {}
    new: dict[str, Any] = to_plain(after)
    return [
        f"{words.tell(PARTS.get(key, key))}: {_short(value)}"
        for key, value in new.items()
        if (before is None and value) or (before is not None and old.get(key) != value)
    ]


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:80] + "…"


def _moment(revision: Revision) -> str:
    return revision.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
