"""Annual fees of the years ahead, and what paying them tells of the return.

Methods that reckon with renewals inherit ``Renewing``: fees given year by year, or those
of the office's table on the valuation date. Each year's fee is decided on at its
beginning; the first one stands at the valuation date unless a method says otherwise.

Source: Patent Law art. 43; Schankerman and Pakes 1986, Pakes 1986: an owner pays a fee
where the return of the year, with what it keeps open, is worth it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.dated import CURRENCY, DISCOUNT_RATE, VALUATION_DATE
from valuer.core.distributions import Floats
from valuer.core.fees import Reduction, annual_fees, fee_table
from valuer.core.params import Currency, MoneySeries, Number, Rate, param
from valuer.core.patents import KIND_NAMES, PatentKind
from valuer.core.problems import Issue, Severity
from valuer.core.slots import number_arrays
from valuer.core.term import YEARS
from valuer.core.texts import N_, message
from valuer.core.working import PERIODS, Silent, Unit

REDUCTION_NAMES = (
    (Reduction.NONE.value, N_("None")),
    (Reduction.SINGLE.value, N_("One owner who qualifies")),
    (Reduction.JOINT.value, N_("Several owners who qualify")),
    (Reduction.OPEN_LICENCE.value, N_("Open licence in force")),
)

DECAY_RATE: Any = {
    "label": N_("Yearly fall of the return"),
    "symbol": "δ",
    "low": 0,
    "high": 0.99,
    "help": N_("Share by which each year's return is below that of the year before."),
}


@dataclass(frozen=True, slots=True)
class Renewing:
    """What methods need that reckon with annual fees."""

    fees: MoneySeries | None = param(
        N_("Annual fees"),
        None,
        symbol="c",
        low=0,
        help=N_(
            "One for each patent year from the first on. Left out, those of the Chinese"
            " table on the valuation date."
        ),
    )
    patent_kind: PatentKind | None = param(
        N_("Kind of patent"),
        None,
        choice_labels=tuple((kind.value, name) for kind, name in KIND_NAMES.items()),
        help=N_("For the table of fees, where none are given."),
    )
    first_year: Number = param(
        N_("Patent year of the first fee"),
        1.0,
        low=1,
        high=100,
        is_base=True,
        whole=True,
        help=N_("Counted from filing, from 1."),
    )
    last_year: Number | None = param(
        N_("Last patent year"),
        None,
        low=1,
        high=100,
        is_base=True,
        whole=True,
        help=N_(
            "For the table of fees; left out, the last of the term. Designs filed before"
            " 2021-06-01 have 10."
        ),
    )
    fee_reduction: Reduction = param(
        N_("Reduction of fees"),
        Reduction.NONE,
        quiet=True,
        choice_labels=REDUCTION_NAMES,
        help=N_("By the table, where it is used; it ends ten years after the grant."),
    )
    granted_in: Number | None = param(
        N_("Patent year of the grant"),
        None,
        low=1,
        high=100,
        is_base=True,
        whole=True,
        help=N_("From it on the years of a reduction count."),
    )
    discount_rate: Rate = param(**DISCOUNT_RATE)
    valuation_date: date = param(**VALUATION_DATE)
    currency: Currency = param(**CURRENCY)


def fees_of(params: Any) -> tuple[Any, ...]:
    """Return the fee of each year: as given, else by the table; () where not known."""
    if params.fees is not None:
        return tuple(params.fees)
    if params.patent_kind is None:
        return ()
    found = annual_fees(
        params.patent_kind,
        range(int(params.first_year), int(_last(params)) + 1),
        params.valuation_date,
        params.fee_reduction,
        int(params.granted_in or 1),
    )
    return tuple(map(float, found or ()))


def renewal_arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers, and the fees wherever they come from."""
    fees = np.array(fees_of(params), dtype=np.float64)
    return number_arrays(params) | {"fees": fees}


def renewal_years(params: Any) -> list[int]:
    """Return the patent year of each fee."""
    first = int(params.first_year)
    return list(range(first, first + len(fees_of(params))))


def renewal_outputs(params: Any) -> dict[str, Any]:
    """Return the patent years along the working."""
    years = renewal_years(params)
    return {"axes": {PERIODS: [str(year) for year in years]}, "patent_years": years}


def renewal_issues(params: Any) -> tuple[Issue, ...]:
    """Return what is wrong with years and fees; whence the fees come, as a note."""
    errors = tuple(_source_errors(params))
    if errors:
        return errors
    if params.fees is None and not fees_of(params):
        text = N_(
            "The table of fees has none for these years and this day; give the fees."
        )
        return (Issue(Severity.ERROR, message(text), "fees"),)
    return tuple(_table_notes(params))


def rising_errors(fees: tuple[Any, ...]) -> Iterator[Issue]:
    """Yield an error where a fee is lower than the one before it."""
    for place in range(1, len(fees)):
        if fees[place] < fees[place - 1]:
            text = N_(
                "The fee of year {place} is lower than the one before it; a bound from"
                " renewals needs fees that never fall."
            )
            words = message(text, place=place + 1)
            yield Issue(Severity.ERROR, words, f"fees[{place}]")


def shown_fees(working: Silent, given: dict[str, Any]) -> Floats:
    """Add the fees ``c`` to the working and return them; shape (…, years)."""
    return working.add(N_("Annual fee"), "c", "", given["fees"], Unit.MONEY)


def _last(params: Any) -> float:
    """Return the last patent year by the table."""
    stated: float | None = params.last_year
    return YEARS[params.patent_kind] if stated is None else stated


def _source_errors(params: Any) -> Iterator[Issue]:
    if params.fees is not None:
        return
    if params.patent_kind is None:
        text = N_("Give the annual fees, or the kind of patent for the Chinese table.")
        yield Issue(Severity.ERROR, message(text), "fees")
        return
    table = fee_table()
    if params.currency != table.currency:
        text = N_(
            "The table of fees is in {table}, this run in {stated}; give the fees in"
            " {stated}."
        )
        words = message(text, table=table.currency, stated=params.currency)
        yield Issue(Severity.ERROR, words, "currency")
    if _last(params) < params.first_year:
        text = N_("The last patent year, {last:.0f}, is before the first, {first:.0f}.")
        words = message(text, last=_last(params), first=params.first_year)
        yield Issue(Severity.ERROR, words, "last_year")
    is_timed = params.fee_reduction in (Reduction.SINGLE, Reduction.JOINT)
    if is_timed and params.granted_in is None:
        text = N_("A reduction counts from the grant; state its patent year.")
        yield Issue(Severity.ERROR, message(text), "granted_in")


def _table_notes(params: Any) -> Iterator[Issue]:
    """Tell whence the fees come, and warn of a share that was not read."""
    if params.fees is not None:
        return
    table = fee_table()
    text = N_("Annual fees by the table of {authority}, read through on {day}.")
    words = message(text, authority=table.authority, day=table.checked)
    yield Issue(Severity.NOTE, words, "fees")
    for rule in table.reductions:
        is_read = rule.mark.startswith("V")
        if rule.reduction is params.fee_reduction and not is_read:
            text = N_(
                "The share of this reduction is marked {mark}: it was not read in its"
                " source. Check it: {source}."
            )
            words = message(text, mark=rule.mark, source=rule.source)
            yield Issue(Severity.WARNING, words, "fee_reduction")
