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
    profit_split,
    relief_from_royalty,
    rnpv,
    single_period_excess_earnings,
    tax_amortisation_benefit,
    with_and_without,
)
from valuer.methods.market import comparable_transactions

METHODS = registry(
    relief_from_royalty.METHOD,
    income_share.METHOD,
    profit_split.METHOD,
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
)
