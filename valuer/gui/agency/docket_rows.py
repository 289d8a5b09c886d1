"""What a case has several of (due dates, complaints …), as a table that is edited.

The fields of a row become the columns of a table parameter, so that the grid of the
valuation methods serves: typed, pasted from a spreadsheet, copied, moved.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from valuer.agency import docket
from valuer.agency.docket_fields import Field, Holds, label_of
from valuer.agency.notices import Notice
from valuer.core.params import (
    YES_NO_NAMES,
    Kind,
    Measure,
    Parameter,
    Shape,
    Text,
    YesNo,
    param,
)
from valuer.core.texts import N_, Message, message

ROW_TYPES: dict[str, type[Any]] = {
    "notices": Notice,
    "due_dates": docket.DueDate,
    "annuities": docket.Annuity,
    "reexaminations": docket.Reexamination,
    "invalidations": docket.Invalidation,
    "dealings": docket.Dealing,
    "abnormal": docket.Abnormal,
    "complaints": docket.Complaint,
}
"""What a row of each field is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """Rows as typed: those that could be read, and what the others lack."""

    rows: tuple[Any, ...]
    faults: tuple[Message, ...] = ()


@cache
def table_of(field: Field) -> Parameter:
    """Return a field of rows as a table parameter."""
    row_type = ROW_TYPES[field.key]
    columns = [(one.key, _type(one), _declared(one, row_type)) for one in field.row]
    row = dataclasses.make_dataclass(row_type.__name__, columns, frozen=True)
    measure = Measure(Kind.TABLE, Shape.SERIES)
    name = f"docket_{field.key}"
    return Parameter(name, field.label, measure, default=(), row=row)


def typed_rows(field: Field, rows: Sequence[Any] | None) -> list[dict[str, Any]]:
    """Return rows of a case as the grid holds them."""
    return [
        {
            one.key: _typed(value)
            for one in field.row
            if (value := getattr(row, one.key)) not in (None, "")
        }
        for row in rows or ()
    ]


def read_rows(field: Field, typed: Sequence[dict[str, Any]]) -> Read:
    """Return rows of a case from what the grid holds."""
    row_type, rows, faults = ROW_TYPES[field.key], [], []
    required = _required(row_type)
    text = N_("Row {row} lacks “{field}”; this table is saved when it stands there.")
    wrong = N_("Row {row}: “{given}” is no number; this table is saved when it is one.")
    for number, cells in enumerate(typed, 1):
        given = {one.key: _read(one, cells.get(one.key)) for one in field.row}
        lacking = [name for name in required if given.get(name) in (None, "")]
        unread = [one for one in field.row if isinstance(given[one.key], _Unread)]
        faults += [
            message(text, row=number, field=label_of(f"{field.key}.{name}"))
            for name in lacking
        ]
        faults += [message(wrong, row=number, given=cells[one.key]) for one in unread]
        if not lacking and not unread:
            bare = _bare(row_type)
            told = {k: one for k, one in given.items() if one is not None or k in bare}
            rows.append(row_type(**told))
    return Read(tuple(rows), tuple(faults))


class _Unread:
    """Stands for what is no number."""


def _declared(one: Field, row_type: type[Any]) -> Any:
    default = None
    if one.key in _required(row_type):
        return param(one.label, choice_labels=_choices(one))
    return param(one.label, default, choice_labels=_choices(one))


def _required(row_type: type[Any]) -> tuple[str, ...]:
    """Return what a row cannot be without; a finding may have no day."""
    told = {one.name: str(one.type) for one in dataclasses.fields(row_type)}
    return tuple(name for name in _bare(row_type) if "None" not in told[name])


def _bare(row_type: type[Any]) -> tuple[str, ...]:
    """Return what a row has no default for."""
    known = dataclasses.fields(row_type)
    return tuple(one.name for one in known if one.default is dataclasses.MISSING)


def _choices(one: Field) -> tuple[tuple[str, str], ...]:
    return YES_NO_NAMES if one.holds is Holds.ANSWER else one.choices


def _type(one: Field) -> Any:
    """Return the type by which the grid knows how a cell is typed."""
    match one.holds:
        case Holds.DAY:
            return date
        case Holds.ANSWER:
            return YesNo
        case Holds.CHOICE:
            return StrEnum(one.key, {key.upper(): key for key, _ in one.choices})
    return Text


def _typed(value: Any) -> Any:
    if isinstance(value, bool):
        return (YesNo.YES if value else YesNo.NO).value
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(one: Field, cell: Any) -> Any:
    if cell is None:
        return None
    match one.holds:
        case Holds.DAY:
            return date.fromisoformat(cell)
        case Holds.ANSWER:
            return cell == YesNo.YES
        case Holds.CHOICE:
            return _member(one, cell)
        case Holds.COUNT:
            return int(cell) if str(cell).isdecimal() else _Unread()
    return str(cell)


def _member(one: Field, cell: str) -> Any:
    kinds = (docket.AbnormalResult, docket.InvalidationResult)
    keys = {key for key, _ in one.choices}
    kind = next(kind for kind in kinds if keys == {str(each) for each in kind})
    return kind(cell)
