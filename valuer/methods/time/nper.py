"""Number of periods (NPER).

For how many periods must be paid until an amount now and an amount at the end balance;
parts of a period count.

Source: PV × G + PMT × A + FV = 0 solved for n; Excel's documentation of NPER.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.annuities import (
    DUE,
    FV,
    PMT,
    PV,
    Due,
    annuity_arrays,
    stated,
)
from valuer.core.distributions import Floats
from valuer.core.flow_series import CURRENCY, RATE
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import REQUIRED, Currency, Money, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the number of periods."""

    rate: Rate = param(**RATE)
    pmt: Money = param(**PMT | {"default": REQUIRED})
    pv: Money = param(**PV)
    fv: Money = param(**FV)
    due: Due = param(**DUE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Number of periods; all numbers are () or (…, 1)."""
    add = working.add
    rate = add(RATE["label"], "r", "", given["rate"], Unit.RATE)
    paid = stated(working, "pmt", given)
    now, final = stated(working, "pv", given), stated(working, "fv", given)
    is_nought = rate == 0
    safe = np.where(is_nought, 1.0, rate)
    begins = given["due"] is Due.BEGIN
    level = paid * (1 + rate) / safe if begins else paid / safe
    # An annuity for ever; without interest it is not used.
    if np.all(~is_nought):
        text, told = N_("Payments for ever"), "p × (1 + r) / r" if begins else "p / r"
        add(text, "M", told, level, Unit.MONEY)
    # As ln((M − F) / (M + B)), which loses its digits where M is great beside both.
    grown = np.log1p(-(now + final) / (level + now)) / np.log1p(safe)
    periods = np.where(is_nought, -(now + final) / paid, grown)
    told = "ln((M − F) / (M + B)) / ln(1 + r)"
    told = told if np.all(~is_nought) else "−(B + F) / p"
    return by_scenario(add(N_("Number of periods"), "V", told, periods, Unit.YEARS))


def check(params: Any) -> tuple[Issue, ...]:
    """Return an error where no number balances, a warning where it is below nought."""
    with np.errstate(all="ignore"):
        periods = METHOD.values(annuity_arrays(centred(params)))
    if not np.isfinite(periods):
        text = N_("These payments never reach the amount; state others.")
        return (Issue(Severity.ERROR, message(text), "pmt"),)
    if periods >= 0:
        return ()
    text = N_(
        "The number of periods is below nought, as a spreadsheet tells it: payments of"
        " this sign lead away from the amount. Check the signs."
    )
    return (Issue(Severity.WARNING, message(text), "pmt"),)


METHOD = Method(
    key="nper",
    version=1,
    approach=None,
    title=N_("Number of periods of an annuity"),
    idea=N_(
        "After so many periods of payment an amount now and one at the end balance."
    ),
    source="Excel's documentation of NPER",
    params=Params,
    arrays=annuity_arrays,
    formula=formula,
    check=check,
    finds=Finds.YEARS,
    listed=Topic.TIME,
)
