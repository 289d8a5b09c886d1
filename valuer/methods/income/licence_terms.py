"""Terms of a licence: entry fee and running royalty (入门费加提成费).

What all payments of a licence are worth to the licensor; or, where the licence is to be
worth a given amount, the entry fee that is due besides a given running rate. The rate
that is due besides a given entry fee is found by ``running_royalty``.

Source: V = L + k · Σ R_t / (1 + r)^τ_t, solved for L where V is given (Chinese
licensing practice: 入门费加提成).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.dated import dated_outputs
from valuer.core.dated_checks import dated_issues
from valuer.core.decline import decline_arrays, decline_issues
from valuer.core.distributions import Floats
from valuer.core.earning import earning_arrays, earning_issues
from valuer.core.licensing import (
    ENTRY_FEE,
    LICENCE_VALUE,
    REVENUE,
    fee_after_tax,
    fee_issues,
    fee_left,
    licence_issues,
    revenue_worth,
)
from valuer.core.method import Approach, Finds, Method, centred
from valuer.core.params import Money, MoneySeries, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.share_evidence import revenue_share_issues
from valuer.core.sharing import Sharing
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class Sought(StrEnum):
    """What is to be found of the terms."""

    VALUE = "value"
    ENTRY_FEE = "entry_fee"


@dataclass(frozen=True, slots=True)
class Params(Sharing):
    """Inputs of the terms of a licence."""

    sought: Sought = param(
        N_("Sought"),
        Sought.VALUE,
        choice_labels=(
            (Sought.VALUE.value, N_("What the payments are worth")),
            (Sought.ENTRY_FEE.value, N_("The entry fee due")),
        ),
    )
    revenue: MoneySeries = param(**REVENUE)
    running_rate: Rate = param(
        N_("Running royalty rate"),
        symbol="ρ",
        low=0,
        high=1,
        help=N_("Share of the licensee's revenue, before any decline."),
    )
    entry_fee: Money | None = param(**ENTRY_FEE | {"default": None})
    licence_value: Money | None = param(**LICENCE_VALUE | {"default": None})


def formula(working: Silent, **given: Any) -> Floats:
    """Worth of all payments, or the entry fee due, in the currency of ``revenue``.

    Series are (…, periods); the result is () or (…).
    """
    add = working.add
    base = revenue_worth(working, given)
    alone = by_scenario(given["running_rate"])
    rate = add(N_("Running royalty rate"), "ρ", "", alone, Unit.RATE)
    text = N_("Worth of the running royalty")
    running = add(text, "Q", "ρ × A", rate * base, Unit.MONEY)
    if given["sought"] is Sought.VALUE:
        fee = fee_after_tax(working, given)
        text = N_("Value of the licence")
        return add(text, "V", "X + Q", fee + running, Unit.MONEY)
    alone = by_scenario(given["licence_value"])
    whole = add(N_("Value of the licence"), "V", "", alone, Unit.MONEY)
    text = N_("Entry fee, on the basis of tax chosen")
    rest = add(text, "X", "V − Q", whole - running, Unit.MONEY)
    left, divisor = fee_left(working, given)
    text = f"X / {divisor}" if divisor else "X"
    return add(N_("Entry fee"), "L", text, rest / left, Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become ``start``, ``end``, ``length``."""
    label = N_("Revenue that bears the royalty, after tax")
    found = earning_arrays(params, len(params.revenue), label)
    return (
        number_arrays(params)
        | found
        | decline_arrays(params)
        | {"sought": params.sought}
    )


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: dates, terms, evidence of the rate."""
    found = (
        *dated_issues(params, "revenue", len(params.revenue)),
        *earning_issues(params),
        *decline_issues(params),
        *licence_issues(params),
        *_missing(params),
        *revenue_share_issues(params, "running_rate"),
    )
    if any(one.severity is Severity.ERROR for one in found):
        return found
    return (*found, *_fee_issues(params))


def _missing(params: Any) -> Iterator[Issue]:
    is_value = params.sought is Sought.VALUE
    name = "entry_fee" if is_value else "licence_value"
    if getattr(params, name) is None:
        text = N_("What is sought follows from this; state it.")
        yield Issue(Severity.ERROR, message(text), name)


def _fee_issues(params: Any) -> Iterator[Issue]:
    """Yield what is told of the entry fee, stated or found."""
    centre = centred(params)
    if params.sought is Sought.VALUE:
        yield from fee_issues(params, centre.entry_fee, "entry_fee")
        return
    fee = float(METHOD.values(arrays(centre)))
    if fee < 0:
        text = N_(
            "The running royalty alone is worth more than the licence, so that no entry"
            " fee is due. Lower the running rate, or state the value anew."
        )
        yield Issue(Severity.ERROR, message(text), "running_rate")
    yield from fee_issues(params, fee, "licence_value")


def outputs(params: Any) -> dict[str, Any]:
    """Return the periods as laid out and the life in years."""
    return dated_outputs(params, len(params.revenue))


METHOD = Method(
    key="licence_terms",
    version=1,
    approach=Approach.INCOME,
    title=N_("Terms of a licence"),
    idea=N_(
        "The payments of a licence are worth its entry fee and the present value of its"
        " running royalty; where their worth is given, the entry fee follows."
    ),
    source="入门费加提成：V = L + k·Σ R/(1+r)^τ",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.AMOUNT,
    tells=(
        ("entry_fee", "L"),
        ("running_rate", "ρ"),
        ("running_worth", "Q"),
        ("revenue_worth", "A"),
        ("licence_value", "V"),
    ),
)
