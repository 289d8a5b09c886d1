"""Read one entry of a method's parameters: a figure, a date, a choice, a table.

What is wrong is raised as ``Wrong``, with the path for programs (``revenue[2].low``)
and the field's own name for people ("Revenue, period 3").
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from valuer.core.distribution_words import needed
from valuer.core.distributions import (
    DISTRIBUTIONS,
    LONGEST_LIST,
    Distribution,
    Figure,
    Measured,
    figures,
    stated,
)
from valuer.core.params import KIND_WORDS, Kind, Parameter, Shape
from valuer.core.slots import Slot
from valuer.core.texts import N_, Message, message

LONGEST = 200
"""The most periods a series may have, and the most rows a table."""

LONGEST_TEXT = 2000
"""The most characters of words among parameters."""

_DECIMAL = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")

_PERIOD = N_("{label}, period {period}")
_AMOUNTS = N_("{label} must be a list of amounts, one a period.")
_RANGE = N_("{label} must lie between {low} and {high}; it is {number}.")
_LEAST = N_("{label} must be at least {low}; it is {number}.")
_ABOVE = N_("{label} must be above {low}; it is {number}.")
_MOST = N_("{label} must be at most {high}; it is {number}.")
_WITHIN = N_("{label} must be above {low} and at most {high}; it is {number}.")


class Wrong(Exception):  # noqa: N818 - carries an issue to the reader, no further
    """An entry that cannot be read: its path and the words."""

    def __init__(self, where: str, wording: Message) -> None:
        self.where = where
        self.wording = wording
        super().__init__(str(wording))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands.

    Attributes:
        table: the table that the parameter is a column of, with the row from 1.
        period: place in a series, from 1.
        key: key of a distribution; ``item``: place in its list, from 1.
    """

    one: Parameter
    period: int | None = None
    key: str = ""
    table: tuple[Parameter, int] | None = None
    item: int | None = None

    @property
    def path(self) -> str:
        """What programs call it."""
        row = f"{self.table[0].name}[{self.table[1] - 1}]." if self.table else ""
        index = "" if self.period is None else f"[{self.period - 1}]"
        key = f".{self.key}" if self.key else ""
        item = "" if self.item is None else f"[{self.item - 1}]"
        return row + self.one.name + index + key + item

    @property
    def label(self) -> Message:
        """What people call it."""
        label = message(self.one.label)
        if self.table is not None:
            text = N_("{table}, row {row}, “{column}”")
            name = message(self.table[0].label)
            label = message(text, table=name, row=self.table[1], column=label)
        if self.period is not None:
            across = self.one.measure.across
            text = N_("{label}, place {period}") if across else _PERIOD
            label = message(text, label=label, period=self.period)
        if self.key:
            label = message(N_("{label}, “{key}”"), label=label, key=self.key)
        if self.item is not None:
            text = N_("{label}, place {period}")
            label = message(text, label=label, period=self.item)
        return label

    def wrong(self, text: str, **values: object) -> Wrong:
        """Return what to raise: a marked text that begins with the label."""
        return Wrong(self.path, message(text, label=self.label, **values))


def place_of(slot: Slot) -> Place:
    """Return where a slot stands, as errors of reading name it."""
    if slot.table is None:
        period = slot.index[0] + 1 if slot.index else None
        return Place(slot.parameter, period)
    row, *across = slot.index
    period = across[0] + 1 if across else None
    return Place(slot.parameter, period, table=(slot.table, row + 1))


def read_entry(one: Parameter, given: Any) -> Any:
    """Return the value of a parameter from JSON.

    Raises:
        Wrong: it is not of the parameter's kind, shape or range.
    """
    if one.measure.kind is Kind.TABLE:
        return _table(one, given)
    return _entry(Place(one), given)


def _entry(place: Place, given: Any) -> Any:
    if given is None and place.one.default is None:
        return None
    match place.one.measure.kind:
        case Kind.DATE:
            return _date(place, given)
        case Kind.CHOICE:
            return _choice(place, given)
        case Kind.CURRENCY:
            return _currency(place, given)
        case Kind.TEXT:
            return _text(place, given)
        case _:
            return _numbers(place, given)


def _table(table: Parameter, given: Any) -> tuple[Any, ...]:
    place = Place(table)
    if not isinstance(given, list | tuple):
        raise place.wrong(N_("{label} must be a list of rows."))
    least = 1 if table.required else 0
    if not least <= len(given) <= LONGEST:
        text = N_("{label} must have {least} to {most} rows; it has {count}.")
        raise place.wrong(text, least=least, most=LONGEST, count=len(given))
    return tuple(_row(table, number, row) for number, row in enumerate(given, 1))


def _row(table: Parameter, number: int, given: Any) -> Any:
    path = f"{table.name}[{number - 1}]"
    label = message(N_("{table}, row {row}"), table=message(table.label), row=number)
    if not isinstance(given, Mapping):
        raise Wrong(path, message(N_("{label} must be one JSON object."), label=label))
    known = {column.name: column for column in table.columns}
    for key in given:
        if key not in known:
            text = N_("{label}: “{key}” is no column of this table.")
            raise Wrong(path, message(text, label=label, key=shortened(key)))
    values = {}
    for name, column in known.items():
        place = Place(column, table=(table, number))
        if name in given:
            values[name] = _entry(place, given[name])
        elif column.required:
            raise place.wrong(N_("{label} is missing."))
    assert table.row is not None  # noqa: S101 - every table has its rows' class
    return table.row(**values)


def _text(place: Place, given: Any) -> str:
    if isinstance(given, str) and len(given) <= LONGEST_TEXT:
        return given
    text = N_("{label} must be words, {most} characters at most.")
    raise place.wrong(text, most=LONGEST_TEXT)


def _numbers(place: Place, given: Any) -> Any:
    shape = place.one.measure.shape
    if not isinstance(given, list | tuple):
        if shape is Shape.SERIES:
            text = N_("{label} must be a list of figures.")
            raise place.wrong(_AMOUNTS if not place.one.measure.across else text)
        return _quantity(place, given)
    if shape is Shape.SINGLE:
        raise place.wrong(N_("{label} must be one number, not a list."))
    if not 1 <= len(given) <= LONGEST and not place.one.measure.across:
        text = N_("{label} must have 1 to {most} periods; it has {count}.")
        raise place.wrong(text, most=LONGEST, count=len(given))
    return tuple(
        _quantity(replace(place, period=index), item)
        for index, item in enumerate(given, 1)
    )


def _quantity(place: Place, given: Any) -> Any:
    if isinstance(given, Mapping) and not place.one.whole:
        return _distribution(place, given)
    number = _number(place, given)
    if place.one.whole and number % 1:
        text = N_("{label} must be a whole number; it is {number}.")
        raise place.wrong(text, number=_digits(number))
    if not place.one.admits(number):
        raise outside(place, number)
    return number


def _number(place: Place, given: Any) -> float:
    if isinstance(given, str) and place.one.measure.kind is Kind.MONEY:
        if _DECIMAL.fullmatch(given):
            return _held(float(given))
    elif isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        number = _float(given)
        if math.isfinite(number):
            return _held(number)
        raise place.wrong(N_("{label} must be a finite number."))
    what = message(KIND_WORDS[place.one.measure.kind])
    text = N_("{label} must be {what}; “{given}” is not.")
    if isinstance(given, str) and _DECIMAL.fullmatch(given):
        text = N_(
            "{label} must be {what}, without quotation marks; “{given}” stands in them."
        )
    raise place.wrong(text, what=what, given=shortened(given))


def _held(number: float) -> float:
    """Return a number; nought where it is minus nought, or too small for its digits."""
    return number + 0.0 if abs(number) >= sys.float_info.min else 0.0


def _float(given: float | Decimal) -> float:
    try:
        return float(given)
    except OverflowError:
        return math.inf


def _distribution(place: Place, given: Mapping[str, Any]) -> Distribution:
    name = str(given.get("dist"))
    if name not in DISTRIBUTIONS:
        text = N_("{label}: “{given}” is no distribution; known are {known}.")
        known = ", ".join(DISTRIBUTIONS)
        raise place.wrong(text, given=shortened(given.get("dist")), known=known)
    wanted = figures(name)
    names = {one.name for one in wanted}
    for key in given:
        if key != "dist" and key not in names:
            text = N_("{label} is not a parameter of this distribution.")
            raise replace(place, key=shortened(key)).wrong(text)
    for one in wanted:
        if one.name not in given:
            raise replace(place, key=one.name).wrong(N_("{label} is missing."))
    found = stated(name, {one.name: _stated(place, one, given) for one in wanted})
    if fault := found.fault():
        raise replace(place, key=fault).wrong(needed(name, fault))
    for at, number in _ranged(place, found):
        if not place.one.admits(number):
            raise outside(at, number)
    return found


def _stated(place: Place, one: Figure, given: Mapping[str, Any]) -> Any:
    """Return a figure of a distribution, or a list of them."""
    at = replace(place, key=one.name)
    read = _date if one.measured is Measured.DATE else _number
    if not one.is_list:
        return read(at, given[one.name])
    listed = given[one.name]
    if not isinstance(listed, list | tuple) or not 1 <= len(listed) <= LONGEST_LIST:
        text = N_("{label} must be a list of 1 to {most} figures.")
        raise at.wrong(text, most=LONGEST_LIST)
    return tuple(
        read(replace(at, item=number), item) for number, item in enumerate(listed, 1)
    )


def _ranged(place: Place, found: Distribution) -> Iterator[tuple[Place, float]]:
    """Yield every number that must lie in the parameter's range, with its place."""
    for one in figures(found.name):
        if one.measured is not Measured.VALUE:
            continue
        at, value = replace(place, key=one.name), getattr(found, one.name)
        if not one.is_list:
            yield at, value
            continue
        for number, item in enumerate(value, 1):
            yield replace(at, item=number), item


def _date(place: Place, given: Any) -> date:
    if isinstance(given, date):
        return given
    if isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass  # such as 2026-02-30: told below like any other wrong date
    text = N_("{label} must be a date such as 2026-09-30; “{given}” is not.")
    raise place.wrong(text, given=shortened(given))


def _choice(place: Place, given: Any) -> Any:
    members = list(place.one.choices or ())
    for member in members:
        if isinstance(given, str) and given == member.value:
            return member
    text = N_("{label} must be one of {known}; “{given}” is not.")
    known = ", ".join(str(member.value) for member in members)
    raise place.wrong(text, known=known, given=shortened(given))


def _currency(place: Place, given: Any) -> str:
    if isinstance(given, str) and re.fullmatch(r"[A-Z]{3}", given):
        return given
    text = N_("{label} must be a currency such as CNY; “{given}” is not.")
    raise place.wrong(text, given=shortened(given))


def outside(place: Place, number: float) -> Wrong:
    """Return what to raise where a number is out of the parameter's range."""
    one = place.one
    values = {"number": _figure(one, number)}
    if one.low is not None:
        values["low"] = _figure(one, one.low)
    if one.high is not None:
        values["high"] = _figure(one, one.high)
    if one.high is None:
        return place.wrong(_ABOVE if one.above else _LEAST, **values)
    if one.low is None:
        return place.wrong(_MOST, **values)
    return place.wrong(_WITHIN if one.above else _RANGE, **values)


def _figure(one: Parameter, number: float) -> Message | str:
    # What is too great for a percentage stands as the fraction it was given as.
    if one.measure.kind is Kind.RATE and math.isfinite(number * 100):
        return message(
            N_("{number} %"), number=_digits(float(Decimal(repr(number)) * 100))
        )
    return _digits(number)


def _digits(number: float) -> str:
    """Return a number in ten digits, in all of them where it is nearly a whole one."""
    told = f"{number:.10g}"
    return f"{number!r}" if float(told) != number and not float(told) % 1 else told


def shortened(given: Any) -> str:
    """Return what was given, short enough for a message."""
    is_word = given is None or isinstance(given, bool)
    text = json.dumps(given) if is_word else str(given)  # null, true: JSON's own words
    return text if len(text) <= 40 else text[:40] + "…"
