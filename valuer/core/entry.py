"""Numbers as people write them: 1,234.5万, 1.2亿, 12%, (300), ￥5,000.

One reading for pasted tables and for the window's fields. Amounts become decimals in
the plain unit (yuan), rates become fractions. What is not surely a number reads as
none; a comma counts as a thousands mark only where it stands before three digits.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

UNITS = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千": Decimal(1000),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "百万元": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "千万元": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
"""Chinese units of money and their size in yuan."""

MOST_DIGITS = 24
"""Digits before the point, or noughts behind it, beyond which nothing is a figure."""

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?"
    r"(?:[eE](?P<power>[+-]?\d{1,3}))?"
)
_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "，": ","})
_MONEY = ("人民币", "RMB", "CNY", "¥", "￥", "$")


def parse_amount(text: str) -> Decimal | None:
    """Return an amount in its plain unit, or None: ``1,234.5万`` is 12345000."""
    plain = _plain(text)
    for mark in _MONEY:
        plain = plain.removeprefix(mark)
    size = Decimal(1)
    for unit in sorted(UNITS, key=len, reverse=True):
        if plain.endswith(unit):
            size, plain = UNITS[unit], plain.removesuffix(unit)
            break
    number = _decimal(plain)
    return None if number is None else number * size


def has_unit(text: str) -> bool:
    """Tell whether an amount states its own unit, as ``1,234.5万`` does."""
    return _plain(text).endswith(tuple(UNITS))


def parse_rate(text: str) -> Decimal | None:
    """Return a rate as a fraction, or None: ``12%`` and ``0.12`` are both 0.12."""
    plain = _plain(text)
    for sign, size in (("%", Decimal(100)), ("‰", Decimal(1000))):
        if plain.endswith(sign):
            number = _decimal(plain.removesuffix(sign))
            return None if number is None else number / size
    return _decimal(plain)


def _plain(text: str) -> str:
    plain = text.strip()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).translate(_SIGNS)
    plain = "".join(plain.split())
    # Bookkeepers write a negative amount in brackets.
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    return plain


def _decimal(plain: str) -> Decimal | None:
    match = _NUMBER.fullmatch(plain)
    if not match or not (match["whole"] or match["part"]):
        return None
    number = Decimal(plain.replace(",", ""))
    return number if abs(number.adjusted()) < MOST_DIGITS else None
