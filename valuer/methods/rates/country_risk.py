"""Country risk premium (国家风险溢价) from a default spread.

What lenders ask of a country above a safe one is a spread on bonds; shares move more
than bonds, so that the premium on equity is the spread times the relative volatility.
A business that earns less of its revenue there than the country's average one bears
less of it.

Source: Damodaran, Country Risk: CRP = default spread × σ(equity) / σ(bond); λ = share of
revenue of the business over that of the average one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import Number, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import (
    Component,
    RateFacts,
    rate_errors,
    rate_outputs,
    rate_warnings,
)
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(RateFacts):
    """Inputs of the country risk premium."""

    default_spread: Rate = param(
        N_("Default spread"),
        symbol="d",
        low=0,
        high=1,
        help=N_("Of the country's bonds over safe ones, by rating or by swaps."),
    )
    relative_volatility: Number = param(
        N_("Relative volatility"),
        symbol="v",
        low=0,
        high=10,
        above=True,
        help=N_("Volatility of the country's shares over that of its bonds."),
    )
    revenue_share: Rate | None = param(
        N_("Share of revenue in the country"),
        None,
        symbol="a",
        low=0,
        high=1,
        help=N_("Of the business; left out, it is as exposed as the average one."),
    )
    average_share: Rate | None = param(
        N_("Share of revenue in the country, average business"),
        None,
        symbol="b",
        low=0,
        high=1,
        above=True,
        help=N_("Of the country's average business; goes with that of the business."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Premium on equity, an annual fraction; all numbers are () or (…, 1)."""
    add = working.add
    spread = add(N_("Default spread"), "d", "", given["default_spread"], Unit.RATE)
    text = N_("Relative volatility")
    times = add(text, "v", "", given["relative_volatility"], Unit.NUMBER)
    text, premium = N_("Country risk premium"), spread * times
    add(text, "CRP", "d × v", premium, Unit.RATE)
    if "revenue_share" not in given:
        return by_scenario(premium)
    text = N_("Share of revenue in the country")
    own = add(text, "a", "", given["revenue_share"], Unit.RATE)
    text = N_("Share of revenue in the country, average business")
    usual = add(text, "b", "", given["average_share"], Unit.RATE)
    text = N_("Exposure to the country's risk")
    exposure = add(text, "λ", "a / b", own / usual, Unit.NUMBER)
    text = N_("Country risk premium of the business")
    return by_scenario(add(text, "p", "λ × CRP", exposure * premium, Unit.RATE))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; shares left out are absent."""
    return number_arrays(params)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit the country, currency and day, or is lacking."""
    errors = (*rate_errors(params), *_one_share(params))
    used = (Component.SPREAD, Component.VOLATILITY)
    return errors or tuple(rate_warnings(params, used))


def _one_share(params: Any) -> tuple[Issue, ...]:
    for name, other in (
        ("revenue_share", params.average_share),
        ("average_share", params.revenue_share),
    ):
        if getattr(params, name) is None and other is not None:
            text = N_("The exposure needs both shares of revenue; state this one too.")
            return (Issue(Severity.ERROR, message(text), name),)
    return ()


METHOD = Method(
    key="country_risk",
    version=1,
    approach=None,
    title=N_("Country risk premium"),
    idea=N_(
        "The spread that a country's bonds bear, times how much more its shares move,"
        " times how much of the business is there."
    ),
    source="Damodaran, Country Risk: default spread × σ(equity) / σ(bond), λ",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=rate_outputs,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(("country_premium", "CRP"), ("exposure", "λ")),
)
