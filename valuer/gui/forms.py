"""The form of a method, generated from the types of its parameters.

Labels, units, ranges, help and origin come from the one reading of ``Params``; a
parameter that the case itself knows is quoted from it until another value is stated.
What cannot be read keeps its former value and holds up nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from valuer.core.dates import parse_date
from valuer.core.params import Kind, Parameter, Shape, parameters
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_
from valuer.gui.fields import Choice, Entry, date_entry, text_entry
from valuer.gui.icons import icon
from valuer.gui.period_field import PeriodField
from valuer.gui.quantities import QuantityEntry
from valuer.gui.rows import Row, Rows
from valuer.gui.shell import Shell
from valuer.gui.table_field import TableField
from valuer.gui.table_rows import Order

ORIGINS = {
    "typed": N_("Typed here"),
    "default": N_("Default of the method"),
    "quoted": N_("Quoted from the case"),
}
"""Where a value comes from: the sign, and what it means."""

FIXED_FACTS = ("valuation_date", "currency")
"""Facts on which a run may not differ from its case."""

USUAL = {
    "factors": (
        N_("Date of the transaction"),
        N_("Conditions of the transaction"),
        N_("Kind of right transferred"),
        N_("Remaining life"),
        N_("Legal status and strength of protection"),
        N_("Technical advance"),
        N_("Scope of application"),
        N_("State of implementation"),
        N_("Size of the market"),
    )
}
"""Names that rows of a table usually have, by the table's name."""


class ParamField(QWidget):
    """One parameter's field, whatever its kind: JSON in, JSON out.

    Where the case knows the value, the button at the end quotes it.
    """

    edited = Signal()
    committed = Signal(str)

    def __init__(self, one: Parameter, shell: Shell, widget: Any) -> None:
        super().__init__()
        self.one = one
        self._shell = shell
        self._known: Any = None
        self._stated: Any = None
        self.widget = widget
        self.quote = QToolButton(self)
        self.quote.setCheckable(True)
        self.quote.toggled.connect(self._toggle)
        self.quote.setVisible(bool(one.fact) and one.fact not in FIXED_FACTS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.widget)
        layout.addWidget(self.quote, 0, Qt.AlignmentFlag.AlignTop)
        if not isinstance(self.widget, PeriodField | QuantityEntry | TableField):
            layout.addStretch(1)
        if hasattr(self.widget, "edited"):
            self.widget.edited.connect(self.edited)
        self.widget.committed.connect(self._commit)
        self.setFocusProxy(self.widget)
        shell.theme.changed.connect(self._draw)
        shell.library.changed.connect(self._lock)
        self._draw()

    @property
    def value(self) -> Any:
        """The parameter as JSON, or None where nothing can be read."""
        value = self.widget.value
        return value.isoformat() if isinstance(value, date) else value

    @property
    def typed(self) -> QWidget:
        """The part that is typed into."""
        part: QWidget = getattr(self.widget, "typed", self.widget)
        return part

    @property
    def is_readable(self) -> bool:
        """Whether what is typed can be read."""
        return bool(getattr(self.widget, "is_readable", True))

    @property
    def stated(self) -> Any:
        """What is stated here as JSON, None where it is quoted or the default."""
        if not self.is_readable:
            return self._stated
        return self.value if self.origin == "typed" else None

    @property
    def origin(self) -> str:
        """Where the value comes from: typed, default or quoted."""
        if self.is_quoted:
            return "quoted"
        is_default = not self.one.required and _same(self.value, _default(self.one))
        if isinstance(self.widget, TableField) and self._known is not None:
            is_default = False  # no rows at all is a statement where the case has some
        return "default" if is_default else "typed"

    @property
    def is_quoted(self) -> bool:
        """Whether the value is the case's own."""
        return self.one.fact in FIXED_FACTS or self.quote.isChecked()

    def put(self, given: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Show the value of a run, else that of the case, else the default."""
        one = self.one
        self._known = known.get(one.fact) if one.fact else None
        self._stated = given.get(one.name)
        if hasattr(self.widget, "put_currency"):
            self.widget.put_currency(str(given.get("currency", known.get("currency"))))
        quoted = one.name not in given and self._known is not None
        self.quote.blockSignals(True)
        self.quote.setChecked(quoted)
        self.quote.blockSignals(False)
        if self.is_quoted:
            self._put(self._known)
        elif one.name in given:
            self._put(given[one.name])
        else:
            self._put(_opening(one))
        self._lock()

    def _put(self, value: Any) -> None:
        if self.one.measure.kind is Kind.DATE and isinstance(value, str):
            value = parse_date(value)
        self.widget.put(value)

    def _toggle(self) -> None:
        if self.is_quoted:
            self._put(self._known)
        self._lock()
        self._commit()

    def _lock(self) -> None:
        is_closed = self._shell.library.is_read_only
        self.quote.setEnabled(self._known is not None and not is_closed)
        if isinstance(self.widget, Entry | PeriodField | TableField):
            self.widget.setReadOnly(self.is_quoted or is_closed)
        else:
            self.widget.setEnabled(not (self.is_quoted or is_closed))

    def _commit(self) -> None:
        if self.is_readable:
            self.committed.emit(self.one.name)

    def _draw(self) -> None:
        tokens = self._shell.theme.tokens
        self.quote.setIcon(icon("quoted", tokens.muted, tokens.accent))


class ParamsForm(QWidget):
    """A form for one method.

    ``edited`` tells of every keystroke, ``committed`` carries the name of the
    parameter whose value was left changed.
    """

    edited = Signal()
    committed = Signal(str)

    def __init__(self, params: type[Any], shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._fields: dict[str, ParamField] = {}
        self._rows = Rows(shell.words, shell.theme, self)
        known = parameters(params)
        self._across = {name for one in known for name in _lies_across(one)}
        for one in known:
            self._add(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rows)
        layout.addStretch(1)

    @property
    def given(self) -> dict[str, Any]:
        """What is stated here, as JSON; quoted and defaulted values are left out."""
        stated = {name: field.stated for name, field in self._fields.items()}
        return {name: value for name, value in stated.items() if value is not None}

    def put(self, given: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Show a run's own parameters and the facts of its case."""
        for field in self._fields.values():
            field.put(given, known)
        self._spread()
        self._mark()

    def put_periods(self, heads: list[str]) -> None:
        """Lay the fields that may vary by period out along these periods."""
        for field in self._fields.values():
            if isinstance(field.widget, PeriodField):
                field.widget.put_heads(heads)

    def tell(self, issues: Iterable[tuple[str, Issue]]) -> None:
        """Show issues, each with its path, where they stand; the worst one in words."""
        found: dict[str, list[tuple[str, Issue]]] = {name: [] for name in self._fields}
        for path, issue in issues:
            found.get(re.split(r"[.\[]", path)[0], []).append((path, issue))
        for name, about in found.items():
            self._tell(name, about)

    def _tell(self, name: str, about: list[tuple[str, Issue]]) -> None:
        field, row, order = self._fields[name], self.row(name), list(Severity)
        worst = min(about, key=lambda one: order.index(one[1].severity), default=None)
        if worst is None:
            row.tell(None)
        else:
            row.tell(worst[1].wording, worst[1].severity)
        if isinstance(field.widget, TableField):
            field.widget.tell(
                {place: one for path, one in about if (place := _place(path))}
            )
        part = (
            field.widget.typed
            if isinstance(field.widget, QuantityEntry)
            else field.widget
        )
        if isinstance(part, Entry) and field.is_readable:
            part.mark_wrong(
                wrong=worst is not None and worst[1].severity is Severity.ERROR
            )

    def field(self, name: str) -> ParamField:
        """Return the field of a parameter."""
        return self._fields[name]

    def row(self, name: str) -> Row:
        """Return the row of a parameter."""
        return self._rows.row(f"param_{name}")

    def _add(self, one: Parameter) -> None:
        field = ParamField(one, self._shell, _widget(one, self._shell, self._across))
        field.setParent(self)
        self._fields[one.name] = field
        key = f"param_{one.name}"
        is_table = isinstance(field.widget, TableField)
        wide = isinstance(field.widget, PeriodField) or one.measure.kind is Kind.TEXT
        self._rows.add(
            key,
            one.label,
            field,
            one.help,
            named=field.typed,
            wide=wide,
            over=is_table,
        )
        hint = N_("Quote this value from the case")
        self._rows.texts.name(field.quote, f"{key}_quote", hint, hint)
        if isinstance(field.typed, QLineEdit) and one.fact not in FIXED_FACTS:
            must = N_("required") if one.required else N_("optional")
            self._rows.texts.put(field.typed.setPlaceholderText, must)
        field.edited.connect(self.edited)
        field.committed.connect(self._commit)
        if isinstance(field.widget, TableField):
            field.widget.reordered.connect(partial(self._follow, one.name))
            field.widget.edited.connect(self._spread)

    def _follow(self, name: str, order: Order) -> None:
        """Let what lies across a table move with its rows."""
        for table in self._tables().values():
            table.follow(name, order)
        self._spread()

    def _spread(self) -> None:
        """Name the rows of each table to what lies across it."""
        for name, table in self._tables().items():
            for other in self._tables().values():
                if name in _lies_across(other.cells.table):
                    other.put_places(name, table.cells.rows.names)

    def _tables(self) -> dict[str, TableField]:
        return {
            name: field.widget
            for name, field in self._fields.items()
            if isinstance(field.widget, TableField)
        }

    def _commit(self, name: str) -> None:
        self._mark()
        self.committed.emit(name)

    def _mark(self) -> None:
        for name, field in self._fields.items():
            self.row(name).mark(field.origin, ORIGINS[field.origin])


def _widget(one: Parameter, shell: Shell, across: set[str]) -> Any:
    """Return the field for a kind of quantity; they share no Qt class."""
    match one.measure.kind:
        case Kind.DATE:
            return date_entry()
        case Kind.CURRENCY:
            entry = text_entry()
            entry.setFixedWidth(64)
            return entry
        case Kind.TEXT:
            return text_entry()
        case Kind.CHOICE:
            choice = Choice(shell.words)
            none = [(None, N_("Not stated"))] if one.default is None else []
            choice.offer([*none, *one.choice_labels])
            return choice
        case Kind.TABLE:
            # Rows that another table lies across are compared, never added up.
            is_summed = one.name not in across and not _lies_across(one)
            usual = USUAL.get(one.name, ())
            return TableField(one, shell, summed=is_summed, proposed=usual)
    if one.measure.shape is Shape.SINGLE:
        return QuantityEntry(one.measure.kind, shell, f"param_{one.name}")
    return PeriodField(one, shell)


def _lies_across(one: Parameter) -> set[str]:
    """Return the tables that a table's columns lie across."""
    return {column.measure.across for column in one.columns} - {""}


def _place(path: str) -> tuple[int, str, int | None] | None:
    """Return row, column and place across of a path such as ``factors[2].indices[0]``."""
    found = re.match(r"\w+\[(\d+)\]\.(\w+)(?:\[(\d+)\])?", path)
    if found is None:
        return None
    row, column, across = found.groups()
    return int(row), column, None if across is None else int(across)


def _same(value: Any, default: Any) -> bool:
    """Whether a value is the default; an empty text or table is none."""
    if isinstance(default, tuple):
        default = list(default)
    if isinstance(value, str) and isinstance(default, float):
        return float(value) == default
    return value == default or (value is None and default == "")


def _opening(one: Parameter) -> Any:
    """What a field shows before anything is stated: a choice its first word."""
    if not one.required:
        return _default(one)
    return next((member.value for member in one.choices or ()), None)


def _default(one: Parameter) -> Any:
    return getattr(one.default, "value", one.default)
