"""The valuation methods. To add one: write its module, add its line here."""

from __future__ import annotations

from valuer.core.registry import registry
from valuer.methods.cost import (
    minimum_licence_fee,
    multiplier_cost,
    replacement_cost,
)
from valuer.methods.income import income_share, profit_split, relief_from_royalty
from valuer.methods.market import comparable_transactions

METHODS = registry(
    relief_from_royalty.METHOD,
    income_share.METHOD,
    profit_split.METHOD,
    replacement_cost.METHOD,
    multiplier_cost.METHOD,
    minimum_licence_fee.METHOD,
    comparable_transactions.METHOD,
)
