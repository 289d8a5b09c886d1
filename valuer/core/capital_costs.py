"""Cost of equity by the capital asset pricing model (CAPM, 资本资产定价模型).

Beta is taken as it is, or levered anew for the capital structure wanted; to the
risk-free rate and the premium for market risk come those stated for size, country and
the subject itself. Several methods reckon so; it stands here once.

Source: Sharpe 1964; Hamada 1972, β_L = β_U(1 + (1 − τ)D/E); Harris & Pringle 1985,
β_L = β_U + (β_U − β_D)D/E; Damodaran, country exposure λ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from valuer.core.distributions import Floats
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import Component
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class Relevering(StrEnum):
    """How debt moves beta (加杠杆、去杠杆)."""

    NONE = "none"
    HAMADA = "hamada"
    HARRIS_PRINGLE = "harris_pringle"


class DebtBasis(StrEnum):
    """Whether a cost of debt is stated before or after the tax it saves."""

    PRE_TAX = "pre_tax"
    AFTER_TAX = "after_tax"


class MeantFor(StrEnum):
    """Whose flows the rate is to discount."""

    PATENT = "patent"
    ENTERPRISE = "enterprise"


# What the methods declare with param(**…).

RISK_FREE_RATE: Any = {
    "label": N_("Risk-free rate"),
    "symbol": "r_f",
    "low": -0.05,
    "high": 1,
    "help": N_("Yield of a government bond of a term like the flows', on the day."),
}
BETA: Any = {
    "label": N_("Beta"),
    "symbol": "β",
    "low": -5,
    "high": 10,
    "help": N_("Levered where it is taken as it is, else unlevered."),
}
RELEVERING: Any = {
    "label": N_("Levering of beta"),
    "default": Relevering.NONE,
    "choice_labels": (
        (Relevering.NONE.value, N_("None: beta is levered already")),
        (Relevering.HAMADA.value, N_("Hamada: debt constant, tax counts")),
        (Relevering.HARRIS_PRINGLE.value, N_("Harris–Pringle: debt share constant")),
    ),
    "help": N_("Must be the same as that by which the beta was unlevered."),
}
DEBT_BETA: Any = {
    "label": N_("Beta of debt"),
    "default": None,
    "symbol": "β_D",
    "low": -5,
    "high": 10,
    "quiet": True,
    "help": N_("With Harris–Pringle alone; left out, it is nought."),
}
EQUITY_PREMIUM: Any = {
    "label": N_("Equity risk premium"),
    "symbol": "ERP",
    "low": 0,
    "high": 1,
    "above": True,
    "help": N_("What the market as a whole earns above the risk-free rate."),
}
SIZE_PREMIUM: Any = {
    "label": N_("Size premium"),
    "default": None,
    "symbol": "s",
    "low": -0.2,
    "high": 1,
    "help": N_("Left out where none is added."),
}
COUNTRY_PREMIUM: Any = {
    "label": N_("Country risk premium"),
    "default": None,
    "symbol": "CRP",
    "low": 0,
    "high": 1,
    "help": N_("Never where the flows bear the country's risk already."),
}
COUNTRY_EXPOSURE: Any = {
    "label": N_("Exposure to the country's risk"),
    "default": 1.0,
    "symbol": "λ",
    "low": 0,
    "high": 10,
    "quiet": True,
    "help": N_("1 for a business as exposed as the country's average one."),
}
SPECIFIC_PREMIUM: Any = {
    "label": N_("Specific risk premium"),
    "default": None,
    "symbol": "α",
    "low": -0.2,
    "high": 1,
    "help": N_("Of the subject alone; never for a risk that the flows bear already."),
}
DEBT_SHARE: Any = {
    "label": N_("Target share of debt"),
    "symbol": "w_d",
    "low": 0,
    "high": 0.99,
    "help": N_("Debt over debt and equity at market values, as it is to be kept."),
}
COST_OF_DEBT: Any = {
    "label": N_("Cost of debt"),
    "symbol": "k_d",
    "low": 0,
    "high": 1,
    "help": N_("What lenders ask on the day, a year."),
}
DEBT_BASIS: Any = {
    "label": N_("Cost of debt is"),
    "default": DebtBasis.PRE_TAX,
    "choice_labels": (
        (DebtBasis.PRE_TAX.value, N_("Before tax")),
        (DebtBasis.AFTER_TAX.value, N_("After tax")),
    ),
    "help": N_("Interest saves tax; the cost that is weighed is after tax."),
}
RATE_TAX: Any = {
    "label": N_("Income tax rate"),
    "symbol": "τ",
    "low": 0,
    "high": 0.99,
    "help": N_("Of the enterprise that bears the debt."),
}
MEANT_FOR: Any = {
    "label": N_("Meant for"),
    "default": MeantFor.PATENT,
    "choice_labels": (
        (MeantFor.PATENT.value, N_("The flows of a patent")),
        (MeantFor.ENTERPRISE.value, N_("The flows of an enterprise")),
    ),
    "help": N_("A patent alone bears more risk than the enterprise as a whole."),
}

PREMIUMS = {
    "size_premium": Component.SIZE,
    "country_premium": Component.COUNTRY_RISK,
    "specific_premium": Component.SPECIFIC,
}
"""What may be added, and whose source it needs."""


def levered(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return the beta to be used, ``β``.

    ``L`` (debt over equity) and, with Hamada, ``τ`` must be in the working by then,
    and ``given["leverage"]`` and ``given["tax_rate"]`` their numbers. Where the beta
    given follows from other steps, ``given["beta_formula"]`` says how.
    """
    add, beta = working.add, given["beta"]
    how, found_by = given["relevering"], given.get("beta_formula", "")
    if how is Relevering.NONE:
        return add(N_("Beta, levered"), "β", found_by, beta, Unit.NUMBER)
    add(N_("Beta, unlevered"), "β_U", found_by, beta, Unit.NUMBER)
    leverage = given["leverage"]
    if how is Relevering.HAMADA:
        text, formula = N_("Beta, levered by Hamada"), "β_U × (1 + (1 − τ) × L)"
        found = beta * (1 + (1 - given["tax_rate"]) * leverage)
        return add(text, "β", formula, found, Unit.NUMBER)
    text = N_("Beta, levered by Harris–Pringle")
    if "debt_beta" not in given:
        return add(text, "β", "β_U × (1 + L)", beta * (1 + leverage), Unit.NUMBER)
    debt = add(N_("Beta of debt"), "β_D", "", given["debt_beta"], Unit.NUMBER)
    found = beta + (beta - debt) * leverage
    return add(text, "β", "β_U + (β_U − β_D) × L", found, Unit.NUMBER)


def equity_cost(working: Silent, beta: Floats, given: Mapping[str, Any]) -> Floats:
    """Return the cost of equity, ``k_e``; ``β`` is in the working by then."""
    add = working.add
    free = add(N_("Risk-free rate"), "r_f", "", given["risk_free_rate"], Unit.RATE)
    text = N_("Equity risk premium")
    market = add(text, "ERP", "", given["equity_premium"], Unit.RATE)
    cost, formula = free + beta * market, "r_f + β × ERP"
    if "size_premium" in given:
        size = add(N_("Size premium"), "s", "", given["size_premium"], Unit.RATE)
        cost, formula = cost + size, f"{formula} + s"
    if "country_premium" in given:
        text = N_("Country risk premium")
        country = add(text, "CRP", "", given["country_premium"], Unit.RATE)
        text = N_("Exposure to the country's risk")
        exposure = add(text, "λ", "", given["country_exposure"], Unit.NUMBER)
        cost, formula = cost + exposure * country, f"{formula} + λ × CRP"
    if "specific_premium" in given:
        text = N_("Specific risk premium")
        specific = add(text, "α", "", given["specific_premium"], Unit.RATE)
        cost, formula = cost + specific, f"{formula} + α"
    return add(N_("Cost of equity"), "k_e", formula, cost, Unit.RATE)


def weighted(working: Silent, equity: Floats, given: Mapping[str, Any]) -> Floats:
    """Return the weighted average cost of capital, ``WACC``.

    ``k_e``, ``w_e``, ``w_d`` and ``τ`` are in the working by then.
    """
    add = working.add
    debt = given["cost_of_debt"]
    if given["is_debt_after_tax"]:
        after = add(N_("Cost of debt after tax"), "k_t", "", debt, Unit.RATE)
    else:
        add(N_("Cost of debt"), "k_d", "", debt, Unit.RATE)
        text, after = N_("Cost of debt after tax"), debt * (1 - given["tax_rate"])
        add(text, "k_t", "k_d × (1 − τ)", after, Unit.RATE)
    share = given["debt_share"]
    cost = (1 - share) * equity + share * after
    text = N_("Weighted average cost of capital")
    return add(text, "WACC", "w_e × k_e + w_d × k_t", cost, Unit.RATE)


def capm_components(params: Any) -> tuple[Component, ...]:
    """Return the components whose sources the cost of equity needs."""
    stated = (
        component
        for name, component in PREMIUMS.items()
        if getattr(params, name) is not None
    )
    always = (Component.RISK_FREE, Component.BETA, Component.EQUITY_PREMIUM)
    return (*always, *stated)


def abroad(params: Any) -> tuple[Component, ...]:
    """Return what may be of another country: a premium that the country's adds to."""
    is_added = getattr(params, "country_premium", None) is not None
    return (Component.EQUITY_PREMIUM,) if is_added else ()


def beta_errors(params: Any, leverage: Any) -> Iterator[Issue]:
    """Yield what levering lacks: debt over equity, and Hamada the tax rate."""
    how = params.relevering
    if how is Relevering.NONE:
        return
    if leverage is None:
        text = N_("To lever beta anew, state debt over equity.")
        yield Issue(Severity.ERROR, message(text), "debt_to_equity")
    if how is Relevering.HAMADA and params.tax_rate is None:
        text = N_("Hamada's levering needs the income tax rate; state it.")
        yield Issue(Severity.ERROR, message(text), "tax_rate")
    if how is Relevering.HAMADA and params.debt_beta is not None:
        text = N_("A beta of debt goes with Harris–Pringle alone; leave it out.")
        yield Issue(Severity.ERROR, message(text), "debt_beta")


def not_above_nought(where: str, rate: float) -> Iterator[Issue]:
    """Yield an error where a rate found is nought or less."""
    if not rate > 0:
        text = N_("The rate found is {rate} %; a discount rate is above nought.")
        words = message(text, rate=f"{100 * rate:.6g}")
        yield Issue(Severity.ERROR, words, where)


def unadjusted() -> Issue:
    """Return the warning that an enterprise's rate is taken for a patent as it is."""
    text = N_(
        "This is the cost of capital of an enterprise, taken for a patent without"
        " adjustment; a patent alone bears more risk. State what is added, or find the"
        " rate of the technology from the returns of all assets (WARA)."
    )
    return Issue(Severity.WARNING, message(text), "meant_for")
