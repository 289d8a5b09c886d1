"""The journal (留痕) of the library: what was done with it as a whole, and by whom."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.agency.docket_queue import CHOICE_NAMES, Choice
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.store.journal import Entry

_MOST = 20
"""Cases that are named."""


class TrailPanel(QWidget):
    """Entries, newest first. They are only ever added."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        empty = N_(
            "Each import, deletion and restored backup will stand here, with who did it"
            " and when."
        )
        columns: tuple[TableColumn[Entry], ...] = (
            TableColumn(N_("Entry"), lambda e: str(e.number), is_number=True, width=72),
            TableColumn(N_("Time"), lambda e: formats.moment(e.at), width=140),
            TableColumn(N_("Who"), lambda e: e.author, width=140),
            TableColumn(
                N_("What was done"), lambda e: shell.words.tell(e.wording), width=280
            ),
            TableColumn(N_("Undoes entry"), _undoes, is_number=True, width=120),
        )
        self.list: RecordList[Entry] = RecordList(
            "trail",
            N_("Audit trail of the library"),
            empty,
            columns,
            self._explained,
            shell,
            self,
        )
        verify = self.list.heading.action(
            "trail_verify",
            N_("Check the record"),
            N_("Compare every link of the chain"),
            primary=True,
        )
        verify.clicked.connect(self.verify)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        shell.ways.library_changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Show the journal as it is now."""
        with self._shell.notices.guard():
            self.list.put(self._shell.desk.records.trail())

    def verify(self) -> None:
        """Check the chain of the journal and say what was found."""
        with self._shell.notices.guard():
            issues = self._shell.desk.records.verify_trail()
            if issues:
                self._shell.notices.tell(issues[0].wording, Severity.ERROR)
                return
            text = N_("All {count} entries are as they were written.")
            count = len(self.list.table.rows)
            self._shell.notices.tell(message(text, count=count))

    def _explained(self, entry: Entry) -> Explanation:
        parts: list[tuple[Said, Said]] = [
            (N_("Time"), formats.moment(entry.at)),
            (N_("Who"), entry.author),
            (N_("Undoes entry"), _undoes(entry)),
            (N_("Files"), _files(entry)),
            (N_("Cases"), _cases(entry)),
            (N_("Meaning"), str(entry.detail.get("means", ""))),
            (N_("Which version holds"), _answer(entry)),
            (N_("Chain"), entry.chain),
        ]
        return Explanation(entry.wording, [part for part in parts if part[1]])


def _undoes(entry: Entry) -> str:
    return "" if entry.undoes is None else str(entry.undoes)


def _files(entry: Entry) -> str:
    files = entry.detail.get("files")
    if not isinstance(files, list):
        return ""
    return "\n".join(str(one.get("file", "")) for one in files if isinstance(one, dict))


def _cases(entry: Entry) -> str:
    """Return the cases of the docket that an entry is about, or how many."""
    cases = entry.detail.get("cases", ())
    if not isinstance(cases, list | tuple):
        return f"{cases:,}"
    more = f" … {len(cases):,}" if len(cases) > _MOST else ""
    return "\n".join(map(str, cases[:_MOST])) + more


def _answer(entry: Entry) -> str:
    choice = str(entry.detail.get("choice", ""))
    return CHOICE_NAMES[Choice(choice)] if choice in [*Choice] else ""
