"""The parameters of a method: what kind of quantity each is, and how it is read.

A method's ``Params`` is a frozen dataclass. A field's *type* says what kind of
quantity it is (``royalty_rate: RateSeries``), ``param()`` its label, range, default,
help and the fact of the case that fills it. A table (``items: tuple[CostItem, ...]``)
has rows whose dataclass is declared in the same way. One reading of both serves the form, the
check, the report's table of inputs, the simulation page and the JSON schema.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from valuer.core.distributions import Distribution
from valuer.core.texts import N_

Quantity = float | Distribution
"""A number, or a distribution of it."""


class Kind(StrEnum):
    """What kind of quantity a parameter is; editors and formatters go by it."""

    MONEY = "money"
    RATE = "rate"
    NUMBER = "number"
    YEARS = "years"
    DATE = "date"
    CHOICE = "choice"
    CURRENCY = "currency"
    TEXT = "text"
    TABLE = "table"


NUMBERS = (Kind.MONEY, Kind.RATE, Kind.NUMBER, Kind.YEARS)
"""The kinds that are figures, and so may be uncertain."""


class Shape(StrEnum):
    """One number, one per period, or either."""

    SINGLE = "single"
    SERIES = "series"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Measure:
    """The kind and the shape that a field's type stands for.

    Attributes:
        across: in a row of a table, the table parameter for each row of which the
            series has one figure; "" where a series runs over periods.
    """

    kind: Kind
    shape: Shape = Shape.SINGLE
    across: str = ""


Rate = Annotated[Quantity, Measure(Kind.RATE)]
"""An annual fraction: 0.12 is 12 %."""

RateSeries = Annotated[
    Quantity | tuple[Quantity, ...], Measure(Kind.RATE, Shape.EITHER)
]
"""A fraction for all periods, or one for each."""

MoneySeries = Annotated[tuple[Quantity, ...], Measure(Kind.MONEY, Shape.SERIES)]
"""An amount for each period, in the currency of the run."""

MoneyOrSeries = Annotated[
    Quantity | tuple[Quantity, ...], Measure(Kind.MONEY, Shape.EITHER)
]
"""An amount for all periods, or one for each, in the currency of the run."""

Money = Annotated[Quantity, Measure(Kind.MONEY)]
"""An amount in the currency of the run."""

Number = Annotated[Quantity, Measure(Kind.NUMBER)]
"""A plain figure, as an index of 105."""

NumberSeries = Annotated[tuple[Quantity, ...], Measure(Kind.NUMBER, Shape.SERIES)]
"""A plain figure for each period or place."""

NumberOrSeries = Annotated[
    Quantity | tuple[Quantity, ...], Measure(Kind.NUMBER, Shape.EITHER)
]
"""A plain figure for all periods, or one for each."""

Years = Annotated[Quantity, Measure(Kind.YEARS)]
"""A length of time in years."""

Text = Annotated[str, Measure(Kind.TEXT)]
"""Words of the house's own, shown and printed as they are."""

Currency = Annotated[str, Measure(Kind.CURRENCY)]
"""Three capital letters, as in CNY."""


class YesNo(StrEnum):
    """A choice between two."""

    YES = "yes"
    NO = "no"


YES_NO_NAMES = ((YesNo.YES.value, N_("Yes")), (YesNo.NO.value, N_("No")))

REQUIRED = object()
"""The default of a parameter that has none."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as forms, checks, reports and schemas need it.

    Attributes:
        name: its name in JSON; never translated.
        place: tells it from the others for its stream of draws; never changes.
        label: marked text for people; ``symbol`` is its letter in formulas.
        low: least value allowed; ``high``: greatest; None where open.
        above: whether ``low`` itself is excluded.
        fact: name of the fact of a case that fills it when left out, or "".
        row: the dataclass of a table's rows; its fields are declared like these.
        by_row: whether sensitivity moves a table row by row, each being an input of
            its own, rather than whole columns.
        is_base: whether it is a base or a share of one whole, which sensitivity does
            not move unless it is uncertain.
        suggestions: marked texts that the form offers for words; any others do too.
        quiet: whether it goes unsaid, on screen and in print, while at its default.
        whole: whether it is a whole number that is never uncertain, as of decimals.

    A default of None stands for what may be left out altogether.
    """

    name: str
    label: str
    measure: Measure
    place: int = 0
    symbol: str = ""
    default: Any = REQUIRED
    low: float | None = None
    high: float | None = None
    above: bool = False
    help: str = ""
    fact: str = ""
    choices: type[Enum] | None = None
    choice_labels: tuple[tuple[str, str], ...] = ()
    row: type[Any] | None = None
    by_row: bool = False
    is_base: bool = False
    suggestions: tuple[str, ...] = ()
    quiet: bool = False
    whole: bool = False

    @property
    def columns(self) -> tuple[Parameter, ...]:
        """The parameters of each row, where it is a table."""
        return () if self.row is None else parameters(self.row)

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.default is REQUIRED

    @property
    def is_number(self) -> bool:
        """Whether it may be uncertain."""
        return self.measure.kind in NUMBERS

    def admits(self, number: float) -> bool:
        """Whether a number lies in the parameter's range."""
        if self.low is not None:
            below = number <= self.low if self.above else number < self.low
            if below:
                return False
        return self.high is None or number <= self.high


def param(
    label: str,
    default: Any = REQUIRED,
    *,
    symbol: str = "",
    low: float | None = None,
    high: float | None = None,
    above: bool = False,
    help: str = "",  # noqa: A002 - the field's own word in every form
    fact: str = "",
    choice_labels: tuple[tuple[str, str], ...] = (),
    suggestions: tuple[str, ...] = (),
    by_row: bool = False,
    is_base: bool = False,
    quiet: bool = False,
    whole: bool = False,
) -> Any:
    """Declare a field of a method's ``Params``; see ``Parameter`` for the words."""
    metadata = {
        "label": label,
        "symbol": symbol,
        "low": low,
        "high": high,
        "above": above,
        "help": help,
        "fact": fact,
        "choice_labels": choice_labels,
        "suggestions": suggestions,
        "by_row": by_row,
        "is_base": is_base,
        "quiet": quiet,
        "whole": whole,
    }
    given = dataclasses.MISSING if default is REQUIRED else default
    return dataclasses.field(default=given, metadata=metadata, kw_only=True)


def parameters(params: Any) -> tuple[Parameter, ...]:
    """Return the parameters of a ``Params`` class: its own, then those it inherits."""
    return _parameters(params)


@cache
def _parameters(params: Any) -> tuple[Parameter, ...]:
    hints = get_type_hints(params, include_extras=True)
    fields = {field.name: field for field in dataclasses.fields(params)}
    found = []
    for level, kind in enumerate(params.__mro__):
        own = [name for name in kind.__dict__.get(_OWN, {}) if name in fields]
        for number, name in enumerate(own):
            one = _parameter(fields.pop(name), hints[name])
            found.append(replace(one, place=LEVEL * level + number))
    return tuple(found)


_OWN = "__annotations__"

LEVEL = 1000
"""Parameters of one's own may be added without moving those inherited."""


def _parameter(field: dataclasses.Field[Any], hint: Any) -> Parameter:
    measure, kind = _measure(hint)
    return Parameter(
        name=field.name,
        measure=measure,
        default=_default(field),
        choices=kind if measure.kind is Kind.CHOICE else None,
        row=kind if measure.kind is Kind.TABLE else None,
        **field.metadata,
    )


def _default(field: dataclasses.Field[Any]) -> Any:
    return REQUIRED if field.default is dataclasses.MISSING else field.default


def _measure(hint: Any) -> tuple[Measure, type[Any] | None]:
    """Return what a type stands for, with the class of its choices or rows."""
    if get_origin(hint) in (Union, UnionType):  # what may be left out
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is Annotated:
        return get_args(hint)[1], None
    if get_origin(hint) is tuple and dataclasses.is_dataclass(get_args(hint)[0]):
        return Measure(Kind.TABLE, Shape.SERIES), get_args(hint)[0]
    if hint is date:
        return Measure(Kind.DATE), None
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Measure(Kind.CHOICE), hint
    raise TypeError(f"{hint} is no kind of parameter")


KIND_WORDS: dict[Kind, str] = {
    Kind.MONEY: N_("an amount"),
    Kind.RATE: N_("a fraction such as 0.12"),
    Kind.NUMBER: N_("a figure"),
    Kind.YEARS: N_("a number of years"),
    Kind.TEXT: N_("words"),
    Kind.TABLE: N_("a list of rows"),
    Kind.DATE: N_("a date such as 2026-09-30"),
    Kind.CHOICE: N_("one of the words listed"),
    Kind.CURRENCY: N_("a currency such as CNY"),
}
"""What is wanted, in words, where something else was given."""
