"""Options that end on one day, in closed form.

The value of what may be bought is lognormal on that day; what it pays or loses until
then flows out at the yield q.

Sources: Black and Scholes 1973, eq. 13; Merton 1973, with a yield; Margrabe 1978, eq. 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.options.terms import Side, Terms, volatility
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


def value(
    sign: int,
    underlying: Floats | float,
    price: Floats | float,
    life: Floats | float,
    rate: Floats | float,
    leak: Floats | float,
    sigma: Floats | float,
) -> Floats:
    """Return the value of a European option; arrays broadcast.

    ``sign`` is one for a call, minus one for a put; without volatility the value is
    that of what is certain.
    """
    from scipy.special import ndtr

    first, second = scores(underlying, price, life, rate, leak, sigma)
    got = underlying * np.exp(-leak * life) * ndtr(sign * first)
    paid = price * np.exp(-rate * life) * ndtr(sign * second)
    # Never below nought, where rounding alone would have it so.
    return np.asarray(np.maximum(sign * (got - paid), 0.0))


def scores(
    underlying: Floats | float,
    price: Floats | float,
    life: Floats | float,
    rate: Floats | float,
    leak: Floats | float,
    sigma: Floats | float,
) -> tuple[Floats, Floats]:
    """Return d₁ and d₂; without volatility both are infinite with the right sign."""
    spread = sigma * np.sqrt(life)
    ahead = np.log(underlying / price) + (rate - leak) * life
    with np.errstate(divide="ignore", invalid="ignore"):
        centre: Floats = np.where(
            spread > 0, ahead / spread, np.copysign(np.inf, ahead)
        )
    return centre + spread / 2, centre - spread / 2


def european(
    working: Silent,
    terms: Terms,
    side: Side,
    *,
    certain: bool = False,
    symbol: str = "V",
    label: str = N_("Value of the European option"),
) -> Floats:
    """Return the value of a European option with its steps; same shape as the terms.

    The steps S, K, T, r, q and σ are there already. ``certain`` says that the single
    volatility is nought: there are no d₁ and d₂ then.
    """
    underlying, price, life = terms.underlying, terms.price, terms.life
    rate, leak, sigma = terms.rate, terms.leak, terms.sigma
    worth = value(side.sign, underlying, price, life, rate, leak, sigma)
    add = working.add
    if certain:
        ahead = "S × exp(−q × T) − K × exp(−r × T)"
        formula = f"max({ahead}; 0)" if side is Side.CALL else f"max(−({ahead}); 0)"
        return add(label, symbol, formula, worth, Unit.MONEY)
    _normals(working, terms)
    call = "S × exp(−q × T) × N₁ − K × exp(−r × T) × N₂"
    put = "K × exp(−r × T) × Φ(−d₂) − S × exp(−q × T) × Φ(−d₁)"
    _delta(working, terms, side)
    formula = call if side is Side.CALL else put
    return add(label, symbol, formula, worth, Unit.MONEY)


TELLS = (
    ("d1", "d₁"),
    ("d2", "d₂"),
    ("Nd1", "N₁"),
    ("Nd2", "N₂"),
    ("delta", "δ"),
)
"""What of these steps is told among the outputs."""


def _normals(working: Silent, terms: Terms) -> None:
    from scipy.special import ndtr

    add = working.add
    first, second = scores(
        terms.underlying, terms.price, terms.life, terms.rate, terms.leak, terms.sigma
    )
    formula = "(ln(S / K) + (r − q + σ^2 / 2) × T) / (σ × sqrt(T))"
    add(N_("First score"), "d₁", formula, first, Unit.NUMBER)
    add(N_("Second score"), "d₂", "d₁ − σ × sqrt(T)", second, Unit.NUMBER)
    text = N_("Normal distribution at the first score")
    add(text, "N₁", "Φ(d₁)", ndtr(first), Unit.FACTOR)
    text = N_("Normal distribution at the second score")
    add(text, "N₂", "Φ(d₂)", ndtr(second), Unit.FACTOR)


def _delta(working: Silent, terms: Terms, side: Side) -> None:
    from scipy.special import ndtr

    first, _ = scores(
        terms.underlying, terms.price, terms.life, terms.rate, terms.leak, terms.sigma
    )
    left = np.exp(-terms.leak * terms.life)
    sign = side.sign
    formula = "exp(−q × T) × N₁" if sign > 0 else "−exp(−q × T) × Φ(−d₁)"
    text = N_("Change of the value with that of the underlying (delta)")
    working.add(text, "δ", formula, sign * left * ndtr(sign * first), Unit.FACTOR)


def stated(
    working: Silent,
    given: Mapping[str, Any],
    *,
    underlying: str,
    price: str,
    life: str = N_("Life of the option"),
) -> Terms:
    """Return the terms with their steps; what the labels name differs by method.

    The yield lost by waiting is one over the life where it is not stated.
    """
    add = working.add
    worth = add(underlying, "S", "", given["underlying_value"], Unit.MONEY)
    paid = add(price, "K", "", given["exercise_price"], Unit.MONEY)
    years = add(life, "T", "", given["life"], Unit.YEARS)
    rate = add(N_("Risk-free rate"), "r", "", given["risk_free_rate"], Unit.RATE)
    if "yield_rate" in given:
        leak = given["yield_rate"]
        add(N_("Yield lost by waiting"), "q", "", leak, Unit.RATE)
    else:
        text = N_("Cost of delay: one year of the life")
        leak = add(text, "q", "1 / T", 1 / years, Unit.RATE)
    return Terms(worth, paid, years, rate, leak, volatility(working, given))
