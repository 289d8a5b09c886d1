"""What the rate from comparable listed companies is found from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.capital_costs import (
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
)
from valuer.core.listed_companies import Company
from valuer.core.params import Number, Rate, param
from valuer.core.rate_facts import RateFacts
from valuer.core.texts import N_


class Middle(StrEnum):
    """How the companies are brought to one figure."""

    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Params(RateFacts):
    """Inputs of the rate from comparable listed companies."""

    companies: tuple[Company, ...] = param(
        N_("Comparable listed companies"),
        by_row=True,
        help=N_("All in one currency and unit, on the valuation date."),
    )
    middle: Middle = param(
        N_("Brought to one figure by"),
        Middle.MEAN,
        choice_labels=(
            (Middle.MEAN.value, N_("The mean")),
            (Middle.MEDIAN.value, N_("The median")),
        ),
        help=N_("Of unlevered betas, shares of debt and structures of assets."),
    )
    relevering: Relevering = param(
        **RELEVERING
        | {
            "default": Relevering.HAMADA,
            "help": N_("By which betas are freed of debt and levered anew."),
        }
    )
    debt_beta: Number | None = param(**DEBT_BETA)
    debt_share: Rate | None = param(
        **DEBT_SHARE
        | {
            "default": None,
            "help": N_("Left out, that of the companies; by their market values."),
        }
    )
    tax_rate: Rate = param(**RATE_TAX | {"help": N_("Of the subject's enterprise.")})
    risk_free_rate: Rate = param(**RISK_FREE_RATE)
    equity_premium: Rate = param(**EQUITY_PREMIUM)
    size_premium: Rate | None = param(**SIZE_PREMIUM)
    country_premium: Rate | None = param(**COUNTRY_PREMIUM)
    country_exposure: Number = param(**COUNTRY_EXPOSURE)
    specific_premium: Rate | None = param(**SPECIFIC_PREMIUM)
    cost_of_debt: Rate = param(**COST_OF_DEBT)
    debt_basis: DebtBasis = param(**DEBT_BASIS)
    working_share: Rate | None = param(
        N_("Share of working capital"),
        None,
        symbol="w_c",
        low=0,
        high=0.99,
        help=N_("Of the capital; left out, that of the companies where they state it."),
    )
    fixed_share: Rate | None = param(
        N_("Share of fixed assets"),
        None,
        symbol="w_f",
        low=0,
        high=0.99,
        help=N_("Of the capital; left out, that of the companies where they state it."),
    )
    working_rate: Rate | None = param(
        N_("Return on working capital"),
        None,
        symbol="r_c",
        low=0,
        high=1,
        help=N_("After tax, as of loans for a year. Stated where the rate is sought."),
    )
    fixed_rate: Rate | None = param(
        N_("Return on fixed assets"),
        None,
        symbol="r_a",
        low=0,
        high=1,
        help=N_("After tax, as of loans for five years and more."),
    )
    meant_for: MeantFor = param(**MEANT_FOR)


ASSET_NEEDS = ("working_rate", "fixed_rate")
"""What the technology's rate needs beside the shares of the other assets."""

ASSET_SHARES = (
    ("working_share", "working_capital"),
    ("fixed_share", "fixed_assets"),
)
"""Each share with the companies' column from which it follows where left out."""


def seeks_technology(params: Any) -> bool:
    """Whether any figure for the technology's rate is stated."""
    names = (*ASSET_NEEDS, *(name for name, _ in ASSET_SHARES))
    return any(getattr(params, name) is not None for name in names)
