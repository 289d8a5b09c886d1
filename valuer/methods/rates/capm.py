"""Capital asset pricing model (CAPM, 资本资产定价模型).

Owners of equity ask for the risk-free rate and, times beta, for the premium that the
whole market earns above it; premiums for size, country and the subject come on top
where their grounds are stated. Beta is levered for the capital structure wanted, by
Hamada or by Harris and Pringle.

Source: Sharpe 1964, k_e = r_f + β·ERP; Hamada 1972; Harris & Pringle 1985;
Damodaran, country exposure λ·CRP.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.capital_costs import (
    BETA,
    COUNTRY_EXPOSURE,
    COUNTRY_PREMIUM,
    DEBT_BETA,
    EQUITY_PREMIUM,
    RATE_TAX,
    RELEVERING,
    RISK_FREE_RATE,
    SIZE_PREMIUM,
    SPECIFIC_PREMIUM,
    Relevering,
    abroad,
    beta_errors,
    capm_components,
    equity_cost,
    levered,
    not_above_nought,
)
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Number, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import RateFacts, rate_errors, rate_outputs, rate_warnings
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(RateFacts):
    """Inputs of the capital asset pricing model."""

    risk_free_rate: Rate = param(**RISK_FREE_RATE)
    beta: Number = param(**BETA)
    relevering: Relevering = param(**RELEVERING)
    debt_to_equity: Number | None = param(
        N_("Debt over equity"),
        None,
        symbol="L",
        low=0,
        high=100,
        help=N_("Of the target capital structure, at market values."),
    )
    tax_rate: Rate | None = param(**RATE_TAX | {"default": None})
    debt_beta: Number | None = param(**DEBT_BETA)
    equity_premium: Rate = param(**EQUITY_PREMIUM)
    size_premium: Rate | None = param(**SIZE_PREMIUM)
    country_premium: Rate | None = param(**COUNTRY_PREMIUM)
    country_exposure: Number = param(**COUNTRY_EXPOSURE)
    specific_premium: Rate | None = param(**SPECIFIC_PREMIUM)


def formula(working: Silent, **given: Any) -> Floats:
    """Cost of equity, an annual fraction; all numbers are () or (…, 1)."""
    add = working.add
    if given["relevering"] is not Relevering.NONE:
        given["leverage"] = given["debt_to_equity"]
        add(N_("Debt over equity"), "L", "", given["leverage"], Unit.NUMBER)
    if given["relevering"] is Relevering.HAMADA:
        add(N_("Income tax rate"), "τ", "", given["tax_rate"], Unit.RATE)
    return by_scenario(equity_cost(working, levered(working, given), given))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; premiums left out are absent."""
    return number_arrays(params) | {"relevering": params.relevering}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit the rate's country, currency and day, or is lacking."""
    errors = (
        *rate_errors(params, abroad(params)),
        *beta_errors(params, params.debt_to_equity),
    )
    if errors:
        return errors
    found = float(METHOD.values(arrays(centred(params))))
    errors = tuple(not_above_nought("equity_premium", found))
    used = capm_components(params)
    return errors or (*rate_warnings(params, used), *_idle(params))


def _idle(params: Any) -> Iterator[Issue]:
    if params.relevering is Relevering.NONE and params.debt_to_equity is not None:
        text = N_("Debt over equity is not used: beta is taken as levered already.")
        yield Issue(Severity.WARNING, message(text), "debt_to_equity")


METHOD = Method(
    key="capm",
    version=1,
    approach=None,
    title=N_("Capital asset pricing model"),
    idea=N_(
        "Equity costs the risk-free rate, the market's premium times beta, and what is"
        " added for size, country and the subject itself."
    ),
    source="Sharpe 1964; Hamada 1972; Harris & Pringle 1985",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=rate_outputs,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(("levered_beta", "β"), ("cost_of_equity", "k_e")),
)
