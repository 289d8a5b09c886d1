"""Rate from comparable listed companies (可比上市公司法折现率).

Betas of listed companies are freed of their debt, averaged, and levered anew for the
target structure; CAPM and WACC follow. What an enterprise's capital costs is what its
working capital, fixed assets and technology return together, so that the technology's
rate is what remains for its share of the capital.

Source: Hamada 1972; Harris & Pringle 1985; r_i = (WACC − w_c·r_c − w_f·r_f) / w_i, the
Chinese working of the return on intangible assets.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from valuer.core.capital_costs import (
    DebtBasis,
    Relevering,
    equity_cost,
    levered,
    not_above_nought,
    weighted,
)
from valuer.core.distributions import Floats
from valuer.core.listed_companies import COMPANIES
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import rate_outputs
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit
from valuer.methods.rates.listed_companies_rate.checks import company_issues
from valuer.methods.rates.listed_companies_rate.inputs import (
    ASSET_SHARES,
    Middle,
    Params,
    seeks_technology,
)


def formula(working: Silent, **given: Any) -> Floats:
    """Rate of the technology, or else of the enterprise; an annual fraction.

    Columns of companies are (…, companies), other numbers () or (…, 1).
    """
    add = working.add
    count = np.asarray(float(given["companies_beta"].shape[-1]))
    add(N_("Number of companies"), "n", "", count, Unit.NUMBER)
    beta = _freed(working, given)
    share = _debt_share(working, given)
    tax = add(N_("Income tax rate"), "τ", "", given["tax_rate"], Unit.RATE)
    equity = add(N_("Target share of equity"), "w_e", "1 − w_d", 1 - share, Unit.RATE)
    leverage = share / equity
    add(N_("Debt over equity"), "L", "w_d / w_e", leverage, Unit.NUMBER)
    symbol = "β_L" if given["relevering"] is Relevering.NONE else "u"
    known = {
        "beta": beta,
        "beta_formula": _middle_formula(symbol, given),
        "leverage": leverage,
        "debt_share": share,
        "tax_rate": tax,
    }
    cost = equity_cost(working, levered(working, given | known), given)
    found = weighted(working, cost, given | known)
    if given["seeks_technology"]:
        found = _technology(working, found, given)
    return by_scenario(found)


def _freed(working: Silent, given: dict[str, Any]) -> Floats:
    """Return the beta of all companies, free of debt where it is levered anew."""
    add, how = working.add, given["relevering"]
    equity, debt = given["companies_market_cap"], given["companies_debt"]
    add(N_("Market capitalisation"), "E", "", equity, Unit.MONEY, COMPANIES)
    add(N_("Debt"), "D", "", debt, Unit.MONEY, COMPANIES)
    beta = given["companies_beta"]
    add(N_("Beta, levered"), "β_L", "", beta, Unit.NUMBER, COMPANIES)
    if how is Relevering.NONE:
        return middle(beta, given)
    leverage, text = debt / equity, N_("Debt over equity of the company")
    add(text, "Q", "D / E", leverage, Unit.NUMBER, COMPANIES)
    if how is Relevering.HAMADA:
        tax, text = given["companies_tax_rate"], N_("Income tax rate of the company")
        add(text, "τ_i", "", tax, Unit.RATE, COMPANIES)
        freed, formula = beta / (1 + (1 - tax) * leverage), "β_L / (1 + (1 − τ_i) × Q)"
    else:
        owed = given.get("debt_beta", np.zeros(()))
        add(N_("Beta of debt"), "β_d", "", owed, Unit.NUMBER)
        freed = (beta + owed * leverage) / (1 + leverage)
        formula = "(β_L + β_d × Q) / (1 + Q)"
    text = N_("Beta of the company, unlevered")
    return middle(add(text, "u", formula, freed, Unit.NUMBER, COMPANIES), given)


def _debt_share(working: Silent, given: dict[str, Any]) -> Floats:
    add, text = working.add, N_("Target share of debt")
    if "debt_share" in given:
        return add(text, "w_d", "", given["debt_share"], Unit.RATE)
    equity, debt = given["companies_market_cap"], given["companies_debt"]
    label, shares = N_("Share of debt of the company"), debt / (debt + equity)
    add(label, "z", "D / (D + E)", shares, Unit.RATE, COMPANIES)
    found = middle(shares, given)
    return add(text, "w_d", _middle_formula("z", given), found, Unit.RATE)


def _technology(working: Silent, cost: Floats, given: dict[str, Any]) -> Floats:
    """Return what remains for the technology, ``r_i``."""
    add = working.add
    text = N_("Share of working capital")
    current = _asset_share(working, text, ("w_c", "W", "x"), "working", given)
    text = N_("Share of fixed assets")
    fixed = _asset_share(working, text, ("w_f", "F", "y"), "fixed", given)
    text, share = N_("Share of the technology"), 1 - current - fixed
    add(text, "w_i", "1 − w_c − w_f", share, Unit.RATE)
    text = N_("Return on working capital")
    low = add(text, "r_c", "", given["working_rate"], Unit.RATE)
    text = N_("Return on fixed assets")
    middling = add(text, "r_a", "", given["fixed_rate"], Unit.RATE)
    text = N_("Rate of the technology")
    rate = (cost - current * low - fixed * middling) / share
    formula = "(WACC − w_c × r_c − w_f × r_a) / w_i"
    return add(text, "r_i", formula, rate, Unit.RATE)


def _asset_share(
    working: Silent,
    text: str,
    symbols: tuple[str, str, str],
    kind: str,
    given: dict[str, Any],
) -> Floats:
    """Return the share of a kind of assets, stated or that of the companies."""
    add = working.add
    found, amount, part = symbols
    name, column = next(one for one in ASSET_SHARES if one[0].startswith(kind))
    if name in given:
        return add(text, found, "", given[name], Unit.RATE)
    assets = given[f"companies_{column}"]
    label = N_("Working capital") if kind == "working" else N_("Fixed assets")
    add(label, amount, "", assets, Unit.MONEY, COMPANIES)
    whole = given["companies_market_cap"] + given["companies_debt"]
    label = N_("Its share of the capital of the company")
    formula, shares = f"{amount} / (D + E)", assets / whole
    add(label, part, formula, shares, Unit.RATE, COMPANIES)
    share = middle(shares, given)
    return add(text, found, _middle_formula(part, given), share, Unit.RATE)


def middle(column: Floats, given: dict[str, Any]) -> Floats:
    """Return mean or median over companies, in the shape of what stands alone."""
    reckon = np.median if given["is_median"] else np.mean
    return np.asarray(reckon(column, axis=-1, keepdims=column.ndim > 1))


def _middle_formula(symbol: str, given: dict[str, Any]) -> str:
    return f"quartile({symbol}; 2)" if given["is_median"] else f"(Σ {symbol}) / n"


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; what is left out is absent."""
    return number_arrays(params) | {
        "relevering": params.relevering,
        "is_debt_after_tax": params.debt_basis is DebtBasis.AFTER_TAX,
        "is_median": params.middle is Middle.MEDIAN,
        "seeks_technology": seeks_technology(params),
    }


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit; warnings only where nothing is wrong."""
    issues = company_issues(params)
    if any(one.severity is Severity.ERROR for one in issues):
        return issues
    found = float(METHOD.values(arrays(centred(params))))
    return tuple(not_above_nought(COMPANIES, found)) or issues


def outputs(params: Any) -> dict[str, Any]:
    """Return the facts of the rate and what the companies are called."""
    names = {COMPANIES: [one.name for one in params.companies]}
    return rate_outputs(params) | {"axes": names}


METHOD = Method(
    key="listed_companies_rate",
    version=1,
    approach=None,
    title=N_("Rate from comparable listed companies"),
    idea=N_(
        "Betas of listed companies, levered for the target structure, give the cost of"
        " capital; the technology returns what working capital and fixed assets leave."
    ),
    source="Hamada 1972; Harris & Pringle 1985; r_i = (WACC − w_c·r_c − w_f·r_f) / w_i",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(
        ("unlevered_betas", "u"),
        ("unlevered_beta", "β_U"),
        ("debt_share", "w_d"),
        ("levered_beta", "β"),
        ("cost_of_equity", "k_e"),
        ("wacc", "WACC"),
        ("technology_share", "w_i"),
        ("technology_rate", "r_i"),
    ),
)
