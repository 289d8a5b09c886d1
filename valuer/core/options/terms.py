"""What every option asks for, declared and checked once.

Rates and yields of options are continuous: a sum of one after T years is worth
exp(−r × T) today. The volatility is stated as such or as a variance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats, is_distribution
from valuer.core.params import Currency, Number, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class Side(StrEnum):
    """A right to buy (call, 看涨) or to sell (put, 看跌)."""

    CALL = "call"
    PUT = "put"

    @property
    def sign(self) -> int:
        """One for a call, minus one for a put."""
        return 1 if self is Side.CALL else -1


class Exercise(StrEnum):
    """When the right may be used."""

    EUROPEAN = "european"
    AMERICAN = "american"


SIDE_NAMES = (
    (Side.CALL.value, N_("Call: the right to acquire")),
    (Side.PUT.value, N_("Put: the right to give up")),
)
EXERCISE_NAMES = (
    (Exercise.EUROPEAN.value, N_("At the end only (European)")),
    (Exercise.AMERICAN.value, N_("At any time (American)")),
)

# What the methods declare with param(**…).

UNDERLYING: Any = {
    "label": N_("Value of the underlying"),
    "symbol": "S",
    "low": 0,
    "above": True,
    "help": N_("Present value today of what the right is about."),
}
EXERCISE_PRICE: Any = {
    "label": N_("Exercise price"),
    "symbol": "K",
    "low": 0,
    "help": N_("Paid when the right is used, or received where it is given up."),
}
LIFE: Any = {
    "label": N_("Life of the option"),
    "symbol": "T",
    "low": 0,
    "above": True,
    "high": 100,
    "help": N_("Years in which the right may be used."),
}
YIELD: Any = {
    "label": N_("Yield lost by waiting"),
    "default": 0.0,
    "symbol": "q",
    "low": -1,
    "high": 10,
    "help": N_(
        "Annual, continuous: what the underlying pays, or loses, while one waits."
    ),
}
RISK_FREE_RATE: Any = {
    "label": N_("Risk-free rate"),
    "symbol": "r",
    "low": -0.1,
    "high": 1,
    "help": N_("Annual, continuous, for the life of the option."),
}
VOLATILITY: Any = {
    "label": N_("Volatility"),
    "symbol": "σ",
    "low": 0,
    "high": 10,
    "help": N_(
        "Annual standard deviation of the logarithm of the value; of peers or of the project, not of the cost of equity."
    ),
}
DATES: Any = {
    "label": N_("Dates of use"),
    "low": 1,
    "high": 1000,
    "whole": True,
    "is_base": True,
    "help": N_("How many over the life, the last day among them."),
}
STEPS: Any = {
    "label": N_("Steps of the lattice"),
    "default": None,
    "low": 1,
    "high": 5000,
    "whole": True,
    "is_base": True,
    "help": N_(
        "An even number; more steps are slower and more exact. Left out: 128 or more with many branches, 1,000 with two."
    ),
}


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What a right to something uncertain asks for, whatever the right."""

    risk_free_rate: Rate = param(**RISK_FREE_RATE)
    volatility: Rate | None = param(**VOLATILITY | {"default": None})
    variance: Number | None = param(
        N_("Variance"),
        None,
        symbol="v",
        low=0,
        high=100,
        help=N_("Annual variance of the logarithm, instead of the volatility."),
    )
    currency: Currency = param(**CURRENCY)


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of an option; each () or with leading axes and a last of one.

    Attributes:
        underlying: ``S``; ``price``: ``K``; ``life``: ``T``, in years.
        rate: ``r``; ``leak``: ``q``; ``sigma``: ``σ``; annual, continuous.
    """

    underlying: Floats
    price: Floats
    life: Floats
    rate: Floats
    leak: Floats
    sigma: Floats


def volatility(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return the volatility ``σ``, from the variance ``v`` where that is stated."""
    add = working.add
    if "variance" not in given:
        return add(N_("Volatility"), "σ", "", given["volatility"], Unit.RATE)
    variance = add(N_("Variance"), "v", "", given["variance"], Unit.NUMBER)
    return add(N_("Volatility"), "σ", "sqrt(v)", np.sqrt(variance), Unit.RATE)


def sigma_of(params: Any) -> float:
    """Return the volatility of parameters whose numbers are certain."""
    if params.volatility is not None:
        return float(params.volatility)
    return math.sqrt(float(params.variance))


def uncertain_issues(params: Any) -> Iterator[Issue]:
    """Yield an error unless one of volatility and variance is stated."""
    if (params.volatility is None) == (params.variance is None):
        text = N_("State the volatility or the variance, one of the two.")
        yield error("volatility", text)


def price_issues(params: Any, name: str) -> Iterator[Issue]:
    """Yield an error where there is nothing to pay, and so no option."""
    given = getattr(params, name)
    if not is_distribution(given) and given == 0:
        text = N_(
            "Without an exercise price there is no option: the right is worth what it"
            " brings. Value it by its flows."
        )
        yield error(name, text)


def even_issues(params: Any, name: str) -> Iterator[Issue]:
    """Yield an error for a count that is odd."""
    given = getattr(params, name)
    if given is not None and given % 2:
        yield error(name, N_("This must be an even number."))


def error(where: str, text: str, **values: object) -> Issue:
    """Return an error about a parameter."""
    return Issue(Severity.ERROR, message(text, **values), where)
