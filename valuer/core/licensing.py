"""Entry fee (入门费) and running royalty (提成费): what a licence's terms are worth.

V = L + ρ · A: the entry fee, paid on the valuation date, and the running rate on what
the revenue of the term is worth. A is worth of the revenue that bears the royalty, at a
rate of one, after the licensor's tax where that basis is chosen; so either of L and ρ
follows from the other and V.

Source: V = L + k · Σ R_t / (1 + r)^τ_t and k = (V − L) / Σ R_t / (1 + r)^τ_t, entry fee
and royalty of Chinese licensing practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from valuer.core.dated import counted, timed
from valuer.core.decline import declining
from valuer.core.distributions import Floats
from valuer.core.earning import TaxBasis, presented, taxed
from valuer.core.method import centred
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

REVENUE: Any = {
    "label": N_("Revenue of the licensee"),
    "symbol": "R",
    "low": 0,
    "fact": "revenue",
    "help": N_("Net sales that bear the royalty, in each period of the licence."),
}
ENTRY_FEE: Any = {
    "label": N_("Entry fee"),
    "symbol": "L",
    "low": 0,
    "help": N_("Paid once, on the valuation date, before the licensor's tax."),
}
LICENCE_VALUE: Any = {
    "label": N_("Value of the licence"),
    "symbol": "V",
    "low": 0,
    "help": N_(
        "What all payments together shall be worth, on the basis of tax chosen."
    ),
}

OPEN_LICENCE_FEE = 20_000_000


def revenue_worth(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return what the revenue is worth at a running rate of one, ``A``; () or (…)."""
    add = working.add
    flow = add(N_("Revenue of the licensee"), "R", "", given["revenue"], Unit.MONEY)
    flow, formula, time = flow * counted(working, given), "R × f", None
    if given["declines"]:
        time = timed(working, given)
        flow, formula = flow * declining(working, time, given), f"{formula} × g"
    if "covered_share" in given:
        text = N_("Covered share of revenue")
        covered = add(text, "q", "", given["covered_share"], Unit.RATE)
        flow, formula = flow * covered, f"{formula} × q"
    text = N_("Revenue that bears the royalty")
    flow = add(text, "U", formula, flow, Unit.MONEY)
    flow, symbol = taxed(working, flow, "U", given)
    parts = presented(working, flow, symbol, given, time)
    text = N_("Worth of the revenue, at a royalty of one")
    return add(text, "A", "Σ P", parts.sum(axis=-1), Unit.MONEY)


def fee_left(working: Silent, given: Mapping[str, Any]) -> tuple[Floats, str]:
    """Return what tax leaves of an entry fee; () or (…), and its formula, "" for all."""
    if not given["after_tax"]:
        return np.asarray(1.0), ""
    tax = given["tax_rate"]
    first = tax if np.ndim(tax) == 0 else tax[..., 0]
    text = N_("Income tax rate of the first period")
    working.add(text, "τ₁", "", first, Unit.RATE)
    return 1 - first, "(1 − τ₁)"


def fee_after_tax(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return the entry fee after tax, ``X``; () or (…)."""
    left, formula = fee_left(working, given)
    alone = by_scenario(given["entry_fee"])
    fee = working.add(N_("Entry fee"), "L", "", alone, Unit.MONEY)
    text = N_("Entry fee, on the basis of tax chosen")
    taxed_fee = f"L × {formula}" if formula else "L"
    return working.add(text, "X", taxed_fee, fee * left, Unit.MONEY)


def licence_issues(params: Any) -> Iterator[Issue]:
    """Yield what terms of a licence do not agree on."""
    if params.tax_life is not None:
        text = N_(
            "A tax amortisation benefit belongs to a price paid for the patent; terms"
            " of a licence have none. Leave the tax life out."
        )
        yield Issue(Severity.ERROR, message(text), "tax_life")
    tax = centred(params).tax_rate
    first = tax[0] if isinstance(tax, tuple) else tax
    if first == 1 and params.tax_basis is TaxBasis.AFTER_TAX:
        text = N_("Where tax takes all of it, an entry fee is worth nothing.")
        yield Issue(Severity.ERROR, message(text), "tax_rate")


def fee_issues(params: Any, fee: float, name: str) -> Iterator[Issue]:
    """Yield a warning for an entry fee above the ceiling of open licences.

    ``name`` is the parameter that the user can change.
    """
    if params.currency == "CNY" and fee > OPEN_LICENCE_FEE:
        text = N_(
            "The entry fee of {fee:,.0f} yuan is above the {ceiling:,.0f} yuan that the"
            " notice on open licences is quoted with as the ceiling of a fixed fee."
            " Show why this patent earns more."
        )
        yield Issue(
            Severity.WARNING, message(text, fee=fee, ceiling=OPEN_LICENCE_FEE), name
        )
