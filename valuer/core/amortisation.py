"""Tax amortisation benefit (税收摊销收益): what the buyer's deductions are worth.

The buyer deducts the price over the tax life of its country, so the price holds the
tax saved on itself: V = PV + V × (τ / n) × Σ d, whose exact solution is the factor
1 / (1 − (τ / n) × Σ d). The tax life is the law's, not the economic life; the rate is
the asset's own, nominal, for deductions are nominal.

Source: identity V = PV + PV of the tax saved on V; tax lives are data of each country.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


class TaxSavedAt(StrEnum):
    """When in each tax year the tax is saved."""

    MID = "mid"
    END = "end"


TAX_LIFE: Any = {
    "label": N_("Tax life for amortisation"),
    "default": None,
    "symbol": "n",
    "low": 1,
    "high": 100,
    "is_base": True,
    "help": N_(
        "Years over which the buyer deducts the price, by the tax law of the buyer's"
        " country. Left out, no tax amortisation benefit is counted."
    ),
}
AMORTISATION_TAX_RATE: Any = {
    "label": N_("Income tax rate of the buyer"),
    "default": None,
    "symbol": "u",
    "low": 0,
    "high": 1,
    "help": N_("Rate at which the amortisation saves tax."),
}
TAX_SAVED_AT: Any = {
    "label": N_("Tax saved at"),
    "default": TaxSavedAt.END,
    "quiet": True,
    "choice_labels": (
        (TaxSavedAt.MID.value, N_("Middle of each tax year")),
        (TaxSavedAt.END.value, N_("End of each tax year")),
    ),
    "help": N_("Tax years are counted from the valuation date."),
}


def benefit_factor(
    working: Silent,
    rate: Floats,
    symbol: str,
    given: Mapping[str, Any],
) -> Floats:
    """Return the factor that turns a value without the benefit into one with it, ``T``.

    ``rate`` is the asset's nominal discount rate, () or (…, 1), called ``symbol`` in
    formulas; ``given`` has ``tax_life`` (whole years), ``amortisation_tax_rate`` and
    ``tax_saved_mid``.
    """
    add = working.add
    life = add(N_("Tax life, years"), "n", "", given["tax_life"], Unit.YEARS)
    text = N_("Income tax rate of the buyer")
    tax = add(text, "u", "", given["amortisation_tax_rate"], Unit.RATE)
    # Without interest, each year's deduction counts in full.
    safe = np.where(rate == 0, 1.0, rate)
    level = np.where(rate == 0, life, (1 - (1 + rate) ** -life) / safe)
    formula = f"(1 − (1 + {symbol})^(−n)) / {symbol}" if np.all(rate != 0) else "n"
    if given["tax_saved_mid"]:
        level = level * (1 + rate) ** 0.5
        formula = f"{formula} × (1 + {symbol})^0.5"
    text = N_("Sum of the discount factors of the tax years")
    total = add(text, "D", formula, level, Unit.FACTOR)
    text = N_("Factor of the tax amortisation benefit")
    factor = 1 / (1 - tax / life * total)
    return add(text, "T", "1 / (1 − u / n × D)", factor, Unit.FACTOR)
