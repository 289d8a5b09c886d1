"""Profit share by equivalent investment (约当投资分成法).

Both sides put something into the business: the technology its replacement cost, the
buyer the replacement cost of its assets. Each raised by the profit its kind of asset is
held to earn is an equivalent investment (约当投资量); profit is shared as these are.

Source: α = A/(A + B), A = technology cost × (1 + its cost-profit rate), B = the buyer's
assets × (1 + theirs); Chinese appraisal examination texts, 约当投资分成法.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.dated import AMOUNT_DIGITS, CURRENCY, SHARE_DIGITS
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, Money, Number, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the share by equivalent investment."""

    technology_cost: Money = param(
        N_("Replacement cost of the technology"), symbol="c", low=0
    )
    technology_profit: Rate = param(
        N_("Cost-profit rate of the technology"),
        symbol="p",
        low=0,
        high=100,
        help=N_("Profit over cost of work of this kind; 4 for 400 %."),
    )
    buyer_assets: Money = param(
        N_("Replacement cost of the buyer's assets"),
        symbol="a",
        low=0,
        help=N_("All assets that the buyer puts into the business."),
    )
    buyer_profit: Rate = param(
        N_("Cost-profit rate of the buyer"), symbol="q", low=0, high=100
    )
    amount_digits: Number | None = param(**AMOUNT_DIGITS)
    share_digits: Number | None = param(**SHARE_DIGITS)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Share of profit; all numbers are () or (…, 1)."""
    add = working.add
    text = N_("Replacement cost of the technology")
    cost = add(text, "c", "", given["technology_cost"], Unit.MONEY)
    text = N_("Cost-profit rate of the technology")
    gain = add(text, "p", "", given["technology_profit"], Unit.RATE)
    own = add(
        N_("Equivalent investment of the technology"),
        "A",
        "c × (1 + p)",
        cost * (1 + gain),
        Unit.MONEY,
        rounded=Rounded.AMOUNT,
    )
    text = N_("Replacement cost of the buyer's assets")
    assets = add(text, "a", "", given["buyer_assets"], Unit.MONEY)
    text = N_("Cost-profit rate of the buyer")
    gain = add(text, "q", "", given["buyer_profit"], Unit.RATE)
    other = add(
        N_("Equivalent investment of the buyer"),
        "B",
        "a × (1 + q)",
        assets * (1 + gain),
        Unit.MONEY,
        rounded=Rounded.AMOUNT,
    )
    text = N_("Share of profit")
    share = own / (own + other)
    found = add(text, "α", "A / (A + B)", share, Unit.RATE, rounded=Rounded.SHARE)
    return by_scenario(found)


def check(params: Any) -> tuple[Issue, ...]:
    """Return an error where neither side invests anything."""
    centre = centred(params)
    if centre.technology_cost + centre.buyer_assets > 0:
        return ()
    text = N_("Neither side puts anything in; one of both costs must be above 0.")
    return (Issue(Severity.ERROR, message(text), "technology_cost"),)


METHOD = Method(
    key="equivalent_investment",
    version=1,
    approach=None,
    title=N_("Profit share by equivalent investment"),
    idea=N_(
        "Profit is shared as technology and buyer invest, each cost raised by the"
        " profit that its kind of asset earns."
    ),
    source="约当投资分成法：α = 技术约当投资/(技术约当投资 + 购买方约当投资)，资产评估专业教材",
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(("share", "α"), ("technology_investment", "A"), ("buyer_investment", "B")),
)
