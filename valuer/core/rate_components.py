"""The parts of a discount rate that have a source of their own.

In a module by itself: a library's settings name them, and the window reads settings
before it needs numbers.
"""

from __future__ import annotations

from enum import StrEnum

from valuer.core.texts import N_


class Component(StrEnum):
    """A part of a rate that has a source of its own."""

    RISK_FREE = "risk_free"
    BETA = "beta"
    EQUITY_PREMIUM = "equity_premium"
    SIZE = "size"
    COUNTRY_RISK = "country_risk"
    SPECIFIC = "specific"
    COST_OF_EQUITY = "cost_of_equity"
    COST_OF_DEBT = "cost_of_debt"
    STRUCTURE = "capital_structure"
    TAX = "tax_rate"
    WACC = "wacc"
    ASSETS = "asset_rates"
    FLOWS = "flows"
    SPREAD = "default_spread"
    VOLATILITY = "relative_volatility"
    RISK_SCORES = "risk_scores"
    OTHER = "other"


COMPONENT_NAMES = (
    (Component.RISK_FREE.value, N_("Risk-free rate")),
    (Component.BETA.value, N_("Beta")),
    (Component.EQUITY_PREMIUM.value, N_("Equity risk premium")),
    (Component.SIZE.value, N_("Size premium")),
    (Component.COUNTRY_RISK.value, N_("Country risk premium")),
    (Component.SPECIFIC.value, N_("Specific risk premium")),
    (Component.COST_OF_EQUITY.value, N_("Cost of equity")),
    (Component.COST_OF_DEBT.value, N_("Cost of debt")),
    (Component.STRUCTURE.value, N_("Capital structure")),
    (Component.TAX.value, N_("Income tax rate")),
    (Component.WACC.value, N_("WACC")),
    (Component.ASSETS.value, N_("Rates of the assets")),
    (Component.FLOWS.value, N_("Cash flows")),
    (Component.SPREAD.value, N_("Default spread")),
    (Component.VOLATILITY.value, N_("Relative volatility")),
    (Component.RISK_SCORES.value, N_("Risk scores")),
    (Component.OTHER.value, N_("Other")),
)
