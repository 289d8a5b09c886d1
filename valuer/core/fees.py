"""Official fees of a Chinese patent (官费), by a dated table.

The table, ``resources/fees/cnipa.json``, is data: every entry has the days for which
it is used, its source and how surely it was read. A replacement cost takes the fees in
force on the valuation date, whenever they were paid; those count that have fallen due
by then: filing, printing, examination, and the annual fees from the year of the grant
on. Patent years run from the filing date; the fee of each year after that of the grant
is due by the same day of the year before it begins.

Source: Patent Law art. 43; Implementing Rules, Rule 115 (late surcharge); 专利审查指南
第五部分第九章 (a fee year ends on the day of filing, holidays are not reckoned here).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from valuer.core.canonical import from_plain, parse_json
from valuer.core.patents import Patent, PatentKind
from valuer.core.periods import same_day
from valuer.core.resources import resource
from valuer.core.term import term_years

EXAMINATION_YEARS = 3
"""Years from filing or priority in which examination is to be requested (art. 35)."""


class Reduction(StrEnum):
    """Which reduction of fees (费用减缴) holds."""

    NONE = "none"
    SINGLE = "single"
    JOINT = "joint"
    OPEN_LICENCE = "open_licence"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of an entry.

    Attributes:
        kind: for which kind of patent; None for all.
        first_year, last_year: for which patent years, where it is an annual fee.
        amount: None where it was not found.
    """

    amount: Decimal | None
    kind: PatentKind | None = None
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One fee of the table.

    Attributes:
        fee: its key, as in ``filing``.
        label: what the office calls it; ``{year}`` stands for a patent year.
        mark: how surely it was read, a key of the table's ``marks``.
        first, last: days between which it is used; None where open.
    """

    fee: str
    label: str
    mark: str
    source: str
    amounts: tuple[Amount, ...]
    first: date | None = None
    last: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReductionRule:
    """What a reduction takes off which fees.

    Attributes:
        share: share of the full fee that need not be paid.
        years: for how many patent years from that of the grant annual fees are less.
    """

    reduction: Reduction
    share: Decimal
    fees: tuple[str, ...]
    years: int
    mark: str
    source: str
    first: date | None = None
    last: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Surcharge:
    """What paying an annual fee late costs, as a share of the full fee.

    Attributes:
        share_a_month: for each month begun after the free ones.
        grace_months: after them the right has ended.
        first, last: days on which a fee falls due for which it is used.
    """

    share_a_month: Decimal
    free_months: int
    grace_months: int
    mark: str
    source: str
    first: date | None = None
    last: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeeTable:
    """The fees of one office; ``checked`` is the day the table was last read through."""

    authority: str
    country: str
    currency: str
    checked: date
    marks: dict[str, str]
    note: str
    entries: tuple[Entry, ...]
    reductions: tuple[ReductionRule, ...]
    surcharges: tuple[Surcharge, ...]


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee of a patent.

    Attributes:
        name: what the office calls it.
        due: the day by which it is due.
        full: the fee without reduction; ``amount`` is what is to be paid.
        year: the patent year of an annual fee.
        mark: how surely the amount was read; see ``is_verified``.
    """

    name: str
    due: date
    full: Decimal
    amount: Decimal
    year: int | None
    mark: str
    source: str

    @property
    def is_verified(self) -> bool:
        """Whether the amount was read anywhere, not only remembered."""
        return self.mark.startswith("V")


@cache
def fee_table() -> FeeTable:
    """Return the table that ships with the program."""
    path = resource("fees/cnipa.json")
    return from_plain(parse_json(path.read_bytes(), path.name), FeeTable)


def official_fees(
    patent: Patent, on: date, reduction: Reduction = Reduction.NONE
) -> tuple[Fee, ...]:
    """Return the fees of a patent that are due by a day, at that day's rates.

    Ordered by the day they are due. None for patents of other countries, or where
    kind or filing date is not known, or the table has no amount for the day.
    """
    if patent.country not in ("", fee_table().country):
        return ()
    if patent.filed is None or patent.kind is None or patent.filed > on:
        return ()
    found = [*_first_fees(patent, on), *_annual_fees(patent, on)]
    fees = [
        _reduced(patent, fee, key, on, reduction) for key, fee in found if fee.due <= on
    ]
    return tuple(sorted(fees, key=lambda fee: fee.due))


def annual_fee(kind: PatentKind, year: int, on: date) -> Decimal | None:
    """Return the full annual fee of a patent year at a day's rates, None if not known."""
    found = _entry("annual", kind, on, year)
    return None if found is None else found[1]


def annual_fees(
    kind: PatentKind,
    years: range,
    on: date,
    reduction: Reduction = Reduction.NONE,
    granted_in: int = 1,
) -> tuple[Decimal, ...] | None:
    """Return the annual fees of patent years at a day's rates, None if one is not known.

    Args:
        kind: of the patent.
        years: the patent years, from 1.
        on: the day whose rates hold.
        reduction: which one holds; it ends some years after that of the grant.
        granted_in: the patent year of the grant.
    """
    found = []
    for year in years:
        full = annual_fee(kind, year, on)
        if full is None:
            return None
        off = _share_off("annual", year - granted_in, on, reduction)
        found.append(full * (1 - off))
    return tuple(found)


def grant_year(patent: Patent) -> int | None:
    """Return the patent year in which the grant was announced, from 1."""
    if patent.filed is None or patent.granted is None:
        return None
    if patent.granted < patent.filed:
        return 1
    years = patent.granted.year - patent.filed.year
    return years + (same_day(patent.filed, 12 * years) <= patent.granted)


def late_surcharge(full: Decimal, due: date, paid: date) -> Decimal | None:
    """Return what a late annual fee costs more; None once the right has ended for it.

    Args:
        full: the annual fee without reduction.
        due: the day by which it was due.
        paid: the day on which it is paid.
    """
    rules = (one for one in fee_table().surcharges if _holds(one.first, one.last, due))
    rule, late = next(rules), _months_late(due, paid)
    if late > rule.grace_months:
        return None
    return full * rule.share_a_month * max(0, late - rule.free_months)


def _months_late(due: date, paid: date) -> int:
    """Return the months begun after a day."""
    if paid <= due:
        return 0
    months = (paid.year - due.year) * 12 + paid.month - due.month
    return months + (same_day(due, months) < paid)


def _first_fees(patent: Patent, on: date) -> Iterator[tuple[str, Fee]]:
    """Yield the fees of the application; until the grant at the latest."""
    assert patent.filed is not None  # noqa: S101 - its caller asks for the day
    asked = _asked_by(patent.priority or patent.filed)
    by = max(min(asked, patent.granted or asked), patent.filed)
    for key, due in (
        ("filing", patent.filed),
        ("publication_printing", patent.filed),
        ("examination", by),
    ):
        if fee := _fee(patent, key, due, on):
            yield key, fee


def _asked_by(begin: date) -> date:
    """Return the last day to request examination, filing or priority given."""
    try:
        return same_day(begin, 12 * EXAMINATION_YEARS)
    except OverflowError:
        return date.max


def _annual_fees(patent: Patent, on: date) -> Iterator[tuple[str, Fee]]:
    """Yield the annual fees from the year of the grant on."""
    first = grant_year(patent)
    if first is None or patent.granted is None or patent.granted > on:
        return
    assert patent.filed is not None  # noqa: S101 - without it there is no grant year
    assert patent.kind is not None  # noqa: S101 - its caller asks for the kind
    last = min(term_years(patent.kind, patent.filed), on.year - patent.filed.year + 1)
    for year in range(first, last + 1):
        begins = same_day(patent.filed, 12 * (year - 1))
        due = patent.granted if year == first else begins
        if fee := _fee(patent, "annual", due, on, year):
            yield "annual", fee


def _fee(
    patent: Patent, key: str, due: date, on: date, year: int | None = None
) -> Fee | None:
    found = _entry(key, patent.kind, on, year)
    if found is None:
        return None
    entry, amount = found
    name = entry.label.format(year=year)
    return Fee(name, due, amount, amount, year, entry.mark, entry.source)


def _entry(
    key: str, kind: PatentKind | None, on: date, year: int | None
) -> tuple[Entry, Decimal] | None:
    """Return the entry of a fee on a day and its amount, if there is one."""
    for entry in fee_table().entries:
        if entry.fee != key or not _holds(entry.first, entry.last, on):
            continue
        for one in entry.amounts:
            is_meant = one.kind in (None, kind) and _is_for(one, year)
            if is_meant and one.amount is not None:
                return entry, one.amount
    return None


def _holds(first: date | None, last: date | None, on: date) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)


def _is_for(one: Amount, year: int | None) -> bool:
    if one.first_year is None or one.last_year is None:
        return year is None
    return year is not None and one.first_year <= year <= one.last_year


def _reduced(patent: Patent, fee: Fee, key: str, on: date, reduction: Reduction) -> Fee:
    """Return a fee with what its reduction takes off."""
    begin = grant_year(patent)
    passed = 0 if fee.year is None or begin is None else fee.year - begin
    return replace(fee, amount=fee.full * (1 - _share_off(key, passed, on, reduction)))


def _share_off(key: str, passed: int, on: date, reduction: Reduction) -> Decimal:
    """Return the share of a fee that need not be paid, years after that of the grant."""
    for rule in fee_table().reductions:
        holds = rule.reduction is reduction and _holds(rule.first, rule.last, on)
        if holds and key in rule.fees and passed < rule.years:
            return rule.share
    return Decimal(0)
