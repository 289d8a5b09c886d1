"""Perpetual option to invest (永续投资期权).

A right without end to spend a sum and get a value that grows at random: it is used once
the value has reached a multiple of the sum. Until then it is worth A times the value to
the power β. It serves where the right lasts so long that its end does not count; a
patent's does.

Source: McDonald and Siegel 1986; Dixit and Pindyck, Investment under uncertainty, 1994,
chapter 5, eq. 12–14 and 27.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic, centred
from valuer.core.options.terms import (
    EXERCISE_PRICE,
    RISK_FREE_RATE,
    UNDERLYING,
    YIELD,
    Uncertain,
    error,
    price_issues,
    sigma_of,
    uncertain_issues,
    volatility,
)
from valuer.core.params import Money, Rate, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(Uncertain):
    """Inputs of a perpetual option."""

    underlying_value: Money = param(
        **UNDERLYING | {"label": N_("Value got by investing"), "symbol": "S"}
    )
    exercise_price: Money = param(
        **EXERCISE_PRICE | {"label": N_("Sum to invest"), "symbol": "K"}
    )
    yield_rate: Rate = param(
        **{name: given for name, given in YIELD.items() if name != "default"}
        | {"low": 0, "above": True}
    )
    risk_free_rate: Rate = param(**RISK_FREE_RATE | {"low": 0})


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, in the currency of the value got by investing.

    Numbers are () or have leading axes and a last of one.
    """
    add = working.add
    worth = add(
        N_("Value got by investing"), "S", "", given["underlying_value"], Unit.MONEY
    )
    paid = add(N_("Sum to invest"), "K", "", given["exercise_price"], Unit.MONEY)
    rate = add(N_("Risk-free rate"), "r", "", given["risk_free_rate"], Unit.RATE)
    leak = add(N_("Yield lost by waiting"), "q", "", given["yield_rate"], Unit.RATE)
    square = volatility(working, given) ** 2
    text = N_("Drift over the variance, less one half")
    drift = (rate - leak) / square - 0.5
    add(text, "m", "(r − q) / σ^2 − 1 / 2", drift, Unit.NUMBER)
    root = np.sqrt(drift**2 + 2 * rate / square)
    text = N_("Power of the value")
    power = add(text, "β", "sqrt(m^2 + 2 × r / σ^2) − m", root - drift, Unit.NUMBER)
    text = N_("Value at which to invest")
    trigger = add(text, "S′", "β / (β − 1) × K", power / (power - 1) * paid, Unit.MONEY)
    text = N_("Constant of the option")
    constant = np.exp(np.log(paid / (power - 1)) - power * np.log(trigger))
    formula = "exp(ln(K / (β − 1)) − β × ln(S′))"
    add(text, "A", formula, constant, Unit.NUMBER)
    text = N_("Value, up to that at which to invest")
    below = add(text, "S″", "min(S; S′)", np.minimum(worth, trigger), Unit.MONEY)
    found = paid / (power - 1) * (below / trigger) ** power + (worth - below)
    formula = "K / (β − 1) × (S″ / S′)^β + (S − S″)"
    return by_scenario(add(N_("Value"), "V", formula, found, Unit.MONEY))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return dict(number_arrays(params))


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    found = (*uncertain_issues(params), *price_issues(params, "exercise_price"))
    return found or tuple(_volatility_issues(centred(params)))


def _volatility_issues(params: Any) -> Iterator[Issue]:
    if sigma_of(params) == 0:
        text = N_("Without volatility a right without end has no such value.")
        yield error("volatility", text)


METHOD = Method(
    key="perpetual_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Perpetual option to invest"),
    idea=N_(
        "A right without end is used once the value has reached a multiple of the sum"
        " to invest; until then, waiting is worth more."
    ),
    source="McDonald & Siegel 1986; Dixit & Pindyck 1994, ch. 5, eq. 12–14, 27",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    tells=(("beta", "β"), ("trigger", "S′"), ("A", "A")),
)
