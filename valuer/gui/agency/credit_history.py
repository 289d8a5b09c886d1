"""The history of an event: who changed what, when, from what into what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from valuer.agency.credit_event_names import EVENT_NAMES, event_differences
from valuer.agency.credit_packs import RulePack
from valuer.agency.credit_readings import place_words
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.agency.credit_event_words import part_words
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.store.credit import KeptEvent

ENTERED, CHANGED, REMOVED = N_("entered"), N_("changed"), N_("taken out")


@dataclass(frozen=True, slots=True)
class Told:
    """One line: an entry, or one part that it changed."""

    entry: KeptEvent
    what: str
    part: str = ""
    before: str = ""
    after: str = ""


class HistoryTable(Table):
    """The newest entry first, a line for each part that changed."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        words = shell.words
        super().__init__("credit_history", N_("History of the event"), words, parent)
        self._shell = shell
        columns: tuple[TableColumn[Told], ...] = (
            TableColumn(
                N_("Time"), lambda one: formats.moment(one.entry.at), width=130
            ),
            TableColumn(N_("Who"), lambda one: one.entry.author, width=90),
            TableColumn(N_("What"), lambda one: words.tell(one.what), width=80),
            TableColumn(
                N_("What changed"), lambda one: words.tell(one.part), width=130
            ),
            TableColumn(N_("Before"), lambda one: one.before, width=170),
            TableColumn(N_("After"), lambda one: one.after, width=170),
        )
        self.table = RowTable(columns, words, self)
        self.setModel(self.table)
        self.fit(5, [column.width for column in columns])

    def put(self, history: Sequence[KeptEvent], pack: RulePack | None) -> None:
        """Show the entries of an event, given from the oldest on."""
        told: list[Told] = []
        for before, entry in zip((None, *history), history, strict=False):
            told[:0] = self._told(before, entry, pack)
        self.table.put(told)

    def _told(
        self, before: KeptEvent | None, entry: KeptEvent, pack: RulePack | None
    ) -> list[Told]:
        if before is None:
            return [Told(entry, ENTERED)]
        if entry.is_removed:
            return [Told(entry, REMOVED)]
        found = event_differences(before.event, entry.event)
        return [
            Told(
                entry,
                CHANGED,
                EVENT_NAMES[one.name],
                self._say(one.name, one.before, pack),
                self._say(one.name, one.after, pack),
            )
            for one in found
        ] or [Told(entry, CHANGED)]

    def _say(self, name: str, value: object, pack: RulePack | None) -> str:
        words = self._shell.words
        if name == "evidence_files" and isinstance(value, tuple):
            named = self._shell.desk.documents.named(value)
            files = [named[one].name if one in named else one[:12] for one in value]
            return formats.listed(files, words)
        if name == "rule_code" and pack is not None:
            return place_words(pack, str(value), words.language)
        return part_words(name, value, words)
