"""Option on an option (复合期权): development in two stages.

Spending on the first stage, on its day, buys the right to spend on the second: the
first option is worth using where the second is then worth its price. Each stage may
also be a right to give up.

Source: Geske, The valuation of compound options, 1979; Haug, The complete guide to
option pricing formulas, options on options.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic, centred
from valuer.core.options.bivariate_normal import both_below
from valuer.core.options.black_scholes import scores, value
from valuer.core.options.compound import Stages, trigger
from valuer.core.options.terms import (
    EXERCISE_PRICE,
    LIFE,
    SIDE_NAMES,
    UNDERLYING,
    YIELD,
    Side,
    Terms,
    Uncertain,
    error,
    price_issues,
    sigma_of,
    uncertain_issues,
    volatility,
)
from valuer.core.params import Money, Rate, Years, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(Uncertain):
    """Inputs of an option on an option."""

    underlying_value: Money = param(
        **UNDERLYING
        | {
            "help": N_("Present value today of what the last stage brings."),
        }
    )
    first_price: Money = param(
        **EXERCISE_PRICE | {"label": N_("Price of the first stage"), "symbol": "K₁"}
    )
    second_price: Money = param(
        **EXERCISE_PRICE | {"label": N_("Price of the second stage"), "symbol": "K₂"}
    )
    first_life: Years = param(
        **LIFE
        | {
            "label": N_("Years to the first stage"),
            "symbol": "T₁",
            "help": N_("From today until the first stage is decided."),
        }
    )
    second_life: Years = param(
        **LIFE
        | {
            "label": N_("Years to the second stage"),
            "symbol": "T₂",
            "help": N_("From today until the second stage is decided."),
        }
    )
    yield_rate: Rate = param(**YIELD)
    first_side: Side = param(
        N_("Right in the first stage"), Side.CALL, choice_labels=SIDE_NAMES
    )
    second_side: Side = param(
        N_("Right in the second stage"), Side.CALL, choice_labels=SIDE_NAMES
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the first option, in the currency of the underlying.

    Numbers are () or have leading axes and a last of one.
    """
    add = working.add
    stages = _stated(working, given)
    second, side = stages.second, given["second_side"]
    alone = value(
        side.sign,
        second.underlying,
        second.price,
        second.life,
        second.rate,
        second.leak,
        second.sigma,
    )
    text = N_("Value of the second option by itself, by Black, Scholes and Merton")
    add(text, "D", _closed(side), alone, Unit.MONEY)
    text = N_(
        "Value at which the second option is then worth the first price, found by"
        " halving"
    )
    at = add(text, "S′", "", trigger(stages, side.sign), Unit.MONEY)
    worth, rule = _compound(working, stages, at, given)
    return by_scenario(add(N_("Value"), "V", rule, worth, Unit.MONEY))


def _stated(working: Silent, given: Mapping[str, Any]) -> Stages:
    add = working.add
    text = N_("Value of the underlying")
    worth = add(text, "S", "", given["underlying_value"], Unit.MONEY)
    text = N_("Price of the first stage")
    first = add(text, "K₁", "", given["first_price"], Unit.MONEY)
    text = N_("Price of the second stage")
    price = add(text, "K₂", "", given["second_price"], Unit.MONEY)
    text = N_("Years to the first stage")
    near = add(text, "T₁", "", given["first_life"], Unit.YEARS)
    text = N_("Years to the second stage")
    far = add(text, "T₂", "", given["second_life"], Unit.YEARS)
    rate = add(N_("Risk-free rate"), "r", "", given["risk_free_rate"], Unit.RATE)
    leak = add(N_("Yield lost by waiting"), "q", "", given["yield_rate"], Unit.RATE)
    sigma = volatility(working, given)
    return Stages(Terms(worth, price, far, rate, leak, sigma), first, near)


def _closed(side: Side) -> str:
    score = "(ln(S / K₂) + (r − q + σ^2 / 2) × T₂) / (σ × sqrt(T₂))"
    lower = "(ln(S / K₂) + (r − q − σ^2 / 2) × T₂) / (σ × sqrt(T₂))"
    if side is Side.CALL:
        return f"S × exp(−q × T₂) × Φ({score}) − K₂ × exp(−r × T₂) × Φ({lower})"
    return f"K₂ × exp(−r × T₂) × Φ(−{lower}) − S × exp(−q × T₂) × Φ(−{score})"


def _compound(
    working: Silent, stages: Stages, at: Floats, given: Mapping[str, Any]
) -> tuple[Floats, str]:
    """Return the value and its formula; a and b are the signs of the two rights."""
    from scipy.special import ndtr

    first, second = given["first_side"], given["second_side"]
    a, b = first.sign, second.sign
    far, near = _scores(working, stages, at)
    terms = stages.second
    text = N_("Correlation of the two days")
    together = np.sqrt(stages.first_life / terms.life)
    working.add(text, "ρ", "sqrt(T₁ / T₂)", together, Unit.NUMBER)
    got = both_below(b * far[0], a * b * near[0], a * together)
    paid = both_below(b * far[1], a * b * near[1], a * together)
    used = ndtr(a * b * near[1])
    signs = {1: "", -1: "−"}
    rho = f"{signs[a]}ρ"
    add = working.add
    text = N_("Probability of both, weighed by the value")
    rule = f"Φ₂({signs[b]}z₁; {signs[a * b]}y₁; {rho})"
    add(text, "M₁", rule, got, Unit.FACTOR)
    text = N_("Risk-neutral probability of both")
    rule = f"Φ₂({signs[b]}z₂; {signs[a * b]}y₂; {rho})"
    add(text, "M₂", rule, paid, Unit.FACTOR)
    text = N_("Risk-neutral probability of the first")
    add(text, "N", f"Φ({signs[a * b]}y₂)", used, Unit.FACTOR)
    left = terms.underlying * np.exp(-terms.leak * terms.life) * got
    later = terms.price * np.exp(-terms.rate * terms.life) * paid
    sooner = stages.first_price * np.exp(-terms.rate * stages.first_life) * used
    names = ("S × exp(−q × T₂) × M₁", "K₂ × exp(−r × T₂) × M₂", "K₁ × exp(−r × T₁) × N")
    worth = a * b * (left - later) - a * sooner
    # Never below nought, where rounding alone would have it so.
    return np.maximum(worth, 0.0), f"max({_RULES[a, b].format(*names)}; 0)"


_RULES = {
    (1, 1): "{0} − {1} − {2}",
    (1, -1): "{1} − {0} − {2}",
    (-1, 1): "{1} − {0} + {2}",
    (-1, -1): "{0} − {1} + {2}",
}


def _scores(
    working: Silent, stages: Stages, at: Floats
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return the scores of the last day and those of the first, with their steps."""
    add, terms = working.add, stages.second
    rates = (terms.rate, terms.leak, terms.sigma)
    far = scores(terms.underlying, terms.price, terms.life, *rates)
    near = scores(terms.underlying, at, stages.first_life, *rates)
    text = N_("First score of the second stage")
    formula = "(ln(S / K₂) + (r − q + σ^2 / 2) × T₂) / (σ × sqrt(T₂))"
    add(text, "z₁", formula, far[0], Unit.NUMBER)
    text = N_("Second score of the second stage")
    add(text, "z₂", "z₁ − σ × sqrt(T₂)", far[1], Unit.NUMBER)
    text = N_("First score of the first stage")
    formula = "(ln(S / S′) + (r − q + σ^2 / 2) × T₁) / (σ × sqrt(T₁))"
    add(text, "y₁", formula, near[0], Unit.NUMBER)
    text = N_("Second score of the first stage")
    add(text, "y₂", "y₁ − σ × sqrt(T₁)", near[1], Unit.NUMBER)
    return far, near


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    sides = {"first_side": params.first_side, "second_side": params.second_side}
    return number_arrays(params) | sides


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    found = (
        *uncertain_issues(params),
        *price_issues(params, "first_price"),
        *price_issues(params, "second_price"),
    )
    return found or tuple(_stage_issues(centred(params)))


def _stage_issues(params: Any) -> Iterator[Issue]:
    near, far = params.first_life, params.second_life
    if near >= far:
        text = N_(
            "The second stage must come after the first, in {first:g} years; it comes"
            " in {second:g}."
        )
        yield error("second_life", text, first=near, second=far)
        return
    if sigma_of(params) == 0:
        text = N_("Without volatility nothing is left to decide; value the flows.")
        yield error("volatility", text)
    most = params.second_price * np.exp(-params.risk_free_rate * (far - near))
    if params.second_side is Side.PUT and params.first_price >= most:
        text = N_(
            "The price of the first stage must be below {most:.10g}, the most that the"
            " second right can be worth then; it is {found:.10g}."
        )
        yield error("first_price", text, most=float(most), found=params.first_price)


def work(params: Any) -> float:
    """Return the figures of the halving and of the two normal laws together."""
    del params
    return 5_000


METHOD = Method(
    key="compound_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Option on an option"),
    idea=N_(
        "Spending on one stage of development buys the right to spend on the next; it"
        " is done where that right is then worth its price."
    ),
    source="Geske 1979; Haug, options on options",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    work=work,
    tells=(
        ("trigger", "S′"),
        ("second_option", "D"),
        ("correlation", "ρ"),
        ("z1", "z₁"),
        ("z2", "z₂"),
        ("y1", "y₁"),
        ("y2", "y₂"),
    ),
)
