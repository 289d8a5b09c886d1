"""The facts of one case of the docket as a form, in leaves by what they are about.

Each field is saved as it is left. What a case has several of stands in a grid; its rows
are saved once each of them is whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.docket import Case
from valuer.agency.docket_fields import FIELDS, GROUP_NAMES, Field, Group, Holds
from valuer.core.patents import PatentKind
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.agency.docket_rows import read_rows, table_of, typed_rows
from valuer.gui.agency.docket_words import YES_NO
from valuer.gui.closing import Closing
from valuer.gui.fields import Choice, Entry, date_entry, text_entry
from valuer.gui.rows import FormArea, Rows
from valuer.gui.shell import Shell
from valuer.gui.table_field import TableField
from valuer.gui.words import Texts, Words

ORDER = (
    Group.PEOPLE,
    Group.CARE,
    Group.CASE,
    Group.PROCEDURE,
    Group.TEXT,
    Group.PATENT,
)
"""The leaves: what the agency alone knows comes first."""

MOST = 7
"""The most fields one under the other; the rest stand beside."""

NARROW = 3
"""The most columns of a grid that has another beside it."""

NOT_KNOWN = N_("Not known")
_BETWEEN = re.compile(r"[;；、\n]+")


class DocketForm(QWidget):
    """Shows a case; ``edited`` carries it with what was changed by the user."""

    edited = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self._case: Case | None = None
        self._leaves: dict[Group, _Leaf] = {}
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self._texts.name(self.tabs, "docket_leaves", N_("Facts of the docket case"))
        self._stack = QStackedWidget(self)
        for number, group in enumerate(ORDER):
            self.tabs.addTab("")
            show = partial(self.tabs.setTabText, number)
            self._texts.put(show, GROUP_NAMES[group])
        self.tabs.currentChanged.connect(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.go(0)

    @property
    def case(self) -> Case | None:
        """The case shown."""
        return self._case

    def put(self, case: Case) -> None:
        """Show a case; in the one shown already only what has become other.

        So what is being typed stays when the docket is read anew.
        """
        shown, self._case = self._case, case
        for leaf in self._leaves.values():
            leaf.put(case, shown)

    def go(self, number: int) -> None:
        """Show the facts of a group."""
        group = ORDER[number]
        if group not in self._leaves:
            leaf = _Leaf(group, self._shell, self._stack)
            leaf.changed.connect(self._change)
            self._leaves[group] = leaf
            self._stack.addWidget(leaf)
            if self._case is not None:
                leaf.put(self._case, None)
            self._shell.ways.page_built.emit()
        self._stack.setCurrentWidget(self._leaves[group])

    def field(self, key: str) -> Any:
        """Show the field with this key and return its widget."""
        group = next(one.group for one in FIELDS if one.key == key)
        self.tabs.setCurrentIndex(ORDER.index(group))
        return self._leaves[group].widgets[key]

    def _change(self, key: str, value: object) -> None:
        if self._case is None or getattr(self._case, key) == value:
            return
        changed: dict[str, Any] = {key: value}
        self._case = replace(self._case, **changed)
        self.edited.emit(self._case)


class _Leaf(FormArea):
    """The fields of a group: single facts in columns, grids of several below."""

    changed = Signal(str, object)

    def __init__(self, group: Group, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"docket_leaf_{group.value}")
        self._shell = shell
        self.widgets: dict[str, Any] = {}
        self._accounts: dict[str, TableField] = {}
        known = [one for one in FIELDS if one.group is group]
        self._fields = {one.key: one for one in known}
        sheet = QWidget(self)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(0, 4, 12, 4)
        layout.setSpacing(8)
        layout.addLayout(self._singles(sheet))
        layout.addLayout(self._tables(sheet))
        layout.addStretch(1)
        self.setWidget(sheet)
        Closing(shell.library, sheet)
        shell.library.changed.connect(self._lock)
        self._lock()

    def put(self, case: Case, shown: Case | None) -> None:
        """Show the facts of a case, those that differ where it is shown already."""
        is_same = shown is not None and _is_same(case, shown)
        for key, field in self._fields.items():
            value = getattr(case, key)
            if is_same and value == getattr(shown, key):
                continue
            if field.holds is Holds.ROWS:
                self._put_rows(key, field, value)
            else:
                self.widgets[key].put(None if value in ("", ()) else value)

    def _put_rows(self, key: str, field: Field, rows: Any) -> None:
        table: TableField = self.widgets[key]
        if read_rows(field, table.cells.rows.value).rows != tuple(rows or ()):
            table.put(typed_rows(field, rows))
            table.account(())

    def _singles(self, sheet: QWidget) -> QHBoxLayout:
        found = [f for f in self._fields.values() if f.holds is not Holds.ROWS]
        beside = QHBoxLayout()
        beside.setSpacing(24)
        each = _even(len(found))
        for first in range(0, len(found), each):
            rows = Rows(self._shell.words, self._shell.theme, sheet)
            for field in found[first : first + each]:
                widget = _widget(field, self._shell.words, rows)
                widget.committed.connect(partial(self._commit, field.key))
                self.widgets[field.key] = widget
                wide = field.holds in (*_TEXTS, Holds.PEOPLE)
                name = f"docket_{field.key}"
                rows.add(name, field.label, widget, _help(field), wide=wide)
            beside.addWidget(rows, 1, Qt.AlignmentFlag.AlignTop)
        return beside

    def _tables(self, sheet: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        found = [f for f in self._fields.values() if f.holds is Holds.ROWS]
        line = side = 0
        for field in found:
            label = QLabel(sheet)
            Texts(self._shell.words, label).put(label.setText, field.label)
            table = TableField(table_of(field), self._shell, summed=False, proposed=())
            table.committed.connect(partial(self._commit_rows, field.key))
            self.widgets[field.key] = table
            part = QVBoxLayout()
            part.addWidget(label)
            part.addWidget(table)
            part.addStretch(1)
            width = 2 if len(field.row) > NARROW else 1
            if side + width > 2:
                line, side = line + 1, 0
            grid.addLayout(part, line, side, 1, width)
            side += width
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        return grid

    def _commit(self, key: str) -> None:
        value = self.widgets[key].value
        if value is None and self._fields[key].holds in _TEXTS:
            value = ""
        self.changed.emit(key, () if value is None and key in _PEOPLE else value)

    def _commit_rows(self, key: str) -> None:
        table: TableField = self.widgets[key]
        read = read_rows(self._fields[key], table.cells.rows.value)
        table.account(read.faults)
        if not read.faults and not table.cells.rows.unread:
            self.changed.emit(key, read.rows)

    def _lock(self) -> None:
        for widget in self.widgets.values():
            if isinstance(widget, TableField):
                widget.setReadOnly(self._shell.library.is_read_only)


_TEXTS = (Holds.NUMBER, Holds.TEXT, Holds.STATUS)
_PEOPLE = tuple(one.key for one in FIELDS if one.holds is Holds.PEOPLE)


def _widget(field: Field, words: Words, parent: QWidget) -> Any:
    """Return the widget for what a field holds; they share no Qt class."""
    match field.holds:
        case Holds.NUMBER:
            return Entry(_number, str, parent)
        case Holds.DAY:
            return date_entry(parent)
        case Holds.COUNT:
            entry = Entry(_count, str, parent)
            entry.setFixedWidth(72)
            return entry
        case Holds.PEOPLE:
            return Entry(_people, lambda names: formats.listed(names, words), parent)
        case Holds.ANSWER:
            choice = Choice(words, parent)
            unknown = [] if field.key == "same_day" else [(None, NOT_KNOWN)]
            choice.offer([*unknown, *YES_NO])
            return choice
        case Holds.CHOICE:
            choice = Choice(words, parent)
            kinds = [(PatentKind(key), name) for key, name in field.choices]
            choice.offer([(None, NOT_KNOWN), *kinds])
            return choice
    return text_entry(parent)


def _is_same(one: Case, other: Case) -> bool:
    """Whether both are versions of one case."""
    if one.number and other.number:
        return (one.office, one.number) == (other.office, other.number)
    return bool(one.reference) and one.reference == other.reference


def _even(count: int) -> int:
    """Return how many fields stand one under the other, the columns as high."""
    columns = -(-count // MOST)
    return -(-count // columns) if columns else 1


def _help(field: Field) -> str:
    if field.holds is Holds.PEOPLE:
        return N_("Names apart by semicolons, the first-named first.")
    if field.key == "instructed":
        return N_("Cases let go on instruction are no losses of the agency.")
    if field.key == "handler":
        return N_("Left empty: the first signing agent.")
    return ""


def _number(text: str) -> str | None:
    from valuer.imports.docket_numbers import docket_number

    found = docket_number(text, "", None)
    return found.text if found.is_sound else None


def _people(text: str) -> tuple[str, ...] | None:
    return tuple(n.strip() for n in _BETWEEN.split(text) if n.strip()) or None


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None
