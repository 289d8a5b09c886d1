"""One figure chosen elsewhere, as a field that opens into a distribution."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from valuer.core.params import NUMBERS, Kind, Parameter
from valuer.core.texts import N_
from valuer.gui.quantities import QuantityEntry
from valuer.gui.shell import Shell
from valuer.gui.why import Said
from valuer.gui.words import Texts


class QuantityPanel(QWidget):
    """Shows the figure of one cell or input, with a field for each kind of figure.

    ``committed`` follows each change by the user.
    """

    committed = Signal()

    def __init__(self, shell: Shell, key: str, empty: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._empty = shell, empty
        self._said: Said = empty
        self._kind: Kind | None = None
        self._entries: dict[Kind, QuantityEntry] = {}
        self._key = key
        self._texts = Texts(shell.words, self)
        self._label = QLabel(self)
        self._label.setProperty("part", "muted")
        self._label.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self._label)
        shell.words.changed.connect(self._say)
        self._say()

    @property
    def value(self) -> Any:
        """The figure as JSON, or None."""
        return None if self._kind is None else self._entries[self._kind].value

    @property
    def entry(self) -> QuantityEntry | None:
        """The field shown."""
        return None if self._kind is None else self._entries[self._kind]

    def put(
        self, one: Parameter | None, label: Said, value: Any, currency: str
    ) -> None:
        """Show a figure of a parameter; None where none is chosen."""
        kind = one.measure.kind if one is not None else None
        self._kind = kind if kind in NUMBERS else None
        self._said = label if self._kind else self._empty
        if self._kind is not None:
            entry = self._entries.get(self._kind) or self._make(self._kind)
            entry.put(value)
            entry.put_currency(currency)
        for known, entry in self._entries.items():
            entry.setVisible(known is self._kind)
        self._say()

    def _make(self, kind: Kind) -> QuantityEntry:
        key = f"{self._key}_{kind.value}"
        entry = QuantityEntry(kind, self._shell, key, self)
        self._texts.name(entry.number, key, N_("Figure chosen"))
        entry.committed.connect(self._commit)
        self._entries[kind] = entry
        self._layout.addWidget(entry)
        return entry

    def _commit(self) -> None:
        entry = self.entry
        if entry is not None and entry.is_readable:
            self.committed.emit()

    def _say(self) -> None:
        self._label.setText(self._shell.words.say(self._said))
