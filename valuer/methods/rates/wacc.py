"""Weighted average cost of capital (WACC, 加权平均资本成本).

Equity and debt each at their cost, weighed by the target capital structure at market
values; debt after tax, since its interest is deducted. Equity's cost is stated or
found by CAPM in the same working. It is an enterprise's rate: a patent alone bears
more risk, and what is added for that is stated.

Source: Modigliani & Miller 1963; Damodaran, wacc.xls (2026-01-05), E/V·k_e + D/V·k_d(1 − τ).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.capital_costs import (
    BETA,
    COST_OF_DEBT,
    COUNTRY_EXPOSURE,
    COUNTRY_PREMIUM,
    DEBT_BASIS,
    DEBT_BETA,
    DEBT_SHARE,
    EQUITY_PREMIUM,
    MEANT_FOR,
    RATE_TAX,
    RELEVERING,
    RISK_FREE_RATE,
    SIZE_PREMIUM,
    SPECIFIC_PREMIUM,
    DebtBasis,
    MeantFor,
    Relevering,
    abroad,
    beta_errors,
    capm_components,
    equity_cost,
    levered,
    not_above_nought,
    unadjusted,
    weighted,
)
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Number, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import (
    Component,
    RateFacts,
    rate_errors,
    rate_outputs,
    rate_warnings,
)
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(RateFacts):
    """Inputs of the weighted average cost of capital."""

    debt_share: Rate = param(**DEBT_SHARE)
    cost_of_equity: Rate | None = param(
        N_("Cost of equity"),
        None,
        symbol="k_e",
        low=0,
        high=2,
        above=True,
        help=N_("Left out where it is found from risk-free rate, beta and premiums."),
    )
    risk_free_rate: Rate | None = param(**RISK_FREE_RATE | {"default": None})
    beta: Number | None = param(**BETA | {"default": None})
    relevering: Relevering = param(**RELEVERING)
    debt_beta: Number | None = param(**DEBT_BETA)
    equity_premium: Rate | None = param(**EQUITY_PREMIUM | {"default": None})
    size_premium: Rate | None = param(**SIZE_PREMIUM)
    country_premium: Rate | None = param(**COUNTRY_PREMIUM)
    country_exposure: Number = param(**COUNTRY_EXPOSURE)
    specific_premium: Rate | None = param(**SPECIFIC_PREMIUM)
    cost_of_debt: Rate = param(**COST_OF_DEBT)
    debt_basis: DebtBasis = param(**DEBT_BASIS)
    tax_rate: Rate | None = param(**RATE_TAX | {"default": None})
    meant_for: MeantFor = param(**MEANT_FOR)
    patent_premium: Rate | None = param(
        N_("Premium of the patent over the enterprise"),
        None,
        symbol="p",
        low=-0.2,
        high=1,
        help=N_("Added to the enterprise's rate where it is meant for a patent."),
    )


CAPM_NEEDS = ("risk_free_rate", "beta", "equity_premium")
"""What the cost of equity is found from."""

CAPM_TAKES = (*CAPM_NEEDS, "size_premium", "country_premium", "specific_premium")
"""What goes with CAPM alone."""


def formula(working: Silent, **given: Any) -> Floats:
    """Cost of capital, an annual fraction; all numbers are () or (…, 1)."""
    add = working.add
    debt = add(N_("Target share of debt"), "w_d", "", given["debt_share"], Unit.RATE)
    equity = 1 - debt
    add(N_("Target share of equity"), "w_e", "1 − w_d", equity, Unit.RATE)
    if "tax_rate" in given:
        add(N_("Income tax rate"), "τ", "", given["tax_rate"], Unit.RATE)
    if "cost_of_equity" in given:
        text = N_("Cost of equity")
        cost = add(text, "k_e", "", given["cost_of_equity"], Unit.RATE)
    else:
        leverage = debt / equity
        if given["relevering"] is not Relevering.NONE:
            text = N_("Debt over equity")
            add(text, "L", "w_d / w_e", leverage, Unit.NUMBER)
        beta = levered(working, given | {"leverage": leverage})
        cost = equity_cost(working, beta, given)
    found = weighted(working, cost, given)
    if "patent_premium" in given:
        text = N_("Premium of the patent over the enterprise")
        premium = add(text, "p", "", given["patent_premium"], Unit.RATE)
        text, found = N_("Rate for the patent"), found + premium
        add(text, "r", "WACC + p", found, Unit.RATE)
    return by_scenario(found)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; what is left out is absent."""
    return number_arrays(params) | {
        "relevering": params.relevering,
        "is_debt_after_tax": params.debt_basis is DebtBasis.AFTER_TAX,
    }


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit the rate's country, currency and day, or is lacking."""
    errors = (*rate_errors(params, abroad(params)), *_lacking(params))
    if errors:
        return errors
    found = float(METHOD.values(arrays(centred(params))))
    errors = tuple(not_above_nought("cost_of_equity", found))
    return errors or (*rate_warnings(params, _components(params)), *_unfit(params))


def _lacking(params: Any) -> Iterator[Issue]:
    by_capm = params.cost_of_equity is None
    for name in CAPM_NEEDS:
        if by_capm and getattr(params, name) is None:
            text = N_(
                "State the cost of equity, or risk-free rate, beta and equity risk"
                " premium to find it from."
            )
            yield Issue(Severity.ERROR, message(text), name)
    for name in CAPM_TAKES:
        if not by_capm and getattr(params, name) is not None:
            text = N_(
                "The cost of equity is stated, and so are figures to find it from;"
                " leave out one or the other."
            )
            yield Issue(Severity.ERROR, message(text), name)
    if by_capm:
        yield from beta_errors(params, params.debt_share)
    if params.debt_basis is DebtBasis.PRE_TAX and params.tax_rate is None:
        text = N_("A cost of debt before tax needs the income tax rate; state it.")
        yield Issue(Severity.ERROR, message(text), "tax_rate")


def _unfit(params: Any) -> Iterator[Issue]:
    is_patent = params.meant_for is MeantFor.PATENT
    if is_patent and not params.patent_premium:
        yield unadjusted()
    if not is_patent and params.patent_premium is not None:
        text = N_("A premium of the patent is added to a rate for an enterprise.")
        yield Issue(Severity.WARNING, message(text), "patent_premium")


def _components(params: Any) -> tuple[Component, ...]:
    is_given = params.cost_of_equity is not None
    equity = (Component.COST_OF_EQUITY,) if is_given else capm_components(params)
    tax = () if params.tax_rate is None else (Component.TAX,)
    return (*equity, Component.COST_OF_DEBT, Component.STRUCTURE, *tax)


METHOD = Method(
    key="wacc",
    version=1,
    approach=None,
    title=N_("Weighted average cost of capital"),
    idea=N_(
        "Equity and debt after tax, each at its cost, weighed by the target capital"
        " structure; what a patent bears beyond the enterprise is added."
    ),
    source="Modigliani & Miller 1963; Damodaran, wacc.xls (2026-01-05)",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=rate_outputs,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(
        ("levered_beta", "β"),
        ("cost_of_equity", "k_e"),
        ("cost_of_debt_after_tax", "k_t"),
        ("wacc", "WACC"),
    ),
)
