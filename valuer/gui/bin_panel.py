"""The bin: cases set aside with all that was saved of them, to be taken out again."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.notices import Offer
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.store.cases import CaseLine


class BinPanel(QWidget):
    """Nothing is ever thrown away from it."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        empty = N_(
            "Cases that were deleted will stand here. They are kept and can be taken"
            " out again."
        )
        columns: tuple[TableColumn[CaseLine], ...] = (
            TableColumn(N_("Case"), lambda c: c.case_id, width=72),
            TableColumn(N_("Name"), self._name, width=300),
            TableColumn(N_("Report number"), lambda c: c.report_number, width=200),
            TableColumn(
                N_("Revisions"), lambda c: str(c.revision), is_number=True, width=96
            ),
            TableColumn(N_("Saved on"), lambda c: formats.moment(c.at), width=140),
            TableColumn(
                N_("In the bin since"),
                lambda c: formats.moment(c.binned_at),
                width=140,
            ),
        )
        self.list: RecordList[CaseLine] = RecordList(
            "bin", N_("Bin"), empty, columns, self._explained, shell, self
        )
        self.list.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        out = self.list.heading.action("bin_take_out", N_("Take out"), primary=True)
        out.clicked.connect(self.take_out)
        self._may_take_out = shell.library.needs_writing(out, shell.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.list.view.selectionModel().selectionChanged.connect(self._allow)
        self.list.table.modelReset.connect(self._allow)
        shell.ways.library_changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Show the bin as it is now."""
        with self._shell.notices.guard():
            self.list.put(self._shell.desk.records.binned())
            self._allow()

    def take_out(self) -> None:
        """Take the case chosen out of the bin."""
        chosen, shell = self.list.chosen, self._shell
        if chosen is None:
            return
        with shell.notices.guard():
            shell.desk.records.take_out(chosen.case_id)
            shell.ways.library_changed.emit()
            text = N_("Case “{case}” is in the list of cases again.")
            name = chosen.case_id
            offer = Offer("open", N_("Open"), lambda: shell.ways.case_wanted.emit(name))
            told = message(text, case=self._name(chosen))
            shell.notices.tell(told, offers=(offer,))

    def _allow(self) -> None:
        self._may_take_out.want(
            wanted=self.list.chosen is not None,
            hint=N_("Put the case back into the list of cases"),
        )

    def _name(self, line: CaseLine) -> str:
        return line.name or self._shell.words.tell(N_("Case without a name"))

    def _explained(self, line: CaseLine) -> Explanation:
        parts: list[tuple[Said, Said]] = [
            (N_("Case"), line.case_id),
            (N_("Client"), line.client),
            (N_("Report number"), line.report_number),
            (N_("Revisions"), str(line.revision)),
            (N_("Saved on"), formats.moment(line.at)),
            (N_("In the bin since"), formats.moment(line.binned_at)),
        ]
        return Explanation(self._name(line), [part for part in parts if part[1]])
