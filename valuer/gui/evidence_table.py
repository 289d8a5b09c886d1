"""The evidence of a case as a table whose lines are edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from valuer.core.case import Case
from valuer.core.dates import parse_date
from valuer.core.engagement import EVIDENCE_NAMES, Evidence, EvidenceKind
from valuer.core.evidence import place_words, places
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.rest import rest_in_cell
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn
from valuer.gui.why import Explanation, Said

FIELDS = ("", "kind", "about", "source", "obtained", "note", "", "")
"""What each column edits; the file itself stays as it was taken up."""

Choices = Sequence[tuple[Any, Message | str]]


class EvidenceLines(RowTable[Evidence]):
    """The lines. ``edited`` carries all of them after a change by the user."""

    edited = Signal(object)
    unread = Signal(object)

    def __init__(self, shell: Shell, case: Callable[[], Case], parent: QObject) -> None:
        words = shell.words
        self._shell, self._case = shell, case
        super().__init__(
            (
                TableColumn(N_("Document"), lambda r: r.name, width=150),
                TableColumn(
                    N_("Kind"), lambda r: words.tell(EVIDENCE_NAMES[r.kind]), width=124
                ),
                TableColumn(N_("What it supports"), self.place, width=160),
                TableColumn(N_("Source"), lambda r: r.source, width=110),
                TableColumn(
                    N_("Obtained"), lambda r: formats.day(r.obtained), width=92
                ),
                TableColumn(N_("Remark"), lambda r: r.note, width=100),
                TableColumn("SHA-256", lambda r: f"{r.digest[:12]}…", width=112),
                TableColumn(
                    N_("Size"),
                    lambda r: formats.file_size(r.size),
                    is_number=True,
                    width=76,
                ),
            ),
            words,
            parent,
        )

    def place(self, line: Evidence) -> str:
        """Return what people call the place that a document supports."""
        found = place_words(self._case(), self._shell.desk.methods, line.about)
        return line.about if found is None else self._shell.words.say(found)

    def choices(self, row: int, field: str) -> Choices:
        """Return what may be chosen in a cell; nothing where it is typed."""
        if field == "kind":
            return tuple(EVIDENCE_NAMES.items())
        if field != "about":
            return ()
        case, methods = self._case(), self._shell.desk.methods
        line = self.row(row)
        here = line.about if line is not None else ""
        offered = places(case, methods)
        found = [*offered, *([here] if here not in offered else [])]
        return [(one, place_words(case, methods, one) or one) for one in found]

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        is_open = FIELDS[index.column()] and not self._shell.library.is_read_only
        return found | Qt.ItemFlag.ItemIsEditable if is_open else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        field = FIELDS[index.column()]
        if role != Qt.ItemDataRole.EditRole or not field:
            return super().data(index, role)
        value = getattr(self.row(index.row()), field)
        return formats.day(value) if field == "obtained" else value

    def setData(
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        field, line = FIELDS[index.column()], self.row(index.row())
        if role != Qt.ItemDataRole.EditRole or not field or line is None:
            return False
        if field == "obtained":
            text, value = str(value).strip(), parse_date(str(value))
            if text and value is None:
                self.unread.emit(
                    message(N_("“{given}” cannot be read here."), given=text)
                )
                return False
        if field == "kind":
            value = EvidenceKind(value)  # a choice gives back its bare word
        changed: dict[str, Any] = {field: value}
        self.fill(index.row(), [replace(line, **changed)])
        self.edited.emit(self.rows)
        return True


class EvidenceTable(Table):
    """Shows the evidence; a cell is typed into, or chosen in, where it stands."""

    def __init__(self, shell: Shell, case: Callable[[], Case], parent: QWidget) -> None:
        super().__init__("evidence", N_("Evidence on file"), shell.words, parent)
        self.lines = EvidenceLines(shell, case, self)
        self.setModel(self.lines)
        self.fit(0, [column.width for column in self.lines.columns])
        self.setItemDelegate(EvidenceCells(self.lines, shell, self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    def put(self, lines: Sequence[Evidence]) -> None:
        """Show lines, unless they are those that stand here."""
        if tuple(lines) == self.lines.rows:
            self.lines.refresh()
            return
        chosen, at = self.chosen(), self.currentIndex()
        self.lines.put(lines)
        self.setCurrentIndex(self.lines.index(at.row(), max(at.column(), 0)))
        self.clearSelection()
        for row in chosen:
            if row < len(lines):
                self.add_row(row)


class EvidenceCells(QStyledItemDelegate):
    """The field that opens in a cell."""

    def __init__(self, lines: EvidenceLines, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._lines, self._words = lines, shell.words

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        del option
        name = FIELDS[index.column()]
        choices = self._lines.choices(index.row(), name)
        field: QWidget
        if choices:
            field = QComboBox(parent)
            for key, label in choices:
                field.addItem(self._words.tell(label), key)
            field.activated.connect(self._leave)
        else:
            field = QLineEdit(parent)
            if name != "obtained":  # half a day is none
                rest_in_cell(field, self)
        field.setObjectName(f"evidence_cell_{name}")
        label = self._lines.columns[index.column()].label
        field.setAccessibleName(self._words.tell(label))
        field.setStyleSheet("min-height: 0; border-radius: 0;")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(value))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        own = self._lines.index(index.row(), index.column())
        if isinstance(editor, QComboBox):
            model.setData(own, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(own, editor.text().strip())

    def _leave(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def explain_evidence(line: Evidence, place: str) -> Explanation:
    """Return everything that the case says of a document, its digest in full."""
    parts: list[tuple[Said, Said]] = [
        (N_("Kind"), EVIDENCE_NAMES[line.kind]),
        (N_("What it supports"), place),
        (N_("Source"), line.source),
        (N_("Obtained"), formats.day(line.obtained)),
        (N_("Remark"), line.note),
        ("SHA-256", line.digest),
        (N_("Size"), formats.file_size(line.size)),
    ]
    return Explanation(line.name, [part for part in parts if part[1]])
