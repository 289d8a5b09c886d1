"""Volatility of a project (波动率), for the options on it.

Two ways. From an optimistic and a pessimistic value at a time, taken as two standard
deviations to either side. Or from successive values of the project, of a peer or of an
index: the standard deviation of their logarithmic changes, brought to a year.

Source: ln(o/p) ÷ (4√T), the spread of a lognormal value between two standard deviations
(from memory of the texts on real options); logarithmic present values: Copeland and
Antikarov, Real options, 2001, chapter 9; historical volatility: Hull, chapter on
Black–Scholes–Merton.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.options.terms import LIFE, error
from valuer.core.params import Money, Number, NumberSeries, Years, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


class Way(StrEnum):
    """From what the volatility is found."""

    SPREAD = "spread"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of a volatility."""

    way: Way = param(
        N_("Found from"),
        choice_labels=(
            (Way.SPREAD.value, N_("An optimistic and a pessimistic value")),
            (Way.VALUES.value, N_("Successive values")),
        ),
    )
    optimistic: Money | None = param(
        N_("Optimistic value"), None, symbol="o", low=0, above=True
    )
    pessimistic: Money | None = param(
        N_("Pessimistic value"), None, symbol="p", low=0, above=True
    )
    life: Years | None = param(
        **LIFE
        | {
            "label": N_("Years to these values"),
            "default": None,
            "help": N_("From today until the day that both values are for."),
        }
    )
    values: NumberSeries | None = param(
        N_("Successive values"),
        None,
        symbol="x",
        low=0,
        above=True,
        help=N_("At equal distances in time, the earliest first; three at least."),
    )
    per_year: Number = param(
        N_("Values a year"),
        1.0,
        symbol="k",
        low=0.01,
        high=366,
        is_base=True,
        help=N_("12 for months, 252 for trading days."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Annual volatility, a fraction. Numbers are () or (…, 1), values (…, places)."""
    if given["way"] is Way.SPREAD:
        return _from_spread(working, given)
    return _from_values(working, given)


def _from_spread(working: Silent, given: dict[str, Any]) -> Floats:
    add = working.add
    best = add(N_("Optimistic value"), "o", "", given["optimistic"], Unit.MONEY)
    worst = add(N_("Pessimistic value"), "p", "", given["pessimistic"], Unit.MONEY)
    life = add(N_("Years to these values"), "T", "", given["life"], Unit.YEARS)
    found = np.log(best / worst) / (4 * np.sqrt(life))
    formula = "ln(o / p) / (4 × sqrt(T))"
    return by_scenario(add(N_("Volatility"), "σ", formula, found, Unit.RATE))


def _from_values(working: Silent, given: dict[str, Any]) -> Floats:
    add, values = working.add, given["values"]
    axis = "changes"
    text = N_("Value at the end of each change")
    after = add(text, "x", "", values[..., 1:], Unit.NUMBER, axis)
    text = N_("Value at its start")
    before = add(text, "x′", "", values[..., :-1], Unit.NUMBER, axis)
    text = N_("Logarithmic change")
    changes = add(text, "c", "ln(x / x′)", np.log(after / before), Unit.NUMBER, axis)
    is_many = changes.ndim > 1
    count = np.array(float(changes.shape[-1]))
    add(N_("Number of changes"), "n", "", count, Unit.NUMBER)
    mean = changes.mean(axis=-1, keepdims=is_many)
    add(N_("Mean change"), "m", "Σ c / n", mean, Unit.NUMBER)
    square = ((changes - mean) ** 2).sum(axis=-1, keepdims=is_many) / (count - 1)
    text = N_("Standard deviation of a change")
    deviation = add(
        text, "s", "sqrt(Σ ((c − m)^2) / (n − 1))", np.sqrt(square), Unit.NUMBER
    )
    often = add(N_("Values a year"), "k", "", given["per_year"], Unit.NUMBER)
    found = deviation * np.sqrt(often)
    return by_scenario(add(N_("Volatility"), "σ", "s × sqrt(k)", found, Unit.RATE))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return number_arrays(params) | {"way": params.way}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    plain = centred(params)
    if params.way is Way.SPREAD:
        return tuple(_spread_issues(plain))
    if plain.values is None or len(plain.values) < _FEWEST:
        text = N_("State {fewest} successive values at least.")
        return (error("values", text, fewest=_FEWEST),)
    return ()


_FEWEST = 3


def _spread_issues(params: Any) -> Iterator[Issue]:
    for name in ("optimistic", "pessimistic", "life"):
        if getattr(params, name) is None:
            text = N_("State both values and the years until then.")
            yield error(name, text)
            return
    if params.optimistic < params.pessimistic:
        text = N_("The optimistic value must not be below the pessimistic one.")
        yield error("optimistic", text)


METHOD = Method(
    key="option_volatility",
    version=1,
    approach=None,
    listed=Topic.OPTIONS,
    finds=Finds.RATE,
    title=N_("Volatility of a project"),
    idea=N_(
        "How widely the value of a project may move in a year, from two values far"
        " apart or from successive ones."
    ),
    source="Copeland & Antikarov 2001, ch. 9; Hull (historical volatility)",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    tells=(("deviation", "s"),),
)
