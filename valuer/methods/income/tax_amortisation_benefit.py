"""Tax amortisation benefit (摊销税收优惠): what deducting the price is worth.

A buyer who deducts the price saves tax, and pays for that too: the benefit is reckoned
on the value that holds it, V = PV + u × V × D, so V = PV / (1 − u × D) exactly. The tax
life is that of the buyer's country, and the rate the asset's own.

Source: identity TAB = 1 / (1 − (τ / n) × Σ d); for deductions that are not level each
year's share of the price stands for 1 / n.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.amortisation import (
    AMORTISATION_TAX_RATE,
    TAX_LIFE,
    TAX_SAVED_AT,
    TAX_YEARS,
    TaxSavedAt,
    WriteOff,
    benefit_factor_by_year,
)
from valuer.core.dated import CURRENCY, DISCOUNT_RATE
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, Money, Rate, RateSeries, Text, Years, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.tax_lives import tax_life, tax_lives
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

NEAR_ONE = 0.0005
"""How far a printed table's shares, rounded, may sum from one."""


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the tax amortisation benefit."""

    value_before: Money = param(
        N_("Value without the benefit"),
        symbol="PV",
        low=0,
        help=N_("Present value by an income method that counts no such benefit."),
    )
    discount_rate: Rate = param(
        **DISCOUNT_RATE | {"help": N_("The asset's own, nominal and after tax.")}
    )
    amortisation_tax_rate: Rate = param(
        N_("Income tax rate of the buyer"),
        **{k: AMORTISATION_TAX_RATE[k] for k in ("symbol", "low", "high", "help")},
    )
    write_off: WriteOff = param(
        N_("Deduction of the price"),
        WriteOff.STRAIGHT_LINE,
        choice_labels=(
            (WriteOff.STRAIGHT_LINE.value, N_("Straight line")),
            (WriteOff.DECLINING_BALANCE.value, N_("Declining balance")),
            (WriteOff.TABLE.value, N_("A share for each tax year")),
        ),
        help=N_("As the tax law of the buyer's country has it."),
    )
    tax_life: Years | None = param(
        **TAX_LIFE
        | {
            "help": N_(
                "Years over which the buyer deducts the price, by the tax law of the"
                " buyer's country; not the economic life."
            )
        }
    )
    declining_rate: Rate | None = param(
        N_("Rate of the declining balance"),
        None,
        symbol="ρ",
        low=0,
        high=1,
        help=N_(
            "Share of what is left that is deducted each year; straight line over the"
            " rest of the life once that is more."
        ),
    )
    yearly_shares: RateSeries | None = param(
        N_("Shares of the tax years"),
        None,
        symbol="h",
        low=0,
        high=1,
        is_base=True,
        help=N_("Share of the price deducted in each tax year; they sum to one."),
    )
    tax_saved_at: TaxSavedAt = param(**TAX_SAVED_AT)
    buyer_country: Text = param(
        N_("Country of the buyer"),
        "",
        quiet=True,
        help=N_(
            "Two letters, as CN: the tax life stated is then held against the table of"
            " tax lives."
        ),
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Benefit on the value that holds it, in the currency of the value.

    Numbers are () or (…, 1), tax years and their shares (…, years).
    """
    add = working.add
    text = N_("Value without tax amortisation benefit")
    before = add(text, "PV", "", given["value_before"], Unit.MONEY)
    rate = add(N_("Discount rate"), "r", "", given["discount_rate"], Unit.RATE)
    factor = benefit_factor_by_year(working, rate, "r", given)
    text = N_("Value with tax amortisation benefit")
    value = add(text, "V", "PV × T", before * factor, Unit.MONEY)
    text = N_("Tax amortisation benefit")
    return by_scenario(add(text, "B", "V − PV", value - before, Unit.MONEY))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers and the tax years."""
    return number_arrays(params) | {
        "write_off": params.write_off,
        "tax_years": np.arange(1.0, _years(params) + 1),
        "tax_saved_mid": params.tax_saved_at is TaxSavedAt.MID,
    }


def _years(params: Any) -> int:
    if params.write_off is WriteOff.TABLE:
        return len(params.yearly_shares)
    return int(params.tax_life)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: what the write-off chosen needs."""
    found = tuple(_errors(params))
    return found or tuple(_notes(params))


def _errors(params: Any) -> Iterator[Issue]:
    if params.write_off is WriteOff.TABLE:
        yield from _share_errors(params)
        return
    if not isinstance(params.tax_life, float) or params.tax_life % 1:
        text = N_("The tax life must be one figure in whole years.")
        yield _issue(Severity.ERROR, "tax_life", text)
    if params.write_off is WriteOff.DECLINING_BALANCE and params.declining_rate is None:
        text = N_("A declining balance needs its rate; state it.")
        yield _issue(Severity.ERROR, "declining_rate", text)


def _share_errors(params: Any) -> Iterator[Issue]:
    if not isinstance(params.yearly_shares, tuple):
        text = N_("State the share of the price deducted in each tax year, as a list.")
        yield _issue(Severity.ERROR, "yearly_shares", text)
        return
    found = sum(centred(params).yearly_shares)
    if found > 1 + NEAR_ONE:
        text = N_("The shares of the tax years sum to {found}; more than the price.")
        yield _issue(Severity.ERROR, "yearly_shares", text, found=f"{found:.10g}")


def _notes(params: Any) -> Iterator[Issue]:
    if params.write_off is WriteOff.TABLE:
        found = sum(centred(params).yearly_shares)
        if found < 1 - NEAR_ONE:
            text = N_(
                "The shares of the tax years sum to {found}; the rest of the price is"
                " never deducted."
            )
            where = "yearly_shares"
            yield _issue(Severity.WARNING, where, text, found=f"{found:.10g}")
    if params.buyer_country.strip():
        yield _country_issue(params)


def _country_issue(params: Any) -> Issue:
    country = params.buyer_country.strip().upper()
    known, table = tax_life(country), tax_lives()
    if known is None:
        text = N_("The table of tax lives has no “{country}”; cite the statute.")
        return _issue(Severity.NOTE, "buyer_country", text, country=country)
    admitted = known.admits(_years(params))
    text = (
        N_(
            "Tax life in {country}: {life} ({source}, {captured}); to be checked against"
            " the statute."
        )
        if admitted
        else N_(
            "The deduction runs over {years} years; the table has for {country}: {life}"
            " ({source}, {captured}). Check the statute."
        )
    )
    severity = Severity.NOTE if admitted else Severity.WARNING
    words = {"country": country, "life": known.words, "years": _years(params)}
    words |= {"source": table.source, "captured": table.captured}
    return _issue(severity, "buyer_country", text, **words)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)


def outputs(params: Any) -> dict[str, Any]:
    """Return the tax years by number."""
    return {"axes": {TAX_YEARS: list(range(1, _years(params) + 1))}}


METHOD = Method(
    key="tax_amortisation_benefit",
    version=1,
    approach=None,
    title=N_("Tax amortisation benefit"),
    idea=N_(
        "What the buyer saves in tax by deducting the price is part of the price; it is"
        " reckoned on the value that holds it."
    ),
    source="Identity V = PV + u × V × Σ h × v, solved exactly; tax lives by the law of the buyer's country",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.AMOUNT,
    listed=Topic.SPECIAL,
    tells=(
        ("factor", "T"),
        ("value_with_benefit", "V"),
        ("present_value_of_deductions", "D"),
    ),
)
