"""Pledge (质押): what the value would bring if it had to be sold (变现能力).

The market value less the discounts of a forced sale, each argued, less what selling
costs, discounted for the time a sale takes. What the bank makes of it, its ratio and its
line of credit, is the bank's: it stands on a sheet of its own and enters nothing here.

Source: 《专利资产评估指导意见》 (a pledge considers realisability); 授信额度 = 评估价值 × 质押率
is the bank's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.case import Purpose
from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, Money, Rate, Text, Years, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

DISCOUNTS = "discounts"
"""Along the discounts; the name of their table."""


@dataclass(frozen=True, slots=True)
class Discount:
    """One reason for which a forced sale brings less."""

    name: Text = param(
        N_("Discount for"), help=N_("As few buyers, haste, dependence on the owner.")
    )
    rate: Rate = param(
        N_("Discount rate of the sale"),
        symbol="x",
        low=0,
        high=1,
        help=N_("Share of what the discounts before it leave."),
    )
    ground: Text = param(
        N_("Ground"), "", help=N_("Evidence for it: deals, auctions, opinions.")
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the analysis for a pledge; the last two are the bank's."""

    market_value: Money = param(
        N_("Market value"),
        symbol="M",
        low=0,
        help=N_("As concluded for the pledge, before any forced sale."),
    )
    discounts: tuple[Discount, ...] = param(
        N_("Discounts of a forced sale"), (), help=N_("One row for each reason.")
    )
    selling_cost_rate: Rate = param(
        N_("Selling costs, share of the price"),
        0.0,
        symbol="c",
        low=0,
        high=1,
        help=N_("Broker, auction house."),
    )
    selling_costs: Money = param(
        N_("Selling costs, fixed"),
        0.0,
        symbol="S",
        low=0,
        help=N_("Legal costs, recording, taxes on the sale."),
    )
    sale_time: Years = param(
        N_("Time to sell"),
        0.0,
        symbol="T",
        low=0,
        high=20,
        help=N_("Years from default to the money."),
    )
    sale_rate: Rate = param(
        N_("Discount rate for that time"),
        0.0,
        symbol="r",
        low=0,
        high=1,
        help=N_("Annual, for the wait."),
    )
    currency: Currency = param(**CURRENCY)
    pledge_ratio: Rate | None = param(
        N_("Pledge ratio of the bank"),
        None,
        low=0,
        high=1,
        is_base=True,
        help=N_("The bank's; kept out of value and realisable amount."),
    )
    credit_line: Money | None = param(
        N_("Credit line of the bank"),
        None,
        low=0,
        is_base=True,
        help=N_("The bank's; kept out of value and realisable amount."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Realisable amount, in the currency of the value.

    Discounts are (…, rows), all other numbers () or with a last axis of one.
    """
    add = working.add
    value = add(N_("Market value"), "M", "", given["market_value"], Unit.MONEY)
    rates = given["discounts_rate"]
    price, symbol = value, "M"
    if rates.shape[-1]:
        text = N_("Discount rate of the sale")
        add(text, "x", "", rates, Unit.RATE, DISCOUNTS)
        left = np.asarray((1 - rates).prod(axis=-1, keepdims=rates.ndim > 1))
        text = N_("Share left by the discounts")
        left = add(text, "k", "Π (1 − x)", left, Unit.FACTOR)
        text, symbol = N_("Price in a forced sale"), "F"
        price = add(text, "F", "M × k", value * left, Unit.MONEY)
    text = N_("Selling costs, share of the price")
    share = add(text, "c", "", given["selling_cost_rate"], Unit.RATE)
    text = N_("Selling costs, fixed")
    fixed = add(text, "S", "", given["selling_costs"], Unit.MONEY)
    text, formula = N_("Price net of selling costs"), f"max({symbol} × (1 − c) − S; 0)"
    net = np.maximum(price * (1 - share) - fixed, 0)
    net = add(text, "N", formula, net, Unit.MONEY)
    time = add(N_("Time to sell, years"), "T", "", given["sale_time"], Unit.YEARS)
    text = N_("Discount rate for that time")
    rate = add(text, "r", "", given["sale_rate"], Unit.RATE)
    text = N_("Discount factor")
    factor = add(text, "d", "(1 + r)^(−T)", (1 + rate) ** -time, Unit.FACTOR)
    text = N_("Realisable amount")
    return by_scenario(add(text, "V", "N × d", net * factor, Unit.MONEY))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; what is the bank's is not among them."""
    found = number_arrays(params)
    return {name: one for name, one in found.items() if name not in _BANKS}


_BANKS = ("pledge_ratio", "credit_line")


def check(params: Any) -> tuple[Issue, ...]:
    """Return discounts without a ground, a wait without a rate, the bank's figures."""
    return (*_grounds(params), *_bank(centred(params)))


def _grounds(params: Any) -> Iterator[Issue]:
    for place, one in enumerate(params.discounts):
        if not one.ground.strip():
            text = N_("Row {row}: the discount has no ground; state its evidence.")
            words = message(text, row=place + 1)
            where = f"{DISCOUNTS}[{place}].ground"
            yield Issue(Severity.WARNING, words, where)
    if centred(params).sale_time and not centred(params).sale_rate:
        text = N_("A sale takes time and nothing is discounted for it; state the rate.")
        yield Issue(Severity.WARNING, message(text), "sale_rate")


def _bank(centre: Any) -> Iterator[Issue]:
    ratio, line = centre.pledge_ratio, centre.credit_line
    if ratio is None and line is None:
        return
    text = N_(
        "Ratio and line of credit are the bank's; they stand on a sheet of their own"
        " and enter neither value nor realisable amount."
    )
    where = "credit_line" if ratio is None else "pledge_ratio"
    yield Issue(Severity.NOTE, message(text), where)
    granted = centre.market_value * ratio if line is None else line
    found = float(formula(Silent(), **arrays(centre)))
    if granted > found:
        text = N_(
            "The line of credit, {line:,.2f}, is above what a sale would bring,"
            " {found:,.2f}."
        )
        words = message(text, line=granted, found=found)
        yield Issue(Severity.WARNING, words, where)


def outputs(params: Any) -> dict[str, Any]:
    """Return the value that was taken, and apart from it the bank's sheet."""
    centre = centred(params)
    found: dict[str, Any] = {
        "axes": {DISCOUNTS: [one.name for one in params.discounts]},
        "market_value": float(centre.market_value),
    }
    bank = {
        name: float(given)
        for name in _BANKS
        if (given := getattr(centre, name)) is not None
    }
    if centre.pledge_ratio is not None:
        bank["value_times_ratio"] = float(centre.market_value * centre.pledge_ratio)
    return found | ({"bank": bank} if bank else {})


METHOD = Method(
    key="pledge_value",
    version=1,
    approach=None,
    title=N_("Realisability for a pledge"),
    idea=N_(
        "A pledge is worth what selling the right would bring: the market value less"
        " the discounts, costs and wait of a forced sale."
    ),
    source="《专利资产评估指导意见》（质押：考虑变现能力）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    purposes=(Purpose.PLEDGE,),
    finds=Finds.AMOUNT,
    listed=Topic.SPECIAL,
    tells=(("forced_sale_price", "F"), ("share_left", "k")),
)
