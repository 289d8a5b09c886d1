"""Licensor's share of the licensee's profit (LSLP).

The licensor is paid a share S of what the licensee earns more by the technology. Per
unit of price that is S × (P1 − P0)/P1 where only the price changes; where the unit cost
changes too, S × the added profit of a unit over the new price; and where the share is
one of the whole profit, S × the profit margin. Each is a royalty rate on sales.

Source: K = S (P1 − P0)/P1, Chinese appraisal examination texts; K = LSLP × margin,
licensing practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.dated import CURRENCY, SHARE_DIGITS
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, Money, Number, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.share_evidence import (
    JURISDICTION,
    OTHER_EVIDENCE,
    SHARE_BASIS,
    SHARE_SOURCE,
    Jurisdiction,
    ShareBasis,
    licensor_share_issues,
)
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit


class ProfitBy(StrEnum):
    """What profit is shared."""

    PRICE = "price"
    UNIT_PROFIT = "unit_profit"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the licensor's share of profit."""

    licensor_share: Rate = param(
        N_("Licensor's share of the profit"),
        symbol="S",
        low=0,
        high=1,
        help=N_("Of the added profit or, with a margin, of the profit on sales."),
    )
    profit_by: ProfitBy = param(
        N_("Profit shared"),
        choice_labels=(
            (ProfitBy.PRICE.value, N_("Higher price, unit cost unchanged")),
            (ProfitBy.UNIT_PROFIT.value, N_("Added profit of a unit")),
            (ProfitBy.MARGIN.value, N_("Profit margin on sales")),
        ),
        help=N_("The rule of prices alone holds only while the unit cost is the same."),
    )
    price_before: Money | None = param(
        N_("Price without the technology"), None, symbol="P0", low=0
    )
    price_after: Money | None = param(
        N_("Price with the technology"), None, symbol="P1", low=0, above=True
    )
    cost_before: Money | None = param(
        N_("Unit cost without the technology"), None, symbol="C0", low=0
    )
    cost_after: Money | None = param(
        N_("Unit cost with the technology"), None, symbol="C1", low=0
    )
    profit_margin: Rate | None = param(
        N_("Profit margin"),
        None,
        symbol="μ",
        low=0,
        high=1,
        help=N_("Profit of the licensed product before tax, as a share of its sales."),
    )
    share_basis: ShareBasis = param(**SHARE_BASIS)
    share_source: Text = param(**SHARE_SOURCE)
    other_evidence: Text = param(**OTHER_EVIDENCE)
    jurisdiction: Jurisdiction = param(**JURISDICTION)
    share_digits: Number | None = param(**SHARE_DIGITS)
    currency: Currency = param(**CURRENCY)


NEEDED = {
    ProfitBy.PRICE: ("price_before", "price_after"),
    ProfitBy.UNIT_PROFIT: ("price_before", "price_after", "cost_before", "cost_after"),
    ProfitBy.MARGIN: ("profit_margin",),
}
"""The parameters that each way needs."""


def formula(working: Silent, **given: Any) -> Floats:
    """Royalty rate on sales; all numbers are () or (…, 1)."""
    add = working.add
    text = N_("Licensor's share of the profit")
    share = add(text, "S", "", given["licensor_share"], Unit.RATE)
    if given["profit_by"] is ProfitBy.MARGIN:
        margin = add(N_("Profit margin"), "μ", "", given["profit_margin"], Unit.RATE)
        rate, shown = share * margin, "S × μ"
    else:
        before = _price(working, "P0", given["price_before"])
        after = _price(working, "P1", given["price_after"])
        more, symbols = after - before, "P1 − P0"
        if given["profit_by"] is ProfitBy.UNIT_PROFIT:
            text = N_("Unit cost without the technology")
            cost = add(text, "C0", "", given["cost_before"], Unit.MONEY)
            text = N_("Unit cost with the technology")
            costs = add(text, "C1", "", given["cost_after"], Unit.MONEY)
            more, symbols = (after - costs) - (before - cost), "(P1 − C1) − (P0 − C0)"
        add(N_("Added profit of a unit"), "G", symbols, more, Unit.MONEY)
        rate, shown = share * more / after, "S × G / P1"
    text = N_("Royalty rate on sales")
    found = add(text, "K", shown, rate, Unit.RATE, rounded=Rounded.SHARE)
    return by_scenario(found)


def _price(working: Silent, symbol: str, price: Floats) -> Floats:
    text = N_("Price without the technology")
    if symbol == "P1":
        text = N_("Price with the technology")
    return working.add(text, symbol, "", price, Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return number_arrays(params) | {"profit_by": params.profit_by}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what is missing for the way chosen, and where nothing is to be shared."""
    missing = tuple(_missing(params))
    return missing or (*_profit_errors(params), *_doubts(params))


def _missing(params: Any) -> Iterator[Issue]:
    for name in NEEDED[params.profit_by]:
        if getattr(params, name) is None:
            text = N_("The profit chosen is reckoned from this; state it.")
            yield Issue(Severity.ERROR, message(text), name)


def _profit_errors(params: Any) -> Iterator[Issue]:
    centre = centred(params)
    if params.profit_by is ProfitBy.MARGIN:
        return
    more = centre.price_after - centre.price_before
    if params.profit_by is ProfitBy.UNIT_PROFIT:
        more -= centre.cost_after - centre.cost_before
    if more < 0:
        text = N_(
            "The technology lowers the profit of a unit by {amount}; there is nothing"
            " to share."
        )
        words = message(text, amount=f"{-more:.6g}")
        yield Issue(Severity.ERROR, words, "price_after")


def _doubts(params: Any) -> Iterator[Issue]:
    yield from licensor_share_issues(params, "licensor_share")
    costs = (params.cost_before, params.cost_after)
    is_changed = None not in costs and params.cost_before != params.cost_after
    if params.profit_by is ProfitBy.PRICE and is_changed:
        text = N_(
            "The unit cost changes with the technology, so the rule of prices alone"
            " does not hold; choose the added profit of a unit."
        )
        yield Issue(Severity.ERROR, message(text), "profit_by")


METHOD = Method(
    key="lslp",
    version=1,
    approach=None,
    title=N_("Licensor's share of profit (LSLP)"),
    idea=N_(
        "The royalty rate on sales is the licensor's share of what the licensee earns"
        " by the technology, over the price."
    ),
    source="LSLP：K = S·(P₁ − P₀)/P₁，资产评估专业教材；K = LSLP × 销售利润率",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(("share", "K"), ("added_profit", "G")),
)
