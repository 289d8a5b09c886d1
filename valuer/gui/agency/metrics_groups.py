"""One metric by agent, client, field or month; ranks where enough is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from valuer.agency.metric import Grouping
from valuer.agency.quality import Row, answer
from valuer.agency.quality_words import (
    GROUPING_NAMES,
    Said,
    group_name,
    interval_words,
    numerator_words,
    value_words,
)
from valuer.agency.ranking import ranked
from valuer.core.texts import N_, message
from valuer.gui.agency.metrics_asked import Asked, Behind
from valuer.gui.agency.metrics_bars import BAR, Bars, bar_of, top_of
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_sentence import LACKS, NO_CASES, RECKONING, Sentence
from valuer.gui.shell import Shell
from valuer.gui.tables import Index, RowTable, Table, TableColumn
from valuer.gui.words import Words

RANK, GROUP, N, NUMERATOR, VALUE, INTERVAL, DRAWN = range(7)

CHOOSE = N_("Choose above what to group by: agent, client, IPC section or month.")

_SHARES = ("rate", "survival", "incidence")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its rank; None: it has none."""

    rank: int | None
    row: Row


class GroupLines(RowTable[Placed]):
    """The rows of one metric on one scale."""

    def __init__(self, words: Words, parent: QObject) -> None:
        self.by: Grouping | None = None
        self._top = 1.0
        super().__init__(self._named(words), words, parent)

    def show_rows(self, rows: Sequence[Placed], by: Grouping) -> None:
        """Show the rows of a grouping."""
        self.by = by
        self._top = top_of([one.row for one in rows]) if rows else 1.0
        self.columns = self._named(self._words)
        self.put(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == BAR:
            one = self.row(index.row())
            is_bar = one is not None and index.column() == DRAWN
            return bar_of(one.row, self._top) if one and is_bar else None
        return super().data(index, role)

    def _named(self, words: Words) -> tuple[TableColumn[Placed], ...]:
        head = GROUPING_NAMES[self.by] if self.by else N_("Group of cases")
        columns = (
            (N_("Rank"), lambda one: "–" if one.rank is None else str(one.rank), 52),
            (head, lambda one: words.say(group_name(one.row.group, self.by)), 180),
            (N_("n"), lambda one: f"{one.row.n:,}", 64),
            (N_("Numerator"), lambda one: numerator_words(one.row), 86),
            (
                N_("Measured"),
                lambda one: words.say(value_words(one.row)),
                132,
            ),
            (N_("95% interval"), lambda one: words.say(interval_words(one.row)), 140),
            (N_("Drawn"), lambda _: "", 150),
            (N_("Excluded"), lambda one: f"{one.row.excluded:,}", 74),
            (N_("Lacking"), lambda one: f"{one.row.lacking:,}", 72),
        )
        return tuple(
            TableColumn(label, show, is_number=place != GROUP, width=width)
            for place, (label, show, width) in enumerate(columns)
        )


class GroupsPanel(QWidget):
    """The table; ``behind`` tells whose cases are wanted, by double click or Return."""

    behind = Signal(object)

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._reckoning = reckoning
        self._asked: Asked | None = None
        self._sentence = Sentence("metrics_groups", shell.words, self)
        self.lines = GroupLines(shell.words, self)
        self.table = Table(
            "metrics_groups", N_("The metric in groups"), shell.words, self
        )
        self.table.setModel(self.lines)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(DRAWN, Bars(shell.theme, self.table))
        self.table.fit(GROUP, [column.width for column in self.lines.columns])
        self.table.activated.connect(self._open)
        self._sentence.hold(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sentence)

    def put(self, asked: Asked | None) -> None:
        """Show a metric in its groups."""
        self._asked = asked
        if asked is None or asked.row.missing:
            self._sentence.say(LACKS if asked else "", alone=True)
            return
        if asked.question.by is None:
            self._sentence.say(CHOOSE, alone=True)
            return
        self._sentence.say(RECKONING, alone=not self.lines.rows)
        metrics = (asked.metric,)
        self._reckoning.ask(
            "groups",
            lambda docket, _: answer(docket, asked.question, metrics),
            self._show,
        )

    def _show(self, rows: Sequence[Row]) -> None:
        asked = self._asked
        if asked is None or asked.question.by is None:
            return
        by = asked.question.by
        rows = [row for row in rows if row.n or row.excluded or row.lacking]
        if by is Grouping.MONTH:
            pairs: Sequence[tuple[int | None, Row]] = [(None, row) for row in rows]
        else:
            pairs = ranked(sorted(rows, key=lambda row: (not row.group, row.group)))
        self.lines.show_rows([Placed(*pair) for pair in pairs], by)
        if rows:
            self._sentence.say(_ranking(asked, [rank for rank, _ in pairs]))
        else:
            self._sentence.say(NO_CASES, alone=True)

    def _open(self, index: Index) -> None:
        one, asked = self.lines.row(index.row()), self._asked
        if one is None or asked is None:
            return
        name = group_name(one.row.group, asked.question.by)
        title = message(
            N_("{metric}, {group}"), metric=message(asked.metric.name), group=name
        )
        self.behind.emit(Behind(title, asked.metric, asked.question, one.row.group))


def _ranking(asked: Asked, ranks: Sequence[int | None]) -> Said:
    """Return why some are not ranked."""
    if asked.question.by is Grouping.MONTH:
        return N_("Months stand in their order and are not ranked.")
    if asked.metric.shape.value not in _SHARES or not asked.metric.better:
        return N_(
            "Not ranked: this metric is no share, or neither side of it is better."
        )
    without = ranks.count(None)
    if not without:
        return ""
    if without == len(ranks):
        return N_("Not ranked: every interval is wider than 10 points either way.")
    return message(
        N_(
            "{count} of {total} are not ranked: the interval is wider than 10 points"
            " either way, or there is no name."
        ),
        count=f"{without:,}",
        total=f"{len(ranks):,}",
    )
