"""Damages for past infringement (侵权损害赔偿).

By the owner's loss or the infringer's gain; where both are hard to find, by a multiple of
the royalty. Wilful and serious infringement multiplies these bases, one to five times. The
statutory sum serves where none can be found, and is never multiplied. Reasonable costs
come on top; interest on past years, where it is claimed, stands apart.

Source: Patent Law art. 71 (2020): 实际损失 or 侵权获利; 许可使用费的倍数; 一倍以上五倍以下; the
statutory bounds as dated data; 合理开支. 中评协〔2023〕21号 (专家指引第15号) for the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.case import Purpose
from valuer.core.dated import CURRENCY, VALUATION_DATE
from valuer.core.distributions import Floats
from valuer.core.limits import limit, limits
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import (
    YES_NO_NAMES,
    Currency,
    Money,
    Number,
    Rate,
    Text,
    YesNo,
    param,
)
from valuer.core.periods import DayCount, years_between
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

AMOUNTS = "amounts"
"""Along the past amounts; the name of their table."""


class Basis(StrEnum):
    """From what the damages are reckoned."""

    LOSS = "loss"
    GAIN = "gain"
    ROYALTY = "royalty"
    STATUTORY = "statutory"


_BASES = (
    (Basis.LOSS, "L", "x", N_("Owner's loss")),
    (Basis.GAIN, "G", "y", N_("Infringer's gain")),
    (Basis.ROYALTY, "Y", "z", N_("Royalty")),
)
_NAMES = tuple((basis.value, text) for basis, _, _, text in _BASES)


class PastKind(StrEnum):
    """What an amount of the past is."""

    LOSS = "loss"
    GAIN = "gain"
    ROYALTY = "royalty"


_BEFORE = {
    Basis.ROYALTY: {PastKind.LOSS, PastKind.GAIN},
    Basis.STATUTORY: {*PastKind},
}
"""What the law asks for before a basis may serve."""


@dataclass(frozen=True, slots=True)
class PastAmount:
    """One period's loss, gain or royalty."""

    period: Text = param(N_("Period"), help=N_("As a year, with the evidence for it."))
    kind: PastKind = param(
        N_("What it is"),
        choice_labels=_NAMES,
        help=N_("Rows of each kind are summed; the basis chosen takes one kind."),
    )
    until: date = param(
        N_("Period ends on"), help=N_("From this day on interest counts, if any.")
    )
    quantity: Number = param(
        N_("Quantity"),
        1.0,
        symbol="q",
        low=0,
        help=N_("Pieces lost or sold; 1 where the amount is that of the period."),
    )
    unit_amount: Money = param(
        N_("Amount a piece"),
        symbol="u",
        low=0,
        help=N_("Reasonable profit, or royalty, a piece or for the period."),
    )
    share: Rate = param(
        N_("Contribution of the patent"),
        1.0,
        symbol="s",
        low=0,
        high=1,
        help=N_("Share of it that the patent, and no other cause, brings."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the damages for past infringement."""

    basis: Basis = param(
        N_("Basis"),
        choice_labels=(*_NAMES, (Basis.STATUTORY.value, N_("Statutory sum"))),
        help=N_("Loss or gain; else the royalty; the statutory sum last."),
    )
    amounts: tuple[PastAmount, ...] = param(
        N_("Amounts of the past"),
        (),
        by_row=True,
        help=N_("Period by period; those of other kinds are shown for comparison."),
    )
    royalty_multiple: Number = param(
        N_("Multiple of the royalty"),
        1.0,
        symbol="m",
        low=1,
        high=100,
        help=N_("Reasonable multiple, where the royalty is the basis."),
    )
    wilful: YesNo = param(
        N_("Wilful"), YesNo.NO, choice_labels=YES_NO_NAMES, help=N_("As found.")
    )
    serious: YesNo = param(
        N_("Serious circumstances"),
        YesNo.NO,
        choice_labels=YES_NO_NAMES,
        help=N_("As found."),
    )
    punitive_multiple: Number = param(
        N_("Multiple for wilful and serious infringement"),
        1.0,
        symbol="p",
        low=1,
        high=5,
        help=N_("On loss, gain or royalty; never on the statutory sum."),
    )
    statutory_amount: Money | None = param(
        N_("Statutory sum argued"),
        None,
        symbol="Q",
        low=0,
        help=N_("Within the bounds in force; by kind of right, nature, circumstances."),
    )
    reasonable_costs: Money = param(
        N_("Reasonable costs of stopping it"),
        0.0,
        symbol="K",
        low=0,
        help=N_("Evidence, lawyers, investigation; on top of the damages."),
    )
    interest_rate: Rate | None = param(
        N_("Interest rate on past amounts"),
        None,
        symbol="i",
        low=0,
        high=1,
        help=N_("Simple, a year, from the end of each period; left out, none."),
    )
    law_on: date | None = param(
        N_("Law of this day"),
        None,
        help=N_("Last day of the infringement; left out, the valuation date."),
    )
    valuation_date: date = param(**VALUATION_DATE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Damages with costs, in their currency.

    Amounts are (…, rows), all other numbers () or with a last axis of one.
    """
    add, basis = working.add, given["basis"]
    sums, amounts = _sums(working, given)
    if basis is Basis.STATUTORY:
        text = N_("Statutory sum")
        base, symbol = add(text, "Q", "", given["statutory_amount"], Unit.MONEY), "Q"
    else:
        symbol, base = next((s, sums[b]) for b, s, _, _ in _BASES if b is basis)
    if basis is Basis.ROYALTY:
        text = N_("Multiple of the royalty")
        multiple = add(text, "m", "", given["royalty_multiple"], Unit.FACTOR)
        text, symbol = N_("Multiple of the royalty, amount"), "W"
        base = add(text, "W", "Y × m", base * multiple, Unit.MONEY)
    text = N_("Multiple for wilful and serious infringement")
    times = add(text, "p", "", given["punitive_multiple"], Unit.FACTOR)
    text = N_("Damages")
    damages = add(text, "T", f"{symbol} × p", base * times, Unit.MONEY)
    text = N_("Reasonable costs of stopping it")
    costs = add(text, "K", "", given["reasonable_costs"], Unit.MONEY)
    whole, told = damages + costs, "T + K"
    if "interest_rate" in given and basis is not Basis.STATUTORY:
        whole = whole + _interest(working, amounts, given)
        told = "T + K + I"
    return by_scenario(add(N_("Damages with costs"), "V", told, whole, Unit.MONEY))


def _sums(working: Silent, given: dict[str, Any]) -> tuple[dict[Basis, Floats], Floats]:
    """Return the sum of the rows of each kind that has any, and all rows."""
    add, quantity = working.add, given["amounts_quantity"]
    kinds = given["kinds"]
    if not quantity.shape[-1]:
        return {}, quantity
    add(N_("Quantity"), "q", "", quantity, Unit.NUMBER, AMOUNTS)
    piece, share = given["amounts_unit_amount"], given["amounts_share"]
    add(N_("Amount a piece"), "u", "", piece, Unit.MONEY, AMOUNTS)
    add(N_("Contribution of the patent"), "s", "", share, Unit.RATE, AMOUNTS)
    text, amounts = N_("Amount of the period"), quantity * piece * share
    add(text, "a", "q × u × s", amounts, Unit.MONEY, AMOUNTS)
    sums = {}
    for basis, symbol, flag, text in _BASES:
        if basis in kinds:
            label = message(N_("Whether it is: {kind}, 1 or 0"), kind=message(text))
            add(label, flag, "", kinds[basis], Unit.NUMBER, AMOUNTS)
            found = total(amounts * kinds[basis])
            sums[basis] = add(text, symbol, f"Σ a × {flag}", found, Unit.MONEY)
    return sums, amounts


def _interest(working: Silent, amounts: Floats, given: dict[str, Any]) -> Floats:
    """Return simple interest on the rows of the basis, before any multiple."""
    add, basis = working.add, given["basis"]
    text = N_("Interest rate on past amounts")
    rate = add(text, "i", "", given["interest_rate"], Unit.RATE)
    text = N_("Years since the end of the period")
    years = add(text, "t", "", given["years"], Unit.YEARS, AMOUNTS)
    flag = next(flag for one, _, flag, _ in _BASES if one is basis)
    text = N_("Interest on past amounts")
    found = total(amounts * given["kinds"][basis] * rate * years)
    return add(text, "I", f"Σ a × {flag} × i × t", found, Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers, kinds of the rows, years since each."""
    rows = params.amounts
    kinds = {
        basis: np.array([one.kind == basis for one in rows], dtype=np.float64)
        for basis, _, _, _ in _BASES
        if any(one.kind == basis for one in rows)
    }
    valued = params.valuation_date
    years = [years_between(one.until, valued, DayCount.ACT_365) for one in rows]
    return number_arrays(params) | {
        "basis": params.basis,
        "kinds": kinds,
        "years": np.array(years),
    }


def check(params: Any) -> tuple[Issue, ...]:
    """Return what the law or the rows do not bear; warnings and notes without errors."""
    errors = (*_row_errors(params), *_multiple_errors(params), *_sum_errors(params))
    return errors or tuple(_told(params))


def _error(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def _law_day(params: Any) -> date:
    day: date = params.law_on or params.valuation_date
    return day


def _row_errors(params: Any) -> Iterator[Issue]:
    for place, one in enumerate(params.amounts):
        if one.until > params.valuation_date:
            text = N_("Row {row} ends on {day}, after {valued}: only the past counts.")
            values = {"day": one.until, "valued": params.valuation_date}
            yield _error(f"{AMOUNTS}[{place}].until", text, row=place + 1, **values)
    if params.basis is Basis.STATUTORY:
        return
    if all(one.kind != params.basis for one in params.amounts):
        text = N_("No row of the past is of the kind chosen as basis; add its amounts.")
        yield _error(AMOUNTS, text)


def _multiple_errors(params: Any) -> Iterator[Issue]:
    centre, where = centred(params), "punitive_multiple"
    if centre.punitive_multiple == 1:
        return
    if params.basis is Basis.STATUTORY:
        yield _error(where, N_("The statutory sum is never multiplied; enter 1."))
    if YesNo.NO in (params.wilful, params.serious):
        text = N_(
            "Only wilful and serious infringement is multiplied; state both, or enter 1."
        )
        yield _error(where, text)
    if limit(where, _law_day(params)) is None:
        text = N_("The law of {day} knows no such multiple; enter 1.")
        yield _error(where, text, day=_law_day(params))


def _sum_errors(params: Any) -> Iterator[Issue]:
    if params.basis is not Basis.STATUTORY:
        return
    found = centred(params).statutory_amount
    if found is None:
        yield _error("statutory_amount", N_("State the sum that is argued."))
        return
    bounds = limit("statutory_damages", _law_day(params))
    if params.currency != limits().currency:
        text = N_("The statutory bounds are in {currency}; reckon in it.")
        yield _error("currency", text, currency=limits().currency)
    elif bounds is None or bounds.low is None or bounds.high is None:
        text = N_("No statutory bounds are held for {day}.")
        yield _error("law_on", text, day=_law_day(params))
    elif not bounds.low <= found <= bounds.high:
        text = N_(
            "The statutory sum lies between {low:,.0f} and {high:,.0f} ({source}); it is"
            " {found:,.2f}."
        )
        values = {"low": bounds.low, "high": bounds.high, "source": bounds.source}
        yield _error("statutory_amount", text, found=found, **values)


def _told(params: Any) -> Iterator[Issue]:
    kinds = {one.kind for one in params.amounts}
    if kinds & _BEFORE.get(params.basis, set()):
        text = N_(
            "Amounts of a basis that goes before the one chosen are given; say why they"
            " cannot be determined."
        )
        yield Issue(Severity.WARNING, message(text), "basis")
    bounds = limit("statutory_damages", _law_day(params))
    if params.basis is Basis.STATUTORY and bounds and not bounds.is_verified:
        text = N_("The bounds are marked {mark}, not read in the law; check {source}.")
        words = message(text, mark=bounds.mark, source=bounds.source)
        yield Issue(Severity.WARNING, words, "law_on")
    if params.interest_rate is not None:
        text = N_(
            "Interest is no part of the statute; it is simple, on the basis before any"
            " multiple, and stands apart. None counts on a statutory sum."
        )
        yield Issue(Severity.NOTE, message(text), "interest_rate")


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods, and the statutory bounds in force with their article."""
    found: dict[str, Any] = {"axes": {AMOUNTS: [one.period for one in params.amounts]}}
    bounds = limit("statutory_damages", _law_day(params))
    if bounds is None or bounds.low is None or bounds.high is None:
        return found
    return found | {
        "statutory": {
            "low": float(bounds.low),
            "high": float(bounds.high),
            "source": bounds.source,
            "mark": bounds.mark,
        }
    }


METHOD = Method(
    key="infringement_damages",
    version=1,
    approach=None,
    title=N_("Damages for past infringement"),
    idea=N_(
        "Who infringed owes the owner's loss or its own gain, else a multiple of the"
        " royalty; more where it was wilful and serious, and reasonable costs on top."
    ),
    source="《专利法》第七十一条；《资产评估专家指引第15号——知识产权侵权损害评估》中评协〔2023〕21号",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    purposes=(Purpose.PAST_DAMAGES,),
    finds=Finds.AMOUNT,
    listed=Topic.SPECIAL,
    tells=(
        ("loss", "L"),
        ("gain", "G"),
        ("royalty", "Y"),
        ("damages", "T"),
        ("interest", "I"),
        ("reasonable_costs", "K"),
    ),
)
