"""Figures as a report prints them, in Chinese and in English.

Inputs are printed in full, so that a reader can compute again from the page; computed
figures are rounded half up, on decimals, to fixed places: amounts to two, factors to
six, years to four. A percent sign belongs to the figure before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from valuer.core import distributions
from valuer.core.distribution_words import BETWEEN, DISTRIBUTION_WORDS
from valuer.core.distributions import Measured
from valuer.core.method import decimal_of
from valuer.core.params import Kind, Parameter
from valuer.core.texts import N_, tr
from valuer.core.working import Unit

Figure = float | Decimal

_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Wide enough for any float; the usual 28 digits are not."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_PLACES = {Unit.MONEY: 2, Unit.YEARS: 4, Unit.FACTOR: 6}


def amount(value: Figure, places: int = 2) -> str:
    """Return an amount rounded half up, thousands set apart: ``1,234.50``."""
    return _written(_rounded(value, places))


def exact_amount(value: Figure) -> str:
    """Return an amount in full, with two places at least."""
    number = _decimal(value)
    places = max(2, _places(number))
    return _written(_rounded(number, places))


def percent(value: Figure, places: int | None = None) -> str:
    """Return a fraction as a percentage; in full where no places are given."""
    number = _decimal(value).scaleb(2, _WIDE)
    if places is None:
        places = _places(number)
    return f"{_written(_rounded(number, places))}%"


def coefficient(value: float) -> str:
    """Return a correlation to four places."""
    return _written(_rounded(value, 4))


def change(ratio: float) -> str:
    """Return how far a figure is from another, by their ratio: ``+5.0%``."""
    share = ratio - 1
    return ("+" if share > 0 else "") + percent(share, 1)


def plain_number(value: Figure) -> str:
    """Return a number in full, thousands set apart, without needless noughts."""
    number = _decimal(value)
    return _written(_rounded(number, _places(number)))


def day(on: date, language: str) -> str:
    """Return a date in words: ``2026年9月30日``, ``30 September 2026``."""
    if language == "en":
        return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


def short_day(on: date | None) -> str:
    """Return a date for a table, ``2026-09-30``; a dash where there is none."""
    return on.isoformat() if on else "—"


def money(value: Figure, currency: str, language: str, *, exact: bool = False) -> str:
    """Return an amount with its currency: ``人民币1,234.50元``, ``CNY 1,234.50``."""
    figure = exact_amount(value) if exact else amount(value)
    if language != "en" and currency == "CNY":
        return f"人民币{figure}元"
    return f"{currency} {figure}"


def currency_name(currency: str, language: str) -> str:
    """Return what a table's unit is called: ``人民币元``, ``CNY``."""
    return "人民币元" if language != "en" and currency == "CNY" else currency


def chart_unit(
    values: Iterable[float], currency: str, language: str
) -> tuple[float, str]:
    """Return by what to divide amounts in a chart, and the unit that results."""
    largest = max((abs(value) for value in values), default=0.0)
    if language != "en":
        name = currency_name(currency, language)
        if largest < 100_000:
            return 1.0, name
        return 10_000.0, "人民币万元" if currency == "CNY" else f"万 {currency}"
    if largest < 100_000:
        return 1.0, currency
    if largest < 10_000_000:
        return 1_000.0, f"{currency} thousand"
    return 1_000_000.0, f"{currency} million"


def patent_number(number: str, *, is_application: bool = False) -> str:
    """Return a number as offices print it: ``ZL201610895413.X``, ``CN…`` if pending."""
    if not number.startswith("CN") or len(number) not in (11, 15):
        return number
    digits = f"{number[2:-1]}.{number[-1]}"
    return f"CN{digits}" if is_application else f"ZL{digits}"


def step_figures(values: Sequence[float], unit: Unit) -> tuple[str, ...]:
    """Return the figures of a step of a working, all rounded alike for reading."""
    if unit is Unit.RATE:
        needed = (_places(_rounded(value, 12).scaleb(2, _WIDE)) for value in values)
        places = max(2, min(4, max(needed, default=2)))
        return tuple(percent(value, places) for value in values)
    places = _PLACES.get(unit, 0)
    if unit is Unit.NUMBER:
        places = min(4, max((_places(_rounded(one, 10)) for one in values), default=0))
    return tuple(_written(_rounded(value, places)) for value in values)


def result_figure(value: float, unit: Unit, language: str) -> str:
    """Return a result that is no money, as a sentence tells it."""
    if unit is Unit.YEARS:
        years = plain_number(_rounded(value, _PLACES[unit]))
        return tr(N_("{years} years"), language, years=years)
    (figure,) = step_figures((value,), unit)
    return figure


_TAKEN_PLACES = {Kind.RATE: 6, Kind.MONEY: 2}


def taken_number(kind: Kind, value: float) -> float:
    """Return a figure taken from another run as that run's own pages print it."""
    return float(_rounded(value, _TAKEN_PLACES.get(kind, 4)))


def moved_input(kind: Kind, value: float) -> str:
    """Return one end of an input's range, rounded for reading."""
    if kind is Kind.RATE:
        return percent(value, 2)
    if kind is Kind.MONEY:
        return amount(value)
    return plain_number(_rounded(value, 4))


def given_figure(one: Parameter, value: Any, language: str) -> str:
    """Return one input as it was given: a number, a distribution, a choice, a date."""
    if value is None or value in ("", [], ()):
        return "—"
    if isinstance(value, Mapping):
        return _distribution(one, value, language)
    match one.measure.kind:
        case Kind.MONEY:
            return exact_amount(_decimal(value))
        case Kind.RATE:
            return percent(_decimal(value))
        case Kind.NUMBER:
            return plain_number(_decimal(value))
        case Kind.YEARS:
            years = plain_number(_decimal(value))
            return tr(N_("{years} years"), language, years=years)
        case Kind.DATE:
            return day(date.fromisoformat(value), language)
        case Kind.CHOICE:
            return tr(dict(one.choice_labels)[str(value)], language)
        case Kind.CURRENCY if language != "en" and value == "CNY":
            return "人民币"
        case _:
            return str(value)


def stated_figure(one: Parameter, key: str, value: Any, language: str) -> str:
    """Return an input, or the figure of its distribution that ``key`` names."""
    known = {figure.name: figure for figure in distributions.known_figures()}
    if key in known and not isinstance(value, Mapping):
        return _told(one, known[key], value, language)
    return given_figure(one, value, language)


def _distribution(one: Parameter, given: Mapping[str, Any], language: str) -> str:
    name = str(given["dist"])
    told = {
        known.name: BETWEEN.join(
            _told(one, known, item, language)
            for item in (given[known.name] if known.is_list else [given[known.name]])
        )
        for known in distributions.figures(name)
    }
    return tr(DISTRIBUTION_WORDS[name], language, **told)


def _told(one: Parameter, known: distributions.Figure, item: Any, language: str) -> str:
    """Return one figure of a distribution."""
    match known.measured:
        case Measured.DATE:
            return day(date.fromisoformat(item), language)
        case Measured.SHARE | Measured.SHAPE:
            return plain_number(_decimal(item))
        case _:
            return given_figure(one, item, language)


def _written(number: Decimal) -> str:
    """Return a number with thousands set apart and a true minus sign."""
    return f"{number:,f}".replace("-", "−")


def _decimal(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        return decimal_of(value)
    return Decimal(value)


def _places(number: Decimal) -> int:
    """Return how many decimal places a number needs, without ending noughts."""
    exponent = number.normalize(_WIDE).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounded(value: Figure, places: int) -> Decimal:
    number = _decimal(value)
    rounded = number.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    return abs(rounded) if rounded.is_zero() else rounded
