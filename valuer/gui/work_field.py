"""One procedure as carried out: two days and what was done, beside each other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from valuer.core.engagement import PROCEDURE_NAMES, Procedure, WorkDone
from valuer.core.texts import N_, message
from valuer.gui.fields import Entry, date_entry, text_entry
from valuer.gui.words import Texts, Words

_PARTS = (
    ("begun", N_("{procedure}: begun"), N_("Begun")),
    ("ended", N_("{procedure}: ended"), N_("Ended")),
    ("note", N_("{procedure}: what was done"), N_("What was done")),
)


class WorkField(QWidget):
    """Begun, ended, what was done; nothing typed is no work recorded."""

    committed = Signal()

    def __init__(self, procedure: Procedure, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._procedure = procedure
        self.begun, self.ended = date_entry(self), date_entry(self)
        self.note = text_entry(self)
        texts = Texts(words, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        name = message(PROCEDURE_NAMES[procedure])
        for part, said, placeholder in _PARTS:
            entry: Entry = getattr(self, part)
            entry.setObjectName(f"case_work_{procedure}_{part}")
            texts.put(entry.setAccessibleName, said, procedure=name)
            texts.put(entry.setPlaceholderText, placeholder)
            entry.committed.connect(self.committed)
            layout.addWidget(entry, int(part == "note"))
        self.setFocusProxy(self.begun)

    @property
    def value(self) -> WorkDone | None:
        """The work typed, or None where nothing is."""
        note: str = self.note.value or ""
        done = WorkDone(self._procedure, self.begun.value, self.ended.value, note)
        return None if done == WorkDone(self._procedure) else done

    def put(self, value: WorkDone | None) -> None:
        """Show the work recorded."""
        done = value or WorkDone(self._procedure)
        self.begun.put(done.begun)
        self.ended.put(done.ended)
        self.note.put(done.note or None)
