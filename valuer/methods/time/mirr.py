"""Modified internal rate of return (修正内部收益率, MIRR).

What goes out is financed at one rate, what comes in is invested again at another; the
rate between both ends is one alone, however often the flows change sign.

Source: (FV of inflows / PV of outflows)^(1/(n − 1)) − 1; Excel's documentation of MIRR.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.flow_series import CASHFLOWS, CURRENCY, RATE, whole_factors
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, MoneySeries, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the modified internal rate of return."""

    cashflows: MoneySeries = param(**CASHFLOWS)
    finance_rate: Rate = param(**RATE | {"label": N_("Finance rate"), "symbol": "r_f"})
    reinvest_rate: Rate = param(
        **RATE | {"label": N_("Reinvestment rate"), "symbol": "r_i"}
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Modified rate; flows (…, periods), rates () or (…, 1)."""
    add, flows = working.add, given["cashflows"]
    add(N_("Cash flow"), "C", "", flows, Unit.MONEY)
    time = np.arange(flows.shape[-1], dtype=np.float64)
    add(N_("Time of the flow, in periods"), "t", "", time, Unit.NUMBER)
    finance = add(N_("Finance rate"), "r_f", "", given["finance_rate"], Unit.RATE)
    text = N_("Reinvestment rate")
    reinvest = add(text, "r_i", "", given["reinvest_rate"], Unit.RATE)
    last = add(N_("Last period"), "n", "", np.asarray(time[-1]), Unit.NUMBER)
    parts = np.maximum(-flows, 0) * whole_factors(finance, time)
    text, formula = N_("Outflow discounted"), "max(−C; 0) × (1 + r_f)^(−t)"
    parts = add(text, "O", formula, parts, Unit.MONEY)
    grown = np.maximum(flows, 0) * (1 + reinvest) ** (last - time)
    text, formula = N_("Inflow invested to the end"), "max(C; 0) × (1 + r_i)^(n − t)"
    grown = add(text, "I", formula, grown, Unit.MONEY)
    paid, gained = parts.sum(axis=-1), grown.sum(axis=-1)
    add(N_("Outflows at the beginning"), "B", "Σ O", paid, Unit.MONEY)
    add(N_("Inflows at the end"), "F", "Σ I", gained, Unit.MONEY)
    rate = (gained / paid) ** (1 / by_scenario(last)) - 1
    text = N_("Modified internal rate of return")
    return add(text, "V", "(F / B)^(1 / n) − 1", rate, Unit.RATE)


def check(params: Any) -> tuple[Issue, ...]:
    """Return an error where nothing goes out or nothing comes in."""
    return tuple(_errors(centred(params).cashflows))


def _errors(flows: tuple[float, ...]) -> Iterator[Issue]:
    if not any(flow < 0 for flow in flows) or not any(flow > 0 for flow in flows):
        text = N_(
            "A modified rate needs flows out and flows in; give at least one negative"
            " and one positive flow."
        )
        yield Issue(Severity.ERROR, message(text), "cashflows")


METHOD = Method(
    key="mirr",
    version=1,
    approach=None,
    title=N_("Modified internal rate of return"),
    idea=N_("One rate between what is financed and what is invested again."),
    source="Excel's documentation of MIRR",
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    finds=Finds.RATE,
    listed=Topic.TIME,
)
