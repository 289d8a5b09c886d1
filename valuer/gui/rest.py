"""A second of rest while one types: what was typed is saved then, not only on leaving.

Every field that is typed into has a ``Rest``. So a crash while typing loses a second
of it at most. Each rest with another value is a revision of its own: the record never
shrinks, so there is nothing to melt together.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from valuer.gui.tables import Index

REST = 1000
"""Milliseconds without a keystroke after which what was typed is saved."""


class Typing(QObject):
    """Whether anything is being typed inside the widget that owns this."""

    changed = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._typed: set[int] = set()

    @property
    def is_on(self) -> bool:
        """Whether something typed is not saved yet."""
        return bool(self._typed)

    def tell(self, field: int, *, on: bool) -> None:
        """Note that a field is typed into, or no more."""
        before = self.is_on
        if on:
            self._typed.add(field)
        else:
            self._typed.discard(field)
        if self.is_on != before:
            self.changed.emit()


class Rest(QObject):
    """Tells when one rests while typing into a field."""

    reached = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._typing: Typing | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.reached)
        field.installEventFilter(self)

    def typed(self) -> None:
        """Begin the rest anew: a key was struck."""
        self._timer.start()
        self._typing = self._typing or typing_around(self._field)
        if self._typing is not None:
            self._typing.tell(id(self), on=True)

    def over(self) -> None:
        """Wait no more: what was typed is saved, or given up."""
        self._timer.stop()
        if self._typing is not None:
            self._typing.tell(id(self), on=False)

    def refused(self) -> None:
        """Go on saying that one types: what was typed could not be saved."""
        if self._typing is not None:
            self._typing.tell(id(self), on=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide:
            self.over()  # the field of a cell is closed
        return super().eventFilter(watched, event)


class RestingCells(QStyledItemDelegate):
    """The fields that open in the cells of a grid; a rest commits the cell.

    The field stays open, and what stands in it stays as it is typed.
    """

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            rest_in_cell(editor, self)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)


def rest_in_cell(editor: QLineEdit, cells: QStyledItemDelegate) -> None:
    """Let a rest commit what is typed into the field of a cell."""
    rest = Rest(editor)

    def commit() -> None:
        cells.commitData.emit(editor)
        rest.over()

    editor.textEdited.connect(rest.typed)
    rest.reached.connect(commit)


def typing_around(field: QWidget) -> Typing | None:
    """Return what watches over the typing around a field, if anything does."""
    place: QWidget | None = field
    while place is not None:
        options = Qt.FindChildOption.FindDirectChildrenOnly
        found = place.findChild(Typing, options=options)
        if found is not None:
            return found
        place = place.parentWidget()
    return None
