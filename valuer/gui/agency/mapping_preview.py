"""What a mapping makes of a file, in leaves: cases, unknown words, problems."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from valuer.agency.docket import Case
from valuer.agency.docket_fields import FIELDS, Field, Holds, field_of, label_of
from valuer.core.texts import N_
from valuer.gui.agency.docket_table import docket_columns
from valuer.gui.agency.docket_words import fact
from valuer.gui.agency.mapping import Seen, UnknownWord, offered_meanings
from valuer.gui.agency.mapping_tables import ChosenLines, ChosenTable
from valuer.gui.issue_table import IssueTable
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts, Words

_OF_CASES = frozenset(one.key for one in FIELDS)

WIDEST = 260
"""Pixels of a column at most; what is longer is told by the hint."""

LEAVES = (N_("Cases: {count}"), N_("Unknown words: {count}"), N_("Problems: {count}"))


class MappingPreview(QWidget):
    """``meant`` carries a field, a word of it and what it is said to mean."""

    meant = Signal(str, str, str)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._seen = Seen((), 0, (), (), ())
        self.tabs = self._make_tabs()
        self._keys: tuple[str, ...] = ()
        name = N_("Cases as they would be read")
        self.view = Table("mapping_cases", name, shell.words, self)
        self.cases = self._cases_table()
        self.words = self._words_table()
        self.issues = self._issues_table()
        self._stack = QStackedWidget(self)
        for part in (self.view, self.words, self.issues):
            self._stack.addWidget(part)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.note = QLabel(self)
        self.note.setProperty("part", "muted")
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.note)
        shell.words.changed.connect(self._count)
        self._count()

    def put(self, seen: Seen, keys: Sequence[str]) -> None:
        """Show what was seen, by the fields that the columns hold."""
        self._seen = seen
        shown = tuple(dict.fromkeys(key.partition(".")[0] for key in keys))
        shown = tuple(key for key in shown if key in _OF_CASES)
        if shown != self._keys:
            self._keys = shown
            former, self.cases = self.cases, self._cases_table()
            former.deleteLater()
        self.cases.put(seen.cases)
        self._fit()
        self.words.put(seen.words)
        self.issues.put(("", issue) for issue in seen.issues)
        self._count()

    def _cases_table(self) -> RowTable[Case]:
        """Show the fields that columns hold, in their order, and the outcome."""
        words = self._shell.words
        fields = [found for key in self._keys if (found := field_of(key))]
        columns = [_column(one, words) for one in fields]
        columns.append(docket_columns(self._shell)[-1])
        cases: RowTable[Case] = RowTable(columns, words, self)
        self.view.setModel(cases)
        return cases

    def _fit(self) -> None:
        """Give each column what it holds, within reason."""
        self.view.resizeColumnsToContents()
        for place in range(len(self.cases.columns)):
            width = self.view.columnWidth(place) + 8
            self.view.setColumnWidth(place, min(width, WIDEST))

    def _issues_table(self) -> IssueTable:
        name = N_("What is doubtful or would be refused")
        view = IssueTable("mapping_issues", name, self._shell, self, placed=True)
        for column in (1, 2):  # file and sheet are known
            view.setColumnHidden(column, True)
        return view

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        tabs.setUsesScrollButtons(False)
        name = N_("What the mapping makes of the file")
        Texts(self._shell.words, self).name(tabs, "mapping_leaves", name)
        for _ in LEAVES:
            tabs.addTab("")
        return tabs

    def _words_table(self) -> ChosenTable[UnknownWord]:
        tell = self._shell.words.tell

        def means(one: UnknownWord) -> str:
            names = dict(offered_meanings(one.field))
            return tell(names.get(one.means, one.means))

        columns: tuple[TableColumn[UnknownWord], ...] = (
            TableColumn(
                N_("Field of a case"), lambda w: tell(label_of(w.field)), width=110
            ),
            TableColumn(N_("Word in the file"), lambda w: w.word, width=150),
            TableColumn(N_("Rows"), lambda w: f"{w.count:,}", is_number=True, width=70),
            TableColumn(N_("Means"), means, width=200),
        )
        lines = ChosenLines(columns, lambda w: w.means, self._shell, self)
        lines.chosen.connect(self._mean)
        name = N_("Words that no list knows")
        return ChosenTable(
            "mapping_words",
            name,
            lines,
            lambda w: offered_meanings(w.field),
            self._shell,
            self,
        )

    def _mean(self, row: int, means: str) -> None:
        word = self.words.lines.row(row)
        if word is not None:
            self.meant.emit(word.field, word.word, means)

    def _count(self) -> None:
        seen, tell = self._seen, self._shell.words.tell
        open_words = sum(not one.means for one in seen.words)
        counts = (len(seen.cases), open_words, len(seen.issues))
        for number, (text, count) in enumerate(zip(LEAVES, counts, strict=True)):
            self.tabs.setTabText(number, tell(text, count=f"{count:,}"))
        text = N_(
            "Of the first {read} rows {count} are cases; {refused} would be refused."
        )
        read = len(seen.cases) + seen.refused
        shown = tell(text, read=read, count=len(seen.cases), refused=seen.refused)
        self.note.setText(shown if read else "")


def _column(field: Field, words: Words) -> TableColumn[Case]:
    is_number = field.holds is Holds.COUNT

    def show(case: Case) -> str:
        return " · ".join(fact(case, field, words).splitlines())

    return TableColumn(field.label, show, is_number=is_number)
