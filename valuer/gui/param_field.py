"""One parameter of a method as a field, whatever its kind: JSON in, JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from valuer.core.dates import parse_date
from valuer.core.params import Kind, Parameter
from valuer.core.references import is_reference
from valuer.gui.fields import Entry
from valuer.gui.icons import icon
from valuer.gui.period_field import PeriodField
from valuer.gui.quantities import QuantityEntry
from valuer.gui.shell import Shell
from valuer.gui.table_field import TableField

FIXED_FACTS = ("valuation_date", "currency")
"""Facts on which a run may not differ from its case."""


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
        is_wide = isinstance(self.widget, PeriodField | QuantityEntry | TableField)
        if not is_wide and one.measure.kind is not Kind.TEXT:
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
    def figure(self) -> QuantityEntry | None:
        """The part that states a single figure, if there is one."""
        part = getattr(self.widget, "single", self.widget)
        return part if isinstance(part, QuantityEntry) else None

    @property
    def is_taken(self) -> bool:
        """Whether the figure is that of another run."""
        return is_reference(self.stated)

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


def _same(value: Any, default: Any) -> bool:
    """Whether a value is the default; an empty text or table is none."""
    if isinstance(default, tuple):
        default = list(default)
    if isinstance(value, str) and isinstance(default, float):
        return float(value) == default
    return value == default or (value is None and default == "")


def _opening(one: Parameter) -> Any:
    """What a field shows before anything is stated: nothing where it must be."""
    return None if one.required else _default(one)


def _default(one: Parameter) -> Any:
    return getattr(one.default, "value", one.default)
