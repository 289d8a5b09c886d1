"""Bounds that law or office set to amounts and multiples, as dated data.

``resources/limits/cn.json`` holds each with the days for which it is used, its source and
how surely it was read; what was not read is told wherever it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from valuer.core.canonical import from_plain, parse_json
from valuer.core.resources import resource


@dataclass(frozen=True, slots=True)
class Limit:
    """One bound.

    Attributes:
        key: what it bounds, as in ``statutory_damages``.
        low, high: between which it lies; None where open.
        first, last: days between which it is used; None where open.
        mark: how surely it was read, a key of the table's ``marks``.
    """

    key: str
    mark: str
    source: str
    low: Decimal | None = None
    high: Decimal | None = None
    first: date | None = None
    last: date | None = None

    @property
    def is_verified(self) -> bool:
        """Whether it was read anywhere, not only remembered."""
        return self.mark.startswith("V")


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one country; ``checked`` is the day they were last read through."""

    country: str
    currency: str
    checked: date
    marks: dict[str, str]
    limits: tuple[Limit, ...]


@cache
def limits() -> Limits:
    """Return the bounds that ship with the program."""
    path = resource("limits/cn.json")
    return from_plain(parse_json(path.read_bytes(), path.name), Limits)


def limit(key: str, on: date) -> Limit | None:
    """Return the bound in force on a day, None where there is none."""
    for one in limits().limits:
        begun = one.first is None or one.first <= on
        if one.key == key and begun and (one.last is None or on <= one.last):
            return one
    return None
