"""What a case has several of, from the columns of one row: notices, due dates, findings.

The first column of a part belongs to the first of them, the second to the second; a
cell may hold several days. A list whose columns are filled for any case tells for all
others that there is none; a list that has no such columns tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from valuer.agency.docket import (
    Abnormal,
    AbnormalResult,
    Annuity,
    Complaint,
    Dealing,
    DueDate,
    Invalidation,
    Reexamination,
)
from valuer.agency.docket_fields import field_of
from valuer.agency.notices import Notice
from valuer.core.texts import N_, message
from valuer.imports.docket_columns import Columns
from valuer.imports.docket_values import SEVERAL, Words, texts_of, value_of
from valuer.imports.result import Report
from valuer.imports.table import Table

OFFICE_ACTION = "审查意见通知书"
CORRECTION = "补正通知书"
"""Names of the notices that a column of their days tells."""

_BECOMES = {"office_actions": "notices", "corrections": "notices"}
_NAMED = {"office_actions": OFFICE_ACTION, "corrections": CORRECTION}
_NEEDS = {
    "notices": ("name",),
    "due_dates": ("due",),
    "annuities": ("year",),
    "reexaminations": ("closed", "won"),
    "invalidations": ("decided", "result"),
    "dealings": ("on",),
    "complaints": ("made",),
}
"""Parts without which there is nothing to keep."""

_DAYS = {"made", "mailed", "due", "answered"}
_SENT = {"made", "mailed"}
"""Parts of a notice that tell a day, and those that tell its own."""


class Parts:
    """Reads what a case has several of."""

    def __init__(
        self, table: Table, columns: Columns, words: Words, report: Report
    ) -> None:
        self._words = words
        self._report = report
        self._columns: dict[str, dict[str, tuple[int, ...]]] = {}
        for key, at in columns.of.items():
            name, _, part = key.partition(".")
            if part:
                self._columns.setdefault(name, {})[part] = at
        below = table.rows[columns.row + 1 :]
        self._told = {
            name: any(_is_filled(cells, at) for cells in below for at in _all(parts))
            for name, parts in self._columns.items()
        }

    def of(
        self, texts: list[str], row: int, action_count: int | None
    ) -> dict[str, tuple[Any, ...]]:
        """Return what the row tells of each, () where the list tells of none."""
        found: dict[str, tuple[Any, ...]] = {}
        for name, parts in self._columns.items():
            if self._told[name]:
                key = _BECOMES.get(name, name)
                made = tuple(self._made(name, parts, texts, row))
                found[key] = (*found.get(key, ()), *made)
        if action_count is not None and "notices" not in found:
            found["notices"] = (Notice(OFFICE_ACTION),) * action_count
        return found

    def _made(
        self,
        name: str,
        parts: Mapping[str, tuple[int, ...]],
        texts: list[str],
        row: int,
    ) -> Iterator[Any]:
        """Yield what stands in the row, in the order of the columns."""
        for place in range(max(map(len, parts.values()))):
            given = {
                part: (SEVERAL.split(texts[at[place]]), at[place])
                for part, at in parts.items()
                if place < len(at) and texts[at[place]]
            }
            for turn in range(
                max((len(each) for each, _ in given.values()), default=0)
            ):
                here = {
                    part: (each[min(turn, len(each) - 1)].strip(), column)
                    for part, (each, column) in given.items()
                    if turn < len(each) or len(each) == 1
                }
                made = self._one(name, here, row)
                if made is not None:
                    yield made

    def _one(self, name: str, texts: Mapping[str, tuple[str, int]], row: int) -> Any:
        """Return one of them, or None where it lacks what it needs."""
        values: dict[str, Any] = {}
        for part, (text, column) in texts.items():
            held = field_of(f"{name}.{part}")
            if held is None or not text:
                continue
            value, doubt = value_of(held, f"{name}.{part}", text, self._words)
            if doubt:
                self._report.doubt(doubt, row, column + 1)
            elif value is not None:
                values[part] = value
        if name in _NAMED and values.keys() & _DAYS:
            values, name = {"name": _NAMED[name], **values}, "notices"
        if values and name in _MADE:
            column = next(iter(texts.values()))[1]
            return self._made_of(name, values, row, column + 1)
        return None

    def _made_of(
        self, name: str, values: Mapping[str, Any], row: int, column: int
    ) -> Any:
        if any(part not in values for part in _NEEDS.get(name, ())):
            text = N_("What stands here lacks its day or its name; it was left out.")
            self._report.doubt(message(text), row, column)
            return None
        if name == "notices" and not values.keys() & _SENT:
            text = N_("The notice “{name}” has no day on which it was sent; add it.")
            told = message(text, name=values["name"][:60])
            self._report.doubt(told, row, column)
        return _MADE[name](**values)


def _abnormal(
    noticed: date | None = None,
    result: AbnormalResult = AbnormalResult.SUSPECTED,
    decided: date | None = None,
) -> Abnormal:
    return Abnormal(noticed, result, decided)


def _all(parts: Mapping[str, tuple[int, ...]]) -> Iterator[int]:
    for columns in parts.values():
        yield from columns


def _is_filled(cells: list[str], column: int) -> bool:
    return column < len(cells) and texts_of(cells[column : column + 1], 1) != [""]


_MADE: Mapping[str, Callable[..., Any]] = {
    "notices": Notice,
    "due_dates": DueDate,
    "annuities": Annuity,
    "reexaminations": Reexamination,
    "invalidations": Invalidation,
    "dealings": Dealing,
    "abnormal": _abnormal,
    "complaints": Complaint,
}
