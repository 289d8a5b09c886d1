"""Where the text of the rules is open (规则读法): each reading beside the one chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.agency.credit_line import OtherReading
from valuer.agency.credit_packs import Anchor, Marked
from valuer.agency.credit_readings import (
    KINDS,
    OPTION_NAMES,
    Readings,
    alternatives,
    marked_at,
    value_words,
)
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.agency.credit_words import mark_words, next_words, score_words
from valuer.gui.credit_desk import Reckoned
from valuer.gui.headings import Heading
from valuer.gui.icons import icon
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.why import Explanation, Said


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one option.

    Attributes:
        is_chosen: whether the score is reckoned with it; ``is_own``: whether the pack
            has it.
        now, ahead: what it gives today, and the next change.
        is_other: whether it gives another line than the one chosen.
        is_lacking: whether an event does not have the day that it counts from.
    """

    place: str
    value: Any
    marked: Marked[Any]
    is_chosen: bool
    is_own: bool
    now: str = ""
    ahead: str = ""
    is_other: bool = False
    is_lacking: bool = False


class ReadingsPanel(QWidget):
    """Every option with its readings; another may be chosen, and the pack's again."""

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        words = shell.words
        heading = Heading(N_("Other readings"), words, self)
        back = heading.action(
            "credit_reading_back",
            N_("As the rule pack has it"),
            N_("Take the choice for this option back"),
        )
        back.clicked.connect(self.take_back)
        choose = heading.action("credit_reading_choose", N_("Reckon with this reading"))
        choose.clicked.connect(self.choose)
        self._may_choose = shell.library.needs_writing(choose, words)
        self._may_go_back = shell.library.needs_writing(back, words)
        columns: tuple[TableColumn[Reading], ...] = (
            TableColumn(N_("Option"), self._option, width=250),
            TableColumn(N_("Reading"), self._reading, width=180, sign=self._sign),
            TableColumn(N_("Chosen"), self._state, width=110),
            TableColumn(N_("Now"), lambda one: one.now, width=90),
            TableColumn(N_("Next change"), lambda one: one.ahead, width=170),
            TableColumn(N_("Effect"), self._effect, width=130),
        )
        self.table = RowTable(columns, words, self)
        self.view = Table("credit_readings", N_("Readings of the rules"), words, self)
        self.view.setModel(self.table)
        self.view.fit(0, [column.width for column in columns])
        self.view.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.view.selectionModel().currentRowChanged.connect(self._choose_row)
        self.view.doubleClicked.connect(self.choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(heading)
        layout.addWidget(self.view, 1)
        for signal in (view.reckoned, words.changed):
            signal.connect(self.reload)
        shell.theme.changed.connect(self.table.refresh)
        self.reload()

    @property
    def chosen(self) -> Reading | None:
        """The reading selected, or None."""
        return self.table.row(self.view.currentIndex().row())

    def reload(self) -> None:
        """Show the readings with what each gives."""
        before, found = self.chosen, self._view.found
        rows = () if found is None else readings_of_all(found)
        self.table.put(rows)
        for number, row in enumerate(rows):
            if before and (row.place, row.value) == (before.place, before.value):
                self.view.selectRow(number)
        self._choose_row()

    def choose(self) -> None:
        """Reckon with the reading selected from now on."""
        row = self.chosen
        if row is not None and not row.is_chosen:
            self._keep(row.place, None if row.is_own else row.value)

    def take_back(self) -> None:
        """Read the option selected as the pack has it."""
        row = self.chosen
        if row is not None:
            self._keep(row.place, None)

    def explain(self) -> None:
        """Tell of the reading selected: mark, source, and who chose."""
        row, found = self.chosen, self._view.found
        if row is None or found is None:
            return
        words = self._shell.words
        parts: list[tuple[Said, Said]] = [
            (N_("Reading"), self._reading(row)),
            (N_("The rule pack has"), words.tell(value_words(row.marked.value))),
            (N_("How surely it was read"), mark_words(row.marked.mark, words)),
            (N_("Source"), row.marked.source),
            (N_("Remark"), row.marked.note),
        ]
        last = found.basis.readings.last(row.place)
        if last is not None:
            said = N_("as the rule pack has it")
            told = said if last.value is None else _told(found, row.place)
            parts.append((N_("Chosen last"), words.tell(told)))
            parts.append((N_("Who"), last.author))
            parts.append((N_("Time"), formats.moment(last.at)))
        told_parts = [part for part in parts if part[1]]
        self._shell.why.tell(Explanation(OPTION_NAMES[row.place], told_parts))

    def _keep(self, place: str, value: Any) -> None:
        with self._shell.notices.guard():
            self._shell.desk.credit.choose_reading(place, value)
            self._view.reload()

    def _choose_row(self) -> None:
        row, found = self.chosen, self._view.found
        is_changed = row is not None and found is not None and row.place in found.chosen
        self._may_choose.want(wanted=row is not None and not row.is_chosen)
        self._may_go_back.want(wanted=is_changed)
        if self.isVisible():
            self.explain()

    def _option(self, row: Reading) -> str:
        return self._shell.words.tell(OPTION_NAMES[row.place])

    def _reading(self, row: Reading) -> str:
        return self._shell.words.tell(value_words(row.value))

    def _state(self, row: Reading) -> str:
        if row.is_chosen:
            text = N_("reckoned with") if row.is_own else N_("our choice")
            return self._shell.words.tell(text)
        return self._shell.words.tell(N_("the pack's")) if row.is_own else ""

    def _effect(self, row: Reading) -> str:
        found = self._view.found
        if row.is_lacking:
            return self._shell.words.tell(N_("days of publication missing"))
        if row.is_chosen or found is None or found.others is None:
            return ""
        return self._shell.words.tell(
            N_("differs") if row.is_other else N_("no change")
        )

    def _sign(self, row: Reading) -> QIcon:
        if row.is_chosen:
            return icon("good", self._shell.theme.tokens.accent)
        return QIcon()


def readings_of_all(found: Reckoned) -> tuple[Reading, ...]:
    """Return every reading of every option that has more than one."""
    pack = found.basis.pack
    in_use = Readings(pack, found.chosen)
    others = {(one.place, one.value): one for one in found.others or ()}
    rows: list[Reading] = []
    for place in KINDS:
        marked, present = marked_at(pack, place), in_use.value(place)
        values = [*dict.fromkeys((*alternatives(pack, place), present))]
        known = [value for value in values if value is not None]
        if len(known) < 2:
            continue
        for value in known:
            other = others.get((place, value))
            is_chosen, is_own = value == present, value == marked.value
            is_lacking = value is Anchor.PUBLISHED and any(
                event.published_on is None for event in found.basis.events
            )
            now, ahead = ("", "") if is_lacking else _figures(found, other)
            is_other = other is not None
            chosen = is_chosen, is_own
            rows.append(
                Reading(place, value, marked, *chosen, now, ahead, is_other, is_lacking)
            )
    return tuple(rows)


def _figures(found: Reckoned, other: OtherReading | None) -> tuple[str, str]:
    """Return what a reading gives now, and its next change."""
    day = found.basis.as_of
    if other is not None:
        score = other.score
        return score_words(score.total, score.grade), next_words(other.steps, day)
    if found.score is None:
        return "", ""
    now = score_words(found.score.total, found.score.grade)
    return now, next_words(found.steps, day)


def _told(found: Reckoned, place: str) -> Any:
    return value_words(found.chosen[place])
