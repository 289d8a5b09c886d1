"""Option to exchange one value for another (交换期权).

Where the cost of development is as uncertain as what it brings, the right to launch is
one to give the cost and get the value. What counts is the volatility of their ratio;
no risk-free rate is needed.

Source: Margrabe, The value of an option to exchange one asset for another, 1978, eq. 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic
from valuer.core.options.black_scholes import scores, value
from valuer.core.options.terms import LIFE, VOLATILITY, YIELD, price_issues
from valuer.core.params import Currency, Money, Number, Rate, Years, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of an option to exchange."""

    received_value: Money = param(
        N_("Value received"),
        symbol="S₁",
        low=0,
        above=True,
        help=N_("Present value today of what launching brings."),
    )
    given_value: Money = param(
        N_("Value given"),
        symbol="S₂",
        low=0,
        help=N_("Present value today of the uncertain cost."),
    )
    life: Years = param(**LIFE)
    received_yield: Rate = param(
        **YIELD | {"label": N_("Yield lost on the value received"), "symbol": "q₁"}
    )
    given_yield: Rate = param(
        **YIELD
        | {
            "label": N_("Yield saved on the value given"),
            "symbol": "q₂",
            "help": N_("Annual, continuous: how fast the cost falls behind."),
        }
    )
    received_volatility: Rate = param(
        **VOLATILITY | {"label": N_("Volatility of the value received"), "symbol": "σ₁"}
    )
    given_volatility: Rate = param(
        **VOLATILITY | {"label": N_("Volatility of the value given"), "symbol": "σ₂"}
    )
    correlation: Number = param(
        N_("Correlation"),
        symbol="ρ",
        low=-1,
        high=1,
        help=N_("Of the changes of both values, from −1 to 1."),
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, in the currency of both values.

    Numbers are () or have leading axes and a last of one.
    """
    add = working.add
    got = add(N_("Value received"), "S₁", "", given["received_value"], Unit.MONEY)
    paid = add(N_("Value given"), "S₂", "", given["given_value"], Unit.MONEY)
    life = add(N_("Life of the option"), "T", "", given["life"], Unit.YEARS)
    text = N_("Yield lost on the value received")
    lost = add(text, "q₁", "", given["received_yield"], Unit.RATE)
    text = N_("Yield saved on the value given")
    saved = add(text, "q₂", "", given["given_yield"], Unit.RATE)
    sigma = _of_ratio(working, given)
    worth = value(1, got, paid, life, saved, lost, sigma)
    left, owed = "S₁ × exp(−q₁ × T)", "S₂ × exp(−q₂ × T)"
    if given["certain"]:
        text = f"max({left} − {owed}; 0)"
        return by_scenario(add(N_("Value"), "V", text, worth, Unit.MONEY))
    _normals(working, scores(got, paid, life, saved, lost, sigma))
    text = f"{left} × N₁ − {owed} × N₂"
    return by_scenario(add(N_("Value"), "V", text, worth, Unit.MONEY))


def _of_ratio(working: Silent, given: Mapping[str, Any]) -> Floats:
    add = working.add
    text = N_("Volatility of the value received")
    first = add(text, "σ₁", "", given["received_volatility"], Unit.RATE)
    text = N_("Volatility of the value given")
    second = add(text, "σ₂", "", given["given_volatility"], Unit.RATE)
    together = add(N_("Correlation"), "ρ", "", given["correlation"], Unit.NUMBER)
    square = first**2 + second**2 - 2 * together * first * second
    text = N_("Volatility of the ratio of both")
    formula = "sqrt(max(σ₁^2 + σ₂^2 − 2 × ρ × σ₁ × σ₂; 0))"
    return add(text, "σ", formula, np.sqrt(np.maximum(square, 0)), Unit.RATE)


def _normals(working: Silent, both: tuple[Floats, Floats]) -> None:
    from scipy.special import ndtr

    add, (first, second) = working.add, both
    text = N_("First score")
    formula = "(ln(S₁ / S₂) + (q₂ − q₁ + σ^2 / 2) × T) / (σ × sqrt(T))"
    add(text, "d₁", formula, first, Unit.NUMBER)
    add(N_("Second score"), "d₂", "d₁ − σ × sqrt(T)", second, Unit.NUMBER)
    text = N_("Normal distribution at the first score")
    add(text, "N₁", "Φ(d₁)", ndtr(first), Unit.FACTOR)
    text = N_("Normal distribution at the second score")
    add(text, "N₂", "Φ(d₂)", ndtr(second), Unit.FACTOR)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    first, second = params.received_volatility, params.given_volatility
    square = first**2 + second**2 - 2 * params.correlation * first * second
    return number_arrays(params) | {"certain": square <= 0}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    return tuple(price_issues(params, "given_value"))


METHOD = Method(
    key="exchange_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Option to exchange"),
    idea=N_(
        "Where the cost is uncertain too, the right to launch is one to give the cost"
        " and get the value; the volatility of their ratio counts."
    ),
    source="Margrabe 1978, eq. 7",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    tells=(
        ("sigma", "σ"),
        ("d1", "d₁"),
        ("d2", "d₂"),
        ("Nd1", "N₁"),
        ("Nd2", "N₂"),
    ),
)
