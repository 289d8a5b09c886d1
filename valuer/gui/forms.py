"""The form of a method, generated from the types of its parameters.

Labels, units, ranges, help and origin come from the one reading of ``Params``; a
parameter that the case itself knows is quoted from it until another value is stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from valuer.core.params import Kind, Parameter, Shape, parameters
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_
from valuer.gui.fields import Choice, Entry, date_entry, rate_entry, text_entry
from valuer.gui.icons import icon
from valuer.gui.period_field import PeriodField
from valuer.gui.quantities import QuantityEntry
from valuer.gui.rows import Row, Rows
from valuer.gui.shell import Shell

ORIGINS = {
    "typed": N_("Typed here"),
    "default": N_("Default of the method"),
    "quoted": N_("Quoted from the case"),
}
"""Where a value comes from: the sign, and what it means."""

FIXED_FACTS = ("valuation_date", "currency")
"""Facts on which a run may not differ from its case."""


class ParamField(QWidget):
    """One parameter's field, whatever its kind: JSON in, JSON out.

    Where the case knows the value, the button at the end quotes it.
    """

    edited = Signal()
    committed = Signal(str)

    def __init__(self, one: Parameter, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.one = one
        self._shell = shell
        self._known: Any = None
        self.widget = _widget(one, shell)
        self.quote = QToolButton(self)
        self.quote.setCheckable(True)
        self.quote.toggled.connect(self._toggle)
        self.quote.setVisible(bool(one.fact) and one.fact not in FIXED_FACTS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.widget)
        layout.addWidget(self.quote)
        if not isinstance(self.widget, PeriodField | QuantityEntry):
            layout.addStretch(1)
        if hasattr(self.widget, "edited"):
            self.widget.edited.connect(self.edited)
        self.widget.committed.connect(self._commit)
        self.setFocusProxy(self.widget)
        shell.theme.changed.connect(self._draw)
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
    def origin(self) -> str:
        """Where the value comes from: typed, default or quoted."""
        if self.is_quoted:
            return "quoted"
        is_default = not self.one.required and self.value == _default(self.one)
        return "default" if is_default else "typed"

    @property
    def is_quoted(self) -> bool:
        """Whether the value is the case's own."""
        return self.one.fact in FIXED_FACTS or self.quote.isChecked()

    def put(self, given: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Show the value of a run, else that of the case, else the default."""
        one = self.one
        self._known = known.get(one.fact) if one.fact else None
        quoted = one.name not in given and self._known is not None
        self.quote.blockSignals(True)
        self.quote.setChecked(quoted)
        self.quote.setEnabled(self._known is not None)
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
            value = date.fromisoformat(value)
        self.widget.put(value)

    def _toggle(self) -> None:
        if self.is_quoted:
            self._put(self._known)
        self._lock()
        self._commit()

    def _lock(self) -> None:
        if isinstance(self.widget, Entry | PeriodField):
            self.widget.setReadOnly(self.is_quoted)
        else:
            self.widget.setEnabled(not self.is_quoted)

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
        for one in parameters(params):
            self._add(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rows)
        layout.addStretch(1)

    @property
    def given(self) -> dict[str, Any]:
        """What is stated here, as JSON; quoted and defaulted values are left out."""
        return {
            name: field.value
            for name, field in self._fields.items()
            if field.origin == "typed" and field.value is not None
        }

    @property
    def is_readable(self) -> bool:
        """Whether everything typed can be read."""
        return all(field.is_readable for field in self._fields.values())

    def put(self, given: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Show a run's own parameters and the facts of its case."""
        for field in self._fields.values():
            field.put(given, known)
        self._mark()

    def put_periods(self, heads: list[str]) -> None:
        """Lay the fields that may vary by period out along these periods."""
        for field in self._fields.values():
            if isinstance(field.widget, PeriodField):
                field.widget.put_heads(heads)

    def tell(self, issues: Mapping[str, Issue]) -> None:
        """Show each issue at the parameter that it is about."""
        for name, field in self._fields.items():
            issue = issues.get(name)
            row = self.row(name)
            if issue is None:
                row.tell(None)
            else:
                row.tell(issue.wording, issue.severity)
            if isinstance(field.widget, Entry) and field.is_readable:
                wrong = issue is not None and issue.severity is Severity.ERROR
                field.widget.mark_wrong(wrong=wrong)

    def field(self, name: str) -> ParamField:
        """Return the field of a parameter."""
        return self._fields[name]

    def row(self, name: str) -> Row:
        """Return the row of a parameter."""
        return self._rows.row(f"param_{name}")

    def _add(self, one: Parameter) -> None:
        field = ParamField(one, self._shell, self)
        self._fields[one.name] = field
        key = f"param_{one.name}"
        wide = isinstance(field.widget, PeriodField)
        self._rows.add(key, one.label, field, one.help, named=field.typed, wide=wide)
        hint = N_("Quote this value from the case")
        self._rows.texts.name(field.quote, f"{key}_quote", hint, hint)
        field.edited.connect(self.edited)
        field.committed.connect(self._commit)

    def _commit(self, name: str) -> None:
        self._mark()
        self.committed.emit(name)

    def _mark(self) -> None:
        for name, field in self._fields.items():
            self.row(name).mark(field.origin, ORIGINS[field.origin])


def _widget(one: Parameter, shell: Shell) -> Any:
    """Return the field for a kind of quantity; they share no Qt class."""
    match one.measure.kind:
        case Kind.MONEY:
            return PeriodField(one, shell)
        case Kind.RATE if one.measure.shape is Shape.SINGLE:
            key = f"param_{one.name}"
            return QuantityEntry(rate_entry, shell.words, shell.theme, key)
        case Kind.RATE:
            return PeriodField(one, shell)
        case Kind.DATE:
            return date_entry()
        case Kind.CURRENCY:
            entry = text_entry()
            entry.setFixedWidth(64)
            return entry
        case Kind.CHOICE:
            choice = Choice(shell.words)
            choice.offer(one.choice_labels)
            return choice


def _opening(one: Parameter) -> Any:
    """What a field shows before anything is stated: a choice its first word."""
    if not one.required:
        return _default(one)
    return next((member.value for member in one.choices or ()), None)


def _default(one: Parameter) -> Any:
    return getattr(one.default, "value", one.default)
