"""European option (欧式期权), by Black, Scholes and Merton.

A right to acquire or to give up on one day. The underlying's value is lognormal on that
day; what it pays or loses until then flows out at a yield. A right that may be used
earlier is worth at least as much.

Source: Black and Scholes 1973, eq. 13; Merton 1973; Haug, The complete guide to option
pricing formulas, generalised Black–Scholes–Merton.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic
from valuer.core.options.black_scholes import TELLS, european, stated
from valuer.core.options.terms import (
    EXERCISE_PRICE,
    LIFE,
    SIDE_NAMES,
    UNDERLYING,
    YIELD,
    Side,
    Uncertain,
    price_issues,
    sigma_of,
    uncertain_issues,
)
from valuer.core.params import Money, Rate, Years, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent


@dataclass(frozen=True, slots=True)
class Params(Uncertain):
    """Inputs of a European option."""

    side: Side = param(N_("Right"), choice_labels=SIDE_NAMES)
    underlying_value: Money = param(**UNDERLYING)
    exercise_price: Money = param(**EXERCISE_PRICE)
    life: Years = param(**LIFE)
    yield_rate: Rate = param(**YIELD)


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, in the currency of the underlying.

    Numbers are () or have leading axes and a last of one.
    """
    terms = stated(
        working,
        given,
        underlying=N_("Value of the underlying"),
        price=N_("Exercise price"),
    )
    return by_scenario(
        european(working, terms, given["side"], certain=given["certain"])
    )


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    settings = {"side": params.side, "certain": sigma_of(params) == 0}
    return number_arrays(params) | settings


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    return (*uncertain_issues(params), *price_issues(params, "exercise_price"))


METHOD = Method(
    key="european_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("European option"),
    idea=N_(
        "A right that may be used on one day only is worth the expected gain of that"
        " day, in a market that leaves no free gains."
    ),
    source="Black & Scholes 1973, eq. 13; Merton 1973 (yield)",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    tells=TELLS,
)
