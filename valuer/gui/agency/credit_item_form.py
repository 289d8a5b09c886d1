"""The form of one line of a rule pack: its value, mark, source and remark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.agency.credit_pack_items import (
    FieldKind,
    ItemField,
    PackItem,
    fields_of,
)
from valuer.agency.credit_packs import MARKS, Rule, RulePack
from valuer.agency.credit_readings import value_words
from valuer.core.dates import parse_date
from valuer.core.texts import N_, message
from valuer.gui.agency.credit_event_form import points_entry
from valuer.gui.agency.credit_words import mark_words
from valuer.gui.closing import Closing
from valuer.gui.fields import Choice, Entry, Lines, date_entry, text_entry
from valuer.gui.rows import Rows
from valuer.gui.shell import Shell

NOT_KNOWN = N_("Not known")

_WIDE = 200
_UNREAD = object()
"""Stands for what was typed and cannot be read."""


class ItemForm(QWidget):
    """Shows one line; ``changed`` carries its place and what it has become."""

    changed = Signal(str, object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._item: PackItem | None = None
        self._pack: RulePack | None = None
        self._rows: Rows | None = None
        self._fields: dict[str, Any] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 8, 0)
        self._layout.addStretch(1)
        self._closing = Closing(shell.library, self)
        shell.words.changed.connect(self._rebuild)

    def put(self, pack: RulePack | None, item: PackItem | None) -> None:
        """Show a line of a pack; the fields stay while it is the same line."""
        is_same = (
            self._item is not None
            and item is not None
            and item.place == self._item.place
            and pack is not None
            and self._pack is not None
            and [band.grade for band in pack.grades]
            == [band.grade for band in self._pack.grades]
        )
        self._item, self._pack = item, pack
        if is_same:
            self._fill()
        else:
            self._rebuild()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields shown."""
        return tuple(self._fields)

    def field(self, name: str) -> Any:
        """Return the field of this name."""
        return self._fields[name]

    def _rebuild(self) -> None:
        if self._rows is not None:
            self._rows.hide()
            self._rows.deleteLater()
        self._fields = {}
        self._rows = rows = Rows(
            self._shell.words, self._shell.theme, self, label_width=88
        )
        for one in () if self._item is None else fields_of(self._item):
            field = self._make(one)
            self._fields[one.name] = field
            rows.add(f"credit_item_{one.name}", one.label, field)
            field.committed.connect(partial(self._commit, one))
        self._layout.insertWidget(0, rows)
        self._fill()
        self._closing.follow()

    def _fill(self) -> None:
        if self._item is None:
            return
        for one in fields_of(self._item):
            value = getattr(self._item.thing, one.name, None)
            field = self._fields[one.name]
            if isinstance(field, Lines):
                field.put(_lines(value))
            else:
                field.put(value if value != "" else None)

    def _commit(self, one: ItemField) -> None:
        item, rows = self._item, self._rows
        if item is None or rows is None:
            return
        value = self._read(one)
        row = rows.row(f"credit_item_{one.name}")
        if value is _UNREAD:
            row.tell(message(N_("What is typed cannot be read.")))
        elif value in (None, "") and one.required:
            row.tell(message(N_("This must be stated.")))
        else:
            row.tell(None)
            changes = {one.name: value}
            self.changed.emit(item.place, replace(item.thing, **changes))

    def _read(self, one: ItemField) -> Any:
        """Return what is typed, as the pack holds it."""
        field = self._fields[one.name]
        if one.kind in _TUPLES:
            return _TUPLES[one.kind](field.entries)
        value = field.value
        is_text = one.kind in (FieldKind.TEXT, FieldKind.PROSE)
        return value or "" if is_text else value

    def _make(self, one: ItemField) -> Any:
        match one.kind:
            case FieldKind.TEXT:
                entry = text_entry(self)
                entry.setFixedWidth(_WIDE)
                return entry
            case FieldKind.POINTS:
                return points_entry(self)
            case FieldKind.MONTHS | FieldKind.WHOLE:
                entry = Entry(_read_whole, str, self)
                entry.setFixedWidth(64)
                return entry
            case FieldKind.DATE:
                return date_entry(self)
            case FieldKind.PROSE | FieldKind.DAYS | FieldKind.DATES:
                lines = Lines(3, self)
                lines.setFixedWidth(_WIDE)
                return lines
        return self._choice(one)

    def _choice(self, one: ItemField) -> Choice:
        words = self._shell.words
        choice = Choice(words, self)
        shrunk = Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        choice.setSizeAdjustPolicy(shrunk)
        choice.setFixedWidth(_WIDE)
        choice.offer(self._choices(one))
        return choice

    def _choices(self, one: ItemField) -> list[tuple[Any, Any]]:
        words, pack = self._shell.words, self._pack
        if one.kind is FieldKind.MARK:
            return [(mark, mark_words(mark, words)) for mark in MARKS]
        if one.kind is FieldKind.YES_NO:
            return [(value, value_words(value)) for value in (True, False)]
        none: list[tuple[Any, Any]] = [(None, NOT_KNOWN)]
        if one.kind is FieldKind.CHOICE:
            return none + [(value, value_words(value)) for value in one.choices]
        none = [(None, N_("None"))]
        if pack is None or self._item is None:
            return none
        if one.kind is FieldKind.GRADE:
            return none + [(band.grade, band.grade) for band in pack.grades]
        rules: tuple[Rule, ...] = getattr(pack, self._item.table)
        own = self._item.place
        return none + [(rule.code, rule.code) for rule in rules if rule.code != own]


def _read_whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _lines(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(
            one.isoformat() if isinstance(one, date) else one for one in value
        )
    return value or ""


def _days(lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines


def _dates(lines: tuple[str, ...]) -> Any:
    found = [parse_date(line) for line in lines]
    return _UNREAD if None in found else tuple(found)


_TUPLES: dict[FieldKind, Callable[[tuple[str, ...]], Any]] = {
    FieldKind.DAYS: _days,
    FieldKind.DATES: _dates,
}
