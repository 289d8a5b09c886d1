"""Find the unit and currency in which a sheet states its amounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from valuer.core.entry import UNITS


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of money.

    Attributes:
        word: as the sheet writes it, as in 万元.
        size: how much of the plain currency it is.
        currency: three letters.
    """

    word: str
    size: Decimal
    currency: str


_CURRENCIES = (
    (re.compile(r"美元|usd|us\$"), "USD"),
    (re.compile(r"欧元|eur|€"), "EUR"),
    (re.compile(r"港元|港币|hkd|hk\$"), "HKD"),
    (re.compile(r"日元|jpy"), "JPY"),
    (re.compile(r"英镑|gbp|£"), "GBP"),
    (re.compile(r"元|rmb|cny|yuan|¥"), "CNY"),
)
_CHINESE = re.compile(r"(十万|百万|千万|亿|万|千|百)?\s*(?:人民币|美|欧|港|日)?元")
_ENGLISH = (
    (re.compile(r"billions?|\bbn\b"), Decimal(1_000_000_000)),
    (re.compile(r"millions?|\bmn\b|\bmm\b|\d*'?000'?000"), Decimal(1_000_000)),
    (re.compile(r"thousands?|'000|000s"), Decimal(1_000)),
)
_TEN_THOUSAND = re.compile(
    r"10,?000 (?:rmb|cny|yuan)|(?:rmb|cny|yuan) 10,?000|wan ?yuan"
)
_NAMED = re.compile(r"单位|unit|币种|\(.*\)|in (?:rmb|cny|usd|thousand|million)")


def find_unit(texts: Iterable[str], *, named_only: bool) -> Unit | None:
    """Return the last unit that texts state, or None.

    ``named_only`` passes over texts that merely mention money: a unit then stands
    behind 单位 or unit, or in brackets, or alone in its cell.
    """
    found = None
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).strip().casefold().replace("’", "'")
        if not plain or len(plain) > 60:
            continue
        if named_only and not _NAMED.search(plain) and not _CHINESE.fullmatch(plain):
            continue
        found = _unit(plain) or found
    return found


def _unit(plain: str) -> Unit | None:
    currency = next((code for p, code in _CURRENCIES if p.search(plain)), None)
    if match := _CHINESE.search(plain):
        size = UNITS[match[1] + "元"] if match[1] else Decimal(1)
        word = (match[1] or "") + "元"
        return Unit(word, size, currency or "CNY")
    if match := _TEN_THOUSAND.search(plain):
        return Unit(match[0], Decimal(10_000), currency or "CNY")
    for pattern, size in _ENGLISH:
        if match := pattern.search(plain):
            return Unit(match[0], size, currency or "CNY")
    return Unit(currency, Decimal(1), currency) if currency else None
