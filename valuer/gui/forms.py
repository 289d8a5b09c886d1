"""The form of a method, generated from the types of its parameters.

Labels, units, ranges, help and origin come from the one reading of ``Params``; a
parameter that the case itself knows is quoted from it until another value is stated.
What cannot be read keeps its former value and holds up nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from valuer.core.listed_companies import Company
from valuer.core.method import Method
from valuer.core.params import LEVEL, Kind, Parameter, Shape, parameters
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_
from valuer.gui.fields import Choice, Entry, date_entry, text_entry
from valuer.gui.param_field import FIXED_FACTS, ParamField
from valuer.gui.pasted_companies import paste_companies
from valuer.gui.period_field import PeriodField
from valuer.gui.quantities import QuantityEntry
from valuer.gui.rows import Row, Rows
from valuer.gui.score_help import SheetOffer, band_words, sheet_offers
from valuer.gui.shell import Shell
from valuer.gui.table_field import TableField
from valuer.gui.table_rows import Order
from valuer.gui.taking import Offer
from valuer.gui.words import Texts

ORIGINS = {
    "typed": N_("Typed here"),
    "default": N_("Default of the method"),
    "quoted": N_("Quoted from the case"),
    "taken": N_("Taken from another method of the case"),
}
"""Where a value comes from: the sign, and what it means."""

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

UNSUMMED = ("companies", "licences", "nodes", "paths")
"""Tables whose amounts belong to different owners or cases; a sum would say nothing."""


class ParamsForm(QWidget):
    """A form for one method.

    ``edited`` tells of every keystroke, ``committed`` carries the name of the
    parameter whose value was left changed, ``run_wanted`` the key of a run to open,
    ``sheet_chosen`` the score sheet whose rows are wanted, ``pasted`` the table that
    was pasted into from a terminal and how many rows came.
    """

    edited = Signal()
    committed = Signal(str)
    run_wanted = Signal(str)
    sheet_chosen = Signal(object)
    pasted = Signal(str, int)

    def __init__(self, method: Method, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._fields: dict[str, ParamField] = {}
        self._wrong: set[str] = set()
        self._rows = Rows(shell.words, shell.theme, self)
        known = parameters(method.params)
        self._across = {name for one in known for name in _lies_across(one)}
        self._folded = [one.name for one in known if _may_be_folded(one)]
        for one in known:
            if one.name not in self._folded:
                self._add(one)
        self.fold = Fold(shell, self)
        self.fold.toggled.connect(self._unfold)
        self._rows.divide(self.fold)
        for one in known:
            if one.name in self._folded:
                self._add(one)
        self.fold.setVisible(bool(self._folded))
        self._unfold()
        self._help_scoring(sheet_offers(method.key))
        self._help_pasting()
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
        self._unfold()

    def put_periods(self, heads: list[str]) -> None:
        """Lay the fields that may vary by period out along these periods."""
        for field in self._fields.values():
            if isinstance(field.widget, PeriodField):
                field.widget.put_heads(heads)

    def put_offers(self, offers: Sequence[Offer]) -> None:
        """Offer the fields what other runs found."""
        for field in self._fields.values():
            if field.figure is not None:
                field.figure.take.offer(offers)

    def tell(self, issues: Iterable[tuple[str, Issue]]) -> None:
        """Show issues, each with its path, where they stand; the worst one in words."""
        found: dict[str, list[tuple[str, Issue]]] = {name: [] for name in self._fields}
        for path, issue in issues:
            found.get(re.split(r"[.\[]", path)[0], []).append((path, issue))
        for name, about in found.items():
            self._tell(name, about)
        self._wrong = {name for name, about in found.items() if about}
        self._unfold()

    def _unfold(self) -> None:
        """Show what is rarely stated where it is asked for, stated or wrong."""
        for name in self._folded:
            is_stated = self._fields[name].origin == "typed"
            wanted = self.fold.isChecked() or is_stated or name in self._wrong
            self.row(name).want(wanted=wanted)

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

    def pasted_tables(self) -> dict[str, TableField]:
        """Return the tables that are pasted from a terminal, by their names."""
        found = self._tables().items()
        return {name: t for name, t in found if t.cells.table.row is Company}

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
        if field.figure is not None:
            field.figure.take.wanted.connect(self.run_wanted)
        if isinstance(field.widget, TableField):
            field.widget.reordered.connect(partial(self._follow, one.name))
            field.widget.edited.connect(self._spread)

    def _help_scoring(self, offers: Sequence[SheetOffer]) -> None:
        """Let a scored method be filled in from its sheets, and tell their bands."""
        tables, words = self._tables(), self._shell.words
        if "groups" in tables and offers:
            choices = [
                (one.title, partial(self.sheet_chosen.emit, one)) for one in offers
            ]
            tables["groups"].offer(N_("Fill in from a score sheet…"), choices)
        if "scores" in tables and "sheet" in self._fields:
            sheet = self._fields["sheet"]
            tables["scores"].tell_of(
                lambda row: band_words(str(sheet.value or ""), row, words)
            )

    def _help_pasting(self) -> None:
        """Let listed companies be pasted as a terminal shows them."""
        for name, table in self.pasted_tables().items():
            act = partial(self._paste, name, table)
            table.add_button("paste", N_("Paste from a terminal"), act)

    def _paste(self, name: str, table: TableField) -> None:
        count = paste_companies(table)
        if count:
            self.pasted.emit(name, count)

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
            origin = "taken" if field.is_taken else field.origin
            sign = "quoted" if field.is_taken else origin
            self.row(name).mark(sign, ORIGINS[origin])


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
            unmade = N_("Choose…") if one.required else N_("Not stated")
            has_none = one.required or one.default is None
            none = [(None, unmade)] if has_none else []
            choice.offer([*none, *one.choice_labels])
            return choice
        case Kind.TABLE:
            # Rows that another table lies across are compared, never added up.
            is_across = one.name in across or bool(_lies_across(one))
            is_summed = not is_across and one.name not in UNSUMMED
            usual = USUAL.get(one.name, ())
            return TableField(one, shell, summed=is_summed, proposed=usual)
    if one.measure.shape is Shape.SINGLE:
        return QuantityEntry(one.measure.kind, shell, f"param_{one.name}")
    return PeriodField(one, shell)


class Fold(QToolButton):
    """Opens what a form has besides what is stated as a rule."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setArrowType(Qt.ArrowType.RightArrow)
        self.setAutoRaise(True)
        self.toggled.connect(self._turn)
        texts = Texts(shell.words, self)
        texts.put(self.setText, N_("Further conventions"))
        hint = N_("Prices, tax benefit, survival, decline, rounding and the like.")
        texts.name(self, "param_fold", N_("Further conventions"), hint)

    def _turn(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.setArrowType(arrow)


def _may_be_folded(one: Parameter) -> bool:
    """Whether a parameter is stated rarely: quiet, or inherited and optional."""
    return one.quiet or (one.place >= LEVEL and one.default is None)


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
