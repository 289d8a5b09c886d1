"""Tables of rates (利率、溢价、贝塔表): dated data with country, currency and source.

Some are shipped, in ``resources/rates``; newer ones are imported. A figure is never
used by itself: whoever takes one takes the day, country, currency and source of its
table along, as a row of the sources that every rate states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from valuer.core.canonical import from_plain, parse_json
from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.rate_components import Component
from valuer.core.resources import resource
from valuer.core.texts import N_


@dataclass(frozen=True, slots=True)
class RateRow:
    """The figures of one industry, country or term; rates are annual fractions."""

    name: str
    figures: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class RateTable:
    """One table of one day.

    Attributes:
        day: the day for which its figures stand.
        mark: how surely it was read: ``V`` in the source itself, ``user`` imported.
    """

    name: str
    country: str
    currency: str
    day: date
    source: str
    rows: tuple[RateRow, ...]
    mark: str = "user"
    note: str = ""


@dataclass(frozen=True, slots=True)
class RateTables:
    """Several tables, as a file or a library holds them."""

    tables: tuple[RateTable, ...] = ()


FIGURES: dict[str, Component | None] = {
    "risk_free_rate": Component.RISK_FREE,
    "equity_premium": Component.EQUITY_PREMIUM,
    "country_premium": Component.COUNTRY_RISK,
    "default_spread": Component.SPREAD,
    "size_premium": Component.SIZE,
    "beta": Component.BETA,
    "unlevered_beta": Component.BETA,
    "cost_of_equity": Component.COST_OF_EQUITY,
    "cost_of_debt": Component.COST_OF_DEBT,
    "cost_of_debt_after_tax": Component.COST_OF_DEBT,
    "equity_share": Component.STRUCTURE,
    "debt_share": Component.STRUCTURE,
    "tax_rate": Component.TAX,
    "wacc": Component.WACC,
    "stock_volatility": None,
    "firms": None,
}
"""The figures that a table may hold, and the component of a rate that each is."""

NOT_FRACTIONS = ("beta", "unlevered_beta", "firms", "stock_volatility")
"""Figures that may lie beyond one."""


@cache
def shipped_tables() -> tuple[RateTable, ...]:
    """Return the tables that come with the program, by file."""
    files = sorted(resource("rates").glob("*.json"))
    return tuple(
        table
        for file in files
        for table in tables_from_json(read_whole(file), file.name)
    )


def tables_from_json(data: bytes, name: str) -> tuple[RateTable, ...]:
    """Return the tables in JSON: an object whose ``tables`` are as ``RateTable``.

    Raises:
        UserError: it is not such an object, or a table in it states what cannot be.
    """
    tables = from_plain(parse_json(data, name), RateTables).tables
    if not tables:
        raise UserError(N_("{file} holds no table of rates."), file=name)
    for table in tables:
        see_sound(table)
    return tables


def see_sound(table: RateTable) -> None:
    """Look whether a table states all that a figure taken from it needs.

    Raises:
        UserError: it does not, or a figure is none.
    """
    for field in ("name", "source"):
        if not getattr(table, field).strip():
            text = N_("A table of rates states no {field}; it cannot be quoted.")
            raise UserError(text, field=field)
    if not re.fullmatch("[A-Z]{2}", table.country):
        text = N_("Table “{name}”: a country is two capital letters, as in CN.")
        raise UserError(text, name=table.name)
    if not re.fullmatch("[A-Z]{3}", table.currency):
        text = N_("Table “{name}”: a currency is three capital letters, as in CNY.")
        raise UserError(text, name=table.name)
    if not table.rows:
        raise UserError(N_("Table “{name}” has no row."), name=table.name)
    for row in table.rows:
        for figure, number in row.figures.items():
            if figure not in FIGURES:
                text = N_("Table “{name}”, “{row}”: “{figure}” is no known figure.")
                values = {"name": table.name, "row": row.name, "figure": figure[:40]}
                raise UserError(text, **values)
            if not fits(figure, number):
                text = N_(
                    "Table “{name}”, “{row}”: {figure} is {number}; an annual fraction"
                    " such as 0.12 is wanted."
                )
                values = {"name": table.name, "row": row.name, "figure": figure}
                raise UserError(text, **values, number=format(number, "f")[:40])


def fits(figure: str, number: Decimal) -> bool:
    """Whether a number may be such a figure: fractions lie between −1 and 1."""
    return figure in NOT_FRACTIONS or abs(number) <= 1


def find_row(table: RateTable, name: str) -> RateRow:
    """Return the row of an industry, country or term.

    Raises:
        UserError: there is none.
    """
    for row in table.rows:
        if row.name == name:
            return row
    text = N_("Table “{table}” has no row “{name}”.")
    raise UserError(text, table=table.name, name=name[:40])


def quoted(table: RateTable, row: str, figure: str) -> tuple[float, dict[str, Any]]:
    """Return a figure and, as JSON, the row of sources that goes with it.

    Raises:
        UserError: the table has no such row or figure.
    """
    found = find_row(table, row).figures.get(figure)
    if found is None:
        text = N_("Table “{table}”, “{name}” has no figure “{figure}”.")
        raise UserError(text, table=table.name, name=row[:40], figure=figure[:40])
    return float(found), {
        "component": (FIGURES[figure] or Component.OTHER).value,
        "day": table.day.isoformat(),
        "country": table.country,
        "currency": table.currency,
        "source": f"{table.source}; {row}",
    }


def merged(
    known: Iterable[RateTable], newer: Iterable[RateTable]
) -> tuple[RateTable, ...]:
    """Return the tables together; one of the same name and day takes its place."""
    tables = {(one.name, one.day): one for one in known}
    tables |= {(one.name, one.day): one for one in newer}
    return tuple(tables.values())
