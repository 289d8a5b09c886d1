"""The valuation methods. To add one: write its module, add its line here."""

from __future__ import annotations

from valuer.core.registry import registry
from valuer.methods.cost import (
    minimum_licence_fee,
    multiplier_cost,
    replacement_cost,
    reproduction_cost,
)
from valuer.methods.income import (
    decision_tree,
    excess_earnings,
    income_share,
    incremental_income,
    licence_terms,
    profit_split,
    relief_from_royalty,
    rnpv,
    running_royalty,
    single_period_excess_earnings,
    tax_amortisation_benefit,
    with_and_without,
)
from valuer.methods.market import comparable_transactions
from valuer.methods.options import (
    american_option,
    european_option,
    patent_option,
)
from valuer.methods.rates import (
    build_up,
    capm,
    country_risk,
    listed_companies_rate,
    pre_tax_rate,
    rate_bridge,
    wacc,
    wara,
)
from valuer.methods.shares import (
    adjusted_share_rate,
    analytical_royalty,
    equivalent_investment,
    factor_contribution,
    listed_company_share,
    lslp,
    marginal_analysis,
    patent_score,
    revenue_coverage,
    royalty_comparables,
)

METHODS = registry(
    relief_from_royalty.METHOD,
    income_share.METHOD,
    profit_split.METHOD,
    licence_terms.METHOD,
    running_royalty.METHOD,
    revenue_coverage.METHOD,
    incremental_income.METHOD,
    with_and_without.METHOD,
    excess_earnings.METHOD,
    single_period_excess_earnings.METHOD,
    rnpv.METHOD,
    decision_tree.METHOD,
    tax_amortisation_benefit.METHOD,
    replacement_cost.METHOD,
    reproduction_cost.METHOD,
    multiplier_cost.METHOD,
    minimum_licence_fee.METHOD,
    comparable_transactions.METHOD,
    patent_option.METHOD,
    european_option.METHOD,
    american_option.METHOD,
    adjusted_share_rate.METHOD,
    lslp.METHOD,
    equivalent_investment.METHOD,
    marginal_analysis.METHOD,
    factor_contribution.METHOD,
    analytical_royalty.METHOD,
    listed_company_share.METHOD,
    royalty_comparables.METHOD,
    patent_score.METHOD,
    build_up.METHOD,
    capm.METHOD,
    wacc.METHOD,
    wara.METHOD,
    rate_bridge.METHOD,
    pre_tax_rate.METHOD,
    country_risk.METHOD,
    listed_companies_rate.METHOD,
)
