"""Tax amortisation benefit (税收摊销收益): what the buyer's deductions are worth.

The buyer deducts the price over the tax life of its country, so the price holds the
tax saved on itself: V = PV + V × (τ / n) × Σ d, whose exact solution is the factor
1 / (1 − (τ / n) × Σ d). Where the years' deductions are not level, their shares of the
price stand for 1 / n. The tax life is the law's, not the economic life; the rate is the
asset's own, nominal, for deductions are nominal.

Source: identity V = PV + PV of the tax saved on V; tax lives are data of each country.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.running import product_before
from valuer.core.slots import total
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


class TaxSavedAt(StrEnum):
    """When in each tax year the tax is saved."""

    MID = "mid"
    END = "end"


class WriteOff(StrEnum):
    """How the price is deducted over the tax years."""

    STRAIGHT_LINE = "straight_line"
    DECLINING_BALANCE = "declining_balance"
    TABLE = "table"


TAX_YEARS = "tax_years"
"""Along the years of the tax life, from the valuation date."""

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


def level_factor(rate: Floats, years: Floats) -> Floats:
    """Return what 1 at the end of each year is worth; years may be broken."""
    # Without interest, each year counts in full.
    safe = np.where(rate == 0, 1.0, rate)
    return np.where(rate == 0, years, -np.expm1(-years * np.log1p(rate)) / safe)


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
    level = level_factor(rate, life)
    formula = f"(1 − (1 + {symbol})^(−n)) / {symbol}" if np.all(rate != 0) else "n"
    if given["tax_saved_mid"]:
        level = level * (1 + rate) ** 0.5
        formula = f"{formula} × (1 + {symbol})^0.5"
    text = N_("Sum of the discount factors of the tax years")
    total = add(text, "D", formula, level, Unit.FACTOR)
    text = N_("Factor of the tax amortisation benefit")
    factor = _grossed_up(tax / life * total)
    return add(text, "T", "1 / (1 − u / n × D)", factor, Unit.FACTOR)


def benefit_factor_by_year(
    working: Silent,
    rate: Floats,
    symbol: str,
    given: Mapping[str, Any],
) -> Floats:
    """Return the factor of the benefit for any write-off, ``T``; each year shown.

    ``rate`` is () or (…, 1); ``given`` has ``write_off``, ``tax_years`` (1, 2, … to the
    last year), ``amortisation_tax_rate``, ``tax_saved_mid`` and what the write-off
    needs: ``tax_life``, ``declining_rate`` or ``yearly_shares``.
    """
    add = working.add
    text = N_("Income tax rate of the buyer")
    tax = add(text, "u", "", given["amortisation_tax_rate"], Unit.RATE)
    year = add(N_("Tax year"), "k", "", given["tax_years"], Unit.NUMBER, TAX_YEARS)
    share, by = _yearly_share(working, year, given)
    time, how = year, f"(1 + {symbol})^(−k)"
    if given["tax_saved_mid"]:
        time, how = year - 0.5, f"(1 + {symbol})^(0.5 − k)"
    text = N_("Discount factor of the tax year")
    factor = add(text, "v", how, (1 + rate) ** -time, Unit.FACTOR, TAX_YEARS)
    text = N_("Present value of the deductions, per unit of the price")
    worth = add(text, "D", f"Σ v {by}", total(factor * share), Unit.FACTOR)
    text = N_("Factor of the tax amortisation benefit")
    return add(text, "T", "1 / (1 − u × D)", _grossed_up(tax * worth), Unit.FACTOR)


def _grossed_up(saved: Floats) -> Floats:
    """Return the factor for a share of the price that comes back as tax saved."""
    # What comes back whole has no price; rounding must not make a great one of it.
    return np.where(saved < 1 - _WHOLE, 1 / (1 - saved), np.inf)


_WHOLE = 1e-12


def _yearly_share(
    working: Silent, year: Floats, given: Mapping[str, Any]
) -> tuple[Floats, str]:
    """Return each year's share of the price, and how formulas apply it."""
    add = working.add
    if given["write_off"] is WriteOff.TABLE:
        text = N_("Share of the price deducted in the year")
        share = given["yearly_shares"]
        return add(text, "h", "", share, Unit.RATE, TAX_YEARS), "× h"
    life = add(N_("Tax life, years"), "n", "", given["tax_life"], Unit.YEARS)
    if given["write_off"] is WriteOff.STRAIGHT_LINE:
        return 1 / life, "/ n"
    text = N_("Rate of the declining balance")
    rate = add(text, "ρ", "", given["declining_rate"], Unit.RATE)
    text = N_("Rate on what is left, straight line once that is more")
    formula, left = "max(ρ; 1 / (n − k + 1))", np.maximum(rate, 1 / (life - year + 1))
    left = add(text, "j", formula, left, Unit.RATE, TAX_YEARS)
    text = N_("Share of the price deducted in the year")
    share = product_before(1 - left) * left
    formula = "(Πₜ₋₁ (1 − j)) × j"
    return add(text, "h", formula, share, Unit.RATE, TAX_YEARS), "× h"
