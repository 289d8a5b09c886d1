"""What happened after the valuation date, as a table of days and texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.case import Case
from valuer.core.dates import parse_date
from valuer.core.engagement import Event
from valuer.core.engagement_names import FILE_NAMES
from valuer.core.params import Text, param, parameters
from valuer.core.texts import N_, message
from valuer.gui.shell import Shell
from valuer.gui.table_field import TableField

_INCOMPLETE = N_("A line without a day or without a text is not saved.")


@dataclass(frozen=True, slots=True)
class _Line:
    on: date = param(N_("Day"))
    text: Text = param(N_("What happened"))


@dataclass(frozen=True, slots=True)
class _Lines:
    events: tuple[_Line, ...] = param(FILE_NAMES["events"], ())


class EventsField(QWidget):
    """The table. ``committed`` follows each change of a whole line."""

    committed = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        (table,) = parameters(_Lines)
        self.table = TableField(table, shell, summed=False, proposed=())
        self.table.panel.hide()  # no cell here may be a distribution
        self.table.grid.horizontalHeader().setStretchLastSection(True)
        self.table.committed.connect(self._commit)
        self._shell = shell
        self._value: tuple[Event, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        shell.library.changed.connect(self._lock)
        self._lock()

    @property
    def value(self) -> tuple[Event, ...]:
        """The lines that have both a day and a text."""
        found = (_event(row) for row in self.table.value or ())
        return tuple(one for one in found if one is not None)

    def put(self, case: Case) -> None:
        """Show the events of a case; lines being typed stay while it holds the rest."""
        self._value = case.events
        if self.value != case.events:
            self.table.put(
                [{"on": one.on.isoformat(), "text": one.text} for one in case.events]
            )

    def _commit(self) -> None:
        rows = self.table.value or ()
        if len(self.value) < len(rows):
            self.table.account([message(_INCOMPLETE)])
        if self.value != self._value:
            self.committed.emit()

    def _lock(self) -> None:
        self.table.setReadOnly(self._shell.library.is_read_only)
        self.table.panel.hide()


def _event(row: dict[str, Any]) -> Event | None:
    day, text = row.get("on"), str(row.get("text") or "").strip()
    on = parse_date(day) if isinstance(day, str) else None
    return Event(on, text) if on is not None and text else None
