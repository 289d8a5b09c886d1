"""Rows of a grid for money, rates and days, as the window shows them.

Money typed without a unit is in the unit shown at the moment; one that names its
unit, as ``1.2亿``, is taken at its word.
"""

from __future__ import annotations

from decimal import Decimal

from valuer.core.dates import parse_date
from valuer.core.entry import has_unit, parse_amount, parse_rate
from valuer.gui import formats
from valuer.gui.formats import Scale
from valuer.gui.series import SeriesRow


def read_money(text: str, size: Decimal) -> Decimal | None:
    """Return an amount in its plain unit, or None where it cannot be read."""
    found = parse_amount(text)
    if found is None or has_unit(text):
        return found
    return found * size


def money_row(scale: Scale) -> SeriesRow:
    """Return a row of amounts, shown in the unit of the moment."""

    def read(text: str) -> Decimal | None:
        return read_money(text, scale.size)

    def show(amount: Decimal) -> str:
        return formats.money_typed(amount, scale.size)

    return SeriesRow(read, show)


def rate_row() -> SeriesRow:
    """Return a row of rates."""

    def read(text: str) -> float | None:
        found = parse_rate(text)
        return None if found is None else float(found)

    return SeriesRow(read, formats.rate)


def day_row() -> SeriesRow:
    """Return a row of days."""
    return SeriesRow(parse_date, formats.day)
